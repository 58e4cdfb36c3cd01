//! All skills by strand, and the exercises of one.

use actix_web::{
    HttpRequest, get,
    web::{Data, Path},
};
use askama::Template;

use super::{FIRST_SEED, Shelf, exercise_address, frame_of, skill_address, trouble::Trouble};
use crate::{
    exercises::{Bank, Exercise, Skill, draw},
    web::{
        frame::Frame,
        page::{Answer, html},
    },
};

/// A skill in the list.
struct SkillShown {
    name: String,
    href: String,
    years: String,
    /// How many exercises it has.
    count: usize,
}

struct StrandShown {
    name: String,
    skills: Vec<SkillShown>,
}

#[derive(Template)]
#[template(path = "author_skills.html")]
struct SkillsPage {
    frame: Frame,
    place: Option<String>,
    counts: String,
    strands: Vec<StrandShown>,
}

/// All skills, each after what it builds on.
#[get("/")]
pub async fn show_all(request: HttpRequest, shelf: Data<Shelf>) -> Answer {
    let bank = match shelf.bank() {
        Ok(bank) => bank,
        Err(error) => return Trouble::from(error).page(&request),
    };
    let frame = frame_of(&request);
    let mut order: Vec<(u16, &Skill)> = (0..).zip(bank.skills()).collect();
    order.sort_by_key(|(skill, _)| bank.place(*skill));
    let mut strands: Vec<StrandShown> = Vec::new();
    for (index, skill) in order {
        let name = strand_name(&frame, &skill.strand);
        let shown = SkillShown {
            name: frame.language.of(&skill.name).to_owned(),
            href: skill_address(skill.id.as_str()),
            years: years(&frame, skill),
            count: exercises_of(&bank, index).count(),
        };
        match strands.last_mut() {
            Some(strand) if strand.name == name => strand.skills.push(shown),
            _ => strands.push(StrandShown { name, skills: vec![shown] }),
        }
    }
    let practised = bank.practised().count();
    let counts = frame.with2("author-counts", "exercises", bank.exercises().len(), "skills", practised);
    html(&SkillsPage { place: shelf.place(), counts, strands, frame })
}

/// An exercise in the list of its skill.
struct ExerciseShown {
    id: String,
    href: String,
    level: String,
    kind: String,
    /// What its first item asks, in the language of the page and in the others.
    asks: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "author_skill.html")]
struct SkillPage {
    frame: Frame,
    name: String,
    strand: String,
    years: String,
    file: String,
    exercises: Vec<ExerciseShown>,
}

/// The exercises of one skill.
#[get("/skills/{skill}")]
pub async fn show_one(request: HttpRequest, shelf: Data<Shelf>, id: Path<String>) -> Answer {
    let bank = match shelf.bank() {
        Ok(bank) => bank,
        Err(error) => return Trouble::from(error).page(&request),
    };
    let found = bank.skill_index(&id).and_then(|index| Some((index, bank.skill(index)?)));
    let Some((index, skill)) = found else { return Trouble::NoSuch(id.into_inner()).page(&request) };
    let frame = frame_of(&request);
    let shown = |exercise: &Exercise| ExerciseShown {
        id: exercise.id.as_str().to_owned(),
        href: exercise_address(exercise.id.as_str()),
        level: exercise.level.to_string(),
        kind: exercise.kind().name().to_owned(),
        asks: draw(exercise, FIRST_SEED)
            .map(|item| item.ask.each().map(|(language, ask)| (language, ask.to_owned())).into_iter().collect())
            .unwrap_or_default(),
    };
    html(&SkillPage {
        name: frame.language.of(&skill.name).to_owned(),
        strand: strand_name(&frame, &skill.strand),
        years: years(&frame, skill),
        file: format!("{}/{}.toml", skill.strand, skill.id.as_str()),
        exercises: exercises_of(&bank, index).map(shown).collect(),
        frame,
    })
}

fn exercises_of(bank: &Bank, skill: u16) -> impl Iterator<Item = &Exercise> {
    bank.exercises().iter().filter(move |exercise| exercise.skill == skill)
}

fn strand_name(frame: &Frame, strand: &str) -> String {
    frame.t(&format!("strand-{strand}"))
}

fn years(frame: &Frame, skill: &Skill) -> String {
    let (first, last) = skill.years;
    if first == last {
        frame.with("author-year", "year", first)
    } else {
        frame.with2("author-years", "first", first, "last", last)
    }
}
