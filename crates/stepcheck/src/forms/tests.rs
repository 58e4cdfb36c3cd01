use proptest::prelude::*;

use super::*;
use crate::print::{Notation, text};
use crate::read::{read, read_notation};
use crate::tree::{Name, Statement};

fn side(notation: &str) -> Expr {
    read_notation(notation).expect("readable").sides().next().expect("a side").clone()
}

fn x() -> Name {
    'x'.into()
}

fn finished(notation: &str, demand: Demand) -> bool {
    form(&side(notation), demand) == Form::Finished
}

#[test]
fn each_form_takes_what_it_should_and_nothing_else() {
    let cases: [(Demand, &[&str], &[&str]); 9] = [
        (
            Demand::Factored { variable: x() },
            &["7", "x", "3*x^2*(x+1)", "-(x-5)^3/2", "k*(x-k)*(x+k)", "(x^2+3)^2", "(x-1/3)*3", "(x-sqrt(3))*2"],
            &["3*x+6", "(x+1)*(4*x-2)", "(x^3-x)*2", "(x-3+1)*(x+1)", "x*(1+1/x)", "x^2+5*x+6"],
        ),
        (
            Demand::Expanded,
            &["5", "x^2+3*x", "x+x", "2-7*x*y^2", "(x+1)/(y*(x-1))", "sin(2*(x+1))", "2^3*x"],
            &["2*(x+1)", "-(x+1)", "(x+y)^2", "(x+1)/2", "4-(x-y)", "(x*y)^2", "x*(y*(z+1))"],
        ),
        (
            Demand::CompletedSquare { variable: x() },
            &["x^2-5", "3*(x+1)^2", "k-(2*x-1)^2/4", "a*(x-b)^2+c", "4*x+1", "9"],
            &["x^2+2*x", "(x+1)*(x+1)+3", "(x+1)^2+x", "(x+1)^2+2-1", "(x^2+1)^2", "x^3"],
        ),
        (
            Demand::SingleFraction,
            &["4", "x+1", "-(x+1)/(x-1)", "2*a*b/(c*d)", "x^(1/2)/3"],
            &["1/x+1", "2*(x/3)", "(1/x)/(1/y)", "x^(-1)+2", "x/(1+1/x)"],
        ),
        (
            Demand::PartialFractions { variable: x() },
            &["2/(x-1)-3/(x+4)", "x+1/x", "1/x^2+5/x", "(2*x-1)/(x^2+x+1)", "k*(1/x-1/(x+k))"],
            &["1/(x*(x-1))", "(x+2)/(x-1)", "1/(x^2-1)", "1/x+2/x", "(x+3)/(x-1)^2"],
        ),
        (
            Demand::NumbersInLowestTerms,
            &["3/4", "-3/4", "0.25", "x/3+1/2", "2*sqrt(2)/3", "6.1*10^3"],
            &["6/8", "4/2", "x^(2/6)", "1/sqrt(2)", "-(-1/3)", "1/2+1/3", "sin(2/4*x)"],
        ),
        (
            Demand::Exact,
            &["3", "5/2", "2*sqrt(3)", "1+sqrt(5)", "(1+sqrt(5))/2", "3*pi/2", "sqrt(6)/6"],
            &["sqrt(8)", "sqrt(9)", "sqrt(1/2)", "1/sqrt(2)", "sqrt(2)+sqrt(2)", "(2+4*sqrt(5))/6", "sqrt(2)*sqrt(3)"],
        ),
        (
            Demand::Standard,
            &["3.5*10^4", "-1*10^(-3)", "7", "10^5", "9.99*10^2"],
            &["35*10^3", "0.5*10^2", "10*10^2", "1/2", "250", "3*10^2*10"],
        ),
        (Demand::Mixed, &["3", "-2/5"], &["7/2", "3.5", "2+1/2"]),
    ];
    for (demand, right, wrong) in cases {
        for notation in right {
            assert!(finished(notation, demand), "{notation} has {demand:?}");
        }
        for notation in wrong {
            assert!(!finished(notation, demand), "{notation} has not {demand:?}");
        }
    }
}

#[test]
fn what_is_left_is_named() {
    for (notation, demand, left) in [
        ("2*(x^2-3*x)", Demand::Factored { variable: x() }, Left::Factor),
        ("x*(x+1)", Demand::Expanded, Left::Expand),
        ("x^2+2*x", Demand::CompletedSquare { variable: x() }, Left::CompleteSquare),
        ("1+1/x", Demand::SingleFraction, Left::SingleFraction),
        ("1/(x^2-1)", Demand::PartialFractions { variable: x() }, Left::PartialFractions),
        ("sqrt(12)", Demand::Exact, Left::SimplifyRoot),
        ("1/sqrt(2)", Demand::Exact, Left::RationalDenominator),
        ("7/2", Demand::Mixed, Left::MixedForm),
        ("3.5", Demand::Improper, Left::FractionForm),
        ("350", Demand::Standard, Left::StandardForm),
        ("3.5", Demand::Decimals { places: 2 }, Left::Decimals),
        ("3.5", Demand::Significant { digits: 3 }, Left::SignificantDigits),
        ("3.5", Demand::Unit, Left::Unit),
    ] {
        assert_eq!(form(&side(notation), demand), Form::Left(left), "{notation}");
    }
}

#[test]
fn the_same_up_to_order_and_signs() {
    let pairs = [
        ("a+b*c", "c*b+a", Sameness::Order),
        ("(a*b)/c", "a*(b/c)", Sameness::Order),
        ("2-x", "-x+2", Sameness::Order),
        ("a+(b+c)", "(c+a)+b", Sameness::Order),
        ("x = 2 or x = 3", "3 = x or x = 2", Sameness::Order),
        ("(x-2)*(3-x)", "-(x-2)*(x-3)", Sameness::OrderAndSigns),
        ("(a-b)^2", "(b-a)^2", Sameness::OrderAndSigns),
        ("a/(b-c)", "-a/(c-b)", Sameness::OrderAndSigns),
        ("a < b", "-a > -b", Sameness::OrderAndSigns),
        ("(a)+b", "a+(b)", Sameness::Written),
    ];
    for (a, b, sameness) in pairs {
        let (a, b) = (read_notation(a).expect("readable"), read_notation(b).expect("readable"));
        assert!(same(&a, &b, sameness), "{a:?} {b:?}");
    }
    for (a, b, sameness) in [
        ("x+x", "2*x", Sameness::OrderAndSigns),
        ("(a-b)^2", "(b-a)^2", Sameness::Order),
        ("(-a)*(-b)", "a*b", Sameness::Order),
        ("(a-b)^3", "(b-a)^3", Sameness::OrderAndSigns),
        ("1/(2*x)", "1/2*(1/x)", Sameness::Order),
        ("a < b", "b < a", Sameness::OrderAndSigns),
        ("sqrt(x)", "x^(1/2)", Sameness::Order),
        ("a+b", "b+a", Sameness::Written),
    ] {
        let (a, b) = (read_notation(a).expect("readable"), read_notation(b).expect("readable"));
        assert!(!same(&a, &b, sameness), "{a:?} {b:?}");
    }
}

/// A polynomial of the first degree that is in lowest terms, such as `(2*x-3)`.
fn linear() -> impl Strategy<Value = String> {
    (1_i64..6, -7_i64..8).prop_filter_map("no common divisor", |(a, b)| {
        (b != 0 && num_integer::gcd(a, b) == 1).then(|| format!("({a}*x{b:+})"))
    })
}

proptest! {
    /// Factors in any order are factored; with two multiplied out, or a number taken in, they are not,
    /// and «factorise» is what is left.
    #[test]
    fn factors_in_any_order_are_factored(mut factors in prop::collection::vec(linear(), 2..4), number in 2_i64..9) {
        let demand = Demand::Factored { variable: x() };
        let product = format!("{number}*{}", factors.join("*"));
        prop_assert!(finished(&product, demand), "{}", product);
        factors.reverse();
        let turned = format!("{}*{number}", factors.join("*"));
        prop_assert!(finished(&turned, demand), "{}", turned);
        let expanded = crate::exact::normal(&side(&factors[..2].join("*"))).expect("small").top;
        let coefficients: Vec<String> = expanded
            .by_powers_of(x())
            .iter()
            .enumerate()
            .filter_map(|(power, value)| Some(format!("({})*x^{power}", value.as_constant()?.to_rational())))
            .collect();
        let whole = format!("{number}*({})", coefficients.join("+").replace("*x^0", ""));
        prop_assert!(!finished(&whole, demand), "{}", whole);
    }

    /// Terms in any order have the same form, whatever is demanded.
    #[test]
    fn the_order_of_terms_and_factors_means_nothing(a in linear(), b in linear(), c in 1_i64..30) {
        let demands = [
            Demand::Factored { variable: x() }, Demand::Expanded, Demand::CompletedSquare { variable: x() },
            Demand::SingleFraction, Demand::PartialFractions { variable: x() }, Demand::NumbersInLowestTerms,
        ];
        for demand in demands {
            for (one, other) in [
                (format!("{a}^2+{c}"), format!("{c}+{a}^2")),
                (format!("{a}*{b}"), format!("{b}*{a}")),
                (format!("{c}/{a}+1/{b}"), format!("1/{b}+{c}/{a}")),
                (format!("{c}*{a}"), format!("{a}*{c}")),
            ] {
                prop_assert_eq!(form(&side(&one), demand), form(&side(&other), demand), "{} {}", one, other);
            }
        }
    }

    /// What is printed and read again has the form it had.
    #[test]
    fn printing_keeps_the_form(a in linear(), b in linear(), c in 1_i64..30) {
        for notation in [format!("{c}*{a}*{b}"), format!("{a}^2-{c}"), format!("{c}/{a}-1/{b}"), format!("{c}/{b}")] {
            let written = Statement::Expression(side(&notation)).bracketed();
            let again = read(&text(&written, Notation::Swedish)).expect("readable");
            let (Statement::Expression(first), Statement::Expression(second)) = (&written, &again) else {
                return Err(TestCaseError::fail("no expression"));
            };
            for demand in [Demand::Factored { variable: x() }, Demand::Expanded, Demand::SingleFraction] {
                prop_assert_eq!(form(first, demand), form(second, demand), "{}", notation);
            }
        }
    }

    /// Doing what is said to be left leads to the form: a fraction is shortened, a root made smaller, a
    /// square completed.
    #[test]
    fn what_is_left_leads_to_the_form(a in 1_i64..40, b in 2_i64..40, k in 2_i64..9) {
        let common = num_integer::gcd(a, b);
        let fraction = format!("{}/{}", a * k, b * k);
        if b / common > 1 {
            prop_assert_eq!(form(&side(&fraction), Demand::Value), Form::Left(Left::Shorten));
            let shortened = format!("{}/{}", a / common, b / common);
            prop_assert!(finished(&shortened, Demand::Value), "{}", shortened);
        }
        if [2, 3, 5, 6, 7, 10, 11, 13].contains(&a) {
            prop_assert_eq!(form(&side(&format!("sqrt({})", a * k * k)), Demand::Exact), Form::Left(Left::SimplifyRoot));
            let smaller = format!("{k}*sqrt({a})");
            prop_assert!(finished(&smaller, Demand::Exact), "{}", smaller);
        }
        let demand = Demand::CompletedSquare { variable: x() };
        prop_assert_eq!(form(&side(&format!("x^2+{}*x+{b}", 2 * a)), demand), Form::Left(Left::CompleteSquare));
        let square = format!("(x+{a})^2{:+}", b - a * a);
        prop_assert!(finished(&square, demand), "{}", square);
    }
}
