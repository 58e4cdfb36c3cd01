//! Who may do what, as one table. Guards look here before they let anybody see anything; `docs/need-to-know.md` is this
//! table in sentences. What is not in it is not allowed.

use super::Role;

/// Whom a rule is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everyone who is signed in, whatever their role.
    Anyone,
    /// Who is not signed in and typed an open class code.
    AtTheDoor,
    /// Who has the role now.
    Is(Role),
}

/// What there is to see or change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// Name, language and school year of a person.
    Person,
    /// A group: its name and who is in it.
    Group,
    /// A calculation with its lines, the answers to them, times and hints.
    Lines,
    /// That somebody holds a line to be right which was judged wrong, and what a teacher says of it.
    Appeal,
    /// That a calculation was done, when, and how far it came; no lines.
    Calculations,
    /// What a student can, skill by skill.
    Mastery,
    /// What was recommended, and why.
    Recommendation,
    /// What is to be recommended next, or not at all, by a teacher's will.
    Steering,
    /// Set work.
    Assignment,
    /// Kilometres by a student's own power.
    Distance,
    /// That a student takes part in a MatteMaraton: the course, and how far they have come.
    Entrant,
    /// A MatteMaraton itself: its name, days, goals, courses and rules, and how many distances wait in all.
    Event,
    /// How the schools stand in a MatteMaraton: totals of schools.
    Standing,
    /// How far a group has come together in a MatteMaraton: one sum of many.
    Together,
    /// A school with its groups, in names of groups and numbers of students.
    School,
    /// A controller with its schools, in names of schools and numbers.
    Controller,
    /// Which materials there are exercises from, and until when.
    Entitlement,
    /// A report that something went wrong, with the one calculation that it is about.
    ErrorReport,
    /// Who looked at somebody's data, and when.
    Looks,
    /// The code by which a group comes in for some minutes, and who came in by it.
    ClassCode,
    /// A password. It can be given anew; what it is, is shown to nobody but who gave it just now.
    Password,
    /// A login card: that a student has one, and until when. What it says is shown once, to who makes it.
    LoginCard,
    /// What an individual has consented to, and when.
    Consent,
    /// An individual's account with all that hangs under it.
    Account,
    /// A copy of all that is stored of somebody.
    WholeCopy,
    /// When somebody's data go, what was asked for about them, and what holds them back.
    Forgetting,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Read,
    /// Make, or go on writing what one made.
    Write,
    /// Decide about what another has made: approve it, give it back, take it back, close it.
    Decide,
}

/// How the one who asks has to be related to what is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It is about oneself, or by oneself.
    Own,
    /// It was given to me, or to a group that I am in now, and its day has come.
    GivenToMe,
    /// It is about somebody in a group that I teach now, or about the group.
    GroupITeach,
    /// It is about a group that I am a student in now.
    GroupIAmIn,
    /// It is about a child that I have a confirmed link to now.
    MyChild,
    /// It is my school.
    MySchool,
    /// It belongs to my controller.
    MyController,
    /// It is about the group whose class code is open, and was typed.
    BehindTheDoor,
    /// It is an error report that is open, and what was sent with it.
    TheReport,
}

/// One rule. `says` is the sentence for people, `source` the duty that it comes from: K numbers are those of the
/// published policy for MatteMaraton, N numbers what whoever has an account of their own can expect, «4.1» the house
/// rules on protected identity, «house» our own decision.
pub struct Rule {
    pub who: Who,
    pub resource: Resource,
    pub actions: &'static [Action],
    pub relation: Relation,
    pub says: &'static str,
    pub source: &'static str,
}

use Action::{Decide, Read, Write};
use Relation::{BehindTheDoor, GivenToMe, GroupIAmIn, GroupITeach, MyChild, MyController, MySchool, Own, TheReport};
use Resource::{
    Account, Appeal, Assignment, Calculations, ClassCode, Consent, Controller, Distance, Entitlement, Entrant,
    ErrorReport, Event, Forgetting, Group, Lines, LoginCard, Looks, Mastery, Password, Person, Recommendation, School,
    Standing, Steering, Together, WholeCopy,
};
use Role::{Guardian, Individual, Mentor, Officer, Organiser, SchoolAdmin, Student, Support, Teacher};
use Who::{Anyone, AtTheDoor, Is};

const fn rule(
    who: Who,
    resource: Resource,
    actions: &'static [Action],
    relation: Relation,
    says: &'static str,
    source: &'static str,
) -> Rule {
    Rule { who, resource, actions, relation, says, source }
}

/// The table. A role without a row (database staff, operator, researcher) sees nobody's data.
#[rustfmt::skip]
pub const MATRIX: &[Rule] = &[
    // everyone, of themselves
    rule(Anyone, Person, &[Read], Own, "Everyone sees their own name, language and roles.", "K14, K26"),
    rule(Anyone, ErrorReport, &[Read, Write], Own, "Everyone who is signed in can send an error report, and sees that it was sent.", "K20"),
    rule(Anyone, Looks, &[Read], Own, "Everyone sees who has looked at their data, what it was and when; of support the role alone, and nobody's name whose identity is protected.", "K26"),
    rule(Anyone, WholeCopy, &[Read], Own, "Everyone fetches a copy of all that is stored of them.", "K26, K29"),
    rule(Anyone, Forgetting, &[Read, Write], Own, "Everyone sees when their data are forgotten, asks their controller to forget them, and sees what was answered.", "K24, K27"),
    // before signing in
    rule(AtTheDoor, Person, &[Read], BehindTheDoor, "Who types the class code that a teacher holds open sees the names of that group, to pick their own; protected identities are not among them.", "house"),
    // what one did stays one's own, also after one has left the group
    rule(Is(Student), Lines, &[Read, Write], Own, "A student writes and reads their own lines, and keeps them after leaving a group.", "K3, K15"),
    rule(Is(Student), Appeal, &[Read, Write], Own, "A student says of a line of their own that it is right although it was judged wrong, and sees what the teacher answers.", "K3"),
    rule(Is(Student), Calculations, &[Read], Own, "A student sees everything they did, and when.", "K3"),
    rule(Is(Student), Mastery, &[Read], Own, "A student sees their own map of what they can.", "K3, K5"),
    rule(Is(Student), Recommendation, &[Read], Own, "A student sees what is recommended to them, and why.", "K5"),
    rule(Is(Student), Steering, &[Read], Own, "A student is recommended what a teacher of theirs wants next, and sees that it is so.", "K5"),
    rule(Is(Student), Assignment, &[Read], GivenToMe, "A student sees the work that was given to them or their group, from the day it begins.", "K16"),
    rule(Is(Student), Distance, &[Read, Write], Own, "A student reports their own kilometres, sees them, and takes them back while they wait.", "K10"),
    rule(Is(Student), Entrant, &[Read, Write], Own, "A student picks the own course of MatteMaraton, sees how far they have come in it, picks another one, and sees the own ticket of the draw.", "K9, K10"),
    rule(Is(Student), Standing, &[Read], MyController, "A student sees how the schools of the own event stand, in totals.", "K9"),
    rule(Is(Student), Together, &[Read], GroupIAmIn, "A student sees how far the own group has come together in MatteMaraton, in one sum, where five others have a part in it, and whether it has qualified as a class.", "house"),
    rule(Is(Student), Entitlement, &[Read], Own, "A student is recommended and opens exercises of the materials that the school has now; the others are not found.", "K6"),
    rule(Is(Individual), Lines, &[Read, Write], Own, "Who practises on their own writes and reads their own lines.", "K3, K15"),
    rule(Is(Individual), Calculations, &[Read], Own, "Who practises on their own sees everything they did, and when.", "K3"),
    rule(Is(Individual), Mastery, &[Read], Own, "Who practises on their own sees their own map.", "K3, K5"),
    rule(Is(Individual), Recommendation, &[Read], Own, "Who practises on their own sees what is recommended to them, and why.", "K5"),
    rule(Is(Individual), Entitlement, &[Read], Own, "Who practises on their own opens exercises of the materials that they have now; the others are not found.", "K6"),
    rule(Is(Individual), Consent, &[Read, Write], Own, "Who practises on their own sees what they consented to and when, gives it and withdraws it.", "K28, N21"),
    rule(Is(Individual), Account, &[Read, Decide], Own, "Who practises on their own fetches a copy of all that is stored of them, and deletes all of it.", "K27, N3"),
    // the teacher in the group
    rule(Is(Teacher), Group, &[Read], GroupITeach, "A teacher sees the groups that they teach now, and no other group of the school.", "K4, K13"),
    rule(Is(Teacher), Person, &[Read], GroupITeach, "A teacher sees names and school years of the students in those groups.", "K4, K14"),
    rule(Is(Teacher), Lines, &[Read], GroupITeach, "A teacher sees every line of the students in those groups.", "K4, K15"),
    rule(Is(Teacher), Appeal, &[Read, Decide], GroupITeach, "A teacher sees which lines the students in those groups hold to be right although they were judged wrong, and answers.", "K4"),
    rule(Is(Teacher), Calculations, &[Read], GroupITeach, "A teacher sees what the students in those groups did, and when.", "K4"),
    rule(Is(Teacher), Mastery, &[Read], GroupITeach, "A teacher sees what the students in those groups can.", "K4"),
    rule(Is(Teacher), Recommendation, &[Read], GroupITeach, "A teacher sees what was recommended to the students in those groups, and why.", "K5"),
    rule(Is(Teacher), Steering, &[Read, Write, Decide], GroupITeach, "A teacher says what is to be recommended next to those groups or a student in them, or not at all, and takes it back, also what a colleague in the group said.", "K4, K5"),
    rule(Is(Teacher), Assignment, &[Read, Write, Decide], GroupITeach, "A teacher gives work to those groups, follows it and takes it back, also what a colleague in the group gave.", "K4, K16"),
    rule(Is(Teacher), Entitlement, &[Read], GroupITeach, "A teacher chooses among the exercises of the materials that the group's school has now; the others are not found.", "K6"),
    rule(Is(Teacher), Distance, &[Read, Decide], GroupITeach, "A teacher approves the kilometres of the students in those groups, or gives them back; never their own.", "K10"),
    rule(Is(Teacher), Entrant, &[Read], GroupITeach, "A teacher sees which of the students in those groups won in the draw of MatteMaraton.", "K10"),
    rule(Is(Teacher), ClassCode, &[Read, Write, Decide], GroupITeach, "A teacher opens the class code of those groups for some minutes, sees who came in by it, closes it, and lets out who came in.", "house"),
    rule(Is(Teacher), Password, &[Decide], GroupITeach, "A teacher gives a student in those groups a new password when the old one is forgotten, and sees it that once, with the user name.", "house"),
    rule(Is(Teacher), LoginCard, &[Read, Write, Decide], GroupITeach, "A teacher makes login cards for the students in those groups, sees who has one, and ends it when it is lost.", "house"),
    rule(Is(Teacher), Standing, &[Read], MyController, "A teacher sees how the schools of the own event stand, in totals.", "K9"),
    rule(Is(Teacher), Together, &[Read], GroupITeach, "A teacher sees how far those groups have come together in MatteMaraton, in one sum, where five have a part in it, and how many in them have finished.", "house"),
    // a mentor is a teacher of the group
    rule(Is(Mentor), Group, &[Read], GroupITeach, "A mentor sees the groups that they are mentor of now.", "K4, K13"),
    rule(Is(Mentor), Person, &[Read], GroupITeach, "A mentor sees names and school years of the students in those groups.", "K4, K14"),
    rule(Is(Mentor), Lines, &[Read], GroupITeach, "A mentor sees every line of the students in those groups.", "K4, K15"),
    rule(Is(Mentor), Appeal, &[Read, Decide], GroupITeach, "A mentor sees which lines the students in those groups hold to be right although they were judged wrong, and answers.", "K4"),
    rule(Is(Mentor), Calculations, &[Read], GroupITeach, "A mentor sees what the students in those groups did, and when.", "K4"),
    rule(Is(Mentor), Mastery, &[Read], GroupITeach, "A mentor sees what the students in those groups can.", "K4"),
    rule(Is(Mentor), Recommendation, &[Read], GroupITeach, "A mentor sees what was recommended to the students in those groups, and why.", "K5"),
    rule(Is(Mentor), Steering, &[Read, Write, Decide], GroupITeach, "A mentor says what is to be recommended next to those groups or a student in them, or not at all, and takes it back.", "K4, K5"),
    rule(Is(Mentor), Assignment, &[Read, Write, Decide], GroupITeach, "A mentor gives work to those groups, follows it and takes it back.", "K4, K16"),
    rule(Is(Mentor), Entitlement, &[Read], GroupITeach, "A mentor chooses among the exercises of the materials that the group's school has now; the others are not found.", "K6"),
    rule(Is(Mentor), Distance, &[Read, Decide], GroupITeach, "A mentor approves the kilometres of the students in those groups, or gives them back.", "K10"),
    rule(Is(Mentor), Entrant, &[Read], GroupITeach, "A mentor sees which of the students in those groups won in the draw of MatteMaraton.", "K10"),
    rule(Is(Mentor), ClassCode, &[Read, Write, Decide], GroupITeach, "A mentor opens the class code of those groups for some minutes, sees who came in by it, closes it, and lets out who came in.", "house"),
    rule(Is(Mentor), Password, &[Decide], GroupITeach, "A mentor gives a student in those groups a new password when the old one is forgotten, and sees it that once, with the user name.", "house"),
    rule(Is(Mentor), LoginCard, &[Read, Write, Decide], GroupITeach, "A mentor makes login cards for the students in those groups, sees who has one, and ends it when it is lost.", "house"),
    rule(Is(Mentor), Standing, &[Read], MyController, "A mentor sees how the schools of the own event stand, in totals.", "K9"),
    rule(Is(Mentor), Together, &[Read], GroupITeach, "A mentor sees how far those groups have come together in MatteMaraton, in one sum, where five have a part in it, and how many in them have finished.", "house"),
    // a guardian with a confirmed link
    rule(Is(Guardian), Person, &[Read], MyChild, "A guardian sees the child's name, once the school has confirmed that they are its guardian.", "house"),
    rule(Is(Guardian), Calculations, &[Read], MyChild, "A guardian sees what the child practised and when, and not the lines.", "house"),
    rule(Is(Guardian), Mastery, &[Read], MyChild, "A guardian sees the child's map of what it can.", "house"),
    rule(Is(Guardian), Looks, &[Read], MyChild, "A guardian sees who has looked at the child's data; other guardians without their names.", "house"),
    rule(Is(Guardian), Standing, &[Read], MyController, "A guardian sees how the schools of the event stand, in totals.", "K9"),
    // those who count
    rule(Is(SchoolAdmin), School, &[Read], MySchool, "A school administrator sees the school's groups and how many are in them, nobody's lines.", "K12, K13"),
    rule(Is(SchoolAdmin), Entitlement, &[Read], MySchool, "A school administrator sees which materials the school has, and until when.", "K6"),
    rule(Is(SchoolAdmin), Standing, &[Read], MyController, "A school administrator sees how the schools of the event stand, in totals.", "K9"),
    rule(Is(Officer), Controller, &[Read], MyController, "The controller's officer sees its schools, their groups and how many are in them, nobody's name and nobody's lines.", "K12, K29"),
    rule(Is(Officer), Entitlement, &[Read], MyController, "The controller's officer sees which materials its schools have, and until when.", "K6"),
    rule(Is(Officer), Standing, &[Read], MyController, "The controller's officer sees how the schools of the event stand, in totals.", "K9"),
    rule(Is(Officer), Forgetting, &[Read, Write, Decide], MyController, "The controller's officer sees, by name, whose data are due and who asked to be forgotten, finds somebody by their user name, keeps data from being forgotten on a ground, and has somebody forgotten.", "K24, K27"),
    rule(Is(Organiser), Standing, &[Read], MyController, "The organiser of an event sees how the schools stand, in totals, and no student's figures.", "K9"),
    rule(Is(Organiser), Event, &[Read, Write], MyController, "The organiser makes an event, changes it, takes it back before it opens, sees how many distances wait and how many classes have qualified in all, and draws once among the tickets of those who have finished, without seeing whose they are.", "house"),
    // support
    rule(Is(Support), ErrorReport, &[Read, Decide], TheReport, "Support sees an error report that is open and who sent it, and closes it; before a report and after it is closed, nothing.", "K20"),
    rule(Is(Support), Lines, &[Read], TheReport, "Support sees the one calculation that came with an open report: the task, what was entered until then, and the answers.", "K20"),
];

/// Whether the table has such a rule. Known while compiling, so that a guard that needs no look-up is held to it too.
#[must_use]
pub const fn holds(who: Who, resource: Resource, action: Action, relation: Relation) -> bool {
    let mut at = 0;
    while at < MATRIX.len() {
        let rule = &MATRIX[at];
        let is_named = rule.resource as u8 == resource as u8 && rule.relation as u8 == relation as u8;
        if is_named && same(rule.who, who) && lists(rule.actions, action) {
            return true;
        }
        at += 1;
    }
    false
}

const fn same(one: Who, other: Who) -> bool {
    match (one, other) {
        (Who::Anyone, Who::Anyone) | (Who::AtTheDoor, Who::AtTheDoor) => true,
        (Who::Is(one), Who::Is(other)) => one as u8 == other as u8,
        _ => false,
    }
}

const fn lists(actions: &[Action], action: Action) -> bool {
    let mut at = 0;
    while at < actions.len() {
        if actions[at] as u8 == action as u8 {
            return true;
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rule_is_said_twice() {
        for (at, rule) in MATRIX.iter().enumerate() {
            for other in &MATRIX[..at] {
                let twice = rule.who == other.who && rule.resource == other.resource && rule.relation == other.relation;
                assert!(!twice, "«{}» and «{}»", rule.says, other.says);
                assert_ne!(rule.says, other.says);
            }
        }
    }

    #[test]
    fn every_rule_has_a_sentence_and_a_source() {
        for rule in MATRIX {
            assert!(rule.says.ends_with('.') && !rule.source.is_empty() && !rule.actions.is_empty(), "{}", rule.says);
        }
    }

    #[test]
    fn what_is_not_in_the_table_is_not_allowed() {
        assert!(holds(Is(Teacher), Lines, Read, GroupITeach));
        assert!(!holds(Is(Teacher), Lines, Write, GroupITeach));
        assert!(!holds(Is(Teacher), Lines, Read, MySchool));
        assert!(MATRIX.iter().all(|rule| rule.resource != LoginCard || rule.relation == GroupITeach));
        assert!(!holds(Is(Guardian), Lines, Read, MyChild));
        for who in [Role::DatabaseStaff, Role::Operator, Role::Researcher] {
            assert!(MATRIX.iter().all(|rule| rule.who != Is(who)));
        }
    }
}
