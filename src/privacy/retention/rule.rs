//! A rule: what is kept, from when, how long, and what becomes of it.

use serde::{Deserialize, Serialize};

use super::Period;

/// What a rule is about. What Stegvis itself does not store has rules too, for the systems around it that follow the same
/// preset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Covers {
    /// Everything about somebody with an account.
    Person,
    /// What somebody ran in an event.
    Activity,
    /// What somebody told support of.
    SupportCases,
    /// That a consent was given and withdrawn.
    ConsentProof,
    /// Whose data somebody looked at.
    AuditPersonal,
    /// The log, with addresses.
    SecurityLog,
    Backups,
    /// Copies of the key store.
    KeyHistory,
    Contacts,
    Mailing,
    Correspondence,
    References,
    Accounting,
    LegalClaims,
    Presentations,
    Improvement,
    Profiling,
    Statistics,
    /// A deadline for an answer to somebody.
    RequestAnswer,
}

/// From what day it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// It was stored.
    Collected,
    /// Somebody practised or signed in for the last time.
    LastActivity,
    /// Nothing that somebody belonged to goes on.
    AccountEnd,
    /// The controller's agreement ended.
    ContractEnd,
    /// The agreement ended and was paid, whichever is later.
    ContractEndAndPaid,
    RelationEnd,
    CaseClosed,
    ConsentWithdrawn,
    PurposeEnd,
    RoleEnd,
    EventEnd,
    FiscalYearEnd,
    DisputeEnd,
    SessionEnd,
    SubscriptionEnd,
    /// Somebody who may asked for it.
    Request,
    /// Somebody objected.
    Objection,
    /// It was found out.
    Discovery,
}

/// What the period is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// It is kept no longer.
    #[default]
    Ceiling,
    /// It is kept no shorter.
    Floor,
    /// From then on it may go, and need not.
    May,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Sums over many stay, nothing of anybody.
    Anonymise,
    Delete,
    /// The names go, that something happened stays.
    Redact,
    /// The end of an address goes.
    Truncate,
    /// No data go: somebody is answered.
    Answer,
}

/// Who sees to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// The server, by itself.
    Auto,
    /// It is proposed to the controller, and nothing happens before they agree.
    Propose,
}

/// One rule of a preset.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Unique in its preset.
    pub id: String,
    pub covers: Covers,
    pub anchor: Anchor,
    pub after: Period,
    #[serde(default)]
    pub limit: Limit,
    pub action: Action,
    pub mode: Mode,
    /// When whose data they are is asked, counted from the anchor; before all of them were sent nothing goes.
    #[serde(default)]
    pub notices: Vec<Period>,
    /// By how much the deadline may be moved once.
    pub extension: Option<Period>,
    /// How many days ahead of a deadline it is warned of.
    #[serde(default)]
    pub warnings: Vec<u16>,
    /// The row of docs/privacy.md that it comes from.
    pub duty: String,
}
