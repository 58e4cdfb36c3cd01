//! How the schools stand, as a table for a spreadsheet.

use super::{frame::Frame, numbers, problem::Problem};
use crate::maraton::Standings;

/// Separated by semicolons, in UTF-8 with its mark, as the copy of one's own data is, so that a spreadsheet reads it: a line
/// for each school that is shown, in the order of the page.
///
/// # Errors
/// When it cannot be written, which does not happen in memory.
pub fn csv(standings: &Standings, frame: &Frame) -> Result<Vec<u8>, Problem> {
    let mut table = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    let heads = [
        "maraton-school",
        "maraton-controller",
        "maraton-students",
        "maraton-entrants",
        "maraton-finishers",
        "maraton-items",
        "maraton-metres",
    ];
    let failed = |_| Problem::Failed;
    table.write_record(heads.iter().map(|key| frame.t(key)).chain([frame.t("maraton-share")])).map_err(failed)?;
    for school in &standings.schools {
        let figures = [school.students, school.entrants, school.finishers, school.items, school.metres];
        let figures = figures.iter().map(i64::to_string);
        let share = numbers::share(standings.share(school), frame.language);
        table
            .write_record([plain(&school.name), plain(&school.controller)].into_iter().chain(figures).chain([share]))
            .map_err(failed)?;
    }
    table.into_inner().map_err(|_| Problem::Failed)
}

/// A spreadsheet takes what begins like this for a formula, and does what it says.
fn plain(name: &str) -> String {
    if name.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_formula() {
        assert_eq!(plain("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(plain("Aspby skola"), "Aspby skola");
    }
}
