//! How the schools stand, as the table of a page and as one for a spreadsheet.

use super::{frame::Frame, numbers, problem::Problem};
use crate::maraton::{AS_IF, SchoolStanding, Standings};

/// What `templates/standings.html` shows.
pub struct StandingsShown {
    /// What the schools in the table have done together.
    pub together: String,
    pub schools: Vec<SchoolRow>,
    pub has_folded: bool,
    /// Nothing where there is only one.
    pub controllers: Vec<ControllerRow>,
    /// So many students more every school is thought to have.
    pub as_if: i64,
}

pub struct SchoolRow {
    pub name: String,
    /// None where there is only one.
    pub controller: Option<String>,
    pub is_own: bool,
    pub finishers: String,
    pub items_each: String,
    pub kilometres_each: String,
    pub kilometres: String,
    pub students: String,
}

pub struct ControllerRow {
    pub name: String,
    pub finishers: String,
    pub items: String,
    pub kilometres: String,
    pub students: String,
}

fn whole(number: i64) -> String {
    numbers::whole(u64::try_from(number).unwrap_or_default())
}

impl StandingsShown {
    /// None where there is no school.
    pub fn of(standings: &Standings, frame: &Frame) -> Option<Self> {
        if standings.schools.is_empty() && standings.folded == 0 {
            return None;
        }
        let kilometres = |metres: i64| numbers::kilometres(metres, frame.language);
        let controllers: Vec<ControllerRow> = standings
            .controllers()
            .into_iter()
            .map(|(name, all)| ControllerRow {
                name: name.to_owned(),
                finishers: whole(all.finishers),
                items: whole(all.items),
                kilometres: kilometres(all.metres),
                students: whole(all.students),
            })
            .collect();
        let has_controllers = !controllers.is_empty();
        let school = |school: &SchoolStanding| SchoolRow {
            name: school.name.clone(),
            controller: has_controllers.then(|| school.controller.clone()),
            is_own: school.is_own,
            finishers: whole(school.finishers),
            items_each: numbers::one_decimal(school.items_per_student(), frame.language),
            kilometres_each: kilometres(school.metres_per_student()),
            kilometres: kilometres(school.metres),
            students: whole(school.students),
        };
        let all = standings.together();
        let (finishers, items) = (whole(all.finishers), whole(all.items));
        Some(Self {
            together: frame.with3(
                "maraton-together",
                "finishers",
                finishers,
                "items",
                items,
                "km",
                kilometres(all.metres),
            ),
            schools: standings.schools.iter().map(school).collect(),
            has_folded: standings.folded > 0,
            controllers,
            as_if: AS_IF,
        })
    }
}

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
