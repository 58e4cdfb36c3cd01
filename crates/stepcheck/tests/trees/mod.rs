//! Random trees of every kind of node, for the laws of reading and printing.

use proptest::prelude::*;
use stepcheck::{
    Call, Constant, Expr, Function, Name, Node, Number, Over, Place, PlusMinus, Rational, Sign, Statement, Times, Unit,
    UnitPower,
};

pub fn expr(node: Node) -> Expr {
    Expr::new(Place::before(0), node)
}

fn boxed(node: Node) -> Box<Expr> {
    Box::new(expr(node))
}

fn number() -> impl Strategy<Value = Number> {
    prop_oneof![
        4 => (0..40_u64).prop_map(Number::whole),
        1 => (100..1000_u64).prop_map(Number::whole),
        1 => (10_000..2_000_000_u64).prop_map(Number::whole),
        2 => (0..5000_i64, 1..4_usize).prop_map(|(n, decimals)| {
            let scale = 10_i64.pow(u32::try_from(decimals).unwrap_or(0));
            Number { value: Rational::new(n.into(), scale.into()), decimals }
        }),
    ]
}

/// Letters that are units, parts of words or functions, and some with subscripts.
fn name() -> impl Strategy<Value = Name> {
    const NAMES: [&str; 28] = [
        "x", "y", "a", "b", "n", "s", "i", "l", "g", "m", "c", "k", "h", "r", "t", "A", "V", "C", "W", "N", "θ", "α",
        "x_1", "x_2", "v_0", "v_max", "o", "p",
    ];
    prop::sample::select(NAMES.to_vec()).prop_map(|text| Name::new(text).unwrap_or(Name::from('x')))
}

fn leaf() -> impl Strategy<Value = Expr> {
    prop_oneof![
        6 => number().prop_map(|number| expr(Node::Number(number))),
        1 => (1..30_u64, prop_oneof![1..30_u64, 100..1000_u64, 100_000..1_000_000_u64], 2..2000_u64).prop_map(|(whole, top, bottom)| {
            let [whole, top, bottom] = [whole, top, bottom].map(|part| Box::new(Number::whole(part)));
            expr(Node::Mixed { whole, top, bottom })
        }),
        6 => name().prop_map(|name| expr(Node::Name(name))),
        1 => prop::sample::select(vec![Constant::E, Constant::Pi, Constant::Infinity])
            .prop_map(|constant| expr(Node::Constant(constant))),
    ]
}

fn unit() -> impl Strategy<Value = Unit> {
    let one = || {
        let word = prop::sample::select(vec!["m", "cm", "kg", "s", "h", "kr", "st", "kN", "timmar", "°C", "l", "V"]);
        let power = prop::sample::select(vec![1_i8, 1, 1, 2, 3, -1]);
        (word, power).prop_map(|(word, power)| UnitPower { word: word.into(), power })
    };
    (prop::collection::vec(one(), 1..3), prop::collection::vec(one(), 0..3)).prop_map(|(above, below)| Unit {
        place: Place::before(0),
        above,
        below,
    })
}

fn exponent(inner: &BoxedStrategy<Expr>) -> impl Strategy<Value = Expr> + use<> {
    prop_oneof![
        3 => (0..5_u64).prop_map(|n| expr(Node::Number(Number::whole(n)))),
        1 => (1..5_u64).prop_map(|n| expr(Node::Negative(boxed(Node::Number(Number::whole(n)))))),
        2 => inner.clone(),
    ]
}

fn call(inner: &BoxedStrategy<Expr>) -> impl Strategy<Value = Expr> + use<> {
    let function = prop::sample::select(Function::ALL.to_vec());
    (function, prop::option::of(inner.clone()), prop::option::of(exponent(inner)), inner.clone()).prop_map(
        |(function, base, exponent, argument)| {
            let base = base.filter(|_| function == Function::Log).map(Box::new);
            let exponent = exponent.map(Box::new);
            expr(Node::Call(Call { function, base, exponent, argument: Box::new(argument) }))
        },
    )
}

fn wrapped(inner: &BoxedStrategy<Expr>) -> impl Strategy<Value = Expr> + use<> {
    let one = |make: fn(Box<Expr>) -> Node| inner.clone().prop_map(move |a| expr(make(Box::new(a))));
    let root = (
        prop::option::of(prop_oneof![(2..6_u64).prop_map(|n| expr(Node::Number(Number::whole(n)))), inner.clone()]),
        inner.clone(),
    );
    prop_oneof![
        one(Node::Bracket),
        one(Node::Positive),
        one(Node::Negative),
        one(Node::Percent),
        one(Node::Permille),
        one(Node::Degrees),
        one(Node::Abs),
        one(|a| Node::EitherSign(PlusMinus::Plus, a)),
        one(|a| Node::EitherSign(PlusMinus::Minus, a)),
        root.prop_map(|(degree, radicand)| {
            expr(Node::Root { degree: degree.map(Box::new), radicand: Box::new(radicand) })
        }),
        (inner.clone(), unit()).prop_map(|(a, unit)| expr(Node::Quantity(Box::new(a), unit))),
        (number(), unit(), number(), unit()).prop_map(|(a, hours, b, minutes)| {
            let part = |number, unit| boxed(Node::Quantity(boxed(Node::Number(number)), unit));
            expr(Node::Compound(part(a, hours), part(b, minutes)))
        }),
    ]
}

fn paired(inner: &BoxedStrategy<Expr>) -> impl Strategy<Value = Expr> + use<> {
    let pair = (inner.clone(), inner.clone()).prop_map(|(a, b)| (Box::new(a), Box::new(b)));
    let over = prop::sample::select(vec![Over::Bar, Over::Bar, Over::Colon, Over::Obelus]);
    let times = prop::sample::select(vec![Times::Dot, Times::Cross, Times::Implied, Times::Implied, Times::Implied]);
    prop_oneof![
        1 => pair.clone().prop_map(|(a, b)| expr(Node::Sum(a, b))),
        1 => pair.clone().prop_map(|(a, b)| expr(Node::Difference(a, b))),
        1 => pair.clone().prop_map(|(a, b)| expr(Node::SumOrDifference(a, PlusMinus::Plus, b))),
        4 => (pair.clone(), times).prop_map(|((a, b), times)| expr(Node::Product(a, times, b))),
        3 => (pair, over).prop_map(|((a, b), over)| expr(Node::Quotient(a, over, b))),
        2 => (inner.clone(), exponent(inner)).prop_map(|(a, b)| expr(Node::Power(Box::new(a), Box::new(b)))),
    ]
}

/// Trees of every shape, also those that nobody can type without more brackets.
pub fn tree() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(5, 24, 3, |inner| prop_oneof![3 => paired(&inner), 2 => wrapped(&inner), 1 => call(&inner)])
}

fn relation() -> impl Strategy<Value = Statement> {
    let sign = prop::sample::select(vec![
        Sign::Equal,
        Sign::NotEqual,
        Sign::Less,
        Sign::Greater,
        Sign::LessOrEqual,
        Sign::GreaterOrEqual,
        Sign::Approximately,
    ]);
    prop_oneof![
        1 => tree().prop_map(Statement::Expression),
        4 => (tree(), prop::collection::vec((sign, tree()), 1..3))
            .prop_map(|(first, rest)| Statement::Relation { first, rest }),
        1 => Just(Statement::All(Place::before(0))),
        1 => Just(Statement::None(Place::before(0))),
    ]
}

/// Statements in each other in every way.
pub fn statement() -> impl Strategy<Value = Statement> {
    relation().prop_recursive(2, 6, 3, |inner| {
        let parts = prop::collection::vec(inner, 2..4);
        let join = prop::sample::select(vec![Statement::all_of, Statement::any_of, Statement::list_of]);
        (parts, join).prop_map(|(parts, join): (_, fn(Vec<Statement>) -> Statement)| join(parts))
    })
}
