//! What came of an attack, in sentences that an officer can read.

use std::fmt::Write;

/// One attempt: what was tried, what came of it, and what it may come to at most.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Short, such as `single`.
    pub id: &'static str,
    /// What was tried.
    pub tried: &'static str,
    /// What came of it.
    pub came: String,
    pub passes: bool,
}

/// An attack from beginning to end.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Of what, such as «a made-up school».
    pub of: String,
    pub persons: usize,
    pub forgotten: usize,
    pub rows_before: usize,
    pub rows_after: usize,
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing and nobody was found.
    #[must_use]
    pub fn passes(&self) -> bool {
        !self.findings.is_empty() && self.findings.iter().all(|finding| finding.passes)
    }

    /// In one sentence.
    #[must_use]
    pub fn verdict(&self) -> String {
        let Self { forgotten, .. } = self;
        let failed: Vec<&str> =
            self.findings.iter().filter(|finding| !finding.passes).map(|finding| finding.id).collect();
        if self.passes() {
            format!(
                "None of the {forgotten} persons who were forgotten could be found again, and everything of the others is \
                 still there."
            )
        } else {
            format!("What was to be forgotten was found again: {}.", failed.join(", "))
        }
    }

    /// As Markdown.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::from("# Can who was forgotten be found again?\n\n");
        // Writing into a string does not fail.
        let _ = writeln!(
            text,
            "{}\n\nTried on {}: {} persons, of whom {} were forgotten in a copy as the server forgets them. Whoever tried had \
             both databases, every key that still exists, and all that was known before as the judge. Before there were {} \
             rows, afterwards {}.\n\n| what was tried | what came of it | |\n|---|---|---|",
            self.verdict(),
            self.of,
            self.persons,
            self.forgotten,
            self.rows_before,
            self.rows_after
        );
        for Finding { id, tried, came, passes } in &self.findings {
            let _ =
                writeln!(text, "| {tried} ({id}) | {came} | {} |", if *passes { "holds" } else { "**does not hold**" });
        }
        let _ = writeln!(
            text,
            "\nWhat this does not show: what a person remembers or wrote down elsewhere, printed pages, copies that were made \
             by other means than Stegvis'. Copies of the key store are kept for some days after an erasure; until they have \
             gone, whoever has one and an older copy of the data can still read both."
        );
        text
    }
}
