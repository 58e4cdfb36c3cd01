//! A submitted line with all that it changes: the same rows on both databases, or none of them.

use super::*;
use crate::rows::{
    calculations::NewResponse,
    students::{self, ItemRow, SkillRow},
    submissions::{self, Learned, Submission},
};

/// Counts of what a line may change: lines, responses, skills, remembered exercises, finished calculations.
const COUNTS: &str = "SELECT CAST(count(*) AS BIGINT) AS number FROM line
    UNION ALL SELECT CAST(count(*) AS BIGINT) FROM response
    UNION ALL SELECT CAST(count(*) AS BIGINT) FROM skill_state WHERE responses = 1
    UNION ALL SELECT CAST(count(*) AS BIGINT) FROM item_state WHERE place = 1
    UNION ALL SELECT CAST(count(*) AS BIGINT) FROM calculation WHERE finished_at IS NOT NULL";

fn response(number: i16) -> NewResponse {
    NewResponse {
        number,
        skill: "two-step".to_owned(),
        exercise: "one".to_owned(),
        difficulty: 0.5,
        correct: true,
        milliseconds: 1000,
        attempt: 1,
        at: NOW,
        also: Some("one-step".to_owned()),
        is_line: false,
        place: 2,
    }
}

fn skill(name: &str) -> SkillRow {
    SkillRow { skill: name.to_owned(), responses: 1, last_at: NOW, state: "{}".to_owned() }
}

fn item() -> ItemRow {
    ItemRow { exercise: "one".to_owned(), attempts: 1, wins: 1, correct: true, place: 1, last_at: NOW }
}

/// Hands in Alva's line; `behind` versions behind what is stored.
async fn submit(vault: &Vault, number: i16, learns: bool, behind: i64) -> bool {
    vault
        .write(move |tx| {
            let (me, of) = (own(ALVA).own(), seen(tx, ALVA)?);
            let mut general = students::general(tx, &me).map_err(|_| Fault::NoKey)?;
            general.version -= behind;
            let (line, response) = (line(number, "x = 4"), response(number));
            let (skills, item) = ([skill("two-step"), skill("one-step")], item());
            let learned = Learned { response: &response, skills: &skills, item: Some(&item), forgotten_below: None };
            let learned = learns.then_some(learned);
            let new = Submission { seen: &general, of: &of, line: &line, learned, finishes: learns, counts_in: None };
            submissions::store(tx, &me, &new)
        })
        .await
        .unwrap()
}

#[test]
fn a_line_is_stored_with_all_that_it_changes_or_not_at_all() {
    on_both_grounds(|options| async move {
        let vault = Vault::open(options).unwrap();
        settle(&vault).await;
        let counts = || vault.read(|tx| numbers(tx, COUNTS));
        assert_eq!(counts().await.unwrap(), [2, 0, 0, 0, 0]);
        assert!(submit(&vault, 2, false, 0).await);
        assert_eq!(counts().await.unwrap(), [3, 0, 0, 0, 0]);
        assert!(!submit(&vault, 3, true, 1).await, "somebody was there in between");
        assert_eq!(counts().await.unwrap(), [3, 0, 0, 0, 0]);
        assert!(submit(&vault, 3, true, 0).await);
        assert_eq!(counts().await.unwrap(), [4, 1, 2, 1, 1]);
        let versions = vault.read(|tx| numbers(tx, "SELECT version AS number FROM student ORDER BY version DESC"));
        assert_eq!(versions.await.unwrap(), [2, 0], "a version a line");
        assert_eq!(vault.read(|tx| entered(tx, ALVA)).await.unwrap(), ["3x = 12", "x = 4", "x = 4"]);
    });
}
