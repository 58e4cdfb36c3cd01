//! What a student types.

use stegvis::exercises;
use stepcheck::{Demand, Expr, MAX_LENGTH, Missing, Name, Notation, Policy, Statement, Task, Unreadable, Verdict};

/// One line of any text.
///
/// Oracle: reading it twice gives the same; what could not be read is told with a place inside the text; what was read is
/// no deeper and no larger than the text lets it be; printed in either notation and read again it is the same tree, unless
/// that is too long or too deep to be typed (a list of values gets the bracket of a point); its MathML closes what it opens.
pub fn line(data: &[u8]) {
    let Ok(typed) = str::from_utf8(data) else { return };
    let first = stepcheck::read(typed);
    assert_eq!(first, stepcheck::read(typed), "reading {typed:?} is not always the same");
    let length = typed.chars().count();
    let statement = match first {
        Err(why) => {
            assert!(why.place.start <= why.place.end && why.place.end <= length, "{typed:?}: {why:?} is outside of it");
            return;
        }
        Ok(statement) => statement,
    };
    assert!(length <= MAX_LENGTH, "{typed:?} is longer than a line may be");
    let (mut nodes, mut depth) = (0, 0);
    for side in statement.sides() {
        measure(side, 1, &mut nodes, &mut depth);
    }
    // A half, `½`, is three of them and a factor.
    assert!(nodes <= 4 * length && depth <= length + 2, "{typed:?} has {nodes} nodes in {depth} levels");
    for notation in Notation::ALL {
        let printed = stepcheck::text(&statement, notation);
        again(&statement, &printed, stepcheck::read(&printed));
    }
    closes(&stepcheck::mathml(&statement));
}

/// One line of LaTeX, as a formula editor sends it.
///
/// Oracle: reading it twice gives the same; what could not be read is told with a place inside the text; printed as LaTeX
/// or as text, in any notation, and read again it is the same tree, unless that is too long or too deep to be typed.
pub fn latex(data: &[u8]) {
    let Ok(typed) = str::from_utf8(data) else { return };
    let first = stepcheck::read_latex(typed);
    assert_eq!(first, stepcheck::read_latex(typed), "reading {typed:?} is not always the same");
    let statement = match first {
        Err(why) => {
            let length = typed.chars().count();
            assert!(why.place.start <= why.place.end && why.place.end <= length, "{typed:?}: {why:?} is outside of it");
            return;
        }
        Ok(statement) => statement,
    };
    for notation in Notation::ALL {
        let printed = stepcheck::latex(&statement, notation);
        again(&statement, &printed, stepcheck::read_latex(&printed));
        let printed = stepcheck::text(&statement, notation);
        again(&statement, &printed, stepcheck::read(&printed));
    }
    closes(&stepcheck::mathml(&statement));
}

fn again(statement: &Statement, printed: &str, read: Result<Statement, Unreadable>) {
    match read {
        Ok(read) => assert_eq!(&read, statement, "printed as {printed:?}"),
        Err(why) => {
            let beyond = matches!(why.missing, Missing::TooLong | Missing::TooDeep);
            assert!(beyond, "printed as {printed:?}, which is {why:?}");
        }
    }
}

fn measure(expr: &Expr, level: usize, nodes: &mut usize, depth: &mut usize) {
    (*nodes, *depth) = (*nodes + 1, (*depth).max(level));
    expr.parts().into_iter().for_each(|inner| measure(inner, level + 1, nodes, depth));
}

/// MathML whose tags are not closed would swallow the page behind it.
fn closes(mathml: &str) {
    let mut open = Vec::new();
    for tag in mathml.split('<').skip(1) {
        let name: &str = tag.split([' ', '>', '/']).next().unwrap_or_default();
        let end = tag.split('>').next().unwrap_or_default();
        if let Some(closed) = tag.strip_prefix('/') {
            let closed = closed.split('>').next().unwrap_or_default();
            assert_eq!(open.pop(), Some(closed), "{mathml}");
        } else if !end.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{mathml}");
}

/// A task and what is typed to solve it: first the demand and the conventions (`solved x; letters positive`), then the
/// start, then lines.
///
/// Oracle: judging is always the same and goes by the lines before; whatever is equivalent is so in both orders; what is
/// could not be read is told with a place inside the text; and what was right, typed as the house prints it, is right again.
pub fn judge(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let mut lines = text.split('\n');
    let (Some(asked), Some(start)) = (lines.next(), lines.next()) else { return };
    let mut asked = asked.split("; ");
    let Some(demand) = asked.next().and_then(demand) else { return };
    let mut policy = Policy::default();
    for convention in asked {
        let Some((name, value)) = convention.split_once(' ') else { return };
        if exercises::set(&mut policy, name, value).is_err() {
            return;
        }
    }
    let Ok(start) = stepcheck::read(start) else { return };
    let task = Task { start, demand, policy };
    let mut earlier: Vec<Statement> = Vec::new();
    for typed in lines.take(5) {
        let judged = stepcheck::judge(&task, &earlier, typed);
        assert_eq!(judged, stepcheck::judge(&task, &earlier, typed), "judging {typed:?} is not always the same");
        let Some(statement) = &judged.statement else {
            let Verdict::Unreadable(why) = &judged.verdict else { panic!("{typed:?} has no tree: {judged:?}") };
            assert!(why.place.end <= typed.chars().count(), "{typed:?}: {why:?} is outside of it");
            continue;
        };
        for other in earlier.iter().chain([&task.start]) {
            let both = (stepcheck::equivalent(statement, other), stepcheck::equivalent(other, statement));
            assert_eq!(both.0, both.1, "{statement:?} and {other:?} are equivalent one way only");
        }
        if matches!(judged.verdict, Verdict::Right { .. } | Verdict::Unfinished { .. }) {
            let printed = stepcheck::text(statement, Notation::Swedish);
            if printed.chars().count() <= MAX_LENGTH {
                let again = stepcheck::judge(&task, &earlier, &printed);
                assert_eq!(again.verdict, judged.verdict, "{typed:?} is printed as {printed:?}");
            }
            earlier.push(statement.clone());
        }
    }
}

fn demand(words: &str) -> Option<Demand> {
    let with = |name: &str| words.strip_prefix(name)?.strip_prefix(' ');
    let letter = |name: &str| with(name)?.chars().next().map(Name::from);
    Some(match words {
        "value" => Demand::Value,
        "lowest terms" => Demand::LowestTerms,
        "decimal" => Demand::Decimal,
        "simplified" => Demand::Simplified,
        "mixed" => Demand::Mixed,
        "improper" => Demand::Improper,
        "numbers in lowest terms" => Demand::NumbersInLowestTerms,
        "expanded" => Demand::Expanded,
        "single fraction" => Demand::SingleFraction,
        "exact" => Demand::Exact,
        "standard" => Demand::Standard,
        "unit" => Demand::Unit,
        _ => {
            let solved = || letter("solved").map(|variable| Demand::Solved { variable });
            let factored = || letter("factored").map(|variable| Demand::Factored { variable });
            let square = || letter("completed square").map(|variable| Demand::CompletedSquare { variable });
            let fractions = || letter("partial fractions").map(|variable| Demand::PartialFractions { variable });
            let decimals = || Some(Demand::Decimals { places: with("decimals")?.parse().ok()? });
            let digits = || Some(Demand::Significant { digits: with("significant")?.parse().ok()? });
            return solved().or_else(factored).or_else(square).or_else(fractions).or_else(decimals).or_else(digits);
        }
    })
}
