//! Comparisons that are linear in their names with rational coefficients. Most lines of school mathematics are,
//! and need no other method.

use smallvec::SmallVec;

use crate::exact::Exact;
use crate::tree::Name;
use crate::value::{Claim, Comparator, Term};

/// The most equations and names of a system that is reduced.
const MAX_SIZE: usize = 8;

/// `a·x + b·y + … + constant`; no name twice.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    constant: Exact,
    slopes: SmallVec<[(Name, Exact); 3]>,
}

impl Linear {
    /// `left − right`, if what was written is linear: sums, and products with at most one factor that is no number.
    pub(crate) fn difference(left: &Term, right: &Term) -> Option<Self> {
        let mut linear = Self { constant: Exact::ZERO, slopes: SmallVec::new() };
        let whole = linear.add(left, &Exact::ONE) && linear.add(right, &Exact::Small(-1, 1));
        whole.then_some(linear)
    }

    /// Adds `factor·term`; false if that is not linear.
    fn add(&mut self, term: &Term, factor: &Exact) -> bool {
        match term {
            Term::Number(value) => self.constant = &self.constant + &(factor * value),
            Term::Name(name) => match self.slopes.iter_mut().find(|(own, _)| own == name) {
                Some((_, slope)) => *slope = &*slope + factor,
                None => self.slopes.push((*name, factor.clone())),
            },
            Term::Sum(parts) => return parts.iter().all(|part| self.add(part, factor)),
            Term::Product(parts) => match parts.as_slice() {
                [Term::Number(number), part] => return self.add(part, &(factor * number)),
                _ => return false,
            },
            _ => return false,
        }
        true
    }

    /// The slope and the zero in `name`, if that is its only name and it has exactly one zero.
    pub(crate) fn zero(&self, name: Name) -> Option<(&Exact, Exact)> {
        match self.slopes.as_slice() {
            [(only, slope)] if *only == name && !slope.is_zero() => {
                Some((slope, &(&self.constant * &Exact::Small(-1, 1)) / slope))
            }
            _ => None,
        }
    }

    /// The coefficients in the order of `names`, then the constant.
    fn row(&self, names: &[Name]) -> Vec<Exact> {
        let slope = |name: &Name| self.slopes.iter().find(|(own, _)| own == name).map(|(_, slope)| slope.clone());
        let slopes = names.iter().map(|name| slope(name).unwrap_or(Exact::ZERO));
        slopes.chain([self.constant.clone()]).collect()
    }
}

/// Linear equations that hold together, in reduced row echelon form. Two systems in the same names that have a
/// solution have the same solutions if, and only if, these forms are equal.
#[derive(Debug, PartialEq)]
pub(crate) struct Rows(Vec<Vec<Exact>>);

impl Rows {
    /// `None` if the claim is no such system, if it has no solution, or if it is too large.
    pub(crate) fn of(claim: &Claim, names: &[Name]) -> Option<Self> {
        let mut rows = Vec::new();
        gather(claim, names, &mut rows)?;
        if rows.len() > MAX_SIZE || names.len() > MAX_SIZE {
            return None;
        }
        reduce(&mut rows, names.len());
        rows.retain(|row| row.iter().any(|value| !value.is_zero()));
        let impossible = |row: &Vec<Exact>| row.iter().take(names.len()).all(Exact::is_zero);
        (!rows.iter().any(impossible)).then_some(Self(rows))
    }

    /// The value of each name, if there is only one solution.
    pub(crate) fn point(&self, names: &[Name]) -> Option<Vec<(Name, Exact)>> {
        let value = |row: &Vec<Exact>| row.last().map(|constant| constant * &Exact::Small(-1, 1));
        let values = names.iter().zip(&self.0).map(|(name, row)| Some((*name, value(row)?)));
        (self.0.len() == names.len()).then(|| values.collect())?
    }
}

fn gather(claim: &Claim, names: &[Name], rows: &mut Vec<Vec<Exact>>) -> Option<()> {
    match claim {
        Claim::Compare(left, Comparator::Equal, right) => {
            rows.push(Linear::difference(left, right)?.row(names));
            Some(())
        }
        Claim::And(parts) => parts.iter().try_for_each(|part| gather(part, names, rows)),
        _ => None,
    }
}

/// Gauss and Jordan's elimination in the first `width` columns.
fn reduce(rows: &mut [Vec<Exact>], width: usize) {
    let mut done = 0;
    for column in 0..width {
        let is_pivot = |row: &Vec<Exact>| row.get(column).is_some_and(|value| !value.is_zero());
        let Some(found) = rows.iter().skip(done).position(is_pivot) else { continue };
        rows.swap(done, done + found);
        let Some(pivot) = rows.get_mut(done) else { continue };
        let Some(leading) = pivot.get(column).cloned() else { continue };
        pivot.iter_mut().for_each(|value| *value = &*value / &leading);
        let pivot = pivot.clone();
        for (index, row) in rows.iter_mut().enumerate() {
            let factor = row.get(column).cloned().unwrap_or(Exact::ZERO);
            if index == done || factor.is_zero() {
                continue;
            }
            for (value, of_pivot) in row.iter_mut().zip(&pivot) {
                *value = &*value - &(&factor * of_pivot);
            }
        }
        done += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;
    use crate::exact::Exact;
    use crate::read::read;
    use crate::tree::Name;
    use crate::value::{Line, lower};

    fn rows(typed: &str) -> Option<Rows> {
        let Ok(Line::Claim(claim)) = lower(&read(typed).unwrap()) else { panic!("{typed} claims nothing") };
        Rows::of(&claim, &names())
    }

    fn names() -> [Name; 2] {
        ['x', 'y'].map(Name::from)
    }

    #[test]
    fn the_same_systems_have_the_same_rows() {
        let system = rows("2x+3y = 6; 4x+9y = 15");
        assert!(system.is_some());
        for same in ["4x+9y = 15; 3y = 6−2x", "x = 3/2; y = 1", "2(x+y) = 5; y = 1; x = 1,5", "6y = 6; x+y = 5/2"] {
            assert_eq!(rows(same), system, "{same}");
        }
        for other in ["x = 3/2", "x = 3/2; y = 2", "2x+3y = 6", "x = 1; y = 3/2"] {
            assert!(rows(other).is_some(), "{other}");
            assert_ne!(rows(other), system, "{other}");
        }
    }

    #[test]
    fn what_is_not_linear_or_has_no_solution_has_no_rows() {
        for typed in
            ["x = 1; x = 2", "x+y = 1; 2x+2y = 3", "xy = 1; x = 1", "x/x = 1; y = 1", "x < 1; y = 1", "0x+0y = 1"]
        {
            assert_eq!(rows(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_single_solution_is_a_point() {
        let point = |typed| rows(typed).and_then(|rows| rows.point(&names()));
        assert_eq!(point("x+y = 3; x−y = 1"), Some(vec![('x'.into(), Exact::from(2)), ('y'.into(), Exact::from(1))]));
        assert_eq!(point("x+y = 3"), None);
        assert_eq!(point("x+y = 3; 2x+2y = 6"), None);
    }
}
