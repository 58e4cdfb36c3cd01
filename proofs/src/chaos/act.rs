//! What people do, each as the request that it is.

use serde_json::json;

use crate::{client::Ask, world::PASSWORD};

/// The line that somebody holds to be right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Appeal {
    pub calculation: String,
    pub line: i64,
}

/// One thing that somebody does. Ids are in hexadecimal digits.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// Hands in a line.
    Line {
        calculation: String,
        key: String,
        text: String,
    },
    /// Opens a calculation, or is given the half-finished one.
    Open,
    /// Opens the hints up to a strength.
    Hint {
        calculation: String,
        strength: i64,
    },
    /// Says that a wrong line is right.
    Appeal {
        calculation: String,
        line: i64,
    },
    /// Answers a student who said so.
    Answer {
        group: String,
        appeal: Appeal,
        holds: bool,
    },
    /// Reports a distance.
    Report {
        key: String,
        metres: i32,
    },
    /// Signs in once more.
    SignIn {
        user_name: String,
    },
    /// Ends the session of this token.
    SignOut {
        token: String,
    },
    /// Gives work to a group; the key becomes its id.
    Give {
        group: String,
        key: String,
        exercise: String,
    },
    TakeBack {
        assignment: String,
    },
    /// Approves a distance, or gives it back.
    Decide {
        distance: String,
        approve: bool,
    },
    OpenCode {
        group: String,
    },
    CloseCode {
        group: String,
    },
    /// Looks at a student's page.
    Look {
        group: String,
        student: String,
    },
    /// Gives or withdraws a consent.
    Consent {
        give: bool,
    },
    /// Becomes an individual with an account.
    SignUp {
        user_name: String,
    },
}

impl Act {
    /// The request, but for who asks it.
    pub(super) fn ask(&self) -> Ask {
        match self {
            Self::Line { calculation, key, text } => {
                Ask::json(format!("/api/v1/calculations/{calculation}/lines"), &json!({ "key": key, "line": text }))
            }
            Self::Open => Ask::json("/api/v1/calculations", &json!({})),
            Self::Hint { calculation, strength } => {
                Ask::json(format!("/api/v1/calculations/{calculation}/hints"), &json!({ "strength": strength }))
            }
            Self::Appeal { calculation, line } => {
                Ask::json(format!("/api/v1/calculations/{calculation}/lines/{line}/appeal"), &json!({}))
            }
            Self::Answer { group, appeal: Appeal { calculation, line }, holds } => {
                let path = format!("/api/v1/groups/{group}/calculations/{calculation}/lines/{line}/appeal");
                Ask::json(path, &json!({ "holds": holds }))
            }
            Self::Report { key, metres } => {
                let kilometres = format!("{},{:03}", metres / 1000, metres % 1000);
                let fields = [("kilometres", kilometres.as_str()), ("minutes", "25"), ("day", ""), ("key", key)];
                Ask::form("/maraton/distances", &fields)
            }
            Self::SignIn { user_name } => {
                Ask::json("/api/v1/session", &json!({ "user_name": user_name, "password": PASSWORD }))
            }
            Self::SignOut { .. } => Ask::delete("/api/v1/session"),
            Self::Give { group, key, exercise } => {
                let fields = [
                    ("key", key.as_str()),
                    ("kind", "homework"),
                    ("title", "Veckans räkning"),
                    ("from", ""),
                    ("due", ""),
                    ("of_each", "1"),
                    ("exercise", exercise),
                ];
                Ask::form(format!("/groups/{group}/assign"), &fields)
            }
            Self::TakeBack { assignment } => Ask::form(format!("/assignments/{assignment}/take-back"), &[]),
            Self::Decide { distance, approve } => {
                let word = if *approve { "approve" } else { "return" };
                Ask::form(format!("/maraton/distances/{distance}/{word}"), &[])
            }
            Self::OpenCode { group } => Ask::form(format!("/groups/{group}/class-code"), &[("minutes", "60")]),
            Self::CloseCode { group } => Ask::form(format!("/groups/{group}/class-code/close"), &[]),
            Self::Look { group, student } => Ask::get(format!("/groups/{group}/students/{student}")),
            Self::Consent { give } => {
                let step = if *give { "give" } else { "withdraw" };
                Ask::form("/my-data/consent", &[("purpose", "difficulty"), ("step", step), ("text", "1")])
            }
            Self::SignUp { user_name } => sign_up(user_name),
        }
    }

    /// The status of a request that was done.
    pub(super) const fn is_done(&self, status: u16) -> bool {
        match self {
            Self::Line { .. } => matches!(status, 200 | 201),
            Self::Open => status == 201,
            Self::SignIn { .. } | Self::SignOut { .. } => status == 204,
            Self::Hint { .. } | Self::Appeal { .. } | Self::Answer { .. } | Self::Look { .. } => status == 200,
            // The name is taken by oneself if it was asked for before; the shadow knows.
            Self::SignUp { .. } => matches!(status, 303 | 409),
            _ => status == 303,
        }
    }
}

fn sign_up(user_name: &str) -> Ask {
    let fields = [
        ("user_name", user_name),
        ("password", PASSWORD),
        ("school_year", "8"),
        ("language", "sv"),
        ("age", "enough"),
        ("practice", "on"),
        ("text", "1"),
    ];
    Ask::form("/sign-up", &fields)
}
