//! Going through a tree, and making a changed one.

use super::{Call, Expr, Name, Node};
use crate::unreadable::Place;

/// The parts of a node, in written order, by references like that to the node: `$optional` makes
/// them of what is in an option, `$boxed` of what is in a box.
macro_rules! parts_of {
    ($node:expr, $optional:ident, $($boxed:tt)+) => {
        match $node {
            Node::Number(_) | Node::Mixed { .. } | Node::Name(_) | Node::Constant(_) => [None, None, None],
            Node::Bracket(a)
            | Node::Positive(a)
            | Node::Negative(a)
            | Node::EitherSign(_, a)
            | Node::Percent(a)
            | Node::Permille(a)
            | Node::Degrees(a)
            | Node::Abs(a)
            | Node::Quantity(a, _) => [Some($($boxed)+ a), None, None],
            Node::Sum(a, b)
            | Node::Difference(a, b)
            | Node::SumOrDifference(a, _, b)
            | Node::Product(a, _, b)
            | Node::Quotient(a, _, b)
            | Node::Power(a, b)
            | Node::Compound(a, b) => [Some($($boxed)+ a), Some($($boxed)+ b), None],
            Node::Root { degree, radicand } => [degree.$optional(), Some($($boxed)+ radicand), None],
            Node::Call(Call { base, exponent, argument, .. }) => {
                [base.$optional(), exponent.$optional(), Some($($boxed)+ argument)]
            }
        }
        .into_iter()
        .flatten()
    };
}

impl Expr {
    /// `node`, written at `place`.
    #[must_use]
    pub const fn new(place: Place, node: Node) -> Self {
        Self { place, node }
    }

    /// The parts it is made of, in written order.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        self.each_part().collect()
    }

    /// The same parts one by one.
    pub(crate) fn each_part(&self) -> impl Iterator<Item = &Self> {
        parts_of!(&self.node, as_deref, &**)
    }

    /// The same parts, to be changed.
    pub(crate) fn each_part_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        parts_of!(&mut self.node, as_deref_mut, &mut **)
    }

    /// The same kind of expression at the same place, with `part` of each of its parts.
    #[must_use]
    pub fn map_parts(&self, part: &mut impl FnMut(&Self) -> Self) -> Self {
        let mut of = |a: &Self| Box::new(part(a));
        let node = match &self.node {
            Node::Number(_) | Node::Mixed { .. } | Node::Name(_) | Node::Constant(_) => self.node.clone(),
            Node::Bracket(a) => Node::Bracket(of(a)),
            Node::Positive(a) => Node::Positive(of(a)),
            Node::Negative(a) => Node::Negative(of(a)),
            Node::EitherSign(sign, a) => Node::EitherSign(*sign, of(a)),
            Node::Percent(a) => Node::Percent(of(a)),
            Node::Permille(a) => Node::Permille(of(a)),
            Node::Degrees(a) => Node::Degrees(of(a)),
            Node::Abs(a) => Node::Abs(of(a)),
            Node::Quantity(a, unit) => Node::Quantity(of(a), unit.clone()),
            Node::Sum(a, b) => Node::Sum(of(a), of(b)),
            Node::Difference(a, b) => Node::Difference(of(a), of(b)),
            Node::SumOrDifference(a, sign, b) => Node::SumOrDifference(of(a), *sign, of(b)),
            Node::Product(a, times, b) => Node::Product(of(a), *times, of(b)),
            Node::Quotient(a, over, b) => Node::Quotient(of(a), *over, of(b)),
            Node::Power(a, b) => Node::Power(of(a), of(b)),
            Node::Compound(a, b) => Node::Compound(of(a), of(b)),
            Node::Root { degree, radicand } => {
                let degree = degree.as_deref().map(&mut of);
                Node::Root { degree, radicand: of(radicand) }
            }
            Node::Call(call) => {
                let base = call.base.as_deref().map(&mut of);
                let exponent = call.exponent.as_deref().map(&mut of);
                Node::Call(Call { function: call.function, base, exponent, argument: of(&call.argument) })
            }
        };
        Self::new(self.place, node)
    }

    /// The same with every place changed by `place`.
    #[must_use]
    pub fn map_places(&self, place: &impl Fn(Place) -> Place) -> Self {
        let mut changed = self.map_parts(&mut |part| part.map_places(place));
        changed.place = place(self.place);
        if let Node::Quantity(_, unit) = &mut changed.node {
            unit.place = place(unit.place);
        }
        changed
    }

    /// The expression without the brackets around all of it.
    #[must_use]
    pub fn unwrapped(&self) -> &Self {
        match &self.node {
            Node::Bracket(inner) => inner.unwrapped(),
            _ => self,
        }
    }

    /// True if `test` holds for it or for any part of it.
    pub fn any(&self, test: &impl Fn(&Self) -> bool) -> bool {
        test(self) || self.each_part().any(|part| part.any(test))
    }

    /// True if there is no name in it: it may still hold `π` or a root.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        !self.any(&|part| matches!(part.node, Node::Name(_)))
    }

    /// The different names in it, in the order in which they are first written.
    #[must_use]
    pub fn names(&self) -> Vec<Name> {
        let mut found = Vec::new();
        self.gather_names(&mut found);
        found
    }

    fn gather_names(&self, found: &mut Vec<Name>) {
        if let Node::Name(name) = self.node
            && !found.contains(&name)
        {
            found.push(name);
        }
        for part in self.each_part() {
            part.gather_names(found);
        }
    }

    /// How many nodes it has, itself counted.
    #[must_use]
    pub fn size(&self) -> usize {
        self.each_part().map(Self::size).sum::<usize>() + 1
    }
}
