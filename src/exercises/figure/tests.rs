//! Every kind of figure with usual numbers: it can be read by machine, it fits, and its words don't cover each other.

use stepcheck::Rational;

use super::samples::SAMPLES;
use super::scene::{Mark, Scene, WIDEST};
use super::{Drawn, Figure, FigureTable, Picture};

fn read(toml: &str) -> Result<Figure, String> {
    let described =
        format!("describe = {{ sv = \"En <bild> av {{a}}\", en = \"A \\\"drawing\\\" of {{a}}\" }}\n{toml}");
    let table: FigureTable = toml::from_str(&described).map_err(|error| error.to_string())?;
    Figure::read(&table)
}

fn draw(toml: &str, numbers: &[(char, i64)]) -> Result<Drawn, String> {
    let values = numbers.iter().map(|(name, n)| (*name, Rational::from_integer((*n).into()))).collect();
    read(toml)?.fill(&values)
}

fn samples() -> impl Iterator<Item = (&'static str, Drawn)> {
    SAMPLES.iter().map(|toml| {
        let drawn = draw(toml, &[('a', 7), ('b', 3)]);
        (*toml, drawn.unwrap_or_else(|error| panic!("{toml}: {error}")))
    })
}

/// Whether tags nest and close and nothing stands unescaped; `<br>` is not used by the samples.
fn well_formed(markup: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        if text.contains('>') {
            return Err(format!("a stray > in {text}"));
        }
        let end = rest.find('>').ok_or("a tag is not closed")?;
        let tag = &rest[start + 1..end];
        if !tag.matches('"').count().is_multiple_of(2) || tag.contains('<') {
            return Err(format!("broken attributes in {tag}"));
        }
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
        if tag.starts_with('/') {
            let last = open.pop();
            if last != Some(name) {
                return Err(format!("</{name}> closes {last:?}"));
            }
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        rest = &rest[end + 1..];
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are left open")) }
}

#[test]
fn markup_is_well_formed_and_tells_what_it_shows() {
    for (toml, drawn) in samples() {
        for (language, told) in [("sv", "En &lt;bild&gt; av 7"), ("en", "A &quot;drawing&quot; of 7")] {
            let markup = drawn.markup(language);
            assert_eq!(well_formed(&markup), Ok(()), "{toml}\n{markup}");
            assert!(markup.contains(told), "{toml}\n{markup}");
            for refused in [" style=", " id=", "<script", "NaN", "inf"] {
                assert!(!markup.contains(refused), "{toml}: {refused}\n{markup}");
            }
        }
        assert_eq!(drawn.description().sv, "En <bild> av 7");
    }
}

#[test]
fn nothing_is_wider_than_a_telephone_or_outside_the_picture() {
    for (toml, drawn) in samples() {
        let Picture::Scene(scene) = &drawn.picture else { continue };
        let frame = scene.frame();
        assert!(frame.width() <= WIDEST, "{toml}: {}", frame.width());
        assert!(frame.height() <= 520.0, "{toml}: {}", frame.height());
        let markup = drawn.markup("sv");
        let (_, rest) = markup.split_once("viewBox=\"").unwrap_or_default();
        let view: Vec<f64> = rest.split('"').next().unwrap_or("").split(' ').filter_map(|n| n.parse().ok()).collect();
        let [left, top, wide, high] = view.try_into().unwrap_or([f64::NAN; 4]);
        assert!(left <= frame.left && top <= frame.top, "{toml}");
        assert!(left + wide >= frame.right && top + high >= frame.bottom, "{toml}");
    }
}

/// Two labels that cover each other, in square units.
fn covered(scene: &Scene) -> f64 {
    let labels: Vec<_> =
        scene.marks.iter().filter(|mark| matches!(mark, Mark::Label { .. })).map(Mark::frame).collect();
    let pairs = labels.iter().enumerate().flat_map(|(i, a)| labels[..i].iter().map(move |b| a.common(b)));
    pairs.fold(0.0, f64::max)
}

#[test]
fn words_do_not_cover_each_other_whatever_the_numbers() {
    let mut found = Vec::new();
    for toml in SAMPLES {
        for (a, b) in [1, 2, 3, 5, 8, 9, 12].into_iter().flat_map(|a| [1, 3, 4, 7, 12].map(move |b| (a, b))) {
            // Numbers that a figure refuses are told to the author.
            let Ok(drawn) = draw(toml, &[('a', a), ('b', b)]) else { continue };
            let Picture::Scene(scene) = &drawn.picture else { continue };
            let most = covered(scene);
            if most > 12.0 {
                found.push((*toml, a, b, most));
            }
        }
    }
    assert!(found.is_empty(), "{} times, such as {:?}", found.len(), found.first());
}

#[test]
fn the_same_numbers_give_the_same_figure() {
    for (first, second) in samples().zip(samples()) {
        assert_eq!(first.1, second.1);
        assert_eq!(first.1.markup("en"), second.1.markup("en"));
    }
}

#[test]
fn a_figure_names_the_numbers_that_it_needs() {
    let names = |toml: &str| read(toml).map(|figure| figure.names().collect::<String>());
    let toml = "kind = \"number-line\"\nfrom = \"b - 1\"\nto = 20\npoints = [{ at = \"c\", label = \"{d}\" }]";
    assert_eq!(names(toml).as_deref(), Ok("abcd"));
    let toml = "kind = \"grid\"\nx = { from = 0, to = 5 }\ny = { from = 0, to = \"k\" }\ncurves = [{ y = \"m*x^2\" }]";
    assert_eq!(names(toml).as_deref(), Ok("akm"));
}

#[test]
fn slips_are_told_with_what_to_write() {
    for (toml, told) in [
        ("kind = \"picture\"", "write one of table, number-line"),
        ("kind = \"table\"\nrows = [[\"1\"]]\nwidth = 3", "unknown field `width`"),
        ("kind = \"table\"\nrows = [[\"1\"], [\"1\", \"2\"]]", "rows[2] has 2 cells"),
        ("kind = \"table\"\nhead = [\"x\"]\nrows = [[\"1\", \"2\"]]", "write as many"),
        ("kind = \"number-line\"\nto = 5", "missing field `from`"),
        ("kind = \"number-line\"\nfrom = 0\nto = \"5 +\"", "cannot read «5 +»"),
        ("kind = \"number-line\"\nfrom = 0\nto = true", "write 3, 0.5 or a formula"),
        ("kind = \"number-line\"\nfrom = 0\nto = 5\nstep = 0", "a step above 0"),
        ("kind = \"number-line\"\nfrom = 0\nto = 500", "write a larger step"),
        ("kind = \"number-line\"\nfrom = 0\nto = \"c\"", "«c» has no value"),
        ("kind = \"number-line\"\nfrom = 0\nto = 5\npoints = [{ at = 6 }]", "points[1] is at 6"),
        ("kind = \"number-line\"\nfrom = 0\nto = 5\npoints = [{ at = 1, label = { sv = \"a\" } }]", "en = "),
        ("kind = \"number-line\"\nfrom = 0\nto = 5\nintervals = [{ open_to = true }]", "write «from», «to» or both"),
        ("kind = \"grid\"\nx = { from = 0, to = 5 }", "missing field `y`"),
        ("kind = \"grid\"\nx = { from = 5, to = 5 }\ny = { from = 0, to = 5 }", "x: it goes from 5 to 5"),
        ("kind = \"grid\"\nx = { from = 0, to = 5 }\ny = { from = 0, to = 5 }\nlines = [{ m = 1 }]", "write k and m"),
        (
            "kind = \"grid\"\nx = { from = 0, to = 5 }\ny = { from = 0, to = 5 }\nlines = [{ k = 0, m = 9 }]",
            "does not go",
        ),
        ("kind = \"shape\"", "form is missing"),
        ("kind = \"shape\"\nform = \"star\"", "write one of \"rectangle\""),
        ("kind = \"shape\"\nform = \"square\"\nside = 4\nlabel = \"4\"", "may also have labels"),
        ("kind = \"shape\"\nform = \"square\"\nside = 0", "a length is above 0"),
        ("kind = \"shape\"\nform = \"square\"\nside = 1\nright = [5]", "there is no corner 5"),
        ("kind = \"shape\"\nform = \"square\"\nside = 1\nmarks = [1, 1, 1, 1, 1]", "write at most 4"),
        ("kind = \"shape\"\nform = \"triangle\"\nsides = [1, 2, 4]", "make no triangle"),
        ("kind = \"shape\"\nform = \"triangle\"\nbase = 1", "write base and height"),
        ("kind = \"shape\"\nform = \"polygon\"\npoints = [[0, 0], [0, 1], [1, 0]]", "against the clock"),
        ("kind = \"shape\"\nform = \"angle\"\ndegrees = [200, 200]", "360 at most"),
        ("kind = \"chart\"\nform = \"bar\"\ncategories = [\"A\", \"B\"]\nvalues = [1]", "2 categories and 1 values"),
        ("kind = \"chart\"\nform = \"bar\"\ncategories = [\"A\"]", "write values = "),
        ("kind = \"chart\"\nform = \"bar\"\ncategories = [\"A\"]\nvalues = [5]\nto = 3", "let the scale go farther"),
        ("kind = \"chart\"\nform = \"pie\"\ncategories = [\"A\"]\nvalues = [-1]", "not below 0"),
        ("kind = \"clock\"\nhour = 25", "a whole number from 0 to 24"),
        ("kind = \"clock\"\nhour = \"a/2\"", "«a/2» is 7/2"),
        ("kind = \"fraction\"\nform = \"bar\"\nparts = 40\nshaded = 1", "from 1 to 24"),
        ("kind = \"fraction\"\nform = \"hundred\"\nshaded = 101", "from 0 to 100"),
        ("kind = \"fraction\"\nform = \"pizza\"", "write one of \"bar\""),
        ("kind = \"solid\"\nform = \"cube\"\nside = 2.5\ncubes = true", "whole numbers up to 12"),
        ("kind = \"solid\"\nform = \"sphere\"\nlabels = [\"a\", \"b\"]", "write at most 1"),
        ("kind = \"tally\"\nform = \"dice\"\nfaces = []", "write 1 to 6"),
        ("kind = \"tally\"\nform = \"set\"\ncount = 3\nfilled = 4", "from 0 to 3"),
        ("kind = \"tally\"\nform = \"balls\"\nkinds = [{ letter = \"röd\", count = 2 }]", "write one letter"),
        ("kind = \"pattern\"\nform = \"squares\"\nelements = \"n/2\"", "figure 1 would have 0.5 elements"),
        ("kind = \"pattern\"\nform = \"stars\"\nelements = \"n\"", "unknown variant `stars`"),
    ] {
        let error = draw(toml, &[('a', 7)]).err().unwrap_or_default();
        assert!(error.contains(told), "{toml}\n{error}");
        assert!(!error.contains('\n'), "{error}");
    }
}

#[test]
fn a_figure_without_words_is_refused() {
    let table: Result<FigureTable, _> = toml::from_str("kind = \"table\"\nrows = []");
    assert!(table.is_err_and(|error| error.message().contains("describe")));
    let table: FigureTable =
        toml::from_str("kind = \"table\"\nrows = [[\"1\"]]\ndescribe = { sv = \" \", en = \"x\" }").unwrap();
    let error = Figure::read(&table).err().unwrap_or_default();
    assert!(error.contains("describe.sv is empty"), "{error}");
}

#[test]
fn a_shape_too_flat_says_that_it_is_not_to_scale() {
    let shape = |width: i64| draw("kind = \"shape\"\nform = \"rectangle\"\nwidth = \"a\"\nheight = 1", &[('a', width)]);
    let says = |width: i64, language: &str, words: &str| shape(width).is_ok_and(|d| d.markup(language).contains(words));
    assert!(says(100, "sv", "Ej skalenlig") && says(100, "en", "Not to scale"));
    assert!(!says(3, "sv", "Ej skalenlig"));
}

/// Every example in the authors' reference can be read and drawn.
#[test]
fn the_examples_of_the_docs_are_figures() {
    let text = include_str!("../../../docs/figures.md");
    let mut found = 0;
    for example in text.split("```toml\n").skip(1) {
        let example = example.split("```").next().unwrap_or_default().trim_start_matches("[exercise.figure]\n");
        let described = example.contains("describe =");
        let toml =
            if described { example.to_owned() } else { format!("describe = {{ sv = \"x\", en = \"x\" }}\n{example}") };
        let table: FigureTable = toml::from_str(&toml).unwrap_or_else(|error| panic!("{example}\n{error}"));
        let values = [('a', 4), ('b', 5), ('c', 6), ('k', 2), ('m', 3), ('r', 2), ('h', 5)]
            .map(|(name, n)| (name, Rational::from_integer(n.into())))
            .to_vec();
        let drawn = Figure::read(&table).and_then(|figure| figure.fill(&values));
        assert!(drawn.is_ok(), "{example}\n{drawn:?}");
        found += 1;
    }
    assert!(found >= 9, "{found}");
}
