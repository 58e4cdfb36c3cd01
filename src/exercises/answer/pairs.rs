//! Pieces to be matched with others. Handed in as numbers and letters: `1C, 2A, 3B`.

use super::letters::{letter, pairs};
use super::{Judged, Shuffle};
use crate::exercises::formula::Values;
use crate::exercises::piece::{Piece, PieceTable, PieceTemplate};
use crate::exercises::template::{Template, WordValues};

const MOST: usize = 6;

#[derive(Clone, Debug)]
pub(in crate::exercises) struct PairsTemplate {
    pairs: Vec<[PieceTemplate; 2]>,
    extra: Vec<PieceTemplate>,
}

/// Two columns as a student sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs {
    /// Numbered from 1.
    pub left: Vec<Piece>,
    /// Lettered from A; there may be more of them.
    pub right: Vec<Piece>,
    /// For each on the left the place of its partner.
    partner: Vec<usize>,
}

impl PairsTemplate {
    pub(in crate::exercises) fn read(pairs: &[[PieceTable; 2]], extra: &[PieceTable]) -> Result<Self, String> {
        if !(2..=MOST).contains(&pairs.len()) || extra.len() > 3 {
            return Err(format!("write 2 to {MOST} pairs, and at most 3 extra pieces"));
        }
        let read = |[left, right]: &[PieceTable; 2]| Ok([left.read()?, right.read()?]);
        Ok(Self {
            pairs: pairs.iter().map(read).collect::<Result<_, String>>()?,
            extra: extra.iter().map(PieceTable::read).collect::<Result<_, _>>()?,
        })
    }

    pub(in crate::exercises) fn templates(&self) -> Vec<&Template> {
        self.pairs.iter().flatten().chain(&self.extra).flat_map(PieceTemplate::templates).collect()
    }

    pub(in crate::exercises) fn fill(
        &self,
        numbers: &Values,
        words: &WordValues,
        shuffle: &mut Shuffle<'_>,
    ) -> Result<Pairs, String> {
        let fill = |piece: &PieceTemplate| piece.fill(numbers, words);
        let left: Vec<Piece> = self.pairs.iter().map(|[left, _]| fill(left)).collect::<Result<_, _>>()?;
        let all: Vec<Piece> =
            self.pairs.iter().map(|[_, right]| right).chain(&self.extra).map(fill).collect::<Result<_, _>>()?;
        for (at, piece) in all.iter().enumerate() {
            if all[..at].contains(piece) {
                return Err("two pieces on the right are the same; shut these numbers out with `where`".into());
            }
        }
        let mut places: Vec<usize> = (0..all.len()).collect();
        shuffle.shuffle(&mut places);
        let partner = (0..left.len()).filter_map(|of| places.iter().position(|place| *place == of)).collect();
        Ok(Pairs { left, right: places.into_iter().map(|place| all[place].clone()).collect(), partner })
    }
}

impl Pairs {
    pub(super) fn handed_in(&self) -> String {
        let pairs = self.partner.iter().enumerate();
        pairs.map(|(number, at)| format!("{}{}", number + 1, letter(*at))).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn judge(&self, typed: &str) -> Judged {
        match pairs(typed, self.left.len(), self.right.len()) {
            Some(pairs) if pairs.len() == self.left.len() => {
                if pairs.iter().all(|(of, at)| self.partner[*of] == *at) {
                    Judged::finished()
                } else {
                    Judged::wrong(None)
                }
            }
            _ => Judged::unreadable(typed),
        }
    }

    /// The partner that each on the left was given, as place on the right.
    #[must_use]
    pub fn matched(&self, typed: &str) -> Vec<(usize, usize)> {
        pairs(typed, self.left.len(), self.right.len()).unwrap_or_default()
    }

    /// How many have their partner.
    #[must_use]
    pub fn in_place(&self, typed: &str) -> usize {
        self.matched(typed).into_iter().filter(|(of, at)| self.partner[*of] == *at).count()
    }
}
