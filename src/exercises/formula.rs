//! Arithmetic on an exercise's named numbers: `a*x + b`, `gcd(a, b)`, `c < 100`.
//!
//! The arithmetic itself is [`stepcheck`]'s, exact over the rational numbers. Only the few functions of `functions` are
//! added to it. A call is cut out of the text and stands there as a capital letter, which no parameter can be.

use std::collections::BTreeSet;

use stepcheck::{Expr, Name, Rational, Statement};

use super::functions::Function;

/// Formulas are short; a longer one belongs in `derived`, under a name.
const LONGEST: usize = 200;

/// The numbers of one draw by name.
pub(super) type Values = Vec<(char, Rational)>;

/// A formula that has been read and can be worked out again and again.
#[derive(Clone, Debug)]
pub(super) struct Formula {
    tree: Expr,
    names: BTreeSet<char>,
    calls: Vec<Call>,
}

/// A function call, standing in the tree as the letter `place`.
#[derive(Clone, Debug)]
struct Call {
    place: char,
    function: Function,
    arguments: Vec<Formula>,
}

impl Formula {
    /// Reads `text`. The error says what could not be read and what may be written.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        if text.chars().count() > LONGEST {
            return Err(format!("«{text}» is longer than {LONGEST} signs; name a part of it under derived"));
        }
        let (plain, calls) = cut_calls(text)?;
        // Every letter is a number here, none a unit.
        let letters: Vec<Name> = ('a'..='z').chain('A'..='Z').map(Name::from).collect();
        let tree = match stepcheck::read_with_names(&plain, &letters) {
            Ok(Statement::Expression(tree)) => tree,
            Ok(_) => return Err(format!("«{text}» compares; a single number is wanted here")),
            Err(unreadable) => {
                return Err(format!(
                    "cannot read «{text}» ({:?}); write arithmetic on the names of the \
                     parameters, such as a*x + b or gcd(a, b)",
                    unreadable.missing
                ));
            }
        };
        let inner = calls.iter().flat_map(|call| &call.arguments);
        let names =
            plain.chars().filter(char::is_ascii_lowercase).chain(inner.flat_map(|f| f.names.iter().copied())).collect();
        Ok(Self { tree, names, calls })
    }

    /// The names it needs.
    pub(super) fn names(&self) -> &BTreeSet<char> {
        &self.names
    }

    /// The exact value, or `None` when there is none: a division by zero, a missing name, a
    /// number beyond bounds, a function without a value.
    pub(super) fn value(&self, values: &Values) -> Option<Rational> {
        if self.calls.is_empty() {
            return stepcheck::evaluate(&self.tree, values);
        }
        let mut all = values.clone();
        for call in &self.calls {
            all.push((call.place, call.value(values)?));
        }
        stepcheck::evaluate(&self.tree, &all)
    }
}

impl Call {
    fn value(&self, values: &Values) -> Option<Rational> {
        let arguments: Option<Vec<Rational>> = self.arguments.iter().map(|a| a.value(values)).collect();
        self.function.value(&arguments?)
    }
}

/// Puts a capital letter in the place of each outermost call.
fn cut_calls(text: &str) -> Result<(String, Vec<Call>), String> {
    let mut plain = String::new();
    let mut calls = Vec::new();
    let mut rest = text;
    while let Some((start, name, function)) = Function::next_in(rest) {
        let inside = &rest[start + name.len()..];
        let end = closing(inside).ok_or_else(|| format!("«{text}»: a closing bracket is missing after {name}"))?;
        let arguments = read_arguments(&inside[..end], function)?;
        let place = ('A'..='Z').nth(calls.len()).ok_or_else(|| format!("«{text}» has too many calls; use derived"))?;
        plain.push_str(&rest[..start]);
        plain.push_str(&format!("({place})"));
        calls.push(Call { place, function, arguments });
        rest = &inside[end + 1..];
    }
    plain.push_str(rest);
    if let Some(capital) = text.chars().find(char::is_ascii_uppercase) {
        return Err(format!("«{text}»: {capital} is a capital; names of numbers are a–z"));
    }
    Ok((plain, calls))
}

/// Where the bracket that is already open closes, in bytes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn read_arguments(text: &str, function: Function) -> Result<Vec<Formula>, String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_i32;
    for sign in text.chars() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        match parts.last_mut() {
            Some(part) if sign != ',' || depth > 0 => part.push(sign),
            _ => parts.push(String::new()),
        }
    }
    if parts.len() != function.arity() {
        return Err(format!("«{text}» holds {} numbers; {function:?} takes {}", parts.len(), function.arity()));
    }
    parts.iter().map(|part| Formula::read(part)).collect()
}

/// A demand on the numbers of a draw, such as `a != b` or `gcd(a, b) = 1`.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    left: Formula,
    relation: Relation,
    right: Formula,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Relation {
    NotEqual,
    AtMost,
    AtLeast,
    Equal,
    Below,
    Above,
}

/// Longer signs first, so that `<=` is not read as `<`.
const RELATIONS: [(&str, Relation); 6] = [
    ("!=", Relation::NotEqual),
    ("<=", Relation::AtMost),
    (">=", Relation::AtLeast),
    ("=", Relation::Equal),
    ("<", Relation::Below),
    (">", Relation::Above),
];

impl Condition {
    /// Reads two formulas with one of `!=`, `<=`, `>=`, `=`, `<`, `>` between them.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let split = RELATIONS.iter().find_map(|(sign, relation)| {
            let (left, right) = text.split_once(sign)?;
            Some((left, *relation, right))
        });
        let Some((left, relation, right)) = split else {
            return Err(format!("«{text}» compares nothing; write one of != <= >= = < > between two numbers"));
        };
        Ok(Self { left: Formula::read(left)?, relation, right: Formula::read(right)? })
    }

    /// The names it needs.
    pub(super) fn names(&self) -> impl Iterator<Item = &char> {
        self.left.names().iter().chain(self.right.names())
    }

    /// Whether the numbers meet it; a side without a value meets nothing.
    pub(super) fn holds(&self, values: &Values) -> bool {
        let sides = self.left.value(values).zip(self.right.value(values));
        sides.is_some_and(|(left, right)| match self.relation {
            Relation::NotEqual => left != right,
            Relation::AtMost => left <= right,
            Relation::AtLeast => left >= right,
            Relation::Equal => left == right,
            Relation::Below => left < right,
            Relation::Above => left > right,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, Formula, Values};
    use stepcheck::Rational;

    fn values() -> Values {
        [('a', 12), ('b', -18), ('x', 5)].map(|(name, n)| (name, Rational::from_integer(n.into()))).to_vec()
    }

    fn value(text: &str) -> Option<String> {
        let formula = Formula::read(text).ok()?;
        formula.value(&values()).map(|v| v.to_string())
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!(value("a*x + b").as_deref(), Some("42"));
        assert_eq!(value("a/b").as_deref(), Some("-2/3"));
        assert_eq!(value("a/(x - 5)"), None);
    }

    #[test]
    fn calls_may_stand_inside_arithmetic_and_each_other() {
        assert_eq!(value("gcd(a, b)").as_deref(), Some("6"));
        assert_eq!(value("a/gcd(a, b) + abs(b)").as_deref(), Some("20"));
        assert_eq!(value("gcd(abs(b), (a + 3)*2)").as_deref(), Some("6"));
        assert_eq!(value("gcd(a/5, b)"), None);
        assert_eq!(value("lcm(a, b) + mod(b, x)").as_deref(), Some("38"));
        assert_eq!(value("floor(a/x) + min(a, b)*max(x, 2)").as_deref(), Some("-88"));
        assert_eq!(value("mod(a, x - 5)"), None);
        for bad in ["gcd(a)", "gcd(a, b", "abs(a, b)", "A + 1", "a +"] {
            assert!(Formula::read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_are_found_also_inside_calls() {
        let names = Formula::read("gcd(a, b)*x").map(|f| f.names().iter().collect::<String>());
        assert_eq!(names.as_deref(), Ok("abx"));
    }

    #[test]
    fn conditions_compare_both_sides() {
        for (text, holds) in [
            ("a != b", true),
            ("a <= 12", true),
            ("a >= 13", false),
            ("gcd(a, b) = 6", true),
            ("b < -18", false),
            ("x > b", true),
            ("a/(x - 5) = 1", false),
        ] {
            let condition = Condition::read(text);
            assert_eq!(condition.map(|c| c.holds(&values())).ok(), Some(holds), "{text}");
        }
        assert!(Condition::read("a + b").is_err());
    }
}
