//! The Markdown tables in `tests/reading`: what is typed, how it is understood, what is missing.

mod missing;
mod tables;

use stepcheck::{Missing, Notation, Statement, Unreadable, latex, read, read_latex, text};

#[test]
fn every_row_is_read_as_written() {
    tables::check_rows("tests/reading", 200, |file, row| {
        check(row, if file == "latex.md" { read_latex } else { read })
    });
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
            let found = format!("{}–{} {}", why.place.start, why.place.end, missing::in_words(&why.missing));
            let same = expected == "–" && remark.trim() == found;
            same.then_some(()).ok_or(format!("«{found}»"))
        }
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
