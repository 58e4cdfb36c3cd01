//! The shape of one skill's TOML file, key by key. Unknown keys are refused.

use std::collections::BTreeMap;

use serde::Deserialize;
use stepcheck::{Misconception, StepKind};

use super::answer::{AnswerTable, PartTable};
use super::conventions::PolicyTable;
use super::demand::DemandTable;
use super::exercise::Level;
use super::fault::Fault;
use super::figure::FigureTable;
use super::piece::PieceTable;
use super::word_lists::WordsTable;
use super::words::Words;

/// A whole file: one skill and its exercises.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SkillFile {
    pub(super) skill: SkillTable,
    #[serde(default, rename = "exercise")]
    pub(super) exercises: Vec<ExerciseTable>,
}

/// `[skill]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SkillTable {
    pub(super) id: String,
    pub(super) name: Words,
    pub(super) stage: String,
    pub(super) years: [u8; 2],
    pub(super) strand: String,
    pub(super) prerequisites: Vec<String>,
    /// Steps that are taken by it, and wrong rules that lack it.
    #[serde(default)]
    pub(super) steps: Vec<StepKind>,
    #[serde(default)]
    pub(super) misconceptions: Vec<Misconception>,
    /// What its exercises begin from.
    #[serde(default)]
    pub(super) policy: PolicyTable,
}

/// `[[exercise]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExerciseTable {
    pub(super) id: String,
    pub(super) level: Level,
    pub(super) difficulty: f64,
    /// What it is about, such as food or travel; none for bare mathematics.
    pub(super) context: Option<String>,
    pub(super) ask: Words,
    pub(super) figure: Option<FigureTable>,
    /// What helps from the beginning.
    pub(super) support: Option<Words>,
    /// The mathematics that is shown; with `demand` it is what lines start from.
    pub(super) start: Option<String>,
    pub(super) demand: Option<DemandTable>,
    pub(super) answer: Option<AnswerTable>,
    #[serde(default, rename = "part")]
    pub(super) parts: Vec<PartTable>,
    pub(super) policy: Option<PolicyTable>,
    pub(super) worked: Vec<PieceTable>,
    #[serde(default)]
    pub(super) wrong: Vec<WrongTable>,
    pub(super) hints: Words<Vec<String>>,
    #[serde(default, rename = "where")]
    pub(super) conditions: Vec<String>,
    pub(super) parameters: BTreeMap<String, toml::Value>,
    #[serde(default)]
    pub(super) derived: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) words: BTreeMap<String, WordsTable>,
    /// What must hold of every draw if the numbers are to be believed.
    #[serde(default)]
    pub(super) plausible: Vec<String>,
}

/// A line that does not follow: as such, or with the wrong rule by which somebody comes to it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum WrongTable {
    Line(String),
    Named(NamedTable),
}

/// `{ line = "…", misconception = "…" }`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedTable {
    pub(super) line: String,
    pub(super) misconception: Option<Misconception>,
}

/// Reads the shape of a file; what the keys hold is read in `exercise.rs` and `bank.rs`.
pub(super) fn read(file: &str, text: &str) -> Result<SkillFile, Fault> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = text.get(..at).unwrap_or("").matches('\n').count() + 1;
        Fault {
            file: file.to_owned(),
            exercise: exercise_around(text, at),
            key: format!("line {line}"),
            what: format!("{}; docs/writing-exercises.md shows every key", error.message().trim_end()),
        }
    })
}

/// The id written in the `[[exercise]]` block that byte `at` is in.
fn exercise_around(text: &str, at: usize) -> Option<String> {
    const HEAD: &str = "[[exercise]]";
    // The message about a missing key points at the head of its own block.
    let reach = text.len().min(at + HEAD.len());
    let start = text.get(..reach)?.rfind(HEAD)? + HEAD.len();
    let block = text.get(start..)?;
    let block = block.split(HEAD).next()?;
    block.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "id").then(|| value.trim().trim_matches('"').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    const SKILL: &str = "[skill]\nid = \"s\"\nname = { sv = \"S\", en = \"S\" }\n\
        stage = \"4-6\"\nyears = [4, 6]\nstrand = \"number\"\nprerequisites = []\n";

    fn fault(rest: &str) -> String {
        match read("number/s.toml", &format!("{SKILL}{rest}")) {
            Ok(_) => String::new(),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn an_unknown_key_is_told_with_file_line_and_exercise() {
        let told = fault("[[exercise]]\nhint = 3\nid = \"one\"\n[[exercise]]\nid = \"two\"\n");
        assert!(told.contains("number/s.toml, exercise one, line 9"), "{told}");
        assert!(told.contains("hint"), "{told}");
    }

    #[test]
    fn a_missing_key_is_told_with_its_exercise() {
        let told = fault("[[exercise]]\nid = \"one\"\nlevel = \"A\"\n");
        assert!(told.contains("exercise one"), "{told}");
        assert!(told.contains("difficulty"), "{told}");
    }

    #[test]
    fn broken_toml_is_told_with_its_line() {
        let told = fault("[[exercise]\n");
        assert!(told.contains("line 8"), "{told}");
    }
}
