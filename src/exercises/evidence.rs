//! Which skill a line tells about, by the step that the checker named in it.

use std::collections::VecDeque;

use stepcheck::{Account, Cause};

use super::bank::{Bank, Skill};

impl Bank {
    /// The skill that a line of an exercise of `skill` credits or questions by what is said of the line: the skill of its
    /// last step or of its wrong rule. Where several skills have it, the exercise's own comes first, then the nearest of
    /// those that it builds on. A skill that has no exercises is passed over, since what is heard of it would change
    /// nothing that is given. The exercise's own if nothing is said, or none of these has it.
    #[must_use]
    pub fn skill_told_about(&self, skill: u16, account: Option<&Account>) -> u16 {
        match account {
            Some(Account::Step { steps, .. }) => {
                let last = steps.iter().rev();
                last.map(|step| step.kind).find_map(|kind| self.nearest(skill, |at| at.steps.contains(&kind)))
            }
            Some(Account::Mistake { cause: Some(Cause::Misconception { id }), .. }) => {
                self.nearest(skill, |at| at.misconceptions.contains(id))
            }
            _ => None,
        }
        .unwrap_or(skill)
    }

    /// The first that fits: the skill itself, then what it builds on, then what that builds on.
    fn nearest(&self, skill: u16, fits: impl Fn(&Skill) -> bool) -> Option<u16> {
        let mut waiting = VecDeque::from([skill]);
        let mut seen = vec![false; self.skills().len()];
        while let Some(at) = waiting.pop_front() {
            let Some(was_seen) = seen.get_mut(usize::from(at)).filter(|seen| !**seen) else { continue };
            *was_seen = true;
            let found = self.skill(at)?;
            if fits(found) && self.has_exercises(at) {
                return Some(at);
            }
            waiting.extend(&found.prerequisites);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use stepcheck::{Misconception, Step, StepKind};

    use super::*;

    fn index(bank: &Bank, id: &str) -> u16 {
        bank.skill_index(id).expect("a skill of the bank")
    }

    fn told(bank: &Bank, of: &str, account: &Account) -> String {
        let skill = bank.skill_told_about(index(bank, of), Some(account));
        bank.skill(skill).expect("a skill").id.as_str().to_owned()
    }

    fn step(kinds: &[StepKind]) -> Account {
        Account::Step { steps: kinds.iter().map(|kind| Step { kind: *kind, with: None }).collect(), size: 1 }
    }

    fn rule(id: Misconception) -> Account {
        Account::Mistake { cause: Some(Cause::Misconception { id }), broken: None, follows: false }
    }

    #[test]
    fn a_line_tells_about_the_skill_of_its_step() {
        let bank = Bank::shipped().expect("a bank");
        let of = "equations-brackets";
        assert_eq!(told(&bank, of, &step(&[StepKind::Distribute])), "expressions-expand");
        assert_eq!(told(&bank, of, &step(&[StepKind::Distribute, StepKind::CollectTerms])), "expressions-simplify");
        assert_eq!(told(&bank, of, &rule(Misconception::MinusBracketSign)), "expressions-minus-bracket");
        // The exercise's own before what it builds on.
        assert_eq!(told(&bank, "equations-two-step", &step(&[StepKind::SubtractFromBothSides])), "equations-two-step");
        assert_eq!(told(&bank, "equations-add-sub", &step(&[StepKind::SubtractFromBothSides])), "equations-add-sub");
    }

    #[test]
    fn what_no_skill_below_has_tells_about_the_exercises_own() {
        let bank = Bank::shipped().expect("a bank");
        let of = "decimals-add-sub";
        assert_eq!(told(&bank, of, &step(&[StepKind::Distribute])), of);
        assert_eq!(told(&bank, of, &rule(Misconception::LogOfSum)), of);
        let nothing = bank.skill_told_about(index(&bank, of), None);
        assert_eq!(nothing, index(&bank, of));
    }
}
