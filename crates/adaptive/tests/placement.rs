//! The placement test finds where a student stands, within fifteen items, whoever it is.

#[expect(dead_code, reason = "other tests use more of it")]
mod school;

use std::collections::BTreeSet;

use adaptive::{
    Catalogue, MOST_ITEMS, Outlook, Placement, Probe, Scratch, SkillIndex, Standing, Step, Weights, choose, logistic,
};
use school::{START, Seeded, catalogue, newcomer, request, strands};

/// What a test went like.
struct Taken {
    placement: Placement,
    probes: Vec<(Probe, bool)>,
}

fn take(bank: &Catalogue, year: Option<u8>, mut answers: impl FnMut(&Probe) -> bool) -> Taken {
    let mut placement = Placement::new(bank.skills(), year);
    let mut probes: Vec<(Probe, bool)> = Vec::new();
    while let Step::Ask(probe) = placement.next(bank) {
        let correct = answers(&probe);
        placement.take(bank, Weights::shipped(), probe.exercise, correct);
        probes.push((probe, correct));
        assert!(probes.len() <= MOST_ITEMS);
    }
    Taken { placement, probes }
}

/// Answers of a student who knows the skills of the first `known` rows of the strands, with a slip in twenty.
fn knows(known: u16, seed: u64, bank: &Catalogue) -> impl FnMut(&Probe) -> bool {
    let mut seeded = Seeded(seed);
    let difficulties: Vec<f64> = bank.candidates().iter().map(|c| c.difficulty.value).collect();
    let exercises: Vec<u32> = bank.candidates().iter().map(|c| c.exercise).collect();
    move |probe| {
        let at = exercises.iter().position(|e| *e == probe.exercise).expect("of the bank");
        let ability = if probe.skill.0 < known * 4 { 2.5 } else { -2.5 };
        (seeded.below(1000) as f64) < 1000.0 * (0.02 + 0.93 * logistic(ability - difficulties[at]))
    }
}

fn rows(standing: &Standing) -> usize {
    (standing.known.len() + 2) / 4
}

#[test]
fn who_knows_nothing_is_asked_ever_easier_things_and_ends_at_the_bottom() {
    let bank = catalogue(strands());
    for year in [None, Some(4), Some(7), Some(9)] {
        let Taken { placement, probes } = take(&bank, year, |_| false);
        let standing = placement.standing(bank.skills());
        assert!(standing.known.is_empty(), "{year:?} {standing:?}");
        assert_eq!(standing.next, [0, 1, 2, 3].map(SkillIndex));
        let (last, _) = probes.last().expect("asked");
        assert!(last.is_closing && probes.iter().filter(|(probe, _)| probe.is_closing).count() == 1);
        // The last item is of the lowest stage, and one of the easiest.
        let difficulty = bank.find(last.exercise).expect("of the bank").difficulty.value;
        assert!(last.skill.0 < 8 && difficulty <= -1.5, "{last:?}");
        let levels: Vec<u16> = probes.iter().map(|(probe, _)| probe.skill.0 / 8).collect();
        assert!(levels[levels.len() - 2] == 0, "{levels:?}");
        // What is chosen from then on is of the ground, and easy.
        let student = newcomer(year);
        let outlook = Outlook::presuming(standing.presumed(bank.skills()), &student, Weights::shipped(), bank.skills());
        let mut chosen = Vec::new();
        choose(&request(&student, &bank, START, 1), &outlook, &mut Scratch::default(), &mut chosen);
        assert!(chosen[0].skills.main().0 < 4 && chosen[0].probability > 0.7);
    }
}

#[test]
fn who_knows_everything_ends_at_the_top() {
    let bank = catalogue(strands());
    for year in [None, Some(4), Some(7), Some(9)] {
        let Taken { placement, probes } = take(&bank, year, |_| true);
        let standing = placement.standing(bank.skills());
        assert!(standing.known.len() >= 20, "{year:?} {} {standing:?}", probes.len());
        assert!(standing.year > 8.5 && standing.right == probes.len());
    }
}

#[test]
fn it_finds_the_row_and_stops_when_its_interval_is_narrow() {
    let bank = catalogue(strands());
    let (mut near, mut all, mut items) = (0, 0, 0);
    for known in 0..=6 {
        for seed in 0..40 {
            let Taken { placement, probes } = take(&bank, Some(7), knows(known, seed * 7 + u64::from(known), &bank));
            let standing = placement.standing(bank.skills());
            assert!(standing.low <= standing.year && standing.year <= standing.high);
            let asked = probes.len();
            let is_narrow = standing.high - standing.low <= 2.5 + 1e-9;
            let is_closed = probes.last().is_some_and(|(probe, _)| probe.is_closing);
            assert!(is_narrow || is_closed || asked == MOST_ITEMS, "{asked} {standing:?}");
            near += usize::from(rows(&standing).abs_diff(usize::from(known)) <= 1);
            all += 1;
            items += asked;
        }
    }
    assert!(near * 100 >= all * 80, "{near} of {all}");
    assert!(items < all * (MOST_ITEMS - 1), "{} items", items / all);
}

#[test]
fn nothing_is_asked_twice_and_many_skills_are() {
    let bank = catalogue(strands());
    for seed in 0..60 {
        let Taken { probes, .. } = take(&bank, None, knows((seed % 7) as u16, seed, &bank));
        let exercises: BTreeSet<u32> = probes.iter().map(|(probe, _)| probe.exercise).collect();
        let skills: BTreeSet<SkillIndex> = probes.iter().map(|(probe, _)| probe.skill).collect();
        assert_eq!(exercises.len(), probes.len());
        assert!(skills.len() * 3 >= probes.len(), "{skills:?}");
    }
}

#[test]
fn it_is_rebuilt_from_its_answers() {
    let bank = catalogue(strands());
    for seed in 0..60 {
        let year = [None, Some(5), Some(8)][(seed % 3) as usize];
        let Taken { placement, probes } = take(&bank, year, knows((seed % 7) as u16, seed, &bank));
        for kept in 0..=probes.len() {
            let answers = probes[..kept].iter().map(|(probe, correct)| (probe.exercise, *correct));
            let rebuilt = Placement::rebuilt(&bank, Weights::shipped(), year, answers);
            match probes.get(kept) {
                Some((probe, _)) => assert_eq!(rebuilt.next(&bank), Step::Ask(*probe)),
                None => assert_eq!((&rebuilt, rebuilt.next(&bank)), (&placement, Step::Done)),
            }
        }
    }
}

#[test]
fn known_skills_rest_on_known_ones_and_the_next_are_open() {
    let bank = catalogue(strands());
    for seed in 0..60 {
        let mut seeded = Seeded(seed);
        let Taken { placement, .. } = take(&bank, Some(7), |_| seeded.below(2) == 0);
        let standing = placement.standing(bank.skills());
        let known: BTreeSet<SkillIndex> = standing.known.iter().copied().collect();
        let under = |skill: &SkillIndex| bank.skills().get(*skill).expect("exists").prerequisites.clone();
        for skill in standing.known.iter().chain(&standing.next) {
            assert!(under(skill).iter().all(|p| known.contains(p)));
        }
        assert!(standing.next.iter().all(|skill| !known.contains(skill)));
        assert!(!standing.next.is_empty() || known.len() == bank.skills().len());
    }
}

#[test]
fn with_nothing_to_ask_it_is_done() {
    let bank = catalogue(strands()).opened(|_| false);
    assert_eq!(Placement::new(bank.skills(), Some(7)).next(&bank), Step::Done);
    let bank = catalogue(strands()).opened(|exercise| exercise < 3);
    assert_eq!(take(&bank, Some(7), |_| true).probes.len(), 3);
}
