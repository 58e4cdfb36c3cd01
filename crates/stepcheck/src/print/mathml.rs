//! MathML Core for the pages: decimal comma, real minus, invisible times, brackets that do not
//! stretch around flat content, fractions without needless brackets.

use super::level::{Level, Slot, factor_slots, quotient_slots, shown};
use super::{Notation, expression_text, number, text};
use crate::tree::{Expr, Node, Number, Over, Statement, Times};

const INVISIBLE_TIMES: &str = "<mo>&#8290;</mo>";
const INVISIBLE_PLUS: &str = "<mo>&#8292;</mo>";

/// A whole `<math alttext="…">…</math>` for a statement.
#[must_use]
pub fn mathml(statement: &Statement) -> String {
    let mut row = String::new();
    match statement {
        Statement::Expression(only) => write(only, Slot::signed(Level::Sum), &mut row),
        Statement::Relation { first, rest } => {
            write(first, Slot::signed(Level::Sum), &mut row);
            for (sign, side) in rest {
                row.push_str(&format!("<mo>{}</mo>", sign.symbol()));
                write(side, Slot::signed(Level::Sum), &mut row);
            }
        }
        _ => row.push_str(&format!("<mtext>{}</mtext>", text(statement, Notation::Comma))),
    }
    whole(&text(statement, Notation::Comma), &row)
}

/// A whole `<math alttext="…">…</math>` for an expression.
#[must_use]
pub fn expression_mathml(expr: &Expr) -> String {
    let mut row = String::new();
    write(expr, Slot::signed(Level::Sum), &mut row);
    whole(&expression_text(expr, Notation::Comma), &row)
}

/// Only digits, letters and the signs of the grammar ever come here, so nothing needs escaping.
fn whole(linear: &str, row: &str) -> String {
    format!("<math alttext=\"{linear}\"><mrow>{row}</mrow></math>")
}

fn write(expr: &Expr, slot: Slot, out: &mut String) {
    if slot.fits(expr) {
        write_bare(expr, slot, out);
    } else {
        write_bracket(expr, out);
    }
}

fn write_bracket(inner: &Expr, out: &mut String) {
    // A stretchy bracket around flat content grows with the line in some browsers.
    let stretch = if is_tall(inner) { "" } else { " stretchy=\"false\"" };
    out.push_str(&format!("<mo{stretch}>(</mo>"));
    write_bare(inner, Slot::signed(Level::Sum), out);
    out.push_str(&format!("<mo{stretch}>)</mo>"));
}

fn is_tall(expr: &Expr) -> bool {
    expr.any(&|part| matches!(part.node, Node::Quotient(_, Over::Bar, _) | Node::Mixed { .. }))
}

fn write_bare(expr: &Expr, slot: Slot, out: &mut String) {
    match &expr.node {
        Node::Number(number) => write_number(number, out),
        Node::Mixed { whole, top, bottom } => {
            write_number(whole, out);
            out.push_str(INVISIBLE_PLUS);
            out.push_str("<mfrac>");
            write_number(top, out);
            write_number(bottom, out);
            out.push_str("</mfrac>");
        }
        Node::Name(name) => out.push_str(&format!("<mi>{name}</mi>")),
        Node::Constant(constant) => out.push_str(&format!("<mi>{}</mi>", constant.symbol())),
        Node::Bracket(inner) => write_bracket(inner, out),
        Node::Positive(inner) | Node::Negative(inner) => {
            let sign = if matches!(expr.node, Node::Negative(_)) { '−' } else { '+' };
            out.push_str(&format!("<mo form=\"prefix\">{sign}</mo>"));
            write(inner, slot.after_sign(), out);
        }
        Node::Percent(inner) => {
            write(inner, Slot::plain(Level::Primary), out);
            out.push_str("<mspace width=\"0.2em\"/><mo>%</mo>");
        }
        Node::Sum(a, b) => write_sum(a, '+', b, out),
        Node::Difference(a, b) => write_sum(a, '−', b, out),
        Node::Product(a, times, b) => write_product(a, *times, b, out),
        Node::Quotient(a, over, b) => write_quotient(a, *over, b, out),
        Node::Power(base, exponent) => {
            out.push_str("<msup>");
            write_row(base, Slot::plain(Level::Primary), out);
            write_row(exponent, Slot::signed(Level::Sum), out);
            out.push_str("</msup>");
        }
        _ => out.push_str(&format!("<mtext>{}</mtext>", expression_text(expr, Notation::Comma))),
    }
}

fn write_number(number: &Number, out: &mut String) {
    let digits = number::written(number, Notation::Comma);
    out.push_str(&format!("<mn>{digits}</mn>"));
}

/// Exactly one element, as `mfrac` and `msup` count their children.
fn write_row(expr: &Expr, slot: Slot, out: &mut String) {
    let single = matches!(expr.node, Node::Number(_) | Node::Name(_) | Node::Constant(_));
    if single {
        write(expr, slot, out);
    } else {
        out.push_str("<mrow>");
        write(expr, slot, out);
        out.push_str("</mrow>");
    }
}

fn write_sum(a: &Expr, sign: char, b: &Expr, out: &mut String) {
    write(a, Slot::signed(Level::Sum), out);
    out.push_str(&format!("<mo>{sign}</mo>"));
    write(b, Slot::signed(Level::Product), out);
}

fn write_product(a: &Expr, times: Times, b: &Expr, out: &mut String) {
    let times = shown(a, times, b);
    let (left, right) = factor_slots(a, times, b);
    write(a, left, out);
    out.push_str(match times {
        Times::Dot => "<mo>·</mo>",
        Times::Cross => "<mo>×</mo>",
        Times::Implied => INVISIBLE_TIMES,
    });
    write(b, right, out);
}

fn write_quotient(a: &Expr, over: Over, b: &Expr, out: &mut String) {
    let sign = match over {
        Over::Bar => {
            out.push_str("<mfrac>");
            write_row(unbracketed(a), Slot::signed(Level::Sum), out);
            write_row(unbracketed(b), Slot::signed(Level::Sum), out);
            out.push_str("</mfrac>");
            return;
        }
        Over::Colon => ':',
        Over::Obelus => '÷',
    };
    let (left, right) = quotient_slots(a, over, b);
    write(a, left, out);
    out.push_str(&format!("<mo>{sign}</mo>"));
    write(b, right, out);
}

/// The fraction bar groups already, so the outermost bracket above or below it is left out.
fn unbracketed(expr: &Expr) -> &Expr {
    match &expr.node {
        Node::Bracket(inner) => inner,
        _ => expr,
    }
}
