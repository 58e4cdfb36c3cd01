//! Tasks drawn with a seed.

use super::task;
use crate::verdict::{Demand, Task};

/// Numbers from a seed: SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014).
pub(super) struct Draw(pub(super) u64);

impl Draw {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `low` to `high`, both with.
    pub(super) fn whole(&mut self, low: i64, high: i64) -> i64 {
        let count = u64::try_from(high - low + 1).unwrap();
        low + i64::try_from(self.next() % count).unwrap()
    }

    /// The same without 0.
    fn nonzero(&mut self, low: i64, high: i64) -> i64 {
        match self.whole(low, high) {
            0 => high,
            value => value,
        }
    }

    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[usize::try_from(self.next()).unwrap_or(0) % all.len()]
    }
}

/// A number with its sign, as one more term.
fn plus(value: i64) -> String {
    if value < 0 { format!("−{}", -value) } else { format!("+{value}") }
}

/// A number after a sign of operation.
fn bracket(value: i64) -> String {
    if value < 0 { format!("(−{})", -value) } else { value.to_string() }
}

fn tenths(value: i64) -> String {
    format!("{},{}", value / 10, value % 10)
}

/// A term with a letter: `−x`, `3x`.
fn term(value: i64, letters: &str) -> String {
    match value {
        1 => letters.into(),
        -1 => format!("−{letters}"),
        value => format!("{value}{letters}").replace('-', "−"),
    }
}

fn plus_term(value: i64, letters: &str) -> String {
    if value < 0 { term(value, letters) } else { format!("+{}", term(value, letters)) }
}

const COUNT: u64 = 17;

/// One task of each kind in turn.
pub(super) fn draw(seed: u64) -> Task {
    let mut draw = Draw(seed);
    match seed % COUNT {
        0 => arithmetic(&mut draw),
        1 => fractions(&mut draw),
        2 => percent_and_decimals(&mut draw),
        3 => powers(&mut draw),
        4 => simplification(&mut draw),
        5 => factoring(&mut draw),
        6 | 7 => linear(&mut draw),
        8 => inequality(&mut draw),
        9 | 10 => quadratic(&mut draw),
        11 => system(&mut draw),
        12 => quadratic_inequality(&mut draw),
        13 => root_or_size(&mut draw),
        14 => square(&mut draw),
        15 => letters_below(&mut draw),
        _ => system_without_one_solution(&mut draw),
    }
}

fn arithmetic(draw: &mut Draw) -> Task {
    let [a, b, c, d] = [(); 4].map(|()| draw.whole(2, 12));
    let [p, q, r] = [(); 3].map(|()| draw.nonzero(-9, 9));
    let start = match draw.whole(0, 7) {
        0 => format!("{a}+{b}·{c}−{d}"),
        1 => format!("{a}·({b}+{c})−{d}·{b}"),
        2 => format!("{}−{}+{}", term_number(p), bracket(q), bracket(r)),
        3 => format!("{}·{}−{}·{a}", term_number(p), bracket(q), bracket(r)),
        4 => format!("{}:{b}+{c}·({d}−{a})", a * b),
        5 => format!("{a}²−{b}·{c}+√{}", d * d),
        6 => format!("({p}−{})²·{a}−{b}", bracket(q)).replace('-', "−"),
        _ => format!("{a}−({b}−({c}−{d}))"),
    };
    task(&start, Demand::Value)
}

fn term_number(value: i64) -> String {
    value.to_string().replace('-', "−")
}

fn fractions(draw: &mut Draw) -> Task {
    let [a, c] = [(); 2].map(|()| draw.whole(1, 9));
    let [b, d] = [(); 2].map(|()| draw.whole(2, 12));
    let sign = draw.of(&["+", "−"]);
    let (start, demand) = match draw.whole(0, 8) {
        0 | 1 => (format!("{a}/{b}{sign}{c}/{d}"), Demand::Value),
        2 => (format!("{a}/{b}·{c}/{d}"), Demand::LowestTerms),
        3 => (format!("{a}/{b}:{c}/{d}"), Demand::LowestTerms),
        4 => (format!("{a} 1/{b}+{c} 1/{d}"), Demand::Mixed),
        5 => (format!("{}/{}", a * c * 2, b * c * 2), Demand::LowestTerms),
        6 => (format!("{c}·{a}/{b}−1/{d}"), Demand::Value),
        7 => (format!("({a}/{b})/({c}/{d})"), Demand::Value),
        _ => (format!("1−{a}/{b}+{c}/{d}"), Demand::Improper),
    };
    // What is whole cannot be asked for as a fraction.
    let demand = if demand == Demand::Improper { Demand::Value } else { demand };
    task(&start, demand)
}

fn percent_and_decimals(draw: &mut Draw) -> Task {
    let [a, b] = [(); 2].map(|()| draw.whole(1, 99));
    let n = draw.whole(2, 40) * 10;
    let (start, demand) = match draw.whole(0, 6) {
        0 => (format!("{a} % · {n}"), Demand::Value),
        1 => (format!("{n}−{a} % · {n}"), Demand::Value),
        2 => (format!("{}+{}", tenths(a), tenths(b)), Demand::Decimal),
        3 => (format!("{}−{}·{}", tenths(a), tenths(b), draw.whole(2, 9)), Demand::Decimal),
        4 => (format!("{a} %"), Demand::LowestTerms),
        5 => (format!("{}/{}", draw.whole(1, 19), draw.of(&["2", "4", "5", "8", "20"])), Demand::Decimal),
        _ => (format!("{}/{}", draw.whole(1, 40), draw.whole(3, 19)), Demand::Decimals { places: 2 }),
    };
    task(&start, demand)
}

fn powers(draw: &mut Draw) -> Task {
    let [a, b, m, n] = [(); 4].map(|()| draw.whole(2, 5));
    let (start, demand) = match draw.whole(0, 8) {
        0 => (format!("{a}^{m}+{b}^{n}"), Demand::Value),
        1 => (format!("{a}x^{m}·{b}x^{n}"), Demand::Simplified),
        2 => (format!("({a}x^{m})^{n}"), Demand::Simplified),
        3 => (format!("{}x^{}/({a}x^{n})", a * b, m + n), Demand::Simplified),
        4 => (format!("{a}^(−{n})·{b}"), Demand::Value),
        5 => (format!("√{}", a * a * draw.whole(2, 3)), Demand::Exact),
        6 => (format!("{a}√2+√{}", 2 * b * b), Demand::Exact),
        7 => (format!("√{a}·√{}", a * b * b), Demand::Exact),
        _ => (format!("(x^{m})^{n}·x"), Demand::Simplified),
    };
    task(&start, demand)
}

fn simplification(draw: &mut Draw) -> Task {
    let [a, b, c, d, e, f] = [(); 6].map(|()| draw.nonzero(-9, 9));
    let [m, n] = [(); 2].map(|()| draw.whole(2, 6));
    let start = match draw.whole(0, 9) {
        0 => format!("{}{}{}{}", term(a, "x"), plus(b), plus_term(c, "x"), plus(d)),
        1 => format!("{m}({}{})−{n}({}{})", term(a, "x"), plus(b), term(c, "x"), plus(d)),
        2 => format!("({}{})({}{})", term(a, "x"), plus(b), term(c, "x"), plus(d)),
        3 => format!("({}{})²", term(a, "x"), plus(b)),
        4 => format!("{}{}{}{}", term(a, "a"), plus_term(b, "b"), plus_term(c, "a"), plus_term(d, "b")),
        5 => format!("x/{m}+x/{n}{}", plus(a)),
        6 => format!("{a}−({}{})", term(b, "x"), plus(c)).replace('-', "−"),
        7 => format!("x({}{})−{m}({}{})", term(e, "x"), plus(f), term(a, "x²"), plus_term(b, "x")),
        8 => format!("(x{})²−(x{})(x{})", plus(a), plus(b), plus(-b)),
        _ => format!("({}x{})/{m}", m * n, plus(m * a)),
    };
    task(&start, Demand::Simplified)
}

fn factoring(draw: &mut Draw) -> Task {
    let [r, s] = [(); 2].map(|()| draw.nonzero(-7, 7));
    let [a, b, k] = [(); 3].map(|()| draw.whole(1, 6));
    let square = |r: i64, s: i64, k: i64| {
        format!("{}{}{}", term(k, "x²"), plus_term(k * (r + s), "x"), plus(k * r * s)).replace("+0x", "")
    };
    let start = match draw.whole(0, 7) {
        0 => format!("{}{}", term(a * k, "x²"), plus_term(b * k, "x")),
        1 => format!("{}−{}", term(a * a, "x²"), b * b),
        2 => square(r, r, 1),
        3 => square(r, s, 1),
        4 => square(r, s, k),
        5 => format!("{}{}{}", term(a, "x²"), plus_term(a * r + b, "x"), plus(b * r)).replace("+0x", ""),
        6 => format!("x³−{}", term(a * a, "x")),
        _ => format!("x(x{})+{b}(x{})", plus(r), plus(r)),
    };
    task(&start, Demand::Factored { variable: 'x'.into() })
}

fn linear(draw: &mut Draw) -> Task {
    let x = draw.whole(-9, 9);
    let [a, b, c] = [(); 3].map(|()| draw.nonzero(-9, 9));
    let [m, n] = [(); 2].map(|()| draw.whole(2, 6));
    let start = match draw.whole(0, 9) {
        0 => format!("{}{} = {}", term(a, "x"), plus(b), a * x + b),
        1 => format!("{m}(x{}) = {}", plus(b), m * (x + b)),
        2 => format!("{}{} = {}{}", term(a, "x"), plus(b), term(c, "x"), plus(n)),
        3 => format!("{b}−{m}(x{}) = {}", plus(c), term(a, "x")),
        4 => format!("x/{m}{} = {}", plus(b), x + b),
        5 => format!("x/{m}+x/{n} = {b}"),
        6 => format!("(x{})/{m}−(x{})/{n} = {c}", plus(a), plus(b)),
        7 => format!("{}x{} = {}", tenths(m * 3), plus(b), tenths(n * 7)),
        8 => format!("{n}/{m}x = {c}"),
        _ => format!("x{}/{m} = {b}/{n}", plus(a)),
    };
    task(&start.replace('-', "−"), Demand::Solved { variable: 'x'.into() })
}

fn inequality(draw: &mut Draw) -> Task {
    let [a, b, c, d] = [(); 4].map(|()| draw.nonzero(-9, 9));
    let m = draw.whole(2, 6);
    let sign = draw.of(&["<", ">", "≤", "≥"]);
    let start = match draw.whole(0, 5) {
        0 => format!("{}{} {sign} {d}", term(a, "x"), plus(b)),
        1 => format!("{}{} {sign} {}{}", term(a, "x"), plus(b), term(c, "x"), plus(d)),
        2 => format!("{m}(x{}) {sign} {d}", plus(b)),
        3 => format!("−x/{m}{} {sign} {d}", plus(b)),
        4 => format!("{} < {}{} < {}", c - 20, term(a, "x"), plus(b), c + 20),
        _ => format!("{} ≤ {b}−{m}x ≤ {}", c - 20, c + 20),
    };
    task(&start.replace('-', "−"), Demand::Solved { variable: 'x'.into() })
}

fn quadratic(draw: &mut Draw) -> Task {
    let [r, s, p, q] = [(); 4].map(|()| draw.nonzero(-9, 9));
    let [a, b] = [(); 2].map(|()| draw.whole(2, 9));
    let start = match draw.whole(0, 10) {
        0 => format!("x² = {}", r * r),
        1 => format!("{a}x²−{} = 0", a * b),
        2 => format!("(x{})² = {}", plus(r), b * b),
        3 => format!("(x{})(x{}) = 0", plus(r), plus(s)),
        4 => format!("{}{} = 0", term(a, "x²"), plus_term(r * a, "x")),
        5 => format!("x² = {}", term(r, "x")),
        6 => format!("x²{}{} = 0", plus_term(r + s, "x"), plus(r * s)).replace("+0x", ""),
        7 => format!("x²{}{} = 0", plus_term(p, "x"), plus(q)),
        8 => format!("{a}x²{}{} = 0", plus_term(a * (r + s), "x"), plus(a * r * s)).replace("+0x", ""),
        9 => format!("x²{} = {}", plus_term(p, "x"), term_number(q)),
        _ => format!("(x{})(x{}) = {}", plus(r), plus(s), term_number(p)),
    };
    task(&start.replace('-', "−"), Demand::Solved { variable: 'x'.into() })
}

fn system(draw: &mut Draw) -> Task {
    let [x, y] = [(); 2].map(|()| draw.whole(-6, 6));
    let [a, b, c, d] = [(); 4].map(|()| draw.nonzero(-5, 5));
    let start = match draw.whole(0, 3) {
        // Two lines that say the same have no single solution.
        0 if b + c * a != 0 => format!(
            "y = {}{}; {}{} = {}",
            term(a, "x"),
            plus(y - a * x),
            term(b, "x"),
            plus_term(c, "y"),
            b * x + c * y
        ),
        1 => format!("x+y = {}; x−y = {}", x + y, x - y),
        2 if a != c => format!("y = {}{}; y = {}{}", term(a, "x"), plus(b), term(c, "x"), plus(d)),
        _ if a * d != b * c => {
            let (one, two) = (a * x + b * y, c * x + d * y);
            format!("{}{} = {one}; {}{} = {two}", term(a, "x"), plus_term(b, "y"), term(c, "x"), plus_term(d, "y"))
        }
        _ => format!("2x+y = {}; x−y = {}", 2 * x + y, x - y),
    };
    task(&start.replace('-', "−"), Demand::Solved { variable: 'x'.into() })
}

fn quadratic_inequality(draw: &mut Draw) -> Task {
    let [r, s, p] = [(); 3].map(|()| draw.nonzero(-9, 9));
    let [a, b] = [(); 2].map(|()| draw.whole(2, 6));
    let sign = draw.of(&["<", ">", "≤", "≥"]);
    let start = match draw.whole(0, 8) {
        0 => format!("x² {sign} {}", b * b),
        1 => format!("(x{})(x{}) {sign} 0", plus(r), plus(s)),
        2 => format!("x²{}{} {sign} 0", plus_term(r + s, "x"), plus(r * s)).replace("+0x", ""),
        3 => format!("x²{} {sign} {}", plus_term(2 * p, "x"), term_number(r)),
        4 => format!("{} {sign} {}", term(a, "x²"), term(p, "x")),
        5 => format!("−x²{}{} {sign} 0", plus_term(r + s, "x"), plus(-r * s)).replace("+0x", ""),
        6 => format!("(x{})² {sign} {}", plus(r), b * b),
        7 => format!("x(x{})(x{}) {sign} 0", plus(r), plus(s)),
        _ => format!("{a}x²{}{} {sign} 0", plus_term(a * (r + s), "x"), plus(a * r * s)).replace("+0x", ""),
    };
    task(&start.replace('-', "−"), Demand::Solved { variable: 'x'.into() })
}

fn root_or_size(draw: &mut Draw) -> Task {
    let [a, b] = [(); 2].map(|()| draw.whole(2, 9));
    let p = draw.nonzero(-9, 9);
    let sign = draw.of(&["<", ">", "≤", "≥"]);
    let start = match draw.whole(0, 6) {
        0 => format!("√x = {a}"),
        1 => format!("√({}{}) = {b}", term(a, "x"), plus(p)),
        2 => format!("{a}√x{} = {}", plus(p), a * b + p),
        3 => format!("|x{}| = {b}", plus(p)),
        4 => format!("{a}|x{}|−{b} = {}", plus(p), a * b),
        5 => format!("|{}{}| {sign} {b}", term(a, "x"), plus(p)),
        _ => format!("√(x{}) = {}", plus(p), -b),
    };
    task(&start.replace('-', "−"), Demand::Solved { variable: 'x'.into() })
}

fn square(draw: &mut Draw) -> Task {
    let [p, q] = [(); 2].map(|()| draw.nonzero(-9, 9));
    let a = draw.whole(2, 5);
    let start = match draw.whole(0, 3) {
        0 => format!("x²{}{}", plus_term(2 * p, "x"), plus(q)),
        1 => format!("x²{}", plus_term(p, "x")),
        2 => format!("{a}x²{}{}", plus_term(2 * a * p, "x"), plus(q)),
        _ => format!("(x{})(x{})", plus(p), plus(q + 10)),
    };
    task(&start.replace('-', "−"), Demand::CompletedSquare { variable: 'x'.into() })
}

/// Fractions with letters below: made one, shortened, or in an equation.
fn letters_below(draw: &mut Draw) -> Task {
    let [a, b, c] = [(); 3].map(|()| draw.whole(2, 9));
    let p = draw.nonzero(-9, 9);
    let solved = Demand::Solved { variable: 'x'.into() };
    let (start, demand) = match draw.whole(0, 6) {
        0 => (format!("{a}/x+{b}/y"), Demand::SingleFraction),
        1 => (format!("{a}/x−{b}/(x{})", plus(p)), Demand::SingleFraction),
        2 => (format!("x{}/x", plus(p)), Demand::SingleFraction),
        3 => (format!("{a}/({b}x)+{c}/x"), Demand::Simplified),
        4 => (format!("(x²−{})/(x−{b})", b * b), Demand::Simplified),
        5 => (format!("(x{})/x = {a}", plus(p)), solved),
        _ => (format!("{a}/(x+{c}) = {b}/x"), solved),
    };
    // The same number above on both sides has no solution but for a letter that is not there.
    if a == b && start.contains(" = ") { linear(draw) } else { task(&start.replace('-', "−"), demand) }
}

/// Two equations that say the same, or that cannot hold together.
fn system_without_one_solution(draw: &mut Draw) -> Task {
    let [a, b, c] = [(); 3].map(|()| draw.nonzero(-5, 5));
    let k = draw.whole(2, 4);
    let other = if draw.whole(0, 1) == 0 { c * k } else { c * k + 1 };
    let start = match draw.whole(0, 1) {
        0 => format!(
            "{}{} = {c}; {}{} = {other}",
            term(a, "x"),
            plus_term(b, "y"),
            term(a * k, "x"),
            plus_term(b * k, "y")
        ),
        _ => format!("y = {}{}; {}{} = {other}", term(a, "x"), plus(c), term(k, "y"), plus_term(-a * k, "x")),
    };
    task(&start.replace('-', "−"), Demand::Solved { variable: 'x'.into() })
}
