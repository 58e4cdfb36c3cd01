//! A changed part put into its place, and a value for a name.

use crate::tree::{Expr, Name, Node};

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

/// The expression with `(value)` in place of every `name`.
pub(crate) fn with_name(expr: &Expr, name: Name, value: &Expr) -> Expr {
    match expr.node {
        Node::Name(own) if own == name => Expr::new(expr.place, Node::Bracket(Box::new(value.unwrapped().clone()))),
        _ => expr.map_parts(&mut |part| with_name(part, name, value)),
    }
}
