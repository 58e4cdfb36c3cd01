//! Whole lines: relations, and what joins them.

use super::{Parser, Read};
use crate::read::token::Piece;
use crate::tree::Statement;
use crate::unreadable::{Missing, Unreadable};

impl Parser<'_> {
    /// `eller` joins most loosely, then comma and semicolon, then `och`.
    pub(super) fn statement(&mut self) -> Read<Statement> {
        self.joined(&Piece::Or, Self::list, Statement::any_of)
    }

    fn list(&mut self) -> Read<Statement> {
        self.joined(&Piece::Separator, Self::conjunction, Statement::list_of)
    }

    fn conjunction(&mut self) -> Read<Statement> {
        self.joined(&Piece::And, Self::relation, Statement::all_of)
    }

    fn joined(
        &mut self,
        sign: &Piece,
        part: fn(&mut Self) -> Read<Statement>,
        join: fn(Vec<Statement>) -> Statement,
    ) -> Read<Statement> {
        let first = part(self)?;
        if self.peek() != Some(sign) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take(sign).is_some() {
            parts.push(part(self)?);
        }
        Ok(join(parts))
    }

    fn relation(&mut self) -> Read<Statement> {
        if let Some(all) = self.take(&Piece::All) {
            return Ok(Statement::All(all.place));
        }
        if let Some(none) = self.take(&Piece::None) {
            return Ok(Statement::None(none.place));
        }
        if let Some(member) = self.membership() {
            return Ok(member);
        }
        if self.opens_statement() {
            self.at += 1;
            let inner = self.deeper(Self::statement)?;
            self.close(&Piece::Close)?;
            return Ok(inner);
        }
        let first = self.sum()?;
        let mut rest = Vec::new();
        while let Some(token) = self.next_if(|piece| matches!(piece, Piece::Relation(_))) {
            if let Some(second) = self.next_if(|piece| matches!(piece, Piece::Relation(_))) {
                let place = token.place.to(second.place);
                return Err(Unreadable::new(place, Missing::Relation));
            }
            if let Piece::Relation(sign) = token.piece {
                rest.push((sign, self.sum()?));
            }
        }
        Ok(if rest.is_empty() { Statement::Expression(first) } else { Statement::Relation { first, rest } })
    }

    /// True at a bracket that holds statements joined by «och», «eller» or a comma.
    fn opens_statement(&self) -> bool {
        let mut open = 0;
        for token in self.tokens.iter().skip(self.at) {
            match &token.piece {
                Piece::Open => open += 1,
                Piece::Close => open -= 1,
                Piece::And | Piece::Or => return open > 0,
                // Deeper in, it may belong to `root(x; n)`.
                Piece::Separator if open == 1 => return true,
                _ => {}
            }
            if open <= 0 {
                return false;
            }
        }
        false
    }

    /// `x ∈ ℝ`, also typed with a plain R, and `x ∈ ∅`.
    fn membership(&mut self) -> Option<Statement> {
        let [name, element, set, ..] = self.tokens.get(self.at..)? else { return None };
        if !matches!(name.piece, Piece::Name(_)) || element.piece != Piece::Element {
            return None;
        }
        let place = name.place.to(set.place);
        let statement = match &set.piece {
            Piece::Reals => Statement::All(place),
            Piece::Name(set) if *set == 'R' => Statement::All(place),
            Piece::None => Statement::None(place),
            _ => return None,
        };
        self.at += 3;
        Some(statement)
    }
}
