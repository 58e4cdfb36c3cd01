//! The bank that everyone practises from: skills, items, and what is believed of them.

use crate::catalogue::{Candidate, Catalogue, CatalogueError};
use crate::chance::Chance;
use crate::difficulty::Difficulty;
use crate::logit::Logit;
use crate::response::ItemId;
use crate::skills::{SkillIndex, Skills};
use crate::weights::Weights;

/// Items of each skill.
const ITEMS: usize = 12;
/// How far items of a skill lie apart in difficulty, s.d. in logits.
const SPREAD: f64 = 0.8;
/// How far what is believed of a difficulty lies from the truth, s.d. in logits: what some twenty responses leave.
const BELIEF_ERROR: f64 = 0.3;
/// So many responses, and their information at three right ones in four.
const RESPONSES: u32 = 20;
const INFORMATION: f64 = 3.75;

/// An item as everyone sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BankItem {
    pub skill: SkillIndex,
    /// Difficulty as believed, logits; the truth lies near.
    pub difficulty: Logit,
}

/// What is open to whoever chooses: skills with their prerequisites and usual place in school, items with the
/// difficulty that is believed of them. It holds nothing of what is true of a student.
#[derive(Clone, Debug)]
pub struct Bank {
    catalogue: Catalogue,
    items: Vec<BankItem>,
    curriculum: Vec<SkillIndex>,
    taught_in: Vec<f64>,
}

/// A bank with the truth about its items.
#[derive(Clone, Debug)]
pub struct School {
    bank: Bank,
    truth: Vec<Logit>,
}

impl School {
    /// Items for every skill, with seeded difficulties around 0.
    ///
    /// # Errors
    /// None that a graph of [`Skills`] can cause.
    pub fn new(skills: Skills, seed: u64) -> Result<Self, CatalogueError> {
        let mut chance = Chance::new(seed);
        let (mut items, mut truth) = (Vec::new(), Vec::new());
        for (skill, _) in skills.iter() {
            for _ in 0..ITEMS {
                let difficulty = (SPREAD * chance.normal()).clamp(-2.5, 2.5);
                truth.push(difficulty);
                items.push(BankItem { skill, difficulty: difficulty + BELIEF_ERROR * chance.normal() });
            }
        }
        let curriculum = in_order(&skills);
        let taught_in = taught_in(&skills, &curriculum);
        let catalogue = catalogue(skills, &items)?;
        Ok(Self { bank: Bank { catalogue, items, curriculum, taught_in }, truth })
    }

    /// What is open to everyone.
    pub fn bank(&self) -> &Bank {
        &self.bank
    }

    /// How hard an item truly is, logits.
    pub(super) fn true_difficulty(&self, item: usize) -> Logit {
        self.truth[item]
    }
}

impl Bank {
    pub fn skills(&self) -> &Skills {
        self.catalogue.skills()
    }

    /// The same items as [`crate::choose`] takes them.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// All items; those of one skill stand together.
    pub fn items(&self) -> &[BankItem] {
        &self.items
    }

    /// The items of a skill, as places in [`Bank::items`].
    pub fn items_of(&self, skill: SkillIndex) -> std::ops::Range<usize> {
        skill.place() * ITEMS..(skill.place() + 1) * ITEMS
    }

    /// All skills in the order of a textbook: stage by stage, none before its prerequisites.
    pub fn curriculum(&self) -> &[SkillIndex] {
        &self.curriculum
    }

    /// The school year in which a textbook comes to a skill, with fraction.
    pub fn taught_in(&self, skill: SkillIndex) -> f64 {
        self.taught_in[skill.place()]
    }

    pub fn prerequisites(&self, skill: SkillIndex) -> &[SkillIndex] {
        self.skills().get(skill).map_or(&[], |s| &s.prerequisites)
    }

    /// Whether a skill belongs to a stage that has begun in this school year.
    pub fn of_age(&self, skill: SkillIndex, year: u8) -> bool {
        self.skills().get(skill).is_some_and(|s| s.stage.years().0 <= year)
    }

    /// Whether a skill belongs to a stage that ends before this school year.
    pub fn below_stage(&self, skill: SkillIndex, year: u8) -> bool {
        self.skills().get(skill).is_some_and(|s| s.stage.years().1 < year)
    }
}

fn catalogue(skills: Skills, items: &[BankItem]) -> Result<Catalogue, CatalogueError> {
    let years = |skill| skills.get(skill).map_or((1, 12), |s| s.stage.years());
    let candidate = |(place, item): (usize, &BankItem)| {
        let difficulty = Difficulty { value: item.difficulty, responses: RESPONSES, information: INFORMATION };
        let (exercise, id) = (place as u32, ItemId(place as u64));
        Candidate { exercise, item: id, skills: item.skill.into(), difficulty, years: years(item.skill) }
    };
    let candidates = items.iter().enumerate().map(candidate).collect();
    Catalogue::new(skills, candidates, Weights::shipped())
}

/// Stage by stage, and within a stage always the first skill (in the order handed in) whose prerequisites have been.
fn in_order(skills: &Skills) -> Vec<SkillIndex> {
    let mut order: Vec<SkillIndex> = Vec::with_capacity(skills.len());
    let mut placed = vec![false; skills.len()];
    while order.len() < skills.len() {
        let ready = skills
            .iter()
            .filter(|(index, skill)| !placed[index.place()] && skill.prerequisites.iter().all(|p| placed[p.place()]));
        let Some((next, _)) = ready.min_by_key(|(_, skill)| skill.stage.years().0) else {
            break;
        };
        placed[next.place()] = true;
        order.push(next);
    }
    order
}

/// The skills of a stage are spread evenly over its years, in the order of the curriculum.
fn taught_in(skills: &Skills, curriculum: &[SkillIndex]) -> Vec<f64> {
    let years = |skill: &SkillIndex| skills.get(*skill).map_or((1, 1), |s| s.stage.years());
    let mut taught = vec![0.0; skills.len()];
    for skill in curriculum {
        let of_stage: Vec<_> = curriculum.iter().filter(|s| years(s) == years(skill)).collect();
        let before = of_stage.iter().take_while(|s| **s != skill).count();
        let (first, last) = years(skill);
        let share = before as f64 / of_stage.len() as f64;
        taught[skill.place()] = f64::from(first) + share * f64::from(last - first + 1);
    }
    taught
}
