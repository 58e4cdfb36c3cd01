//! What is due for one person.

use jiff::civil::Date;

use super::{Anchor, Covers, Limit, Policy, Rule};

/// A day from which something is counted for somebody.
pub type Anchored = (Anchor, Date);

/// What will happen, and by which rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Due<'p> {
    pub rule: &'p Rule,
    /// The day from which it is counted.
    pub from: Date,
    /// The last day on which it is kept.
    pub on: Date,
    /// When it is asked whether it is to stay, in order.
    pub notices: Vec<Date>,
}

/// What comes first for somebody of whom these days are known, by the rules for `covers`: an end before a mere permission
/// on the same day. `None` if nothing is counted from any of these days.
#[must_use]
pub fn due<'p>(policy: &'p Policy, covers: Covers, known: &[Anchored]) -> Option<Due<'p>> {
    let of = policy.rules.iter().filter(|rule| rule.covers == covers && rule.limit != Limit::Floor);
    let all = of.filter_map(|rule| {
        let (_, from) = known.iter().filter(|(anchor, _)| *anchor == rule.anchor).min_by_key(|(_, day)| *day)?;
        let on = held_back(policy, rule, *from, rule.after.after(*from)?);
        let notices = rule.notices.iter().filter_map(|notice| notice.after(*from)).collect();
        Some(Due { rule, from: *from, on, notices })
    });
    all.min_by_key(|due| (due.on, due.rule.limit == Limit::May))
}

/// The law goes before a ceiling: what has to be kept from the same day is kept.
fn held_back(policy: &Policy, rule: &Rule, from: Date, on: Date) -> Date {
    let floors = policy
        .rules
        .iter()
        .filter(|floor| floor.covers == rule.covers && floor.anchor == rule.anchor && floor.limit == Limit::Floor);
    floors.filter_map(|floor| floor.after.after(from)).fold(on, Date::max)
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    use super::*;
    use crate::privacy::retention::{Choice, Mode};

    fn policy(preset: &str) -> Policy {
        Policy::of(&Choice { preset: preset.to_owned(), ..Choice::default() }).expect("a preset")
    }

    #[test]
    fn the_first_of_three_decides() {
        let kikora = policy("kikora");
        let (active, ended) = ((Anchor::LastActivity, date(2025, 3, 1)), (Anchor::ContractEnd, date(2025, 1, 31)));
        let told = |known: &[Anchored]| due(&kikora, Covers::Person, known).map(|due| (due.rule.id.clone(), due.on));
        assert_eq!(told(&[active]), Some(("inactive".to_owned(), date(2026, 9, 1))));
        assert_eq!(told(&[active, ended]), Some(("agreement-ended".to_owned(), date(2026, 7, 31))));
        let asked = (Anchor::Request, date(2026, 2, 2));
        assert_eq!(told(&[active, ended, asked]), Some(("requested".to_owned(), date(2026, 2, 2))));
        assert_eq!(told(&[]), None);
        assert_eq!(told(&[(Anchor::Collected, date(2000, 1, 1))]), None);
        // Who comes back in the seventeenth month is counted from then, and the agreement's end stays.
        let back = (Anchor::LastActivity, date(2026, 8, 1));
        assert_eq!(told(&[back]), Some(("inactive".to_owned(), date(2028, 2, 1))));
        assert_eq!(told(&[back, ended]), Some(("agreement-ended".to_owned(), date(2026, 7, 31))));
    }

    #[test]
    fn presets_differ() {
        let known = [
            (Anchor::Collected, date(2016, 5, 2)),
            (Anchor::LastActivity, date(2026, 5, 2)),
            (Anchor::AccountEnd, date(2026, 6, 30)),
        ];
        let of = |preset: &str| {
            let policy = policy(preset);
            due(&policy, Covers::Person, &known).map(|due| (due.on, due.rule.mode, due.notices.len()))
        };
        assert_eq!(of("kikora"), Some((date(2027, 11, 2), Mode::Auto, 0)));
        assert_eq!(of("nextgen"), Some((date(2028, 5, 2), Mode::Auto, 3)));
        assert_eq!(of("learnster"), Some((date(2027, 6, 30), Mode::Auto, 0)));
        assert_eq!(of("unikum"), Some((date(2026, 5, 2), Mode::Propose, 0)));
        assert_eq!(of("infomentor"), None);
    }

    #[test]
    fn what_has_to_be_kept_is_kept() {
        let backups = policy("kikora");
        let due = due(&backups, Covers::Backups, &[(Anchor::Collected, date(2026, 1, 1))]).expect("due");
        assert_eq!((due.rule.id.as_str(), due.on), ("backups-ceiling", date(2026, 2, 5)));
    }

    proptest! {
        /// A day that is known later never makes anything due earlier, and another known day never later.
        #[test]
        fn more_is_never_later_and_later_is_never_earlier(
            preset in 0_usize..5, days in prop::collection::vec((0_usize..5, 0_i32..9_000), 1..6), later in 0_i32..900,
        ) {
            let anchors =
                [Anchor::Collected, Anchor::LastActivity, Anchor::AccountEnd, Anchor::ContractEnd, Anchor::Request];
            let policy = policy(super::super::PRESETS[preset]);
            let known: Vec<Anchored> = days
                .iter()
                .map(|(anchor, day)| (anchors[*anchor], date(2000, 1, 1).checked_add(day.days()).unwrap()))
                .collect();
            let on = |known: &[Anchored]| due(&policy, Covers::Person, known).map(|due| due.on);
            for count in 1..known.len() {
                if let Some(before) = on(&known[..count]) {
                    prop_assert!(on(&known[..=count]).is_some_and(|after| after <= before));
                }
            }
            let moved: Vec<Anchored> =
                known.iter().map(|(anchor, day)| (*anchor, day.checked_add(later.days()).unwrap())).collect();
            prop_assert_eq!(on(&known).is_some(), on(&moved).is_some());
            prop_assert!(on(&known) <= on(&moved));
        }
    }
}
