//! Which school has which material until when. What a school's students and teachers may open is asked here each time.

use diesel::prelude::*;

use crate::{
    access::{
        ControllerSight, GroupSight, OwnSight, Role, SchoolSight,
        matrix::{Action, Relation, Resource, Who, holds},
    },
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, EntitlementId, PersonId, SchoolId},
    schema::{controller, entitlement, membership, school},
    time::Millis,
};

/// Every material, also those that are still to be written.
pub const ALL: &str = "all";

/// A material that somebody has, or had.
#[derive(Clone, PartialEq, Eq)]
pub struct Entitlement {
    pub id: EntitlementId,
    /// Absent: all schools of the controller, and whoever is at none.
    pub school: Option<SchoolId>,
    /// A material of the bank, or [`ALL`].
    pub material: String,
    pub from: Millis,
    /// The first moment without it; absent while no end is agreed.
    pub to: Option<Millis>,
}

type Row = (EntitlementId, Option<SchoolId>, String, Millis, Option<Millis>);

fn read((id, school, material, from, to): Row) -> Entitlement {
    Entitlement { id, school, material, from, to }
}

/// What I may practise with now: what the schools have that I am at, and what the whole controller has.
pub fn mine(tx: &mut Tx, own: &OwnSight, now: Millis) -> Result<Vec<String>, Fault> {
    const {
        assert!(
            is_allowed(Role::Student, Relation::Own) && is_allowed(Role::Individual, Relation::Own),
            "no such rule"
        );
    }
    at_schools_of(tx, own.controller, own.student, now)
}

/// What the school of a group that I teach has now.
pub fn of_group(tx: &mut Tx, group: &GroupSight, now: Millis) -> Result<Vec<String>, Fault> {
    const {
        assert!(
            is_allowed(Role::Teacher, Relation::GroupITeach) && is_allowed(Role::Mentor, Relation::GroupITeach),
            "no such rule"
        );
    }
    materials(tx, group.controller, &[group.school], now)
}

/// What a school that I administer has now or is to have, its own and the whole controller's.
pub fn of_school(tx: &mut Tx, sight: &SchoolSight, now: Millis) -> Result<Vec<Entitlement>, Fault> {
    const { assert!(is_allowed(Role::SchoolAdmin, Relation::MySchool), "no such rule") }
    Ok(lasting(tx, sight.controller, now)?
        .into_iter()
        .filter(|found| found.school.is_none_or(|school| school == sight.school))
        .collect())
}

/// What the schools of my controller have now or are to have.
pub fn of_controller(tx: &mut Tx, sight: &ControllerSight, now: Millis) -> Result<Vec<Entitlement>, Fault> {
    const { assert!(is_allowed(Role::Officer, Relation::MyController), "no such rule") }
    lasting(tx, sight.controller, now)
}

const fn is_allowed(role: Role, relation: Relation) -> bool {
    holds(Who::Is(role), Resource::Entitlement, Action::Read, relation)
}

fn at_schools_of(tx: &mut Tx, of: ControllerId, person: PersonId, now: Millis) -> Result<Vec<String>, Fault> {
    let schools: Vec<Option<SchoolId>> = on_each!(tx.connection(), each => membership::table
        .filter(membership::controller_id.eq(of))
        .filter(membership::person_id.eq(person))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select(membership::school_id)
        .load(each))?;
    let schools: Vec<SchoolId> = schools.into_iter().flatten().collect();
    materials(tx, of, &schools, now)
}

fn materials(tx: &mut Tx, of: ControllerId, schools: &[SchoolId], now: Millis) -> Result<Vec<String>, Fault> {
    let held = |found: &Entitlement| found.from <= now && found.school.is_none_or(|school| schools.contains(&school));
    let mut materials: Vec<String> =
        lasting(tx, of, now)?.into_iter().filter(held).map(|found| found.material).collect();
    materials.sort_unstable();
    materials.dedup();
    Ok(materials)
}

/// All of a controller's that have not ended: a handful, so that they are read together.
fn lasting(tx: &mut Tx, of: ControllerId, now: Millis) -> Result<Vec<Entitlement>, Fault> {
    let rows: Vec<Row> = on_each!(tx.connection(), each => entitlement::table
        .filter(entitlement::controller_id.eq(of))
        .filter(entitlement::to_at.is_null().or(entitlement::to_at.gt(now)))
        .order((entitlement::material, entitlement::from_at, entitlement::id))
        .select((
            entitlement::id,
            entitlement::school_id,
            entitlement::material,
            entitlement::from_at,
            entitlement::to_at,
        ))
        .load(each))?;
    Ok(rows.into_iter().map(read).collect())
}

/// A controller or one of its schools, as the operator names them.
pub struct Holder {
    pub controller: ControllerId,
    pub controller_name: String,
    pub time_zone: String,
    /// Absent: the whole controller.
    pub school: Option<(SchoolId, String)>,
}

/// Every controller and every school, by name: the operator's own list, without anything about a person.
pub fn holders(tx: &mut Tx) -> Result<Vec<Holder>, Fault> {
    let controllers: Vec<(ControllerId, String, String)> = controller::table
        .select((controller::id, controller::name, controller::time_zone))
        .order((controller::name, controller::id))
        .load(tx.connection())?;
    let mut all = Vec::new();
    for (id, name, time_zone) in controllers {
        let schools: Vec<(SchoolId, String)> = school::table
            .filter(school::controller_id.eq(id))
            .select((school::id, school::name))
            .order((school::name, school::id))
            .load(tx.connection())?;
        let places = std::iter::once(None).chain(schools.into_iter().map(Some));
        all.extend(places.map(|school| Holder {
            controller: id,
            controller_name: name.clone(),
            time_zone: time_zone.clone(),
            school,
        }));
    }
    Ok(all)
}

/// What a holder itself has now or is to have.
pub fn held_by(tx: &mut Tx, holder: &Holder, now: Millis) -> Result<Vec<Entitlement>, Fault> {
    let school = holder.school.as_ref().map(|(id, _)| *id);
    Ok(lasting(tx, holder.controller, now)?.into_iter().filter(|found| found.school == school).collect())
}

/// Gives a holder a material from now on. What it has of the same material already ends where the new one begins.
pub fn give(tx: &mut Tx, of: ControllerId, new: &Entitlement) -> Result<(), Fault> {
    end(tx, of, new.school, &new.material, new.from)?;
    diesel::insert_into(entitlement::table)
        .values((
            entitlement::controller_id.eq(of),
            entitlement::id.eq(new.id),
            entitlement::school_id.eq(new.school),
            entitlement::material.eq(&new.material),
            entitlement::from_at.eq(new.from),
            entitlement::to_at.eq(new.to),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Ends what a holder has of a material at a moment. Says how many that were.
pub fn end(
    tx: &mut Tx,
    of: ControllerId,
    school: Option<SchoolId>,
    material: &str,
    at: Millis,
) -> Result<usize, Fault> {
    let mut ended = 0;
    for found in lasting(tx, of, at)? {
        if found.school == school && found.material == material {
            ended += diesel::update(entitlement::table)
                .filter(entitlement::controller_id.eq(of))
                .filter(entitlement::id.eq(found.id))
                .set(entitlement::to_at.eq(at))
                .execute(tx.connection())?;
        }
    }
    Ok(ended)
}
