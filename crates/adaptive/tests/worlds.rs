//! Every simulated world shows what is known of learning and forgetting.

use adaptive::simulate::{Kind, Learner, School, World};
use adaptive::{Millis, Skill, SkillIndex, Skills, Stage};
use proptest::prelude::*;

const START: Millis = Millis(1_700_000_000_000);
const WORLDS: [World; 3] = [World::Activation, World::States, World::Practising];
const FIRST: SkillIndex = SkillIndex(0);
const ABOVE: SkillIndex = SkillIndex(1);

/// Two skills of upper secondary school, the second resting on the first: nobody in year 4 knows them.
fn school() -> School {
    let skill = |prerequisites: &[SkillIndex]| Skill { prerequisites: prerequisites.to_vec(), stage: Stage::Ma2 };
    School::new(Skills::new(vec![skill(&[]), skill(&[FIRST])]).expect("no cycle"), 1).expect("a bank")
}

/// Mean over 200 students of the probability of a typical item of `skill`, after practice of skills on days, at a day.
fn known(world: World, kind: Kind, practice: &[(SkillIndex, f64)], skill: SkillIndex, day: f64) -> f64 {
    let school = school();
    let of = |seed: u64| {
        let mut learner = Learner::new(world, &school, kind, 4, seed, START);
        for (place, &(practised, on)) in practice.iter().enumerate() {
            let item = school.bank().items_of(practised).start + place % 12;
            learner.answers(item, START.plus_days(on + place as f64 / 1440.0));
        }
        learner.knows(skill, START.plus_days(day))
    };
    (0..200).map(of).sum::<f64>() / 200.0
}

fn massed(items: usize) -> Vec<(SkillIndex, f64)> {
    vec![(FIRST, 20.0); items]
}

/// Over twenty days, ending on the day of the massed practice.
fn spaced(items: usize) -> Vec<(SkillIndex, f64)> {
    (1..=items).map(|n| (FIRST, 20.0 * n as f64 / items as f64)).collect()
}

#[test]
fn practice_helps() {
    for world in WORLDS {
        let after = [0, 3, 8].map(|n| known(world, Kind::Steady, &massed(n), FIRST, 20.02));
        assert!(after[0] + 0.1 < after[1] && after[1] + 0.05 < after[2], "{world:?} {after:?}");
    }
}

#[test]
fn time_takes_a_part_back() {
    for world in WORLDS {
        let later = [20.02, 27.0, 50.0].map(|day| known(world, Kind::Steady, &spaced(8), FIRST, day));
        assert!(later[0] > later[1] + 0.005 && later[1] > later[2] + 0.005, "{world:?} {later:?}");
    }
}

#[test]
fn spaced_practice_lasts_longer_than_massed() {
    for world in WORLDS {
        let spaced = known(world, Kind::Steady, &spaced(8), FIRST, 50.0);
        let massed = known(world, Kind::Steady, &massed(8), FIRST, 50.0);
        assert!(spaced > massed + 0.1, "{world:?}: {spaced} spaced, {massed} massed");
    }
}

#[test]
fn a_skill_needs_the_ground_under_it() {
    for world in WORLDS {
        let above: Vec<_> = (1..=8).map(|n| (ABOVE, 2.5 * f64::from(n))).collect();
        let grounded: Vec<_> = spaced(10).into_iter().chain(above.iter().map(|&(s, day)| (s, day + 20.0))).collect();
        let alone = known(world, Kind::Steady, &above, ABOVE, 20.1);
        let grounded = known(world, Kind::Steady, &grounded, ABOVE, 40.1);
        assert!(grounded > alone + 0.2, "{world:?}: {grounded} on its ground, {alone} without");
    }
}

#[test]
fn kinds_differ_as_they_are_told_to() {
    for world in WORLDS {
        let [steady, forgetful, guessing, gaming, _, fast] =
            Kind::ALL.map(|kind| known(world, kind, &spaced(6), FIRST, 50.0));
        assert!(forgetful < steady && guessing < steady && gaming < steady && steady < fast, "{world:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Probabilities are probabilities, harder items are solved more rarely, and nothing is learned by waiting.
    #[test]
    fn truths_are_sound(
        seed in 0u64..10_000,
        world in prop::sample::select(WORLDS.to_vec()),
        kind in prop::sample::select(Kind::ALL.to_vec()),
        practice in prop::collection::vec((0usize..24, 0.0f64..3.0), 0..30),
    ) {
        let school = school();
        let mut learner = Learner::new(world, &school, kind, 4, seed, START);
        let mut now = START;
        for (item, days) in practice {
            now = now.plus_days(days);
            prop_assert!((5.0..=600.0).contains(&learner.answers(item, now).seconds));
            for skill in [FIRST, ABOVE] {
                let ahead = [0.01, 1.0, 10.0, 100.0].map(|days| learner.knows(skill, now.plus_days(days)));
                prop_assert!(ahead.iter().all(|p| (0.0..=1.0).contains(p)), "{:?}", ahead);
                prop_assert!(ahead.windows(2).all(|p| p[0] >= p[1] - 1e-9), "{:?}", ahead);
            }
        }
    }

    /// The same seed is the same student, and gives the same answers.
    #[test]
    fn the_same_seed_is_the_same_student(seed in 0u64..10_000, world in prop::sample::select(WORLDS.to_vec())) {
        let school = school();
        let answers = || {
            let mut learner = Learner::new(world, &school, Kind::Guessing, 4, seed, START);
            let mut answer = |n: usize| learner.answers(n, START.plus_days(n as f64));
            (0..24).map(&mut answer).collect::<Vec<_>>()
        };
        prop_assert_eq!(answers(), answers());
    }
}
