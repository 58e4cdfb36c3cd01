//! The route through the Nordic countries: at which point of it one is after a share of the whole.

use serde::Deserialize;

/// A way through towns on a map, which is `width` × `height` in its own units; y grows downwards.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Route {
    pub width: f64,
    pub height: f64,
    /// In the order in which they are passed.
    pub stops: Vec<Stop>,
}

/// A town.
#[derive(Clone, Debug, Deserialize)]
pub struct Stop {
    /// As it is called there.
    pub name: String,
    /// As it is called in Swedish.
    pub sv: String,
    /// As it is called in English.
    pub en: String,
    pub x: f64,
    pub y: f64,
    pub label: Label,
}

/// Where a town's name stands: the point on its base line that is its `anchor` (start, middle or end).
#[derive(Clone, Debug, Deserialize)]
pub struct Label {
    pub x: f64,
    pub y: f64,
    pub anchor: String,
}

/// A point of the route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    pub x: f64,
    pub y: f64,
    /// The number of the last stop that was reached, from 0; none before one has set out.
    pub past: Option<usize>,
    /// The number of the stop that comes next; none at the end.
    pub next: Option<usize>,
}

impl Route {
    /// Where one is after a share of the route's length, 0 to 1; more is the end, less is the beginning. Nothing if it leads
    /// nowhere.
    #[must_use]
    pub fn at(&self, share: f64) -> Option<Spot> {
        let last = self.stops.len().checked_sub(1).filter(|last| *last > 0)?;
        let of = |at: usize, past, next| self.stops.get(at).map(|stop| Spot { x: stop.x, y: stop.y, past, next });
        if share >= 1.0 {
            return of(last, Some(last), None);
        }
        let legs: Vec<f64> =
            self.stops.windows(2).map(|leg| (leg[1].x - leg[0].x).hypot(leg[1].y - leg[0].y)).collect();
        let mut left = share.max(0.0) * legs.iter().sum::<f64>();
        if left <= 0.0 {
            return of(0, None, Some(1));
        }
        for (at, (leg, ends)) in legs.iter().zip(self.stops.windows(2)).enumerate() {
            if left < *leg {
                let part = left / leg;
                let between = |from: f64, to: f64| from + (to - from) * part;
                let (x, y) = (between(ends[0].x, ends[1].x), between(ends[0].y, ends[1].y));
                return Some(Spot { x, y, past: Some(at), next: Some(at + 1) });
            }
            left -= leg;
        }
        // What is lost in rounding is less than a step before the end.
        of(last, Some(last - 1), Some(last))
    }
}

/// How much of a goal is reached, 0 to 1: who does more than the goal has reached it.
#[must_use]
pub fn share(metres: i64, goal: i64) -> f64 {
    if goal <= 0 { 0.0 } else { (metres as f64 / goal as f64).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Three towns: 30 units to the right, then 40 down.
    fn corner() -> Route {
        let stop = |name: &str, x, y| {
            let label = Label { x, y, anchor: "start".to_owned() };
            Stop { name: name.to_owned(), sv: name.to_owned(), en: name.to_owned(), x, y, label }
        };
        let stops = vec![stop("A", 10.0, 20.0), stop("B", 40.0, 20.0), stop("C", 40.0, 60.0)];
        Route { width: 100.0, height: 100.0, stops }
    }

    fn spot(share: f64) -> (f64, f64, Option<usize>, Option<usize>) {
        let Spot { x, y, past, next } = corner().at(share).unwrap();
        ((x * 1e6).round() / 1e6, (y * 1e6).round() / 1e6, past, next)
    }

    #[test]
    fn the_route_begins_at_the_first_town_and_ends_at_the_last() {
        assert_eq!(spot(0.0), (10.0, 20.0, None, Some(1)));
        assert_eq!(spot(1.0), (40.0, 60.0, Some(2), None));
    }

    #[test]
    fn more_than_the_goal_is_the_goal_and_less_than_nothing_is_nothing() {
        assert_eq!((share(50_000, 42_200), share(-5, 42_200), share(5, 0)), (1.0, 0.0, 0.0));
        assert_eq!(spot(1.7), spot(1.0));
        assert_eq!(spot(-0.2), spot(0.0));
    }

    #[test]
    fn between_towns_the_length_counts_and_not_the_number_of_towns() {
        assert_eq!(spot(15.0 / 70.0), (25.0, 20.0, Some(0), Some(1)));
        assert_eq!(spot(50.0 / 70.0), (40.0, 40.0, Some(1), Some(2)));
        assert_eq!(spot(0.0001).2, Some(0), "who has set out has left the first town");
        assert_eq!(spot(0.9999).3, Some(2), "and is there only when all of it is done");
    }

    #[test]
    fn a_route_of_one_town_leads_nowhere() {
        let mut route = corner();
        route.stops.truncate(1);
        assert_eq!(route.at(0.5), None);
        assert_eq!(Route::default().at(0.5), None);
    }

    proptest! {
        /// Farther is never farther back, and always on the map.
        #[test]
        fn farther_is_farther(one in -0.5..1.5_f64, more in 0.0..1.0_f64) {
            let route = corner();
            let length = |spot: Spot| (spot.x - 10.0) + (spot.y - 20.0);
            let (near, far) = (route.at(one).unwrap(), route.at(one + more).unwrap());
            prop_assert!(length(near) <= length(far) + 1e-9);
            prop_assert!(near.past <= far.past && near.next.unwrap_or(3) <= far.next.unwrap_or(3));
            prop_assert!((10.0..=40.0).contains(&near.x) && (20.0..=60.0).contains(&near.y));
            prop_assert!((length(near) - one.clamp(0.0, 1.0) * 70.0).abs() < 1e-9);
        }
    }
}
