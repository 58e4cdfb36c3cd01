//! Controllers, schools, groups, persons and who belongs where.

use diesel::prelude::*;

pub use super::arrival::{NewPerson, add_person, add_persons};

use crate::{
    access::{GroupSight, Me, Role, StudentSight},
    audit::{Class, Noted, Subject},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, EntitlementId, GroupId, MembershipId, PersonId, SchoolId},
    names,
    rows::{
        entitlements::{self, Entitlement},
        sealed,
    },
    schema::{controller, membership, person, school, student, teaching_group},
    time::Millis,
};

/// Who decides: `kind` is municipality, company or individual.
#[derive(Insertable, Clone)]
#[diesel(table_name = controller)]
pub struct NewController {
    pub id: ControllerId,
    pub kind: String,
    pub name: String,
    pub time_zone: String,
    pub created_at: Millis,
}

#[derive(Insertable, Clone)]
#[diesel(table_name = school)]
pub struct NewSchool {
    pub controller_id: ControllerId,
    pub id: SchoolId,
    pub external_id: Option<String>,
    pub name: String,
    pub number_of_students: i32,
    pub address: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
}

#[derive(Insertable, Clone)]
#[diesel(table_name = teaching_group)]
pub struct NewGroup {
    pub controller_id: ControllerId,
    pub id: GroupId,
    pub school_id: SchoolId,
    pub external_id: Option<String>,
    pub name: String,
}

#[derive(Insertable, Clone)]
#[diesel(table_name = membership)]
struct MembershipRow {
    controller_id: ControllerId,
    id: MembershipId,
    person_id: PersonId,
    school_id: Option<SchoolId>,
    group_id: Option<GroupId>,
    role: String,
    from_at: Millis,
    to_at: Option<Millis>,
}

/// From when a person is something somewhere. The group's school has to be given too.
#[derive(Clone, Copy)]
pub struct NewMembership {
    pub controller: ControllerId,
    pub id: MembershipId,
    pub person: PersonId,
    pub school: Option<SchoolId>,
    pub group: Option<GroupId>,
    pub role: Role,
    pub from: Millis,
    pub to: Option<Millis>,
}

/// The controller's key comes first, then the row.
/// A new controller has all materials, until the operator agrees on something else with it.
pub fn add_controller(tx: &mut Tx, new: &NewController) -> Result<(), Fault> {
    tx.keys().admit_controller(new.id, new.created_at)?;
    diesel::insert_into(controller::table).values(new).execute(tx.connection())?;
    let all = Entitlement {
        id: EntitlementId::from_bytes(*new.id.as_bytes()),
        school: None,
        material: entitlements::ALL.to_owned(),
        from: new.created_at,
        to: None,
    };
    entitlements::give(tx, new.id, &all)
}

/// Everyone who decides here; a new database has nobody.
pub fn controllers(tx: &mut Tx) -> Result<Vec<ControllerId>, Fault> {
    Ok(controller::table.select(controller::id).order(controller::id).load(tx.connection())?)
}

pub fn add_school(tx: &mut Tx, new: &NewSchool) -> Result<(), Fault> {
    diesel::insert_into(school::table).values(new).execute(tx.connection())?;
    Ok(())
}

pub fn add_group(tx: &mut Tx, new: &NewGroup) -> Result<(), Fault> {
    diesel::insert_into(teaching_group::table).values(new).execute(tx.connection())?;
    Ok(())
}

/// Also gives a student the row that practice hangs under.
pub fn add_membership(tx: &mut Tx, new: &NewMembership) -> Result<(), Fault> {
    let row = MembershipRow {
        controller_id: new.controller,
        id: new.id,
        person_id: new.person,
        school_id: new.school,
        group_id: new.group,
        role: new.role.name().to_owned(),
        from_at: new.from,
        to_at: new.to,
    };
    diesel::insert_into(membership::table).values(&row).execute(tx.connection())?;
    if matches!(new.role, Role::Student | Role::Individual) && !is_student(tx, new.controller, new.person)? {
        diesel::insert_into(student::table)
            .values((
                student::controller_id.eq(new.controller),
                student::person_id.eq(new.person),
                student::version.eq(0_i64),
                student::ability.eq(0.0),
                student::responses.eq(0),
                student::last_at.eq(new.from),
                student::state.eq(""),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Ends what a person is in a group, from `now` on. Says how many memberships ended.
pub fn end_membership(tx: &mut Tx, group: &GroupSight, of: PersonId, now: Millis) -> Result<usize, Fault> {
    Ok(diesel::update(membership::table)
        .filter(membership::controller_id.eq(group.controller))
        .filter(membership::group_id.eq(group.group))
        .filter(membership::person_id.eq(of))
        .filter(membership::to_at.is_null())
        .set(membership::to_at.eq(now))
        .execute(tx.connection())?)
}

fn is_student(tx: &mut Tx, of: ControllerId, person: PersonId) -> Result<bool, Fault> {
    let found: i64 = student::table
        .filter(student::controller_id.eq(of))
        .filter(student::person_id.eq(person))
        .count()
        .get_result(tx.connection())?;
    Ok(found > 0)
}

/// Where somebody has a role now.
pub struct Place {
    pub role: Role,
    pub school: Option<SchoolId>,
    pub group: Option<GroupId>,
}

/// What a person is shown of themselves in the frame of every page.
pub struct Profile {
    pub name: String,
    pub language: String,
    pub school_year: Option<u8>,
    pub time_zone: String,
    pub places: Vec<Place>,
}

impl Profile {
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.places.iter().any(|place| place.role == role)
    }

    /// The school at which the person is a student, the first if there are several.
    #[must_use]
    pub fn student_school(&self) -> Option<SchoolId> {
        self.places.iter().filter(|place| place.role == Role::Student).find_map(|place| place.school)
    }
}

pub fn profile(tx: &mut Tx, me: &Me, now: Millis) -> Result<Profile, Fault> {
    type Row = (Vec<u8>, String, Option<i16>, String);
    let (name, language, year, time_zone): Row = on_each!(tx.connection(), each => person::table
        .inner_join(controller::table.on(controller::id.eq(person::controller_id)))
        .filter(person::controller_id.eq(me.controller))
        .filter(person::id.eq(me.person))
        .select((person::name, person::language, person::school_year, controller::time_zone))
        .first(each))?;
    let places: Vec<(String, Option<SchoolId>, Option<GroupId>)> = on_each!(tx.connection(), each => membership::table
        .filter(membership::controller_id.eq(me.controller))
        .filter(membership::person_id.eq(me.person))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select((membership::role, membership::school_id, membership::group_id))
        .load(each))?;
    Ok(Profile {
        name: sealed::name(tx.keys(), me.controller, me.person, &name)?,
        language,
        school_year: year.and_then(|year| u8::try_from(year).ok()),
        time_zone,
        places: places
            .into_iter()
            .filter_map(|(role, school, group)| Some(Place { role: Role::named(&role)?, school, group }))
            .collect(),
    })
}

/// A name and school year that the one who holds the sight may read.
pub struct NamedStudent {
    pub id: PersonId,
    pub name: String,
    pub school_year: Option<u8>,
}

pub fn named(tx: &mut Tx, sight: &StudentSight) -> Result<NamedStudent, Fault> {
    let (name, year): (Vec<u8>, Option<i16>) = person::table
        .filter(person::controller_id.eq(sight.controller))
        .filter(person::id.eq(sight.student))
        .select((person::name, person::school_year))
        .first(tx.connection())?;
    let name = sealed::name(tx.keys(), sight.controller, sight.student, &name)?;
    Ok(NamedStudent { id: sight.student, name, school_year: year.and_then(|year| u8::try_from(year).ok()) })
}

/// By what a student signs in, for the student and their teacher.
pub fn user_name(tx: &mut Tx, sight: &StudentSight) -> Result<String, Fault> {
    let sealed: Vec<u8> = person::table
        .filter(person::controller_id.eq(sight.controller))
        .filter(person::id.eq(sight.student))
        .select(person::user_name)
        .first(tx.connection())?;
    let user_name = tx.keys().unseal(&sealed::of_person(sight.controller, sight.student, "user_name"), &sealed)?;
    Ok(user_name.unwrap_or_else(|| sealed::FORGOTTEN.to_owned()))
}

/// The students of a group now, by name, each with the sight that being their teacher gives. A look at everyone's
/// practice.
pub fn practising_in(tx: &mut Tx, group: &GroupSight, now: Millis) -> Result<Vec<(NamedStudent, StudentSight)>, Fault> {
    let students = in_group(tx, group, now)?;
    let noted = noted_in(tx, group, &students, Class::Practice, now);
    let with_sight = |student: NamedStudent| {
        let sight = group.found(student.id, noted);
        (student, sight)
    };
    Ok(students.into_iter().map(with_sight).collect())
}

/// The names of the students of a group now, in their order. A look at this kind of their data.
pub fn students_of(tx: &mut Tx, group: &GroupSight, class: Class, now: Millis) -> Result<Vec<NamedStudent>, Fault> {
    let students = in_group(tx, group, now)?;
    let _noted = noted_in(tx, group, &students, class, now);
    Ok(students)
}

/// One student of a group now, with the place in the order of names, 1 and up. A look at this kind of their data.
pub fn member_of(
    tx: &mut Tx,
    group: &GroupSight,
    id: PersonId,
    class: Class,
    now: Millis,
) -> Result<Option<(usize, NamedStudent, StudentSight)>, Fault> {
    let found = (1..).zip(in_group(tx, group, now)?).find(|(_, student)| student.id == id);
    let Some((place, student)) = found else { return Ok(None) };
    let noted = tx.look(group.controller, group.by, class, Subject::Person(id), now);
    Ok(Some((place, student, group.found(id, noted))))
}

/// A group in which there is nobody shows nobody.
fn noted_in(tx: &mut Tx, group: &GroupSight, students: &[NamedStudent], class: Class, now: Millis) -> Noted {
    if students.is_empty() {
        return Noted::nobody();
    }
    tx.look(group.controller, group.by, class, Subject::Group(group.group), now)
}

/// The students of a group now, by name. Who hands them on has noted the look.
pub(super) fn in_group(tx: &mut Tx, group: &GroupSight, now: Millis) -> Result<Vec<NamedStudent>, Fault> {
    let rows: Vec<(PersonId, Vec<u8>, Option<i16>)> = membership::table
        .inner_join(
            person::table
                .on(person::controller_id.eq(membership::controller_id).and(person::id.eq(membership::person_id))),
        )
        .filter(membership::controller_id.eq(group.controller))
        .filter(membership::group_id.eq(group.group))
        .filter(membership::role.eq(Role::Student.name()))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select((person::id, person::name, person::school_year))
        .load(tx.connection())?;
    let mut students = rows
        .into_iter()
        .map(|(id, name, year)| {
            let name = sealed::name(tx.keys(), group.controller, id, &name)?;
            Ok(NamedStudent { id, name, school_year: year.and_then(|year| u8::try_from(year).ok()) })
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    students.sort_by(|one, other| names::compare(&one.name, &other.name));
    Ok(students)
}

pub struct NamedGroup {
    pub id: GroupId,
    pub name: String,
    pub school: String,
    pub students: i64,
}

pub fn group_named(tx: &mut Tx, sight: &GroupSight, now: Millis) -> Result<NamedGroup, Fault> {
    let (name, school): (String, String) =
        teaching_group::table
            .inner_join(school::table.on(
                school::controller_id.eq(teaching_group::controller_id).and(school::id.eq(teaching_group::school_id)),
            ))
            .filter(teaching_group::controller_id.eq(sight.controller))
            .filter(teaching_group::id.eq(sight.group))
            .select((teaching_group::name, school::name))
            .first(tx.connection())?;
    let students = count_students(tx, sight.controller, sight.group, now)?;
    Ok(NamedGroup { id: sight.group, name, school, students })
}

pub(super) fn count_students(tx: &mut Tx, of: ControllerId, group: GroupId, now: Millis) -> Result<i64, Fault> {
    Ok(membership::table
        .filter(membership::controller_id.eq(of))
        .filter(membership::group_id.eq(group))
        .filter(membership::role.eq(Role::Student.name()))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .count()
        .get_result(tx.connection())?)
}

/// Who has a protected identity, of those whose controller the group's is.
pub(super) fn protected(tx: &mut Tx, of: &GroupSight) -> Result<Vec<PersonId>, Fault> {
    Ok(person::table
        .filter(person::controller_id.eq(of.controller))
        .filter(person::protected.eq(true))
        .select(person::id)
        .load(tx.connection())?)
}

/// Gives a person a protected identity, or takes it back.
pub fn protect(tx: &mut Tx, of: ControllerId, person: PersonId, protected: bool) -> Result<(), Fault> {
    diesel::update(person::table)
        .filter(person::controller_id.eq(of))
        .filter(person::id.eq(person))
        .set(person::protected.eq(protected))
        .execute(tx.connection())?;
    Ok(())
}
