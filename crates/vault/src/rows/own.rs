//! What is kept of the one who asks, in short: who they are, where they belong, and how much there is of what they did.

use diesel::{dsl::count_star, prelude::*};

use super::{consents::INDIVIDUAL, sealed};
use crate::{
    access::{Me, Role},
    connection::Tx,
    fault::Fault,
    schema::{
        assignment, calculation, controller, distance, hold, line, membership, person, school, skill_state,
        teaching_group,
    },
    time::Millis,
};

/// Where somebody belongs now, by name.
pub struct Belonging {
    pub role: Role,
    pub school: Option<String>,
    pub group: Option<String>,
}

/// What is kept.
pub struct Own {
    pub name: String,
    pub user_name: String,
    pub email: Option<String>,
    pub school_year: Option<u8>,
    pub belongs: Vec<Belonging>,
    /// Who decides.
    pub controller: String,
    /// They decide themselves.
    pub is_individual: bool,
    pub calculations: i64,
    pub lines: i64,
    /// Skills that the model says something of.
    pub skills: i64,
    pub distances: i64,
    /// Work that they gave.
    pub given: i64,
}

/// What is kept of me.
pub fn of_me(tx: &mut Tx, me: &Me, now: Millis) -> Result<Own, Fault> {
    type Row = (Vec<u8>, Vec<u8>, Option<Vec<u8>>, Option<i16>, String, String);
    let (name, user_name, email, year, controller, kind): Row = person::table
        .inner_join(controller::table.on(controller::id.eq(person::controller_id)))
        .filter(person::controller_id.eq(me.controller))
        .filter(person::id.eq(me.person))
        .select((
            person::name,
            person::user_name,
            person::email,
            person::school_year,
            controller::name,
            controller::kind,
        ))
        .first(tx.connection())?;
    let open =
        |tx: &Tx, column, sealed: &[u8]| tx.keys().unseal(&sealed::of_person(me.controller, me.person, column), sealed);
    let own = Own {
        name: sealed::name(tx.keys(), me.controller, me.person, &name)?,
        user_name: open(tx, "user_name", &user_name)?.unwrap_or_else(|| sealed::FORGOTTEN.to_owned()),
        email: email.map(|email| open(tx, "email", &email)).transpose()?.flatten(),
        school_year: year.and_then(|year| u8::try_from(year).ok()),
        belongs: belonging(tx, me, now)?,
        controller,
        is_individual: kind == INDIVIDUAL,
        calculations: 0,
        lines: 0,
        skills: 0,
        distances: 0,
        given: 0,
    };
    counted(tx, me, own)
}

fn counted(tx: &mut Tx, me: &Me, own: Own) -> Result<Own, Fault> {
    Ok(Own {
        calculations: calculation::table
            .filter(calculation::controller_id.eq(me.controller))
            .filter(calculation::student_id.eq(me.person))
            .select(count_star())
            .first(tx.connection())?,
        lines: line::table
            .inner_join(
                calculation::table.on(calculation::controller_id
                    .eq(line::controller_id)
                    .and(calculation::id.eq(line::calculation_id))),
            )
            .filter(calculation::controller_id.eq(me.controller))
            .filter(calculation::student_id.eq(me.person))
            .select(count_star())
            .first(tx.connection())?,
        skills: skill_state::table
            .filter(skill_state::controller_id.eq(me.controller))
            .filter(skill_state::student_id.eq(me.person))
            .select(count_star())
            .first(tx.connection())?,
        distances: distance::table
            .filter(distance::controller_id.eq(me.controller))
            .filter(distance::student_id.eq(me.person))
            .select(count_star())
            .first(tx.connection())?,
        given: assignment::table
            .filter(assignment::controller_id.eq(me.controller))
            .filter(assignment::given_by.eq(me.person))
            .select(count_star())
            .first(tx.connection())?,
        ..own
    })
}

fn belonging(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<Belonging>, Fault> {
    let rows: Vec<(String, Option<String>, Option<String>)> = membership::table
        .left_join(school::table.on(
            school::controller_id.eq(membership::controller_id).and(school::id.nullable().eq(membership::school_id)),
        ))
        .left_join(
            teaching_group::table.on(teaching_group::controller_id
                .eq(membership::controller_id)
                .and(teaching_group::id.nullable().eq(membership::group_id))),
        )
        .filter(membership::controller_id.eq(me.controller))
        .filter(membership::person_id.eq(me.person))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select((membership::role, school::name.nullable(), teaching_group::name.nullable()))
        .order((membership::from_at, membership::id))
        .load(tx.connection())?;
    let named = |(role, school, group): (String, _, _)| Some(Belonging { role: Role::named(&role)?, school, group });
    Ok(rows.into_iter().filter_map(named).collect())
}

/// On what days it is looked at again whether my data are still to be kept from being forgotten: ISO dates, the first
/// first; empty where nothing keeps them.
pub fn held_until(tx: &mut Tx, me: &Me) -> Result<Vec<String>, Fault> {
    Ok(hold::table
        .filter(hold::controller_id.eq(me.controller))
        .filter(hold::person_id.eq(me.person))
        .filter(hold::lifted_at.is_null())
        .select(hold::review_on)
        .order(hold::review_on)
        .load(tx.connection())?)
}
