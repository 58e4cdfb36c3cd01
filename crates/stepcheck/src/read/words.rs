//! The words that are known: functions, joining words, phrases; and when letters are no word.

use super::token::Piece;
use crate::tree::{Constant, Function, Name};
use crate::units;

/// Unit symbols that are never read as a product of letters, whatever stands around them.
const RESERVED: [&str; 25] = [
    "kr", "st", "mm", "cm", "dm", "km", "mil", "mg", "hg", "kg", "ton", "ml", "cl", "dl", "min", "ha", "tim", "sek",
    "dag", "mL", "cL", "dL", "kvm", "tum", "fot",
];
/// Short words that mean something in a sentence but nothing here.
const UNKNOWN: [&str; 8] = ["all", "av", "of", "ej", "mod", "rot", "not", "inte"];
/// Longer runs of letters are taken for a word that is not known.
const LONGEST_PRODUCT: usize = 3;

/// Phrases with spaces in them, longest first where one begins with another.
const PHRASES: [(&str, Piece); 44] = [
    ("kvadratroten ur", Piece::RootWord),
    ("kvadratroten av", Piece::RootWord),
    ("kvadratrota av", Piece::RootWord),
    ("roten ur", Piece::RootWord),
    ("square root of", Piece::RootWord),
    ("alla reella tal", Piece::All),
    ("alla reella x", Piece::All),
    ("alla tal", Piece::All),
    ("alla x", Piece::All),
    ("alle reelle tall", Piece::All),
    ("alle tall", Piece::All),
    ("alle x", Piece::All),
    ("all real numbers", Piece::All),
    ("all numbers", Piece::All),
    ("all x", Piece::All),
    ("every real number", Piece::All),
    ("every number", Piece::All),
    ("ekvationen saknar reella lösningar", Piece::None),
    ("ekvationen saknar lösningar", Piece::None),
    ("ekvationen saknar lösning", Piece::None),
    ("ekvationen har ingen lösning", Piece::None),
    ("ekvationen har inga lösningar", Piece::None),
    ("saknar reella lösningar", Piece::None),
    ("saknar reell lösning", Piece::None),
    ("saknar lösningar", Piece::None),
    ("saknar lösning", Piece::None),
    ("lösningar saknas", Piece::None),
    ("lösning saknas", Piece::None),
    ("har ingen lösning", Piece::None),
    ("har inga lösningar", Piece::None),
    ("ingen reell lösning", Piece::None),
    ("inga reella lösningar", Piece::None),
    ("ingen lösning", Piece::None),
    ("inga lösningar", Piece::None),
    ("ligningen har ingen løsning", Piece::None),
    ("har ingen løsning", Piece::None),
    ("ingen reelle løsninger", Piece::None),
    ("ingen løsninger", Piece::None),
    ("ingen løsning", Piece::None),
    ("no real solutions", Piece::None),
    ("no real solution", Piece::None),
    ("no solutions", Piece::None),
    ("no solution", Piece::None),
    ("the empty set", Piece::None),
];

/// The phrase that begins `signs`, and how many characters it has. Any white space stands for a space.
pub(super) fn phrase(signs: &[char]) -> Option<(Piece, usize)> {
    // Most signs begin none, which is seen at the first letter.
    let mut first = signs.first().filter(|sign| sign.is_alphabetic())?.to_lowercase();
    let first = first.next()?;
    let possible = PHRASES.iter().filter(|(phrase, _)| phrase.starts_with(first));
    possible.into_iter().find_map(|(phrase, piece)| {
        let length = begins_with(signs, phrase)?;
        let ends = !signs.get(length).is_some_and(|sign| sign.is_alphanumeric() || *sign == '_');
        ends.then(|| (piece.clone(), length))
    })
}

fn begins_with(signs: &[char], phrase: &str) -> Option<usize> {
    let mut at = 0;
    for letter in phrase.chars() {
        if letter == ' ' {
            let spaces = signs.get(at..)?.iter().take_while(|sign| sign.is_whitespace()).count();
            at += spaces;
            if spaces == 0 {
                return None;
            }
        } else {
            let sign = signs.get(at)?;
            if *sign != letter && !sign.to_lowercase().eq([letter]) {
                return None;
            }
            at += 1;
        }
    }
    Some(at)
}

/// What a whole run of letters means, unless it is letters or a unit.
pub(super) fn keyword(run: &[char]) -> Option<Piece> {
    let word = lower(run);
    if let Some(function) = function(&word) {
        return Some(Piece::Function(function));
    }
    Some(match word.as_str() {
        "och" | "and" | "og" | "samt" => Piece::And,
        "eller" | "or" => Piece::Or,
        "sqrt" | "kvadratroten" => Piece::RootWord,
        "root" => Piece::NthRoot,
        "abs" => Piece::AbsWord,
        "pi" => Piece::Constant(Constant::Pi),
        "procent" | "prosent" | "percent" => Piece::Percent,
        "promille" => Piece::Permille,
        "grader" | "grad" | "degrees" | "degree" => Piece::Degree,
        _ => return None,
    })
}

fn function(word: &str) -> Option<Function> {
    Some(match word {
        "asin" => Function::Arcsin,
        "acos" => Function::Arccos,
        "atan" => Function::Arctan,
        "sinus" => Function::Sin,
        "cosinus" => Function::Cos,
        "tangens" => Function::Tan,
        _ => return Function::ALL.into_iter().find(|function| function.name() == word),
    })
}

/// What a run of letters is, by itself.
pub(super) enum Run {
    /// Letters side by side.
    Letters,
    /// A function with a letter before or after it: `lnx`, `xsinx`. How many letters stand before
    /// it, the function, and how many characters its name has.
    Around(usize, Function, usize),
    /// Two ways to read it: `asinx`.
    Ambiguous,
    /// Nothing that is known.
    Unknown,
}

/// What a run of letters is that is neither keyword nor unit.
pub(super) fn run(run: &[char]) -> Run {
    let word: String = run.iter().collect();
    let small = word.to_lowercase();
    if run.len() > 1 && (RESERVED.contains(&word.as_str()) || UNKNOWN.contains(&small.as_str())) {
        return Run::Unknown;
    }
    if let Some(around) = around(run) {
        return around;
    }
    if run.len() <= LONGEST_PRODUCT { Run::Letters } else { Run::Unknown }
}

/// `lnx`, `xlnx`, `xln`: a short name with at most one letter before and one after it.
fn around(run: &[char]) -> Option<Run> {
    const SHORT: [Function; 6] =
        [Function::Sin, Function::Cos, Function::Tan, Function::Ln, Function::Lg, Function::Log];
    let small = lower(run);
    let inner = |before: usize| {
        let rest = small.get(small.char_indices().nth(before)?.0..)?;
        let function = SHORT.into_iter().rev().find(|function| rest.starts_with(function.name()))?;
        let after = rest.chars().count() - function.name().len();
        (after <= 1).then_some((function, after))
    };
    if run.len() > 5 {
        return None;
    }
    match (inner(0), inner(1)) {
        (Some((function, _)), _) => Some(Run::Around(0, function, function.name().len())),
        (None, Some((Function::Sin | Function::Cos | Function::Tan, 1))) if small.starts_with('a') => {
            Some(Run::Ambiguous)
        }
        (None, Some((function, _))) => Some(Run::Around(1, function, function.name().len())),
        _ => None,
    }
}

/// True if a run of letters would be read as something else than letters side by side.
pub(crate) fn is_word(letters: &[char]) -> bool {
    letters.len() > 1
        && (keyword(letters).is_some()
            || is_unit(letters)
            || phrase(letters).is_some()
            || !matches!(run(letters), Run::Letters))
}

fn is_unit(letters: &[char]) -> bool {
    units::find(&letters.iter().collect::<String>()).is_some()
}

/// True if the run is a unit and never a product of letters.
pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word) || word.starts_with('°') || word.chars().count() > LONGEST_PRODUCT
}

/// A letter by itself: a name, or a constant.
pub(super) fn letter(letter: char) -> Piece {
    match letter {
        'π' => Piece::Constant(Constant::Pi),
        'e' => Piece::Constant(Constant::E),
        'ℝ' => Piece::Reals,
        _ => Piece::Name(Name::from(letter)),
    }
}

pub(super) fn lower(run: &[char]) -> String {
    run.iter().flat_map(|sign| sign.to_lowercase()).collect()
}
