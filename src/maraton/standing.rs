//! How the schools stand. An anti-competition: what counts is how many finish, there are no places, and schools so small
//! that a figure would be somebody's own are folded together without figures.
//!
//! Nothing in a view depends on the figures of a school that is folded, not even the order of the others: so nothing of
//! them comes out by subtracting, neither a view from a total nor one view from the next.

use std::{cmp::Ordering, collections::BTreeMap};

use vault::{SchoolId, rows::maraton::Standing};

/// Figures of fewer students than this are not shown.
pub(super) const FEWEST_STUDENTS: i32 = 5;
/// Figures of fewer who take part than this are not shown: they would be somebody's own.
pub const FEWEST_ENTRANTS: i64 = 5;
/// So many students more every school is thought to have, who finish like everybody.
pub const AS_IF: i64 = 20;

/// How one school stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolStanding {
    pub id: SchoolId,
    pub name: String,
    /// The name of the school's controller, such as a municipality.
    pub controller: String,
    pub students: i64,
    /// Students who take part.
    pub entrants: i64,
    /// Those of them who reached both goals.
    pub finishers: i64,
    /// Finished by entrants, each in the own course.
    pub items: i64,
    /// Approved.
    pub metres: i64,
    /// It is one of the schools of the one who looks.
    pub is_own: bool,
}

impl SchoolStanding {
    fn of(row: Standing, own: &[SchoolId]) -> Self {
        Self {
            is_own: own.contains(&row.school),
            id: row.school,
            name: row.name,
            controller: row.controller,
            students: i64::from(row.number_of_students),
            entrants: row.entrants,
            finishers: row.finishers,
            items: row.items,
            metres: row.metres,
        }
    }

    /// Approved metres for each student of the school.
    #[must_use]
    pub const fn metres_per_student(&self) -> i64 {
        self.metres / self.students
    }

    /// Items for each student of the school.
    #[must_use]
    pub fn items_per_student(&self) -> f64 {
        self.items as f64 / self.students as f64
    }
}

/// Sums over the schools that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Together {
    pub students: i64,
    pub finishers: i64,
    pub items: i64,
    pub metres: i64,
}

impl Together {
    const fn and(self, school: &SchoolStanding) -> Self {
        Self {
            students: self.students + school.students,
            finishers: self.finishers + school.finishers,
            items: self.items + school.items,
            metres: self.metres + school.metres,
        }
    }
}

/// How all schools stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standings {
    /// The largest share of finishers first, the same by name.
    pub schools: Vec<SchoolStanding>,
    /// How many schools are too small to be shown.
    pub folded: usize,
}

impl Standings {
    /// Orders what the vault gives; `own` are the schools of the one who looks.
    #[must_use]
    pub fn of(rows: Vec<Standing>, own: &[SchoolId]) -> Self {
        let (shown, folded): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_shown);
        let schools = shown.into_iter().map(|row| SchoolStanding::of(row, own)).collect();
        let mut standings = Self { schools, folded: folded.len() };
        let all = standings.together();
        standings.schools.sort_by(|a, b| by_share(a, b, &all).then_with(|| a.name.cmp(&b.name)));
        standings
    }

    /// What the schools that are shown come to together; never those that are folded.
    #[must_use]
    pub fn together(&self) -> Together {
        self.schools.iter().fold(Together::default(), Together::and)
    }

    /// The same for each controller, by name, where the schools of several are shown; none otherwise.
    #[must_use]
    pub fn controllers(&self) -> Vec<(&str, Together)> {
        let mut each: BTreeMap<&str, Together> = BTreeMap::new();
        for school in &self.schools {
            let sum = each.entry(&school.controller).or_default();
            *sum = sum.and(school);
        }
        if each.len() > 1 { each.into_iter().collect() } else { Vec::new() }
    }

    /// The share of a school's students who finish, 0-1, as it is ordered by: `(f + m·p) / (n + m)` with `f` finishers of
    /// `n` students, `m` [`AS_IF`] and `p` the share of finishers in all the schools that are shown. This is the mean of a
    /// share that is `f` of `n` after a beta prior of weight `m` around `p` (the beta-binomial model: Gelman et al.,
    /// Bayesian Data Analysis, 3rd edition, section 2.4), so that one finisher in a school of six does not outrun thirty in
    /// a school of two hundred.
    #[must_use]
    pub fn share(&self, of: &SchoolStanding) -> f64 {
        let (above, below) = share(of, &self.together());
        above as f64 / below as f64
    }
}

fn is_shown(row: &Standing) -> bool {
    row.number_of_students >= FEWEST_STUDENTS && row.entrants >= FEWEST_ENTRANTS
}

/// The share by which a school is ordered, as a fraction: both sides of [`Standings::share`] times all students.
fn share(of: &SchoolStanding, all: &Together) -> (i128, i128) {
    let [finishers, students, all_finishers, all_students, as_if] =
        [of.finishers, of.students, all.finishers, all.students, AS_IF].map(i128::from);
    (finishers * all_students + as_if * all_finishers, all_students * (students + as_if))
}

/// Multiplied crosswise, so that nothing is rounded before it is compared.
fn by_share(a: &SchoolStanding, b: &SchoolStanding, all: &Together) -> Ordering {
    let ((a_above, a_below), (b_above, b_below)) = (share(a, all), share(b, all));
    (b_above * a_below).cmp(&(a_above * b_below))
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;

    fn row(number: u8, name: &str, students: i32, entrants: i64, finishers: i64) -> Standing {
        Standing {
            school: SchoolId::from_bytes([number; 16]),
            name: name.to_owned(),
            controller: format!("kommun {}", number % 2),
            number_of_students: students,
            metres: 42_195 * finishers + 1_000 * entrants,
            distances: entrants,
            entrants,
            finishers,
            items: 200 * finishers + entrants,
        }
    }

    fn names(standings: &Standings) -> Vec<&str> {
        standings.schools.iter().map(|school| school.name.as_str()).collect()
    }

    #[test]
    fn schools_stand_by_the_share_that_finishes_and_one_s_own_is_marked() {
        let rows = vec![
            row(1, "Alby", 300, 200, 60),
            row(2, "Berga", 100, 80, 40),
            row(3, "Dalen", 40, 20, 0),
            row(4, "Ceder", 40, 10, 0),
        ];
        let standings = Standings::of(rows, &[SchoolId::from_bytes([1; 16])]);
        assert_eq!(names(&standings), ["Berga", "Alby", "Ceder", "Dalen"], "and the same share by name");
        assert_eq!(standings.schools.iter().map(|s| s.is_own).collect::<Vec<_>>(), [false, true, false, false]);
        // 100 of 480 finish: (40 + 20 · 100/480) / 120.
        let share = standings.share(&standings.schools[0]);
        assert!((share - (40.0 + 20.0 * 100.0 / 480.0) / 120.0).abs() < 1e-12, "{share}");
    }

    #[test]
    fn a_few_in_a_small_school_do_not_outrun_many_in_a_large_one() {
        // All six of Fen's, and 150 of Stad's 160; without the twenty Fen would stand first.
        let rows = vec![row(1, "Fen", 6, 6, 6), row(2, "Stad", 160, 155, 150), row(3, "Vik", 400, 300, 40)];
        assert_eq!(names(&Standings::of(rows, &[])), ["Stad", "Fen", "Vik"]);
    }

    #[test]
    fn nobody_having_finished_schools_stand_by_name() {
        let rows = vec![row(1, "Ö", 90, 9, 0), row(2, "Bo", 10, 5, 0), row(3, "Al", 500, 300, 0)];
        let standings = Standings::of(rows, &[]);
        assert_eq!(names(&standings), ["Al", "Bo", "Ö"]);
        assert!(standings.schools.iter().all(|school| standings.share(school) == 0.0));
    }

    #[test]
    fn fewer_than_five_show_no_figures() {
        let rows = vec![
            row(1, "Fyra elever", 4, 4, 1),
            row(2, "Fyra med", 50, 4, 1),
            row(3, "Fem", 5, 5, 1),
            row(4, "Ingen elev", 0, 0, 0),
            row(5, "Ingen med", 50, 0, 0),
        ];
        let standings = Standings::of(rows, &[]);
        assert_eq!((names(&standings), standings.folded), (vec!["Fem"], 4));
    }

    /// Students, entrants, finishers, items and metres of a school.
    type Figures = (i32, i64, i64, i64, i64);

    /// Schools of which about half are folded, for too few students or too few who take part.
    fn figures() -> impl Strategy<Value = Vec<Figures>> {
        vec((select(vec![0, 3, 4, 5, 6, 30, 400]), 0..9_i64, 0..9_i64, 0..500_i64, 0..90_000_i64), 1..8)
    }

    fn schools(all: &[Figures]) -> Vec<Standing> {
        let school = |(at, (students, entrants, finishers, items, metres)): (u8, &Figures)| {
            let plain = row(at, &format!("Skola {at}"), *students, *entrants, *finishers.min(entrants));
            Standing { items: *items, metres: *metres, ..plain }
        };
        (0..).zip(all).map(school).collect()
    }

    /// The same schools with other figures wherever they are folded.
    fn others_where_folded(rows: &[Standing], figures: &[(i64, i64, i64)]) -> Vec<Standing> {
        let other = |(row, (finishers, items, metres)): (&Standing, &(i64, i64, i64))| {
            if is_shown(row) {
                return row.clone();
            }
            Standing { finishers: *finishers, items: *items, metres: *metres, ..row.clone() }
        };
        rows.iter().zip(figures.iter().cycle()).map(other).collect()
    }

    proptest! {
        /// Whatever those do who are folded, the views stay the same, one after the other: no arithmetic with views can
        /// tell anything of them.
        #[test]
        fn no_row_of_views_tells_of_the_folded(
            worlds in vec(figures(), 1..4),
            other in vec((0..5_i64, 0..900_i64, 0..90_000_i64), 1..9),
        ) {
            let view = |rows: Vec<Standing>| {
                let standings = Standings::of(rows, &[]);
                let shares: Vec<f64> = standings.schools.iter().map(|school| standings.share(school)).collect();
                (standings.together(), shares, standings)
            };
            let seen: Vec<_> = worlds.iter().map(|all| view(schools(all))).collect();
            let others: Vec<_> = worlds.iter().map(|all| view(others_where_folded(&schools(all), &other))).collect();
            prop_assert_eq!(seen, others);
        }

        /// The view subtracted from the total leaves nothing, and one view from the next only what the schools that are
        /// shown say themselves, each of five students and five who take part at least.
        #[test]
        fn subtracting_leaves_no_group_under_five(before in figures(), after in figures()) {
            let of = |school: &SchoolStanding| [school.students, school.finishers, school.items, school.metres];
            let mut totals = Vec::new();
            let mut said = Vec::new();
            for all in [&before, &after] {
                let standings = Standings::of(schools(all), &[]);
                let Together { students, finishers, items, metres } = standings.together();
                totals.push([students, finishers, items, metres]);
                let each = standings.schools.iter().map(of);
                said.push(each.fold([0; 4], |sum, one| std::array::from_fn(|at| sum[at] + one[at])));
                for school in &standings.schools {
                    prop_assert!(school.students >= 5 && school.entrants >= 5, "{:?}", school);
                }
                prop_assert_eq!(standings.schools.len() + standings.folded, all.len());
            }
            for at in 0..4 {
                prop_assert_eq!(totals[0][at] - said[0][at], 0);
                prop_assert_eq!(totals[1][at] - totals[0][at], said[1][at] - said[0][at]);
            }
        }

        /// The order is that of the shares, and by name where they are the same.
        #[test]
        fn the_order_is_that_of_the_shares(all in figures()) {
            let standings = Standings::of(schools(&all), &[]);
            for pair in standings.schools.windows(2) {
                let shares = [&pair[0], &pair[1]].map(|school| standings.share(school));
                prop_assert!(shares[0] >= shares[1] - 1e-12, "{:?}", shares);
                prop_assert!(shares[0] > shares[1] + 1e-12 || pair[0].name < pair[1].name || shares[0] > shares[1]);
            }
        }
    }
}
