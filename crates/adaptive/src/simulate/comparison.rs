//! The same students, the same luck, every way to choose.

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::learner::World;
use super::policies::Policy;
use super::school::School;
use super::statistics::{Interval, difference, mean, per_cent_more};
use super::term::{Place, Protocol, Term, practise};

/// School years the students are spread over.
const YEARS: [u8; 6] = [4, 5, 6, 7, 8, 9];

/// What is to be compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    pub protocol: Protocol,
    pub worlds: Vec<World>,
    /// The first is held against the others.
    pub policies: Vec<Policy>,
    /// Students of every kind, spread evenly over the years 4 to 9.
    pub students: u32,
    pub seed: u64,
}

impl Default for Setup {
    /// Sixty students of each kind, both worlds for judging, all ways.
    fn default() -> Self {
        Self {
            protocol: Protocol::default(),
            worlds: World::JUDGING.to_vec(),
            policies: Policy::ALL.to_vec(),
            students: 60,
            seed: 1,
        }
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub setup: Setup,
    pub worlds: Vec<InWorld>,
}

/// One world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InWorld {
    pub world: World,
    /// In the order of [`Setup::policies`].
    pub policies: Vec<OfPolicy>,
    /// The first way against the best of the others, over all kinds.
    pub against_best: Against,
    /// The same for each kind, against the best of the others for that kind.
    pub against_best_by_kind: Vec<(Kind, Against)>,
}

/// One way to choose in one world: means over all students.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfPolicy {
    pub policy: Policy,
    pub retained: Interval,
    pub learned: Interval,
    pub lost: Interval,
    pub retained_per_hour: Interval,
    pub minutes_to_mastery: Interval,
    pub frustrating: Interval,
    pub boring: Interval,
    pub correct: Interval,
    pub items: Interval,
    pub skills: Interval,
    pub retained_by_kind: Vec<(Kind, Interval)>,
    /// Mean of [`Term::gained_by_week`].
    pub gained_by_week: Vec<f64>,
}

/// The first way against another one, the same students under both.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Against {
    pub other: Policy,
    /// Retained skills, ours less theirs.
    pub difference: Interval,
    /// The same in per cent of theirs.
    pub per_cent: Interval,
}

/// Terms of one way, with the kind of each student.
type Terms = Vec<(Kind, Term)>;

/// Lets every student of every kind practise a term in every world by every way. Single-threaded; the same setup gives
/// the same numbers.
pub fn compare(school: &School, setup: &Setup) -> Comparison {
    let worlds = setup.worlds.iter().map(|&world| {
        let terms: Vec<Terms> = setup.policies.iter().map(|&policy| terms(school, setup, world, policy)).collect();
        in_world(setup, world, &terms)
    });
    Comparison { worlds: worlds.collect(), setup: setup.clone() }
}

fn terms(school: &School, setup: &Setup, world: World, policy: Policy) -> Terms {
    let students = Kind::ALL.into_iter().flat_map(|kind| (0..setup.students).map(move |n| (kind, n)));
    let term = |(kind, n): (Kind, u32)| {
        let year = YEARS[n as usize % YEARS.len()];
        let stream = (kind as u64 + 1) << 32 | u64::from(n);
        let seed = setup.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ stream.wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mut choosing = policy.begin(school.bank(), year);
        let place = Place { world, kind, year, seed };
        (kind, practise(school, place, choosing.as_mut(), &setup.protocol))
    };
    students.map(term).collect()
}

fn in_world(setup: &Setup, world: World, terms: &[Terms]) -> InWorld {
    let seed = setup.seed;
    let policies = setup.policies.iter().zip(terms);
    let against = |kind: Option<Kind>| against_best(setup, terms, kind);
    InWorld {
        world,
        policies: policies.map(|(&policy, terms)| of_policy(policy, terms, seed)).collect(),
        against_best: against(None),
        against_best_by_kind: Kind::ALL.map(|kind| (kind, against(Some(kind)))).to_vec(),
    }
}

fn of_policy(policy: Policy, terms: &Terms, seed: u64) -> OfPolicy {
    let over = |figure: &dyn Fn(&Term) -> f64| mean(&figures(terms, None, figure), seed);
    let known: Vec<f64> = terms.iter().filter_map(|(_, t)| t.minutes_to_mastery).collect();
    let retained = |kind| mean(&figures(terms, Some(kind), &retained), seed);
    let weeks = terms.first().map_or(0, |(_, t)| t.gained_by_week.len());
    let in_week = |week: usize| {
        let sum: f64 = terms.iter().map(|(_, t)| f64::from(t.gained_by_week[week])).sum();
        sum / terms.len() as f64
    };
    OfPolicy {
        policy,
        retained: over(&self::retained),
        learned: over(&|t| f64::from(t.learned)),
        lost: over(&|t| f64::from(t.lost)),
        retained_per_hour: over(&|t| t.retained_per_hour),
        minutes_to_mastery: mean(&known, seed),
        frustrating: over(&|t| t.frustrating),
        boring: over(&|t| t.boring),
        correct: over(&|t| t.correct),
        items: over(&|t| f64::from(t.items)),
        skills: over(&|t| f64::from(t.skills)),
        retained_by_kind: Kind::ALL.map(|kind| (kind, retained(kind))).to_vec(),
        gained_by_week: (0..weeks).map(in_week).collect(),
    }
}

fn retained(term: &Term) -> f64 {
    f64::from(term.retained)
}

fn figures(terms: &Terms, kind: Option<Kind>, figure: &dyn Fn(&Term) -> f64) -> Vec<f64> {
    let wanted = terms.iter().filter(|(of, _)| kind.is_none_or(|kind| kind == *of));
    wanted.map(|(_, term)| figure(term)).collect()
}

/// The first way against the one of the others that retains most, for one kind or all.
fn against_best(setup: &Setup, terms: &[Terms], kind: Option<Kind>) -> Against {
    let figures: Vec<Vec<f64>> = terms.iter().map(|terms| figures(terms, kind, &retained)).collect();
    let sum = |of: &Vec<f64>| of.iter().sum::<f64>();
    let best = (1..figures.len()).max_by(|&a, &b| sum(&figures[a]).total_cmp(&sum(&figures[b]))).unwrap_or(0);
    let pairs: Vec<(f64, f64)> = figures[0].iter().copied().zip(figures[best].iter().copied()).collect();
    Against {
        other: setup.policies[best],
        difference: difference(&pairs, setup.seed),
        per_cent: per_cent_more(&pairs, setup.seed),
    }
}
