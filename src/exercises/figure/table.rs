//! `kind = "table"`: rows of texts under a head, as HTML.

use super::label::Label;
use super::scene::WIDEST;
use super::source::{Text, fill_all, keys};
use super::{Drawing, Picture};
use crate::exercises::formula::Values;

/// More would not be read on a telephone.
const MOST_COLUMNS: usize = 12;
const MOST_ROWS: usize = 30;

keys! {
    /// The keys of a table.
    Table {
        /// The head, a cell a column.
        #[serde(default)]
        head: Vec<Text>,
        rows: Vec<Vec<Text>>,
        /// Whether the first cell of each row is the row's head.
        #[serde(default)]
        side: bool,
    }
}

/// A table with its numbers in place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rows {
    head: Vec<Label>,
    rows: Vec<Vec<Label>>,
    side: bool,
}

impl Drawing for Table {
    fn check(&self) -> Result<(), String> {
        let columns = self.rows.first().map_or(0, Vec::len);
        if !(1..=MOST_ROWS).contains(&self.rows.len()) || !(1..=MOST_COLUMNS).contains(&columns) {
            return Err(format!("rows: write 1 to {MOST_ROWS} rows of 1 to {MOST_COLUMNS} cells"));
        }
        if !self.head.is_empty() && self.head.len() != columns {
            return Err(format!("head has {} cells and the first row {columns}; write as many", self.head.len()));
        }
        if let Some(i) = self.rows.iter().position(|row| row.len() != columns) {
            let cells = self.rows[i].len();
            return Err(format!("rows[{}] has {cells} cells and the first {columns}; \"\" is an empty cell", i + 1));
        }
        Ok(())
    }

    fn draw(&self, values: &Values) -> Result<Picture, String> {
        let labels = |texts: &[Text]| -> Result<Vec<Label>, String> {
            Ok(fill_all(texts, values)?.iter().map(Label::new).collect())
        };
        let rows = self.rows.iter().map(|row| labels(row)).collect::<Result<_, _>>()?;
        Ok(Picture::Table(Rows { head: labels(&self.head)?, rows, side: self.side }))
    }
}

impl Rows {
    /// Whether it could be wider than a telephone.
    fn is_wide(&self) -> bool {
        /// What stands around the words of a cell.
        const AROUND: f64 = 27.0;
        let columns = self.rows.first().map_or(0, Vec::len);
        let rows = || self.rows.iter().chain(Some(&self.head));
        let widest = |i: usize| rows().filter_map(|row| row.get(i)).map(Label::width).fold(0.0, f64::max) + AROUND;
        // Table cells are set a little larger than words in drawings.
        (0..columns).map(widest).sum::<f64>() * 1.1 > WIDEST - 24.0
    }

    /// The table; `caption` is its description, escaped.
    pub(super) fn html(&self, language: &str, caption: &str, out: &mut String) {
        // What may have to be scrolled sideways must be reachable by keyboard, and then it needs a name.
        let region = match (self.is_wide(), language) {
            (false, _) => "",
            (true, "en") => " tabindex=\"0\" role=\"region\" aria-label=\"Table\"",
            (true, _) => " tabindex=\"0\" role=\"region\" aria-label=\"Tabell\"",
        };
        out.push_str(&format!("<div class=\"scroll\"{region}><table><caption class=\"sr\">{caption}</caption>"));
        if !self.head.is_empty() {
            out.push_str("<thead><tr>");
            for label in &self.head {
                cell(label, language, "th", " scope=\"col\"", out);
            }
            out.push_str("</tr></thead>");
        }
        out.push_str("<tbody>");
        for row in &self.rows {
            out.push_str("<tr>");
            for (i, label) in row.iter().enumerate() {
                let (tag, scope) = if self.side && i == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
                cell(label, language, tag, scope, out);
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table></div>");
    }
}

fn cell(label: &Label, language: &str, tag: &str, scope: &str, out: &mut String) {
    // An empty head names nothing, and a screen reader would say so.
    let (tag, scope) = if label.is_empty() { ("td", "") } else { (tag, scope) };
    out.push_str(&format!("<{tag}{scope}>"));
    label.html(language, out);
    out.push_str(&format!("</{tag}>"));
}
