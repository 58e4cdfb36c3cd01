//! How the schools stand. An anti-competition: no places, and schools so small that a figure would be somebody's own
//! are folded together without figures.

use vault::{SchoolId, rows::maraton::Standing};

/// Figures of fewer students than this are not shown.
const FEWEST_STUDENTS: i32 = 5;

/// How one school stands.
#[derive(Debug, PartialEq, Eq)]
pub struct SchoolStanding {
    pub name: String,
    pub students: i64,
    pub metres: i64,
    /// It is one of the schools of the one who looks.
    pub is_own: bool,
}

impl SchoolStanding {
    /// Approved metres for each student of the school.
    #[must_use]
    pub const fn metres_per_student(&self) -> i64 {
        self.metres / self.students
    }
}

/// How all schools stand.
pub struct Standings {
    /// The most kilometres per student first, the same by name.
    pub schools: Vec<SchoolStanding>,
    /// How many schools are too small to be shown.
    pub folded: usize,
}

impl Standings {
    /// Orders what the vault gives; `own` are the schools of the one who looks.
    #[must_use]
    pub fn of(rows: Vec<Standing>, own: &[SchoolId]) -> Self {
        let (shown, small): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.number_of_students >= FEWEST_STUDENTS);
        let mut schools: Vec<_> = shown
            .into_iter()
            .map(|row| SchoolStanding {
                is_own: own.contains(&row.school),
                name: row.name,
                students: i64::from(row.number_of_students),
                metres: row.metres.unwrap_or_default(),
            })
            .collect();
        // Multiplied crosswise, so that nothing is rounded before it is compared.
        schools.sort_by(|a, b| (b.metres * a.students).cmp(&(a.metres * b.students)).then_with(|| a.name.cmp(&b.name)));
        Self { schools, folded: small.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u8, name: &str, students: i32, metres: Option<i64>) -> Standing {
        Standing {
            school: SchoolId::from_bytes([number; 16]),
            name: name.to_owned(),
            number_of_students: students,
            metres,
            distances: metres.map(|_| 1),
        }
    }

    #[test]
    fn schools_are_ordered_by_metres_per_student_and_one_s_own_is_marked() {
        let rows = vec![
            row(1, "Alby", 300, Some(600_000)),
            row(2, "Berga", 50, Some(150_000)),
            row(3, "Dalen", 40, None),
            row(4, "Ceder", 80, None),
        ];
        let standings = Standings::of(rows, &[SchoolId::from_bytes([1; 16])]);
        let told: Vec<_> =
            standings.schools.iter().map(|s| (s.name.as_str(), s.metres_per_student(), s.is_own)).collect();
        assert_eq!(told, [("Berga", 3_000, false), ("Alby", 2_000, true), ("Ceder", 0, false), ("Dalen", 0, false)]);
        assert_eq!(standings.folded, 0);
    }

    #[test]
    fn a_school_of_fewer_than_five_shows_no_figures() {
        let rows = vec![row(1, "Fyra", 4, Some(9_000)), row(2, "Fem", 5, Some(9_000)), row(3, "Ingen", 0, None)];
        let standings = Standings::of(rows, &[]);
        assert_eq!(standings.schools.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Fem"]);
        assert_eq!(standings.folded, 2);
    }
}
