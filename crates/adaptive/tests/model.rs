//! What must hold of the student model whatever was answered.

use adaptive::{
    Contribution, Difficulty, DifficultyDelta, Evidence, Item, ItemId, Mastery, Millis, Outcome, Prediction,
    REMEMBERED_ITEMS, Response, SkillIndex, SkillSet, Start, Student, Weights, logistic,
};
use proptest::prelude::*;

const SKILL: SkillIndex = SkillIndex(3);
const START: Millis = Millis(1_700_000_000_000);

prop_compose! {
    fn a_response()(
        item in 0u64..300,
        skills in prop::collection::vec(0u16..5, 1..5),
        line in 0u8..5,
        difficulty in -4.0..4.0f64,
        correct: bool,
        minutes in 0i64..200_000,
        attempt in 1u16..4,
    ) -> Response {
        let skills: Vec<SkillIndex> = skills.into_iter().map(SkillIndex).collect();
        Response {
            item: ItemId(item),
            skills: SkillSet::of(&skills).expect("at least one"),
            evidence: if line == 0 { Evidence::Line } else { Evidence::Answer },
            attempt,
            difficulty,
            correct,
            at: Millis(START.0 + minutes * 60_000),
        }
    }
}

fn histories() -> impl Strategy<Value = Vec<Response>> {
    prop::collection::vec(a_response(), 0..60)
}

fn student_after(history: &[Response]) -> Student {
    Student::replay(Start { ability: 0.0, year: Some(7) }, history)
}

/// Never met, of one skill.
fn new_item(skill: SkillIndex, difficulty: f64) -> Item {
    let difficulty = Difficulty { value: difficulty, ..Difficulty::typical() };
    Item { id: ItemId(1_000_000), skills: skill.into(), difficulty, attempt: 1 }
}

fn predicted(student: &Student, skill: SkillIndex, difficulty: f64, now: Millis) -> Prediction {
    Weights::shipped().predict(student, &new_item(skill, difficulty), now)
}

fn mastery(student: &Student, skill: SkillIndex, now: Millis) -> Mastery {
    Weights::shipped().mastery(student, skill, now)
}

/// Every number of the state as it is written: shortest text that reads back to the same bits.
fn written(student: &Student) -> String {
    serde_json::to_string(student).expect("serialises")
}

proptest! {
    #[test]
    fn probabilities_lie_strictly_between_0_and_1(
        history in histories(),
        difficulty in prop::num::f64::ANY,
        days in 0.0..4000.0f64,
    ) {
        let student = student_after(&history);
        let now = START.plus_days(days);
        let probability = predicted(&student, SKILL, difficulty, now).probability;
        prop_assert!(probability > 0.0 && probability < 1.0, "{probability}");
        let known = mastery(&student, SKILL, now);
        prop_assert!(0.0 < known.low && known.low < known.probability);
        prop_assert!(known.probability < known.high && known.high < 1.0);
        let due = Weights::shipped().due(&student, SKILL, now);
        prop_assert!((0.0..=1.0).contains(&due));
    }

    #[test]
    fn a_harder_item_is_solved_more_rarely(
        history in histories(),
        next in a_response(),
        harder_by in 0.001..4.0f64,
    ) {
        let student = student_after(&history);
        let of = |value| {
            let difficulty = Difficulty { value, ..Difficulty::typical() };
            let item = Item { id: next.item, skills: next.skills, difficulty, attempt: next.attempt };
            Weights::shipped().predict(&student, &item, next.at)
        };
        let (easy, hard) = (of(next.difficulty), of(next.difficulty + harder_by));
        prop_assert!(hard.logit < easy.logit && hard.probability < easy.probability);
    }

    #[test]
    fn contributions_add_up_to_the_log_odds(
        history in histories(),
        next in a_response(),
    ) {
        let student = student_after(&history);
        let difficulty = Difficulty::guessed(next.difficulty);
        let item = Item { id: next.item, skills: next.skills, difficulty, attempt: next.attempt };
        let prediction = Weights::shipped().predict(&student, &item, next.at);
        let sum: f64 = prediction.contributions.iter().map(|(_, logits)| logits).sum();
        prop_assert_eq!(sum, prediction.logit);
        prop_assert!((logistic(sum) - prediction.probability).abs() < 1e-12);
    }

    #[test]
    fn a_new_item_splits_into_the_students_part_and_the_items(
        history in histories(),
        difficulty in -4.0..4.0f64,
        days in 0.0..400.0f64,
    ) {
        let student = student_after(&history);
        let now = START.plus_days(days);
        let whole = predicted(&student, SKILL, difficulty, now).logit;
        let item = new_item(SKILL, difficulty);
        let parts = Weights::shipped().student_part(&student, SKILL, now) + Weights::shipped().item_part(&item.difficulty);
        prop_assert!((whole - parts).abs() < 1e-9, "{whole} {parts}");
    }

    #[test]
    fn a_replay_gives_the_same_bits(history in histories()) {
        let mut online = Student::new(Start { ability: 0.0, year: Some(7) });
        for response in &history {
            online.update(response);
            // Stored and read back between responses, as the server does.
            online = serde_json::from_str(&written(&online)).expect("reads back");
        }
        let rebuilt = student_after(&history);
        prop_assert_eq!(&online, &rebuilt);
        prop_assert_eq!(written(&online), written(&rebuilt));
    }

    #[test]
    fn only_the_practised_skills_and_the_general_part_move(
        history in histories(),
        next in a_response(),
    ) {
        let mut student = student_after(&history);
        let before = student.clone();
        student.update(&next);
        for (skill, state) in &before.skills {
            prop_assert!(next.skills.contains(*skill) || student.skills.get(skill) == Some(state));
        }
        let counted = u32::from(next.evidence == Evidence::Answer);
        prop_assert_eq!(student.general.responses, before.general.responses + counted);
        prop_assert!(student.items.len() <= REMEMBERED_ITEMS);
    }

    #[test]
    fn a_line_tells_less_than_an_answer(history in histories(), next in a_response()) {
        let before = student_after(&history);
        let moved = |evidence| {
            let mut student = before.clone();
            student.update(&Response { evidence, ..next });
            (student.general.ability - before.general.ability).abs()
        };
        prop_assert!(moved(Evidence::Line) < moved(Evidence::Answer) && moved(Evidence::Line) > 0.0);
    }

    #[test]
    fn one_slip_never_lowers_a_mastery(history in histories(), slip in a_response(), days in 0.0..60.0f64) {
        let mut before = student_after(&history);
        // Successes until nothing is held back of earlier misses.
        let held = |s: &Student| s.general_before_slip.is_some() || s.skills.values().any(|k| k.before_slip.is_some());
        for round in 0..60 {
            let skill = SkillIndex(round % 5);
            before.update(&Response { skills: skill.into(), evidence: Evidence::Answer, correct: true, ..slip });
            if round >= 5 && !held(&before) {
                break;
            }
        }
        prop_assume!(!held(&before));
        let mut after = before.clone();
        after.update(&Response { correct: false, ..slip });
        let now = Millis(START.0 + 200_000 * 60_000).plus_days(days);
        for skill in (0..5).map(SkillIndex) {
            let (was, is) = (mastery(&before, skill, now).probability, mastery(&after, skill, now).probability);
            prop_assert!(is >= was, "{skill:?}: {was} {is}");
        }
    }

    #[test]
    fn difficulty_deltas_add_up(steps in prop::collection::vec((0.01..0.99f64, any::<bool>()), 1..40)) {
        let base = Difficulty::guessed(0.4);
        let (mut one_by_one, mut together) = (base, base);
        let mut gathered = DifficultyDelta::default();
        for (predicted, correct) in steps {
            let delta = base.delta(&answer(correct), &Outcome { predicted, ability: 0.0 });
            prop_assert_eq!(delta.sum < 0.0, correct);
            one_by_one.merge(delta);
            gathered += delta;
        }
        together.merge(gathered);
        prop_assert_eq!(one_by_one.responses, together.responses);
        prop_assert!(together.error() < base.error());
        // Beyond ±8 the bound makes the order matter.
        prop_assume!(gathered.sum.abs() < 7.0);
        prop_assert!((one_by_one.value - together.value).abs() < 1e-9 || one_by_one.value.abs() > 6.0);
    }
}

fn answer(correct: bool) -> Response {
    Response {
        item: ItemId(1),
        skills: SKILL.into(),
        evidence: Evidence::Answer,
        attempt: 1,
        difficulty: 0.0,
        correct,
        at: START,
    }
}

fn answers(student: &mut Student, correct: bool, times: u64) {
    for place in 0..times {
        student.update(&Response { item: ItemId(place), ..answer(correct) });
    }
}

#[test]
fn mastery_needs_enough_and_grows_surer() {
    let mut student = Student::default();
    let unknown = mastery(&student, SKILL, START);
    assert!(!unknown.enough);
    answers(&mut student, true, 3);
    assert!(!mastery(&student, SKILL, START).enough);
    answers(&mut student, true, 5);
    let known = mastery(&student, SKILL, START);
    assert!(known.enough && known.probability > 0.75);
    assert!(known.high - known.low < unknown.high - unknown.low);
}

#[test]
fn a_slip_is_held_until_another_miss_confirms_it() {
    let mut student = Student::default();
    answers(&mut student, true, 8);
    let before = mastery(&student, SKILL, START).probability;
    answers(&mut student, false, 1);
    let slipped = mastery(&student, SKILL, START).probability;
    assert!(slipped >= before, "{before} {slipped}");
    // The prediction of the next response knows of it.
    assert!(predicted(&student, SKILL, 0.0, START).probability < before);
    answers(&mut student, true, 1);
    assert!(mastery(&student, SKILL, START).probability >= before);
    answers(&mut student, false, 1);
    let confirmed = mastery(&student, SKILL, START).probability;
    assert!(confirmed < before, "{before} {confirmed}");
}

#[test]
fn what_is_not_practised_fades_and_grows_unsure() {
    let mut student = Student::default();
    answers(&mut student, true, 10);
    let fresh = mastery(&student, SKILL, START);
    let month = mastery(&student, SKILL, START.plus_days(30.0));
    let year = mastery(&student, SKILL, START.plus_days(365.0));
    assert!(fresh.probability > month.probability && month.probability > year.probability);
    assert!(year.high - year.low > fresh.high - fresh.low);
    let later = predicted(&student, SKILL, 0.0, START.plus_days(30.0));
    assert!(later.contribution(Contribution::Forgetting) < 0.0);
    let due = |days: f64| Weights::shipped().due(&student, SKILL, START.plus_days(days));
    assert_eq!(due(0.0), 0.0);
    assert!(0.0 < due(20.0) && due(20.0) < due(80.0) && due(80.0) < 1.0);
}

#[test]
fn a_clock_that_runs_back_does_no_harm() {
    let mut student = Student::default();
    answers(&mut student, true, 4);
    let earlier = START.plus_days(-3.0);
    let at_once = predicted(&student, SKILL, 0.0, START).probability;
    assert_eq!(predicted(&student, SKILL, 0.0, earlier).probability, at_once);
    student.update(&Response { at: earlier, ..answer(true) });
    assert_eq!(student.skill(SKILL).trace.last, START);
}

#[test]
fn a_success_in_one_skill_says_a_little_about_another() {
    let mut student = Student::default();
    let before = predicted(&student, SkillIndex(0), 0.0, START).probability;
    answers(&mut student, true, 6);
    let practised = predicted(&student, SKILL, 0.0, START).probability;
    let other = predicted(&student, SkillIndex(0), 0.0, START).probability;
    assert!(before < other && other < practised);
}

#[test]
fn the_groups_mean_is_where_a_student_starts() {
    let of = |ability| predicted(&Student::new(Start { ability, year: None }), SKILL, 0.0, START).probability;
    assert!(of(-1.0) < of(0.0) && of(0.0) < of(1.0));
}

#[test]
fn attempts_and_lines_have_difficulties_of_their_own() {
    let keys: Vec<u8> = [1, 2, 3, 4, 0].map(|attempt| Response { attempt, ..answer(true) }.key().attempt).to_vec();
    assert_eq!(keys, [1, 2, 3, 3, 1]);
    assert_eq!(Response { evidence: Evidence::Line, ..answer(true) }.key().attempt, 0);
}

#[test]
fn a_student_is_written_and_read_back() {
    let mut student = Student::new(Start { ability: 0.25, year: Some(8) });
    answers(&mut student, true, 2);
    answers(&mut student, false, 1);
    let read: Student = serde_json::from_str(&written(&student)).expect("reads back");
    assert_eq!(read, student);
}
