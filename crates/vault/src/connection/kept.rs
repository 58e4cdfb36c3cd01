//! Statements that are prepared once on a connection and kept. diesel prepares its own INSERT and UPDATE anew at every
//! use, because their texts may differ from one use to the next; on PostgreSQL that is a round trip more for each. The
//! statements of the main request have one text each.

/// A statement with its values, to be run by `execute`; each `?` takes the next value, on either database.
///
/// `kept! { Name "UPDATE … WHERE …": value: Type => SqlType, … }`, or `kept! { on DATABASE, Name … }` for one of them.
macro_rules! kept {
    ($name:ident $text:literal: $($value:ident: $type:ty => $sql_type:ty),+ $(,)?) => {
        $crate::connection::kept::kept!(@of $name: $($value: $type),+);
        $crate::connection::kept::kept!(@on diesel::sqlite::Sqlite, $name $text: $($value: $type => $sql_type),+);
        $crate::connection::kept::kept!(@on diesel::pg::Pg, $name $text: $($value: $type => $sql_type),+);
    };
    (on $database:ty, $name:ident $text:literal: $($value:ident: $type:ty => $sql_type:ty),+ $(,)?) => {
        $crate::connection::kept::kept!(@of $name: $($value: $type),+);
        $crate::connection::kept::kept!(@on $database, $name $text: $($value: $type => $sql_type),+);
    };
    (@of $name:ident: $($value:ident: $type:ty),+) => {
        struct $name<'a> { $($value: &'a $type),+ }

        impl diesel::query_builder::QueryId for $name<'_> {
            type QueryId = $name<'static>;
            const HAS_STATIC_QUERY_ID: bool = true;
        }

        impl<C> diesel::RunQueryDsl<C> for $name<'_> {}
    };
    (@on $database:ty, $name:ident $text:literal: $($value:ident: $type:ty => $sql_type:ty),+) => {
        impl diesel::query_builder::QueryFragment<$database> for $name<'_> {
            fn walk_ast<'b>(
                &'b self,
                mut out: diesel::query_builder::AstPass<'_, 'b, $database>,
            ) -> diesel::QueryResult<()> {
                let mut pieces = $text.split('?');
                $(
                    out.push_sql(pieces.next().unwrap_or_default());
                    out.push_bind_param::<$sql_type, $type>(self.$value)?;
                )+
                out.push_sql(pieces.next().unwrap_or_default());
                Ok(())
            }
        }
    };
}
pub(crate) use kept;
