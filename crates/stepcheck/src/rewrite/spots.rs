//! The parts of a statement, each with the way to it.

use smallvec::SmallVec;

use crate::tree::{Expr, Statement};

/// The way to a part: which side of the statement, then which part of it, and so on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Spot {
    pub(crate) side: usize,
    way: SmallVec<[u8; 12]>,
}

/// Shows every part of every side to `see`, the whole before its parts.
pub(crate) fn each_spot<'s>(statement: &'s Statement, see: &mut impl FnMut(&Spot, &'s Expr)) {
    for (side, expr) in statement.sides().enumerate() {
        each_part(expr, &mut Spot { side, way: SmallVec::new() }, see);
    }
}

fn each_part<'s>(expr: &'s Expr, spot: &mut Spot, see: &mut impl FnMut(&Spot, &'s Expr)) {
    see(spot, expr);
    for (at, part) in (0_u8..).zip(expr.each_part()) {
        spot.way.push(at);
        each_part(part, spot, see);
        spot.way.pop();
    }
}

/// The statement with `new` in place of the part at `spot`.
pub(crate) fn with_part(statement: &Statement, spot: &Spot, new: &Expr) -> Statement {
    let mut side = 0;
    statement.map_sides(&mut |expr| {
        let here = side == spot.side;
        side += 1;
        if here { replaced(expr, &spot.way, new) } else { expr.clone() }
    })
}

/// The expression with `new` in place of the part at the end of `way`.
pub(crate) fn replaced(expr: &Expr, way: &[u8], new: &Expr) -> Expr {
    let Some((first, rest)) = way.split_first() else { return new.clone() };
    let mut at = 0;
    expr.map_parts(&mut |part| {
        let here = at == *first;
        at += 1;
        if here { replaced(part, rest, new) } else { part.clone() }
    })
}
