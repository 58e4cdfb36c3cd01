//! What must hold of fitting, and of the weights that are shipped.

use std::collections::BTreeMap;

use adaptive::evaluate::{
    Elo, Steps, count_attempts, difference, predict_frozen, predict_online, report, score, split,
};
use adaptive::fit::{Plan, Record, Simulated, fit, fit_simulated, fit_weights, simulate};
use adaptive::{Difficulty, Evidence, Item, ItemId, Millis, Response, SkillIndex, Start, Student, Weights, logistic};

fn quick() -> Plan {
    Plan { folds: 4, ..Plan::default() }
}

/// Predictions of the shipped weights for students they have never met, and of Elo with the same difficulties.
fn both(simulated: &Simulated) -> (Vec<f64>, Vec<f64>) {
    let (mut ours, mut elos) = (Vec::new(), Vec::new());
    let mut rows = simulated.records.iter().zip(&simulated.difficulties).peekable();
    while let Some((first, _)) = rows.peek().copied() {
        let mut student = Student::new(first.start);
        let (mut general, mut count) = (first.start.ability, 0.0);
        let mut skills: BTreeMap<SkillIndex, f64> = BTreeMap::new();
        while let Some((Record { response: r, .. }, difficulty)) = rows.next_if(|(r, _)| r.student == first.student) {
            let item = Item { id: r.item, skills: r.skills, difficulty: *difficulty, attempt: r.attempt };
            ours.push(Weights::shipped().predict(&student, &item, r.at).probability);
            student.update(r);
            let skill = skills.entry(r.skills.main()).or_default();
            let predicted = logistic(general + *skill - r.difficulty);
            elos.push(predicted);
            let residual = f64::from(u8::from(r.correct)) - predicted;
            general += 0.5 / (1.0 + 0.05 * count) * residual;
            *skill += 0.3 * residual;
            count += 1.0;
        }
    }
    (ours, elos)
}

#[test]
fn the_shipped_weights_beat_elo_and_are_calibrated_on_fresh_simulated_students() {
    let fresh = simulate(20_261_127, 150);
    let (ours, elos) = both(&fresh);
    let between = difference(&fresh.records, &ours, &elos, 100, 1).expect("students");
    assert!(between.low > 0.0 && between.log_loss < 0.0, "{between:?}");
    let report = report(&fresh.records, &ours).expect("students");
    assert!(report.ece < 0.02 && report.band_error < 0.03, "{report:?}");
}

#[test]
fn what_the_shipped_weights_say_makes_sense() {
    let weights = Weights::shipped();
    let response = |place: u64, correct| Response {
        item: ItemId(place),
        skills: SkillIndex(0).into(),
        evidence: Evidence::Answer,
        attempt: 1,
        difficulty: 0.0,
        correct,
        at: Millis(0),
    };
    let after = |correct| {
        let responses: Vec<Response> = (0..10).map(|place| response(place, correct)).collect();
        Student::replay(Start::default(), &responses)
    };
    let (able, new, weak) = (after(true), Student::default(), after(false));
    let part = |student: &Student, days: f64| weights.student_part(student, SkillIndex(0), Millis(0).plus_days(days));
    assert!(part(&able, 0.0) > part(&new, 0.0) + 0.5 && part(&new, 0.0) > part(&weak, 0.0) + 0.5);
    // What was learned is lost little by little.
    let lost =
        [0.0, 3.0, 10.0, 30.0, 90.0, 300.0].map(|days| weights.due(&able, SkillIndex(0), Millis(0).plus_days(days)));
    assert!(lost.is_sorted() && lost[0] == 0.0 && lost[3] > lost[1], "{lost:?}");
    let new_student = logistic(part(&new, 0.0) + weights.item_part(&Difficulty::typical()));
    assert!((0.4..0.7).contains(&new_student), "{new_student}");
}

#[test]
fn the_same_records_give_the_same_weights() {
    let Simulated { records, difficulties } = simulate(3, 12);
    let once = fit_weights(&records, &difficulties, &quick()).expect("fits");
    assert_eq!(once, fit_weights(&records, &difficulties, &quick()).expect("fits"));
    let whole = fit(&records, &quick()).expect("fits");
    assert_eq!(whole.weights, fit(&records, &quick()).expect("fits").weights);
    assert_eq!(whole.weights.origin().responses, records.len() as u64);
    assert_eq!(whole.weights.origin().students, 12);
}

/// The file is what the command writes.
#[test]
fn the_shipped_file_is_what_its_seed_gives() {
    let seed = Weights::shipped().origin().seed;
    assert_eq!(fit_simulated(seed).expect("fits"), *Weights::shipped());
}

/// Ability 0 throughout; each item is solved as its true difficulty says.
fn records(students: u64, items: u64, skills: u64) -> Vec<Record> {
    let mut records = Vec::new();
    let mut chance = 1u64;
    for student in 0..students {
        for place in 0..30 {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let item = (chance >> 33) % items;
            let uniform = ((chance >> 11) as f64 / (1u64 << 53) as f64 * 7919.0).fract();
            let response = Response {
                item: ItemId(item),
                skills: SkillIndex((item % skills) as u16).into(),
                evidence: Evidence::Answer,
                attempt: 1,
                difficulty: 0.0,
                correct: uniform < logistic(-truth(item)),
                at: Millis(place * 60_000),
            };
            records.push(Record { student, start: Start::default(), response });
        }
    }
    records
}

fn truth(item: u64) -> f64 {
    (item % 7) as f64 / 2.0 - 1.5
}

#[test]
fn difficulties_are_found_and_unseen_items_are_typical_of_their_skill() {
    let records = records(150, 14, 7);
    let fitted = fit(&records, &quick()).expect("fits");
    let mut found = Vec::new();
    for (key, difficulty) in fitted.difficulties.iter() {
        found.push((truth(key.item.0), difficulty.value));
        assert!(difficulty.responses > 100 && difficulty.error() < 0.25);
    }
    for pair in found.windows(2) {
        let by = (pair[1].1 - pair[0].1) - (pair[1].0 - pair[0].0);
        assert!(by.abs() < 0.6, "{found:?}");
    }
    let unseen = Response { item: ItemId(700), ..records[0].response };
    let of = |skill: u16| fitted.difficulties.of(unseen.key(), &SkillIndex(skill).into());
    assert_eq!(of(6).responses, 0);
    assert!(of(6).value - of(0).value > 1.5);
    // A skill nobody has met is a typical one.
    let strange = of(600).value;
    assert!(of(0).value < strange && strange < of(6).value);
}

#[test]
fn any_shape_of_data_can_be_fitted() {
    assert!(fit(&[], &quick()).is_err());
    let one_skill = records(30, 12, 1);
    let timeless: Vec<Record> =
        one_skill.iter().map(|r| Record { response: Response { at: Millis(0), ..r.response }, ..*r }).collect();
    let items_are_skills = records(30, 20, 20);
    let all_right: Vec<Record> =
        one_skill.iter().map(|r| Record { response: Response { correct: true, ..r.response }, ..*r }).collect();
    for data in [one_skill, timeless, items_are_skills, all_right, records(1, 3, 2)] {
        let fitted = fit(&data, &quick()).expect("fits");
        // Items and skills that were never seen, too.
        for p in predict_online(&fitted, &records(5, 300, 60)) {
            assert!(p > 0.0 && p < 1.0);
        }
        Weights::read(&fitted.weights.write().expect("numbers")).expect("what was fitted may be read");
    }
}

#[test]
fn nobody_is_predicted_from_the_own_fold() {
    let records = records(50, 20, 4);
    let folds: BTreeMap<u64, u32> = (0..40).map(|student| (student, (student % 4) as u32)).collect();
    let (train, held) = split(&records, &folds, 2);
    assert!(held.iter().all(|r| r.student % 4 == 2) && train.iter().all(|r| r.student % 4 != 2));
    assert_eq!((train.len() + held.len()) / 30, 40);
}

#[test]
fn attempts_are_counted_where_they_are_not_told() {
    let mut two = records(1, 3, 1);
    two.truncate(6);
    for (record, item) in two.iter_mut().zip([1, 1, 2, 1, 1, 2]) {
        record.response.item = ItemId(item);
    }
    count_attempts(&mut two);
    assert_eq!(two.iter().map(|r| r.response.attempt).collect::<Vec<_>>(), [1, 2, 1, 3, 4, 2]);
}

#[test]
fn tuned_elo_knows_items_apart() {
    let records = records(100, 14, 2);
    let predictions = Elo::fit(&records, Steps::default()).predict_online(&records);
    let pairs: Vec<(f64, bool)> = predictions.iter().zip(&records).map(|(&p, r)| (p, r.response.correct)).collect();
    assert!(score(&pairs).expect("records").auc > 0.65);
    let none = difference(&records, &predictions, &predictions, 20, 1).expect("records");
    assert_eq!((none.auc, none.low, none.high), (0.0, 0.0, 0.0));
}

#[test]
fn difficulties_move_with_what_is_predicted_and_never_with_what_comes_after() {
    let simulated = simulate(11, 40);
    let fitted = fit(&simulated.records[..simulated.records.len() / 3], &quick()).expect("fits");
    let held = &simulated.records[simulated.records.len() / 3..];
    let online = predict_online(&fitted, held);
    let loss = |predicted: &[f64]| report(held, predicted).expect("records").log_loss;
    assert!(loss(&online) < loss(&predict_frozen(&fitted, held)));
    // Whatever came of the last tenth, all before it was predicted the same.
    let mut times: Vec<Millis> = held.iter().map(|r| r.response.at).collect();
    times.sort();
    let late = times[times.len() * 9 / 10];
    let turned: Vec<Record> = held
        .iter()
        .map(|r| {
            let correct = r.response.correct ^ (r.response.at >= late);
            Record { response: Response { correct, ..r.response }, ..*r }
        })
        .collect();
    let other = predict_online(&fitted, &turned);
    for ((record, once), again) in held.iter().zip(&online).zip(&other).filter(|((r, ..), _)| r.response.at < late) {
        assert_eq!(once, again, "{record:?}");
    }
    assert_ne!(online, other);
}
