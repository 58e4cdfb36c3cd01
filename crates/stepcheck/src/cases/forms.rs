//! Cases about how a line is written.

use super::{Case, CaseVerdict, policy, verdict};
use crate::compare::compare;
use crate::forms::{Form, Sameness, form, same};
use crate::read::read_notation;
use crate::tree::{Expr, Name, Node, Statement};
use crate::verdict::Demand;

/// The letter that stands for a variable that is no letter, such as `sin(x)`.
const STAND_IN: char = 'ξ';

/// Judges `b`: it has to have the form, and the value of `a` if there is one.
pub(super) fn judge(case: &Case) -> CaseVerdict {
    let kind = case.kind.split_once(':').map_or("", |(_, kind)| kind);
    let read = |text: &Option<String>| text.as_deref().map(read_notation).transpose().ok().flatten();
    let Some(b) = read(&case.b) else { return CaseVerdict::NoAnswer };
    if let Some(sameness) = sameness_of(kind) {
        let Some(a) = read(&case.a) else { return CaseVerdict::NoAnswer };
        return if same(&a, &b, sameness) { CaseVerdict::Right } else { CaseVerdict::Wrong };
    }
    let variable = case.var.as_deref().and_then(|text| read_notation(text).ok());
    let (variable, stand_in) = match variable {
        Some(Statement::Expression(Expr { node: Node::Name(name), .. })) => (name, None),
        Some(Statement::Expression(other)) => (STAND_IN.into(), Some(other)),
        _ => ('x'.into(), None),
    };
    let Some(demand) = demand_of(kind, variable) else { return CaseVerdict::NoAnswer };
    let Statement::Expression(written) = &b else { return CaseVerdict::Wrong };
    let written = stand_in.as_ref().map_or_else(|| written.clone(), |part| replaced(written, part));
    if form(&written, demand) != Form::Finished {
        return CaseVerdict::Wrong;
    }
    match case.a {
        None => CaseVerdict::Right,
        Some(_) => match read(&case.a) {
            Some(a) if same(&a, &b, Sameness::OrderAndSigns) => CaseVerdict::Right,
            Some(a) => verdict(&compare(&a, &b, &policy(case))),
            None => CaseVerdict::NoAnswer,
        },
    }
}

fn sameness_of(kind: &str) -> Option<Sameness> {
    match kind {
        "identical" => Some(Sameness::Written),
        "same_upto_comm_assoc" => Some(Sameness::Order),
        "same_upto_comm_assoc_sign" => Some(Sameness::OrderAndSigns),
        _ => None,
    }
}

fn demand_of(kind: &str, variable: Name) -> Option<Demand> {
    Some(match kind {
        "factored" => Demand::Factored { variable },
        "expanded" => Demand::Expanded,
        "completed_square" => Demand::CompletedSquare { variable },
        "single_fraction" => Demand::SingleFraction,
        "partial_fractions" => Demand::PartialFractions { variable },
        "lowest_terms" => Demand::NumbersInLowestTerms,
        "improper_fraction" => Demand::Improper,
        "mixed_number" | "mixed" | "mixed_fraction" => Demand::Mixed,
        "simplified" => Demand::Simplified,
        _ => return None,
    })
}

fn replaced(expr: &Expr, part: &Expr) -> Expr {
    if expr == part {
        return Expr::new(expr.place, Node::Name(STAND_IN.into()));
    }
    expr.map_parts(&mut |inner| replaced(inner, part))
}
