//! Exploration: one of the given exercises may be replaced by chance.
//!
//! Who is given by merit is settled first, without chance; then, with a probability that is known, one of them, drawn
//! evenly, gives way to one of those that come next, drawn evenly. So each exercise's probability of being given in this
//! call is exact, whatever else is drawn: it does not depend on the path.

use crate::chance::Dice;
use crate::search::Pick;

/// What chance has made of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Drawn {
    /// The slot that gives way, and which of the picks takes it.
    pub replaced: Option<(usize, usize)>,
    /// The probability of each exercise that was given for its merit.
    pub by_merit: f64,
    /// The probability of each spare one.
    pub by_chance: f64,
}

/// Draws: `picks` are the best `count` and then the spare ones. Pinned ones never give way, and only spare ones inside
/// the success band take a place. With `n` that may give way, one does with probability `min(1, exploration · n)`, so
/// that about the share `exploration` of all exercises is drawn by chance.
pub(crate) fn draw(picks: &[Pick], count: usize, exploration: f64, seed: u64) -> Drawn {
    let nothing = Drawn { replaced: None, by_merit: 1.0, by_chance: 0.0 };
    let given = picks.len().min(count);
    let first = picks[..given].iter().filter(|pick| pick.is_pinned).count();
    let spares = picks[given..].iter().filter(|pick| pick.fits).count();
    let slots = given - first;
    if slots == 0 || spares == 0 || exploration.is_nan() || exploration <= 0.0 {
        return nothing;
    }
    let happens = (exploration * slots as f64).min(1.0);
    let mut dice = Dice::new(seed);
    let (by_merit, by_chance) = (1.0 - happens / slots as f64, happens / spares as f64);
    if dice.uniform() >= happens {
        return Drawn { by_merit, by_chance, ..nothing };
    }
    let slot = first + dice.below(slots);
    let spare = (given..picks.len()).filter(|&at| picks[at].fits).nth(dice.below(spares));
    Drawn { replaced: spare.map(|spare| (slot, spare)), by_merit, by_chance }
}
