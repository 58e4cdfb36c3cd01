//! What a controller has chosen: a preset, and where it keeps something shorter or, on a ground, longer.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Limit, PRESETS, Period, Preset, Rule};

/// A choice as it stands in the settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// One of [`PRESETS`].
    #[serde(default = "usual")]
    pub preset: String,
    /// By the rule's id.
    #[serde(default)]
    pub rules: BTreeMap<String, Change>,
}

fn usual() -> String {
    PRESETS[0].to_owned()
}

impl Default for Choice {
    fn default() -> Self {
        Self { preset: usual(), rules: BTreeMap::new() }
    }
}

/// Another period for one rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub after: Period,
    /// Why it is kept longer than the preset says; shorter needs none.
    pub ground: Option<String>,
}

/// The rules that hold for a controller.
#[derive(Clone, Debug)]
pub struct Policy {
    pub preset: String,
    pub rules: Vec<Rule>,
}

/// Why a choice cannot hold.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PolicyError {
    #[error("there is no preset {0}; choose one of {all}", all = PRESETS.join(", "))]
    NoPreset(String),
    #[error("{preset} has no rule {rule}; it has {all}")]
    NoRule { preset: String, rule: String, all: String },
    #[error("{rule}: {after} keeps it longer than the {ceiling} of the preset; write a ground, or a shorter period")]
    Longer { rule: String, after: String, ceiling: String },
    #[error("{rule}: {after} keeps it shorter than it has to be kept, {floor}; write that or longer")]
    Shorter { rule: String, after: String, floor: String },
    #[error(
        "copies are of everybody at once, and {floor} of one controller is longer than {ceiling} of another; agree on one"
    )]
    Apart { floor: String, ceiling: String },
    #[error("{rule}: the notice at {notice} would come after {after}; keep it longer than that")]
    Unasked { rule: String, notice: String, after: String },
}

impl Policy {
    /// The preset with the changes.
    ///
    /// # Errors
    /// No such preset or rule; a period that is longer without a ground, or that goes below a floor.
    pub fn of(choice: &Choice) -> Result<Self, PolicyError> {
        let preset = Preset::named(&choice.preset).ok_or_else(|| PolicyError::NoPreset(choice.preset.clone()))?;
        let mut rules = preset.rules;
        for (id, change) in &choice.rules {
            let floors: Vec<Period> = floors(&rules, id);
            let all = rules.iter().map(|rule| rule.id.clone()).collect::<Vec<_>>().join(", ");
            let Some(rule) = rules.iter_mut().find(|rule| rule.id == *id) else {
                return Err(PolicyError::NoRule { preset: choice.preset.clone(), rule: id.clone(), all });
            };
            check(rule, change, &floors)?;
            rule.after = change.after.clone();
        }
        Ok(Self { preset: choice.preset.clone(), rules })
    }
}

/// What else the law says of the same data.
fn floors(rules: &[Rule], id: &str) -> Vec<Period> {
    let covers = rules.iter().find(|rule| rule.id == id).map(|rule| rule.covers);
    let floors = rules.iter().filter(|rule| Some(rule.covers) == covers && rule.limit == Limit::Floor);
    floors.map(|rule| rule.after.clone()).collect()
}

fn check(rule: &Rule, change: &Change, floors: &[Period]) -> Result<(), PolicyError> {
    let (id, after) = (rule.id.clone(), change.after.to_string());
    if let Some(floor) = floors.iter().find(|floor| !floor.is_within(&change.after)) {
        return Err(PolicyError::Shorter { rule: id, after, floor: floor.to_string() });
    }
    let is_grounded = change.ground.as_deref().is_some_and(|ground| !ground.trim().is_empty());
    if !change.after.is_within(&rule.after) && !is_grounded {
        return Err(PolicyError::Longer { rule: id, after, ceiling: rule.after.to_string() });
    }
    if let Some(notice) = rule.notices.iter().find(|notice| !notice.is_within(&change.after)) {
        return Err(PolicyError::Unasked { rule: id, notice: notice.to_string(), after });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(text: &str) -> Result<Policy, PolicyError> {
        Policy::of(&toml::from_str(text).expect("a choice"))
    }

    fn after(policy: &Policy, id: &str) -> String {
        policy.rules.iter().find(|rule| rule.id == id).map(|rule| rule.after.to_string()).unwrap_or_default()
    }

    #[test]
    fn nothing_chosen_is_eighteen_months() {
        let policy = policy("").unwrap();
        assert_eq!((policy.preset.as_str(), after(&policy, "inactive").as_str()), ("kikora", "P18M"));
    }

    #[test]
    fn shorter_needs_no_ground_and_longer_does() {
        let shorter = policy("rules.inactive.after = \"P12M\"").unwrap();
        assert_eq!(
            (after(&shorter, "inactive").as_str(), after(&shorter, "agreement-ended").as_str()),
            ("P12M", "P18M")
        );
        let longer = policy("rules.inactive.after = \"P24M\"");
        assert!(matches!(longer, Err(PolicyError::Longer { .. })), "{longer:?}");
        let blank = policy("rules.inactive = { after = \"P24M\", ground = \" \" }");
        assert!(matches!(blank, Err(PolicyError::Longer { .. })), "{blank:?}");
        let grounded = policy("rules.inactive = { after = \"P24M\", ground = \"Upper secondary takes three years.\" }");
        assert_eq!(after(&grounded.unwrap(), "inactive"), "P24M");
    }

    #[test]
    fn nothing_goes_below_a_floor() {
        for rule in ["backups-floor", "backups-ceiling"] {
            let low = policy(&format!("rules.{rule}.after = \"P29D\""));
            assert!(matches!(low, Err(PolicyError::Shorter { .. })), "{rule}: {low:?}");
        }
        assert!(policy("rules.backups-ceiling.after = \"P31D\"").is_ok());
    }

    #[test]
    fn nobody_goes_unasked() {
        let unasked = policy("preset = \"nextgen\"\nrules.inactive.after = \"P20M\"");
        assert!(matches!(unasked, Err(PolicyError::Unasked { .. })), "{unasked:?}");
    }

    #[test]
    fn what_is_not_there_is_told_with_what_is() {
        assert!(policy("preset = \"canvas\"").is_err_and(|error| error.to_string().contains("nextgen")));
        assert!(
            policy("rules.inactiv.after = \"P1M\"").is_err_and(|error| error.to_string().contains("agreement-ended"))
        );
    }
}
