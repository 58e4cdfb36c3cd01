//! Bodies about who is to be forgotten.

use serde::Serialize;
use utoipa::ToSchema;
use vault::{
    HoldId, PersonId, RequestId, Role,
    rows::{forgetting::Known, holds::Hold, requests::Asked},
};

use super::super::shapes::Id;
use crate::privacy::{
    Concerned, Done, DueEntry,
    retention::{Anchor, Mode},
};

/// Somebody whom it is about.
#[derive(Serialize, ToSchema)]
#[schema(as = Whom)]
pub(super) struct WhomBody {
    #[schema(value_type = Id)]
    id: PersonId,
    /// `null` in a list, with a protected identity; so are the three below.
    #[schema(required)]
    name: Option<String>,
    #[schema(required)]
    user_name: Option<String>,
    #[schema(required)]
    school: Option<String>,
    #[schema(required)]
    group: Option<String>,
    #[schema(required, example = "student")]
    role: Option<&'static str>,
}

impl WhomBody {
    pub(super) fn of(whom: &Known, is_shown: bool) -> Self {
        let shown = |text: &String| is_shown.then(|| text.clone());
        Self {
            id: whom.id,
            name: shown(&whom.name),
            user_name: shown(&whom.user_name),
            school: whom.school.as_ref().and_then(shown),
            group: whom.group.as_ref().and_then(shown),
            role: whom.role.map(Role::name),
        }
    }

    pub(super) fn listed<T>(of: &Concerned<T>) -> Self {
        Self::of(&of.whom, !of.whom.is_protected)
    }
}

/// When somebody is forgotten.
#[derive(Serialize, ToSchema)]
#[schema(as = Due)]
pub(super) struct DueBody {
    /// The last day on which it is kept.
    #[schema(value_type = String, format = Date)]
    on: String,
    #[schema(value_type = String, format = Date)]
    from: String,
    /// What is counted from, such as `last_activity`.
    #[schema(value_type = String, example = "last_activity")]
    anchor: Anchor,
    /// The rule's name in the preset.
    rule: String,
    /// Nothing happens before the officer decides.
    is_proposed: bool,
    is_held: bool,
    is_overdue: bool,
}

impl DueBody {
    pub(super) fn of(due: &DueEntry) -> Self {
        Self {
            on: due.on.to_string(),
            from: due.from.to_string(),
            anchor: due.anchor,
            rule: due.rule.clone(),
            is_proposed: due.mode == Mode::Propose || due.may,
            is_held: due.is_held,
            is_overdue: due.is_overdue,
        }
    }
}

/// Something that somebody asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = ErasureRequest)]
pub(super) struct AskedBody {
    #[schema(value_type = Id)]
    id: RequestId,
    asked_at: i64,
    #[schema(required)]
    answered_at: Option<i64>,
    /// Why it is not done.
    #[schema(required)]
    answer: Option<String>,
}

impl AskedBody {
    pub(super) fn of(asked: &Asked) -> Self {
        Self {
            id: asked.id,
            asked_at: asked.asked_at.0,
            answered_at: asked.answered_at.map(|at| at.0),
            answer: asked.answer.clone(),
        }
    }
}

/// What keeps somebody's data.
#[derive(Serialize, ToSchema)]
#[schema(as = Hold)]
pub(super) struct HoldBody {
    #[schema(value_type = Id)]
    id: HoldId,
    #[schema(example = "archive")]
    kind: String,
    ground: String,
    set_at: i64,
    /// When it is looked at again at the latest.
    #[schema(value_type = String, format = Date)]
    review_on: String,
}

impl HoldBody {
    pub(super) fn of(hold: &Hold) -> Self {
        Self {
            id: hold.id,
            kind: hold.kind.clone(),
            ground: hold.ground.clone(),
            set_at: hold.set_at.0,
            review_on: hold.review_on.clone(),
        }
    }
}

/// An erasure. Whose it was stands nowhere.
#[derive(Serialize, ToSchema)]
#[schema(as = Certificate)]
pub(super) struct DoneBody {
    #[schema(value_type = String, format = Date)]
    on: String,
    /// The rule's name, or `request`.
    rule: String,
    /// From this day on no copy of the keys is left.
    #[schema(required, value_type = Option<String>, format = Date)]
    gone_on: Option<String>,
    mark: String,
}

impl DoneBody {
    pub(super) fn of(done: &Done) -> Self {
        Self {
            on: done.on.to_string(),
            rule: done.rule.clone(),
            gone_on: done.gone_on.map(|day| day.to_string()),
            mark: done.mark.clone(),
        }
    }
}
