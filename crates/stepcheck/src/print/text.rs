//! Linear text: `5(x−2)−3 = 2x+8`.

use super::level::{Level, Slot, factor_slots, quotient_slots, shown};
use super::{Notation, number};
use crate::read::is_word;
use crate::tree::{Expr, Node, Over, Statement, Times, UnitPower};

/// A statement on one line, with real minus signs, raised exponents and spaces around `=` only.
#[must_use]
pub fn text(statement: &Statement, notation: Notation) -> String {
    match statement {
        Statement::Expression(only) => expression_text(only, notation),
        Statement::Relation { first, rest } => {
            let mut out = expression_text(first, notation);
            for (sign, side) in rest {
                out.push_str(&format!(" {} ", sign.symbol()));
                Printer(notation).write(side, Slot::signed(Level::Sum), &mut out);
            }
            out
        }
        Statement::And(parts) => joined(parts, " och ", notation),
        Statement::Or(parts) => joined(parts, " eller ", notation),
        Statement::List(parts) => joined(parts, "; ", notation),
        Statement::All(_) => "alla tal".into(),
        Statement::None(_) => "saknar lösning".into(),
    }
}

fn joined(parts: &[Statement], word: &str, notation: Notation) -> String {
    let parts: Vec<String> = parts.iter().map(|part| text(part, notation)).collect();
    parts.join(word)
}

/// An expression on one line.
#[must_use]
pub fn expression_text(expr: &Expr, notation: Notation) -> String {
    let mut out = String::new();
    Printer(notation).write(expr, Slot::signed(Level::Sum), &mut out);
    out
}

struct Printer(Notation);

impl Printer {
    fn write(&self, expr: &Expr, slot: Slot, out: &mut String) {
        if slot.fits(expr) {
            self.write_bare(expr, slot, out);
        } else {
            out.push('(');
            self.write_bare(expr, Slot::signed(Level::Sum), out);
            out.push(')');
        }
    }

    fn write_bare(&self, expr: &Expr, slot: Slot, out: &mut String) {
        match &expr.node {
            Node::Number(number) => out.push_str(&number::written(number, self.0)),
            Node::Mixed { whole, top, bottom } => {
                let part = |number| number::written(number, self.0);
                out.push_str(&format!("{} {}/{}", part(whole), part(top), part(bottom)));
            }
            Node::Name(name) => out.push_str(name.as_str()),
            Node::Constant(constant) => out.push(constant.symbol()),
            Node::Bracket(inner) => {
                out.push('(');
                self.write(inner, Slot::signed(Level::Sum), out);
                out.push(')');
            }
            Node::Positive(inner) => {
                out.push('+');
                self.write(inner, slot.after_sign(), out);
            }
            Node::Negative(inner) => {
                out.push('−');
                self.write(inner, slot.after_sign(), out);
            }
            Node::Percent(inner) => {
                self.write(inner, Slot::plain(Level::Primary), out);
                out.push_str("\u{a0}%");
            }
            Node::Sum(a, b) => self.write_sum(a, '+', b, out),
            Node::Difference(a, b) => self.write_sum(a, '−', b, out),
            Node::Product(a, times, b) => self.write_product(a, *times, b, out),
            Node::Quotient(a, over, b) => {
                let (top, bottom) = quotient_slots(a, *over, b);
                self.write(a, top, out);
                out.push(match over {
                    Over::Bar => '/',
                    Over::Colon => ':',
                    Over::Obelus => '÷',
                });
                self.write(b, bottom, out);
            }
            Node::Power(base, exponent) => {
                self.write(base, Slot::plain(Level::Primary), out);
                self.write_exponent(exponent, out);
            }
            Node::EitherSign(sign, inner) => {
                out.push(sign.symbol());
                self.write(inner, slot.after_sign(), out);
            }
            Node::SumOrDifference(a, sign, b) => self.write_sum(a, sign.symbol(), b, out),
            _ => self.write_named(expr, out),
        }
    }

    /// Functions, roots and quantities.
    fn write_named(&self, expr: &Expr, out: &mut String) {
        let primary = Slot::plain(Level::Primary);
        match &expr.node {
            Node::Degrees(inner) => {
                self.write(inner, primary, out);
                out.push('°');
            }
            Node::Abs(inner) => {
                out.push('|');
                self.write(inner, Slot::signed(Level::Sum), out);
                out.push('|');
            }
            Node::Root { degree, radicand } => {
                match degree {
                    None => out.push('√'),
                    Some(degree) => {
                        out.push_str("root_");
                        self.write(degree, primary, out);
                    }
                }
                self.write(radicand, primary, out);
            }
            Node::Call(call) => {
                out.push_str(call.function.name());
                if let Some(base) = &call.base {
                    out.push('_');
                    self.write(base, primary, out);
                }
                if let Some(exponent) = &call.exponent {
                    self.write_exponent(exponent, out);
                }
                out.push(' ');
                self.write(&call.argument, Slot::plain(Level::Implied), out);
            }
            Node::Quantity(value, unit) => {
                self.write(value, Slot::signed(Level::Signed), out);
                let words =
                    |words: &[UnitPower]| words.iter().map(|one| one.word.as_str()).collect::<Vec<_>>().join("·");
                out.push_str(&format!(" {}", words(&unit.above)));
                if !unit.below.is_empty() {
                    out.push_str(&format!("/{}", words(&unit.below)));
                }
            }
            Node::Compound(a, b) => {
                self.write(a, Slot::plain(Level::Product), out);
                out.push(' ');
                self.write(b, Slot::plain(Level::Product), out);
            }
            _ => {}
        }
    }

    fn write_sum(&self, a: &Expr, sign: char, b: &Expr, out: &mut String) {
        self.write(a, Slot::signed(Level::Sum), out);
        out.push(sign);
        self.write(b, Slot::signed(Level::Product), out);
    }

    fn write_product(&self, a: &Expr, times: Times, b: &Expr, out: &mut String) {
        let times = shown(a, times, b);
        let (left, right) = factor_slots(a, times, b);
        self.write(a, left, out);
        let joint = out.len();
        self.write(b, right, out);
        match times {
            Times::Dot => out.insert(joint, '·'),
            Times::Cross => out.insert(joint, '×'),
            Times::Implied if would_be_word(out, joint) => out.insert(joint, ' '),
            Times::Implied => {}
        }
    }

    fn write_exponent(&self, exponent: &Expr, out: &mut String) {
        let (sign, size) = match &exponent.node {
            Node::Negative(inner) => ("⁻", &inner.node),
            node => ("", node),
        };
        if let Node::Number(number) = size
            && number.is_whole()
        {
            out.push_str(sign);
            out.extend(number.value.to_integer().to_string().chars().map(raised));
        } else {
            out.push('^');
            self.write(exponent, Slot::signed(Level::Power), out);
        }
    }
}

/// True if the letters around byte `joint` would be read as a word when they stand together.
fn would_be_word(out: &str, joint: usize) -> bool {
    let (before, after) = out.split_at(joint);
    let left = before.chars().rev().take_while(|c| c.is_alphabetic());
    let mut run: Vec<char> = left.collect();
    if run.is_empty() || !after.starts_with(char::is_alphabetic) {
        return false;
    }
    run.reverse();
    run.extend(after.chars().take_while(|c| c.is_alphabetic()));
    is_word(&run)
}

fn raised(digit: char) -> char {
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
