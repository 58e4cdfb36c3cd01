//! What a vault counts of itself, for whoever watches over the server: sums and times, nothing of anybody.

use std::time::Instant;

use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

/// Upper ends of the times that are told apart, in seconds.
const SECONDS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];
/// Upper ends of the numbers of writes that share a commit.
const TOGETHER: [f64; 7] = [1.0, 2.0, 4.0, 16.0, 64.0, 128.0, 256.0];

/// The counts of one vault. Cheap to clone; all clones are the same counts.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Writes that were asked for and came to an end, and those of them that are kept.
    pub writes: Counter,
    pub kept: Counter,
    pub reads: Counter,
    pub entries: Counter,
    pub(crate) waiting: Gauge,
    pub(crate) in_use: Gauge,
    pub(crate) size: Gauge,
    pub(crate) batch: Histogram,
    pub(crate) write_seconds: Histogram,
    pub(crate) read_seconds: Histogram,
}

impl Figures {
    pub(crate) fn new() -> Self {
        Self {
            writes: Counter::default(),
            kept: Counter::default(),
            reads: Counter::default(),
            entries: Counter::default(),
            waiting: Gauge::default(),
            in_use: Gauge::default(),
            size: Gauge::default(),
            batch: Histogram::new(TOGETHER),
            write_seconds: Histogram::new(SECONDS),
            read_seconds: Histogram::new(SECONDS),
        }
    }

    /// Puts them among those that are told, under names of the vault.
    pub fn register(&self, registry: &mut Registry) {
        let vault = registry.sub_registry_with_prefix("vault");
        vault.register("writes", "Writes that came to an end, kept or not", self.writes.clone());
        vault.register("writes_kept", "Writes that are on the disk", self.kept.clone());
        vault.register("reads", "Reads that came to an end", self.reads.clone());
        vault.register("audit_entries", "Entries written to the audit", self.entries.clone());
        vault.register("queue_length", "Writes that wait for their turn", self.waiting.clone());
        vault.register("connections_in_use", "Pooled connections that somebody has", self.in_use.clone());
        vault.register("connections", "Pooled connections", self.size.clone());
        vault.register("batch_size", "Writes that shared a commit (SQLite)", self.batch.clone());
        let write = "From the asking for a write to its commit";
        vault.register_with_unit("write_duration", write, Unit::Seconds, self.write_seconds.clone());
        let read = "From the asking for a read to its end";
        vault.register_with_unit("read_duration", read, Unit::Seconds, self.read_seconds.clone());
    }
}

/// How long something takes.
pub(crate) struct Watch(Instant);

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "measures how long work takes; nothing is decided by it")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Counts one up for as long as it is held.
pub(crate) struct Held(Gauge);

impl Held {
    pub(crate) fn of(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.dec();
    }
}
