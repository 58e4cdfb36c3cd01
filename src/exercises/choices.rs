//! What a parameter may be: `"2..9"`, `"-20..20 without 0"` or a list such as `[2, 3, 5]`.

use toml::Value;

/// A parameter may have at most so many values; more is a slip of the keyboard.
const MOST: i64 = 100_000;

/// The whole numbers a parameter is drawn from, each as likely as the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choices(Vec<i64>);

impl Choices {
    /// Reads a parameter's value from the file. The error says what to write instead.
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        let values = match value {
            Value::String(text) => read_range(text)?,
            Value::Array(list) => list
                .iter()
                .map(|v| v.as_integer().ok_or_else(|| form(&v.to_string())))
                .collect::<Result<Vec<_>, _>>()?,
            other => return Err(form(&other.to_string())),
        };
        if values.is_empty() {
            return Err("nothing is left to draw from; allow at least one number".into());
        }
        Ok(Self(values))
    }

    /// The numbers, in the order they were written.
    pub(super) fn values(&self) -> &[i64] {
        &self.0
    }
}

fn form(found: &str) -> String {
    format!(
        "cannot read {found}; write a range such as \"2..9\" (both ends are in), \
         \"-9..9 without 0\", or a list of whole numbers such as [2, 3, 5]"
    )
}

fn read_range(text: &str) -> Result<Vec<i64>, String> {
    let (range, without) = match text.split_once(" without ") {
        Some((range, without)) => (range, read_numbers(without).ok_or_else(|| form(text))?),
        None => (text, Vec::new()),
    };
    let (first, last) = range.split_once("..").ok_or_else(|| form(text))?;
    let (first, last) = read_number(first).zip(read_number(last)).ok_or_else(|| form(text))?;
    if first > last {
        return Err(format!("{text} is empty; write the smaller end first, {last}..{first}"));
    }
    if last.saturating_sub(first) >= MOST {
        return Err(format!("{text} holds more than {MOST} numbers; narrow it"));
    }
    if let Some(stray) = without.iter().find(|n| !(first..=last).contains(n)) {
        return Err(format!("{stray} is not in {range}, so «without {stray}» does nothing; take it away"));
    }
    Ok((first..=last).filter(|n| !without.contains(n)).collect())
}

fn read_numbers(text: &str) -> Option<Vec<i64>> {
    text.split(',').map(read_number).collect()
}

fn read_number(text: &str) -> Option<i64> {
    text.trim().replace('−', "-").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Choices;
    use toml::Value;

    fn read(text: &str) -> Result<Vec<i64>, String> {
        Choices::read(&Value::String(text.into())).map(|c| c.values().to_vec())
    }

    #[test]
    fn a_range_has_both_ends() {
        assert_eq!(read("2..5"), Ok(vec![2, 3, 4, 5]));
        assert_eq!(read("-2..1 without 0"), Ok(vec![-2, -1, 1]));
        assert_eq!(read("-2..2 without 0, 1"), Ok(vec![-2, -1, 2]));
        assert_eq!(read("4..4"), Ok(vec![4]));
    }

    #[test]
    fn a_list_is_taken_as_it_stands() {
        let list = Value::Array(vec![Value::Integer(5), Value::Integer(2)]);
        assert_eq!(Choices::read(&list).map(|c| c.values().to_vec()), Ok(vec![5, 2]));
    }

    #[test]
    fn a_slip_is_told_with_what_to_write() {
        for bad in ["2-9", "2..", "a..b", "2..9 without x", "1..999999999"] {
            assert!(read(bad).is_err(), "{bad}");
        }
        let error = read("9..2").err().unwrap_or_default();
        assert!(error.contains("2..9"), "{error}");
        let error = read("2..9 without 0").err().unwrap_or_default();
        assert!(error.contains("does nothing"), "{error}");
        assert!(read("3..3 without 3").is_err());
        assert!(Choices::read(&Value::Array(vec![Value::Float(0.5)])).is_err());
        assert!(Choices::read(&Value::Integer(3)).is_err());
    }
}
