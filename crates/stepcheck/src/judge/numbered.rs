//! Several solutions that are told apart by numbers, as they are written by hand: `x₁ = 4, x₂ = −4`.

use std::borrow::Cow;

use crate::tree::{Expr, Name, Node, Statement};
use crate::verdict::Task;

/// The line with `x = 4 or x = −4` for `x₁ = 4, x₂ = −4`, where `x` is all that the task asks for. A number that is
/// used twice is one name with two values, which stays as it is.
pub(super) fn as_alternatives<'s>(task: &Task, line: &'s Statement) -> Cow<'s, Statement> {
    let names = task.start.names();
    let ([unknown], false) = (names.as_slice(), matches!(task.start, Statement::Expression(_))) else {
        return Cow::Borrowed(line);
    };
    let is_numbered = |name: &Name| {
        unknown.subscript().is_none() && name.subscript().is_some() && name.letters() == unknown.letters()
    };
    let parts = line.joined();
    let of_part = |part: &Statement| match (part, part.names().as_slice()) {
        (Statement::Relation { .. }, [only]) if is_numbered(only) => Some(*only),
        _ => None,
    };
    let Some(mut numbered) = parts.iter().map(of_part).collect::<Option<Vec<Name>>>() else {
        return Cow::Borrowed(line);
    };
    numbered.sort_unstable();
    numbered.dedup();
    if numbered.len() < parts.len() {
        return Cow::Borrowed(line);
    }
    let mut named = |side: &Expr| match side.unwrapped().node {
        Node::Name(name) if is_numbered(&name) => Expr::new(side.place, Node::Name(*unknown)),
        _ => side.clone(),
    };
    let alternatives = parts.iter().map(|part| part.map_sides(&mut named)).collect();
    Cow::Owned(Statement::any_of(alternatives))
}
