//! What a judged line gets as an answer.

use serde::{Deserialize, Serialize};

use crate::policy::{Implied, Policy};
use crate::tree::{Expr, Function, Name, Node, Statement};
use crate::unreadable::Unreadable;

/// What is given, what is asked for, and by which conventions lines are judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    pub start: Statement,
    pub demand: Demand,
    pub policy: Policy,
}

impl Task {
    /// A task with the recommended conventions.
    #[must_use]
    pub fn new(start: Statement, demand: Demand) -> Self {
        Self { start, demand, policy: Policy::default() }
    }

    /// What is given, asked for what such a line usually is asked for: an expression to be simplified, or worked out if it
    /// has no letters, and what is claimed of letters to be solved for the first of them.
    ///
    /// ```
    /// use stepcheck::{Demand, Task, read};
    /// assert_eq!(Task::usual(read("1/2+1/3").unwrap()).demand, Demand::Value);
    /// assert_eq!(Task::usual(read("x+y = 7; x−y = 1").unwrap()).demand, Demand::Solved { variable: 'x'.into() });
    /// ```
    #[must_use]
    pub fn usual(start: Statement) -> Self {
        let demand = match start.names().first() {
            Some(variable) if start.is_claim() => Demand::Solved { variable: *variable },
            Some(_) => Demand::Simplified,
            None => Demand::Value,
        };
        Self::new(start, demand)
    }

    /// True if a line may follow from its task without having the same solutions.
    pub(crate) fn may_imply(&self) -> bool {
        let gives_new = |part: &Expr| match &part.node {
            Node::Root { .. } => !part.is_numeric(),
            Node::Power(_, exponent) => {
                !part.is_numeric() && exponent.any(&|part| matches!(part.node, Node::Quotient(..)))
            }
            Node::Call(call) => {
                matches!(call.function, Function::Ln | Function::Lg | Function::Log) && !part.is_numeric()
            }
            _ => false,
        };
        match self.policy.implied {
            Implied::Accepted => true,
            Implied::Refused => false,
            Implied::RootsAndLogarithms => self.start.sides().any(|side| side.any(&gives_new)),
        }
    }
}

/// The form the last line must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Demand {
    /// A number, fully worked out: whole, decimal, per cent, or a fraction or mixed number in
    /// lowest terms.
    Value,
    /// A fraction or mixed number in lowest terms, or a whole number.
    LowestTerms,
    /// Decimal form.
    Decimal,
    /// A sum without brackets and with like terms collected, in any order.
    Simplified,
    /// `variable = number`, the number as in [`Demand::Value`] or [`Demand::Exact`], or with `±`;
    /// either way round. Inequalities: `number < variable < number` and the like. Of a system all
    /// letters are given, or one in terms of the others if there are infinitely many solutions.
    Solved { variable: Name },
    /// A whole number, or a whole number and a fraction below 1 in lowest terms: `2 1/2`. A value
    /// below 1 is a fraction in lowest terms.
    Mixed,
    /// One fraction of two whole numbers, no mixed number: `5/2`. It need not be shortened.
    Improper,
    /// Every number in the expression is worked out and in lowest terms, and no root stands in a
    /// denominator. Letters are not looked at: `2x/(4t)` has it, `2/4·x` and `1/√3` have not.
    NumbersInLowestTerms,
    /// A sum of products without a bracket to multiply out. Like terms may be left, and so may
    /// numbers to work out. A fraction with a letter in the denominator may keep its factors above
    /// and below: multiplied out they would hide what can be shortened.
    Expanded,
    /// A product of numbers and powers of polynomials that cannot be split with rational numbers,
    /// in any order; a factor of several terms has no whole number in common and its like terms
    /// collected. `variable` stands in no denominator. A polynomial that nothing within bounds
    /// can split counts as one that cannot be split.
    Factored { variable: Name },
    /// Free of `variable`, or of the first degree in it, or one square of a polynomial of the first
    /// degree, times something, plus something without `variable` whose numbers are added up.
    CompletedSquare { variable: Name },
    /// One fraction bar at most, and if there is one it reaches over everything but a sign. What
    /// stands in exponents and under functions is not looked at.
    SingleFraction,
    /// A sum of a polynomial in `variable` and fractions whose denominator is the power of one
    /// polynomial that cannot be split, the numerator of a lower degree than that polynomial; no
    /// denominator twice. A factor without `variable` may stand before a bracket.
    PartialFractions { variable: Name },
    /// A number without a letter, exactly: numbers worked out, roots as small as can be and none in
    /// a denominator, like roots collected: `3√2/2`.
    Exact,
    /// `a·10^n` with 1 ≤ a < 10, apart from the sign; without the power if n = 0, without `a` if it
    /// is 1.
    Standard,
    /// A decimal number with exactly so many decimals, `12,30` for 2. The value may be rounded to so
    /// many; for an equation in one letter these are its solutions.
    Decimals { places: u8 },
    /// A number with so many significant digits; zeros at the end of a whole number may be
    /// significant or not. The power of ten of `1,20·10^3` does not count. Rounded as in
    /// [`Demand::Decimals`].
    Significant { digits: u8 },
    /// A quantity: a number with a unit.
    Unit,
}

/// The answer to one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub verdict: Verdict,
    /// What was read, unless it was unreadable.
    pub statement: Option<Statement>,
}

/// How a line stands to the task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Verdict {
    /// A right step; `finished` if the demanded form is reached.
    Right { finished: bool },
    /// Right, and it could be meant as an answer, but something is left to do.
    Unfinished { left: Left },
    /// Not a right step. The witness, if any, never gives the answer away.
    Wrong { witness: Option<Witness> },
    /// Could not be read; nothing is counted.
    Unreadable(Unreadable),
}

/// What is left to do before a right line is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// A fraction can be shortened.
    Shorten,
    /// Arithmetic is left.
    WorkOut,
    /// Like terms are left.
    Collect,
    /// A bracket is left.
    Expand,
    /// The answer should be in decimal form.
    DecimalForm,
    /// The answer should be a fraction.
    FractionForm,
    /// The value is right, but it should be written as an equation, `x = …`.
    Equation,
    /// Something can still be written as a product.
    Factor,
    /// The square is not completed.
    CompleteSquare,
    /// It should be one fraction.
    SingleFraction,
    /// It should be a sum of simple fractions.
    PartialFractions,
    /// A root can be made smaller.
    SimplifyRoot,
    /// A root stands in a denominator.
    RationalDenominator,
    /// The answer should be a mixed number.
    MixedForm,
    /// The answer should be in standard form, `a·10^n`.
    StandardForm,
    /// The answer should have another number of decimals.
    Decimals,
    /// The answer should have another number of significant digits.
    SignificantDigits,
    /// The unit is missing.
    Unit,
    /// It follows, but may have solutions that the task has not: they are to be tried before one answers.
    Check,
    /// It restates the task or an earlier line: nothing is done yet.
    Answer,
}

/// Something to show beside a wrong line. Values are in text notation with decimal comma.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Witness {
    /// The wrong line holds when `variable` is `value`; put into the line above, its two sides
    /// become `left` and `right`, which differ. The worked strings show the sum: `5·3−13`.
    Substitute { variable: Name, value: String, left: String, right: String, left_worked: String, right_worked: String },
    /// When `variable` is `value`, the line above is worth `above` and this line `here`.
    Evaluate { variable: Name, value: String, above: String, here: String },
    /// The line above is larger than this line.
    Larger,
    /// The line above is smaller than this line.
    Smaller,
    /// Two neighbouring sides of the line differ. In a task whose answer is a value they are
    /// given as written, otherwise worked out.
    Sides { left: String, right: String },
}
