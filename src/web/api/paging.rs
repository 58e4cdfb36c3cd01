//! Lists that can grow are given piece by piece: `?limit=…&after=…`, and `next` in the answer.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::web::problem::Problem;

/// Entries in a piece at most.
const MOST: usize = 100;
/// Entries in a piece where nothing else is asked for.
const USUAL: usize = 30;

/// Which piece of a list is asked for.
#[derive(Deserialize, IntoParams, Clone)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// Entries at most; 30 where it is not said.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<usize>,
    /// The `next` of the piece before. It means nothing to anybody but this list.
    pub after: Option<String>,
}

/// A piece of a list.
#[derive(Serialize, ToSchema)]
pub struct Page<T: ToSchema> {
    pub items: Vec<T>,
    /// What to send as `after` for the next piece; `null` when this was the last.
    #[schema(required)]
    pub next: Option<String>,
}

impl Paging {
    /// How many entries are asked for, 1 to 100.
    ///
    /// # Errors
    /// [`Problem::QueryUnreadable`] for any other number.
    pub fn most(&self) -> Result<usize, Problem> {
        match self.limit.unwrap_or(USUAL) {
            limit @ 1..=MOST => Ok(limit),
            _ => Err(Problem::QueryUnreadable),
        }
    }

    /// Where the piece before ended, if there was one.
    ///
    /// # Errors
    /// [`Problem::CursorUnusable`] if it is none of ours.
    pub fn after<T: std::str::FromStr>(&self) -> Result<Option<T>, Problem> {
        let read = |cursor: &String| {
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
            String::from_utf8(bytes).ok()?.parse().ok()
        };
        self.after.as_ref().map(|cursor| read(cursor).ok_or(Problem::CursorUnusable)).transpose()
    }

    /// The piece of a whole list that is asked for; `id` tells an entry from all others, and `body` says it.
    ///
    /// # Errors
    /// An unusable limit; a cursor that is none of ours, or whose entry has left the list.
    pub fn cut<T, B: ToSchema>(
        &self,
        all: impl IntoIterator<Item = T>,
        id: impl Fn(&T) -> String,
        body: impl Fn(T) -> B,
    ) -> Result<Page<B>, Problem> {
        let most = self.most()?;
        let mut left = all.into_iter();
        if let Some(after) = self.after::<String>()? {
            // Everything up to where the piece before ended.
            left.by_ref().find(|entry| id(entry) == after).ok_or(Problem::CursorUnusable)?;
        }
        let here: Vec<T> = left.by_ref().take(most).collect();
        let next = here.last().filter(|_| left.next().is_some()).map(|last| cursor(&id(last)));
        Ok(Page { items: here.into_iter().map(body).collect(), next })
    }
}

/// A place in a list as it is handed out.
pub fn cursor(place: &impl ToString) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(place.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(limit: usize, after: Option<String>) -> Paging {
        Paging { limit: Some(limit), after }
    }

    #[test]
    fn pieces_make_up_the_whole_list_once() {
        let (mut got, mut after) = (Vec::new(), None);
        loop {
            let page = asked(3, after).cut(0..10_u32, u32::to_string, |n| n).unwrap();
            got.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(got, (0..10).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_no_limit_and_what_is_no_cursor_is_told() {
        for limit in [0, 101] {
            assert_eq!(asked(limit, None).most(), Err(Problem::QueryUnreadable));
        }
        for after in ["!", "YQ", ""] {
            let cut = asked(1, Some(after.to_owned())).cut(0..10_u32, u32::to_string, |n| n);
            assert_eq!(cut.map(|page| page.items), Err(Problem::CursorUnusable), "{after}");
        }
    }
}
