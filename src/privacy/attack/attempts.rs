//! The attacks, each on what is left after somebody was forgotten, with all that was true before as the judge.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use rand::{
    Rng, RngExt,
    seq::{IndexedRandom, SliceRandom},
};
use serde_json::Value;
use vault::rows::{
    plane::{BYTES, PlaneRow},
    statistics::K_OUTSIDE,
};

use super::truth::{Event, Id, Truth, entry, ties};
use crate::maraton::FEWEST_ENTRANTS;

/// Milliseconds by which a moment that somebody remembers may be off.
const ABOUT: i64 = 1_000;

/// How many of these persons' markers are found: of how many persons at least one, and of how many all.
#[must_use]
pub fn found(plane: &[PlaneRow], markers: &BTreeMap<Id, BTreeSet<String>>) -> BTreeMap<Id, (usize, usize)> {
    let all: Vec<(Id, &String)> =
        markers.iter().flat_map(|(person, texts)| texts.iter().map(|text| (*person, text))).collect();
    let mut seen = vec![false; all.len()];
    if let Ok(search) = AhoCorasick::new(all.iter().map(|(_, text)| text.as_str())) {
        for text in plane.iter().flat_map(|row| row.values.values()).filter_map(Value::as_str) {
            search.find_overlapping_iter(text).for_each(|hit| seen[hit.pattern().as_usize()] = true);
        }
    }
    let mut found: BTreeMap<Id, (usize, usize)> = BTreeMap::new();
    for ((person, _), seen) in all.into_iter().zip(seen) {
        let of = found.entry(person).or_default();
        of.0 += usize::from(seen);
        of.1 += 1;
    }
    found
}

/// What is left that is no row of somebody who is still there; of the audit all that was about somebody who is gone, by
/// the truth.
fn leftover<'p>(truth: &Truth, after: &'p [PlaneRow], gone: &BTreeSet<Id>) -> Vec<&'p PlaneRow> {
    let about = about(truth, gone);
    let is_left = |row: &PlaneRow, ties: &BTreeSet<Id>| match entry(row) {
        Some(entry) => about.contains_key(&entry),
        None => ties.iter().all(|one| gone.contains(one)),
    };
    after.iter().zip(&ties(after)).filter(|(row, ties)| is_left(row, ties)).map(|(row, _)| row).collect()
}

/// The entries of the audit that were about somebody who is gone, and whom.
fn about(truth: &Truth, gone: &BTreeSet<Id>) -> BTreeMap<(Id, i64), Id> {
    let rows = truth.plane.iter().zip(&truth.ties);
    let entries = rows.filter_map(|(row, ties)| Some((entry(row)?, *ties.iter().find(|one| gone.contains(*one))?)));
    entries.collect()
}

/// Over how many persons, at least, a row says something.
fn size(row: &PlaneRow) -> i64 {
    let count = |column: &str| row.values.get(column).and_then(Value::as_i64);
    match row.table {
        "item_stat" => count("persons"),
        "usage" => count("students"),
        "item_difficulty" => count("responses"),
        "standing" => count("entrants"),
        // Of schools that are shown.
        "pace" => Some(FEWEST_ENTRANTS),
        _ => Some(1),
    }
    .unwrap_or(1)
    .max(1)
}

fn numbers(row: &PlaneRow) -> impl Iterator<Item = i64> {
    row.values.values().filter_map(Value::as_i64)
}

/// Whether a row may be of this event: the same moment, or a sum over the same exercise.
fn goes_with(row: &PlaneRow, event: &Event) -> bool {
    let is_sum = matches!(row.table, "item_stat" | "item_difficulty");
    let same_exercise = row.values.get("exercise").and_then(Value::as_str) == Some(&event.exercise);
    (is_sum && same_exercise) || numbers(row).any(|number| (number - event.at).abs() <= ABOUT)
}

/// How surely somebody who knows `known` things that a forgotten person did finds what is kept of them: the mean over
/// everybody of one in the size of the smallest row that goes with what they know. 1 is everybody, for sure.
#[must_use]
pub fn singled_out(truth: &Truth, after: &[PlaneRow], gone: &BTreeSet<Id>, known: usize, rng: &mut impl Rng) -> f64 {
    let left = leftover(truth, after, gone);
    let targets: Vec<&Vec<Event>> =
        gone.iter().filter_map(|one| truth.events.get(one)).filter(|events| events.len() >= known).collect();
    let chances = targets.iter().map(|events| {
        let knows: Vec<&Event> = events.sample(rng, known).collect();
        let rows = left.iter().filter(|row| knows.iter().any(|event| goes_with(row, event)));
        rows.map(|row| 1.0 / as_f64(size(row))).fold(0.0, f64::max)
    });
    mean(chances)
}

/// How well rows of forgotten persons can be told to be of the same one.
pub struct Stitched {
    /// The chance that a pair of the same person's looks more alike than a pair of two persons'. One half is guessing.
    pub auc: f64,
    /// As far as it comes by luck: the highest of `SHUFFLES` times in which the rows were dealt out anew.
    pub by_chance: f64,
    /// Rows that are kept of them.
    pub rows: usize,
}

/// Rows of which pairs are made, at most.
const ROWS: usize = 4_000;
const PAIRS_OF_A_ROW: usize = 8;
const SHUFFLES: usize = 20;

/// Stitches rows that are kept of forgotten persons together, by the best of several signs. Entries of the audit are compared
/// where the same one looked: who that was is kept for as long as the audit is.
#[must_use]
pub fn stitched(truth: &Truth, after: &[PlaneRow], gone: &BTreeSet<Id>, rng: &mut impl Rng) -> Stitched {
    let about = about(truth, gone);
    let sides = after.iter().filter(|row| row.table == "audit_personal");
    let actors: BTreeMap<(Id, i64), Id> = sides.filter_map(|row| Some((entry(row)?, row.id("actor_id")?))).collect();
    // Only what is in the same heap is compared.
    let mut heaps: BTreeMap<(&str, Option<Id>), Vec<Owned>> = BTreeMap::new();
    for row in leftover(truth, after, gone) {
        let whose = entry(row).and_then(|entry| about.get(&entry).copied());
        let whose =
            whose.or_else(|| row.id("student_id").or_else(|| row.id("person_id")).filter(|id| gone.contains(id)));
        let by = entry(row).and_then(|entry| actors.get(&entry).copied());
        if let Some(whose) = whose {
            heaps.entry((row.table, by)).or_default().push((row, whose));
        }
    }
    let heaps: Vec<Vec<Owned>> = heaps.into_values().collect();
    let mut owners: Vec<Vec<Id>> = heaps.iter().map(|rows| rows.iter().map(|(_, whose)| *whose).collect()).collect();
    let told = |owners: &[Vec<Id>], rng: &mut _| {
        let judged = |pair: Pair| (pair.is_same, alike(heaps[pair.heap][pair.one].0, heaps[pair.heap][pair.other].0));
        let pairs: Vec<(bool, Signs)> = pairs(owners, rng).into_iter().map(judged).collect();
        // The sign is chosen on one half and judged on the other.
        let (learn, judge) = pairs.split_at(pairs.len() / 2);
        let best = (0..2 * SIGNS).max_by(|one, other| auc(learn, *one).total_cmp(&auc(learn, *other))).unwrap_or(0);
        auc(judge, best)
    };
    let auc = told(&owners, rng);
    let mut by_chance = 0.5_f64;
    for _ in 0..SHUFFLES {
        owners.iter_mut().for_each(|heap| heap.shuffle(rng));
        by_chance = by_chance.max(told(&owners, rng));
    }
    Stitched { auc, by_chance, rows: owners.iter().map(Vec::len).sum() }
}

/// A row that is kept, and whose it was.
type Owned<'p> = (&'p PlaneRow, Id);

/// Two rows of a heap, and whether they are of the same person.
struct Pair {
    heap: usize,
    one: usize,
    other: usize,
    is_same: bool,
}

/// As many pairs of one person's rows as of two persons', of each row at most [`PAIRS_OF_A_ROW`], in drawn order: among
/// all pairs those of one person are so few that luck alone would be judged.
fn pairs(owners: &[Vec<Id>], rng: &mut impl Rng) -> Vec<Pair> {
    let kept = owners.iter().enumerate().flat_map(|(heap, rows)| (0..rows.len()).map(move |at| (heap, at)));
    let mut kept: Vec<(usize, usize)> = kept.collect();
    kept.shuffle(rng);
    let mut pairs = Vec::new();
    for (heap, one) in kept.into_iter().take(ROWS) {
        let rows = &owners[heap];
        let (same, others): (Vec<usize>, Vec<usize>) =
            (0..rows.len()).filter(|other| *other != one).partition(|other| rows[*other] == rows[one]);
        let both = same.len().min(others.len()).min(PAIRS_OF_A_ROW);
        for (some, is_same) in [(same, true), (others, false)] {
            pairs.extend(some.sample(rng, both).map(|other| Pair { heap, one, other: *other, is_same }));
        }
    }
    pairs.shuffle(rng);
    pairs
}

const SIGNS: usize = 5;
type Signs = [f64; SIGNS];

/// How near two rows are: in their place, in their day, in their moment, in what was done, in ids that they share.
fn alike(one: &PlaneRow, other: &PlaneRow) -> Signs {
    let gap = |column: &str| match (one.values.get(column), other.values.get(column)) {
        (Some(one), Some(other)) => match (one.as_f64(), other.as_f64()) {
            (Some(one), Some(other)) => -(one - other).abs(),
            _ => f64::MIN,
        },
        _ => f64::MIN,
    };
    let same = |column: &str| f64::from(u8::from(one.values.get(column) == other.values.get(column)));
    let ids = one.values.iter().filter(|(column, value)| {
        value.as_str().is_some_and(|text| text.starts_with(BYTES))
            && !["controller_id", "actor_controller_id", "actor_id"].contains(&column.as_str())
            && other.values.get(*column) == Some(*value)
    });
    [gap("seq"), gap("day"), gap("at"), same("action") + same("class"), of(ids.count())]
}

/// The area under the curve of one sign, or of its opposite from [`SIGNS`] on.
fn auc(pairs: &[(bool, Signs)], sign: usize) -> f64 {
    let turned = if sign >= SIGNS { -1.0 } else { 1.0 };
    let mut scored: Vec<(f64, bool)> =
        pairs.iter().map(|(same, signs)| (turned * signs.get(sign % SIGNS).copied().unwrap_or(0.0), *same)).collect();
    scored.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut ranks, mut at) = (0.0, 0);
    while at < scored.len() {
        let ties = scored[at..].iter().take_while(|(score, _)| *score == scored[at].0).count();
        let rank = of(2 * at + ties + 1) / 2.0;
        ranks += rank * of(scored[at..at + ties].iter().filter(|(_, same)| *same).count());
        at += ties;
    }
    let same = of(scored.iter().filter(|(_, same)| *same).count());
    let others = of(scored.len()) - same;
    if same == 0.0 || others == 0.0 { 0.5 } else { (ranks - same * (same + 1.0) / 2.0) / (same * others) }
}

/// How many of the forgotten can be found again by a moment that stands somewhere, as in the audit; and how many would be
/// by chance, from moments at which they did nothing.
#[must_use]
pub fn by_moment(truth: &Truth, after: &[PlaneRow], gone: &BTreeSet<Id>, rng: &mut impl Rng) -> (f64, f64) {
    let mut moments: Vec<i64> =
        leftover(truth, after, gone).into_iter().flat_map(numbers).filter(|at| *at > 1_000_000_000_000).collect();
    moments.sort_unstable();
    let stands = |at: i64| {
        let from = moments.partition_point(|moment| *moment < at - ABOUT);
        moments.get(from).is_some_and(|moment| *moment <= at + ABOUT)
    };
    let targets: Vec<&Vec<Event>> = gone.iter().filter_map(|one| truth.events.get(one)).collect();
    let hits = mean(targets.iter().map(|events| truth_as_f64(events.iter().any(|event| stands(event.at)))));
    let shifts: Vec<i64> = targets.iter().map(|_| rng.random_range(60_000..3_600_000)).collect();
    let chance = mean(
        targets
            .iter()
            .zip(shifts)
            .map(|(events, shift)| truth_as_f64(events.iter().any(|event| stands(event.at + shift)))),
    );
    (hits, chance)
}

/// How many ids of what is left tell a moment in their first six bytes, as ids that count up do; of how many.
#[must_use]
pub fn moments_in_ids(truth: &Truth, after: &[PlaneRow], gone: &BTreeSet<Id>) -> (usize, usize) {
    let all = || truth.events.values().flatten().map(|event| event.at);
    let (Some(first), Some(last)) = (all().min(), all().max()) else { return (0, 0) };
    let (mut tell, mut ids) = (0, 0);
    for row in leftover(truth, after, gone) {
        for digits in row.values.values().filter_map(Value::as_str).filter_map(|text| text.strip_prefix(BYTES)) {
            let Some(moment) = digits.get(..12).and_then(|digits| i64::from_str_radix(digits, 16).ok()) else {
                continue;
            };
            ids += 1;
            tell += usize::from((first..=last).contains(&moment));
        }
    }
    (tell, ids)
}

/// How many of the salts are left that went into the audit's sums with the ids of forgotten persons, as the one who looked or
/// who was looked at; of how many. With a salt everybody could be tried until a sum comes out.
#[must_use]
pub fn salts_left(truth: &Truth, after: &[PlaneRow], gone: &BTreeSet<Id>) -> (usize, usize) {
    let sides = truth.plane.iter().filter(|row| row.table == "audit_personal");
    let salts: BTreeSet<String> = sides
        .flat_map(|row| [("actor_id", "actor_salt"), ("subject_id", "subject_salt")].map(|side| (row, side)))
        .filter(|(row, (who, _))| row.id(who).is_some_and(|who| gone.contains(&who)))
        .filter_map(|(row, (_, salt))| row.values.get(salt)?.as_str()?.strip_prefix(BYTES).map(str::to_owned))
        .collect();
    let of = salts.len();
    let left = found(after, &BTreeMap::from([([0; 16], salts)]));
    (left.values().map(|(left, _)| left).sum(), of)
}

/// One state of the sums of exercises: what each says, and of how many persons.
pub type Release = BTreeMap<(String, String, String), (i64, i64)>;

/// The fewest persons by which two states that follow one another differ in any sum, by the truth; nothing where none
/// differs.
#[must_use]
pub fn smallest_difference(truth: &Truth, releases: &[Release], spans: &BTreeMap<String, (i64, i64)>) -> Option<usize> {
    let mut smallest = None;
    for two in releases.windows(2) {
        for (key, (_, until)) in &two[1] {
            let since = two[0].get(key).map_or(0, |(_, until)| *until);
            if since == *until {
                continue;
            }
            let Some((from, to)) = spans.get(&key.2) else { continue };
            let in_it = |event: &&Event| {
                event.exercise == key.0 && event.at > since && event.at <= *until && (*from..*to).contains(&event.at)
            };
            let persons = truth.events.values().filter(|events| events.iter().any(|event| in_it(&event))).count();
            smallest = Some(smallest.map_or(persons, |least: usize| least.min(persons)));
        }
    }
    smallest
}

/// Whether a sum of anybody's stands over fewer than it may.
#[must_use]
pub fn small_sums(after: &[PlaneRow]) -> usize {
    after.iter().filter(|row| row.table == "item_stat" && size(row) < K_OUTSIDE).count()
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_i64), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 0.0 } else { sum / as_f64(count) }
}

fn truth_as_f64(truth: bool) -> f64 {
    f64::from(u8::from(truth))
}

fn of(count: usize) -> f64 {
    as_f64(i64::try_from(count).unwrap_or(i64::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
const fn as_f64(count: i64) -> f64 {
    count as f64
}
