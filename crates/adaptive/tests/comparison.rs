//! The comparison of ways to choose is fair and comes out the same every time.

use adaptive::simulate::{
    Choosing, Heard, Kind, Place, Policy, Protocol, School, Setup, World, compare, picture, practise,
};
use adaptive::{Millis, Skill, SkillIndex, Skills, Stage};

const PROTOCOL: Protocol = Protocol { weeks: 3, sittings: 3, minutes: 20.0, pause_days: 30.0, known_from: 0.7 };

/// Four strands of nine skills, three a stage, each resting on the one before it.
fn school() -> School {
    let stage = |place: u16| match place / 12 {
        0 => Stage::Years1To3,
        1 => Stage::Years4To6,
        _ => Stage::Years7To9,
    };
    let skill = |place: u16| Skill {
        prerequisites: place.checked_sub(4).map(SkillIndex).into_iter().collect(),
        stage: stage(place),
    };
    School::new(Skills::new((0..36).map(skill).collect()).expect("no cycle"), 1).expect("a bank")
}

fn setup(seed: u64) -> Setup {
    Setup { protocol: PROTOCOL, students: 2, seed, ..Setup::default() }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let told = |seed: u64| {
        let comparison = compare(&school(), &setup(seed));
        let json = serde_json::to_string(&comparison).expect("numbers");
        let pictures = [picture::retained(&comparison), picture::by_kind(&comparison), picture::weeks(&comparison)];
        (json, comparison.to_string(), pictures.concat())
    };
    assert_eq!(told(1), told(1));
    let (one, two) = (told(1), told(2));
    assert!(one.0 != two.0 && one.1 != two.1 && one.2 != two.2);
}

#[test]
fn the_numbers_are_within_reason() {
    let comparison = compare(&school(), &setup(3));
    assert_eq!(comparison.worlds.len(), 2);
    for world in &comparison.worlds {
        assert_eq!(world.policies.len(), Policy::ALL.len());
        for of in &world.policies {
            assert!(of.items.value > 20.0 && of.items.value < 1000.0, "{of:?}");
            for share in [of.frustrating, of.boring, of.correct] {
                assert!(0.0 <= share.low && share.low <= share.value && share.value <= share.high && share.high <= 1.0);
            }
            assert!(of.retained.value <= 36.0 && of.skills.value <= 36.0 && of.retained.low <= of.retained.high);
            assert_eq!(of.gained_by_week.len(), 4);
        }
        assert_ne!(world.against_best.other, Policy::Ours);
    }
}

/// Chooses by another way and writes down what it was handed.
struct Listener {
    inner: Box<dyn Choosing>,
    chosen: Vec<usize>,
    heard: Vec<Heard>,
}

impl Choosing for Listener {
    fn choose(&mut self, bank: &adaptive::simulate::Bank, now: Millis, seed: u64) -> usize {
        let item = self.inner.choose(bank, now, seed);
        assert!(item < bank.items().len());
        self.chosen.push(item);
        item
    }

    fn hears(&mut self, bank: &adaptive::simulate::Bank, heard: &Heard) {
        self.heard.push(*heard);
        self.inner.hears(bank, heard);
    }
}

/// Every way hears of exactly the items it chose, in order; and two that choose alike meet the same luck.
#[test]
fn all_ways_meet_the_same_students() {
    let school = school();
    for policy in Policy::ALL {
        let place = Place { world: World::States, kind: Kind::Guessing, year: 7, seed: 5 };
        let listen = || {
            let inner = policy.begin(school.bank(), 7);
            let mut listener = Listener { inner, chosen: Vec::new(), heard: Vec::new() };
            let term = practise(&school, place, &mut listener, &PROTOCOL);
            assert_eq!(term.items as usize, listener.heard.len());
            assert!(listener.chosen.iter().zip(&listener.heard).all(|(chosen, heard)| *chosen == heard.item));
            assert!(listener.heard.windows(2).all(|pair| pair[0].at < pair[1].at));
            (term, listener.heard)
        };
        assert_eq!(listen(), listen(), "{policy:?}");
    }
}

#[test]
fn more_practice_leaves_more() {
    let school = school();
    let retained = |weeks: u32| {
        let protocol = Protocol { weeks, ..PROTOCOL };
        let terms = (0..12).map(|seed| {
            let place = Place { world: World::States, kind: Kind::Steady, year: 5, seed };
            let mut choosing = Policy::Ours.begin(school.bank(), 5);
            practise(&school, place, choosing.as_mut(), &protocol).retained
        });
        terms.sum::<u32>()
    };
    let [short, long] = [1, 8].map(retained);
    assert!(short < long, "{short} {long}");
}

#[test]
fn pictures_can_be_read_and_heard() {
    let comparison = compare(&school(), &setup(1));
    for svg in [picture::retained(&comparison), picture::by_kind(&comparison), picture::weeks(&comparison)] {
        assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
        for needed in ["<title ", "<desc ", "viewBox=\"0 0 360 ", "role=\"img\""] {
            assert!(svg.contains(needed), "{needed}");
        }
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }
}
