//! Skills that cannot be practised are looked through, and nothing else changes.

use adaptive::{Skill, SkillIndex, Skills, Stage};
use proptest::prelude::*;

/// Skills that rest on earlier ones, and whether each can be practised.
fn graph() -> impl Strategy<Value = (Vec<Skill>, Vec<bool>)> {
    let under = prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 0..4), 1..40);
    under.prop_flat_map(|under| {
        let count = under.len();
        let skill = |(place, under): (usize, Vec<prop::sample::Index>)| {
            let under = under.iter().filter(|_| place > 0);
            let prerequisites = under.map(|index| SkillIndex(index.index(place.max(1)) as u16)).collect();
            Skill { prerequisites, stage: Stage::Years4To6 }
        };
        let skills: Vec<Skill> = under.into_iter().enumerate().map(skill).collect();
        (Just(skills), prop::collection::vec(any::<bool>(), count))
    })
}

proptest! {
    #[test]
    fn among_those_that_can_be_practised_the_same_rest_on_the_same((skills, practised) in graph()) {
        let whole = Skills::new(skills).expect("no cycle");
        let can = |skill: SkillIndex| practised[usize::from(skill.0)];
        let seen = whole.through(can);
        prop_assert_eq!(seen.len(), whole.len());
        for (skill, authored) in whole.iter() {
            let rests_on = |of: &Skills| {
                let mut below: Vec<SkillIndex> =
                    of.below(skill).into_iter().map(|(under, _)| under).filter(|under| can(*under)).collect();
                below.sort_unstable();
                below
            };
            prop_assert_eq!(rests_on(&seen), rests_on(&whole));
            let now = seen.get(skill).expect("indexes stay");
            prop_assert_eq!(now.stage, authored.stage);
            for under in &now.prerequisites {
                prop_assert!(can(*under) && *under != skill);
                prop_assert_eq!(now.prerequisites.iter().filter(|other| *other == under).count(), 1);
                prop_assert!(seen.carried_by(*under).contains(&skill));
            }
        }
    }

    #[test]
    fn looking_through_twice_is_looking_through_once((skills, practised) in graph(), fewer: u64) {
        let whole = Skills::new(skills).expect("no cycle");
        let can = |skill: SkillIndex| practised[usize::from(skill.0)];
        let both = |skill: SkillIndex| can(skill) && fewer >> (skill.0 % 64) & 1 == 1;
        let (once, twice) = (whole.through(both), whole.through(can).through(both));
        for ((_, one), (_, other)) in once.iter().zip(twice.iter()) {
            prop_assert_eq!(&one.prerequisites, &other.prerequisites);
        }
    }
}
