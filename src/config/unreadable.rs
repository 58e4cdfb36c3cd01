//! What is wrong with settings, said without what was set: a password may stand there, and an error ends in a log.

use toml::de::Error;

/// What is wrong with the shape of a file, by line and column.
pub(super) fn in_text(error: &Error, text: &str) -> String {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}: {}", error.message().trim_end())
}

/// What is wrong with a setting, by its key.
pub(super) fn in_table(error: &Error) -> String {
    let told = error.to_string();
    // Without a text beside it, the library says the key in a line of its own.
    let key = told.rsplit_once("in `").and_then(|(_, key)| key.trim_end().strip_suffix('`'));
    let what = without_values(error.message().trim_end());
    key.map_or_else(|| what.clone(), |key| format!("{key}: {what}"))
}

/// «invalid type: string "hunter2", expected u32» without what stands between the quotes.
fn without_values(message: &str) -> String {
    let Some((kind, rest)) =
        message.split_once(": ").filter(|(kind, _)| matches!(*kind, "invalid type" | "invalid value"))
    else {
        return message.to_owned();
    };
    let found = rest.split(['"', '`', ',']).next().unwrap_or_default().trim_end();
    let expected = rest.rsplit_once(", expected ").map_or("something else", |(_, expected)| expected);
    format!("{kind}: {found}, expected {expected}")
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, ConfigError};

    fn refusal(text: &str, variables: &[(&str, &str)]) -> String {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let error: Option<ConfigError> = Config::read(Some((text, "stegvis.toml")), variables).err();
        error.expect("a refusal").to_string()
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told_by_line_and_column_alone() {
        let told = refusal("workers = 2\n[database]\nurl = \"postgres://stegvis:hunter2@db/x\" y\n", &[]);
        assert!(told.starts_with("stegvis.toml: line 3, column "), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
    }

    #[test]
    fn a_setting_of_the_wrong_kind_is_told_by_its_key_alone() {
        let told = refusal("database = \"postgres://stegvis:hunter2@db/x\"", &[]);
        assert!(told.contains("invalid type: string, expected ") && !told.contains("hunter2"), "{told}");
        let told = refusal("[database]\nurl = 4711", &[]);
        assert!(told.contains("invalid type: integer, expected ") && !told.contains("4711"), "{told}");
        let told = refusal("", &[("STEGVIS_DATABASE", "postgres://stegvis:\", expected hunter2@db/x")]);
        assert!(!told.contains("hunter2") && told.contains("STEGVIS_DATABASE"), "{told}");
    }

    #[test]
    fn an_unknown_key_is_still_told_by_name() {
        assert!(refusal("wrokers = 2", &[]).contains("wrokers"));
    }
}
