//! Names on a projector: «Elev 3» instead of a name, put in by the server.

use std::fmt::Display;

use serde::Deserialize;
use vault::{CalculationId, GroupId, PersonId};

use crate::web::frame::{Frame, first_name, short_name};

/// `?names=hidden` in the address.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Names {
    Hidden,
    Shown,
}

impl Names {
    /// What was asked for; names are shown unless they were asked to be hidden.
    pub fn asked(asked: Option<Self>) -> Self {
        asked.unwrap_or(Self::Shown)
    }

    pub fn are_hidden(self) -> bool {
        self == Self::Hidden
    }

    /// The name in a list; `place` is 1 and up, in the order of names.
    pub fn in_list(self, frame: &Frame, name: &str, place: usize) -> String {
        match self {
            Self::Hidden => frame.n("student-numbered", place),
            Self::Shown => short_name(name),
        }
    }

    /// The name in a sentence.
    pub fn in_sentence(self, frame: &Frame, name: &str, place: usize) -> String {
        match self {
            Self::Hidden => frame.n("student-numbered", place),
            Self::Shown => first_name(name).to_owned(),
        }
    }

    /// The address of a page where names stay as they are here.
    pub fn keep(self, address: impl Display) -> String {
        let address = address.to_string();
        match self {
            Self::Shown => address,
            Self::Hidden if address.contains('?') => format!("{address}&names=hidden"),
            Self::Hidden => format!("{address}?names=hidden"),
        }
    }
}

pub fn group_address(group: GroupId) -> String {
    format!("/groups/{group}")
}

pub fn student_address(group: GroupId, student: PersonId) -> String {
    format!("/groups/{group}/students/{student}")
}

pub fn calculation_address(group: GroupId, calculation: CalculationId) -> String {
    format!("/groups/{group}/calculations/{calculation}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_names_stay_hidden_from_page_to_page() {
        assert_eq!(Names::Hidden.keep("/groups/1"), "/groups/1?names=hidden");
        assert_eq!(Names::Hidden.keep("/groups/1?before=2"), "/groups/1?before=2&names=hidden");
        assert_eq!(Names::Shown.keep("/groups/1"), "/groups/1");
    }
}
