//! The product's own way.

use super::{Choosing, Heard};
use crate::choose::{Request, Scratch, choose};
use crate::outlook::Outlook;
use crate::recommendation::Recommendation;
use crate::response::{Evidence, ItemId, Response};
use crate::simulate::school::Bank;
use crate::student::{Start, Student};
use crate::time::Millis;
use crate::weights::Weights;

/// So many of the newest exercises are not chosen again, as in the product.
const RECENT: usize = 8;

pub(super) struct Ours {
    student: Student,
    outlook: Outlook,
    scratch: Scratch,
    chosen: Vec<Recommendation>,
    recent: Vec<u32>,
}

impl Ours {
    pub fn new(bank: &Bank, year: u8) -> Self {
        let student = Student::new(Start { ability: 0.0, year: Some(year) });
        let outlook = Outlook::of(&student, Weights::shipped(), bank.skills());
        Self { student, outlook, scratch: Scratch::default(), chosen: Vec::new(), recent: Vec::new() }
    }
}

impl Choosing for Ours {
    fn choose(&mut self, bank: &Bank, now: Millis, seed: u64) -> usize {
        let request = Request {
            recent: &self.recent,
            ..Request::new(&self.student, Weights::shipped(), bank.catalogue(), now, seed)
        };
        choose(&request, &self.outlook, &mut self.scratch, &mut self.chosen);
        self.chosen.first().map_or(0, |c| c.exercise as usize)
    }

    fn hears(&mut self, bank: &Bank, heard: &Heard) {
        let item = bank.items()[heard.item];
        let response = Response {
            item: ItemId(heard.item as u64),
            skills: item.skill.into(),
            evidence: Evidence::Answer,
            attempt: 1,
            difficulty: item.difficulty,
            correct: heard.correct,
            at: heard.at,
        };
        self.student.update(&response);
        self.outlook.follow(&self.student, Weights::shipped(), &response.skills, bank.skills());
        self.recent.push(heard.item as u32);
        let old = self.recent.len().saturating_sub(RECENT);
        self.recent.drain(..old);
    }
}
