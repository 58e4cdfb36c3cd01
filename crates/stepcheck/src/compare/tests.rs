//! Lines by strand: what is equal, and what is not.

use super::{Comparison, compare, compare_chain, compare_lines};
use crate::policy::{Alternatives, Gaps, Letters, OddRoots, Policy};
use crate::read::read_notation;
use crate::value::lower;

fn compared(a: &str, b: &str, policy: &Policy) -> Comparison {
    let line = |text: &str| {
        lower(&read_notation(text).unwrap_or_else(|why| panic!("cannot read {text}: {why:?}"))).expect("comparable")
    };
    compare_lines(&line(a), &line(b), policy)
}

fn all_equal(pairs: &[(&str, &str)]) {
    let policy = Policy::default();
    let mut wrong = Vec::new();
    for (a, b) in pairs {
        for (a, b) in [(a, b), (b, a)] {
            let found = compared(a, b, &policy);
            if !found.is_equal() {
                wrong.push(format!("{a} | {b}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn all_different(pairs: &[(&str, &str)]) {
    let policy = Policy::default();
    let mut wrong = Vec::new();
    for (a, b) in pairs {
        for (a, b) in [(a, b), (b, a)] {
            let found = compared(a, b, &policy);
            if !matches!(found, Comparison::Different(_)) {
                wrong.push(format!("{a} | {b}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn numbers() {
    all_equal(&[
        ("3/8+1/4", "5/8"),
        ("2^10", "1024"),
        ("(-2)^3", "-8"),
        ("0.1+0.2", "0.3"),
        ("sqrt(50)-sqrt(8)", "3*sqrt(2)"),
        ("1/(sqrt(5)-2)", "sqrt(5)+2"),
        ("sqrt(7+4*sqrt(3))", "2+sqrt(3)"),
        ("27^(-2/3)", "1/9"),
        ("root(-27,3)", "-3"),
        ("ln(8)/ln(4)", "3/2"),
        ("log10(1000)", "3"),
        ("10^(log10(7))", "7"),
        ("abs(2-sqrt(5))", "sqrt(5)-2"),
        ("sin(pi/12)", "(sqrt(6)-sqrt(2))/4"),
        ("cos(5*pi/6)", "-sqrt(3)/2"),
        ("tan(pi/3)", "sqrt(3)"),
        ("atan(1)", "pi/4"),
        ("e^(2*ln(3))", "9"),
        ("2^sqrt(2)*2^(2-sqrt(2))", "4"),
    ]);
    all_different(&[
        ("1/3", "0.3333333333333333333333333333"),
        ("sqrt(2)", "1.4142135623730950488016887242096980785696718753769"),
        ("sqrt(9+16)", "3+4"),
        ("pi", "22/7"),
        ("e", "2.718281828459045"),
        ("(-3)^2", "-9"),
        ("2^(-3)", "-8"),
        ("sqrt(2)+sqrt(3)", "sqrt(5)"),
        ("sin(pi/5)", "3/5"),
        ("10^40+1", "10^40"),
    ]);
}

#[test]
fn algebra() {
    all_equal(&[
        ("(a+b)^2-(a-b)^2", "4*a*b"),
        ("(x^3-8)/(x-2)", "x^2+2*x+4"),
        ("1/x-1/(x+1)", "1/(x*(x+1))"),
        ("(x-y)/(y-x)", "-1"),
        ("(2*x)^5/(4*x^2)", "8*x^3"),
        ("sqrt(x^2*y^4)", "abs(x)*y^2"),
        ("sqrt(12*x)", "2*sqrt(3*x)"),
        ("x/sqrt(x)", "sqrt(x)"),
        ("root(x^6,3)", "x^2"),
        ("root(x,3)^3", "x"),
        ("(sqrt(a)+sqrt(b))*(sqrt(a)-sqrt(b))", "a-b"),
        ("1/(sqrt(x+1)+sqrt(x))", "sqrt(x+1)-sqrt(x)"),
        ("abs(3-x)", "abs(x-3)"),
        ("abs(x)^2", "x^2"),
        ("abs(x*y)", "abs(x)*abs(y)"),
        ("x_1+x_2", "x_2+x_1"),
    ]);
    all_different(&[
        ("(x+3)^2", "x^2+9"),
        ("sqrt(x^2)", "x"),
        ("abs(x)", "x"),
        ("abs(x-1000)", "1000-x"),
        ("sqrt((x-50)^2)", "50-x"),
        ("abs(x+1)+abs(x-1)", "2"),
        ("x/(x+1)", "1/2"),
        ("(x+y)/x", "y"),
        ("a/(b+c)", "a/b+a/c"),
        ("x^2*x^3", "x^6"),
        ("sqrt(x+4)", "sqrt(x)+2"),
        ("x", "x+1/10^30"),
        ("x*y", "x*z"),
        ("x^6", "x^6+x*(x-1)*(x-2)*(x-3)*(x+1)*(x+2)/1000"),
    ]);
}

#[test]
fn exponentials_and_logarithms() {
    all_equal(&[
        ("e^x*e^(-x)", "1"),
        ("(e^x)^2", "e^(2*x)"),
        ("4^x", "2^(2*x)"),
        ("3*3^x", "3^(x+1)"),
        ("6^x/2^x", "3^x"),
        ("(1/2)^x", "2^(-x)"),
        ("ln(x*y)", "ln(x)+ln(y)"),
        ("ln(x^3)", "3*ln(x)"),
        ("ln(x/2)", "ln(x)-ln(2)"),
        ("log10(100*x)", "2+log10(x)"),
        ("logb(x,2)", "ln(x)/ln(2)"),
        ("e^(3*ln(x))", "x^3"),
        ("ln(e^(2*x+1))", "2*x+1"),
        ("ln(sqrt(x))", "ln(x)/2"),
        ("a^x*b^x", "(a*b)^x"),
        ("(-1)^n*3^n", "(-3)^n"),
        ("(-1)^(n+2)", "(-1)^n"),
    ]);
    all_different(&[
        ("ln(x+y)", "ln(x)+ln(y)"),
        ("ln(x)^2", "2*ln(x)"),
        ("e^(x+1)", "e^x+e"),
        ("2^x*3^x", "6^(2*x)"),
        ("ln(-x)", "ln(x)"),
        ("log10(x)", "ln(x)"),
        ("e^(x^2)", "e^(2*x)"),
        ("(-2)^a", "(-2)^(a*b)"),
        ("(-2)^a", "(-2)^(a^b)"),
        ("(-3)^n", "3^n"),
    ]);
}

#[test]
fn trigonometry() {
    all_equal(&[
        ("sin(x)^2", "1-cos(x)^2"),
        ("sin(2*x)", "2*sin(x)*cos(x)"),
        ("cos(2*x)", "1-2*sin(x)^2"),
        ("tan(x)", "sin(x)/cos(x)"),
        ("1+tan(x)^2", "1/cos(x)^2"),
        ("sin(x+pi/2)", "cos(x)"),
        ("sin(3*x)", "3*sin(x)-4*sin(x)^3"),
        ("sin(a-b)", "sin(a)*cos(b)-cos(a)*sin(b)"),
        ("sin(x/2)^2", "(1-cos(x))/2"),
        ("sin(x)^4-cos(x)^4", "sin(x)^2-cos(x)^2"),
    ]);
    all_different(&[
        ("sin(2*x)", "2*sin(x)"),
        ("sin(x+y)", "sin(x)+sin(y)"),
        ("cos(x)", "sin(x)"),
        ("sin(x)^2", "sin(x^2)"),
        ("sin(64*pi*x)", "0"),
        ("cos(x)", "cos(x+0.000001)"),
    ]);
}

#[test]
fn equations() {
    all_equal(&[
        ("3*x+4 = 19", "x = 5"),
        ("x^2 = 2", "x = sqrt(2) or x = -sqrt(2)"),
        ("x^2-2*sqrt(3)*x+3 = 0", "x = sqrt(3)"),
        ("(x-1)^2*(x+2) = 0", "x = 1 or x = -2"),
        ("x^3-2*x-4 = 0", "x = 2"),
        ("x^4-5*x^2+6 = 0", "x^2 = 2 or x^2 = 3"),
        ("x^5-x-1 = 0", "2*x^5 = 2*x+2"),
        ("1/x+1/(x+2) = 3/4", "x = 2 or x = -4/3"),
        ("x/(x-2) = 2/(x-2)", "none"),
        ("sqrt(x+6) = x", "x = 3"),
        ("sqrt(x)+sqrt(x+5) = 5", "x = 4"),
        ("root(x-1,3) = 2", "x = 9"),
        ("abs(2*x-3) = 5", "x = 4 or x = -1"),
        ("abs(x-1) = abs(x+3)", "x = -1"),
        ("abs(x-1)+abs(x-2) = 1", "x >= 1 and x <= 2"),
        ("2^x = 10", "x = ln(10)/ln(2)"),
        ("2^(x+1) = 3^x", "x = ln(2)/(ln(3)-ln(2))"),
        ("4^x-6*2^x+8 = 0", "x = 1 or x = 2"),
        ("e^x = -1", "none"),
        ("ln(x) = 2", "x = e^2"),
        ("ln(x)+ln(x-1) = ln(6)", "x = 3"),
        ("log10(x)^2 = 4", "x = 100 or x = 1/100"),
        ("x*e^x = 3*e^x", "x = 3"),
        ("x^2 = -4", "none"),
        ("2*(x+1) = 2*x+2", "all"),
        ("0*x = 1", "none"),
        ("x^2 = 9", "x = 3 and x = -3"),
        ("x^1.5 = 8", "x = 4"),
        ("5^(x^2) = 25^x", "x = 0 or x = 2"),
        ("x^ln(x) = e^4", "x = e^2 or x = e^(-2)"),
        ("x*abs(x) = 4", "x = 2"),
        ("x^3-3*x+1 = 0", "x = 2*cos(2*pi/9) or x = 2*cos(4*pi/9) or x = 2*cos(8*pi/9)"),
    ]);
    all_different(&[
        ("3*x+4 = 19", "x = 6"),
        ("x^2 = 9", "x = 3"),
        ("x^2 = 5*x", "x = 5"),
        ("sqrt(x+6) = x", "x = 3 or x = -2"),
        ("x/(x-2) = 2/(x-2)", "x = 2"),
        ("x^2 = 2", "x = 1.41421356237309504880168872 or x = -1.41421356237309504880168872"),
        ("ln(x)+ln(x-1) = ln(6)", "x = 3 or x = -2"),
        ("x^3 = 2", "x = 1.26"),
        ("2^x = 10", "x = 5"),
        ("x = x", "x/x = 1"),
        ("x^5-x-1 = 0", "x^5-x-1.0000000001 = 0"),
    ]);
}

#[test]
fn inequalities() {
    all_equal(&[
        ("-2*x < 6", "x > -3"),
        ("x^2 < 9", "-3 < x and x < 3"),
        ("x^2 >= 2", "x <= -sqrt(2) or x >= sqrt(2)"),
        ("(x-1)/(x+2) > 0", "x < -2 or x > 1"),
        ("1/x < 1", "x < 0 or x > 1"),
        ("abs(x-2) <= 3", "x >= -1 and x <= 5"),
        ("(x-1)^2 > 0", "x != 1"),
        ("x^2+1 > 0", "all"),
        ("sqrt(x) < 2", "x >= 0 and x < 4"),
        ("2^x > 8", "x > 3"),
        ("ln(x) <= 0", "x > 0 and x <= 1"),
        ("1 < 2*x+1 and 2*x+1 <= 7", "0 < x and x <= 3"),
    ]);
    all_different(&[
        ("-2*x < 6", "x < -3"),
        ("x^2 < 9", "x < 3"),
        ("x < 3", "x <= 3"),
        ("1/x < 1", "x > 1"),
        ("sqrt(x) < 2", "x < 4"),
        ("x^2 > 2", "x > 1.4142135 or x < -1.4142135"),
    ]);
}

#[test]
fn formulas_and_systems() {
    all_equal(&[
        ("V = I*R", "I = V/R"),
        ("s = v*t", "t = s/v"),
        ("E = m*v^2/2", "m = 2*E/v^2"),
        ("y = 2*x-5", "x = (y+5)/2"),
        ("a*x = b", "x = b/a"),
        ("1/f = 1/a+1/b", "f = a*b/(a+b)"),
        ("A = P*e^(r*t)", "t = ln(A/P)/r"),
        ("x+y = 5 and x-y = 1", "x = 3 and y = 2"),
        ("x+y = 5 and 2*x+2*y = 10", "y = 5-x"),
        ("x^2+y^2 = 25 and y = x+1", "x = 3 and y = 4 or x = -4 and y = -3"),
        ("x*y = 6 and x+y = 5", "x = 2 and y = 3 or x = 3 and y = 2"),
        ("x^2+y^2 = 5 and x^2-y^2 = 3", "(x = 2 or x = -2) and (y = 1 or y = -1)"),
        ("x+y+z = 6 and x-y = 0 and z = 2*x", "x = 3/2 and y = 3/2 and z = 3"),
        ("x+y = 1 and x+y = 2", "none"),
        ("y > x", "x < y"),
        ("y > x", "-2*y < -2*x"),
    ]);
    all_different(&[
        ("V = I*R", "I = V*R"),
        ("s = v*t", "s*a = v*t*a"),
        ("E = m*v^2/2", "v = sqrt(2*E/m)"),
        ("x+y = 5 and x-y = 1", "x = 3"),
        ("x+y = 5 and x-y = 1", "x = 2 and y = 3"),
        ("x*y = 6 and x+y = 5", "x = 2 and y = 3"),
        ("x = y", "x^2 = y^2"),
        ("x = y or x = 1 and y = 2", "x = y"),
        ("x^2+y^2 = 1", "x+y = 1"),
        ("y > x", "y > 2*x"),
        ("y > x", "-y > -x"),
    ]);
}

#[test]
fn equations_that_repeat() {
    all_equal(&[
        ("sin(x) = 1/2", "x = pi/6+2*pi*n or x = 5*pi/6+2*pi*n"),
        ("cos(x) = 0", "x = pi/2+n*pi"),
        ("tan(x) = 1", "x = pi/4+n*pi"),
        ("sin(2*x) = 1", "x = pi/4+n*pi"),
        ("2*sin(x)^2-sin(x) = 0", "sin(x) = 0 or sin(x) = 1/2"),
        ("sin(x) = cos(x)", "tan(x) = 1"),
        ("sin(x) = 2", "none"),
        ("cos(2*x) = cos(x)", "x = 2*pi*n or x = 2*pi*n/3"),
        ("sin(x) > 1/2", "pi/6+2*pi*n < x and x < 5*pi/6+2*pi*n"),
    ]);
    all_different(&[
        ("sin(x) = 1/2", "x = pi/6+2*pi*n"),
        ("sin(x) = 1/2", "x = pi/6"),
        ("cos(x) = 0", "x = pi/2+2*n*pi"),
        ("tan(x) = 1", "x = pi/4+n*pi/2"),
        ("sin(x) = 0", "sin(2*x) = 0"),
        ("2*sin(x)^2 = sin(x)", "sin(x) = 1/2"),
    ]);
}

#[test]
fn policies_are_kept() {
    let with = |change: fn(&mut Policy)| {
        let mut policy = Policy::default();
        change(&mut policy);
        policy
    };
    let positive = with(|policy| policy.letters = Letters::Positive);
    assert!(compared("sqrt(x^2)", "x", &positive).is_equal());
    assert!(compared("x^2 = 9", "x = 3", &positive).is_equal());
    assert!(compared("a^2 = b^2", "a = b", &positive).is_equal());
    assert!(!compared("x^2 = 9", "x = 2", &positive).is_equal());
    let gaps = with(|policy| policy.gaps = Gaps::Refused);
    assert!(!compared("x/x", "1", &gaps).is_equal());
    assert!(!compared("2*ln(x)", "ln(x^2)", &gaps).is_equal());
    assert!(compared("2*x/2", "x", &gaps).is_equal());
    let odd = with(|policy| policy.odd_roots = OddRoots::Refused);
    assert!(!compared("(-8)^(1/3)", "-2", &odd).is_equal());
    let only_or = with(|policy| policy.alternatives = Alternatives::OnlyOr);
    assert!(!compared("x^2 = 9", "x = 3 and x = -3", &only_or).is_equal());
    let near = with(|policy| policy.tolerance = Some(crate::exact::Rational::new(1.into(), 100.into())));
    assert!(compared("1/3", "0.333", &near).is_equal());
    assert!(!compared("1/3", "0.3", &near).is_equal());
}

#[test]
fn what_has_no_value_is_neither_equal_nor_different() {
    for b in ["2^(x/ln(4/4))", "2^(x/ln(4/4)) + 1", "2^(x/ln(4/4)) - 1", "1/(x-x)"] {
        let found = compared("2^(x/ln(4/4))", b, &Policy::default());
        assert_eq!(found, Comparison::Undecided(super::Reason::NoValue), "{b}");
    }
}

#[test]
fn solutions_that_come_again_are_more_than_those_that_were_looked_at() {
    let policy = Policy::default();
    let mut some = "x = 0".to_owned();
    for turns in 1..12 {
        some += &format!(" or x = {turns}*pi or x = -{turns}*pi");
        let lines = ["sin(x) = 0", "sin(x) = 0", &some].map(|line| read_notation(line).expect("a line"));
        let found: Vec<_> = compare_chain(&lines, &policy).map(|found| found.is_equal()).collect();
        assert_eq!(found, [true, false], "{some}");
    }
    all_different(&[
        ("sin(x)*sin(x/5+1) = 0", "sin(x) = 0"),
        ("sin(x)*(x-100) = 0", "sin(x) = 0"),
        ("sin(x) = 0 or x^2 = 10000", "sin(x) = 0"),
        ("cos(x) = 1", "x = n*2*pi or x = 31"),
        ("cos(x) = 1", "x = n*2*pi or x^2 = 961"),
        ("cos(x) = 1", "x = n*2*pi or x = 1+100*n"),
        ("cos(x) = 1", "x = n*4*pi"),
    ]);
    all_equal(&[
        ("sin(x)*(x-10*pi) = 0", "sin(x) = 0"),
        ("cos(x) = 1", "x = n*2*pi or x = 10*pi"),
        ("sin(x) = 0", "x = n*2*pi or x = pi+n*2*pi"),
        ("sin(x) = 2", "x^2 = -1"),
    ]);
}

#[test]
fn a_chain_is_compared_as_its_pairs_are() {
    let chains: [&[&str]; 7] = [
        &["2*x+3 = 11", "2*x = 8", "x = 4", "x = 5", "5 = x"],
        &["x^2 = 9", "x = 3", "x = 3 or x = -3", "x = 3 and x = -3", "abs(x) = 3"],
        &["sin(x) = 0", "sin(2*x) = 0", "x = 0", "x*(x-1) = 0", "cos(x) = 1", "sin(x) = 0"],
        &["x+y = 3", "x = 3-y", "x = 3", "y = 3", "x = 3"],
        &["x/x = 1", "x = x", "1 = 1", "x^2 >= 0", "x > 0", "x >= 0"],
        &["2^x = 8", "x = 3", "2^x = x+5", "x = 3", "x+1", "x = 3"],
        &["ln(x) = 0", "x = 1", "x^2 = 1", "sqrt(x) = 1"],
    ];
    for policy in [Policy::default(), Policy { letters: Letters::Positive, ..Policy::default() }] {
        for chain in chains {
            let lines: Vec<_> = chain.iter().map(|line| read_notation(line).expect("a line")).collect();
            let pairs: Vec<_> = lines.windows(2).map(|pair| compare(&pair[0], &pair[1], &policy)).collect();
            assert_eq!(compare_chain(&lines, &policy).collect::<Vec<_>>(), pairs, "{chain:?}");
        }
    }
}
