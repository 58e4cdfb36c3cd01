//! How long copies are kept, which hold everybody's data at once.

use jiff::civil::Date;

use super::{Covers, Limit, Period, PolicyError, Rule};

/// The strictest of all rules about copies.
#[derive(Clone, Debug, Default)]
pub struct Keeping {
    /// Copies of the data are kept no shorter.
    floor: Option<Period>,
    /// Copies of the data are kept no longer.
    ceiling: Option<Period>,
    /// Copies of the key store are kept no longer.
    keys: Option<Period>,
}

/// Whether a copy may be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Stays,
    /// As soon as a later one is there.
    MayGo,
    /// Even if it is the last.
    MustGo,
}

impl Keeping {
    /// The strictest of these rules; those about something else are passed over.
    ///
    /// # Errors
    /// [`PolicyError::Apart`] when none can hold beside another.
    pub fn of<'r>(rules: impl Iterator<Item = &'r Rule>) -> Result<Self, PolicyError> {
        let mut keeping = Self::default();
        let strictest = |kept: &mut Option<Period>, period: &Period, longest: bool| {
            let is_stricter = kept.as_ref().is_none_or(|kept| period.is_within(kept) != longest);
            if is_stricter {
                *kept = Some(period.clone());
            }
        };
        for rule in rules {
            match (rule.covers, rule.limit) {
                (Covers::Backups, Limit::Floor) => strictest(&mut keeping.floor, &rule.after, true),
                (Covers::Backups, Limit::Ceiling) => strictest(&mut keeping.ceiling, &rule.after, false),
                (Covers::KeyHistory, Limit::Ceiling) => strictest(&mut keeping.keys, &rule.after, false),
                _ => {}
            }
        }
        match (&keeping.floor, &keeping.ceiling) {
            (Some(floor), Some(ceiling)) if !floor.is_within(ceiling) => {
                Err(PolicyError::Apart { floor: floor.to_string(), ceiling: ceiling.to_string() })
            }
            _ => Ok(keeping),
        }
    }

    /// How a copy of the data stands `today` that was taken on `day`; both in UTC. It stays for all of the floor's last day,
    /// and is gone before the ceiling's begins, so that none is older by an hour.
    #[must_use]
    pub fn of_data(&self, day: Date, today: Date) -> Standing {
        let over = self.floor.as_ref().and_then(|floor| floor.after(day)).is_none_or(|last| today > last);
        match ends(self.ceiling.as_ref(), day, today) {
            true => Standing::MustGo,
            false if over && self.ceiling.is_some() => Standing::MayGo,
            false => Standing::Stays,
        }
    }

    /// The same for a copy of the key store.
    #[must_use]
    pub fn of_keys(&self, day: Date, today: Date) -> Standing {
        if ends(self.keys.as_ref(), day, today) { Standing::MustGo } else { Standing::Stays }
    }
}

fn ends(ceiling: Option<&Period>, day: Date, today: Date) -> bool {
    ceiling.and_then(|ceiling| ceiling.after(day)).is_some_and(|last| today >= last)
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};

    use super::*;
    use crate::privacy::retention::{Choice, Policy};

    #[test]
    fn copies_stay_for_thirty_days_and_are_gone_before_thirty_five() {
        let policy = Policy::of(&Choice::default()).unwrap();
        let keeping = Keeping::of(policy.rules.iter()).unwrap();
        let day = date(2026, 11, 27);
        let after = |days: i32| day.checked_add(days.days()).unwrap();
        for (days, data, keys) in [
            (-1, Standing::Stays, Standing::Stays),
            (0, Standing::Stays, Standing::Stays),
            (6, Standing::Stays, Standing::Stays),
            (7, Standing::Stays, Standing::MustGo),
            (30, Standing::Stays, Standing::MustGo),
            (31, Standing::MayGo, Standing::MustGo),
            (34, Standing::MayGo, Standing::MustGo),
            (35, Standing::MustGo, Standing::MustGo),
            (400, Standing::MustGo, Standing::MustGo),
        ] {
            assert_eq!(keeping.of_data(day, after(days)), data, "{days}");
            assert_eq!(keeping.of_keys(day, after(days)), keys, "{days}");
        }
    }

    #[test]
    fn of_several_controllers_the_strictest_holds() {
        let choice = |text: &str| Policy::of(&toml::from_str(text).unwrap()).unwrap();
        let (long, short) = (
            choice("rules.backups-floor = { after = \"P32D\", ground = \"x\" }"),
            choice("rules.backups-ceiling.after = \"P33D\"\nrules.key-history.after = \"P3D\""),
        );
        let keeping = Keeping::of(long.rules.iter().chain(&short.rules)).unwrap();
        let day = date(2026, 1, 1);
        let after = |days: i32| day.checked_add(days.days()).unwrap();
        assert_eq!(keeping.of_data(day, after(32)), Standing::Stays);
        assert_eq!(keeping.of_data(day, after(33)), Standing::MustGo);
        assert_eq!(keeping.of_keys(day, after(3)), Standing::MustGo);
        let longer = choice("rules.backups-floor = { after = \"P34D\", ground = \"x\" }");
        let apart = Keeping::of(longer.rules.iter().chain(&short.rules));
        assert!(matches!(apart, Err(PolicyError::Apart { .. })), "{apart:?}");
    }
}
