//! The Markdown tables in `tests/reading`: what is typed, how it is understood, what is missing.

use std::path::Path;

use stepcheck::{Missing, Notation, Statement, Unreadable, latex, read, read_latex, text};

#[test]
fn every_row_is_read_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading");
    let mut rows = 0;
    let mut differing = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of tables") {
        let path = entry.expect("an entry").path();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let reader = if file == "latex.md" { read_latex } else { read };
        let whole = std::fs::read_to_string(&path).expect("a readable file");
        for (number, row) in whole.lines().enumerate().filter(|(_, line)| line.starts_with("| `")) {
            rows += 1;
            if let Err(reason) = check(row, reader) {
                differing.push(format!("{file}:{}: {reason}\n    {row}", number + 1));
            }
        }
    }
    assert!(differing.is_empty(), "\n{}", differing.join("\n"));
    assert!(rows >= 200, "only {rows} rows were found");
}

fn check(row: &str, reader: fn(&str) -> Result<Statement, Unreadable>) -> Result<(), String> {
    let cells: Vec<&str> = row.split('|').collect();
    let [_, typed, expected, remark, _] = cells[..] else { return Err("not three cells".into()) };
    let [typed, expected] = [typed, expected].map(|cell| cell.trim().trim_matches('`').replace('¦', "|"));
    match reader(&typed) {
        Ok(statement) => {
            let printed = text(&statement, Notation::Swedish);
            let plain = printed.replace('\u{a0}', " ");
            if plain != expected {
                return Err(format!("read as «{plain}»"));
            }
            let again = (read(&printed), read_latex(&latex(&statement, Notation::Swedish)));
            let same = again == (Ok(statement.clone()), Ok(statement));
            same.then_some(()).ok_or(format!("read again: {again:?}"))
        }
        Err(why) => {
            let found = format!("{}–{} {}", why.place.start, why.place.end, in_words(&why.missing));
            let same = expected == "–" && remark.trim() == found;
            same.then_some(()).ok_or(format!("«{found}»"))
        }
    }
}

fn in_words(missing: &Missing) -> String {
    match missing {
        Missing::Nothing => "tom".into(),
        Missing::ClosingBracket => "slutparentes".into(),
        Missing::OpeningBracket => "startparentes".into(),
        Missing::Operand => "tal eller bokstav".into(),
        Missing::Operator => "räknesätt".into(),
        Missing::Sign(sign) => format!("tecknet {sign}"),
        Missing::Name(name) => format!("ordet {name}"),
        Missing::Digits => "siffror".into(),
        Missing::WholeExponent => "hel exponent".into(),
        Missing::TooLong => "för lång".into(),
        Missing::TooDeep => "för djup".into(),
        Missing::TooLarge => "för stor".into(),
        Missing::Relation => "två tecken".into(),
        Missing::DivisionByZero => "division med noll".into(),
        Missing::Brackets => "parenteser".into(),
        Missing::ClosingBar => "slutstreck".into(),
        Missing::Undecided => "går inte att avgöra".into(),
    }
}

#[test]
fn a_letter_of_the_task_is_no_unit() {
    let as_text = |names: &[stepcheck::Name]| {
        stepcheck::read_with_names("5 m + 3 s", names).map(|statement| text(&statement, Notation::Swedish))
    };
    assert_eq!(as_text(&['m'.into(), 's'.into()]), Ok("5m+3s".into()));
    assert_eq!(as_text(&['m'.into()]), Ok("5m+3\u{a0}s".into()));
}

#[test]
fn deep_and_long_lines_are_refused() {
    let missing = |typed: &str| read(typed).err().map(|why| why.missing);
    for deep in ["√", "sin ", "|", "abs(", "-", "2^", "(", "±", "log_2 "] {
        assert_eq!(missing(&deep.repeat(60)), Some(Missing::TooDeep), "{deep}");
    }
    let missing = |typed: &str| read_latex(typed).err().map(|why| why.missing);
    for deep in ["\\frac", "\\sqrt", "{", "\\left(", "\\sqrt[", "\\left|"] {
        assert_eq!(missing(&deep.repeat(60)), Some(Missing::TooDeep), "{deep}");
    }
    assert_eq!(missing(&"x+".repeat(1001)), Some(Missing::TooLong));
    assert_eq!(missing(&"x+".repeat(300)), Some(Missing::TooLong));
}

#[test]
fn what_was_read_before_does_not_count() {
    let long = "(x+1)".repeat(100);
    let first = read(&long);
    for _ in 0..20 {
        assert_eq!(read(&long), first);
    }
    assert!(read("(x+1)(x+2)").is_ok());
}
