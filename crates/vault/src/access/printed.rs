//! The table as a page that people can read.

use std::fmt::Write;

use super::{
    Role,
    matrix::{Action, MATRIX, Relation, Resource, Rule, Who},
};

const INTRODUCTION: &str = "# Who sees what

This page is printed from the table that the server itself goes by (`crates/vault/src/access/matrix.rs`), with
`cargo run -- need-to-know > docs/need-to-know.md`. A test holds the two equal.

What is not said here is not allowed. What somebody may not see is «not found» to them, exactly as what does not exist.
A role counts from its first day to its last: the moment it ends, so does the sight. In brackets is the duty that a rule
comes from: K numbers are those of the published policy for MatteMaraton, N numbers what whoever has an account of their
own can expect, «house» is our own decision.

Over all rules: nobody sees what belongs to another controller, but support the one report that was sent to it. Who has
a protected identity is not shown to guardians or to support, and stands without a name in the lists of MatteMaraton.
";

/// `docs/need-to-know.md`.
#[must_use]
pub fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    let groups = [Who::Anyone, Who::AtTheDoor].into_iter().chain(Role::ALL.into_iter().map(Who::Is));
    for who in groups {
        // Writing into a string does not fail.
        let _ = writeln!(page, "\n## {}\n", title(who));
        let mut rules = MATRIX.iter().filter(|rule| rule.who == who).peekable();
        if rules.peek().is_none() {
            let _ = writeln!(page, "Sees nobody's data. (house)");
            continue;
        }
        let _ = writeln!(page, "| what | may | whose | in a sentence |\n|---|---|---|---|");
        for rule in rules {
            let _ = writeln!(page, "{}", row(rule));
        }
    }
    page
}

fn row(rule: &Rule) -> String {
    let actions: Vec<&str> = rule.actions.iter().map(|action| may(*action)).collect();
    let (what, whose) = (what(rule.resource), whose(rule.relation));
    format!("| {what} | {} | {whose} | {} ({}) |", actions.join(", "), rule.says, rule.source)
}

const fn title(who: Who) -> &'static str {
    match who {
        Who::Anyone => "Everyone who is signed in",
        Who::AtTheDoor => "Who has typed an open class code",
        Who::Is(role) => match role {
            Role::Student => "Student",
            Role::Teacher => "Teacher",
            Role::Mentor => "Mentor",
            Role::Guardian => "Guardian",
            Role::SchoolAdmin => "School administrator",
            Role::Officer => "Officer of the controller",
            Role::Individual => "Individual, their own controller",
            Role::Support => "Support",
            Role::DatabaseStaff => "Database staff, in the application",
            Role::Operator => "Operator",
            Role::Organiser => "Organiser of an event",
            Role::Researcher => "Researcher",
        },
    }
}

const fn what(resource: Resource) -> &'static str {
    match resource {
        Resource::Person => "person",
        Resource::Group => "group",
        Resource::Lines => "calculation with its lines",
        Resource::Appeal => "appeal against a verdict",
        Resource::Calculations => "calculations without lines",
        Resource::Mastery => "map",
        Resource::Recommendation => "recommendation",
        Resource::Steering => "what is to be chosen",
        Resource::Assignment => "assignment",
        Resource::Distance => "kilometres",
        Resource::Entrant => "course of MatteMaraton, and how far one has come",
        Resource::Event => "MatteMaraton",
        Resource::Standing => "standing of schools",
        Resource::Together => "how far a group has come together",
        Resource::School => "school, in numbers",
        Resource::Controller => "controller, in numbers",
        Resource::Entitlement => "materials",
        Resource::ErrorReport => "error report",
        Resource::Looks => "who has looked",
        Resource::ClassCode => "class code",
        Resource::Password => "new password",
        Resource::LoginCard => "login card",
        Resource::Consent => "consent",
        Resource::Account => "account with all that hangs under it",
        Resource::WholeCopy => "copy of all that is stored",
        Resource::Forgetting => "when data are forgotten",
    }
}

const fn may(action: Action) -> &'static str {
    match action {
        Action::Read => "read",
        Action::Write => "write",
        Action::Decide => "decide",
    }
}

const fn whose(relation: Relation) -> &'static str {
    match relation {
        Relation::Own => "one's own",
        Relation::GivenToMe => "given to me",
        Relation::GroupITeach => "of groups I teach now",
        Relation::GroupIAmIn => "of a group I am in now",
        Relation::MyChild => "my child's",
        Relation::MySchool => "my school's",
        Relation::MyController => "my controller's",
        Relation::BehindTheDoor => "of the group whose code it is",
        Relation::TheReport => "that came with the open report",
    }
}
