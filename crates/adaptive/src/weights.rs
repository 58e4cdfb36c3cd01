//! What the features are worth, and the file that keeps it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::features::{GENERAL, ITEM, MEETING, Named, OWN, SKILL};
use crate::skills::{SkillIndex, Skills};

/// The format of the weights file this version reads and writes.
pub const FORMAT: u32 = 2;
/// When the format last changed.
pub const FORMAT_CHANGED: &str = "2026-11-27";
/// No single weight may be larger; one that is was not fitted with a ridge.
const LARGEST: f64 = 100.0;
/// The worth of one stage between a student's year and an unseen skill's, in logits, before any fit has said better.
const STAGE: f64 = 0.4;

/// The worth of each feature, in logits.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    pub(crate) general: [f64; GENERAL.len()],
    pub(crate) skill: [f64; SKILL.len()],
    pub(crate) meeting: [f64; MEETING.len()],
    pub(crate) item: [f64; ITEM.len()],
    /// What each skill has of its own, by its index; none beyond the end.
    pub(crate) own: Vec<[f64; OWN.len()]>,
    /// First and last school year of each skill's stage, by its index; none beyond the end.
    pub(crate) years: Vec<(u8, u8)>,
    /// The worth of a stage of distance.
    pub(crate) stage: f64,
    pub(crate) origin: Origin,
}

/// What weights were fitted on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// In words: which responses, of whom.
    pub fitted_on: String,
    /// How many responses.
    pub responses: u64,
    /// Of how many students.
    pub students: u64,
    /// The seed of the fit.
    pub seed: u64,
}

/// The weights file: JSON, one entry for each feature's name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    format_changed: String,
    #[serde(flatten)]
    origin: Origin,
    general: BTreeMap<String, f64>,
    skill: BTreeMap<String, f64>,
    meeting: BTreeMap<String, f64>,
    item: BTreeMap<String, f64>,
    stage: f64,
    /// By the skill's index.
    own: Vec<[f64; OWN.len()]>,
}

/// Why a weights file is refused.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    #[error("the weights file is not the JSON it should be: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the weights file has format {found}, this version reads {FORMAT} (since {FORMAT_CHANGED}): fit anew")]
    Format { found: u32 },
    #[error("the weights file has no «{0}»: fit anew")]
    Missing(String),
    #[error("the weights file has a «{0}» that this version does not know")]
    Unknown(String),
    #[error("the weight of «{name}» is {value}: it must be a number within ±{LARGEST}")]
    OutOfRange { name: String, value: f64 },
    #[error("with these weights a harder item could be predicted to be easier: {0}")]
    NotDecreasing(&'static str),
}

static SHIPPED: LazyLock<Weights> = LazyLock::new(|| {
    // A test reads the file; should it not hold, the filter alone still predicts.
    Weights::read(include_str!("../weights/simulated.json")).unwrap_or_else(|_| Weights::plain())
});

impl Weights {
    /// The weights that come with the crate, fitted on simulated students only.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Before any fit: the logistic Kalman filter of [`crate::Student`] itself, ability less difficulty.
    pub fn plain() -> Self {
        let one =
            |named: &[Named], name: &str| named.iter().map(|n| f64::from(u8::from(n.0 == name))).collect::<Vec<_>>();
        let columns =
            [one(&GENERAL, "ability"), one(&SKILL, "ability"), one(&MEETING, ""), one(&ITEM, "difficulty")].concat();
        Self::from_columns(&columns, Vec::new(), Origin::default())
    }

    /// What the weights were fitted on.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The same weights, knowing at which stage each skill is learned: an unseen skill of an earlier stage than the
    /// student's year is taken to be easier, of a later one harder.
    #[must_use]
    pub fn knowing(mut self, skills: &Skills) -> Self {
        self.years = skills.iter().map(|(_, skill)| skill.stage.years()).collect();
        self
    }

    /// What the distance between the student's year and the stage of an unseen skill adds, in logits.
    pub(crate) fn stage_part(&self, year: Option<u8>, skill: SkillIndex) -> f64 {
        let (Some(year), Some(&(first, last))) = (year, self.years.get(skill.place())) else {
            return 0.0;
        };
        let ahead = f64::from(year.saturating_sub(last)) - f64::from(first.saturating_sub(year));
        self.stage * (ahead / 3.0).clamp(-2.0, 2.0)
    }

    /// Reads a weights file.
    ///
    /// # Errors
    /// When it is not of this format, a name is missing or unknown, a weight is no number of a sensible size, or a
    /// prediction would not strictly fall with the item's difficulty.
    pub fn read(text: &str) -> Result<Self, WeightsError> {
        let file: File = serde_json::from_str(text)?;
        if file.format != FORMAT {
            return Err(WeightsError::Format { found: file.format });
        }
        let mut columns = Vec::new();
        for (block, named, values) in [
            ("general", &GENERAL[..], &file.general),
            ("skill", &SKILL, &file.skill),
            ("meeting", &MEETING, &file.meeting),
            ("item", &ITEM, &file.item),
        ] {
            columns.extend(column(block, named, values)?);
        }
        for value in file.own.iter().flatten().chain([&file.stage]) {
            in_range("own", *value)?;
        }
        let mut weights = Self::from_columns(&columns, file.own, file.origin);
        weights.stage = file.stage;
        weights.check()?;
        Ok(weights)
    }

    /// The weights as a file.
    ///
    /// # Errors
    /// When a weight is no number.
    pub fn write(&self) -> Result<String, WeightsError> {
        let named = |block: &[Named], values: &[f64]| {
            block.iter().map(|n| n.0.to_owned()).zip(values.iter().copied()).collect()
        };
        let file = File {
            format: FORMAT,
            format_changed: FORMAT_CHANGED.to_owned(),
            origin: self.origin.clone(),
            general: named(&GENERAL, &self.general),
            skill: named(&SKILL, &self.skill),
            meeting: named(&MEETING, &self.meeting),
            item: named(&ITEM, &self.item),
            stage: self.stage,
            own: self.own.clone(),
        };
        Ok(serde_json::to_string_pretty(&file)? + "\n")
    }

    /// Whether the log odds fall strictly with the difficulty: their slope is smallest at one end of each piece.
    pub(crate) fn check(&self) -> Result<(), WeightsError> {
        let [plain, little_known, over, under, _] = self.item;
        for little in [0.0, little_known] {
            for piece in [0.0, over, under] {
                // Far enough from 0 that no two difficulties give the same bits.
                if plain + little + piece < 1e-3 {
                    return Err(WeightsError::NotDecreasing("a slope over the difficulty is not positive"));
                }
            }
        }
        Ok(())
    }

    /// The weights that all skills share, in one row: general, skill, meeting, item.
    pub(crate) fn columns(&self) -> Vec<f64> {
        [&self.general[..], &self.skill, &self.meeting, &self.item].concat()
    }

    /// The inverse of [`Weights::columns`]; what is missing is 0.
    pub(crate) fn from_columns(columns: &[f64], own: Vec<[f64; OWN.len()]>, origin: Origin) -> Self {
        let mut from = columns.iter().copied();
        let mut next = || from.next().unwrap_or(0.0);
        Self {
            general: std::array::from_fn(|_| next()),
            skill: std::array::from_fn(|_| next()),
            meeting: std::array::from_fn(|_| next()),
            item: std::array::from_fn(|_| next()),
            own,
            years: Vec::new(),
            stage: STAGE,
            origin,
        }
    }
}

fn column(block: &str, named: &[Named], values: &BTreeMap<String, f64>) -> Result<Vec<f64>, WeightsError> {
    if let Some(name) = values.keys().find(|name| named.iter().all(|n| n.0 != name.as_str())) {
        return Err(WeightsError::Unknown(format!("{block}.{name}")));
    }
    named
        .iter()
        .map(|(name, _)| {
            let full = format!("{block}.{name}");
            let value = values.get(*name).copied().ok_or_else(|| WeightsError::Missing(full.clone()))?;
            in_range(&full, value)
        })
        .collect()
}

fn in_range(name: &str, value: f64) -> Result<f64, WeightsError> {
    if value.abs() <= LARGEST {
        return Ok(value);
    }
    Err(WeightsError::OutOfRange { name: name.to_owned(), value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl Fn(&mut serde_json::Value)) -> String {
        let text = Weights::plain().write().expect("plain numbers");
        let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        change(&mut value);
        Weights::read(&value.to_string()).expect_err("refused").to_string()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let text = Weights::shipped().write().expect("plain numbers");
        assert_eq!(Weights::read(&text).expect("reads"), *Weights::shipped());
    }

    #[test]
    fn the_shipped_file_holds_and_says_what_it_is() {
        let shipped = Weights::read(include_str!("../weights/simulated.json")).expect("reads");
        assert!(shipped.origin().fitted_on.contains("simulated") && shipped.origin().responses > 10_000);
    }

    #[test]
    fn a_file_that_does_not_hold_is_refused_with_the_cause() {
        assert!(refused(|v| v["format"] = 0.into()).contains("format 0"));
        assert!(refused(|v| v["item"]["difficulty"] = (-1.0).into()).contains("harder item"));
        assert!(refused(|v| v["item"]["difficulty_over_1"] = (-1.0).into()).contains("harder item"));
        assert!(refused(|v| v["general"]["ability"] = 1e9.into()).contains("general.ability"));
        assert!(refused(|v| v["skill"]["luck"] = 1.into()).contains("skill.luck"));
        let missing = refused(|v| drop(v["general"].as_object_mut().and_then(|g| g.remove("fast_ability"))));
        assert!(missing.contains("general.fast_ability"));
        assert!(refused(|v| v["item"] = 3.into()).contains("JSON"));
    }
}
