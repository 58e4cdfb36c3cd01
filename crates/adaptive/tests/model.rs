//! What must hold of the student model whatever was answered.

use adaptive::{
    Contribution, Difficulty, DifficultyDelta, Millis, Response, SkillIndex, Student, logit, mastery, predict,
};
use proptest::prelude::*;

const SKILL: SkillIndex = SkillIndex(3);
const START: Millis = Millis(1_700_000_000_000);

prop_compose! {
    fn a_response()(
        skill in 0u16..5,
        difficulty in -4.0..4.0f64,
        correct: bool,
        minutes in 0i64..200_000,
        attempt in 1u16..4,
    ) -> Response {
        let at = Millis(START.0 + minutes * 60_000);
        Response { skill: SkillIndex(skill), difficulty, correct, at, attempt }
    }
}

fn histories() -> impl Strategy<Value = Vec<Response>> {
    prop::collection::vec(a_response(), 0..60)
}

fn student_after(history: &[Response]) -> Student {
    let mut student = Student::new(Some(7));
    for response in history {
        student.update(response);
    }
    student
}

fn bits(student: &Student) -> Vec<u64> {
    let general = &student.general;
    let mut bits = vec![general.value.to_bits(), general.variance.to_bits()];
    for state in student.skills.values() {
        let numbers = [state.ability, state.variance, state.form];
        bits.extend(numbers.map(f64::to_bits));
    }
    bits
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
        let probability = predict(&student, SKILL, difficulty, now).probability;
        prop_assert!(probability > 0.0 && probability < 1.0, "{probability}");
        let known = mastery(&student, SKILL, now);
        prop_assert!(0.0 < known.low && known.low < known.probability);
        prop_assert!(known.probability < known.high && known.high < 1.0);
    }

    #[test]
    fn a_right_answer_raises_the_prediction_and_a_wrong_one_lowers_it(
        history in histories(),
        next in a_response(),
    ) {
        let mut student = student_after(&history);
        let before = predict(&student, next.skill, next.difficulty, next.at).probability;
        let outcome = student.update(&next);
        let after = predict(&student, next.skill, next.difficulty, next.at).probability;
        prop_assert_eq!(outcome.predicted.to_bits(), before.to_bits());
        let moved = if next.correct { after > before } else { after < before };
        prop_assert!(moved, "{before} {after}");
    }

    #[test]
    fn a_harder_item_is_solved_more_rarely(
        history in histories(),
        easier in -4.0..4.0f64,
        harder_by in 0.001..4.0f64,
    ) {
        let student = student_after(&history);
        let easy = predict(&student, SKILL, easier, START).probability;
        let hard = predict(&student, SKILL, easier + harder_by, START).probability;
        prop_assert!(hard < easy);
    }

    #[test]
    fn contributions_add_up_to_the_log_odds(
        history in histories(),
        difficulty in -4.0..4.0f64,
        days in 0.0..400.0f64,
    ) {
        let student = student_after(&history);
        let prediction = predict(&student, SKILL, difficulty, START.plus_days(days));
        let sum: f64 = prediction.contributions.iter().map(|(_, logits)| logits).sum();
        prop_assert!((sum - logit(prediction.probability)).abs() < 1e-9);
    }

    #[test]
    fn the_same_responses_give_the_same_bits(history in histories()) {
        let (once, again) = (student_after(&history), student_after(&history));
        prop_assert_eq!(&once, &again);
        prop_assert_eq!(bits(&once), bits(&again));
    }

    #[test]
    fn only_the_practised_skill_and_the_general_ability_move(
        history in histories(),
        next in a_response(),
    ) {
        let mut student = student_after(&history);
        let before = student.clone();
        student.update(&next);
        for (skill, state) in &before.skills {
            prop_assert!(*skill == next.skill || student.skills.get(skill) == Some(state));
        }
        prop_assert_eq!(student.general.responses, before.general.responses + 1);
    }

    #[test]
    fn further_attempts_tell_less_than_the_first(history in histories(), next in a_response()) {
        let before = student_after(&history);
        let moved = |attempt| {
            let mut student = before.clone();
            student.update(&Response { attempt, ..next });
            (student.general.value - before.general.value).abs()
        };
        prop_assert!(moved(1) > moved(2) && moved(2) > moved(3));
    }

    #[test]
    fn difficulty_deltas_add_up(steps in prop::collection::vec((0.01..0.99f64, any::<bool>()), 1..40)) {
        let base = Difficulty::guessed(0.4);
        let (mut one_by_one, mut together) = (base, base);
        let mut gathered = DifficultyDelta::default();
        for (predicted, correct) in steps {
            let response = Response { skill: SKILL, difficulty: 0.4, correct, at: START, attempt: 1 };
            let delta = base.delta(&response, &adaptive::Outcome { predicted });
            prop_assert_eq!(delta.sum < 0.0, correct);
            one_by_one.merge(delta);
            gathered += delta;
        }
        together.merge(gathered);
        prop_assert_eq!(one_by_one.responses, together.responses);
        // Beyond ±8 the bound makes the order matter.
        prop_assume!(gathered.sum.abs() < 7.0);
        prop_assert!((one_by_one.value - together.value).abs() < 1e-9 || one_by_one.value.abs() > 6.0);
    }
}

fn answers(student: &mut Student, correct: bool, times: usize) {
    for _ in 0..times {
        student.update(&Response { skill: SKILL, difficulty: 0.0, correct, at: START, attempt: 1 });
    }
}

#[test]
fn mastery_needs_enough_and_grows_surer() {
    let mut student = Student::default();
    let unknown = mastery(&student, SKILL, START);
    assert!(!unknown.enough && (unknown.probability - 0.5).abs() < 1e-12);
    answers(&mut student, true, 3);
    assert!(!mastery(&student, SKILL, START).enough);
    answers(&mut student, true, 5);
    let known = mastery(&student, SKILL, START);
    assert!(known.enough && known.probability > 0.75);
    assert!(known.high - known.low < unknown.high - unknown.low);
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
    let later = predict(&student, SKILL, 0.0, START.plus_days(30.0));
    assert!(later.contribution(Contribution::Forgetting) < 0.0);
    let at_once = predict(&student, SKILL, 0.0, START);
    assert_eq!(at_once.contribution(Contribution::Forgetting), 0.0);
}

#[test]
fn a_clock_that_runs_back_does_no_harm() {
    let mut student = Student::default();
    answers(&mut student, true, 4);
    let earlier = START.plus_days(-3.0);
    let at_once = predict(&student, SKILL, 0.0, START).probability;
    assert_eq!(predict(&student, SKILL, 0.0, earlier).probability, at_once);
    student.update(&Response { skill: SKILL, difficulty: 0.0, correct: true, at: earlier, attempt: 1 });
    assert_eq!(student.skill(SKILL).last, START);
}

#[test]
fn a_success_in_one_skill_says_a_little_about_another() {
    let mut student = Student::default();
    answers(&mut student, true, 6);
    let practised = predict(&student, SKILL, 0.0, START).probability;
    let other = predict(&student, SkillIndex(0), 0.0, START).probability;
    assert!(0.5 < other && other < practised);
}

#[test]
fn only_first_attempts_move_a_difficulty() {
    let again = Response { skill: SKILL, difficulty: 0.0, correct: true, at: START, attempt: 2 };
    let delta = Difficulty::default().delta(&again, &adaptive::Outcome { predicted: 0.7 });
    assert_eq!(delta, DifficultyDelta::default());
}

#[test]
fn a_student_is_written_and_read_back() {
    let mut student = Student::new(Some(8));
    answers(&mut student, false, 1);
    student.general.value = -0.25;
    student.general.variance = 0.5;
    let state = student.skills.get_mut(&SKILL).expect("practised");
    (state.ability, state.variance, state.form) = (-0.125, 0.375, -0.5);
    let text = serde_json::to_string(&student).expect("serialises");
    let read: Student = serde_json::from_str(&text).expect("reads back");
    assert_eq!(read, student);
}
