//! Lines of an equation to be solved.

use super::{Line, values, witness};
use crate::budget;
use crate::compare::compare;
use crate::exact::{Fraction, Polynomial, Refusal, Roots, Univariate, Work};
use crate::forms::{Form, form};
use crate::tree::{Expr, Name, Node, Sign, Statement};
use crate::unreadable::{Missing, Unreadable};
use crate::verdict::{Demand, Left, Task, Verdict};

/// An equation as the differences between its first side and each other side.
pub(super) struct Equation {
    differences: Vec<Fraction>,
}

impl Equation {
    /// From the worked-out sides; `None` if there is only one side or it grows too large.
    pub(super) fn new(sides: &[Fraction]) -> Option<Self> {
        let (first, rest) = sides.split_first()?;
        let work = &mut Work::new();
        let differences: Vec<Fraction> =
            rest.iter().map(|side| first.clone().plus(side.clone().negated(), work)).collect::<Result<_, _>>().ok()?;
        (!differences.is_empty()).then_some(Self { differences })
    }

    fn letters(&self) -> Vec<Name> {
        let parts = self.differences.iter().flat_map(|d| [&d.top, &d.bottom]);
        let mut letters: Vec<Name> = parts.flat_map(Polynomial::letters).collect();
        letters.sort_unstable();
        letters.dedup();
        letters
    }

    /// Its real solutions in `letter`; `None` if there are other letters, or if it takes too many steps.
    pub(super) fn roots(&self, letter: Name) -> Option<Roots> {
        let mut top: Option<Univariate> = None;
        let mut bottom: Option<Polynomial> = None;
        for difference in &self.differences {
            let next = Univariate::from_polynomial(&difference.top, letter)?;
            top = Some(top.map_or_else(|| next.clone(), |so_far| so_far.common(&next)));
            bottom = Some(match bottom {
                None => difference.bottom.clone(),
                Some(so_far) => so_far.times(&difference.bottom, &mut Work::new()).ok()?,
            });
        }
        let bottom = Univariate::from_polynomial(&bottom?, letter)?;
        let roots = Roots::new(&top?, &bottom);
        (!budget::is_spent()).then_some(roots)
    }

    /// True if both have the same real solutions.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`] if that cannot be decided within bounds.
    pub(super) fn same_solutions(&self, other: &Self) -> Result<bool, Refusal> {
        let mut letters = self.letters();
        letters.extend(other.letters());
        letters.sort_unstable();
        letters.dedup();
        let only = match letters.as_slice() {
            [] => Some(Name::from('x')),
            [only] => Some(*only),
            _ => None,
        };
        if let Some(letter) = only {
            if let (Some(a), Some(b)) = (self.roots(letter), other.roots(letter)) {
                let same = a.same(&b);
                return if budget::is_spent() { Err(Refusal::TooLarge) } else { Ok(same) };
            }
            let close = self.is_multiple_of(other);
            return close.then_some(true).ok_or(Refusal::TooLarge);
        }
        Ok(self.is_multiple_of(other))
    }

    /// True if every difference of both is, up to a constant, the same polynomial.
    fn is_multiple_of(&self, other: &Self) -> bool {
        let tops = self.differences.iter().chain(&other.differences);
        let mut tops = tops.map(|difference| &difference.top);
        let first = tops.next();
        first.is_some_and(|first| tops.all(|top| top.is_multiple_of(first)))
    }
}

/// Judges a line of a task to solve an equation for `variable`.
pub(super) fn judge(
    task: &Task,
    variable: Name,
    earlier: &[Statement],
    line: &Line<'_>,
) -> Result<Verdict, Unreadable> {
    let wrong = Verdict::Wrong { witness: None };
    let Some(start) = values(&task.start).ok().and_then(|s| Equation::new(&s)) else {
        return Ok(wrong);
    };
    if matches!(line.statement, Statement::Expression(_)) {
        let solution = start.roots(variable).and_then(|roots| roots.single());
        let is_solution = solution.is_some() && line.values[0].to_rational() == solution;
        return Ok(if is_solution { Verdict::Unfinished { left: Left::Equation } } else { wrong });
    }
    let letters = task.start.names();
    if line.statement.names().iter().any(|l| !letters.contains(l)) {
        return Ok(wrong);
    }
    let too_large = || Unreadable::new(line.statement.place(), Missing::TooLarge);
    let equation = Equation::new(line.values).ok_or_else(too_large)?;
    // Here π is a letter like any other: whether it can be divided by, the comparison knows.
    let is_constant = |letter: &Name| !letters.contains(letter);
    let has_constants = start.letters().iter().chain(&equation.letters()).any(is_constant);
    let same = match start.same_solutions(&equation) {
        Ok(false) if letters.len() > 1 || has_constants => {
            compare(&task.start, line.statement, &task.policy).is_equal()
        }
        found => found.map_err(|_| too_large())?,
    };
    if !same {
        let witness = witness::of_equation(task, earlier, variable, line, &equation);
        return Ok(Verdict::Wrong { witness });
    }
    Ok(rate(task, variable, earlier, line.statement))
}

/// How far a right line has come.
pub(super) fn rate(task: &Task, variable: Name, earlier: &[Statement], line: &Statement) -> Verdict {
    // A system is solved for all of its letters.
    let unknowns = if task.start.joined().len() > 1 { task.start.names() } else { vec![variable] };
    let left = match reached(task.demand, &unknowns, line) {
        Some(Form::Finished) => return Verdict::Right { finished: true },
        _ if unknowns.len() > 1 && is_general_solution(line, &unknowns) => return Verdict::Right { finished: true },
        Some(Form::Left(left)) => Some(left),
        Some(Form::Underway) | None => None,
    };
    if std::iter::once(&task.start).chain(earlier).any(|known| known == line) {
        return Verdict::Unfinished { left: Left::Answer };
    }
    left.map_or(Verdict::Right { finished: false }, |left| Verdict::Unfinished { left })
}

/// True for `y = 7−2x`: one unknown in terms of others. As an answer to a system it says that the others are free, so that
/// there are infinitely many solutions.
fn is_general_solution(line: &Statement, unknowns: &[Name]) -> bool {
    let Statement::Relation { first, rest } = line else { return false };
    let [(Sign::Equal, second)] = rest.as_slice() else { return false };
    [(first, second), (second, first)].into_iter().any(|(side, other)| match side.unwrapped().node {
        Node::Name(name) => unknowns.contains(&name) && !other.names().contains(&name),
        _ => false,
    })
}

/// The form of the other side if one end of the line is an unknown by itself, or of a line that
/// says that there is no solution, or that every number is one.
pub(crate) fn reached(demand: Demand, unknowns: &[Name], line: &Statement) -> Option<Form> {
    match line {
        Statement::All(_) | Statement::None(_) => return Some(Form::Finished),
        Statement::And(parts) | Statement::Or(parts) | Statement::List(parts) => {
            // Done when every part is; otherwise what is left of the first that is not.
            let forms: Option<Vec<Form>> = parts.iter().map(|part| reached(demand, unknowns, part)).collect();
            return forms?.into_iter().find(|form| *form != Form::Finished).or(Some(Form::Finished));
        }
        Statement::Expression(_) | Statement::Relation { .. } => {}
    }
    let first = line.sides().next()?;
    let last = line.last()?;
    let is_variable = |side: &Expr| matches!(side.unwrapped().node, Node::Name(name) if unknowns.contains(&name));
    let other = match (is_variable(first), is_variable(last)) {
        (true, false) => last,
        (false, true) => first,
        _ => {
            // 1 < x ≤ 3
            if let [low, middle, high] = line.sides().collect::<Vec<_>>()[..]
                && is_variable(middle)
                && !matches!(line, Statement::Relation { rest, .. } if rest.iter().any(|(sign, _)| *sign == Sign::Equal))
            {
                let left = |side: &Expr| of_value(demand, unknowns, side).filter(|form| *form != Form::Finished);
                return Some(left(low).or_else(|| left(high)).unwrap_or(Form::Finished));
            }
            let plain = |side: &Expr| form(side, Demand::Value) == Form::Finished;
            return line.sides().all(plain).then_some(Form::Finished);
        }
    };
    of_value(demand, unknowns, other)
}

/// The form of what an unknown is equal to, or smaller or larger than; nothing if an unknown stands
/// there too.
fn of_value(demand: Demand, unknowns: &[Name], side: &Expr) -> Option<Form> {
    if let Some(digits) = digits_left(demand)
        && side.is_numeric()
    {
        // A root or a sum is right, and as an answer it has to be rounded.
        return Some(match form(side, demand) {
            Form::Underway => Form::Left(digits),
            found => found,
        });
    }
    if side.is_numeric() && !side.any(&|part| matches!(part.node, Node::Constant(_))) {
        return Some(form(side, demand));
    }
    let again = side.any(&|part| matches!(part.node, Node::Name(name) if unknowns.contains(&name)));
    (!again).then_some(Form::Finished)
}

/// What is left of an answer that is not rounded as is asked for.
fn digits_left(demand: Demand) -> Option<Left> {
    match demand {
        Demand::Decimals { .. } => Some(Left::Decimals),
        Demand::Significant { .. } => Some(Left::SignificantDigits),
        _ => None,
    }
}
