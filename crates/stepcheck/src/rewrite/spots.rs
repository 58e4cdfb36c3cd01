//! A changed part put into its place.

use crate::tree::Expr;

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
