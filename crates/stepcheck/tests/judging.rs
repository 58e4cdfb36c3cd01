//! The Markdown cases in `tests/judging`: tables that a teacher can read and add to.
//!
//! A row is `| task | demand | lines | verdict |`. Lines and task stand between backticks; the last
//! line is judged, the ones before it must be right. `README.md` explains the words.

mod missing;
mod tables;

use stepcheck::{
    Alternatives, Demand, Gaps, Implied, Judged, Left, Letters, Literal, OddRoots, Policy, Task, Verdict, Witness,
    judge, read,
};

#[test]
fn every_row_is_judged_as_written() {
    tables::check_rows("tests/judging", 150, |_, row| check(row));
}

fn check(row: &str) -> Result<(), String> {
    let cells: Vec<&str> = row.trim().trim_matches('|').split('|').collect();
    let [start, demand, lines, expected] = cells[..] else {
        return Err("not four cells".into());
    };
    let start = quoted(start).into_iter().next().ok_or("no task")?;
    let mut words = demand.split(';').map(str::trim);
    let demand = demand_of(words.next().unwrap_or_default())?;
    let policy = policy_of(words)?;
    let task = Task { start: read(start).map_err(|why| format!("task: {why:?}"))?, demand, policy };
    let mut earlier = Vec::new();
    let lines = quoted(lines);
    let (last, before) = lines.split_last().ok_or("no line")?;
    for line in before {
        let Judged { verdict, statement } = judge(&task, &earlier, line);
        match (verdict, statement) {
            (Verdict::Right { .. } | Verdict::Unfinished { .. }, Some(known)) => {
                earlier.push(known);
            }
            (other, _) => return Err(format!("{line} before it: {other:?}")),
        }
    }
    let found = in_words(&judge(&task, &earlier, last).verdict);
    let expected = expected.trim();
    let close = found == expected || found.starts_with(&format!("{expected}: "));
    close.then_some(()).ok_or(format!("found «{found}»"))
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn demand_of(word: &str) -> Result<Demand, String> {
    Ok(match word {
        "värde" => Demand::Value,
        "bråk" => Demand::LowestTerms,
        "decimal" => Demand::Decimal,
        "förenklat" => Demand::Simplified,
        "blandad form" => Demand::Mixed,
        "bråkform" => Demand::Improper,
        "tal förkortade" => Demand::NumbersInLowestTerms,
        "utvecklat" => Demand::Expanded,
        "ett bråk" => Demand::SingleFraction,
        "exakt" => Demand::Exact,
        "grundpotensform" => Demand::Standard,
        "enhet" => Demand::Unit,
        _ => return demand_with_word(word).ok_or(format!("unknown demand {word}")),
    })
}

/// A demand with a letter or a number in it.
fn demand_with_word(words: &str) -> Option<Demand> {
    let (name, rest) = words.split_once(' ')?;
    let variable = rest.chars().next()?.into();
    Some(match name {
        "lös" => Demand::Solved { variable },
        "faktoriserat" => Demand::Factored { variable },
        "kvadratkompletterat" => Demand::CompletedSquare { variable },
        "partialbråk" => Demand::PartialFractions { variable },
        "decimaler" => Demand::Decimals { places: rest.parse().ok()? },
        "värdesiffror" => Demand::Significant { digits: rest.parse().ok()? },
        _ => return None,
    })
}

/// The conventions that stand behind the demand.
fn policy_of<'w>(words: impl Iterator<Item = &'w str>) -> Result<Policy, String> {
    let mut policy = Policy::default();
    for word in words {
        match word.split_once(' ').unwrap_or((word, "")) {
            ("luckor", "räknas") => policy.gaps = Gaps::Refused,
            ("positiva", "bokstäver") => policy.letters = Letters::Positive,
            ("inga", "udda rötter") => policy.odd_roots = OddRoots::Refused,
            ("bara", "eller") => policy.alternatives = Alternatives::OnlyOr,
            ("prövas", "sist") => policy.implied = Implied::Accepted,
            ("prövas", "aldrig") => policy.implied = Implied::Refused,
            ("heltal", letter) => policy.whole = letter.chars().map(Into::into).collect(),
            ("tolerans", part) => policy.tolerance = Literal::parse(&part.replace(',', ".")).map(|size| size.value),
            _ => return Err(format!("unknown convention {word}")),
        }
    }
    Ok(policy)
}

fn in_words(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Right { finished: true } => "klart".into(),
        Verdict::Right { finished: false } => "rätt".into(),
        Verdict::Unfinished { left } => format!("kvar: {}", left_in_words(*left)),
        Verdict::Wrong { witness } => {
            let seen = witness.as_ref().map(witness_in_words);
            format!("stämmer inte: {}", seen.unwrap_or_else(|| "–".into()))
        }
        Verdict::Unreadable(why) => {
            let (start, end) = (why.place.start, why.place.end);
            format!("oläslig: {} {start}–{end}", missing::in_words(&why.missing))
        }
    }
}

fn left_in_words(left: Left) -> &'static str {
    match left {
        Left::Shorten => "förkorta",
        Left::WorkOut => "räkna ut",
        Left::Collect => "samla",
        Left::Expand => "multiplicera in",
        Left::DecimalForm => "decimalform",
        Left::FractionForm => "bråkform",
        Left::Equation => "som ekvation",
        Left::Answer => "allt",
        Left::Factor => "faktorisera",
        Left::CompleteSquare => "kvadratkomplettera",
        Left::SingleFraction => "ett bråk",
        Left::PartialFractions => "partialbråk",
        Left::SimplifyRoot => "förenkla roten",
        Left::RationalDenominator => "rot i nämnaren",
        Left::MixedForm => "blandad form",
        Left::StandardForm => "grundpotensform",
        Left::Decimals => "antal decimaler",
        Left::SignificantDigits => "värdesiffror",
        Left::Unit => "enhet",
        Left::Check => "pröva",
    }
}

fn witness_in_words(witness: &Witness) -> String {
    match witness {
        Witness::Substitute { variable, value, left, right, left_worked, right_worked } => {
            format!("{variable} = {value} ger {left_worked} = {left} och {right_worked} = {right}")
        }
        Witness::Evaluate { variable, value, above, here } => {
            format!("{variable} = {value} ger {above} ovan och {here} här")
        }
        Witness::Larger => "ovan är större".into(),
        Witness::Smaller => "ovan är mindre".into(),
        Witness::Sides { left, right } => format!("{left} är inte {right}"),
    }
}
