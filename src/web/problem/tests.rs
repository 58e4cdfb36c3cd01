use super::*;

#[test]
fn every_problem_has_its_own_code_and_sentences_in_both_languages() {
    let mut codes: Vec<_> = Problem::ALL.iter().map(Problem::code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Problem::ALL.len());
    for problem in Problem::ALL {
        for language in Language::ALL {
            assert!(!problem.title(language).starts_with("problem-"), "{problem} has no title");
            assert!(!problem.advice(language).starts_with("problem-"), "{problem} has no advice");
        }
    }
}

#[test]
fn what_could_not_be_written_down_is_worth_trying_again() {
    let problem = Problem::from(vault::Fault::NotRecorded("the disk is full".to_owned()));
    assert_eq!((problem.status_and_code().0, problem.retry_after()), (StatusCode::SERVICE_UNAVAILABLE, Some(5)));
}
