//! What a group can: student × skill, only skills that somebody has practised or that it is to practise now.

use std::collections::BTreeSet;

use adaptive::Mastery;

use super::names::{Names, student_address};
use crate::{
    classroom::GroupView,
    exercises::{Bank, Skill},
    web::{
        frame::Frame,
        mastery::{Band, band},
        numbers::one_decimal,
    },
};

/// From here on a skill counts as held, in its colour.
const HELD: f64 = 0.75;
/// Below this there is much left to learn, in its colour.
const EARLY: f64 = 0.45;

/// What the table shows.
pub struct Matrix {
    /// Names of skills: by strand, and each after what it builds on.
    pub skills: Vec<String>,
    pub rows: Vec<Row>,
    /// Under each skill the mean of what is known; a dash where nothing is.
    pub means: Vec<String>,
}

/// One student's row.
pub struct Row {
    pub name: String,
    pub href: String,
    pub cells: Vec<Cell>,
}

/// One student in one skill.
pub struct Cell {
    /// The lines behind it; nothing where nothing was practised.
    pub href: Option<String>,
    pub known: Option<Band>,
    /// can, early, unknown or nothing: the class that shades the cell.
    pub shade: &'static str,
}

impl Matrix {
    /// Nothing when nobody has practised anything.
    pub fn of(frame: &Frame, bank: &Bank, view: &GroupView, names: Names) -> Option<Self> {
        if view.known.iter().all(Vec::is_empty) {
            return None;
        }
        let skills = shown(bank, view);
        let students = view.live.students.iter().zip(&view.known);
        let rows = (1..)
            .zip(students)
            .map(|(place, (now, known))| {
                let href = student_address(view.live.group.id, now.student.id);
                let cells = skills.iter().map(|(index, skill)| cell(names, &href, *index, skill, known)).collect();
                Row { name: names.in_list(frame, &now.student.name, place), href: names.keep(&href), cells }
            })
            .collect();
        let means = skills.iter().map(|(index, _)| mean(frame, *index, &view.known)).collect();
        let skills = skills.iter().map(|(_, skill)| frame.language.of(&skill.name).to_owned()).collect();
        Some(Self { skills, rows, means })
    }
}

fn shown<'a>(bank: &'a Bank, view: &GroupView) -> Vec<(u16, &'a Skill)> {
    let practised = view.known.iter().flatten().map(|(skill, _)| *skill);
    let all: BTreeSet<u16> = practised.chain(view.wanted.iter().copied()).collect();
    let mut skills: Vec<_> = all.into_iter().filter_map(|index| Some((index, bank.skill(index)?))).collect();
    skills.sort_by_key(|(index, _)| bank.place(*index));
    skills
}

fn cell(names: Names, student: &str, index: u16, skill: &Skill, known: &[(u16, Mastery)]) -> Cell {
    let found = known.iter().find(|(skill, _)| *skill == index).map(|(_, mastery)| mastery);
    let sure = found.filter(|mastery| mastery.enough);
    Cell {
        href: found.map(|_| names.keep(format!("{student}?skill={}", skill.id))),
        known: sure.map(band),
        shade: sure.map_or("unknown", |mastery| shade(mastery.probability)),
    }
}

fn shade(probability: f64) -> &'static str {
    match probability {
        p if p >= HELD => "can",
        p if p < EARLY => "early",
        _ => "",
    }
}

fn mean(frame: &Frame, index: u16, known: &[Vec<(u16, Mastery)>]) -> String {
    let probabilities: Vec<f64> = known
        .iter()
        .flatten()
        .filter(|(skill, mastery)| *skill == index && mastery.enough)
        .map(|(_, mastery)| mastery.probability)
        .collect();
    match u32::try_from(probabilities.len()) {
        Ok(count) if count > 0 => {
            one_decimal(probabilities.iter().sum::<f64>() * 10.0 / f64::from(count), frame.language)
        }
        _ => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_shaded_where_it_is_held_or_early_and_hatched_where_little_is_known() {
        assert_eq!([0.75, 0.74, 0.45, 0.44].map(shade), ["can", "", "", "early"]);
    }
}
