//! What came of the requests: times, answers by status, and how late the generator itself was.

use std::{collections::BTreeMap, time::Duration};

use hdrhistogram::Histogram;
use hyper::StatusCode;
use proofs::client::{Answer, Cut};

/// What was asked for, as it is called in the table.
pub type Kind = &'static str;

/// Times in microseconds, to three digits.
pub type Times = Histogram<u64>;

/// No times yet.
pub fn no_times() -> Times {
    Histogram::new(3).expect("three digits are within what a histogram takes")
}

/// How one request ended.
pub enum Outcome<'a> {
    Answered(&'a Answer),
    /// The connection was cut.
    Cut(&'a Cut),
    /// No answer within the generator's patience.
    Silence,
}

/// The figures of one kind of request.
pub struct Asked {
    /// From the moment at which it should have been sent to the whole answer: what was done.
    pub done: Times,
    /// The same: refused with 503.
    pub refused: Times,
    /// Answers by status.
    pub statuses: BTreeMap<u16, u64>,
    /// Refusals that do not say when to come back.
    pub without_retry_after: u64,
    /// No answer at all.
    pub lost: u64,
}

impl Default for Asked {
    fn default() -> Self {
        let (done, refused) = (no_times(), no_times());
        Self { done, refused, statuses: BTreeMap::new(), without_retry_after: 0, lost: 0 }
    }
}

impl Asked {
    fn add(&mut self, other: &Self) {
        add(&mut self.done, &other.done);
        add(&mut self.refused, &other.refused);
        other.statuses.iter().for_each(|(status, count)| *self.statuses.entry(*status).or_default() += count);
        self.without_retry_after += other.without_retry_after;
        self.lost += other.lost;
    }
}

/// The figures of one run.
pub struct Figures {
    pub asked: BTreeMap<Kind, Asked>,
    /// How long after its moment each request left the generator.
    pub late: Times,
    /// What should not have happened, told once each; the first of them.
    pub faults: Vec<String>,
    /// How often it happened in all.
    pub failed: u64,
}

/// Faults that are told in full.
const TOLD: usize = 5;

impl Default for Figures {
    fn default() -> Self {
        Self { asked: BTreeMap::new(), late: no_times(), faults: Vec::new(), failed: 0 }
    }
}

impl Figures {
    /// Takes down one request: `took` from the moment at which it should have been sent.
    pub fn record(&mut self, kind: Kind, took: Duration, outcome: &Outcome<'_>) {
        let asked = self.asked.entry(kind).or_default();
        match outcome {
            Outcome::Answered(answer) => {
                *asked.statuses.entry(answer.status.as_u16()).or_default() += 1;
                if answer.status == StatusCode::SERVICE_UNAVAILABLE {
                    record(&mut asked.refused, took);
                    asked.without_retry_after += u64::from(answer.header("retry-after").is_empty());
                } else {
                    record(&mut asked.done, took);
                }
            }
            Outcome::Cut(cut) => {
                asked.lost += 1;
                self.fault(format!("{kind}: {cut}"));
            }
            Outcome::Silence => {
                asked.lost += 1;
                self.fault(format!("{kind}: no answer"));
            }
        }
    }

    /// Something that should not have happened.
    pub fn fault(&mut self, what: String) {
        self.failed += 1;
        if self.faults.len() < TOLD {
            self.faults.push(what);
        }
    }

    /// How late a request left.
    pub fn left(&mut self, late: Duration) {
        record(&mut self.late, late);
    }

    /// The same with those of another run.
    pub fn with(mut self, other: &Self) -> Self {
        other.asked.iter().for_each(|(kind, asked)| self.asked.entry(kind).or_default().add(asked));
        add(&mut self.late, &other.late);
        let room = TOLD.saturating_sub(self.faults.len());
        self.faults.extend(other.faults.iter().take(room).cloned());
        self.failed += other.failed;
        self
    }

    /// All kinds together.
    pub fn all(&self) -> Asked {
        let mut all = Asked::default();
        self.asked.values().for_each(|asked| all.add(asked));
        all
    }
}

fn add(to: &mut Times, other: &Times) {
    // Histograms that grow by themselves take each other.
    let _taken = to.add(other);
}

fn record(times: &mut Times, took: Duration) {
    // It grows to whatever comes.
    let _taken = times.record(u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1));
}

/// A quantile in milliseconds; 0 without any times.
pub fn milliseconds(times: &Times, quantile: f64) -> f64 {
    times.value_at_quantile(quantile) as f64 / 1_000.0
}

/// The longest, in milliseconds.
pub fn longest(times: &Times) -> f64 {
    times.max() as f64 / 1_000.0
}
