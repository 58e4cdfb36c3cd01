//! What an exercise asks for: `demand = { kind = "solved", variable = "x" }`.

use serde::Deserialize;
use stepcheck::Demand;

/// More decimals or digits are a slip of the keyboard.
const MOST_DIGITS: u8 = 12;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DemandTable {
    kind: DemandKind,
    variable: Option<char>,
    places: Option<u8>,
    digits: Option<u8>,
}

/// Every form that the line checker knows.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DemandKind {
    Value,
    LowestTerms,
    Decimal,
    Simplified,
    Solved,
    Mixed,
    Improper,
    NumbersInLowestTerms,
    Expanded,
    Factored,
    CompletedSquare,
    SingleFraction,
    PartialFractions,
    Exact,
    Standard,
    Decimals,
    Significant,
    Unit,
}

impl DemandTable {
    /// The demand; the error says what is missing or too much.
    pub(super) fn read(&self) -> Result<Demand, String> {
        let demand = match self.kind {
            DemandKind::Value => Demand::Value,
            DemandKind::LowestTerms => Demand::LowestTerms,
            DemandKind::Decimal => Demand::Decimal,
            DemandKind::Simplified => Demand::Simplified,
            DemandKind::Solved => Demand::Solved { variable: self.letter("solved")? },
            DemandKind::Mixed => Demand::Mixed,
            DemandKind::Improper => Demand::Improper,
            DemandKind::NumbersInLowestTerms => Demand::NumbersInLowestTerms,
            DemandKind::Expanded => Demand::Expanded,
            DemandKind::Factored => Demand::Factored { variable: self.letter("factored")? },
            DemandKind::CompletedSquare => Demand::CompletedSquare { variable: self.letter("completed_square")? },
            DemandKind::SingleFraction => Demand::SingleFraction,
            DemandKind::PartialFractions => Demand::PartialFractions { variable: self.letter("partial_fractions")? },
            DemandKind::Exact => Demand::Exact,
            DemandKind::Standard => Demand::Standard,
            DemandKind::Decimals => Demand::Decimals { places: count("places", self.places, 0)? },
            DemandKind::Significant => Demand::Significant { digits: count("digits", self.digits, 1)? },
            DemandKind::Unit => Demand::Unit,
        };
        let has_letter = matches!(
            demand,
            Demand::Solved { .. }
                | Demand::Factored { .. }
                | Demand::CompletedSquare { .. }
                | Demand::PartialFractions { .. }
        );
        let needless = [
            ("variable", self.variable.is_some() && !has_letter),
            ("places", self.places.is_some() && self.kind != DemandKind::Decimals),
            ("digits", self.digits.is_some() && self.kind != DemandKind::Significant),
        ];
        match needless.into_iter().find(|(_, needless)| *needless) {
            Some((key, _)) => Err(format!("this kind has no {key}; take it away")),
            None => Ok(demand),
        }
    }

    fn letter(&self, kind: &str) -> Result<stepcheck::Name, String> {
        let letter = self.variable.filter(|letter| letter.is_alphabetic());
        letter.map(Into::into).ok_or_else(|| format!("name the letter: {{ kind = \"{kind}\", variable = \"x\" }}"))
    }
}

fn count(key: &str, found: Option<u8>, least: u8) -> Result<u8, String> {
    found
        .filter(|count| (least..=MOST_DIGITS).contains(count))
        .ok_or_else(|| format!("say how many: {key} = 2, from {least} to {MOST_DIGITS}"))
}
