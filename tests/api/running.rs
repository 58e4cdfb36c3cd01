//! MatteMaraton: whatever students and teachers do, the running figures are what a recount gives.

use std::collections::BTreeMap;

use rand::{Rng, RngExt, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use stegvis::{exercises::Bank, maraton::belongs};
use vault::{
    Fault, Millis, access,
    rows::maraton::{self, Entrant, Event},
};

use crate::{
    app::{TestApp, on_both},
    client::Client,
    courses::{SPRINT, decide, entrant, open_sprint, pick, report, solve, standings, sums},
    world,
};

on_both!(the_running_figures_are_what_a_recount_gives);

/// What the test itself knows of a student.
#[derive(Default)]
struct Known {
    /// Exercises of finished items.
    done: Vec<String>,
    course: Option<i16>,
    metres: i64,
    takes_part: bool,
    finished_at: Option<Millis>,
}

impl Known {
    fn items(&self, bank: &Bank) -> usize {
        let years = match self.course {
            Some(1) => (1, 6),
            Some(2) => (7, 9),
            Some(3) => (11, 12),
            _ => return 0,
        };
        self.done.iter().filter(|exercise| bank.is_of_years(&exercise.as_str().into(), years)).count()
    }
}

const RUNNERS: [(&str, &str, &str); 4] = [
    ("alva", "ekskolan", "maria"),
    ("bo", "ekskolan", "maria"),
    ("cleo", "ekskolan", "johan"),
    ("dina", "linskolan", "lena"),
];

fn the_running_figures_are_what_a_recount_gives(app: &mut TestApp) {
    let event = open_sprint(app);
    let bank = Bank::shipped().unwrap();
    let mut rng = ChaCha20Rng::seed_from_u64(36);
    let clients: Vec<[Client; 2]> =
        RUNNERS.iter().map(|(who, _, teacher)| [who, teacher].map(|name| app.signed_in(name))).collect();
    let mut known: BTreeMap<&str, Known> = BTreeMap::new();
    for number in 1..=150 {
        let at = rng.random_range(0..RUNNERS.len());
        let ((who, ..), [student, teacher]) = (RUNNERS[at], &clients[at]);
        app.clock.pass(rng.random_range(0..2) * 1_000);
        act(app, &event, &mut rng, (who, student, teacher), number, known.entry(who).or_default());
        let (one, told) = (known.get_mut(who).unwrap(), entrant(app, who, &event));
        let items = one.items(&bank);
        if one.finished_at.is_none() && items >= SPRINT.0 as usize && one.metres >= i64::from(SPRINT.1) {
            one.finished_at = Some(app.clock.now());
        }
        assert_eq!(told.is_some(), one.takes_part, "{who}");
        if let Some(Entrant { course, items: counted, metres, finished_at }) = told {
            let of_test = (one.course, items as i32, one.metres as i32, one.finished_at);
            assert_eq!((course, counted, metres, finished_at), of_test, "{who} after act {number}");
        }
    }
    let finished = known.values().filter(|one| one.finished_at.is_some()).count();
    assert!(finished >= 2, "{finished} have finished");
    must_be_recounted(app, &event, &known);
}

/// One act of a student's or of their teacher's.
fn act(
    app: &TestApp,
    event: &Event,
    rng: &mut impl Rng,
    (who, student, teacher): (&'static str, &Client, &Client),
    number: u32,
    known: &mut Known,
) {
    match rng.random_range(0..10) {
        0..4 => known.done.push(solve(app, who, student, number)),
        4 => {
            let course = *[1, 1, 2, 2, 2, 3].choose(rng).unwrap();
            pick(student, course);
            (known.course, known.takes_part) = (Some(course), true);
        }
        5..7 => {
            report(student, rng.random_range(1_500..4_500), number);
            known.takes_part = true;
        }
        _ => {
            let approve = rng.random_bool(0.8);
            let decided = decide(app, who, teacher, event, approve);
            known.metres += decided.filter(|_| approve).unwrap_or_default();
        }
    }
}

/// The running sums, those of a recount, and those that the test itself kept are the same.
fn must_be_recounted(app: &TestApp, event: &Event, known: &BTreeMap<&str, Known>) {
    let (maria, of, now) = (app.me("maria"), event.clone(), app.clock.now());
    let recount = app.read(move |tx| {
        let bank = Bank::shipped().map_err(|_| Fault::Panicked)?;
        let sight = access::event(tx, &maria, now).map_err(|_| Fault::NoKey)?;
        maraton::recount(tx, &sight, &of, |course, exercise| belongs(&bank, course, exercise))
    });
    assert_eq!(recount.astray, 0);
    for standing in standings(app, event) {
        let again = recount.schools.get(&standing.school).copied().unwrap_or_default();
        let again = [again.metres, again.distances, again.entrants, again.finishers, again.items];
        assert_eq!(sums(&standing), again, "{}", standing.name);
        let of_school = RUNNERS.iter().filter(|(_, school, _)| standing.school == world::school(school));
        let here: Vec<&Known> = of_school.filter_map(|(who, ..)| known.get(who)).collect();
        let finishers = here.iter().filter(|one| one.finished_at.is_some()).count() as i64;
        let metres: i64 = here.iter().map(|one| one.metres).sum();
        assert_eq!((standing.metres, standing.finishers), (metres, finishers), "{}", standing.name);
    }
}
