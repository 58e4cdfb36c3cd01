//! A reason names inputs that the choice was made from: without the input it is another choice, or another reason.

#[expect(dead_code, reason = "other tests use more of it")]
mod school;

use std::collections::BTreeMap;

use adaptive::{
    Aims, Catalogue, Goal, Millis, Part, Purpose, Reason, Recommendation, Request, Skill, SkillIndex, Student, Wishes,
    recommend,
};
use school::{Seeded, catalogue, practise, request, strands};

/// All that a choice is made from here.
#[derive(Clone)]
struct Inputs {
    student: Student,
    now: Millis,
    skills: Vec<Skill>,
    goals: Vec<Goal>,
    pinned: Vec<SkillIndex>,
    purpose: Purpose,
    exploration: f64,
    seed: u64,
}

impl Inputs {
    fn choose(&self) -> Recommendation {
        let bank: Catalogue = catalogue(self.skills.clone());
        let wishes = Wishes { goals: &self.goals, pinned_skills: &self.pinned, ..Wishes::default() };
        let aims = Aims::new(bank.skills(), &wishes);
        let plain = request(&self.student, &bank, self.now, self.seed);
        let (purpose, exploration) = (self.purpose, self.exploration);
        recommend(&Request { aims: Some(&aims), purpose, exploration, ..plain })[0]
    }

    /// The same without what a part of the reason names.
    fn without(&self, part: Part, skill: SkillIndex) -> Self {
        let mut other = self.clone();
        let trace = other.student.skills.get_mut(&skill).map(|state| &mut state.trace);
        match part {
            Part::Pinned => other.pinned.clear(),
            Part::WarmUp => other.purpose = Purpose::Practice,
            Part::Stretch if self.purpose == Purpose::Stretch => other.purpose = Purpose::Practice,
            Part::Varied => other.exploration = 0.0,
            Part::Start | Part::New { builds_on: None } => practise(&mut other.student, skill.0, true, 1, self.now),
            Part::New { builds_on: Some(under) } => drop(other.student.skills.remove(&under)),
            Part::Foundation { carries } => drop(other.student.skills.remove(&carries)),
            Part::Idle { .. } => trace.expect("practised").last = self.now,
            Part::Easier { .. } => trace.expect("practised").run = 0,
            Part::Progress => trace.expect("practised").recent[0] = 0.0,
            Part::Continue | Part::Stretch => drop(other.student.skills.remove(&skill)),
            Part::Assigned => other.goals.retain(|goal| goal.skill != skill),
            Part::LeadsTo { goal } => other.goals.retain(|of| of.skill != goal),
            Part::Opens { skill: above } => {
                other.skills[usize::from(above.0)].prerequisites.retain(|under| *under != skill);
            }
            Part::NothingElse => unreachable!("everything can be practised here"),
        }
        other
    }
}

fn name(part: Part) -> String {
    format!("{part:?}").split(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn without_what_it_names_the_choice_or_the_reason_is_another() {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..8000 {
        let mut seeded = Seeded(seed);
        let (student, now) = seeded.student();
        let goals = (0..seeded.below(3)).map(|_| SkillIndex(seeded.below(24) as u16));
        let goals = goals.map(|skill| Goal { skill, weight: 1.0 }).collect();
        let pinned = if seeded.below(10) == 0 { vec![SkillIndex(seeded.below(24) as u16)] } else { Vec::new() };
        let purpose =
            [Purpose::Practice, Purpose::Practice, Purpose::WarmUp, Purpose::Stretch][seeded.below(4) as usize];
        let skills = strands();
        let inputs = Inputs { student, now, skills, goals, pinned, purpose, exploration: 0.1, seed };
        let chosen = inputs.choose();
        for part in chosen.reason.parts() {
            let other = inputs.without(part, chosen.skills.main()).choose();
            let same = (other.exercise, other.reason) == (chosen.exercise, chosen.reason);
            assert!(!same, "seed {seed}: without {part:?} still {:?}", chosen.reason);
            *met.entry(name(part)).or_default() += 1;
        }
    }
    let all = "Pinned WarmUp Stretch Varied Start New Foundation Idle Easier Progress Continue Assigned LeadsTo Opens";
    for part in all.split(' ') {
        assert!(met.get(part).is_some_and(|times| *times >= 5), "{part} too seldom: {met:?}");
    }
}

#[test]
fn a_reason_has_at_most_two_parts_and_is_written_in_snake_case() {
    let reason = Reason { main: Part::Idle { days: 12 }, also: Some(Part::LeadsTo { goal: SkillIndex(4) }) };
    assert_eq!(reason.parts().count(), 2);
    let text = serde_json::to_string(&reason).expect("serialises");
    assert_eq!(text, r#"{"main":{"kind":"idle","days":12},"also":{"kind":"leads_to","goal":4}}"#);
    assert_eq!(serde_json::from_str::<Reason>(&text).expect("reads back"), reason);
    let short = Reason { main: Part::Start, also: None };
    assert_eq!(serde_json::to_string(&short).expect("serialises"), r#"{"main":{"kind":"start"}}"#);
}
