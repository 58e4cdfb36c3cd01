//! The part of a line that is marked: an `<mrow class="broken">` around the smallest part that holds the place.

use super::{Printer, times_sign};
use crate::tree::{Expr, Node, Statement, Times};
use crate::unreadable::Place;

pub(super) fn open(out: &mut String) {
    out.push_str("<mrow class=\"broken\">");
}

pub(super) fn close(out: &mut String) {
    out.push_str("</mrow>");
}

/// The sign of a relation by itself. At the edge of its row it would be set as a prefix.
pub(super) fn sign(sign: &str, out: &mut String) {
    open(out);
    infix(sign, out);
    close(out);
}

fn infix(sign: impl std::fmt::Display, out: &mut String) {
    out.push_str(&format!("<mo form=\"infix\">{sign}</mo>"));
}

/// What joins a term or factor to the one before it.
#[derive(Clone, Copy)]
enum Joint {
    Sign(char),
    Times(Times),
}

/// A term of a sum or a factor of a product.
struct Link<'e> {
    before: Option<Joint>,
    part: &'e Expr,
}

/// The terms of a sum or the factors of a product as they are written; the expression itself if it is neither.
fn chain(expr: &Expr) -> Vec<Link<'_>> {
    let is_product = matches!(expr.node, Node::Product(..));
    let mut links = Vec::new();
    let mut rest = expr;
    loop {
        let (first, joint, last) = match &rest.node {
            Node::Product(a, times, b) if is_product => (a, Joint::Times(*times), b),
            Node::Sum(a, b) if !is_product => (a, Joint::Sign('+'), b),
            Node::Difference(a, b) if !is_product => (a, Joint::Sign('−'), b),
            Node::SumOrDifference(a, sign, b) if !is_product => (a, Joint::Sign(sign.symbol()), b),
            _ => break,
        };
        links.push(Link { before: Some(joint), part: last });
        rest = first;
    }
    links.push(Link { before: None, part: rest });
    links.reverse();
    links
}

impl Printer {
    /// The same, marking what lies of `place` within the statement.
    pub(super) fn marking(self, statement: &Statement, place: Place) -> Self {
        let whole = statement.place();
        let inside = Place::new(place.start.max(whole.start), place.end.min(whole.end));
        Self { marked: (inside.start < inside.end).then_some(inside), ..self }
    }

    /// The same, marking nothing.
    pub(super) fn plain(self) -> Self {
        Self { marked: None, ..self }
    }

    /// True if the marked stretch lies in `place`.
    pub(super) fn marks(&self, place: Place) -> bool {
        self.marked.is_some_and(|marked| place.holds(marked))
    }

    /// True if the marked stretch lies in the statement and in none of what it is made of.
    pub(super) fn marks_whole(&self, statement: &Statement) -> bool {
        self.marks(statement.place())
            && match statement {
                Statement::Expression(_) => false,
                Statement::All(_) | Statement::None(_) => true,
                Statement::And(parts) | Statement::Or(parts) | Statement::List(parts) => {
                    !parts.iter().any(|part| self.marks(part.place()))
                }
                Statement::Relation { first, rest } => {
                    let places: Vec<Place> =
                        std::iter::once(first.place).chain(rest.iter().map(|(_, side)| side.place)).collect();
                    let gaps = places.iter().zip(places.iter().skip(1)).map(|(a, b)| Place::new(a.end, b.start));
                    !gaps.chain(places.iter().copied()).any(|place| self.marks(place))
                }
            }
    }

    /// True if `expr` is the smallest part that holds the marked stretch.
    pub(super) fn marks_part(&self, expr: &Expr) -> bool {
        self.marks(expr.place) && !expr.each_part().any(|part| self.marks(part.place))
    }

    /// True if all of `expr` is to be marked.
    fn marks_all_of(&self, expr: &Expr) -> bool {
        self.marks_part(expr) && self.touched(&chain(expr)).is_none()
    }

    /// Writes the smallest part that holds the marked stretch: marked as a whole, or those of its terms or factors that
    /// the stretch touches.
    pub(super) fn marked_part(&self, expr: &Expr, out: &mut String) {
        let plain = self.plain();
        let chain = chain(expr);
        let Some((first, last)) = self.touched(&chain) else {
            open(out);
            plain.unmarked(expr, out);
            return close(out);
        };
        for (at, link) in chain.iter().enumerate() {
            match link.before {
                Some(Joint::Sign(sign)) if at == first => {
                    open(out);
                    infix(sign, out);
                }
                joint => {
                    match joint {
                        Some(Joint::Sign(sign)) => out.push_str(&format!("<mo>{sign}</mo>")),
                        Some(Joint::Times(times)) => out.push_str(times_sign(times)),
                        None => {}
                    }
                    if at == first {
                        open(out);
                    }
                }
            }
            plain.unmarked(link.part, out);
            if at == last {
                close(out);
            }
        }
    }

    /// The first and the last link that the marked stretch touches, if there are others.
    fn touched(&self, chain: &[Link<'_>]) -> Option<(usize, usize)> {
        let marked = self.marked?;
        // A sign belongs to what follows it.
        let mut from = 0;
        let mut touched = Vec::new();
        for (at, link) in chain.iter().enumerate() {
            let place = Place::new(from, link.part.place.end);
            from = place.end;
            if place.start < marked.end && marked.start < place.end {
                touched.push(at);
            }
        }
        let (first, last) = (*touched.first()?, *touched.last()?);
        (touched.len() < chain.len()).then_some((first, last))
    }

    /// A sum whose last term may be the marked part: its sign stands inside then.
    pub(super) fn sum(&self, a: &Expr, sign: char, b: &Expr, out: &mut String) {
        self.write(a, out);
        if self.marks_all_of(b) {
            open(out);
            infix(sign, out);
            self.plain().unmarked(b, out);
            close(out);
        } else {
            out.push_str(&format!("<mo>{sign}</mo>"));
            self.write(b, out);
        }
    }

    /// A sign and what it stands before, which may be the marked part: the sign stands inside then.
    pub(super) fn prefixed(&self, sign: char, inner: &Expr, out: &mut String) {
        let marks = self.marks_all_of(inner);
        if marks {
            open(out);
        }
        out.push_str(&format!("<mo form=\"prefix\">{sign}</mo>"));
        if marks {
            self.plain().unmarked(inner, out);
            close(out);
        } else {
            self.write(inner, out);
        }
    }

    /// What stands in the bracket, where the fraction bar, the root or the raised place groups already; a mark around the
    /// bracket goes around that.
    pub(super) fn unbracketed<'e>(&self, expr: &'e Expr) -> (Self, &'e Expr) {
        match &expr.node {
            Node::Bracket(inner) if self.marks_part(expr) => (Self { marked: Some(inner.place), ..*self }, inner),
            Node::Bracket(inner) => (*self, inner),
            _ => (*self, expr),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::print::{Notation, mathml_in, mathml_marked};
    use crate::read::read;
    use crate::unreadable::Place;

    /// What is marked in `typed`, where `«»` stand around the place, without the tags.
    fn marked(typed: &str) -> String {
        let at = |sign| typed.chars().position(|other| other == sign).expect("both signs");
        let place = Place::new(at('«'), at('»') - 1);
        let line = read(&typed.replace(['«', '»'], "")).expect("it can be read");
        let whole = mathml_marked(&line, Notation::Swedish, place);
        let unmarked = whole.replace("<mrow class=\"broken\">", "").replace(" form=\"infix\"", "");
        let plain = mathml_in(&line, Notation::Swedish);
        assert_eq!(unmarked.replace("</mrow>", ""), plain.replace("</mrow>", ""), "{typed}");
        let Some((_, rest)) = whole.split_once("<mrow class=\"broken\">") else { return String::new() };
        let mut depth = 1;
        let mut inside = String::new();
        for (at, part) in rest.split('<').enumerate() {
            if at > 0 {
                depth += match part {
                    part if part.starts_with("mrow") => 1,
                    part if part.starts_with("/mrow") => -1,
                    _ => 0,
                };
            }
            if depth == 0 {
                break;
            }
            let text = if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) };
            inside.push_str(&text.replace("&#8290;", "").replace("&lt;", "<").replace("&gt;", ">"));
        }
        assert!(!rest.contains("broken"), "{whole}");
        inside
    }

    #[test]
    fn the_smallest_part_that_holds_the_place_is_marked() {
        for (typed, inside) in [
            ("5x+«2x»=8+13", "+2x"),
            ("7−2x−«6»=1", "−6"),
            ("«5x»+2x=8", "5x"),
            ("«3»x=8", "3"),
            ("3«x»=8", "x"),
            ("2x=«8+13»", "8+13"),
            ("1+«2x+3»+4=0", "+2x+3"),
            ("1+«2x +»3+4=0", "+2x+3"),
            ("2«x y» z = 1", "xy"),
            ("x=−«3»", "−3"),
            ("x=«−3»", "−3"),
            ("(x«+3»)²", "+3"),
            ("«(x+3)²»", "(x+3)2"),
            ("(x+3)^«2»", "2"),
            ("«(x+3)»/2", "x+3"),
            ("x/«(x+3)»", "x+3"),
            ("√(«9+16»)", "9+16"),
            ("√«(9+16)»", "9+16"),
            ("x«<»−3", "<"),
            ("x«  > »−3", ">"),
            ("«x=3 eller x=4»", "x=3ellerx=4"),
            ("x=3 eller x=«4»", "4"),
            ("x=3 eller «x=4»", "x=4"),
            ("lg «(x+2)»=3", "(x+2)"),
            ("|«x»−2|", "x"),
            ("2 1/«2»", "2⁤12"),
            ("1,«5»+x", "1,5"),
            ("5 «cm»+3 cm", "5cm"),
        ] {
            assert_eq!(marked(typed).replace("&#8292;", "⁤").replace("&#8289;", ""), inside, "{typed}");
        }
    }

    #[test]
    fn a_place_outside_and_a_point_mark_nothing() {
        let line = read("2x+3=7").expect("it can be read");
        for place in [Place::before(2), Place::new(20, 24), Place::new(4, 2)] {
            assert_eq!(mathml_marked(&line, Notation::Swedish, place), mathml_in(&line, Notation::Swedish));
        }
    }
}
