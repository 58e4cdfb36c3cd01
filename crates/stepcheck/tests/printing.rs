//! Text and MathML, number text, and verdicts as JSON.

use stepcheck::{
    Demand, Left, Missing, Notation, Place, Rational, Task, Verdict, Witness, judge, mathml, number_text, read, solve,
    text,
};

fn linear(typed: &str) -> String {
    let statement = read(typed).unwrap_or_else(|why| panic!("{typed}: {why:?}"));
    text(&statement, Notation::Swedish)
}

/// The content of the `mrow`, or of the whole `math` if it looks otherwise.
fn row(typed: &str) -> String {
    let statement = read(typed).unwrap_or_else(|why| panic!("{typed}: {why:?}"));
    let whole = mathml(&statement);
    let inner = whole.split_once("<mrow>").and_then(|(_, rest)| rest.strip_suffix("</mrow></math>"));
    inner.unwrap_or(&whole).to_owned()
}

#[test]
fn text_is_tidy() {
    for (typed, expected) in [
        ("5(x-2)-3=2x+8", "5(x−2)−3 = 2x+8"),
        ("2*3", "2·3"),
        ("x^2 + x^10", "x²+x¹⁰"),
        ("x^-1", "x⁻¹"),
        ("x^(n-n)", "x^(n−n)"),
        ("25000,50", "25\u{a0}000,50"),
        ("2 500", "2500"),
        ("2 1/2", "2 1/2"),
        ("25%", "25\u{a0}%"),
        ("c m", "c m"),
        ("[x+1]", "(x+1)"),
        ("a/bc", "a/bc"),
        ("1/2x", "1/2x"),
        ("1/(2x)", "1/(2x)"),
        ("2·-3", "2·−3"),
    ] {
        assert_eq!(linear(typed), expected, "{typed}");
    }
    let point = read("3,5").map(|statement| text(&statement, Notation::English));
    assert_eq!(point, Ok("3.5".to_owned()));
}

#[test]
fn mathml_follows_the_rules_of_the_pages() {
    let statement = read("3,5x = 7").map(|s| mathml(&s));
    assert_eq!(
        statement,
        Ok("<math alttext=\"3,5x = 7\"><mrow><mn>3,5</mn><mo>&#8290;</mo><mi>x</mi><mo>=</mo>\
             <mn>7</mn></mrow></math>"
            .to_owned())
    );
    for (typed, expected) in [
        ("-x-2", "<mo form=\"prefix\">−</mo><mi>x</mi><mo>−</mo><mn>2</mn>"),
        ("2*3", "<mn>2</mn><mo>·</mo><mn>3</mn>"),
        ("6:3", "<mn>6</mn><mo lspace=\"0.2222em\" rspace=\"0.2222em\">:</mo><mn>3</mn>"),
        ("(x+1)/2", "<mfrac><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac>"),
        (
            "(x+1)^2",
            "<msup><mrow><mo stretchy=\"false\">(</mo><mi>x</mi><mo>+</mo><mn>1</mn>\
             <mo stretchy=\"false\">)</mo></mrow><mn>2</mn></msup>",
        ),
        ("(1/2)", "<mo>(</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mo>)</mo>"),
        ("2 1/2", "<mn>2</mn><mo>&#8292;</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        ("5 %", "<mn>5</mn><mspace width=\"0.2em\"/><mo>%</mo>"),
        ("25 000", "<mn>25\u{a0}000</mn>"),
    ] {
        assert_eq!(row(typed), expected, "{typed}");
    }
}

#[test]
fn numbers_are_written_the_clearest_way() {
    for (top, bottom, expected) in [
        (6, 2, "3"),
        (7, 2, "3,5"),
        (-1, 8, "−0,125"),
        (1, 16, "1/16"),
        (-7, 3, "−7/3"),
        (12345, 1, "12\u{a0}345"),
        (1, 20, "0,05"),
    ] {
        let value = Rational::new(top.into(), bottom.into());
        assert_eq!(number_text(&value, Notation::Swedish), expected);
    }
}

#[test]
fn places_count_characters() {
    let why = read("¿x").err().map(|why| (why.place, why.missing));
    assert_eq!(why, Some((Place::new(0, 1), Missing::Sign('¿'))));
    let why = read("−−å kilo").err().map(|why| (why.place, why.missing));
    let name = Missing::Name("kilo".into());
    assert_eq!(why, Some((Place::new(4, 8), name)));
}

#[test]
fn long_and_deep_lines_are_refused() {
    let missing = |text: &str| read(text).err().map(|why| why.missing);
    assert_eq!(missing(&"1".repeat(501)), Some(Missing::TooLong));
    assert_eq!(missing(&"(".repeat(500)), Some(Missing::TooDeep));
    assert_eq!(missing(&"-".repeat(500)), Some(Missing::TooDeep));
    assert_eq!(missing(&"2^".repeat(249)), Some(Missing::TooDeep));
    assert_eq!(missing("(x+1)^99(y+1)^99"), Some(Missing::TooLarge));
    assert_eq!(missing("9^9^9"), Some(Missing::TooLarge));
    assert_eq!(missing(&"1+".repeat(249)), Some(Missing::Operand));
    assert_eq!(missing(&format!("{}1", "1+".repeat(249))), None);
}

#[test]
fn a_linear_equation_is_solved() {
    let root = |typed: &str| read(typed).ok().and_then(|s| solve(&s, 'x'));
    let number = |top: i64, bottom: i64| Some(Rational::new(top.into(), bottom.into()));
    assert_eq!(root("5(x-2)-3 = 2x+8"), number(7, 1));
    assert_eq!(root("3x = 1"), number(1, 3));
    assert_eq!(root("x^2 = 4"), None);
    assert_eq!(root("x = y"), None);
    assert_eq!(root("0x = 0"), None);
}

#[test]
fn verdicts_survive_storage() {
    let start = read("4x-9 = x+6").unwrap_or_else(|why| panic!("{why:?}"));
    let demand = Demand::Solved { variable: 'x'.into() };
    let task = Task::new(start, demand);
    for typed in ["x = 5", "x = 4", "x = 10/2", "(", "3 kr", "6!", "3 = 4"] {
        let verdict = judge(&task, &[], typed).verdict;
        let stored = serde_json::to_string(&verdict).unwrap_or_default();
        let again: Result<Verdict, _> = serde_json::from_str(&stored);
        assert_eq!(again.ok(), Some(verdict), "{stored}");
    }
    let stored = serde_json::to_string(&Verdict::Unfinished { left: Left::WorkOut });
    assert_eq!(stored.ok().as_deref(), Some(r#"{"kind":"unfinished","left":"work_out"}"#));
    let witness = Some(Witness::Larger);
    let stored = serde_json::to_string(&Verdict::Wrong { witness });
    assert_eq!(stored.ok().as_deref(), Some(r#"{"kind":"wrong","witness":{"kind":"larger"}}"#));
    let stored = serde_json::to_string(&demand);
    assert_eq!(stored.ok().as_deref(), Some(r#"{"kind":"solved","variable":"x"}"#));
}
