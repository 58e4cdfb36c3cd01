//! The sentences in `locales/` and those that templates and source ask for are the same: nothing is missing in a
//! language, nothing lies there unused, and every value that a sentence shows is given to it.

#![expect(clippy::unwrap_used, reason = "a test that can't read the source has failed")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use stegvis::web::Problem;
use stepcheck::{Misconception, StepKind};

/// Keys that are put together by `format!`, with everything that can stand in the braces. A `+` parts two of them.
fn built() -> Vec<(&'static str, Vec<String>)> {
    let words = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let numbers = |first: u8, last: u8| (first..=last).map(|number| number.to_string()).collect::<Vec<_>>();
    let codes: Vec<String> = Problem::ALL.iter().map(|problem| problem.code().to_owned()).collect();
    let verdicts = words("right goal unfinished wrong unreadable");
    let display = words("theme contrast reading motion");
    let kept = words("who self done can distance given wish device");
    let roles = words(
        "student teacher mentor guardian school-admin officer individual support database-staff operator organiser \
         researcher",
    );
    vec![
        ("day-short-{}", numbers(0, 6)),
        ("weekday-{}", numbers(0, 6)),
        ("month-{}", numbers(1, 12)),
        ("month-short-{}", numbers(1, 12)),
        ("line-{}", verdicts.clone()),
        ("help-mark-{}", verdicts),
        ("help-write-{}", words("times fraction mixed bracket power decimal negative percent equation")),
        ("part-{}", words("start general skill recent forgetting experience item same-item sitting several")),
        ("plan-{}", words("practice warm_up stretch")),
        ("map-state-{}", words("can learning now review soon")),
        ("strand-{}", words("number algebra relations-change geometry probability-statistics problem-solving logic")),
        (
            "start-{}",
            words(
                "student teacher guardian school-admin officer individual organiser support database-staff operator \
                 researcher",
            ),
        ),
        ("role-{}", roles.clone()),
        ("role-{}-sees", roles.clone()),
        ("role-{}-not", roles.clone()),
        ("role-{}-why", roles),
        ("problem-{}", codes.clone()),
        ("problem-{}-do", codes),
        ("consent-{}-title", words("practice difficulty")),
        ("consent-{}-says", words("practice difficulty")),
        ("hold-{}", words("legal-claim archive accounting restriction")),
        ("kept-{}", kept.clone()),
        ("kept-{}-says", kept.clone()),
        ("kept-{}-why", kept),
        ("display-{}", display.clone()),
        ("display-{}-help", display.clone()),
        ("display-{}-device", display),
        ("{}-{}", of_steps(&StepKind::ALL.iter().map(|kind| kind.id().to_owned()).collect::<Vec<_>>())),
        (
            "{}-{}-with",
            of_steps(&words(
                "add-to-both-sides subtract-from-both-sides multiply-both-sides divide-both-sides divide-and-turn \
                 multiply-and-turn factor-out substitute-equation insert-value",
            )),
        ),
        ("misconception-{}", Misconception::ALL.iter().map(|one| one.id().to_owned()).collect()),
        ("display-{}-{}", words("theme+light theme+dark contrast+more contrast+normal reading+roomy motion+still")),
    ]
}

/// What is said of a step that was taken, and the rule of one that is to be taken.
fn of_steps(kinds: &[String]) -> Vec<String> {
    kinds.iter().flat_map(|kind| ["step", "rule"].map(|what| format!("{what}+{kind}"))).collect()
}

/// One call that asks for a sentence.
#[derive(Debug)]
struct Call {
    place: String,
    /// None when it is not written out.
    key: Option<String>,
    /// The names of the values that are given. None when they are not written out.
    values: Option<BTreeSet<String>>,
}

#[test]
fn both_languages_say_the_same() {
    let (swedish, english) = (sentences("sv"), sentences("en"));
    let keys = |of: &BTreeMap<String, BTreeSet<String>>| of.keys().cloned().collect::<BTreeSet<_>>();
    let only: Vec<_> = keys(&swedish).symmetric_difference(&keys(&english)).cloned().collect();
    assert!(only.is_empty(), "in one language only: {only:?}");
    for (key, values) in &swedish {
        assert_eq!(values, &english[key], "{key} shows other values in English");
    }
    assert!(swedish.len() > 300, "hardly anything to compare: {}", swedish.len());
}

#[test]
fn every_sentence_that_is_asked_for_is_there_with_its_values() {
    let known = sentences("sv");
    let calls = calls();
    assert!(calls.len() > 300, "hardly anything to compare: {}", calls.len());
    for Call { place, key, values } in calls {
        let Some(key) = key else { continue };
        let shown = known.get(&key).unwrap_or_else(|| panic!("{place}: {key} is in no language"));
        if let Some(values) = values {
            assert_eq!(shown, &values, "{place}: {key} is given other values than it shows");
        }
    }
    for key in built_keys() {
        assert!(known.contains_key(&key), "{key} is put together, but is in no language");
    }
}

#[test]
fn no_sentence_lies_there_unused() {
    let text: String = files("src").chain(files("templates")).map(|(_, text)| text).collect();
    let (written, built) = (literals(&text), built_keys());
    let unused: Vec<_> =
        sentences("sv").into_keys().filter(|key| !written.contains(key) && !built.contains(key)).collect();
    assert!(unused.is_empty(), "nobody asks for {unused:?}");
}

#[test]
fn keys_that_are_put_together_stand_in_the_list() {
    let mut found = BTreeSet::new();
    for (place, text) in files("src/web") {
        for rest in text.split("format!(\"").skip(1) {
            let pattern = with_empty_braces(rest.split_once('"').unwrap().0);
            let is_key =
                pattern.contains("-{}") && pattern.chars().all(|c| c.is_ascii_lowercase() || "-{}".contains(c));
            if is_key {
                assert!(built().iter().any(|(known, _)| *known == pattern), "{place}: {pattern} is not in the list");
                found.insert(pattern);
            }
        }
    }
    for (pattern, _) in built() {
        assert!(found.contains(pattern), "nobody puts {pattern} together");
    }
}

fn built_keys() -> BTreeSet<String> {
    let fill = |pattern: &str, value: &String| {
        value.split('+').fold(pattern.to_owned(), |pattern, part| pattern.replacen("{}", part, 1))
    };
    built().iter().flat_map(|(pattern, values)| values.iter().map(move |value| fill(pattern, value))).collect()
}

fn with_empty_braces(pattern: &str) -> String {
    let mut parts = pattern.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |built, part| format!("{built}{{}}{}", part.split_once('}').map_or("", |(_, rest)| rest)))
}

/// The sentences of a language: key and the names of the values that it shows.
fn sentences(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut sentences: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (place, text) in files(&format!("locales/{language}")) {
        let mut at = String::new();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            if !line.starts_with([' ', '}']) {
                let (key, _) = line.split_once(" =").unwrap_or_else(|| panic!("{place}: {line}"));
                key.clone_into(&mut at);
                assert!(sentences.insert(at.clone(), BTreeSet::new()).is_none(), "{place}: {key} stands there twice");
            }
            let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            sentences.get_mut(&at).unwrap().extend(line.split('$').skip(1).map(name));
        }
    }
    sentences
}

/// Every `.t(`, `.n(`, `.with(`, `.with2(` and `.with3(` in templates and pages.
fn calls() -> Vec<Call> {
    let mut calls = Vec::new();
    for (place, text) in files("templates").chain(files("src/web")).chain(files("src/commands")) {
        for way in [".t(", ".n(", ".with(", ".with2(", ".with3("] {
            for rest in text.split(way).skip(1) {
                calls.extend(read_call(&place, way, within_brackets(rest)));
            }
        }
    }
    calls
}

/// `.t` may choose between keys, so there may be several; the other ways have one.
fn read_call(place: &str, way: &str, arguments: &str) -> Vec<Call> {
    let call = |key: Option<&str>, values: Option<BTreeSet<String>>| Call {
        place: format!("{place} {way}{arguments})"),
        key: key.map(str::to_owned),
        values,
    };
    let is_key = |text: &str| text.contains('-') && text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let parts = parts(arguments);
    let first = parts.first().copied().unwrap_or_default();
    let key = quoted(first);
    match way {
        ".t(" if key.is_some() => vec![call(key, Some(BTreeSet::new()))],
        ".t(" if first.contains("format!") => Vec::new(),
        ".t(" => literals(first)
            .iter()
            .filter(|text| is_key(text))
            .map(|key| call(Some(key), Some(BTreeSet::new())))
            .collect(),
        ".n(" => vec![call(key, Some(["n".to_owned()].into()))],
        _ => {
            // In Rust the values may be pairs in one list.
            let list = parts.get(1).and_then(|part| part.strip_prefix('[')?.strip_suffix(']'));
            let name = |pair: &str| Some(quoted(self::parts(pair.strip_prefix('(')?).first()?)?.to_owned());
            let names: Option<BTreeSet<String>> = match list {
                Some(list) => self::parts(list).into_iter().map(name).collect(),
                None => parts.iter().skip(1).step_by(2).map(|part| quoted(part).map(str::to_owned)).collect(),
            };
            vec![call(key, names)]
        }
    }
}

/// What stands before the bracket that closes.
fn within_brackets(text: &str) -> &str {
    let mut depth = 0_i32;
    let mut within_quotes = false;
    for (at, sign) in text.char_indices() {
        match sign {
            '"' => within_quotes = !within_quotes,
            '(' | '[' | '{' if !within_quotes => depth += 1,
            ')' if !within_quotes && depth == 0 => return &text[..at],
            ')' | ']' | '}' if !within_quotes => depth -= 1,
            _ => {}
        }
    }
    text
}

/// Arguments, parted at the outermost commas.
fn parts(arguments: &str) -> Vec<&str> {
    let (mut depth, mut within_quotes, mut from) = (0_i32, false, 0);
    let mut parts = Vec::new();
    for (at, sign) in arguments.char_indices() {
        match sign {
            '"' => within_quotes = !within_quotes,
            '(' | '[' | '{' if !within_quotes => depth += 1,
            ')' | ']' | '}' if !within_quotes => depth -= 1,
            ',' if !within_quotes && depth == 0 => {
                parts.push(arguments[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(arguments[from..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The text of a part that is a text and nothing else.
fn quoted(part: &str) -> Option<&str> {
    part.strip_prefix('"')?.strip_suffix('"').filter(|text| !text.contains('"'))
}

/// Whatever could be a key and stands between quotes. In a template those of attributes are passed over.
fn literals(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices('"') {
        let Some((literal, _)) = text[at + 1..].split_once('"') else { continue };
        let is_attribute = text[..at].ends_with('=');
        if !is_attribute
            && !literal.is_empty()
            && literal.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        {
            found.insert(literal.to_owned());
        }
    }
    found
}

/// Every file in a folder and the folders in it, by name.
fn files(folder: &str) -> impl Iterator<Item = (String, String)> + use<> {
    let mut paths = Vec::new();
    collect(Path::new(folder), &mut paths);
    paths.sort();
    paths.into_iter().map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.push(path);
        }
    }
}
