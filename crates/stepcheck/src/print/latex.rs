//! LaTeX that a formula editor shows, and that reading gives back as the same tree.

use super::joint::needs_space;
use super::text::{is_point, needs_brackets};
use super::{Notation, number};
use crate::brackets::set_brackets;
use crate::precedence::is_closed_call;
use crate::read::GREEK;
use crate::tree::{Call, Constant, Expr, Name, Node, Number, Over, Sign, Statement, Times, Unit, UnitPower};

/// A statement as LaTeX.
#[must_use]
pub fn latex(statement: &Statement, notation: Notation) -> String {
    let joined = |parts: &[Statement], between: &str| {
        let part = |part: &Statement| {
            let inner = latex(part, notation);
            if needs_brackets(part, statement) { format!("\\left({inner}\\right)") } else { inner }
        };
        parts.iter().map(part).collect::<Vec<String>>().join(between)
    };
    match statement {
        Statement::Expression(only) => expression_latex(only, notation),
        Statement::Relation { first, rest } => {
            let mut out = expression_latex(first, notation);
            for (sign, side) in rest {
                out.push_str(relation(*sign));
                out.push_str(&expression_latex(side, notation));
            }
            out
        }
        Statement::And(parts) => joined(parts, &format!("\\text{{ {} }}", notation.and())),
        Statement::Or(parts) => joined(parts, &format!("\\text{{ {} }}", notation.or())),
        Statement::List(parts) if is_point(statement) => format!("\\left({}\\right)", joined(parts, ";\\,")),
        Statement::List(parts) => joined(parts, ";\\quad "),
        Statement::All(_) => format!("\\text{{{}}}", notation.all()),
        Statement::None(_) => format!("\\text{{{}}}", notation.none()),
    }
}

const fn relation(sign: Sign) -> &'static str {
    match sign {
        Sign::Equal => "=",
        Sign::NotEqual => "\\ne ",
        Sign::Less => "<",
        Sign::Greater => ">",
        Sign::LessOrEqual => "\\le ",
        Sign::GreaterOrEqual => "\\ge ",
        Sign::Approximately => "\\approx ",
    }
}

/// An expression as LaTeX.
#[must_use]
pub fn expression_latex(expr: &Expr, notation: Notation) -> String {
    let mut out = String::new();
    let mut tree = expr.bracketed();
    leave_out_grouping(&mut tree);
    Printer(notation).write(&tree, &mut out);
    out
}

/// Prints trees that have the brackets they need, but for those that LaTeX shows by place.
struct Printer(Notation);

impl Printer {
    fn write(&self, expr: &Expr, out: &mut String) {
        match &expr.node {
            Node::Number(number) => out.push_str(&self.digits(number)),
            Node::Mixed { whole, top, bottom } => {
                let [whole, top, bottom] = [whole, top, bottom].map(|number| self.digits(number));
                out.push_str(&format!("{whole}\\frac{{{top}}}{{{bottom}}}"));
            }
            Node::Name(name) => out.push_str(&name_latex(*name)),
            Node::Constant(Constant::E) => out.push('e'),
            Node::Constant(Constant::Pi) => out.push_str("\\pi"),
            Node::Constant(Constant::Infinity) => out.push_str("\\infty"),
            Node::Bracket(inner) => self.between("\\left(", inner, "\\right)", out),
            Node::Abs(inner) => self.between("\\left|", inner, "\\right|", out),
            Node::Positive(inner) => self.prefixed("+", inner, out),
            Node::Negative(inner) => self.prefixed("-", inner, out),
            Node::EitherSign(sign, inner) => self.prefixed(plus_minus(sign.symbol()), inner, out),
            Node::Percent(inner) => self.between("", inner, "\\%", out),
            Node::Permille(inner) => self.between("", inner, "‰", out),
            Node::Degrees(inner) => self.between("", inner, "^{\\circ}", out),
            Node::Sum(a, b) => self.pair(a, "+", b, out),
            Node::Difference(a, b) => self.pair(a, "-", b, out),
            Node::SumOrDifference(a, sign, b) => self.pair(a, plus_minus(sign.symbol()), b, out),
            Node::Product(a, Times::Dot, b) => self.pair(a, "\\cdot ", b, out),
            Node::Product(a, Times::Cross, b) => self.pair(a, "\\times ", b, out),
            Node::Product(a, Times::Implied, b) => self.implied(a, b, out),
            Node::Quotient(a, Over::Bar, b) => {
                self.between("\\frac{", a, "}", out);
                self.between("{", b, "}", out);
            }
            Node::Quotient(a, Over::Colon, b) => self.pair(a, ":", b, out),
            Node::Quotient(a, Over::Obelus, b) => self.pair(a, "\\div ", b, out),
            Node::Power(base, exponent) => {
                self.write(base, out);
                self.between("^{", exponent, "}", out);
            }
            Node::Root { degree, radicand } => {
                out.push_str("\\sqrt");
                if let Some(degree) = degree {
                    self.between("[", degree, "]", out);
                }
                self.between("{", radicand, "}", out);
            }
            Node::Call(call) => self.call(call, out),
            Node::Quantity(value, unit) => {
                self.write(value, out);
                out.push_str(&format!("\\,\\mathrm{{{}}}", unit_latex(unit)));
            }
            Node::Compound(a, b) => self.pair(a, "\\,", b, out),
        }
    }

    /// Digits, with braces around a decimal comma so that no space follows it.
    fn digits(&self, number: &Number) -> String {
        number::written(number, self.0).replace(',', "{,}").replace('\u{a0}', "\\,")
    }

    fn between(&self, open: &str, inner: &Expr, close: &str, out: &mut String) {
        out.push_str(open);
        self.write(inner, out);
        out.push_str(close);
    }

    fn prefixed(&self, sign: &str, inner: &Expr, out: &mut String) {
        self.between(sign, inner, "", out);
    }

    fn pair(&self, a: &Expr, sign: &str, b: &Expr, out: &mut String) {
        self.write(a, out);
        self.between(sign, b, "", out);
    }

    fn implied(&self, a: &Expr, b: &Expr, out: &mut String) {
        self.write(a, out);
        let joint = out.len();
        self.write(b, out);
        join(out, joint);
    }

    fn call(&self, call: &Call, out: &mut String) {
        out.push('\\');
        out.push_str(call.function.name());
        if let Some(base) = &call.base {
            self.between("_{", base, "}", out);
        }
        if let Some(exponent) = &call.exponent {
            self.between("^{", exponent, "}", out);
        }
        let joint = out.len();
        self.write(&call.argument, out);
        if !is_closed_call(call) {
            join(out, joint);
        }
    }
}

/// A unit as it stands in `\mathrm`: `m/s^{2}`.
fn unit_latex(unit: &Unit) -> String {
    let one = |unit: &UnitPower| match unit.power {
        1 => unit.word.clone(),
        power => format!("{}^{{{power}}}", unit.word),
    };
    let product = |units: &[UnitPower]| units.iter().map(one).collect::<Vec<_>>().join("·");
    match unit.below.as_slice() {
        [] => product(&unit.above),
        [only] => format!("{}/{}", product(&unit.above), one(only)),
        several => format!("{}/({})", product(&unit.above), product(several)),
    }
}

const fn plus_minus(sign: char) -> &'static str {
    if sign == '±' { "\\pm " } else { "\\mp " }
}

/// Puts what is needed at byte `joint` for the text after it not to go on the letters before it.
fn join(out: &mut String, joint: usize) {
    let Some((before, after)) = out.split_at_checked(joint) else { return };
    let letters = before.chars().rev().take_while(char::is_ascii_alphabetic).count();
    let is_command = before.chars().rev().nth(letters) == Some('\\') && letters > 0;
    if is_command {
        if after.starts_with(|next: char| next.is_ascii_alphabetic()) {
            out.insert(joint, ' ');
        }
    } else if needs_space(before, after) {
        out.insert_str(joint, "\\,");
    }
}

fn name_latex(name: Name) -> String {
    let letters = match name.letters().chars().next().and_then(|letter| GREEK.iter().find(|(_, g)| *g == letter)) {
        Some((command, greek)) => format!("\\{command}{}", name.letters().trim_start_matches(*greek)),
        None => name.letters().to_owned(),
    };
    match name.subscript() {
        None => letters,
        Some(subscript) if subscript.chars().all(|sign| sign.is_ascii_digit()) || subscript.chars().count() == 1 => {
            format!("{letters}_{{{subscript}}}")
        }
        Some(subscript) => format!("{letters}_{{\\mathrm{{{subscript}}}}}"),
    }
}

/// Takes out the brackets that LaTeX shows by place: around a numerator or an exponent. They are
/// left out only where reading sets them, and no others, again.
fn leave_out_grouping(expr: &mut Expr) {
    let is_bracket = |node: &mut Node| {
        [0, 1].map(|at| grouped_part(node, at).is_some_and(|part| matches!(part.node, Node::Bracket(_))))
    };
    let before = is_bracket(&mut expr.node);
    let mut left_out = [false; 2];
    for (at, left_out) in left_out.iter_mut().enumerate() {
        let Some(part) = grouped_part(&mut expr.node, at) else { continue };
        // Of two brackets the outer one would not come back.
        if !matches!(&part.node, Node::Bracket(inner) if !matches!(inner.node, Node::Bracket(_))) {
            continue;
        }
        unwrap(part);
        set_brackets(&mut expr.node);
        let after = is_bracket(&mut expr.node);
        *left_out = after == before;
        for (other, (was, is)) in before.into_iter().zip(after).enumerate() {
            match grouped_part(&mut expr.node, other) {
                Some(part) if was && !is => wrap(part),
                Some(part) if is && !was => unwrap(part),
                _ => {}
            }
        }
    }
    for (at, _) in left_out.iter().enumerate().filter(|(_, left_out)| **left_out) {
        if let Some(part) = grouped_part(&mut expr.node, at) {
            unwrap(part);
        }
    }
    expr.each_part_mut().for_each(leave_out_grouping);
}

fn unwrap(part: &mut Expr) {
    if let Node::Bracket(inner) = &mut part.node {
        let inner = std::mem::replace(&mut **inner, Expr::new(part.place, Node::Constant(Constant::E)));
        *part = inner;
    }
}

fn wrap(part: &mut Expr) {
    let inner = std::mem::replace(part, Expr::new(part.place, Node::Constant(Constant::E)));
    *part = Expr::new(inner.place, Node::Bracket(Box::new(inner)));
}

/// The part number `at` that LaTeX sets in a place of its own.
fn grouped_part(node: &mut Node, at: usize) -> Option<&mut Expr> {
    match (node, at) {
        (Node::Quotient(a, Over::Bar, _), 0) => Some(a),
        (Node::Quotient(_, Over::Bar, b), 1) => Some(b),
        (Node::Power(_, exponent), 0) => Some(exponent),
        (Node::Root { radicand, .. }, 0) => Some(radicand),
        (Node::Call(call), 0) => call.base.as_deref_mut(),
        (Node::Call(call), 1) => call.exponent.as_deref_mut(),
        _ => None,
    }
}
