//! What must hold of the choice of the next exercises.

mod school;

use std::collections::BTreeMap;

use adaptive::{
    Aims, BAND, Catalogue, Goal, Outlook, Part, Place, Purpose, Request, Scratch, Sitting, SkillIndex, Skills, Stage,
    Weights, Wishes, explain, plan, recommend,
};
use school::{START, Seeded, catalogue, item, newcomer, practise, request, skill, small, strands};

#[test]
fn a_newcomer_starts_at_the_own_stage_inside_the_band() {
    let (student, bank) = (newcomer(Some(7)), small());
    let [chosen] = recommend(&request(&student, &bank, START, 1))[..] else { panic!("open") };
    assert_eq!(chosen.reason.main, Part::Start);
    assert!([SkillIndex(1), SkillIndex(3)].contains(&chosen.skills.main()));
    assert!((BAND.0..=BAND.1).contains(&chosen.probability));
    // Of whom not even the year is known, nothing is presumed.
    let stranger = newcomer(None);
    let [chosen] = recommend(&request(&stranger, &bank, START, 1))[..] else { panic!("open") };
    assert_eq!((chosen.skills.main(), chosen.reason.main), (SkillIndex(0), Part::Start));
}

#[test]
fn ten_are_different_and_of_several_skills() {
    let (student, bank) = (newcomer(Some(7)), catalogue(strands()));
    let chosen = recommend(&Request { count: 10, ..request(&student, &bank, START, 3) });
    let mut exercises: Vec<u32> = chosen.iter().map(|c| c.exercise).collect();
    let mut skills: Vec<SkillIndex> = chosen.iter().map(|c| c.skills.main()).collect();
    exercises.sort_unstable();
    exercises.dedup();
    skills.sort_unstable();
    skills.dedup();
    assert_eq!(exercises.len(), 10);
    assert!(skills.len() >= 4, "{skills:?}");
}

#[test]
fn a_mastered_skill_opens_what_builds_on_it() {
    let (mut student, bank) = (newcomer(Some(7)), small());
    practise(&mut student, 1, true, 12, START);
    let chosen = recommend(&Request { count: 10, exploration: 0.0, ..request(&student, &bank, START, 1) });
    let builds_on = Some(SkillIndex(1));
    let of_two = chosen.iter().find(|c| c.skills.main() == SkillIndex(2)).expect("open");
    assert_eq!(of_two.reason.main, Part::New { builds_on });
}

#[test]
fn what_has_faded_is_reviewed() {
    let (mut student, bank) = (newcomer(Some(7)), small());
    for skill in [1, 2, 3] {
        practise(&mut student, skill, true, 12, START);
    }
    let later = START.plus_days(90.0);
    let [chosen] = recommend(&Request { exploration: 0.0, ..request(&student, &bank, later, 1) })[..] else {
        panic!("open")
    };
    assert_eq!(chosen.reason.main, Part::Idle { days: 90 });
}

#[test]
fn with_everything_in_hand_it_stretches() {
    let (mut student, bank) = (newcomer(Some(7)), small());
    for skill in [1, 2, 3] {
        practise(&mut student, skill, true, 10, START);
    }
    let [chosen] = recommend(&Request { exploration: 0.0, ..request(&student, &bank, START, 1) })[..] else {
        panic!("open")
    };
    assert_eq!(chosen.reason.main, Part::Stretch);
    assert!(chosen.difficulty > 0.0);
}

#[test]
fn under_a_skill_that_is_too_hard_the_ground_is_laid() {
    let (mut student, bank) = (newcomer(Some(7)), small());
    practise(&mut student, 3, false, 3, START);
    let [chosen] = recommend(&Request { exploration: 0.0, ..request(&student, &bank, START, 1) })[..] else {
        panic!("open")
    };
    let carries = SkillIndex(3);
    assert_eq!((chosen.skills.main(), chosen.reason.main), (SkillIndex(0), Part::Foundation { carries }));
}

#[test]
fn after_two_misses_it_gets_easier() {
    let (mut student, bank) = (newcomer(Some(7)), catalogue(vec![skill(Stage::Years7To9, &[])]));
    practise(&mut student, 0, true, 2, START);
    let ask = |student: &_| recommend(&Request { exploration: 0.0, ..request(student, &bank, START, 1) })[0];
    let before = ask(&student);
    practise(&mut student, 0, false, 2, START);
    let after = ask(&student);
    assert_eq!(after.reason.main, Part::Easier { misses: 2 });
    assert!(after.difficulty < before.difficulty && after.probability > before.probability);
}

#[test]
fn what_leads_to_a_goal_comes_first() {
    let (student, bank) = (newcomer(Some(7)), catalogue(strands()));
    let goals = [Goal { skill: SkillIndex(18), weight: 1.0 }];
    let aims = Aims::new(bank.skills(), &Wishes { goals: &goals, ..Wishes::default() });
    for seed in 0..50 {
        let asked = Request { aims: Some(&aims), exploration: 0.0, ..request(&student, &bank, START, seed) };
        let chosen = recommend(&asked)[0];
        // The strand of 18 is 2, 6, 10, 14, 18; the first two belong to earlier years.
        assert_eq!(chosen.skills.main(), SkillIndex(10));
        assert_eq!(chosen.reason.also, Some(Part::LeadsTo { goal: SkillIndex(18) }));
    }
}

#[test]
fn of_two_goals_the_heavier_comes_first() {
    let (student, bank) = (newcomer(Some(7)), catalogue(strands()));
    for (weights, first) in [([2.0, 1.0], 8), ([1.0, 2.0], 9)] {
        let goals = [8, 9].map(SkillIndex).into_iter().zip(weights).map(|(skill, weight)| Goal { skill, weight });
        let goals: Vec<Goal> = goals.collect();
        let aims = Aims::new(bank.skills(), &Wishes { goals: &goals, ..Wishes::default() });
        let asked = Request { aims: Some(&aims), exploration: 0.0, ..request(&student, &bank, START, 1) };
        let chosen = recommend(&asked)[0];
        assert_eq!((chosen.skills.main(), chosen.reason.also), (SkillIndex(first), Some(Part::Assigned)));
    }
}

#[test]
fn what_is_pinned_comes_and_what_is_excluded_does_not() {
    let bank = catalogue(strands());
    for seed in 0..100 {
        let (student, now) = Seeded(seed).student();
        let [skill] = [SkillIndex(Seeded(seed + 7).below(24) as u16)];
        let exercise = Seeded(seed + 9).below(24 * 9) as u32;
        let pinned = Aims::new(bank.skills(), &Wishes { pinned_skills: &[skill], ..Wishes::default() });
        let chosen =
            recommend(&Request { aims: Some(&pinned), exploration: 0.0, ..request(&student, &bank, now, seed) });
        assert_eq!((chosen[0].skills.main(), chosen[0].reason.main), (skill, Part::Pinned));
        let pinned = Aims::new(bank.skills(), &Wishes { pinned_exercises: &[exercise], ..Wishes::default() });
        let chosen = recommend(&Request { aims: Some(&pinned), ..request(&student, &bank, now, seed) });
        assert_eq!((chosen[0].exercise, chosen[0].propensity), (exercise, 1.0));
        let first = recommend(&request(&student, &bank, now, seed))[0];
        let wishes =
            Wishes { excluded_skills: &[first.skills.main()], excluded_exercises: &[exercise], ..Wishes::default() };
        let without = Aims::new(bank.skills(), &wishes);
        for chosen in recommend(&Request { aims: Some(&without), count: 300, ..request(&student, &bank, now, seed) }) {
            assert!(chosen.skills.main() != first.skills.main() && chosen.exercise != exercise);
        }
    }
}

#[test]
fn another_one_is_another_and_after_two_of_a_skill_it_rests() {
    let bank = catalogue(strands());
    for seed in 0..100 {
        let (student, now) = Seeded(seed).student();
        let mut sitting = Sitting::default();
        let mut declined: Vec<(u32, SkillIndex)> = Vec::new();
        for _ in 0..12 {
            let chosen = recommend(&Request { sitting: Some(&sitting), ..request(&student, &bank, now, seed) })[0];
            let skill = chosen.skills.main();
            assert!(declined.iter().all(|(exercise, _)| *exercise != chosen.exercise));
            assert!(declined.iter().filter(|(_, of)| *of == skill).count() < 2);
            declined.push((chosen.exercise, skill));
            sitting.decline(chosen.exercise, skill);
        }
    }
}

#[test]
fn recently_seen_exercises_wait() {
    let (student, bank) = (newcomer(Some(7)), small());
    let mut recent = Vec::new();
    for seed in 0..12 {
        let chosen = recommend(&Request { recent: &recent, ..request(&student, &bank, START, seed) })[0];
        assert!(!recent.contains(&chosen.exercise));
        recent.push(chosen.exercise);
    }
}

#[test]
fn rather_seen_again_than_out_of_reach() {
    let skills = Skills::new(vec![skill(Stage::Years7To9, &[])]).expect("no cycle");
    let items = vec![item(0, 0, -1.0, (7, 9)), item(1, 0, 5.0, (7, 9))];
    let bank = Catalogue::new(skills, items, Weights::shipped()).expect("valid");
    let student = newcomer(Some(7));
    let chosen = recommend(&Request { recent: &[0], ..request(&student, &bank, START, 1) })[0];
    assert_eq!(chosen.exercise, 0);
}

/// Whatever the state: as long as something is open, something is given.
#[test]
fn there_is_no_dead_end() {
    let bank = catalogue(strands());
    let all: Vec<u32> = (0..24 * 9).collect();
    let all_skills: Vec<SkillIndex> = (0..24).map(SkillIndex).collect();
    let gives = |asked: Request| {
        let chosen = recommend(&asked);
        assert!(!chosen.is_empty());
        chosen
    };
    for seed in 0..60 {
        let mut seeded = Seeded(seed);
        let (student, now) = match seed {
            0 => (newcomer(None), START),
            1..4 => {
                // Everything mastered, or nothing at all known.
                let mut student = newcomer([None, Some(3), Some(9)][seed as usize - 1]);
                (0..24).for_each(|of| practise(&mut student, of, seed % 2 == 0, 30, START));
                (student, START.plus_days(0.1))
            }
            _ => seeded.student(),
        };
        let plain = request(&student, &bank, now, seed);
        gives(plain);
        gives(Request { recent: &all, ..plain });
        for purpose in [Purpose::WarmUp, Purpose::Stretch] {
            gives(Request { purpose, recent: &all, ..plain });
        }
        // All excluded but one, and that one seen, and declined.
        let left = seeded.below(24 * 9) as u32;
        let excluded: Vec<u32> = all.iter().copied().filter(|e| *e != left).collect();
        let mut sitting = Sitting::default();
        sitting.decline(left, SkillIndex((left / 9) as u16));
        sitting.decline((left + 1) % 216, SkillIndex((left / 9) as u16));
        let aims = Aims::new(bank.skills(), &Wishes { excluded_exercises: &excluded, ..Wishes::default() });
        let asked = Request { aims: Some(&aims), recent: &all, sitting: Some(&sitting), ..plain };
        assert_eq!(gives(asked)[0].exercise, left);
        // Only one skill is open, and its prerequisites cannot be practised here.
        let of = seeded.below(24) as u32;
        let opened = bank.opened(|exercise| exercise / 9 == of);
        gives(Request { catalogue: &opened, ..plain });
        // The only goal is excluded or long since reached.
        let goals = [Goal { skill: SkillIndex(of as u16), weight: 1.0 }];
        let wishes = Wishes { goals: &goals, excluded_skills: &[SkillIndex(of as u16)], ..Wishes::default() };
        gives(Request { aims: Some(&Aims::new(bank.skills(), &wishes)), ..plain });
        let others: Vec<SkillIndex> = all_skills.iter().copied().filter(|s| u32::from(s.0) != of).collect();
        let wishes = Wishes { excluded_skills: &others, ..Wishes::default() };
        gives(Request { aims: Some(&Aims::new(bank.skills(), &wishes)), ..plain });
    }
}

#[test]
fn without_exercises_there_is_nothing_to_choose() {
    let bank = small().opened(|_| false);
    let student = newcomer(None);
    assert!(recommend(&request(&student, &bank, START, 1)).is_empty());
}

#[test]
fn who_can_never_quite_is_not_held_at_one_door_for_ever() {
    let (mut student, bank) = (newcomer(Some(7)), small());
    for _ in 0..20 {
        practise(&mut student, 1, true, 3, START);
        practise(&mut student, 1, false, 2, START);
    }
    let chosen = recommend(&Request { count: 20, exploration: 0.0, ..request(&student, &bank, START, 1) });
    assert!(chosen.iter().any(|c| c.skills.main() == SkillIndex(2)), "{chosen:?}");
}

#[test]
fn propensities_are_the_frequencies() {
    let (mut student, bank) = (newcomer(Some(7)), catalogue(strands()));
    practise(&mut student, 9, true, 5, START);
    for count in [1, 4, 10] {
        let mut counted: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        let rounds = 20_000;
        for seed in 0..rounds {
            for chosen in recommend(&Request { count, ..request(&student, &bank, START, seed) }) {
                let entry = counted.entry(chosen.exercise).or_insert((0.0, 0.0));
                *entry = (entry.0 + 1.0 / rounds as f64, chosen.propensity);
            }
        }
        let sum: f64 = counted.values().map(|(_, propensity)| propensity).sum();
        assert!((sum - count as f64).abs() < 1e-9, "{counted:?}");
        // Of ten, the four open skills have nothing to spare inside the band.
        assert!(counted.len() > count || count == 10);
        for (share, propensity) in counted.values() {
            assert!((share - propensity).abs() < 0.015, "{counted:?}");
        }
    }
}

#[test]
fn the_same_arguments_give_the_same_choice() {
    let bank = catalogue(strands());
    for seed in 0..40 {
        let (student, now) = Seeded(seed).student();
        let asked = Request { count: 10, ..request(&student, &bank, now, seed) };
        assert_eq!(recommend(&asked), recommend(&asked));
    }
}

#[test]
fn a_sitting_begins_with_what_is_known_and_ends_with_a_stretch() {
    let (mut student, bank) = (newcomer(Some(7)), catalogue(strands()));
    (8..12).for_each(|of| practise(&mut student, of, true, 12, START));
    let now = START.plus_days(20.0);
    let weights = Weights::shipped();
    let outlook = Outlook::of(&student, weights, bank.skills());
    let planned = plan(&request(&student, &bank, now, 4), 10, &outlook, &mut Scratch::default());
    let purposes: Vec<Purpose> = planned.iter().map(|p| p.purpose).collect();
    assert_eq!(purposes[..2], [Purpose::WarmUp; 2]);
    assert_eq!(purposes[2..9], [Purpose::Practice; 7]);
    assert_eq!(purposes[9], Purpose::Stretch);
    let mut exercises: Vec<u32> = planned.iter().map(|p| p.recommendation.exercise).collect();
    exercises.sort_unstable();
    exercises.dedup();
    assert_eq!(exercises.len(), 10);
    assert!(planned[0].recommendation.probability > planned[9].recommendation.probability);
    // Of whom nothing is known there is neither; and a plan is full as long as there is enough.
    let stranger = newcomer(None);
    let outlook = Outlook::of(&stranger, weights, bank.skills());
    let planned = plan(&request(&stranger, &bank, now, 4), 7, &outlook, &mut Scratch::default());
    assert_eq!(planned.iter().map(|p| p.purpose).collect::<Vec<_>>(), [Purpose::Practice; 7]);
}

#[test]
fn an_explanation_adds_up_and_the_chosen_is_the_best() {
    let bank = catalogue(strands());
    for seed in 0..200 {
        let (student, now) = Seeded(seed).student();
        let goals = [Goal { skill: SkillIndex(Seeded(seed).below(24) as u16), weight: 1.5 }];
        let aims = Aims::new(bank.skills(), &Wishes { goals: &goals, ..Wishes::default() });
        let asked = Request { aims: Some(&aims), count: 3, ..request(&student, &bank, now, seed) };
        let (outlook, mut scratch) = (Outlook::of(&student, Weights::shipped(), bank.skills()), Scratch::default());
        for chosen in recommend(&asked) {
            let told = explain(&asked, &outlook, &mut scratch, &chosen).expect("chosen");
            assert_eq!((told.chosen.exercise, told.chosen.worth), (chosen.exercise, chosen.worth));
            assert!((told.chosen.probability - chosen.probability).abs() < 1e-12);
            assert!(told.others.iter().all(|other| other.skill != told.chosen.skill));
            for weighed in told.others.iter().chain([&told.chosen]) {
                let sum: f64 = weighed.parts.iter().map(|(_, part)| part).sum();
                assert!((sum - weighed.worth).abs() < 1e-12, "{weighed:?}");
                assert!(weighed.parts[7].1 <= 1e-12 && weighed.parts[3].1 >= 0.0, "{weighed:?}");
            }
        }
        let first = recommend(&Request { count: 1, exploration: 0.0, ..asked })[0];
        let told = explain(&Request { count: 1, ..asked }, &outlook, &mut scratch, &first).expect("chosen");
        // What comes from a barer tier may be worth more by itself.
        let others = told.others.iter().filter(|other| other.place != Place::Closed);
        let best = others.map(|other| other.worth).fold(f64::NEG_INFINITY, f64::max);
        assert!(told.chosen.worth >= best || told.others.len() < 3 || asked.aims.is_some(), "{told:?}");
        assert!(!told.others.is_empty());
    }
}
