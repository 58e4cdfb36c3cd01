//! How long people's data are kept, as each controller has instructed.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::privacy::retention::{Change, Choice, Keeping, Policy, PolicyError};

/// What holds for every controller, and what for single ones.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// The preset where a controller has chosen none; `kikora` if it is left out.
    pub preset: Option<String>,
    /// Other periods, by the rule's id.
    pub rules: BTreeMap<String, Change>,
    /// By the controller's name or id, instead of the two above.
    pub controllers: BTreeMap<String, Choice>,
}

impl Retention {
    /// The rules that hold for a controller.
    ///
    /// # Errors
    /// A choice that cannot hold; the settings were refused with it.
    pub fn policy(&self, id: &str, name: &str) -> Result<Policy, PolicyError> {
        let own = self.controllers.iter().find(|(of, _)| *of == id || of.to_lowercase() == name.to_lowercase());
        own.map_or_else(|| self.usual(), |(_, choice)| Policy::of(choice))
    }

    fn usual(&self) -> Result<Policy, PolicyError> {
        let choice = Choice { rules: self.rules.clone(), ..Choice::default() };
        Policy::of(&Choice { preset: self.preset.clone().unwrap_or(choice.preset), rules: choice.rules })
    }

    /// How long copies are kept, which are of everybody at once: as long as one controller has to have them, and no longer
    /// than any may.
    ///
    /// # Errors
    /// A choice that cannot hold, or two that cannot hold together; the settings were refused with it.
    pub fn keeping(&self) -> Result<Keeping, PolicyError> {
        let own = self.controllers.values().map(Policy::of);
        let policies = own.chain([self.usual()]).collect::<Result<Vec<_>, _>>()?;
        Keeping::of(policies.iter().flat_map(|policy| &policy.rules))
    }

    pub(super) fn check(&self) -> Result<(), PolicyError> {
        self.keeping().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_controller_has_its_own_choice_and_the_others_the_usual_one() {
        let set = "rules.inactive.after = \"P12M\"\n[controllers.\"Norrlida kommun\"]\npreset = \"nextgen\"";
        let retention: Retention = toml::from_str(set).expect("settings");
        let of = |name: &str| {
            let policy = retention.policy("00", name).expect("a policy");
            policy.rules.iter().find(|rule| rule.id == "inactive").map(|rule| rule.after.to_string())
        };
        assert_eq!(of("Söderby kommun").as_deref(), Some("P12M"));
        assert_eq!(of("norrlida kommun").as_deref(), Some("P2Y"));
    }

    #[test]
    fn a_choice_that_cannot_hold_is_refused() {
        for set in [
            "preset = \"canvas\"",
            "rules.inactive.after = \"P3Y\"",
            "controllers.Norrlida.rules.backups-ceiling.after = \"P1D\"",
            "rules.backups-ceiling.after = \"P31D\"\n[controllers.Norrlida.rules.backups-floor]\nafter = \"P33D\"\nground = \"x\"",
        ] {
            let retention: Retention = toml::from_str(set).expect("settings");
            assert!(retention.check().is_err(), "{set}");
        }
    }
}
