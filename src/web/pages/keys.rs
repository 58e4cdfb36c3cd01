//! The pad of keys for an item.

use std::{borrow::Cow, collections::BTreeSet};

use crate::exercises::Item;

/// A key of the pad: what it inserts or does, what it shows, its name where that says too little.
#[derive(Clone)]
pub struct Key {
    pub insert: Cow<'static, str>,
    pub act: &'static str,
    pub shows: Cow<'static, str>,
    pub icon: &'static str,
    pub name: &'static str,
    pub class: &'static str,
}

const fn digit(shows: &'static str) -> Key {
    Key { insert: Cow::Borrowed(shows), act: "", shows: Cow::Borrowed(shows), icon: "", name: "", class: "key digit" }
}
const fn sign(shows: &'static str, insert: &'static str, name: &'static str) -> Key {
    Key { insert: Cow::Borrowed(insert), act: "", shows: Cow::Borrowed(shows), icon: "", name, class: "key" }
}
const fn act(act: &'static str, icon: &'static str, name: &'static str) -> Key {
    Key { insert: Cow::Borrowed(""), act, shows: Cow::Borrowed(""), icon, name, class: "key" }
}

/// The keys that every task has, six in a row, in a calculator's order.
const KEYS: [Key; 22] = [
    digit("7"),
    digit("8"),
    digit("9"),
    sign("+", " + ", ""),
    sign("−", " − ", "key-minus"),
    digit("4"),
    digit("5"),
    digit("6"),
    sign("(", "(", "key-open"),
    sign(")", ")", "key-close"),
    sign("·", "·", "key-times"),
    digit("1"),
    digit("2"),
    digit("3"),
    sign("=", " = ", "key-equals"),
    sign("/", "/", "key-divided"),
    Key {
        insert: Cow::Borrowed("^"),
        act: "",
        shows: Cow::Borrowed(""),
        icon: "superscript",
        name: "key-power",
        class: "key",
    },
    digit("0"),
    sign(",", ",", "key-comma"),
    act("left", "arrow-left", "key-left"),
    act("right", "arrow-right", "key-right"),
    act("delete", "delete", "key-delete"),
];

/// Where the keys of the task's own stand: after 7, 8 and 9.
const OWN_KEYS_AT: usize = 3;

/// Signs that only some tasks are written with.
const RARER: [Key; 7] = [
    sign("%", " %", "key-percent"),
    sign(":", " : ", "key-colon"),
    sign("√", "√", "key-root"),
    sign("≈", " ≈ ", "key-about"),
    sign("°", "°", "key-degrees"),
    sign("²", "²", "key-squared"),
    sign("³", "³", "key-cubed"),
];

/// The word between two solutions.
const OR: &str = "eller";

/// What a line is written with beside signs and digits: words and units whole, other letters one by one.
fn words_in(line: &str) -> Vec<String> {
    let runs = line.split(|sign: char| !sign.is_alphabetic()).filter(|run| !run.is_empty());
    let is_whole = |run: &str| run == OR || run.chars().count() > 1 && stepcheck::units::find(run).is_some();
    runs.flat_map(|run| match is_whole(run) {
        true => vec![run.to_owned()],
        false => run.chars().map(String::from).collect(),
    })
    .collect()
}

/// The pad for an item: the letters and rarer signs that it is written with, on keys of their own, and «Klar» at the
/// end, as wide as what is left of its row.
pub fn keys_for(item: &Item) -> Vec<Key> {
    let lines = || item.worked.iter().chain([&item.start_text]);
    let written: BTreeSet<char> = lines().flat_map(|line| line.chars()).collect();
    let words: BTreeSet<String> = lines().flat_map(|line| words_in(line)).collect();
    let own = words.into_iter().map(|word| Key {
        class: if word.chars().count() == 1 { "key letter" } else { "key" },
        insert: if word == OR { format!(" {word} ").into() } else { word.clone().into() },
        shows: word.into(),
        ..sign("", "", "")
    });
    let rarer = RARER.into_iter().filter(|key| key.shows.chars().all(|sign| written.contains(&sign)));
    let mut keys = KEYS.to_vec();
    keys.splice(OWN_KEYS_AT..OWN_KEYS_AT, own.chain(rarer));
    let class = match keys.len() % 6 {
        5 => "key go",
        4 => "key go wide",
        _ => "key go whole",
    };
    keys.push(Key { class, ..act("go", "", "key-go") });
    keys
}

#[cfg(test)]
mod tests {
    use crate::exercises::{Answer, Bank, draw};

    use super::*;

    #[test]
    fn every_worked_line_can_be_typed_with_the_keys_of_its_item() {
        for exercise in Bank::shipped().unwrap().exercises() {
            for seed in 0..25 {
                let item = draw(exercise, seed).unwrap();
                if !matches!(item.answer, Answer::Lines(_) | Answer::Value { .. }) {
                    continue;
                }
                let keys: String = keys_for(&item).iter().map(|key| key.insert.to_string()).collect();
                let missing = |sign: &char| !sign.is_whitespace() && !keys.contains(*sign);
                for line in item.worked.iter().chain([&item.start_text]) {
                    assert_eq!(line.chars().find(missing), None, "{}: «{line}»", exercise.id);
                }
            }
        }
    }

    #[test]
    fn an_item_has_the_letters_it_is_written_with_and_no_others() {
        let bank = Bank::shipped().unwrap();
        for (id, letters) in [("collect-two-letters", "xy"), ("two-step-plain", "x"), ("negative-add", "")] {
            let item = draw(bank.exercise(&id.into()).unwrap(), 0).unwrap();
            let keys = keys_for(&item);
            let shown: String = keys.iter().filter(|key| key.class == "key letter").map(|key| &*key.shows).collect();
            assert_eq!(shown, letters, "{id}");
        }
    }
}
