//! The presets: what five systems promise, and what every server does.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Anchor, Covers, Limit, Mode, Rule};

/// The presets by name; the first is used where none is chosen.
pub const PRESETS: [&str; 5] = ["kikora", "unikum", "infomentor", "nextgen", "learnster"];

/// The rules of one file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    pub name: String,
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

impl Preset {
    /// A preset with what every server does beside it; `None` if there is none of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let text = match name {
            "kikora" => include_str!("../../../policy/retention/kikora.toml"),
            "unikum" => include_str!("../../../policy/retention/unikum.toml"),
            "infomentor" => include_str!("../../../policy/retention/infomentor.toml"),
            "nextgen" => include_str!("../../../policy/retention/nextgen.toml"),
            "learnster" => include_str!("../../../policy/retention/learnster.toml"),
            _ => return None,
        };
        let mut preset = shipped(text);
        let own: BTreeSet<(Covers, Anchor)> = preset.rules.iter().map(|rule| (rule.covers, rule.anchor)).collect();
        let house = shipped(include_str!("../../../policy/retention/house.toml"));
        preset.rules.extend(house.rules.into_iter().filter(|rule| !own.contains(&(rule.covers, rule.anchor))));
        Some(preset)
    }

    /// Reads the rules of a file.
    ///
    /// # Errors
    /// What is wrong, with the rule and what to write.
    pub fn read(text: &str) -> Result<Self, String> {
        let preset: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut ids = BTreeSet::new();
        for rule in &preset.rules {
            let slip = |what: &str| Err(format!("rule {}: {what}", rule.id));
            if !ids.insert(&rule.id) {
                return slip("there is another one of this id; give each its own");
            }
            if rule.limit == Limit::May && rule.mode == Mode::Auto {
                return slip("what may go and need not is proposed; write mode = \"propose\"");
            }
            if let Some(late) = rule.notices.iter().find(|notice| !notice.is_within(&rule.after)) {
                return slip(&format!("the notice at {late} comes after {}; ask before that", rule.after));
            }
            if rule.notices.windows(2).any(|two| !two[0].is_within(&two[1])) {
                return slip("write the notices in the order in which they come");
            }
        }
        Ok(preset)
    }

    /// The rule of this id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

/// A file that is part of the program, which a test reads.
fn shipped(text: &str) -> Preset {
    Preset::read(text).unwrap_or_else(|slip| unreachable!("{slip}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::retention::{Action, Period};

    /// Every number that the five systems promise, and ours: preset, data, from, period, what becomes of it, by whom.
    const PROMISED: &str = "
        kikora       person          contract_end          P18M   anonymise auto
        kikora       person          last_activity         P18M   anonymise auto
        kikora       person          request               P0D    anonymise auto
        kikora       activity        event_end             P6M    anonymise auto
        kikora       person          consent_withdrawn     P30D   delete    auto
        kikora       backups         collected             P30D   delete    auto
        kikora       backups         collected             P35D   delete    auto
        kikora       key-history     collected             P7D    delete    auto
        kikora       audit-personal  collected             P2Y    redact    auto
        kikora       security-log    collected             PT24H  truncate  auto
        kikora       security-log    collected             P90D   delete    auto
        unikum       person          collected             P10Y   delete    propose
        unikum       person          subscription_end      P0D    delete    propose
        unikum       person          request               P0D    delete    auto
        unikum       request-answer  request               P1M    answer    auto
        infomentor   person          request               P0D    delete    propose
        infomentor   contacts        role_end              P0D    delete    auto
        infomentor   contacts        contract_end          P0D    delete    auto
        infomentor   mailing         consent_withdrawn     P0D    delete    auto
        nextgen      person          last_activity         P2Y    delete    auto
        nextgen      person          request               P0D    delete    auto
        nextgen      person          discovery             P0D    delete    auto
        nextgen      correspondence  relation_end          P5Y    delete    auto
        nextgen      support-cases   case_closed           P90D   delete    auto
        nextgen      contacts        account_end           P0D    delete    auto
        nextgen      consent-proof   consent_withdrawn     P2Y    delete    auto
        nextgen      references      consent_withdrawn     P0D    delete    auto
        nextgen      references      purpose_end           P0D    delete    auto
        nextgen      accounting      fiscal_year_end       P7Y    delete    auto
        nextgen      legal-claims    dispute_end           P0D    delete    auto
        learnster    contacts        contract_end_and_paid P1Y    delete    auto
        learnster    person          account_end           P1Y    delete    auto
        learnster    support-cases   case_closed           P1Y    delete    auto
        learnster    mailing         objection             P0D    delete    auto
        learnster    presentations   session_end           P0D    delete    auto
        learnster    improvement     collected             P3Y    delete    auto
        learnster    profiling       collected             P3Y    delete    auto
        learnster    statistics      collected             P1Y    delete    auto
        learnster    accounting      fiscal_year_end       P3Y    delete    auto
        learnster    accounting      fiscal_year_end       P7Y    delete    auto
    ";

    #[test]
    fn every_number_that_is_promised_is_a_rule_and_there_is_no_other() {
        let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let house: Vec<String> = shipped(include_str!("../../../policy/retention/house.toml"))
            .rules
            .into_iter()
            .map(|rule| rule.id)
            .collect();
        let mut written = Vec::new();
        for name in PRESETS {
            let preset = Preset::named(name).expect("a preset");
            assert_eq!(preset.name, name);
            for rule in preset.rules.iter().filter(|rule| name == "kikora" || !house.contains(&rule.id)) {
                let json = |value| word(serde_json::to_value(value).expect("a word"));
                let row = [
                    name.to_owned(),
                    word(serde_json::to_value(rule.covers).unwrap()),
                    word(serde_json::to_value(rule.anchor).unwrap()),
                    rule.after.to_string(),
                    json(&serde_json::to_value(rule.action).unwrap()),
                    json(&serde_json::to_value(rule.mode).unwrap()),
                ];
                written.push(row.join(" "));
            }
        }
        let mut promised: Vec<String> = PROMISED
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect();
        written.sort();
        promised.sort();
        assert_eq!(written, promised);
    }

    #[test]
    fn limits_notices_and_extensions_are_as_promised() {
        let rule = |preset: &str, id: &str| Preset::named(preset).unwrap().rule(id).cloned().unwrap();
        let periods = |written: &[&str]| written.iter().map(|one| one.parse().unwrap()).collect::<Vec<Period>>();
        assert_eq!(rule("nextgen", "inactive").notices, periods(&["P1Y", "P18M", "P23M"]));
        assert_eq!(rule("unikum", "answer").extension, Some("P2M".parse().unwrap()));
        assert_eq!(rule("unikum", "answer").warnings, [7, 3, 0]);
        assert_eq!(rule("unikum", "ten-years").limit, Limit::May);
        assert_eq!(rule("kikora", "backups-floor").limit, Limit::Floor);
        assert_eq!(rule("nextgen", "accounting").limit, Limit::Floor);
        assert_eq!(rule("kikora", "inactive").limit, Limit::Ceiling);
        // Every preset has what every server does.
        for name in PRESETS {
            assert!(Preset::named(name).unwrap().rule("key-history").is_some(), "{name}");
        }
        assert!(Preset::named("house").is_none() && Preset::named("").is_none());
    }

    #[test]
    fn slips_are_told_with_what_to_write() {
        let read = |rule: &str| Preset::read(&format!("name = \"own\"\n{rule}")).err().unwrap_or_default();
        let base =
            "[[rule]]\nid = \"a\"\ncovers = \"person\"\nanchor = \"request\"\naction = \"delete\"\nduty = \"K24\"\n";
        for (more, told) in [
            ("after = \"18 months\"\nmode = \"auto\"", "P18M"),
            ("after = \"P1Y\"\nmode = \"auto\"\nlimit = \"may\"", "propose"),
            ("after = \"P1Y\"\nmode = \"auto\"\nnotices = [\"P2Y\"]", "ask before that"),
            ("after = \"P1Y\"\nmode = \"auto\"\nnotices = [\"P6M\", \"P3M\"]", "order"),
            ("after = \"P1Y\"\nmode = \"sometimes\"", "auto"),
            ("after = \"P1Y\"\nmode = \"auto\"\nkeep = true", "keep"),
        ] {
            let error = read(&format!("{base}{more}"));
            assert!(error.contains(told), "{more}: {error}");
        }
        let twice = format!("{base}after = \"P1Y\"\nmode = \"auto\"\n").repeat(2);
        assert!(read(&twice).contains("its own"));
        assert!(
            Preset::read(&format!("name = \"own\"\n{base}after = \"P1Y\"\nmode = \"auto\""))
                .is_ok_and(|own| { own.rules[0].action == Action::Delete && own.rules[0].anchor == Anchor::Request })
        );
    }
}
