//! Pieces to be put in order. Handed in by their letters, the first first.

use serde::Deserialize;
use stepcheck::{Rational, Statement};

use super::letters::{letter, places};
use super::{Judged, Shuffle};
use crate::exercises::formula::Values;
use crate::exercises::piece::{Piece, PieceTable, PieceTemplate};
use crate::exercises::template::{Template, WordValues};

const MOST: usize = 8;

/// By what they are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::exercises) enum By {
    /// As they are written in the file.
    #[default]
    Written,
    /// By their values, the smallest first.
    Ascending,
    /// By their values, the largest first.
    Descending,
}

#[derive(Clone, Debug)]
pub(in crate::exercises) struct OrderTemplate {
    pieces: Vec<PieceTemplate>,
    by: By,
}

/// Pieces as a student sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub pieces: Vec<Piece>,
    /// The places in `pieces`, in the right order.
    right: Vec<usize>,
}

impl OrderTemplate {
    pub(in crate::exercises) fn read(pieces: &[PieceTable], by: By) -> Result<Self, String> {
        if !(3..=MOST).contains(&pieces.len()) {
            return Err(format!("write 3 to {MOST} pieces to put in order"));
        }
        Ok(Self { pieces: pieces.iter().map(PieceTable::read).collect::<Result<_, _>>()?, by })
    }

    pub(in crate::exercises) fn templates(&self) -> Vec<&Template> {
        self.pieces.iter().flat_map(PieceTemplate::templates).collect()
    }

    pub(in crate::exercises) fn fill(
        &self,
        numbers: &Values,
        words: &WordValues,
        shuffle: &mut Shuffle<'_>,
    ) -> Result<Order, String> {
        let mut pieces: Vec<Piece> =
            self.pieces.iter().map(|piece| piece.fill(numbers, words)).collect::<Result<_, _>>()?;
        if self.by != By::Written {
            let mut valued: Vec<(Rational, Piece)> =
                pieces.into_iter().map(|piece| Ok((value(&piece)?, piece))).collect::<Result<_, String>>()?;
            valued.sort_by(|a, b| a.0.cmp(&b.0));
            if valued.windows(2).any(|two| two[0].0 == two[1].0) {
                return Err("two pieces are worth the same; shut these numbers out with `where`".into());
            }
            if self.by == By::Descending {
                valued.reverse();
            }
            pieces = valued.into_iter().map(|(_, piece)| piece).collect();
        }
        let mut places: Vec<usize> = (0..pieces.len()).collect();
        shuffle.shuffle(&mut places);
        if places.is_sorted() {
            // Nothing would be left to do.
            places.reverse();
        }
        let mut right = vec![0; places.len()];
        for (at, place) in places.iter().enumerate() {
            right[*place] = at;
        }
        Ok(Order { pieces: places.into_iter().map(|place| pieces[place].clone()).collect(), right })
    }
}

fn value(piece: &Piece) -> Result<Rational, String> {
    let text = match piece {
        Piece::Maths(text) => text,
        Piece::Words(words) => &words.sv,
    };
    let read = stepcheck::read(text).ok();
    let value = read.and_then(|read| match read {
        Statement::Expression(expression) => stepcheck::evaluate::<stepcheck::Name>(&expression, &[]),
        _ => None,
    });
    value.ok_or_else(|| format!("«{text}» has no value to put in order; write numbers, or by = \"written\""))
}

impl Order {
    pub(super) fn handed_in(&self) -> String {
        self.right.iter().map(|at| letter(*at).to_string()).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn judge(&self, typed: &str) -> Judged {
        match places(typed, self.pieces.len()) {
            Some(places) if places.len() == self.pieces.len() => {
                if places == self.right {
                    Judged::finished()
                } else {
                    Judged::wrong(None)
                }
            }
            _ => Judged::unreadable(typed),
        }
    }

    /// The pieces in the order in which they were handed in.
    #[must_use]
    pub fn put(&self, typed: &str) -> Vec<&Piece> {
        places(typed, self.pieces.len()).unwrap_or_default().into_iter().map(|at| &self.pieces[at]).collect()
    }

    /// How many stand in their place.
    #[must_use]
    pub fn in_place(&self, typed: &str) -> usize {
        let places = places(typed, self.pieces.len()).unwrap_or_default();
        places.iter().zip(&self.right).filter(|(put, right)| put == right).count()
    }
}
