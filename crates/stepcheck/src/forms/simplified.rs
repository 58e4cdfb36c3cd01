//! The simplest form of an expression with letters.
//!
//! - a sum of plain terms with like ones collected (`collected`);
//! - the same with roots, functions and powers such as `2^x` in place of letters, each as short as it can be;
//! - one fraction of such sums that cannot be shortened, its factors multiplied out or not.

use super::collected;
use super::exact_value::has_large_root;
use super::kernels::without_brackets;
use super::lowest_terms::{is_surd, numbers};
use super::{Form, factors, is_arithmetic, is_sum, terms, unsigned, whole};
use crate::exact::{Exact, Polynomial};
use crate::factors::common;
use crate::forms::kernels::Kernels;
use crate::tree::{Expr, Name, Node, Over};
use crate::verdict::Left;

/// Private-use characters from here on stand for what is as good as a letter.
const FIRST: u32 = 0x000F_4000;

pub(super) fn simplified(expr: &Expr) -> Form {
    let mut atoms = Atoms::default();
    let written = atoms.lettered(expr);
    if let Some(form) = atoms.refused {
        return form;
    }
    if atoms.any_surd
        && let Some(left) = numbers(expr).or_else(|| surds_multiplied(expr))
    {
        return Form::Left(left);
    }
    // 1−sin² x is shorter still.
    if is_sum(expr) && expr.any(&is_power_of_call) {
        return Form::Underway;
    }
    match &unsigned(written.unwrapped()).unwrapped().node {
        Node::Quotient(top, Over::Bar, bottom) if is_sum(top) || is_sum(bottom) || has_brackets(top, bottom) => {
            fraction(top, bottom)
        }
        _ => collected::collected(&written),
    }
}

fn is_power_of_call(part: &Expr) -> bool {
    match &part.node {
        Node::Call(call) => call.exponent.is_some() && !part.is_numeric(),
        Node::Power(base, _) => matches!(base.unwrapped().node, Node::Call(_)) && !part.is_numeric(),
        _ => false,
    }
}

fn has_brackets(top: &Expr, bottom: &Expr) -> bool {
    [top, bottom].into_iter().flat_map(factors).any(|(base, _)| is_sum(base))
}

/// One fraction of sums.
fn fraction(top: &Expr, bottom: &Expr) -> Form {
    let mut kernels = Kernels::default();
    let (Some(above), Some(below)) = (kernels.polynomial(top), kernels.polynomial(bottom)) else {
        return Form::Underway;
    };
    for side in [top, bottom] {
        let form = product_of_sums(side);
        if form != Form::Finished {
            return form;
        }
    }
    match common(&above, &below) {
        None => Form::Underway,
        Some(shared) if !shared.letters().is_empty() || share_a_number(&above, &below) => Form::Left(Left::Shorten),
        Some(_) if bottom.is_numeric() && !is_sum(top) => Form::Left(Left::Expand),
        Some(_) => Form::Finished,
    }
}

/// True if a whole number above 1 divides both.
fn share_a_number(above: &Polynomial, below: &Polynomial) -> bool {
    match (above.content(), below.content()) {
        (Exact::Small(top, 1), Exact::Small(other, 1)) => num_integer::gcd(top, other) > 1,
        // What is not whole could be multiplied away.
        (Exact::Small(..), Exact::Small(..)) => true,
        _ => false,
    }
}

/// One side of a fraction: a sum, or numbers and letters once each and sums.
fn product_of_sums(side: &Expr) -> Form {
    if is_sum(side) {
        return collected::collected(side);
    }
    let parts = factors(side);
    let mut known: Vec<Expr> = Vec::new();
    let mut count = 0;
    for (base, _) in parts {
        if is_sum(base) {
            let form = collected::collected(base);
            if form != Form::Finished {
                return form;
            }
        }
        count += usize::from(is_arithmetic(base));
        let bare = without_brackets(base);
        if count > 1 || known.contains(&bare) {
            return Form::Left(Left::WorkOut);
        }
        known.push(bare);
    }
    Form::Finished
}

/// True of `√2·√3`, which is one root.
fn surds_multiplied(expr: &Expr) -> Option<Left> {
    let two = |term: &Expr| factors(term).iter().filter(|(base, _)| is_surd(base)).count() > 1;
    terms(expr).into_iter().any(|(_, term)| two(term)).then_some(Left::WorkOut)
}

/// What is as good as a letter, each with the letter for it.
#[derive(Default)]
struct Atoms {
    known: Vec<(Expr, Name)>,
    any_surd: bool,
    /// What is said of one that is not as short as it can be, or of several that could be one.
    refused: Option<Form>,
}

impl Atoms {
    /// The expression with letters for its roots, functions and powers with other exponents than whole numbers.
    fn lettered(&mut self, expr: &Expr) -> Expr {
        let form = match &expr.node {
            Node::Root { radicand, .. } if radicand.is_numeric() => self.surd(expr),
            Node::Root { radicand, .. } => match &radicand.unwrapped().node {
                Node::Name(_) => Form::Finished,
                Node::Sum(..) | Node::Difference(..) => simplified(radicand),
                _ => Form::Underway,
            },
            Node::Call(_) | Node::Abs(_) if !expr.is_numeric() => self.single(expr, expr.each_part()),
            Node::Power(base, exponent) if whole(exponent).is_none() && !expr.is_numeric() => {
                let plain = matches!(base.unwrapped().node, Node::Name(_) | Node::Number(_) | Node::Constant(_));
                if plain { self.single(expr, std::iter::once(&**exponent)) } else { Form::Underway }
            }
            _ => return expr.map_parts(&mut |part| self.lettered(part)),
        };
        if form != Form::Finished {
            self.refused.get_or_insert(form);
        }
        Expr::new(expr.place, Node::Name(self.letter(expr)))
    }

    /// A root of a number.
    fn surd(&mut self, root: &Expr) -> Form {
        self.any_surd = true;
        if has_large_root(root) { Form::Left(Left::SimplifyRoot) } else { Form::Finished }
    }

    /// A function or a power: only one in a line, since laws make one of several.
    fn single<'e>(&mut self, expr: &Expr, mut parts: impl Iterator<Item = &'e Expr>) -> Form {
        let bare = without_brackets(expr);
        let is_single = |known: &Expr| matches!(known.node, Node::Call(_) | Node::Abs(_) | Node::Power(..));
        if self.known.iter().any(|(known, _)| is_single(known) && *known != bare) {
            return Form::Underway;
        }
        parts.find_map(|part| Some(simplified(part)).filter(|form| *form != Form::Finished)).unwrap_or(Form::Finished)
    }

    fn letter(&mut self, expr: &Expr) -> Name {
        let bare = without_brackets(expr);
        if let Some((_, name)) = self.known.iter().find(|(known, _)| *known == bare) {
            return *name;
        }
        let count = u32::try_from(self.known.len()).unwrap_or(0);
        let name = Name::from(char::from_u32(FIRST + count).unwrap_or('\u{F4000}'));
        self.known.push((bare, name));
        name
    }
}
