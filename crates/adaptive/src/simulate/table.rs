//! A comparison as text.

use core::fmt::{Display, Formatter, Result};

use super::comparison::{Against, Comparison, InWorld, OfPolicy};
use super::statistics::Interval;

impl Display for Comparison {
    /// Markdown tables, one a world: all students, then kind by kind.
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for world in &self.worlds {
            all_students(f, world)?;
            by_kind(f, world)?;
        }
        Ok(())
    }
}

fn all_students(f: &mut Formatter<'_>, world: &InWorld) -> Result {
    writeln!(f, "### World: {}\n", world.world.name())?;
    writeln!(
        f,
        "| way | retained skills | at the end of the term | lost | retained an hour | minutes to mastery \
         | frustrating items | boring items | right answers | skills practised |"
    )?;
    writeln!(f, "|---|---|---|---|---|---|---|---|---|---|")?;
    for policy in &world.policies {
        one_policy(f, policy)?;
    }
    let Against { other, difference, per_cent } = &world.against_best;
    writeln!(
        f,
        "\nAgainst the best other ({}): {} retained skills, {} %.\n",
        other.name(),
        signed(difference),
        signed(per_cent)
    )
}

fn one_policy(f: &mut Formatter<'_>, of: &OfPolicy) -> Result {
    writeln!(
        f,
        "| {} | {} | {:.1} | {:.1} | {:.2} | {:.1} | {:.0} % | {:.0} % | {:.0} % | {:.0} |",
        of.policy.name(),
        plain(&of.retained),
        of.learned.value,
        of.lost.value,
        of.retained_per_hour.value,
        of.minutes_to_mastery.value,
        100.0 * of.frustrating.value,
        100.0 * of.boring.value,
        100.0 * of.correct.value,
        of.skills.value,
    )
}

fn by_kind(f: &mut Formatter<'_>, world: &InWorld) -> Result {
    write!(f, "| kind |")?;
    for of in &world.policies {
        write!(f, " {} |", of.policy.name())?;
    }
    writeln!(f, " against the best other |")?;
    writeln!(f, "|---|{}---|", "---|".repeat(world.policies.len()))?;
    for (row, (kind, against)) in world.against_best_by_kind.iter().enumerate() {
        write!(f, "| {} |", kind.name())?;
        for of in &world.policies {
            write!(f, " {:.1} |", of.retained_by_kind[row].1.value)?;
        }
        writeln!(f, " {} ({}) |", signed(&against.difference), against.other.name())?;
    }
    writeln!(f)
}

fn plain(of: &Interval) -> String {
    format!("{:.1} ({:.1} to {:.1})", of.value, of.low, of.high)
}

fn signed(of: &Interval) -> String {
    format!("{:+.1} ({:+.1} to {:+.1})", of.value, of.low, of.high)
}
