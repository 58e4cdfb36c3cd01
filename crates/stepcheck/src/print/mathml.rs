//! MathML Core for the pages: the notation's decimal sign, real minus, invisible times, brackets
//! that do not stretch around flat content, fractions without needless brackets.
//!
//! `intent` (MathML 4) says what screen readers would otherwise guess: bars are an absolute value,
//! letters behind a number a unit.

mod marked;

use super::text::{is_point, needs_brackets, unit_text};
use super::{Notation, expression_text, number, text};
use crate::precedence::is_closed_call;
use crate::tree::{Call, Expr, Name, Node, Number, Over, Statement, Times, Unit, UnitPower};
use crate::unreadable::Place;

const INVISIBLE_TIMES: &str = "<mo>&#8290;</mo>";
const INVISIBLE_PLUS: &str = "<mo>&#8292;</mo>";
const APPLY_FUNCTION: &str = "<mo>&#8289;</mo>";
/// A sign between numbers; by itself browsers set it as punctuation, with a space after it only.
const COLON: &str = "<mo lspace=\"0.2222em\" rspace=\"0.2222em\">:</mo>";
const THIN_SPACE: &str = "<mspace width=\"0.2em\"/>";

/// A whole `<math alttext="…">…</math>` for a statement, in Swedish notation.
#[must_use]
pub fn mathml(statement: &Statement) -> String {
    mathml_in(statement, Notation::Swedish)
}

/// The same in any notation.
#[must_use]
pub fn mathml_in(statement: &Statement, notation: Notation) -> String {
    whole(&text(statement, notation), &row_of(statement, Printer::new(notation)))
}

/// The same with the smallest part that holds `place`, a stretch of what `statement` was read from, in an
/// `<mrow class="broken">`: a part with its parts, neighbouring terms or factors, the sign of a relation. A plus or minus
/// before the part stands inside. Nothing is marked if `place` lies outside or is only a point.
#[must_use]
pub fn mathml_marked(statement: &Statement, notation: Notation, place: Place) -> String {
    whole(&text(statement, notation), &row_of(statement, Printer::new(notation).marking(statement, place)))
}

fn row_of(statement: &Statement, printer: Printer) -> String {
    let mut row = String::new();
    write_statement(statement, &printer, &mut row);
    row
}

/// A whole `<math alttext="…">…</math>` for an expression, in Swedish notation.
#[must_use]
pub fn expression_mathml(expr: &Expr) -> String {
    expression_mathml_in(expr, Notation::Swedish)
}

/// The same in any notation.
#[must_use]
pub fn expression_mathml_in(expr: &Expr, notation: Notation) -> String {
    let mut row = String::new();
    Printer::new(notation).write(&expr.bracketed(), &mut row);
    whole(&expression_text(expr, notation), &row)
}

/// Only digits, letters and the signs of the grammar ever come here; the signs of inequalities are
/// the only ones that mean something in HTML.
fn whole(linear: &str, row: &str) -> String {
    format!("<math alttext=\"{}\"><mrow>{row}</mrow></math>", linear.replace('<', "&lt;").replace('>', "&gt;"))
}

fn write_statement(statement: &Statement, printer: &Printer, out: &mut String) {
    if printer.marks_whole(statement) {
        marked::open(out);
        write_statement(statement, &printer.plain(), out);
        marked::close(out);
        return;
    }
    let mut joined = |parts: &[Statement], between: &str| {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                out.push_str(between);
            }
            let bracket = |sign: char| match needs_brackets(part, statement) {
                true => format!("<mo stretchy=\"false\">{sign}</mo>"),
                false => String::new(),
            };
            out.push_str(&format!("<mrow>{}", bracket('(')));
            write_statement(part, printer, out);
            out.push_str(&format!("{}</mrow>", bracket(')')));
        }
    };
    let word = |word: &str| format!("<mspace width=\"0.5em\"/><mtext>{word}</mtext><mspace width=\"0.5em\"/>");
    match statement {
        Statement::Expression(only) => printer.write(&only.bracketed(), out),
        Statement::Relation { first, rest } => {
            printer.write(&first.bracketed(), out);
            let mut end = first.place.end;
            for (sign, side) in rest {
                let sign = match sign.symbol() {
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '≠' => "≠",
                    '≤' => "≤",
                    '≥' => "≥",
                    '≈' => "≈",
                    _ => "=",
                };
                match printer.marks(Place::new(end, side.place.start)) {
                    true => marked::sign(sign, out),
                    false => out.push_str(&format!("<mo>{sign}</mo>")),
                }
                end = side.place.end;
                printer.write(&side.bracketed(), out);
            }
        }
        Statement::And(parts) => joined(parts, &word(printer.notation.and())),
        Statement::Or(parts) => joined(parts, &word(printer.notation.or())),
        Statement::List(parts) if is_point(statement) => {
            for (at, part) in parts.iter().enumerate() {
                out.push_str(if at > 0 { "<mo separator=\"true\">;</mo>" } else { "<mo stretchy=\"false\">(</mo>" });
                write_statement(part, printer, out);
            }
            out.push_str("<mo stretchy=\"false\">)</mo>");
        }
        Statement::List(parts) => joined(parts, "<mo separator=\"true\">,</mo><mspace width=\"0.5em\"/>"),
        Statement::All(_) | Statement::None(_) => {
            out.push_str(&format!("<mtext>{}</mtext>", text(statement, printer.notation)));
        }
    }
}

/// Prints trees that have the brackets they need.
#[derive(Clone, Copy)]
struct Printer {
    notation: Notation,
    /// The stretch to mark, while the part that holds it is still to be found.
    marked: Option<Place>,
}

impl Printer {
    const fn new(notation: Notation) -> Self {
        Self { notation, marked: None }
    }

    fn write(&self, expr: &Expr, out: &mut String) {
        if self.marks_part(expr) {
            self.marked_part(expr, out);
        } else {
            self.unmarked(expr, out);
        }
    }

    fn unmarked(&self, expr: &Expr, out: &mut String) {
        match &expr.node {
            Node::Number(number) => self.number(number, out),
            Node::Mixed { whole, top, bottom } => {
                self.number(whole, out);
                out.push_str(INVISIBLE_PLUS);
                out.push_str("<mfrac>");
                self.number(top, out);
                self.number(bottom, out);
                out.push_str("</mfrac>");
            }
            Node::Name(name) => write_name(*name, out),
            Node::Constant(constant) => out.push_str(&format!("<mi>{}</mi>", constant.symbol())),
            Node::Bracket(inner) => self.bracket(inner, out),
            Node::Abs(inner) => self.abs(inner, out),
            Node::Positive(inner) => self.prefixed('+', inner, out),
            Node::Negative(inner) => self.prefixed('−', inner, out),
            Node::EitherSign(sign, inner) => self.prefixed(sign.symbol(), inner, out),
            Node::Percent(inner) => self.suffixed(inner, "<mspace width=\"0.2em\"/><mo>%</mo>", out),
            Node::Permille(inner) => self.suffixed(inner, "<mspace width=\"0.2em\"/><mo>‰</mo>", out),
            Node::Degrees(inner) => {
                out.push_str("<msup>");
                self.row(inner, out);
                out.push_str("<mo>°</mo></msup>");
            }
            Node::Sum(a, b) => self.sum(a, '+', b, out),
            Node::Difference(a, b) => self.sum(a, '−', b, out),
            Node::SumOrDifference(a, sign, b) => self.sum(a, sign.symbol(), b, out),
            Node::Product(a, times, b) => self.pair(a, times_sign(*times), b, out),
            Node::Quotient(a, Over::Bar, b) => self.two("mfrac", self.unbracketed(a), self.unbracketed(b), out),
            Node::Quotient(a, Over::Colon, b) => self.pair(a, COLON, b, out),
            Node::Quotient(a, Over::Obelus, b) => self.pair(a, "<mo>÷</mo>", b, out),
            Node::Power(base, exponent) => self.two("msup", (*self, base), self.unbracketed(exponent), out),
            Node::Root { degree: None, radicand } => {
                out.push_str("<msqrt>");
                let (printer, inner) = self.unbracketed(radicand);
                printer.row(inner, out);
                out.push_str("</msqrt>");
            }
            Node::Root { degree: Some(degree), radicand } => {
                self.two("mroot", self.unbracketed(radicand), (*self, degree), out);
            }
            Node::Call(call) => self.call(call, out),
            Node::Quantity(value, unit) => {
                self.write(value, out);
                out.push_str(THIN_SPACE);
                write_unit(unit, out);
            }
            Node::Compound(a, b) => self.pair(a, INVISIBLE_PLUS, b, out),
        }
    }

    fn number(&self, number: &Number, out: &mut String) {
        let digits = number::written(number, self.notation);
        out.push_str(&format!("<mn>{digits}</mn>"));
    }

    /// Exactly one element, as `mfrac` and `msup` count their children.
    fn row(&self, expr: &Expr, out: &mut String) {
        if matches!(expr.node, Node::Number(_) | Node::Name(_) | Node::Constant(_)) {
            self.write(expr, out);
        } else {
            out.push_str("<mrow>");
            self.write(expr, out);
            out.push_str("</mrow>");
        }
    }

    fn two(&self, element: &str, a: (Self, &Expr), b: (Self, &Expr), out: &mut String) {
        out.push_str(&format!("<{element}>"));
        for (printer, part) in [a, b] {
            printer.row(part, out);
        }
        out.push_str(&format!("</{element}>"));
    }

    fn pair(&self, a: &Expr, sign: &str, b: &Expr, out: &mut String) {
        self.write(a, out);
        out.push_str(sign);
        self.write(b, out);
    }

    fn suffixed(&self, inner: &Expr, sign: &str, out: &mut String) {
        self.write(inner, out);
        out.push_str(sign);
    }

    fn bracket(&self, inner: &Expr, out: &mut String) {
        // A stretchy bracket around flat content grows with the line in some browsers.
        let stretch = if is_tall(inner) { "" } else { " stretchy=\"false\"" };
        out.push_str(&format!("<mo{stretch}>(</mo>"));
        self.write(inner, out);
        out.push_str(&format!("<mo{stretch}>)</mo>"));
    }

    fn abs(&self, inner: &Expr, out: &mut String) {
        let stretch = if is_tall(inner) { "true" } else { "false" };
        out.push_str("<mrow intent=\"absolute-value($a)\">");
        out.push_str(&format!("<mo form=\"prefix\" fence=\"true\" stretchy=\"{stretch}\">|</mo><mrow arg=\"a\">"));
        self.write(inner, out);
        out.push_str(&format!("</mrow><mo form=\"postfix\" fence=\"true\" stretchy=\"{stretch}\">|</mo></mrow>"));
    }

    fn call(&self, call: &Call, out: &mut String) {
        let name = format!("<mi>{}</mi>", call.function.name());
        let element = match (&call.base, &call.exponent) {
            (None, None) => None,
            (Some(_), None) => Some("msub"),
            (None, Some(_)) => Some("msup"),
            (Some(_), Some(_)) => Some("msubsup"),
        };
        match element {
            None => out.push_str(&name),
            Some(element) => {
                out.push_str(&format!("<{element}>{name}"));
                for part in call.base.iter().chain(&call.exponent) {
                    let (printer, inner) = self.unbracketed(part);
                    printer.row(inner, out);
                }
                out.push_str(&format!("</{element}>"));
            }
        }
        out.push_str(APPLY_FUNCTION);
        if is_closed_call(call) {
            self.write(&call.argument, out);
        } else {
            self.row(&call.argument, out);
        }
    }
}

const fn times_sign(times: Times) -> &'static str {
    match times {
        Times::Dot => "<mo>·</mo>",
        Times::Cross => "<mo>×</mo>",
        Times::Implied => INVISIBLE_TIMES,
    }
}

fn write_name(name: Name, out: &mut String) {
    let letters = name.letters().replace('\'', "′");
    match name.subscript() {
        None => out.push_str(&format!("<mi>{letters}</mi>")),
        Some(subscript) => {
            let element = if subscript.chars().all(|sign| sign.is_ascii_digit()) { "mn" } else { "mi" };
            out.push_str(&format!("<msub><mi>{letters}</mi><{element}>{subscript}</{element}></msub>"));
        }
    }
}

/// Each unit word by itself, so that it is read as a unit and not as letters that are multiplied.
fn write_unit(unit: &Unit, out: &mut String) {
    if unit.above.is_empty() {
        out.push_str(&format!("<mtext>{}</mtext>", unit_text(unit)));
        return;
    }
    let product = |units: &[UnitPower], out: &mut String| {
        for (at, one) in units.iter().enumerate() {
            if at > 0 {
                out.push_str("<mo>·</mo>");
            }
            let word = format!("<mi mathvariant=\"normal\" intent=\":unit\">{}</mi>", one.word);
            match one.power {
                1 => out.push_str(&word),
                power => {
                    let sign = if power < 0 { "<mo>−</mo>" } else { "" };
                    let size = power.unsigned_abs();
                    out.push_str(&format!("<msup>{word}<mrow>{sign}<mn>{size}</mn></mrow></msup>"));
                }
            }
        }
    };
    product(&unit.above, out);
    match unit.below.as_slice() {
        [] => {}
        [_] => {
            out.push_str("<mo>/</mo>");
            product(&unit.below, out);
        }
        _ => {
            out.push_str("<mo>/</mo><mo stretchy=\"false\">(</mo>");
            product(&unit.below, out);
            out.push_str("<mo stretchy=\"false\">)</mo>");
        }
    }
}

fn is_tall(expr: &Expr) -> bool {
    expr.any(&|part| matches!(part.node, Node::Quotient(_, Over::Bar, _) | Node::Mixed { .. }))
}
