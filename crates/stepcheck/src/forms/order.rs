//! The same expression, up to how it is arranged.
//!
//! Terms and factors are sorted. A difference is a sum with a sign, a quotient a product with a
//! reciprocal; nothing is worked out: `x+x` is not `2x`, `(−a)·(−b)` is not `a·b`, and `√x` is not
//! `x^(1/2)`.

use crate::budget;
use crate::tree::{Call, Expr, Node, Number, Sign, Statement};

/// How alike two lines have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// The same tree; brackets that change nothing may differ.
    Written,
    /// Up to the order and the grouping of terms and factors, of the two sides of an equation and of
    /// statements joined by «and» or «or». Signs move freely within a product.
    Order,
    /// As [`Sameness::Order`], and signs may be taken out of sums and powers and may cancel:
    /// `(1−x)(−x−2)` is `(x−1)(x+2)`. Both sides of a relation may change sign together.
    OrderAndSigns,
}

/// True if `a` and `b` are the same up to what `sameness` allows.
///
/// ```
/// use stepcheck::{Sameness, read, same};
/// let (Ok(a), Ok(b)) = (read("2x+1"), read("1+x·2")) else { unreachable!() };
/// assert!(same(&a, &b, Sameness::Order) && !same(&a, &b, Sameness::Written));
/// ```
#[must_use]
pub fn same(a: &Statement, b: &Statement, sameness: Sameness) -> bool {
    budget::begin();
    let arranged = |statement: &Statement| match sameness {
        Sameness::Written => statement.map_sides(&mut super::kernels::without_brackets),
        _ => statement.clone(),
    };
    match sameness {
        Sameness::Written => arranged(a) == arranged(b),
        Sameness::Order => of_statement(a, false) == of_statement(b, false),
        Sameness::OrderAndSigns => of_statement(a, true) == of_statement(b, true),
    }
}

/// A tree whose parts are sorted where their order means nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Arranged {
    head: String,
    parts: Vec<Self>,
}

impl Arranged {
    fn new(head: impl Into<String>, parts: Vec<Self>) -> Self {
        Self { head: head.into(), parts }
    }

    /// The sorted parts under `head`; the part itself if there is only one.
    fn many(head: &str, mut parts: Vec<Self>) -> Self {
        parts.sort();
        match parts.len() {
            1 => parts.remove(0),
            _ => Self::new(head, parts),
        }
    }
}

fn of_statement(statement: &Statement, signs: bool) -> Arranged {
    let all = |head: &str, parts: &[Statement]| {
        let mut parts: Vec<Arranged> = parts.iter().map(|part| of_statement(part, signs)).collect();
        parts.sort();
        Arranged::new(head, parts)
    };
    match statement {
        Statement::Expression(only) => Arranger { signs }.expression(only),
        Statement::Relation { first, rest } => match rest.as_slice() {
            [(sign, second)] => of_relation(first, *sign, second, signs),
            _ => {
                let mut parts = vec![Arranger { signs }.expression(first)];
                for (sign, side) in rest {
                    parts.push(Arranged::new(sign.symbol(), Vec::new()));
                    parts.push(Arranger { signs }.expression(side));
                }
                Arranged::new("chain", parts)
            }
        },
        Statement::And(parts) => all("and", parts),
        Statement::Or(parts) => all("or", parts),
        Statement::List(parts) => all("list", parts),
        Statement::All(_) => Arranged::new("all", Vec::new()),
        Statement::None(_) => Arranged::new("none", Vec::new()),
    }
}

fn of_relation(first: &Expr, sign: Sign, second: &Expr, signs: bool) -> Arranged {
    let arranger = Arranger { signs };
    let (mut left, mut right) = (arranger.signed(first), arranger.signed(second));
    let mut sign = sign;
    let commutes = matches!(sign, Sign::Equal | Sign::NotEqual | Sign::Approximately);
    if commutes && (&right.1, right.0) < (&left.1, left.0) {
        std::mem::swap(&mut left, &mut right);
    }
    if signs && left.0 > 0 {
        // Both sides times −1.
        left.0 = 0;
        right.0 = (right.0 + 1) % 2;
        sign = sign.flipped();
    }
    let side = |(minus, body): (usize, Arranged)| with_signs(minus, body);
    Arranged::new(sign.symbol(), vec![side(left), side(right)])
}

fn with_signs(minus: usize, body: Arranged) -> Arranged {
    if minus == 0 {
        return body;
    }
    let mut parts = if body.head == "·" { body.parts } else { vec![body] };
    parts.extend((0..minus).map(|_| Arranged::new("−", Vec::new())));
    Arranged::many("·", parts)
}

#[derive(Clone, Copy)]
struct Arranger {
    signs: bool,
}

impl Arranger {
    fn expression(self, expr: &Expr) -> Arranged {
        let (minus, body) = self.signed(expr);
        with_signs(minus, body)
    }

    /// How many minus signs stand before it, and the rest.
    fn signed(self, expr: &Expr) -> (usize, Arranged) {
        let (minus, body) = match &expr.node {
            Node::Bracket(inner) | Node::Positive(inner) => self.signed(inner),
            Node::Negative(inner) => {
                let (minus, body) = self.signed(inner);
                (minus + 1, body)
            }
            Node::Sum(..) | Node::Difference(..) => self.sum(expr),
            Node::Product(..) | Node::Quotient(..) => {
                let mut parts = Vec::new();
                let minus = self.factors(expr, &mut parts);
                (minus, Arranged::many("·", parts))
            }
            Node::Power(base, exponent) => self.power(base, exponent),
            _ => (0, self.other(expr)),
        };
        (if self.signs { minus % 2 } else { minus }, body)
    }

    fn sum(self, expr: &Expr) -> (usize, Arranged) {
        let mut parts = Vec::new();
        self.terms(expr, 0, &mut parts);
        parts.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        let turned = self.signs && parts.first().is_some_and(|(minus, _)| *minus == 1);
        let terms = parts.into_iter().map(|(minus, body)| {
            let minus = if turned { (minus + 1) % 2 } else { minus };
            with_signs(minus, body)
        });
        (usize::from(turned), Arranged::many("+", terms.collect()))
    }

    fn terms(self, expr: &Expr, minus: usize, parts: &mut Vec<(usize, Arranged)>) {
        match &expr.node {
            Node::Bracket(inner) if minus == 0 => self.terms(inner, 0, parts),
            Node::Positive(inner) => self.terms(inner, minus, parts),
            Node::Sum(a, b) if minus == 0 => {
                self.terms(a, 0, parts);
                self.terms(b, 0, parts);
            }
            Node::Difference(a, b) if minus == 0 => {
                self.terms(a, 0, parts);
                self.terms(b, 1, parts);
            }
            _ => {
                let (own, body) = self.signed(expr);
                let minus = own + minus;
                parts.push((if self.signs { minus % 2 } else { minus }, body));
            }
        }
    }

    /// Gathers the factors; returns how many minus signs stand among them.
    fn factors(self, expr: &Expr, parts: &mut Vec<Arranged>) -> usize {
        match &expr.node {
            Node::Bracket(inner) | Node::Positive(inner) => self.factors(inner, parts),
            Node::Negative(inner) => self.factors(inner, parts) + 1,
            Node::Product(a, _, b) => self.factors(a, parts) + self.factors(b, parts),
            Node::Quotient(a, _, b) => {
                let above = self.factors(a, parts);
                let (below, body) = self.signed(b);
                if self.signs {
                    parts.push(Arranged::new("1/", vec![body]));
                    return above + below;
                }
                parts.push(Arranged::new("1/", vec![with_signs(below, body)]));
                above
            }
            _ => {
                let (minus, body) = self.signed(expr);
                parts.push(body);
                minus
            }
        }
    }

    fn power(self, base: &Expr, exponent: &Expr) -> (usize, Arranged) {
        let (minus, body) = self.signed(base);
        let size = self.expression(exponent);
        let whole = super::whole(exponent).filter(|_| self.signs);
        match whole {
            Some(whole) => {
                let minus = if whole % 2 == 0 { 0 } else { minus };
                (minus, Arranged::new("^", vec![body, size]))
            }
            None => (0, Arranged::new("^", vec![with_signs(minus, body), size])),
        }
    }

    fn other(self, expr: &Expr) -> Arranged {
        let number = |number: &Number| {
            let kind = if number.is_whole() { "whole" } else { "decimal" };
            format!("{kind} {}", number.value)
        };
        let head = match &expr.node {
            Node::Number(own) => number(own),
            Node::Mixed { whole, top, bottom } => {
                format!("{} {} {}", number(whole), number(top), number(bottom))
            }
            Node::Name(name) => format!("name {name}"),
            Node::Constant(constant) => format!("constant {}", constant.symbol()),
            Node::Percent(_) => "%".into(),
            Node::Permille(_) => "‰".into(),
            Node::Degrees(_) => "°".into(),
            Node::Abs(_) => "||".into(),
            Node::EitherSign(sign, _) => format!("prefix {}", sign.symbol()),
            Node::SumOrDifference(_, sign, _) => sign.symbol().into(),
            Node::Root { degree, .. } => format!("root {}", degree.is_some()),
            Node::Call(Call { function, base, exponent, .. }) => {
                format!("{} {} {}", function.name(), base.is_some(), exponent.is_some())
            }
            Node::Quantity(_, unit) => format!("{:?} {:?}", unit.above, unit.below),
            Node::Compound(..) => "compound".into(),
            _ => String::new(),
        };
        Arranged::new(head, expr.each_part().map(|part| self.expression(part)).collect())
    }
}
