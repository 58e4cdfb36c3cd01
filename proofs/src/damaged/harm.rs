//! What disks, people and malice do to a file.

use rand::{RngExt, rngs::StdRng};

use super::stock::Stock;

/// Bytes that age encrypts together, with what tells whether they were changed.
const PIECE: usize = (1 << 16) + 16;

/// What is done to a copy, or what is there instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harm {
    /// One bit is another.
    Flipped,
    /// Some bytes are others.
    Scribbled,
    /// The end is missing.
    CutShort,
    /// Its first bytes are missing.
    Beheaded,
    /// A stretch is zeros, as after a crash on some disks.
    Zeroed,
    /// Two stretches stand in each other's place.
    Swapped,
    /// Two of age's pieces do.
    PiecesSwapped,
    /// A piece is one of another good copy, in the same place.
    PieceOfAnother,
    /// A stretch is missing in the middle.
    TakenOut,
    /// A stretch stands there twice.
    Doubled,
    /// Something was added.
    Added,
    /// The beginning of one good copy and the end of another.
    Joined,
    Empty,
    /// A file of something else.
    Foreign,
    /// Encrypted for the right key by somebody who has no copy.
    Forged,
    /// The same, with what Stegvis writes first and chance after it.
    ForgedWithin,
    /// The same, with a copy in which a bit is another.
    ForgedWell,
    /// Made under another master key.
    OtherKey,
    /// Of the key store.
    OtherPart,
    /// By a newer Stegvis.
    NewerTables,
    /// By one that writes other copies.
    NewerForm,
}

impl Harm {
    const ALL: [Self; 21] = [
        Self::Flipped,
        Self::Scribbled,
        Self::CutShort,
        Self::Beheaded,
        Self::Zeroed,
        Self::Swapped,
        Self::PiecesSwapped,
        Self::PieceOfAnother,
        Self::TakenOut,
        Self::Doubled,
        Self::Added,
        Self::Joined,
        Self::Empty,
        Self::Foreign,
        Self::Forged,
        Self::ForgedWithin,
        Self::ForgedWell,
        Self::OtherKey,
        Self::OtherPart,
        Self::NewerTables,
        Self::NewerForm,
    ];

    /// All that can be done. What a bit within a dump of PostgreSQL means its own programs do not always see; nobody gets
    /// there without the key.
    pub fn all(postgres: bool) -> Vec<Self> {
        Self::ALL.into_iter().filter(|harm| !postgres || *harm != Self::ForgedWell).collect()
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Flipped => "a bit flipped",
            Self::Scribbled => "bytes written over",
            Self::CutShort => "cut short",
            Self::Beheaded => "its beginning missing",
            Self::Zeroed => "a stretch zeroed",
            Self::Swapped => "stretches swapped",
            Self::PiecesSwapped => "pieces swapped",
            Self::PieceOfAnother => "a piece of another copy",
            Self::TakenOut => "a stretch missing",
            Self::Doubled => "a stretch twice",
            Self::Added => "added to",
            Self::Joined => "two copies joined",
            Self::Empty => "empty",
            Self::Foreign => "a foreign file",
            Self::Forged => "forged",
            Self::ForgedWithin => "forged within",
            Self::ForgedWell => "forged well",
            Self::OtherKey => "another master key's",
            Self::OtherPart => "the key store's",
            Self::NewerTables => "a newer Stegvis' tables",
            Self::NewerForm => "a newer Stegvis' copy",
        }
    }

    /// The reasons that are right.
    pub const fn may_be_told_as(self) -> &'static [&'static str] {
        match self {
            // In the first bytes nobody can tell it from another file, nor in the line for a key from another key.
            Self::Flipped | Self::Scribbled | Self::Zeroed | Self::Swapped | Self::TakenOut | Self::Doubled => {
                &["changed", "otherkeys", "foreign"]
            }
            Self::CutShort => &["changed", "foreign"],
            Self::Beheaded => &["foreign"],
            Self::Foreign => &["foreign", "changed"],
            Self::PiecesSwapped | Self::PieceOfAnother | Self::Added => &["changed"],
            Self::Joined => &["changed", "otherkeys", "foreign"],
            Self::Empty => &["empty"],
            Self::Forged => &["foreign"],
            Self::ForgedWithin | Self::ForgedWell => &["within"],
            Self::OtherKey => &["otherkeys"],
            Self::OtherPart => &["otherpart"],
            Self::NewerTables | Self::NewerForm => &["newer"],
        }
    }

    /// The bytes of a copy to which it was done.
    pub fn done_to(self, stock: &Stock, chance: &mut StdRng) -> Vec<u8> {
        let good = &stock.good;
        loop {
            let bytes = self.tried_on(stock, chance);
            // Two stretches may be the same, and zeros zeros; copies begin alike.
            if bytes != *good && bytes != stock.other {
                return bytes;
            }
        }
    }

    fn tried_on(self, stock: &Stock, chance: &mut StdRng) -> Vec<u8> {
        let mut bytes = stock.good.clone();
        let length = bytes.len();
        match self {
            Self::Flipped => bytes[chance.random_range(0..length)] ^= 1 << chance.random_range(0..8),
            Self::Scribbled | Self::Zeroed => {
                let (from, to) = stretch(length, chance);
                for byte in &mut bytes[from..to] {
                    *byte = if self == Self::Zeroed { 0 } else { chance.random() };
                }
            }
            Self::CutShort => bytes.truncate(cut(length, chance)),
            Self::Beheaded => drop(bytes.drain(..chance.random_range(1..length))),
            Self::Swapped => {
                let size = chance.random_range(1..=length / 3);
                let one = chance.random_range(0..length - 2 * size);
                let other = chance.random_range(one + size..=length - size);
                let (before, after) = bytes.split_at_mut(other);
                before[one..one + size].swap_with_slice(&mut after[..size]);
            }
            Self::PiecesSwapped => {
                let (one, other) = two_pieces(stock, chance);
                let (before, after) = bytes.split_at_mut(other);
                before[one..one + PIECE].swap_with_slice(&mut after[..PIECE]);
            }
            Self::PieceOfAnother => {
                let (one, _) = two_pieces(stock, chance);
                bytes[one..one + PIECE].copy_from_slice(&stock.other[one..one + PIECE]);
            }
            Self::TakenOut => {
                let (from, to) = stretch(length, chance);
                bytes.drain(from..to);
            }
            Self::Doubled => {
                let (from, to) = stretch(length, chance);
                let twice = bytes[from..to].to_vec();
                bytes.splice(to..to, twice);
            }
            Self::Added => added(&mut bytes, stock, chance),
            Self::Joined => {
                let at = chance.random_range(1..length.min(stock.other.len()));
                bytes.truncate(at);
                bytes.extend_from_slice(&stock.other[at..]);
            }
            Self::Empty => bytes.clear(),
            Self::Foreign => bytes = foreign(chance),
            Self::Forged => bytes = stock.seal(&noise(chance)),
            Self::ForgedWithin => bytes = stock.seal(&[stock.line(), &noise(chance)].concat()),
            Self::ForgedWell => bytes = stock.seal(&stock.within_but_for_a_bit(chance)),
            Self::OtherKey => bytes.clone_from(&stock.other_key),
            Self::OtherPart => bytes.clone_from(&stock.keys_copy),
            Self::NewerTables => bytes.clone_from(&stock.newer),
            Self::NewerForm => {
                bytes = stock.seal(&[b"stegvis-copy 2 data sqlite 1 zstd -\n".as_slice(), &noise(chance)].concat());
            }
        }
        bytes
    }
}

/// From where to where, of any length, short ones as often as long ones.
fn stretch(length: usize, chance: &mut StdRng) -> (usize, usize) {
    let longest = 1 << chance.random_range(0..17);
    let from = chance.random_range(0..length);
    (from, (from + chance.random_range(1..=longest)).min(length))
}

/// Where it is cut: anywhere, or where a piece ends.
fn cut(length: usize, chance: &mut StdRng) -> usize {
    match chance.random_range(0..3) {
        0 => chance.random_range(1..length),
        1 => length - chance.random_range(1..64),
        _ => length - (length % PIECE).max(1),
    }
}

fn two_pieces(stock: &Stock, chance: &mut StdRng) -> (usize, usize) {
    let whole = (stock.good.len().min(stock.other.len()) - stock.header) / PIECE;
    let one = chance.random_range(0..whole - 1);
    let other = chance.random_range(one + 1..whole);
    (stock.header + one * PIECE, stock.header + other * PIECE)
}

fn added(bytes: &mut Vec<u8>, stock: &Stock, chance: &mut StdRng) {
    match chance.random_range(0..3) {
        0 => bytes.extend(std::iter::repeat_n(0, chance.random_range(1..100_000))),
        1 => bytes.extend(noise(chance)),
        _ => bytes.extend_from_slice(&stock.other),
    }
}

fn foreign(chance: &mut StdRng) -> Vec<u8> {
    let beginnings: [&[u8]; 7] = [
        b"",
        b"SQLite format 3\0",
        b"PGDMP\x01\x10\x00",
        b"\x89PNG\r\n\x1a\n",
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
        b"age-encryption.org/v2\n",
        b"age-encryption.org/v1\n-> X25519 ",
    ];
    [beginnings[chance.random_range(0..beginnings.len())], &noise(chance)].concat()
}

fn noise(chance: &mut StdRng) -> Vec<u8> {
    let length = chance.random_range(300..200_000);
    let mut bytes = vec![0; length];
    rand::Rng::fill_bytes(chance, &mut bytes);
    bytes
}
