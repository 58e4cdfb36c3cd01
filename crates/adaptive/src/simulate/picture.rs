//! A comparison as pictures: SVG that is written line by line, for a page that is read on a telephone too.
//!
//! Each way has its place, its name beside it and a colour of Okabe and Ito's (2008), which those who do not tell red
//! from green can tell apart; ours is besides drawn thicker. Title and description are there for who hears the picture.

use core::fmt::Write;

use super::comparison::{Comparison, InWorld};
use super::policies::Policy;
use super::statistics::Interval;

const WIDTH: f64 = 360.0;
const LEFT: f64 = 112.0;
const RIGHT: f64 = 344.0;
const ROW: f64 = 26.0;

/// How many skills each way retains in each world, with intervals.
pub fn retained(comparison: &Comparison) -> String {
    let rows = comparison.setup.policies.len() as f64;
    let panel = 34.0 + ROW * rows + 34.0;
    let height = panel * comparison.worlds.len() as f64;
    let most = most(comparison.worlds.iter().flat_map(|w| w.policies.iter().map(|p| p.retained.high)));
    let mut body = String::new();
    for (place, world) in comparison.worlds.iter().enumerate() {
        let top = panel * place as f64;
        heading(&mut body, top + 20.0, &format!("World: {}", world.world.name()));
        for (row, of) in world.policies.iter().enumerate() {
            let y = top + 34.0 + ROW * (row as f64 + 0.5);
            label(&mut body, y, of.policy.name(), of.policy == Policy::Ours);
            whisker(&mut body, y, &of.retained, (0.0, most), of.policy);
        }
        axis(&mut body, top + 34.0 + ROW * rows, (0.0, most), "retained skills");
    }
    let title = "Skills retained a month after the term, by way to choose";
    picture(height, title, &told(comparison), &body)
}

/// For each kind of student, how many more skills ours retains than the best other way.
pub fn by_kind(comparison: &Comparison) -> String {
    let kinds = comparison.worlds.first().map_or(0, |w| w.against_best_by_kind.len()) as f64;
    let panel = 34.0 + ROW * kinds + 34.0;
    let all = || comparison.worlds.iter().flat_map(|w| w.against_best_by_kind.iter().map(|(_, a)| a.difference));
    let (low, high) = (-most(all().map(|d| -d.low)), most(all().map(|d| d.high)));
    let mut body = String::new();
    let mut told = String::from("Retained skills, ours less the best other way's, with 95 % intervals. ");
    for (place, world) in comparison.worlds.iter().enumerate() {
        let top = panel * place as f64;
        heading(&mut body, top + 20.0, &format!("World: {}", world.world.name()));
        let zero = across(0.0, (low, high));
        let bottom = top + 34.0 + ROW * kinds;
        let _ = writeln!(body, r##"<path d="M{zero:.1} {:.1}V{bottom:.1}" stroke="#767676"/>"##, top + 32.0);
        for (row, (kind, against)) in world.against_best_by_kind.iter().enumerate() {
            let y = top + 34.0 + ROW * (row as f64 + 0.5);
            label(&mut body, y, kind.name(), false);
            whisker(&mut body, y, &against.difference, (low, high), Policy::Ours);
            let _ = write!(told, "{}, {}: {:+.1}. ", world.world.name(), kind.name(), against.difference.value);
        }
        axis(&mut body, bottom, (low, high), "more retained skills than the best other way");
    }
    picture(panel * comparison.worlds.len() as f64, "Gain over the best other way, by kind of student", &told, &body)
}

/// Known skills above those known at the start, week by week and after the pause.
pub fn weeks(comparison: &Comparison) -> String {
    let (plot, panel) = (190.0, 34.0 + 190.0 + 40.0);
    let legend = 22.0 * comparison.setup.policies.len().div_ceil(2) as f64 + 8.0;
    let height = panel * comparison.worlds.len() as f64 + legend;
    let gains = comparison.worlds.iter().flat_map(|w| w.policies.iter().flat_map(|p| p.gained_by_week.iter().copied()));
    let (low, high) = (-most(gains.clone().map(|g| -g)).min(5.0), most(gains));
    let mut body = String::new();
    for (place, world) in comparison.worlds.iter().enumerate() {
        let top = panel * place as f64;
        heading(&mut body, top + 20.0, &format!("World: {}", world.world.name()));
        lines(&mut body, world, (top + 34.0, plot), (low, high), &comparison.setup.protocol);
    }
    for (place, policy) in comparison.setup.policies.iter().enumerate() {
        let x = 20.0 + 170.0 * (place % 2) as f64;
        let y = panel * comparison.worlds.len() as f64 + 14.0 + 22.0 * (place / 2) as f64;
        stroke(&mut body, &format!("M{x:.1} {y:.1}h28"), *policy, dashes(*policy));
        let _ = writeln!(body, r#"<text x="{:.1}" y="{:.1}">{}</text>"#, x + 36.0, y + 4.0, policy.name());
    }
    let title = "Known skills above those at the start, week by week, and after the pause";
    picture(height, title, &told(comparison), &body)
}

fn lines(
    body: &mut String,
    world: &InWorld,
    (top, plot): (f64, f64),
    (low, high): (f64, f64),
    protocol: &super::term::Protocol,
) {
    let days = f64::from(7 * protocol.weeks) + protocol.pause_days;
    let (left, right) = (36.0, RIGHT);
    let x = |day: f64| left + (right - left) * day / days;
    let y = |gain: f64| top + plot * (high - gain) / (high - low);
    for step in ticks((low, high)) {
        let at = y(step);
        let _ = writeln!(body, r##"<path d="M{left} {at:.1}H{right}" stroke="#d9d9d9"/>"##);
        let _ = writeln!(body, r#"<text x="30" y="{:.1}" text-anchor="end">{step:.0}</text>"#, at + 4.0);
    }
    for of in &world.policies {
        let mut path = format!("M{:.1} {:.1}", x(0.0), y(0.0));
        let last = of.gained_by_week.len().saturating_sub(1);
        for (week, gain) in of.gained_by_week.iter().enumerate() {
            let day = if week == last { days } else { 7.0 * week as f64 + 5.0 };
            let _ = write!(path, "L{:.1} {:.1}", x(day), y(*gain));
        }
        stroke(body, &path, of.policy, dashes(of.policy));
    }
    let end = x(f64::from(7 * protocol.weeks));
    let _ =
        writeln!(body, r##"<path d="M{end:.1} {top:.1}V{:.1}" stroke="#767676" stroke-dasharray="2 3"/>"##, top + plot);
    let under = top + plot + 18.0;
    let _ = writeln!(body, r#"<text x="{left}" y="{under:.1}">start of term</text>"#);
    let _ = writeln!(body, r#"<text x="{end:.1}" y="{under:.1}" text-anchor="end">end of term</text>"#);
    let _ = writeln!(
        body,
        r#"<text x="{right}" y="{under:.1}" text-anchor="end">{:.0} days later</text>"#,
        protocol.pause_days
    );
}

/// The figures in words.
fn told(comparison: &Comparison) -> String {
    let mut told = String::from("Mean retained skills with 95 % intervals. ");
    for world in &comparison.worlds {
        for of in &world.policies {
            let Interval { value, low, high } = of.retained;
            let (world, way) = (world.world.name(), of.policy.name());
            let _ = write!(told, "{world}, {way}: {value:.1} ({low:.1} to {high:.1}). ");
        }
    }
    told
}

fn picture(height: f64, title: &str, description: &str, body: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" \
         aria-labelledby=\"t d\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#1a1a1a\">\n\
         <title id=\"t\">{title}</title>\n<desc id=\"d\">{}</desc>\n\
         <rect width=\"{WIDTH}\" height=\"{height:.0}\" fill=\"#fff\"/>\n{body}</svg>\n",
        description.trim_end()
    )
}

fn heading(body: &mut String, y: f64, text: &str) {
    let _ = writeln!(body, r#"<text x="8" y="{y:.1}" font-size="14" font-weight="bold">{text}</text>"#);
}

fn label(body: &mut String, y: f64, text: &str, is_ours: bool) {
    let weight = if is_ours { "bold" } else { "normal" };
    let _ = writeln!(
        body,
        r#"<text x="{:.1}" y="{:.1}" text-anchor="end" font-weight="{weight}">{text}</text>"#,
        LEFT - 8.0,
        y + 4.0
    );
}

fn whisker(body: &mut String, y: f64, of: &Interval, scale: (f64, f64), policy: Policy) {
    let [low, value, high] = [of.low, of.value, of.high].map(|v| across(v, scale));
    // Too short for dashes.
    stroke(body, &format!("M{low:.1} {y:.1}H{high:.1}"), policy, "none");
    let (radius, ink) = (if policy == Policy::Ours { 6 } else { 4 }, ink(policy));
    let _ = writeln!(body, r#"<circle cx="{value:.1}" cy="{y:.1}" r="{radius}" fill="{ink}"/>"#);
}

fn stroke(body: &mut String, path: &str, policy: Policy, dashes: &str) {
    let (ink, wide) = (ink(policy), if policy == Policy::Ours { 3.5 } else { 2.0 });
    let _ = writeln!(
        body,
        r#"<path d="{path}" fill="none" stroke="{ink}" stroke-width="{wide}" stroke-dasharray="{dashes}"/>"#
    );
}

fn axis(body: &mut String, y: f64, scale: (f64, f64), name: &str) {
    let _ = writeln!(body, r##"<path d="M{LEFT} {y:.1}H{RIGHT}" stroke="#767676"/>"##);
    for tick in ticks(scale) {
        let x = across(tick, scale);
        let _ = writeln!(body, r#"<text x="{x:.1}" y="{:.1}" text-anchor="middle">{tick:.0}</text>"#, y + 14.0);
    }
    let _ = writeln!(body, r#"<text x="{RIGHT}" y="{:.1}" text-anchor="end">{name}</text>"#, y + 28.0);
}

fn across(value: f64, (low, high): (f64, f64)) -> f64 {
    LEFT + (RIGHT - LEFT) * (value - low) / (high - low)
}

/// Three to six round numbers.
fn ticks((low, high): (f64, f64)) -> impl Iterator<Item = f64> {
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0].into_iter().find(|s| (high - low) / s <= 6.0).unwrap_or(200.0);
    let first = libm::ceil(low / step) as i64;
    let last = libm::floor(high / step) as i64;
    (first..=last).map(move |n| n as f64 * step)
}

/// The largest of these, up to a whole number; at least 1.
fn most(values: impl Iterator<Item = f64>) -> f64 {
    libm::ceil(values.fold(1.0, f64::max))
}

fn dashes(policy: Policy) -> &'static str {
    match policy {
        Policy::Ours | Policy::Elo | Policy::Zpdes => "none",
        Policy::Fixed => "6 3",
        Policy::Random => "2 2",
        Policy::Lowest => "8 3 2 3",
    }
}

/// Okabe and Ito's colours, those that stand out from white.
fn ink(policy: Policy) -> &'static str {
    match policy {
        Policy::Ours => "#0072b2",
        Policy::Fixed => "#595959",
        Policy::Random => "#b8860b",
        Policy::Elo => "#d55e00",
        Policy::Lowest => "#c05c93",
        Policy::Zpdes => "#007a5a",
    }
}
