//! Sets of real numbers made of finitely many points and intervals.

use std::cmp::Ordering;

use super::Coordinate;

/// A set that changes only at its marks.
#[derive(Debug, Clone)]
pub(crate) struct RealSet {
    /// Whether numbers below the first mark belong to it.
    before: bool,
    /// From left to right.
    marks: Vec<Mark>,
}

#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) at: Coordinate,
    /// Whether the place itself belongs to the set.
    pub(crate) here: bool,
    /// Whether the numbers up to the next mark do.
    pub(crate) after: bool,
}

impl RealSet {
    pub(crate) const ALL: Self = Self { before: true, marks: Vec::new() };
    pub(crate) const NONE: Self = Self { before: false, marks: Vec::new() };

    /// From marks in order; those at which nothing changes are left out.
    pub(crate) fn new(before: bool, marks: impl IntoIterator<Item = Mark>) -> Self {
        let mut kept: Vec<Mark> = Vec::new();
        let mut last = before;
        for mark in marks {
            if mark.here != last || mark.after != last {
                last = mark.after;
                kept.push(mark);
            }
        }
        Self { before, marks: kept }
    }

    /// The set of some points, in any order.
    pub(crate) fn points(mut points: Vec<Coordinate>) -> Self {
        sort(&mut points);
        Self::new(false, points.into_iter().map(|at| Mark { at, here: true, after: false }))
    }

    /// Its points, if it has finitely many.
    pub(crate) fn as_points(&self) -> Option<Vec<Coordinate>> {
        let finite = !self.before && self.marks.iter().all(|mark| !mark.after);
        finite.then(|| self.marks.iter().map(|mark| mark.at.clone()).collect())
    }

    /// The numbers above a place.
    pub(crate) fn above(place: Coordinate) -> Self {
        Self::new(false, [Mark { at: place, here: false, after: true }])
    }

    /// The numbers up to this far from zero.
    pub(crate) fn about_zero(reach: f64) -> Self {
        let mark = |value: f64, after| Mark {
            at: Coordinate::Rational(crate::exact::Exact::from_f64(value)),
            here: false,
            after,
        };
        Self::new(false, [mark(-reach, true), mark(reach, false)])
    }

    /// True if no number or every number is in it.
    pub(crate) fn is_trivial(&self) -> bool {
        self.marks.is_empty()
    }

    /// True if all its marks are known to be rational.
    pub(crate) fn is_rational(&self) -> bool {
        self.marks.iter().all(|mark| matches!(mark.at, Coordinate::Rational(_)))
    }

    /// How many marks it has.
    pub(crate) fn size(&self) -> usize {
        self.marks.len()
    }

    /// Both sets put together place by place.
    fn combined(&self, other: &Self, test: impl Fn(bool, bool) -> bool) -> Self {
        let mut marks = Vec::with_capacity(self.marks.len() + other.marks.len());
        let (mut left, mut right) = (self.marks.iter().peekable(), other.marks.iter().peekable());
        let (mut in_left, mut in_right) = (self.before, other.before);
        loop {
            let order = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) => a.at.order(&b.at),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let a = if order.is_le() { left.next() } else { None };
            let b = if order.is_ge() { right.next() } else { None };
            let here = test(a.map_or(in_left, |mark| mark.here), b.map_or(in_right, |mark| mark.here));
            in_left = a.map_or(in_left, |mark| mark.after);
            in_right = b.map_or(in_right, |mark| mark.after);
            // Of two that are equal the rational one says more.
            let at = match (a, b) {
                (Some(Mark { at: Coordinate::Real(_), .. }), Some(mark)) | (Some(mark), _) | (None, Some(mark)) => {
                    mark.at.clone()
                }
                (None, None) => break,
            };
            marks.push(Mark { at, here, after: test(in_left, in_right) });
        }
        Self::new(test(self.before, other.before), marks)
    }

    pub(crate) fn or(&self, other: &Self) -> Self {
        self.combined(other, |a, b| a || b)
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        self.combined(other, |a, b| a && b)
    }

    /// A number in it that is not in `other`.
    pub(crate) fn outside(&self, other: &Self) -> Option<Coordinate> {
        let rest = self.combined(other, |a, b| a && !b);
        let Some(first) = rest.marks.first() else {
            return rest.before.then_some(Coordinate::Rational(crate::exact::Exact::ZERO));
        };
        if rest.before {
            return Some(first.at.beyond(false));
        }
        if first.here {
            return Some(first.at.clone());
        }
        Some(rest.marks.get(1).map_or_else(|| first.at.beyond(true), |next| first.at.between(&next.at)))
    }
}

/// Sorts places and keeps one of those that are equal.
pub(crate) fn sort(places: &mut Vec<Coordinate>) {
    places.sort_by(Coordinate::order);
    places.dedup_by(|later, kept| {
        let same = later.order(kept).is_eq();
        if same && matches!(later, Coordinate::Rational(_)) {
            std::mem::swap(later, kept);
        }
        same
    });
}
