//! What a file says is asked for.

use serde::Deserialize;
use stepcheck::{Demand, Policy};

use super::choice::{ChoiceTemplate, OptionTable};
use super::gaps::{GapsTable, GapsTemplate};
use super::order::{By, OrderTemplate};
use super::pairs::PairsTemplate;
use super::parts::PartTemplate;
use super::point::PointTemplate;
use super::value::task_of;
use super::{Answer, Kind, Shuffle};
use crate::exercises::demand::DemandTable;
use crate::exercises::formula::Values;
use crate::exercises::piece::{PieceTable, fill_words};
use crate::exercises::template::{Template, WordValues};
use crate::exercises::words::Words;

/// `answer = { … }`: exactly one of the kinds, with what belongs to it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::exercises) struct AnswerTable {
    number: Option<String>,
    fraction: Option<String>,
    expression: Option<String>,
    /// Beside the field of a number.
    unit: Option<Words>,
    demand: Option<DemandTable>,
    choice: Option<Vec<OptionTable>>,
    #[serde(default)]
    several: bool,
    #[serde(default)]
    in_order: bool,
    order: Option<Vec<PieceTable>>,
    by: Option<By>,
    pairs: Option<Vec<[PieceTable; 2]>>,
    #[serde(default)]
    extra: Vec<PieceTable>,
    gaps: Option<GapsTable>,
    point: Option<Vec<String>>,
    explain: Option<Words>,
}

/// What is asked for, read.
#[derive(Clone, Debug)]
pub(in crate::exercises) enum AnswerTemplate {
    /// From the exercise's `start` to its `demand`.
    Lines {
        start: Template,
        demand: Demand,
    },
    Value {
        kind: Kind,
        calculation: Template,
        demand: Demand,
        unit: Option<Words<Template>>,
    },
    Choice(ChoiceTemplate),
    Order(OrderTemplate),
    Match(PairsTemplate),
    Gaps(GapsTemplate),
    Point(PointTemplate),
    Parts(Vec<PartTemplate>),
    Explain(Words<Template>),
}

impl AnswerTable {
    /// The kind; the error says what to write instead.
    pub(in crate::exercises) fn read(&self) -> Result<AnswerTemplate, String> {
        self.check()?;
        let values = [
            (&self.number, Kind::Number, Demand::Value),
            (&self.fraction, Kind::Fraction, Demand::LowestTerms),
            (&self.expression, Kind::Expression, Demand::Simplified),
        ];
        for (text, kind, usual) in values {
            if let Some(text) = text {
                return Ok(AnswerTemplate::Value {
                    kind,
                    calculation: Template::read(text)?,
                    demand: self.demand.as_ref().map_or(Ok(usual), DemandTable::read)?,
                    unit: self.unit.as_ref().map(|unit| unit.try_map(|text| Template::read(text))).transpose()?,
                });
            }
        }
        if let Some(options) = &self.choice {
            return ChoiceTemplate::read(options, self.several, self.in_order).map(AnswerTemplate::Choice);
        }
        if let Some(pieces) = &self.order {
            return OrderTemplate::read(pieces, self.by.unwrap_or_default()).map(AnswerTemplate::Order);
        }
        if let Some(pairs) = &self.pairs {
            return PairsTemplate::read(pairs, &self.extra).map(AnswerTemplate::Match);
        }
        if let Some(gaps) = &self.gaps {
            return GapsTemplate::read(gaps).map(AnswerTemplate::Gaps);
        }
        if let Some(point) = &self.point {
            return PointTemplate::read(point).map(AnswerTemplate::Point);
        }
        let sample = self.explain.as_ref().ok_or(ONE_KIND)?;
        sample.try_map(|text| Template::read(text)).map(AnswerTemplate::Explain)
    }

    /// Exactly one kind, and no key that belongs to another.
    fn check(&self) -> Result<(), String> {
        let values = [&self.number, &self.fraction, &self.expression].into_iter().flatten().count();
        let others = [
            self.choice.is_some(),
            self.order.is_some(),
            self.pairs.is_some(),
            self.gaps.is_some(),
            self.point.is_some(),
            self.explain.is_some(),
        ];
        if values + others.iter().filter(|there| **there).count() != 1 {
            return Err(ONE_KIND.into());
        }
        let stray = [
            ("unit", self.unit.is_some() && values == 0),
            ("demand", self.demand.is_some() && values == 0),
            ("several", self.several && self.choice.is_none()),
            ("in_order", self.in_order && self.choice.is_none()),
            ("by", self.by.is_some() && self.order.is_none()),
            ("extra", !self.extra.is_empty() && self.pairs.is_none()),
        ];
        match stray.into_iter().find(|(_, stray)| *stray) {
            Some((key, _)) => Err(format!("this kind of answer has no {key}; take it away")),
            None => Ok(()),
        }
    }
}

const ONE_KIND: &str = "write exactly one of number, fraction, expression, choice, order, pairs, gaps, point, explain";

impl AnswerTemplate {
    pub(in crate::exercises) const fn kind(&self) -> Kind {
        match self {
            Self::Lines { .. } => Kind::Lines,
            Self::Value { kind, .. } => *kind,
            Self::Choice(_) => Kind::Choice,
            Self::Order(_) => Kind::Order,
            Self::Match(_) => Kind::Match,
            Self::Gaps(_) => Kind::Gaps,
            Self::Point(_) => Kind::Point,
            Self::Parts(_) => Kind::Parts,
            Self::Explain(_) => Kind::Explain,
        }
    }

    /// Every template in it.
    pub(in crate::exercises) fn templates(&self) -> Vec<&Template> {
        match self {
            Self::Lines { start, .. } => vec![start],
            Self::Value { calculation, unit, .. } => {
                let unit = unit.iter().flat_map(|unit| [&unit.sv, &unit.en]);
                std::iter::once(calculation).chain(unit).collect()
            }
            Self::Choice(choice) => choice.templates(),
            Self::Order(order) => order.templates(),
            Self::Match(pairs) => pairs.templates(),
            Self::Gaps(gaps) => gaps.templates(),
            Self::Point(point) => point.templates(),
            Self::Parts(parts) => parts.iter().flat_map(PartTemplate::templates).collect(),
            Self::Explain(words) => vec![&words.sv, &words.en],
        }
    }

    /// Names of numbers in its conditions.
    pub(in crate::exercises) fn names_in_conditions(&self) -> Vec<char> {
        match self {
            Self::Choice(choice) => choice.names(),
            Self::Parts(parts) => parts.iter().flat_map(|part| part.answer.names_in_conditions()).collect(),
            _ => Vec::new(),
        }
    }

    pub(in crate::exercises) fn fill(
        &self,
        numbers: &Values,
        words: &WordValues,
        policy: &Policy,
        shuffle: &mut Shuffle<'_>,
    ) -> Result<Answer, String> {
        Ok(match self {
            Self::Lines { start, demand } => Answer::Lines(task_of(&start.fill(numbers)?, *demand, policy)?),
            Self::Value { kind, calculation, demand, unit } => Answer::Value {
                kind: *kind,
                task: task_of(&calculation.fill(numbers)?, *demand, policy)?,
                unit: unit.as_ref().map(|unit| fill_words(unit, numbers, words)).transpose()?,
            },
            Self::Choice(choice) => Answer::Choice(choice.fill(numbers, words, shuffle)?),
            Self::Order(order) => Answer::Order(order.fill(numbers, words, shuffle)?),
            Self::Match(pairs) => Answer::Match(pairs.fill(numbers, words, shuffle)?),
            Self::Gaps(gaps) => Answer::Gaps(gaps.fill(numbers, words, policy)?),
            Self::Point(point) => Answer::Point(point.fill(numbers)?),
            Self::Parts(parts) => {
                let fill = |part: &PartTemplate| part.fill(numbers, words, policy, shuffle);
                Answer::Parts(parts.iter().map(fill).collect::<Result<_, _>>()?)
            }
            Self::Explain(sample) => Answer::Explain(fill_words(sample, numbers, words)?),
        })
    }
}
