//! Materials: what schools are given, as sets of exercises (`exercises/materials.toml`).

use serde::Deserialize;

use super::bank::Bank;
use super::fault::{Fault, Faults};
use super::ids::is_kebab_case;
use super::words::Words;

/// The file's place in the bank.
pub(super) const FILE: &str = "materials.toml";
/// The word for every material, which therefore none is called.
const ALL: &str = "all";
/// As many as a set has room for.
const MOST: usize = 64;

/// A material of the bank.
#[derive(Clone, Debug)]
pub struct Material {
    /// Its name for ever, in kebab-case.
    pub id: String,
    /// Its name for people.
    pub name: Words,
}

/// A set of materials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Materials(u64);

impl Materials {
    /// Every exercise, whatever material it is in.
    pub const ALL: Self = Self(u64::MAX);

    /// Whether the two sets share a material.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MaterialFile {
    #[serde(default, rename = "material")]
    materials: Vec<MaterialTable>,
}

/// `[[material]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MaterialTable {
    id: String,
    name: Words,
    #[serde(default)]
    strands: Vec<String>,
    #[serde(default)]
    skills: Vec<String>,
    #[serde(default)]
    exercises: Vec<String>,
}

/// The materials of a bank, and for each exercise in which of them it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelves {
    pub(super) all: Vec<Material>,
    pub(super) of: Vec<Materials>,
}

/// Reads the file's text for a bank whose skills and exercises are read.
pub(super) fn read(text: Option<&str>, bank: &Bank) -> Result<Shelves, Vec<Fault>> {
    let none = vec![Materials::default(); bank.exercises().len()];
    let Some(text) = text else { return Ok(Shelves { all: Vec::new(), of: none }) };
    let mut faults = Faults::new(FILE);
    let file: MaterialFile = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            faults.note("", error.message().trim_end());
            return Err(faults.into_found());
        }
    };
    if file.materials.len() > MOST {
        faults.note("", format!("has {} materials, more than {MOST}", file.materials.len()));
        return Err(faults.into_found());
    }
    let mut shelves = Shelves { all: Vec::new(), of: none };
    for (at, table) in file.materials.into_iter().enumerate() {
        check(&table, &shelves, bank, &mut faults);
        for (place, exercise) in shelves.of.iter_mut().zip(bank.exercises()) {
            let skill = bank.skill(exercise.skill);
            let within = table.exercises.iter().any(|id| id == exercise.id.as_str())
                || skill.is_some_and(|skill| {
                    table.strands.contains(&skill.strand) || table.skills.iter().any(|id| id == skill.id.as_str())
                });
            if within {
                *place = place.and(Materials(1 << at));
            }
        }
        shelves.all.push(Material { id: table.id, name: table.name });
    }
    let found = faults.into_found();
    if found.is_empty() { Ok(shelves) } else { Err(found) }
}

/// The set of those with these ids.
pub(super) fn named(all: &[Material], ids: &[String]) -> Materials {
    if ids.iter().any(|id| id == ALL) {
        return Materials::ALL;
    }
    let known = all.iter().enumerate().filter(|(_, material)| ids.contains(&material.id));
    known.fold(Materials::default(), |set, (at, _)| set.and(Materials(1 << at)))
}

fn check(table: &MaterialTable, shelves: &Shelves, bank: &Bank, faults: &mut Faults<'_>) {
    let id = &table.id;
    if !is_kebab_case(id) || id == ALL {
        faults.note("material.id", format!("{id:?}: write it in kebab-case (a–z, 0–9, single hyphens), and not «all»"));
    }
    if shelves.all.iter().any(|material| material.id == *id) {
        faults.note("material.id", format!("{id} stands twice"));
    }
    for (language, name) in table.name.each() {
        if name.trim().is_empty() {
            faults.note(format!("material.name.{language}"), format!("{id}: is empty; write the name"));
        }
    }
    let mut unknown = |key: &str, names: &[String], known: &dyn Fn(&str) -> bool| {
        for name in names.iter().filter(|name| !known(name)) {
            faults.note(format!("material.{key}"), format!("{id}: {name} is not in the bank"));
        }
    };
    unknown("strands", &table.strands, &|name| bank.skills().iter().any(|skill| skill.strand == name));
    unknown("skills", &table.skills, &|name| bank.skills().iter().any(|skill| skill.id.as_str() == name));
    unknown("exercises", &table.exercises, &|name| bank.exercise(&name.into()).is_some());
}
