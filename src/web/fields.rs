//! The fields of an answer's form and the text that is judged: each made from the other.

use crate::exercises::{Answer, for_part, part_of};

/// The text that the fields of a form stand for.
#[must_use]
pub fn typed(answer: &Answer, fields: &[(String, String)]) -> String {
    let all = |name: &str| -> Vec<&str> {
        fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim()).collect()
    };
    let one = |name: &str| all(name).first().copied().unwrap_or_default();
    let numbered = |name: &str, count: usize| -> Vec<String> {
        (1..=count).map(|number| one(&format!("{name}-{number}")).to_owned()).collect()
    };
    match answer {
        Answer::Lines(_) | Answer::Value { .. } => one("value").to_owned(),
        Answer::Choice(_) => all("choice").join(", "),
        Answer::Order(order) => numbered("place", order.pieces.len()).join(", "),
        Answer::Match(pairs) => {
            let partners = (1..).zip(numbered("pair", pairs.left.len()));
            partners.map(|(number, letter)| format!("{number}{letter}")).collect::<Vec<_>>().join(", ")
        }
        Answer::Gaps(gaps) => numbered("gap", gaps.count()).join("; "),
        Answer::Point(point) if point.coordinates.len() == 2 => format!("({}; {})", one("x"), one("y")),
        Answer::Point(_) => one("x").to_owned(),
        Answer::Explain(_) => one("words").to_owned(),
        Answer::Parts(parts) => {
            let letter = one("part");
            match part_of(&format!("{letter})"), parts.len()).and_then(|(at, _)| Some((at, parts.get(at)?))) {
                Some((at, part)) => for_part(at, &typed(&part.answer, fields)),
                None => letter.to_owned(),
            }
        }
    }
}

/// The fields that stand for a text, so that a form can be shown again as it was sent; what cannot be told apart is left
/// out. The inverse of [`typed`].
#[must_use]
pub fn fields(answer: &Answer, typed: &str) -> Vec<(String, String)> {
    let split = |at: char| typed.split(at).map(|part| part.trim().to_owned());
    let numbered = |name: &str, at: char| -> Vec<(String, String)> {
        (1..).zip(split(at)).map(|(number, part): (usize, String)| (format!("{name}-{number}"), part)).collect()
    };
    let one = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    match answer {
        Answer::Lines(_) | Answer::Value { .. } => one("value", typed),
        Answer::Choice(_) => split(',').map(|letter| ("choice".to_owned(), letter)).collect(),
        Answer::Order(_) => numbered("place", ','),
        Answer::Match(_) => {
            let letter = |pair: String| pair.trim_start_matches(char::is_numeric).to_owned();
            numbered("pair", ',').into_iter().map(|(name, pair)| (name, letter(pair))).collect()
        }
        Answer::Gaps(_) => numbered("gap", ';'),
        Answer::Point(point) if point.coordinates.len() == 2 => {
            let inside = typed.trim_matches(['(', ')']);
            let coordinates = inside.split(';').map(|part| part.trim().to_owned());
            ["x", "y"].into_iter().map(str::to_owned).zip(coordinates).collect()
        }
        Answer::Point(_) => one("x", typed),
        Answer::Explain(_) => one("words", typed),
        Answer::Parts(parts) => {
            let of_part = part_of(typed, parts.len()).and_then(|(at, inside)| Some((at, inside, parts.get(at)?)));
            let Some((at, inside, part)) = of_part else { return Vec::new() };
            let letter = for_part(at, "").trim_end_matches([')', ' ']).to_owned();
            let mut of_part = fields(&part.answer, inside);
            of_part.push(("part".to_owned(), letter));
            of_part
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::{Bank, draw};

    #[test]
    fn the_forms_of_every_exercise_send_what_is_right() {
        for exercise in Bank::shipped().expect("a bank").exercises() {
            for seed in 0..5 {
                let item = draw(exercise, seed).expect("an item");
                if item.task().is_some() {
                    continue;
                }
                for line in &item.worked {
                    assert_eq!(&typed(&item.answer, &fields(&item.answer, line)), line, "{} {seed}", exercise.id);
                }
            }
        }
    }
}
