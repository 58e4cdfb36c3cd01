//! Between the rows of the vault and the student model: names of skills on one side, indexes on the other.

use adaptive::{Ability, CatalogueError, CycleError, SkillIndex, SkillState, Skills, Student};
use vault::{
    Millis,
    rows::students::{General, SkillRow},
};

use crate::exercises::Bank;

/// Why the bank's skills and exercises cannot be chosen from.
#[derive(Debug, thiserror::Error)]
pub enum UnusableBank {
    #[error(transparent)]
    Skills(#[from] CycleError),
    #[error(transparent)]
    Stage(#[from] adaptive::StageError),
    #[error(transparent)]
    Exercises(#[from] CatalogueError),
}

/// The bank's skills as the model sees them.
///
/// # Errors
/// An unknown stage, skills that need one another.
pub fn skills(bank: &Bank) -> Result<Skills, UnusableBank> {
    let skills = bank
        .skills()
        .iter()
        .map(|skill| {
            let prerequisites = skill.prerequisites.iter().copied().map(SkillIndex).collect();
            Ok(adaptive::Skill { prerequisites, stage: skill.stage.parse()? })
        })
        .collect::<Result<_, UnusableBank>>()?;
    Ok(Skills::new(skills)?)
}

/// Skills stand in the order of their names.
fn skill_index(bank: &Bank, name: &str) -> Option<u16> {
    let place = bank.skills().binary_search_by(|skill| skill.id.as_str().cmp(name)).ok()?;
    u16::try_from(place).ok()
}

/// The student as the model sees one. A skill that is no longer in the bank is left out.
#[must_use]
pub fn student(bank: &Bank, general: &General, skills: &[SkillRow], year: Option<u8>) -> Student {
    let mut student = Student::new(year);
    student.general = Ability {
        value: general.ability,
        variance: general.variance,
        responses: general.responses.unsigned_abs(),
        last: adaptive::Millis(general.last_at.0),
    };
    for row in skills {
        if let Some(index) = skill_index(bank, &row.skill) {
            student.skills.insert(SkillIndex(index), state(row));
        }
    }
    student
}

fn state(row: &SkillRow) -> SkillState {
    SkillState {
        ability: row.ability,
        variance: row.variance,
        form: row.form,
        responses: row.responses.unsigned_abs(),
        wins: row.wins.unsigned_abs(),
        misses: row.misses.unsigned_abs(),
        last: adaptive::Millis(row.last_at.0),
    }
}

/// The general part as a row.
#[must_use]
pub fn general(version: i64, student: &Student) -> General {
    General {
        version,
        ability: student.general.value,
        variance: student.general.variance,
        responses: whole(student.general.responses),
        last_at: Millis(student.general.last.0),
    }
}

/// One skill as a row.
#[must_use]
pub fn skill_row(bank: &Bank, student: &Student, skill: SkillIndex) -> Option<SkillRow> {
    let state = student.skills.get(&skill)?;
    Some(SkillRow {
        skill: bank.skill(skill.0)?.id.as_str().to_owned(),
        ability: state.ability,
        variance: state.variance,
        form: state.form,
        responses: whole(state.responses),
        wins: whole(state.wins),
        misses: whole(state.misses),
        last_at: Millis(state.last.0),
    })
}

fn whole(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
