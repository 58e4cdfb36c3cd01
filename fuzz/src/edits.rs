//! Something good with small changes: what a guesser, a slip of the finger or a torn file makes of it.

/// Bytes that say one change: what, where (two), and with what.
const CHANGE: usize = 4;
/// More changes make something else of it, not something like it.
const MOST: usize = 8;

/// `good` after the changes that `says` tells.
pub fn edited(good: &str, says: &[u8]) -> String {
    let mut signs: Vec<char> = good.chars().collect();
    for change in says.chunks_exact(CHANGE).take(MOST) {
        let (what, sign) = (change[0] % 6, char::from(change[3]));
        let at = usize::from(u16::from_be_bytes([change[1], change[2]]));
        match what {
            0 if !signs.is_empty() => {
                let at = at % signs.len();
                signs[at] = sign;
            }
            1 => signs.insert(at % (signs.len() + 1), sign),
            2 if !signs.is_empty() => {
                let at = at % signs.len();
                signs.remove(at);
            }
            3 => signs.truncate(at % (signs.len() + 1)),
            4 if signs.len() > 1 => {
                let at = at % (signs.len() - 1);
                signs.swap(at, at + 1);
            }
            5 if !signs.is_empty() => {
                // Another of its own signs, so that the alphabet stays.
                let (at, from) = (at % signs.len(), usize::from(change[3]) % signs.len());
                signs[at] = signs[from];
            }
            _ => {}
        }
    }
    signs.into_iter().collect()
}
