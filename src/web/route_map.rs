//! The route on the map and who is where on it, as the page draws it and as it says it in words.

use super::{frame::Frame, numbers, speech::Language};
use crate::maraton::{Route, Spot, Stop, Way, Whose};

/// Half the height of a mark, in the units of the map.
const HALF: f64 = 9.0;
/// About how wide a character is in a mark and in a town's name; the latter as the widest face has it.
const MARK_LETTER: f64 = 6.5;
const NAME_LETTER: f64 = 7.2;
/// How far a town's name reaches over and under its base line.
const NAME_UP: f64 = 11.0;
const NAME_DOWN: f64 = 3.0;
/// Between the numbers on one mark, wide enough that 1 and 2 are not read as 12.
const BETWEEN: char = '\u{2002}';
/// What has to be free between two marks.
const GAP: f64 = 2.0;

/// The map with the route on it.
pub struct MapShown {
    pub width: f64,
    pub height: f64,
    /// The first and the last town.
    pub from: String,
    pub to: String,
    /// All of the route, as points of a polyline.
    pub way: String,
    /// The part that the first in the list has gone, if they have set out, and who that is.
    pub gone: Option<Gone>,
    pub stops: Vec<StopShown>,
    pub marks: Vec<Mark>,
    /// The same in words, in the order of the numbers on the marks.
    pub told: Vec<Told>,
}

/// The way that is drawn solid.
pub struct Gone {
    pub points: String,
    pub told: String,
}

/// A town on the map.
pub struct StopShown {
    pub name: String,
    pub x: f64,
    pub y: f64,
    pub label_x: f64,
    pub label_y: f64,
    pub anchor: String,
    /// Whose way is drawn solid has reached it.
    pub is_past: bool,
}

/// A mark on the route with the numbers of those who are there.
pub struct Mark {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    pub middle: f64,
    pub base_line: f64,
    pub numbers: String,
    /// The one who looks is among them.
    pub is_me: bool,
}

/// Where one is, in words.
pub struct Told {
    pub number: usize,
    pub is_me: bool,
    /// «Du har kommit förbi Umeå på väg mot Luleå.»
    pub place: String,
    /// «12,4 av 42,2 km»
    pub distance: String,
}

impl MapShown {
    /// Nothing where there is nobody to show, or no route.
    #[must_use]
    pub fn of(route: &Route, ways: &[Way], frame: &Frame) -> Option<Self> {
        let spots: Vec<Spot> = ways.iter().map(|way| route.at(way.share())).collect::<Option<_>>()?;
        let (first, ahead) = (ways.first()?, spots.first()?);
        let name = |stop: &Stop| name_of(stop, frame.language).to_owned();
        let stops = stops_of(route, ahead.past, frame.language);
        let told = ways.iter().zip(&spots).enumerate();
        Some(Self {
            width: route.width,
            height: route.height,
            from: name(route.stops.first()?),
            to: name(route.stops.last()?),
            way: points(route.stops.iter().map(|stop| (stop.x, stop.y))),
            gone: gone(route, ahead, first, frame),
            marks: marks(route.width, &spots, ways, &stops),
            told: told.map(|(at, (way, spot))| told_of(at + 1, way, spot, route, frame)).collect(),
            stops,
        })
    }
}

/// A town's name in the reader's language.
#[must_use]
pub fn name_of(stop: &Stop, language: Language) -> &str {
    match language {
        Language::Swedish => &stop.sv,
        Language::English => &stop.en,
    }
}

fn stops_of(route: &Route, past: Option<usize>, language: Language) -> Vec<StopShown> {
    let stop = |(at, stop): (usize, &Stop)| StopShown {
        name: name_of(stop, language).to_owned(),
        x: stop.x,
        y: stop.y,
        label_x: stop.label.x,
        label_y: stop.label.y,
        anchor: stop.label.anchor.clone(),
        is_past: past.is_some_and(|past| at <= past),
    };
    route.stops.iter().enumerate().map(stop).collect()
}

fn points(of: impl Iterator<Item = (f64, f64)>) -> String {
    of.map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
}

fn gone(route: &Route, to: &Spot, way: &Way, frame: &Frame) -> Option<Gone> {
    let passed = route.stops.iter().take(to.past? + 1).map(|stop| (stop.x, stop.y));
    let told = match &way.name {
        None => frame.t("maraton-route-solid-mine"),
        Some(name) => frame.with("maraton-route-solid", "name", name),
    };
    Some(Gone { points: points(passed.chain([(to.x, to.y)])), told })
}

fn told_of(number: usize, way: &Way, spot: &Spot, route: &Route, frame: &Frame) -> Told {
    let name = |at: Option<usize>| {
        let stop = at.and_then(|at| route.stops.get(at));
        stop.map(|stop| name_of(stop, frame.language).to_owned()).unwrap_or_default()
    };
    let is_me = way.of == Whose::Me;
    let key = match (spot.past, spot.next, is_me) {
        (None, _, true) => "maraton-route-start-mine",
        (None, _, false) => "maraton-route-start",
        (Some(_), None, true) => "maraton-route-there-mine",
        (Some(_), None, false) => "maraton-route-there",
        (Some(0), Some(_), true) => "maraton-route-out-mine",
        (Some(0), Some(_), false) => "maraton-route-out",
        (Some(_), Some(_), true) => "maraton-route-past-mine",
        (Some(_), Some(_), false) => "maraton-route-past",
    };
    let who = way.name.clone().unwrap_or_default();
    let values = [("name", who), ("past", name(spot.past.or(Some(0)))), ("next", name(spot.next))];
    let kilometres = |metres| numbers::kilometres(metres, frame.language);
    let (done, goal) = (kilometres(way.metres), kilometres(way.goal));
    Told {
        number,
        is_me,
        place: frame.language.with(key, values),
        distance: frame.with2("maraton-route-km", "done", done, "goal", goal),
    }
}

/// What a mark or a name covers.
#[derive(Clone, Copy)]
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Area {
    /// How much of one lies over the other, in square units.
    fn over(&self, other: &Self) -> f64 {
        let wide = self.right.min(other.right) - self.left.max(other.left);
        let high = self.bottom.min(other.bottom) - self.top.max(other.top);
        wide.max(0.0) * high.max(0.0)
    }

    fn wider(&self, by: f64) -> Self {
        Self { left: self.left - by, right: self.right + by, top: self.top - by, bottom: self.bottom + by }
    }
}

fn area_of_name(stop: &StopShown) -> Area {
    let wide = NAME_LETTER * stop.name.chars().count() as f64;
    let left = match stop.anchor.as_str() {
        "start" => stop.label_x,
        "middle" => stop.label_x - wide / 2.0,
        _ => stop.label_x - wide,
    };
    Area { left, right: left + wide, top: stop.label_y - NAME_UP, bottom: stop.label_y + NAME_DOWN }
}

/// A mark for each, or one for several where theirs would lie over each other: then their numbers stand side by side.
fn marks(width: f64, spots: &[Spot], ways: &[Way], stops: &[StopShown]) -> Vec<Mark> {
    let names: Vec<Area> = stops.iter().map(area_of_name).collect();
    // Those who have come least far first, so that those of one mark are neighbours.
    let mut order: Vec<usize> = (0..spots.len()).collect();
    order.sort_by(|a, b| ways[*a].share().total_cmp(&ways[*b].share()));
    let mut together: Vec<Vec<usize>> = order.into_iter().map(|who| vec![who]).collect();
    while let Some((one, other)) = overlapping(&together, width, spots, &names) {
        let joined = together.remove(other);
        together[one].extend(joined);
        together[one].sort_by(|a, b| ways[*a].share().total_cmp(&ways[*b].share()));
    }
    let mark = |who: &Vec<usize>| {
        let Area { left, right, top, bottom } = area_of(who, width, spots, &names);
        let tenths = |of: f64| (of * 10.0).round() / 10.0;
        Mark {
            left: tenths(left),
            top: tenths(top),
            width: tenths(right - left),
            height: tenths(bottom - top),
            middle: tenths(f64::midpoint(left, right)),
            base_line: tenths(bottom - HALF + 4.2),
            numbers: numbers_of(who),
            is_me: who.iter().any(|who| ways[*who].of == Whose::Me),
        }
    };
    together.iter().map(mark).collect()
}

/// Two marks that would lie over each other, if there are any.
fn overlapping(together: &[Vec<usize>], width: f64, spots: &[Spot], names: &[Area]) -> Option<(usize, usize)> {
    let areas: Vec<Area> = together.iter().map(|who| area_of(who, width, spots, names).wider(GAP / 2.0)).collect();
    let pairs = (0..areas.len()).flat_map(|one| (one + 1..areas.len()).map(move |other| (one, other)));
    pairs.into_iter().find(|(one, other)| areas[*one].over(&areas[*other]) > 0.0)
}

fn numbers_of(who: &[usize]) -> String {
    let mut numbers: Vec<usize> = who.iter().map(|who| who + 1).collect();
    numbers.sort_unstable();
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(&BETWEEN.to_string())
}

/// A mark lies on the point of the one in the middle, and reaches to the side where it covers fewest names.
fn area_of(who: &[usize], width: f64, spots: &[Spot], names: &[Area]) -> Area {
    let Spot { x, y, .. } = spots[who[who.len() / 2]];
    let wide = (MARK_LETTER * numbers_of(who).chars().count() as f64 + HALF).max(2.0 * HALF);
    let beginning = |left: f64| Area { left, right: left + wide, top: y - HALF, bottom: y + HALF };
    let covers = |area: &Area| {
        let off = (1.0 - area.left).max(0.0) + (area.right - width + 1.0).max(0.0);
        names.iter().map(|name| area.over(name)).sum::<f64>() + off * 2.0 * HALF
    };
    let sides = [beginning(x - HALF), beginning(x + HALF - wide), beginning(x - wide / 2.0)];
    sides.into_iter().min_by(|a, b| covers(a).total_cmp(&covers(b))).unwrap_or_else(|| beginning(x - HALF))
}

#[cfg(test)]
mod tests {
    use super::{super::assets, *};

    fn way(of: Whose, metres: i64) -> Way {
        Way { of, name: None, metres, goal: 1_000 }
    }

    /// The marks of some who have come so far of 1,000 m, on the route that is built.
    fn marks_at(all: &[i64], language: Language) -> (Vec<Mark>, Vec<Area>) {
        let route = assets::route();
        let whose = [Whose::Me, Whose::Group, Whose::School];
        let ways: Vec<Way> = all.iter().enumerate().map(|(at, metres)| way(whose[at.min(2)], *metres)).collect();
        let spots: Vec<Spot> = ways.iter().map(|way| route.at(way.share()).unwrap()).collect();
        let stops = stops_of(route, None, language);
        let names = stops.iter().map(area_of_name).collect();
        (marks(route.width, &spots, &ways, &stops), names)
    }

    fn area(of: &Mark) -> Area {
        Area { left: of.left, right: of.left + of.width, top: of.top, bottom: of.top + of.height }
    }

    #[test]
    fn who_is_at_the_same_place_shares_a_mark() {
        if !assets::are_built() {
            return;
        }
        let numbers = |all: &[i64]| {
            let marks = marks_at(all, Language::Swedish).0;
            marks.into_iter().map(|mark| (mark.numbers, mark.is_me)).collect::<Vec<_>>()
        };
        let of = |numbers: &str, is_me| (numbers.to_owned(), is_me);
        assert_eq!(numbers(&[500, 200, 900]), [of("2", false), of("1", true), of("3", false)]);
        assert_eq!(numbers(&[0, 0, 0]), [of("1\u{2002}2\u{2002}3", true)]);
        assert_eq!(numbers(&[900, 500, 503]), [of("2\u{2002}3", false), of("1", true)]);
    }

    #[test]
    fn no_mark_lies_over_another_or_leaves_the_map_and_one_alone_covers_no_name() {
        if !assets::are_built() {
            return;
        }
        let (width, height) = (assets::route().width, assets::route().height);
        for language in Language::ALL {
            for metres in (0..=1_000).step_by(5) {
                for all in [vec![metres], vec![metres; 3], vec![metres, metres + 25, metres + 50], vec![metres; 5]] {
                    let (marks, names) = marks_at(&all, language);
                    for (at, mark) in marks.iter().enumerate() {
                        let area = area(mark);
                        let covered: f64 = names.iter().map(|name| area.over(name)).sum();
                        // One that several share is wide, and goes where it covers least.
                        assert!(all.len() > 1 || covered < 4.0, "{} at {all:?} covers {covered}", mark.numbers);
                        assert!(marks[..at].iter().all(|other| self::area(other).over(&area) == 0.0), "{all:?}");
                        assert!(area.left >= 0.0 && area.right <= width && area.top >= 0.0 && area.bottom <= height);
                    }
                }
            }
        }
    }

    #[test]
    fn no_name_lies_over_another_or_leaves_the_map() {
        let route = assets::route();
        for language in Language::ALL {
            let stops = stops_of(route, None, language);
            let names: Vec<Area> = stops.iter().map(area_of_name).collect();
            for (at, name) in names.iter().enumerate() {
                assert!(name.left >= 0.0 && name.right <= route.width, "{}", stops[at].name);
                assert!(names[..at].iter().all(|other| other.over(name) == 0.0), "{}", stops[at].name);
            }
        }
    }
}
