//! Linear text: `5(x−2)−3 = 2x+8`.

use super::joint::needs_space;
use super::{Notation, number};
use crate::precedence::{begins_with_function, is_closed_call, radical, raised_digits};
use crate::tree::{Call, Expr, Node, Over, Statement, Times, Unit, UnitPower};

const NO_BREAK_SPACE: char = '\u{a0}';

/// A statement on one line, with real minus signs, raised exponents and spaces around the signs of
/// relations only.
#[must_use]
pub fn text(statement: &Statement, notation: Notation) -> String {
    let joined = |parts: &[Statement], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| inner_text(part, statement, notation)).collect();
        parts.join(&format!(" {word} "))
    };
    match statement {
        Statement::Expression(only) => expression_text(only, notation),
        Statement::Relation { first, rest } => {
            let mut out = expression_text(first, notation);
            for (sign, side) in rest {
                out.push_str(&format!(" {} {}", sign.symbol(), expression_text(side, notation)));
            }
            out
        }
        Statement::And(parts) => joined(parts, notation.and()),
        Statement::Or(parts) => joined(parts, notation.or()),
        Statement::List(parts) => list(parts, statement, notation),
        Statement::All(_) => notation.all().into(),
        Statement::None(_) => notation.none().into(),
    }
}

/// A part of `whole`, in brackets if it would fall apart there.
fn inner_text(part: &Statement, whole: &Statement, notation: Notation) -> String {
    let inner = text(part, notation);
    if needs_brackets(part, whole) { format!("({inner})") } else { inner }
}

/// True if `part` is joined more loosely than `whole`.
pub(super) fn needs_brackets(part: &Statement, whole: &Statement) -> bool {
    let looseness = |statement: &Statement| match statement {
        Statement::Or(_) => 3,
        Statement::List(_) => 2,
        Statement::And(_) => 1,
        _ => 0,
    };
    looseness(part) >= looseness(whole) && !is_point(part)
}

/// True for the coordinates of a point, which always stand in a bracket.
pub(super) fn is_point(statement: &Statement) -> bool {
    let coordinate = |part: &Statement| matches!(part, Statement::Expression(_));
    matches!(statement, Statement::List(parts) if parts.iter().all(coordinate))
}

/// With commas where they cannot be taken for decimal signs.
fn list(parts: &[Statement], list: &Statement, notation: Notation) -> String {
    let parts: Vec<String> = parts.iter().map(|part| inner_text(part, list, notation)).collect();
    if is_point(list) {
        return format!("({})", parts.join("; "));
    }
    let clear = parts.iter().skip(1).all(|part| part.starts_with(char::is_alphabetic));
    parts.join(if clear { ", " } else { "; " })
}

/// An expression on one line.
#[must_use]
pub fn expression_text(expr: &Expr, notation: Notation) -> String {
    let mut out = String::new();
    Printer(notation).write(&expr.bracketed(), &mut out);
    out
}

/// Prints trees that have the brackets they need.
struct Printer(Notation);

impl Printer {
    fn write(&self, expr: &Expr, out: &mut String) {
        match &expr.node {
            Node::Number(number) => out.push_str(&number::written(number, self.0)),
            Node::Mixed { whole, top, bottom } => {
                let [whole, top, bottom] = [whole, top, bottom].map(|number| number::written(number, self.0));
                let joint = if looks_like_thousands(&top) { " \u{2064}" } else { " " };
                out.push_str(&format!("{whole}{joint}{top}/{bottom}"));
            }
            Node::Name(name) => out.push_str(&match name.subscript() {
                Some(digits) if digits.chars().all(|digit| digit.is_ascii_digit()) => {
                    format!("{}{}", name.letters(), digits.chars().map(lowered).collect::<String>())
                }
                _ => name.to_string(),
            }),
            Node::Constant(constant) => out.push(constant.symbol()),
            Node::Bracket(inner) => self.between('(', inner, ')', out),
            Node::Abs(inner) if has_bars(inner) => {
                out.push_str("abs");
                self.between('(', inner, ')', out);
            }
            Node::Abs(inner) => self.between('|', inner, '|', out),
            Node::Positive(inner) => self.prefixed('+', inner, out),
            Node::Negative(inner) => self.prefixed('−', inner, out),
            Node::EitherSign(sign, inner) => self.prefixed(sign.symbol(), inner, out),
            Node::Percent(inner) => self.suffixed(inner, "\u{a0}%", out),
            Node::Permille(inner) => self.suffixed(inner, "\u{a0}‰", out),
            Node::Degrees(inner) => self.suffixed(inner, "°", out),
            Node::Sum(a, b) => self.pair(a, '+', b, out),
            Node::Difference(a, b) => self.pair(a, '−', b, out),
            Node::SumOrDifference(a, sign, b) => self.pair(a, sign.symbol(), b, out),
            Node::Product(a, Times::Implied, b) => self.implied(a, b, out),
            Node::Product(a, times, b) => self.pair(a, if *times == Times::Dot { '·' } else { '×' }, b, out),
            Node::Quotient(a, over, b) => {
                let sign = match over {
                    Over::Bar => '/',
                    Over::Colon => ':',
                    Over::Obelus => '÷',
                };
                self.pair(a, sign, b, out);
            }
            Node::Power(base, exponent) => {
                self.write(base, out);
                self.exponent(exponent, out);
            }
            Node::Root { degree, radicand } => self.root(degree.as_deref(), radicand, out),
            Node::Call(call) => self.call(call, out),
            Node::Quantity(value, unit) => {
                self.write(value, out);
                out.push(NO_BREAK_SPACE);
                out.push_str(&unit_text(unit));
            }
            Node::Compound(a, b) => self.pair(a, ' ', b, out),
        }
    }

    fn between(&self, open: char, inner: &Expr, close: char, out: &mut String) {
        out.push(open);
        self.write(inner, out);
        out.push(close);
    }

    fn prefixed(&self, sign: char, inner: &Expr, out: &mut String) {
        out.push(sign);
        self.write(inner, out);
    }

    fn suffixed(&self, inner: &Expr, sign: &str, out: &mut String) {
        self.write(inner, out);
        out.push_str(sign);
    }

    fn pair(&self, a: &Expr, sign: char, b: &Expr, out: &mut String) {
        self.write(a, out);
        out.push(sign);
        self.write(b, out);
    }

    /// Factors one after the other, with a space where their letters would be read as a word. Of letters that would,
    /// as many stand together from the left as would not.
    fn implied(&self, a: &Expr, b: &Expr, out: &mut String) {
        let (mut first, mut rest) = (a, vec![b]);
        while let Node::Product(a, Times::Implied, b) = &first.node {
            first = a;
            rest.push(b);
        }
        self.write(first, out);
        let written = |factor: &&Expr| {
            let mut text = String::new();
            self.write(factor, &mut text);
            (text, begins_with_function(factor))
        };
        let rest: Vec<(String, bool)> = rest.iter().rev().map(written).collect();
        for (at, (text, is_function)) in rest.iter().enumerate() {
            let together = rest.iter().skip(at).enumerate();
            let mut together = together.take_while(|(ahead, (_, is_function))| *ahead == 0 || !is_function);
            let mut after = String::new();
            let fits = together.any(|(_, (text, _))| {
                after.push_str(text);
                !needs_space(out, &after)
            });
            if *is_function || !fits {
                out.push(' ');
            }
            out.push_str(text);
        }
    }

    fn exponent(&self, exponent: &Expr, out: &mut String) {
        if let Some((number, negative)) = raised_digits(exponent) {
            if negative {
                out.push('⁻');
            }
            out.extend(number.value.to_integer().to_string().chars().map(raised));
        } else {
            out.push('^');
            self.write(exponent, out);
        }
    }

    fn root(&self, degree: Option<&Expr>, radicand: &Expr, out: &mut String) {
        if let Some(sign) = radical(degree) {
            self.prefixed(sign, radicand, out);
        } else if let Some(degree) = degree {
            out.push_str("root(");
            self.write(radicand, out);
            out.push_str("; ");
            self.write(degree, out);
            out.push(')');
        }
    }

    fn call(&self, call: &Call, out: &mut String) {
        out.push_str(call.function.name());
        if let Some(base) = &call.base {
            out.push('_');
            match &base.node {
                // A space within it would end the base.
                Node::Number(number) => out.push_str(&number::ungrouped(number, self.0)),
                _ => self.write(base, out),
            }
        }
        if let Some(exponent) = &call.exponent {
            self.exponent(exponent, out);
        }
        let spelled = matches!(&call.argument.node, Node::Abs(inner) if has_bars(inner));
        if spelled || !is_closed_call(call) {
            out.push(' ');
        }
        self.write(&call.argument, out);
    }
}

/// True if these digits after a number and a space would be read as its thousands.
fn looks_like_thousands(digits: &str) -> bool {
    digits.chars().take_while(char::is_ascii_digit).count() == 3
}

/// True if a bar would be printed inside, outside of all brackets.
fn has_bars(expr: &Expr) -> bool {
    match &expr.node {
        Node::Bracket(_) => false,
        Node::Abs(_) => true,
        _ => expr.each_part().any(has_bars),
    }
}

/// A unit as text: `m/s²`.
pub(super) fn unit_text(unit: &Unit) -> String {
    let product = |units: &[UnitPower]| units.iter().map(one_unit).collect::<Vec<_>>().join("·");
    match unit.below.as_slice() {
        [] => product(&unit.above),
        [only] => format!("{}/{}", product(&unit.above), one_unit(only)),
        several => format!("{}/({})", product(&unit.above), product(several)),
    }
}

fn one_unit(unit: &UnitPower) -> String {
    if unit.power == 1 {
        return unit.word.clone();
    }
    let sign = if unit.power < 0 { "⁻" } else { "" };
    let digits: String = unit.power.unsigned_abs().to_string().chars().map(raised).collect();
    format!("{}{sign}{digits}", unit.word)
}

pub(super) fn raised(digit: char) -> char {
    match digit {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        _ => '⁹',
    }
}

fn lowered(digit: char) -> char {
    digit.to_digit(10).and_then(|digit| char::from_u32(u32::from('₀') + digit)).unwrap_or(digit)
}
