//! What the server counts of itself, in the words of OpenMetrics. Every label has few values that are known beforehand;
//! nothing in it tells of anybody.

use std::{
    collections::HashSet,
    fmt,
    sync::{LazyLock, PoisonError, RwLock},
    time::Instant,
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};
use vault::{Fault, Figures, Millis};

use crate::accounts::SignInError;

/// Upper ends of the times that are told apart, in seconds.
const SECONDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 1.0, 2.5, 5.0, 10.0];
/// The classes of statuses; what is none of them is among the last.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];
/// The ways in.
pub const WAYS: [&str; 5] = ["password", "token", "refresh", "class_code", "card"];
/// How signing in ends.
const ENDS: [&str; 5] = ["ok", "refused", "wait", "busy", "failed"];
/// How a line is judged.
const VERDICTS: [&str; 5] = ["goal", "right", "unfinished", "wrong", "unreadable"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: &'static str,
    method: &'static str,
    status: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Verdict {
    verdict: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct SignIn {
    way: &'static str,
    end: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Copy {
    part: &'static str,
    place: &'static str,
}

/// When the newest copies were taken.
#[derive(Clone, Default)]
pub struct CopyTimes(Family<Copy, Gauge>);

impl CopyTimes {
    /// That of `data` or `keys`, in the `first` or the `second` place; 1970 if there is none.
    pub fn tell(&self, part: &'static str, place: &'static str, newest: Option<Millis>) {
        self.0.get_or_create(&Copy { part, place }).set(newest.map_or(0, |at| at.0 / 1000));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Build {
    version: &'static str,
    database: &'static str,
}

type Histograms = Family<Route, Histogram, fn() -> Histogram>;

/// Faults are turned into problems where nothing is handed in, so they are counted for the whole process.
static FAULTS: LazyLock<Family<Kind, Counter>> = LazyLock::new(|| {
    let faults: Family<Kind, Counter> = Family::default();
    Fault::KINDS.into_iter().for_each(|kind| drop(faults.get_or_create(&Kind { kind })));
    faults
});

/// Counts a fault of the vault that somebody was told of.
pub fn fault(fault: &Fault) {
    FAULTS.get_or_create(&Kind { kind: fault.kind() }).inc();
}

/// All that is counted.
pub struct Metrics {
    registry: Registry,
    /// The routes that were asked for so far: as many at most as the table of contents has.
    routes: RwLock<HashSet<&'static str>>,
    requests: Family<Asked, Counter>,
    seconds: Histograms,
    under_way: Gauge,
    lines: Family<Verdict, Counter>,
    sign_ins: Family<SignIn, Counter>,
    password_queue: Gauge,
    clock_distrusted: Gauge,
    forgotten: Counter,
    copies: CopyTimes,
    memory: Gauge,
    files: Gauge,
}

impl Metrics {
    /// Counts from nothing. `started` is when the server did.
    #[must_use]
    pub fn new(vault: &Figures, database: &'static str, started: Millis) -> Self {
        let mut new = Self {
            registry: Registry::default(),
            routes: RwLock::default(),
            requests: Family::default(),
            seconds: Histograms::new_with_constructor(|| Histogram::new(SECONDS)),
            under_way: Gauge::default(),
            lines: Family::default(),
            sign_ins: Family::default(),
            password_queue: Gauge::default(),
            clock_distrusted: Gauge::default(),
            forgotten: Counter::default(),
            copies: CopyTimes::default(),
            memory: Gauge::default(),
            files: Gauge::default(),
        };
        // There from the beginning, so that the first of each is seen to come.
        VERDICTS.into_iter().for_each(|verdict| drop(new.lines.get_or_create(&Verdict { verdict })));
        let ways = WAYS.into_iter().flat_map(|way| ENDS.into_iter().map(move |end| SignIn { way, end }));
        ways.for_each(|one| drop(new.sign_ins.get_or_create(&one)));
        new.register(vault, Build { version: env!("CARGO_PKG_VERSION"), database }, started);
        new
    }

    fn register(&mut self, vault: &Figures, build: Build, started: Millis) {
        let mut registry = Registry::default();
        let process = registry.sub_registry_with_prefix("process");
        let start: Gauge = Gauge::default();
        start.set(started.0 / 1000);
        let when = "When the server started, in seconds since 1970";
        process.register_with_unit("start_time", when, Unit::Seconds, start);
        process.register_with_unit("resident_memory", "Resident memory", Unit::Bytes, self.memory.clone());
        process.register("open_fds", "Open files and connections", self.files.clone());
        let house = registry.sub_registry_with_prefix("stegvis");
        house.register("build", "The version that runs, and its database", Info::new(build));
        let requests = "Requests that were answered, by route, method and class of status";
        house.register("http_requests", requests, self.requests.clone());
        let seconds = "From a request's arrival to its answer";
        house.register_with_unit("http_request_duration", seconds, Unit::Seconds, self.seconds.clone());
        house.register("http_requests_under_way", "Requests that are being answered", self.under_way.clone());
        house.register("lines", "Lines that were judged and stored, by verdict", self.lines.clone());
        house.register("sign_ins", "Tries to sign in, by way and end", self.sign_ins.clone());
        let queue = "Passwords that wait to be checked, or are being checked";
        house.register("password_queue_length", queue, self.password_queue.clone());
        let distrusted = "1 while the clock has leapt so far that nothing is deleted by it";
        house.register("clock_distrusted", distrusted, self.clock_distrusted.clone());
        house.register("forgotten_persons", "Persons whose data were forgotten", self.forgotten.clone());
        let copies = "When the newest copy was taken, in seconds since 1970, by part and place";
        house.register_with_unit("newest_copy_time", copies, Unit::Seconds, self.copies.0.clone());
        house.register("faults", "Faults of the vault that somebody was told of, by kind", FAULTS.clone());
        vault.register(house);
        self.registry = registry;
    }

    /// A request that begins now.
    #[must_use]
    pub fn begin(&self, pattern: Option<&str>, method: &'static str) -> UnderWay<'_> {
        self.under_way.inc();
        UnderWay { metrics: self, route: self.route(pattern.unwrap_or("none")), method, since: now() }
    }

    /// The route for good. Those that the table of contents has are few, so what is kept of them is never given back.
    fn route(&self, pattern: &str) -> &'static str {
        if let Some(known) = self.routes.read().unwrap_or_else(PoisonError::into_inner).get(pattern).copied() {
            return known;
        }
        let mut routes = self.routes.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = routes.get(pattern).copied() {
            return known;
        }
        let known: &'static str = Box::leak(pattern.to_owned().into_boxed_str());
        routes.insert(known);
        known
    }

    /// A line that was stored with this verdict.
    pub fn line(&self, verdict: &'static str) {
        self.lines.get_or_create(&Verdict { verdict }).inc();
    }

    /// Counts how a try to sign in by one of [`WAYS`] ended, and gives it on.
    ///
    /// # Errors
    /// Those that it was given.
    pub fn sign_in<T>(&self, way: &'static str, outcome: Result<T, SignInError>) -> Result<T, SignInError> {
        use SignInError::{Busy, CardUnreadable, NameTaken, NoCard, NoCode, NoMatch, NotFound, NotTaken, Wait};
        let end = match &outcome {
            Ok(_) => "ok",
            Err(NoMatch | NoCode | NoCard | CardUnreadable | NameTaken | NotTaken | NotFound) => "refused",
            Err(Wait(_)) => "wait",
            Err(Busy) => "busy",
            Err(_) => "failed",
        };
        self.sign_ins.get_or_create(&SignIn { way, end }).inc();
        outcome
    }

    /// Whether the clock has leapt so far that nothing is deleted by it.
    pub fn distrust_clock(&self, distrusted: bool) {
        self.clock_distrusted.set(distrusted.into());
    }

    /// Counts somebody whose data are gone.
    pub fn forgot(&self) {
        self.forgotten.inc();
    }

    /// Where it is told when copies were taken.
    #[must_use]
    pub fn copies(&self) -> CopyTimes {
        self.copies.clone()
    }

    /// Everything as text, with how many passwords wait.
    ///
    /// # Errors
    /// None but those of writing text.
    pub fn tell(&self, passwords: usize) -> Result<String, fmt::Error> {
        self.password_queue.set(i64::try_from(passwords).unwrap_or(i64::MAX));
        if let Some(bytes) = resident_bytes() {
            self.memory.set(bytes);
        }
        if let Ok(files) = std::fs::read_dir("/proc/self/fd") {
            self.files.set(i64::try_from(files.count()).unwrap_or(i64::MAX));
        }
        let mut told = String::new();
        text::encode(&mut told, &self.registry)?;
        Ok(told)
    }
}

/// A request until it is answered, or its client goes away.
pub struct UnderWay<'a> {
    metrics: &'a Metrics,
    route: &'static str,
    method: &'static str,
    since: Instant,
}

impl UnderWay<'_> {
    /// It was answered with this status.
    pub fn answered(self, status: u16) {
        let class = usize::from(status / 100).saturating_sub(1).min(CLASSES.len() - 1);
        let asked = Asked { route: self.route, method: self.method, status: CLASSES[class] };
        self.metrics.requests.get_or_create(&asked).inc();
        let seconds = self.metrics.seconds.get_or_create(&Route { route: self.route });
        seconds.observe(self.since.elapsed().as_secs_f64());
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.metrics.under_way.dec();
    }
}

#[expect(clippy::disallowed_methods, reason = "measures how long work takes; nothing is decided by it")]
fn now() -> Instant {
    Instant::now()
}

fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<i64>().ok().map(|kib| kib * 1024)
}
