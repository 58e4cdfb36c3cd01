//! How far oneself, one's group and one's school have come on the route.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    maraton::{Route, Way},
    web::{route_map::name_of, speech::Language},
};

/// How far somebody has come, and between which towns that is on the route through the Nordic countries.
#[derive(Serialize, ToSchema)]
#[schema(as = Way)]
pub struct WayBody {
    /// `me`, `group` or `school`.
    of: &'static str,
    /// Of the group or the school; `null` for oneself.
    #[schema(required)]
    name: Option<String>,
    /// Approved.
    #[schema(minimum = 0)]
    metres: i64,
    /// The event's goal, once for each student.
    #[schema(minimum = 0)]
    goal_metres: i64,
    /// How much of the goal is reached; more than all of it is 1.
    #[schema(minimum = 0.0, maximum = 1.0)]
    share: f64,
    /// The town that was passed last, in the reader's language; `null` before setting out.
    #[schema(required)]
    past: Option<String>,
    /// The town that comes next; `null` at the end.
    #[schema(required)]
    next: Option<String>,
}

impl WayBody {
    pub fn of(way: &Way, route: &Route, language: Language) -> Self {
        let spot = route.at(way.share());
        let town = |at: Option<usize>| {
            let stop = at.and_then(|at| route.stops.get(at));
            stop.map(|stop| name_of(stop, language).to_owned())
        };
        Self {
            of: way.of.name(),
            name: way.name.clone(),
            metres: way.metres,
            goal_metres: way.goal,
            share: way.share(),
            past: town(spot.and_then(|spot| spot.past)),
            next: town(spot.and_then(|spot| spot.next)),
        }
    }
}
