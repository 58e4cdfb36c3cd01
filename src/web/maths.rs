//! Mathematics in pages: MathML from our own printer.

use stepcheck::Statement;

use super::frame::Html;

/// What was typed, as MathML; as plain text where it cannot be read.
#[must_use]
pub fn maths(typed: &str) -> Html {
    match stepcheck::read(typed) {
        Ok(statement) => written(&statement),
        Err(_) => Html(escaped(typed)),
    }
}

/// A statement as MathML.
#[must_use]
pub fn written(statement: &Statement) -> Html {
    Html(stepcheck::mathml(statement))
}

/// Text in which nothing is markup.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_shown_without_being_believed() {
        assert_eq!(maths("<script>").0, "&lt;script&gt;");
        assert!(maths("2x = 3,5").0.starts_with("<math"));
    }
}
