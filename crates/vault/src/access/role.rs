//! What one can be.

/// What a person is at a place. Stored by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Student,
    Teacher,
    Mentor,
    Guardian,
    SchoolAdmin,
    /// Of the controller.
    Officer,
    /// Practises on their own, and is their own controller.
    Individual,
    /// Of the operator: helps with what went wrong.
    Support,
    /// Of the operator: keeps the databases and their backups.
    DatabaseStaff,
    /// Runs the server on behalf of its controllers.
    Operator,
    /// Of a MatteMaraton.
    Organiser,
    Researcher,
}

impl Role {
    pub const ALL: [Self; 12] = [
        Self::Student,
        Self::Teacher,
        Self::Mentor,
        Self::Guardian,
        Self::SchoolAdmin,
        Self::Officer,
        Self::Individual,
        Self::Support,
        Self::DatabaseStaff,
        Self::Operator,
        Self::Organiser,
        Self::Researcher,
    ];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Teacher => "teacher",
            Self::Mentor => "mentor",
            Self::Guardian => "guardian",
            Self::SchoolAdmin => "school_admin",
            Self::Officer => "officer",
            Self::Individual => "individual",
            Self::Support => "support",
            Self::DatabaseStaff => "database_staff",
            Self::Operator => "operator",
            Self::Organiser => "organiser",
            Self::Researcher => "researcher",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}
