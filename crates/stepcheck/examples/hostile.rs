//! Drives judging, explaining and hints with long and deep lines of every kind, and tells what each costs.
//!
//! `cargo run --release --package stepcheck --example hostile` prints the sixty slowest pairs of lines, in milliseconds, each
//! the best of some runs; a word behind `--` keeps to the kinds with it in their names. No line may take more than 20 ms on one core. Every kind is tried in several sizes up to the
//! largest that reading lets through: what is too large is often given up sooner than what is nearly so.

use std::hint::black_box;
use std::time::{Duration, Instant};

use stepcheck::{Before, Demand, MAX_LENGTH, Statement, Task, explain, hint, judge, read, worked};

/// The goal for one line.
const MOST: Duration = Duration::from_millis(20);
/// Each is timed so often and its best time kept, for other programs run beside.
const ROUNDS: usize = 3;
/// How many parts a line has, or how deep it is.
const SIZES: [usize; 11] = [2, 3, 4, 6, 8, 10, 12, 16, 24, 40, 60];

/// Makes a line and the one below it, of some size.
type Lines = Box<dyn Fn(usize) -> (String, String)>;

/// A part of a line by its number.
type Part = fn(usize) -> String;

/// Kinds of lines by name.
#[derive(Default)]
struct Kinds(Vec<(&'static str, Lines)>);

impl Kinds {
    fn add(&mut self, name: &'static str, lines: impl Fn(usize) -> (String, String) + 'static) {
        self.0.push((name, Box::new(lines)));
    }

    /// A row of texts, and the same from the last to the first, written as `other` does.
    fn row(
        &mut self,
        name: &'static str,
        between: &'static str,
        (text, other): (Part, Part),
        (before, after): (&'static str, &'static str),
    ) {
        self.add(name, move |count| {
            let turned = row(count, between, |at| other(count + 1 - at));
            (row(count, between, text) + before, turned + after)
        });
    }

    /// Something in itself, written in two ways.
    fn nested(
        &mut self,
        name: &'static str,
        inside: &'static str,
        outside: fn(String, usize) -> String,
        other: fn(String, usize) -> String,
    ) {
        self.add(name, move |count| (nested(count, inside, outside), nested(count, inside, other)));
    }
}

fn row(count: usize, between: &str, text: impl Fn(usize) -> String) -> String {
    (1..=count).map(text).collect::<Vec<_>>().join(between)
}

fn nested(count: usize, inside: &str, outside: fn(String, usize) -> String) -> String {
    (1..=count).fold(inside.to_owned(), outside)
}

/// One of sixteen letters.
fn letter(at: usize) -> char {
    ['x', 'y', 'z', 'a', 'b', 'c', 'd', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'u'][at % 16]
}

fn kinds() -> Kinds {
    let mut kinds = Kinds::default();
    sums(&mut kinds);
    numbers(&mut kinds);
    products(&mut kinds);
    deep(&mut kinds);
    equations(&mut kinds);
    cases(&mut kinds);
    systems(&mut kinds);
    kinds
}

const PLAIN: (&str, &str) = ("", "");

fn sums(kinds: &mut Kinds) {
    let f = |n: usize| format!("{n}x");
    kinds.row("terms", "+", (f, f), PLAIN);
    kinds.add("terms collected", |n| {
        let sum = n * (n + 1) / 2;
        (row(n, "+", |n| format!("{n}x+{n}")), format!("{sum}x+{sum}"))
    });
    let f = |n: usize| format!("{n}{}", letter(n));
    kinds.row("terms of many letters", "+", (f, f), PLAIN);
    let f = |n: usize| format!("{n}x^{n}");
    kinds.row("powers", "+", (f, f), PLAIN);
    kinds.row(
        "products of two letters",
        "+",
        (|n| format!("{n}{}·{}", letter(n), letter(n / 3 + 1)), |n| format!("{}·{n}{}", letter(n / 3 + 1), letter(n))),
        PLAIN,
    );
    let f = |n: usize| format!("1/(x+{n})");
    kinds.row("fractions of letters", "+", (f, f), PLAIN);
    kinds.row("fractions of letters, extended", "+", (f, |n| format!("(x+{n})/(x+{n})^2")), PLAIN);
    kinds.row(
        "fractions of many letters",
        "+",
        (|n| format!("{n}/({}+{n})", letter(n)), |n| format!("{}/(2{}+{})", 2 * n, letter(n), 2 * n)),
        PLAIN,
    );
    kinds.row("logarithms", "+", (|n| format!("lg({n}x)"), |n| format!("lg(x·{n})")), PLAIN);
    kinds.row("logarithms taken apart", "+", (|n| format!("lg({n}x)"), |n| format!("lg x+lg {n}")), PLAIN);
    kinds.row("absolute values", "+", (|n| format!("|x-{n}|"), |n| format!("|{n}-x|")), PLAIN);
    kinds.row("brackets", "-", (|n| format!("{n}(x-{n})"), |n| format!("({n}x-{})", n * n)), PLAIN);
    kinds.row("squares of sums", "+", (|n| format!("(x+{n})^2"), |n| format!("x^2+{}x+{}", 2 * n, n * n)), PLAIN);
    kinds.row("roots of letters", "+", (|n| format!("√({n}x)"), |n| format!("√{n}·√x")), PLAIN);
    kinds.row(
        "roots of many letters",
        "+",
        (|n| format!("√({n}{})", letter(n)), |n| format!("√{n}·√{}", letter(n))),
        PLAIN,
    );
    kinds.row("sines", "+", (|n| format!("sin({n}x)"), |n| format!("sin(x·{n})")), PLAIN);
}

fn numbers(kinds: &mut Kinds) {
    let f = |n: usize| n.to_string();
    kinds.row("numbers", "+", (f, f), PLAIN);
    kinds.row("numbers multiplied", "·", (f, f), PLAIN);
    kinds.add("numbers in pairs", |n| (row(2 * n, "+", |n| n.to_string()), row(n, "+", |n| (4 * n - 1).to_string())));
    let f = |n: usize| format!("1/{}", n + 1);
    kinds.row("fractions", "+", (f, f), PLAIN);
    kinds.row("fractions extended", "-", (f, |n| format!("2/{}", 2 * n + 2)), PLAIN);
    let f = |n: usize| format!("{n}/{}", n + 1);
    kinds.row("fractions multiplied", "·", (f, f), PLAIN);
    let f = |n: usize| format!("√{}", n + 1);
    kinds.row("roots", "+", (f, f), PLAIN);
    kinds.row("roots multiplied", "·", (f, f), PLAIN);
    kinds.row("roots simplified", "+", (|n| format!("√{}", 8 * n), |n| format!("2√{}", 2 * n)), PLAIN);
    kinds.row("roots below", "+", (|n| format!("1/(1+√{})", n + 1), |n| format!("(√{}-1)/{n}", n + 1)), PLAIN);
    let f = |n: usize| "9".repeat(n + 20);
    kinds.row("long numbers", "+", (f, f), PLAIN);
    kinds.row("long numbers multiplied", "·", (f, f), PLAIN);
    let f = |n: usize| format!("{n} %");
    kinds.row("percents", "+", (f, f), PLAIN);
    let f = |n: usize| format!("{n} 1/{}", n + 1);
    kinds.row("mixed numbers", "+", (f, f), PLAIN);
    let f = |n: usize| format!("{n}^{}", n % 7 + 2);
    kinds.row("powers of numbers", "·", (f, f), PLAIN);
    kinds.row("logarithms of numbers", "+", (|n| format!("lg {}", n + 1), |n| format!("ln {}/ln 10", n + 1)), PLAIN);
    kinds.row("quantities", "+", (|n| format!("{n} m"), |n| format!("{n}00 cm")), PLAIN);
}

fn products(kinds: &mut Kinds) {
    kinds.row("brackets multiplied", "", (|n| format!("(x+{n})"), |n| format!("({n}+x)")), PLAIN);
    kinds.row("brackets of two letters", "", (|n| format!("(x+{n}y)"), |n| format!("({n}y+x)")), PLAIN);
    kinds.row(
        "brackets of many letters",
        "",
        (|n| format!("({}+{n})", letter(n)), |n| format!("({n}+{})", letter(n))),
        PLAIN,
    );
    let f = |n: usize| letter(n).to_string();
    kinds.row("letters multiplied", "·", (f, f), PLAIN);
    kinds.row(
        "fractions of brackets",
        "·",
        (|n| format!("(x+{n})/(x+{})", n + 1), |n| format!("(2x+{})/(2x+{})", 2 * n, 2 * n + 2)),
        PLAIN,
    );
    kinds.add("a sum of two raised", |n| (format!("(x+1)^{}", 2 * n), format!("(x+1)^{n}·(x+1)^{n}")));
    kinds.add("a sum of three raised", |n| (format!("(x+y+z)^{}", 2 * n), format!("(x+y+z)^{n}·(x+y+z)^{n}")));
    kinds.add("a sum of three raised and negative", |n| (format!("(x-2y+3z)^{n}"), format!("(3z-2y+x)^{n}")));
    kinds.add("large powers", |n| (format!("2^{}·3^{}", 10 * n, 9 * n), format!("3^{}·2^{}", 9 * n, 10 * n)));
    kinds.add("large powers of letters", |n| (format!("x^{}·x^{}", 9 * n, 9 * n), format!("x^{}", 18 * n)));
    kinds.add("powers of brackets multiplied", |n| {
        (row(n, "", |n| format!("(x+{n})^2")), row(n, "", |n| format!("(x^2+{}x+{})", 2 * n, n * n)))
    });
}

fn deep(kinds: &mut Kinds) {
    kinds.nested("brackets in each other", "x", |a, n| format!("({a}+{n})"), |a, n| format!("({n}+{a})"));
    kinds.nested("factors in each other", "x", |a, n| format!("2({a}-{n})"), |a, n| format!("({a}-{n})·2"));
    kinds.nested("minus brackets", "x", |a, n| format!("{n}-({a})"), |a, n| format!("-({a})+{n}"));
    kinds.nested(
        "letters times brackets",
        "1",
        |a, n| format!("{}({a}+1)", letter(n)),
        |a, n| format!("(1+{a}){}", letter(n)),
    );
    kinds.nested("fractions in each other", "x", |a, _| format!("1/(1+{a})"), |a, _| format!("1/({a}+1)"));
    kinds.nested(
        "fractions with letters",
        "x",
        |a, n| format!("{n}/({}+{a})", letter(n)),
        |a, n| format!("{n}/({a}+{})", letter(n)),
    );
    kinds.nested("towers of fractions", "x", |a, n| format!("({a})/{n}"), |a, n| format!("1/{n}·({a})"));
    kinds.nested("roots in each other", "x", |a, n| format!("√({a}+{n})"), |a, n| format!("√({n}+{a})"));
    kinds.nested("roots of numbers", "2", |a, n| format!("√({a}+{n})"), |a, n| format!("√({n}+{a})"));
    kinds.nested("squares in each other", "x", |a, _| format!("({a})^2"), |a, _| format!("1·({a})^2"));
    kinds.nested("squares of sums", "x", |a, _| format!("({a}+1)^2"), |a, _| format!("(1+{a})^2"));
    kinds.nested("cubes", "x", |a, _| format!("({a})^3"), |a, _| format!("({a})^3·1"));
    kinds.nested("logarithms in each other", "x", |a, n| format!("ln({a}+{n})"), |a, n| format!("ln({n}+{a})"));
    kinds.nested("absolute values in each other", "x", |a, n| format!("abs({a}-{n})"), |a, n| format!("abs({n}-{a})"));
    kinds.nested("minus signs", "x", |a, _| format!("-({a})"), |a, n| if n % 2 == 0 { a } else { format!("-({a})") });
}

fn equations(kinds: &mut Kinds) {
    let f = |n: usize| format!("{n}x");
    kinds.row("linear", "+", (f, f), (" = 465", " = 465"));
    kinds.add("linear, solved", |n| {
        (row(n, "+", |n| format!("{n}x")) + " = " + &row(n, "+", |n| n.to_string()), "x = 1".into())
    });
    kinds.add("linear, brackets", |n| {
        (row(n, "-", |n| format!("{n}(x-{n})")) + " = " + &row(n, "+", |n| format!("{n}(x+{n})")), "x = 4".into())
    });
    let f = |n: usize| format!("{n}x^{n}");
    kinds.row("polynomial", "+", (f, f), (" = 7", "-7 = 0"));
    kinds.row("denominators", "+", (|n| format!("1/(x+{n})"), |n| format!("2/(2x+{})", 2 * n)), (" = 1", "-1 = 0"));
    kinds.row("numbers below", "+", (|n| format!("x/{}", n + 1), |n| format!("2x/{}", 2 * n + 2)), (" = 1", "-1 = 0"));
    kinds.row("roots in an equation", "+", (|n| format!("√(x+{n})"), |n| format!("√({n}+x)")), (" = 30", "-30 = 0"));
    kinds.row(
        "absolute values in an equation",
        "+",
        (|n| format!("|x-{n}|"), |n| format!("|{n}-x|")),
        (" = 100", "-100 = 0"),
    );
    let f = |n: usize| format!("{n}{}", letter(n));
    kinds.row("many letters", "+", (f, f), (" = 1", "-1 = 0"));
    kinds.row("exponentials", "+", (|n| format!("2^({n}x)"), |n| format!("2^(x·{n})")), (" = 5", "-5 = 0"));
    kinds.row("sines in an equation", "+", (|n| format!("sin({n}x)"), |n| format!("sin(x·{n})")), (" = 1", "-1 = 0"));
    kinds.row(
        "logarithms in an equation",
        "+",
        (|n| format!("lg(x+{n})"), |n| format!("lg({n}+x)")),
        (" = 1", "-1 = 0"),
    );
    kinds.row("inequality of factors", "", (|n| format!("(x-{n})"), |n| format!("(2x-{})", 2 * n)), (" > 0", " > 0"));
    kinds.row(
        "inequality of fractions",
        "+",
        (|n| format!("1/(x-{n})"), |n| format!("2/(2x-{})", 2 * n)),
        (" > 0", " > 0"),
    );
    kinds.row("inequality of powers", "+", (f, |n| format!("{n}x^{n}")), (" < 7", " < 7"));
    kinds.add("long coefficients", |n| {
        let digits = |first: &str| first.repeat(n.min(12));
        (
            format!("{}x^2-{}x+{} = 0", digits("12"), digits("98"), digits("13")),
            format!("x = {}/{}±√(1)", digits("98"), digits("24")),
        )
    });
}

fn cases(kinds: &mut Kinds) {
    let f = |n: usize| format!("x = {n}");
    kinds.row("cases", " eller ", (f, f), PLAIN);
    kinds.add("zeros", |n| (row(n, "", |n| format!("(x-{n})")) + " = 0", row(n, " eller ", |n| format!("x = {n}"))));
    kinds.add("zeros as factors", |n| {
        (row(n, "", |n| format!("(x-{n})")) + " = 0", row(n, " eller ", |n| format!("x-{n} = 0")))
    });
    kinds.row("cases to solve", " eller ", (|n| format!("{n}x-{} = 0", n * n), |n| format!("x = {n}")), PLAIN);
    kinds.row(
        "cases of second degree",
        " eller ",
        (|n| format!("x^2-{n}x-{n} = 0"), |n| format!("x^2-{n}x = {n}")),
        PLAIN,
    );
    kinds.row("cases with fractions", " eller ", (|n| format!("1/(x+{n}) = {n}"), |n| format!("x+{n} = 1/{n}")), PLAIN);
    kinds.add("chain of equal values", |n| {
        (row(n, " = ", |n| format!("{}+{n}", 100 - n)), row(n, " = ", |n| format!("{}+{n}", 100 - n)) + " = 100")
    });
    kinds.add("chain of brackets", |n| {
        (row(n, " = ", |n| format!("{n}(x+{n})")), row(n, " = ", |n| format!("{n}x+{}", n * n)))
    });
    kinds.row("chain of inequalities", " < ", (|n| format!("{n}x+{n}"), |n| format!("{n}x")), PLAIN);
    kinds.row("inequalities together", " och ", (|n| format!("{n}x < {}", n * n), |n| format!("x < {n}")), PLAIN);
}

fn systems(kinds: &mut Kinds) {
    kinds.row(
        "system in a ring",
        "; ",
        (|n| format!("{}+{} = {n}", letter(n), letter(n + 1)), |n| format!("{} = {n}-{}", letter(n + 1), letter(n))),
        PLAIN,
    );
    kinds.add("dense system", |n| {
        let side = |k: usize| row(n, "+", |m| format!("{}{}", (k * m * 7) % 11 + 1, letter(m)));
        (row(n, "; ", |k| side(k) + &format!(" = {k}")), row(n, "; ", |k| format!("{} = {k}", letter(k))))
    });
    kinds.add("dense system, multiplied", |n| {
        let side = |k: usize, by: usize| row(n, "+", |m| format!("{}{}", by * ((k * m * 7) % 11 + 1), letter(m)));
        (
            row(n, "; ", |k| side(k, 1) + &format!(" = {k}")),
            row(n, "; ", |k| side(k, k + 1) + &format!(" = {}", k * (k + 1))),
        )
    });
    kinds.row(
        "circles",
        "; ",
        (|n| format!("(x-{n})^2+y^2 = {n}"), |n| format!("x^2-{}x+{}+y^2 = {n}", 2 * n, n * n)),
        PLAIN,
    );
    kinds.row(
        "products together",
        "; ",
        (|n| format!("{}{} = {n}", letter(n), letter(n + 1)), |n| format!("{} = {n}/{}", letter(n), letter(n + 1))),
        PLAIN,
    );
    kinds.add("a letter put in", |n| {
        let rest = row(n, "+", |n| format!("{n}x^2y"));
        (format!("y = 2x+1; {rest} = 7"), format!("y = 2x+1; {} = 7", row(n, "+", |n| format!("{n}x^2(2x+1)"))))
    });
}

fn best<T>(mut run: impl FnMut() -> T) -> Duration {
    #[expect(clippy::disallowed_methods, reason = "time is what is measured")]
    let one = |_| {
        let begun = Instant::now();
        black_box(run());
        begun.elapsed()
    };
    (0..ROUNDS).map(one).min().unwrap_or_default()
}

const COLUMNS: [&str; 6] = ["judge", "explain", "carried", "hint", "worked", "factored"];

/// What the line below another one costs: judged, explained, explained after a wrong line; and what the next step and a
/// solution cost, also of factoring.
fn times(start: &Statement, line: &str) -> [Duration; COLUMNS.len()] {
    let task = Task::usual(start.clone());
    let wrong = read(line).ok();
    let before = Before { right: &[], wrong: wrong.as_ref() };
    let other = format!("{line}-2");
    let factored = match start.names().first() {
        Some(variable) => Task::new(start.clone(), Demand::Factored { variable: *variable }),
        None => task.clone(),
    };
    [
        best(|| judge(&task, &[], line)),
        best(|| explain(&task, Before::default(), line)),
        best(|| explain(&task, before, &other)),
        best(|| hint(&task, Before::default())),
        best(|| worked(&task, 1)),
        best(|| worked(&factored, 1)),
    ]
}

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let mut found = Vec::new();
    let (mut unread, mut kinds_seen) = (0, 0);
    for (name, lines) in kinds().0.into_iter().filter(|(name, _)| name.contains(&wanted)) {
        let mut seen = false;
        for size in SIZES {
            let (above, line) = lines(size);
            // What is added makes a wrong line of it.
            for line in [line.clone(), format!("{line}+1")] {
                if above.chars().count().max(line.chars().count()) > MAX_LENGTH - 2 {
                    continue;
                }
                let Some(start) = read(&above).ok().filter(|_| read(&line).is_ok()) else {
                    unread += 1;
                    continue;
                };
                let times = times(&start, &line);
                found.push((times.into_iter().max().unwrap_or_default(), times, format!("{name}, {size}")));
                seen = true;
            }
        }
        kinds_seen += usize::from(seen);
        assert!(seen, "{name}: no size is read");
    }
    found.sort_by_key(|(longest, ..)| std::cmp::Reverse(*longest));
    println!("{:>9} {}", "longest", COLUMNS.map(|name| format!("{name:>9}")).join(" "));
    for (longest, times, name) in found.iter().take(60) {
        let ms = |time: &Duration| format!("{:9.3}", time.as_secs_f64() * 1000.0);
        println!("{} {}  {name}", ms(longest), times.each_ref().map(ms).join(" "));
    }
    let slow = found.iter().filter(|(longest, ..)| *longest > MOST).count();
    println!(
        "{kinds_seen} kinds, {} pairs of lines, {unread} not read, {slow} over {} ms",
        found.len(),
        MOST.as_millis()
    );
}
