//! What a solution of an equation may look like: a number, one with `±`, an exact root or a value
//! of a function.

use super::{Form, exact_value, is_arithmetic, number};
use crate::tree::{Expr, Node, Statement};
use crate::value::{Function, Line, Point, Term, lower};
use crate::verdict::{Demand, Left};

/// The form of the side that the variable stands beside.
pub(super) fn solution(expr: &Expr, demand: Demand) -> Form {
    match &expr.unwrapped().node {
        // ±3 is 3 or −3.
        Node::EitherSign(_, size) => solution(size, demand),
        Node::Degrees(size) if is_arithmetic(size) => number::form(size, demand),
        Node::Negative(size) if !is_arithmetic(size) => solution(size, demand),
        _ if is_arithmetic(expr) => number::form(expr, demand),
        _ => exactly(expr),
    }
}

fn exactly(expr: &Expr) -> Form {
    let left = Form::Left(Left::WorkOut);
    let upper = without_second_sign(expr);
    if is_arithmetic(&upper) || upper.any(&|part| matches!(part.node, Node::Degrees(_))) {
        return left;
    }
    match exact_value::exact(&upper) {
        Form::Finished if !comes_out_even(&upper) => Form::Finished,
        Form::Left(Left::Expand) | Form::Underway | Form::Finished => left,
        other => other,
    }
}

/// The expression with `+` for every `±`.
fn without_second_sign(expr: &Expr) -> Expr {
    let mut plain = expr.map_parts(&mut without_second_sign);
    plain.node = match plain.node {
        Node::SumOrDifference(a, _, b) => Node::Sum(a, b),
        Node::EitherSign(_, inner) => inner.node,
        other => other,
    };
    plain
}

/// Twelfths are looked at: a logarithm, sine or size whose value is a simple fraction is not worked
/// out.
const PARTS: f64 = 12.0;

/// True if a function in it, or all of it, is worth a simple fraction: `lg 100`, `sin 0`.
fn comes_out_even(expr: &Expr) -> bool {
    let Ok(Line::Value(term)) = lower(&Statement::Expression(expr.clone())) else { return true };
    let nowhere = Point::new(Vec::new());
    let even = |term: &Term| {
        let twelfths = term.near(&nowhere) * PARTS;
        let close = (twelfths - twelfths.round()).abs() <= 1e-9 * twelfths.abs().max(1.0);
        !twelfths.is_finite() || close
    };
    let mut found = even(&term);
    term.visit(&mut |part| found |= matches!(part, Term::Apply(Function::Ln | Function::Abs, _)) && even(part));
    found
}
