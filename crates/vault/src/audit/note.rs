//! What is noted while a transaction runs.

use crate::{
    access::Role,
    ids::{ControllerId, GroupId, PersonId},
    time::Millis,
};

/// The operator's part of the book has no controller.
const NOBODY: [u8; 16] = [0; 16];

/// Whose chain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Chain(pub(crate) ControllerId);

impl Chain {
    pub(crate) const OPERATOR: Self = Self(ControllerId::from_bytes(NOBODY));
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$of])* $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the chain. It is hashed, so it never changes.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            pub(crate) fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.name() == name)
            }
        }
    };
}

words! {
    /// What was done.
    Action {
        Look = "look",
        SignIn = "sign_in",
        /// A refresh token that was exchanged before came again, and ended what a program was signed in by.
        UseTokenAgain = "use_token_again",
        GivePassword = "give_password",
        MakeCard = "make_card",
        EndCard = "end_card",
        OpenCode = "open_code",
        CloseCode = "close_code",
        ThrowOut = "throw_out",
        Assign = "assign",
        TakeBack = "take_back",
        Approve = "approve",
        GiveBack = "give_back",
        SendReport = "send_report",
        CloseReport = "close_report",
        ConfirmGuardian = "confirm_guardian",
        EndGuardian = "end_guardian",
        ExchangeKeys = "exchange_keys",
        /// Somebody's data go. It is not said whose.
        Forget = "forget",
        /// Somebody asks for something about their data.
        Ask = "ask",
        /// Somebody is told that it is not done, and why.
        Refuse = "refuse",
        SetHold = "set_hold",
        LiftHold = "lift_hold",
        MakeEvent = "make_event",
        ChangeEvent = "change_event",
        DropEvent = "drop_event",
        Draw = "draw",
    }
}

words! {
    /// To what kind of data or thing.
    Class {
        /// Names, of one person or of a group.
        Names = "names",
        /// Names that were shown to whoever typed an open class code.
        Door = "door",
        /// Lines, the answers to them, what somebody can and what was recommended.
        Practice = "practice",
        /// That somebody practised, and what they can; no lines.
        Summary = "summary",
        /// How far somebody came with an assignment.
        Work = "work",
        /// Kilometres.
        Distance = "distance",
        /// An error report with the one calculation.
        Report = "report",
        /// Who looked at somebody's data.
        Looks = "looks",
        Session = "session",
        Password = "password",
        ClassCode = "class_code",
        /// A login card, or that somebody has one.
        LoginCard = "login_card",
        Assignment = "assignment",
        /// What a teacher wants to be chosen, or not.
        Steering = "steering",
        GuardianLink = "guardian_link",
        MasterKey = "master_key",
        ControllerKeys = "controller_keys",
        PersonKeys = "person_keys",
        /// Everything that is stored of somebody.
        Account = "account",
        /// When somebody's data are due, what was asked for, what is held.
        Due = "due",
        /// A MatteMaraton: its days, goals, courses and words.
        Event = "event",
    }
}

words! {
    /// How it ended.
    Outcome {
        Done = "done",
        Refused = "refused",
    }
}

/// Who does it. Their role is the one that let them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Actor {
    pub(crate) controller: ControllerId,
    pub(crate) person: PersonId,
    pub(crate) role: Option<Role>,
}

/// About whom.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    Nobody,
    Person(PersonId),
    /// Everyone who is a student of the group at that moment.
    Group(GroupId),
}

impl Subject {
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Person(_) => "person",
            Self::Group(_) => "group",
        }
    }

    pub(crate) const fn id(&self) -> Option<[u8; 16]> {
        match self {
            Self::Nobody => None,
            Self::Person(id) => Some(*id.as_bytes()),
            Self::Group(id) => Some(*id.as_bytes()),
        }
    }
}

/// One entry to be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) chain: Chain,
    pub(crate) at: Millis,
    pub(crate) actor: Option<Actor>,
    pub(crate) action: Action,
    pub(crate) class: Class,
    pub(crate) outcome: Outcome,
    pub(crate) subject: Subject,
    /// The id of the thing, if one is meant.
    pub(crate) detail: Option<[u8; 16]>,
}

impl Note {
    pub(crate) const fn act(
        controller: ControllerId,
        actor: Option<Actor>,
        (action, class): (Action, Class),
        subject: Subject,
        at: Millis,
    ) -> Self {
        Self { chain: Chain(controller), at, actor, action, class, outcome: Outcome::Done, subject, detail: None }
    }

    pub(crate) const fn about(self, thing: [u8; 16]) -> Self {
        Self { detail: Some(thing), ..self }
    }

    pub(crate) const fn refused(self) -> Self {
        Self { outcome: Outcome::Refused, ..self }
    }
}

/// A look that was noted, or one's own data, which need none. Part of every sight of a person: without it there is none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Noted(());

impl Noted {
    /// For [`crate::Me::own`] and for nothing else.
    pub(crate) const fn my_own() -> Self {
        Self(())
    }

    /// Where there was nobody to look at.
    pub(crate) const fn nobody() -> Self {
        Self(())
    }
}

impl crate::Tx {
    /// Notes that somebody looks at somebody else's data. What the closure gives is held back until it is written.
    pub(crate) fn look(
        &mut self,
        controller: ControllerId,
        by: Option<Actor>,
        class: Class,
        subject: Subject,
        now: Millis,
    ) -> Noted {
        self.note(Note::act(controller, by, (Action::Look, class), subject, now));
        Noted(())
    }
}
