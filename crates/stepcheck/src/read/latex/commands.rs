//! What begins with a backslash.

use super::{Lexer, Split};
use crate::read::token::{Piece, Token};
use crate::read::{lexer, units, words};
use crate::tree::{Constant, Name, Over, PlusMinus, Sign, Times, Unit};
use crate::unreadable::{Missing, Place, Unreadable};

/// Greek letters by their commands; those that look like Latin ones have none.
pub(crate) const GREEK: [(&str, char); 36] = [
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("epsilon", 'ϵ'),
    ("varepsilon", 'ε'),
    ("zeta", 'ζ'),
    ("eta", 'η'),
    ("theta", 'θ'),
    ("vartheta", 'ϑ'),
    ("iota", 'ι'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("nu", 'ν'),
    ("xi", 'ξ'),
    ("rho", 'ρ'),
    ("varrho", 'ϱ'),
    ("sigma", 'σ'),
    ("varsigma", 'ς'),
    ("tau", 'τ'),
    ("upsilon", 'υ'),
    ("phi", 'ϕ'),
    ("varphi", 'φ'),
    ("chi", 'χ'),
    ("psi", 'ψ'),
    ("omega", 'ω'),
    ("Gamma", 'Γ'),
    ("Delta", 'Δ'),
    ("Theta", 'Θ'),
    ("Lambda", 'Λ'),
    ("Xi", 'Ξ'),
    ("Sigma", 'Σ'),
    ("Phi", 'Φ'),
    ("Psi", 'Ψ'),
    ("Omega", 'Ω'),
];

/// Commands that stand for one sign.
fn sign(command: &str) -> Option<Piece> {
    Some(match command {
        "cdot" | "ast" | "bullet" => Piece::Times(Times::Dot),
        "times" => Piece::Times(Times::Cross),
        "div" => Piece::Over(Over::Obelus),
        "colon" => Piece::Over(Over::Colon),
        "pm" => Piece::PlusMinus(PlusMinus::Plus),
        "mp" => Piece::PlusMinus(PlusMinus::Minus),
        "%" => Piece::Percent,
        "permil" | "textperthousand" => Piece::Permille,
        "degree" => Piece::Degree,
        "eq" => Piece::Relation(Sign::Equal),
        "ne" | "neq" => Piece::Relation(Sign::NotEqual),
        "lt" => Piece::Relation(Sign::Less),
        "gt" => Piece::Relation(Sign::Greater),
        "le" | "leq" | "leqslant" => Piece::Relation(Sign::LessOrEqual),
        "ge" | "geq" | "geqslant" => Piece::Relation(Sign::GreaterOrEqual),
        "approx" | "simeq" | "thickapprox" => Piece::Relation(Sign::Approximately),
        "land" | "wedge" => Piece::And,
        "lor" | "vee" => Piece::Or,
        "lparen" | "lbrack" => Piece::Open,
        "rparen" | "rbrack" => Piece::Close,
        "lvert" => Piece::BarOpen,
        "rvert" => Piece::BarClose,
        "mid" | "vert" | "|" => Piece::Bar,
        "infty" => Piece::Constant(Constant::Infinity),
        "pi" => Piece::Constant(Constant::Pi),
        "exponentialE" => Piece::Constant(Constant::E),
        "in" => Piece::Element,
        "R" | "Reals" | "reals" => Piece::Reals,
        "emptyset" | "varnothing" => Piece::None,
        "\\" | "cr" => Piece::Separator,
        _ => return None,
    })
}

/// Commands that only set space or size.
fn is_layout(command: &str) -> bool {
    const LAYOUT: [&str; 28] = [
        ",",
        ";",
        ":",
        "!",
        " ",
        "quad",
        "qquad",
        "space",
        "enspace",
        "thinspace",
        "displaystyle",
        "textstyle",
        "limits",
        "nolimits",
        "big",
        "Big",
        "bigl",
        "bigr",
        "Bigl",
        "Bigr",
        "bigg",
        "Bigg",
        "biggl",
        "biggr",
        "mathstrut",
        "strut",
        "hfill",
        "relax",
    ];
    LAYOUT.contains(&command)
}

impl Lexer<'_> {
    /// Takes a command with its arguments.
    pub(super) fn command(&mut self) -> Split<()> {
        let start = self.at;
        let name = self.command_name();
        match name.as_str() {
            "frac" | "dfrac" | "tfrac" | "cfrac" => self.fraction(start),
            "sqrt" => self.root(start),
            "left" | "right" => self.sized(start, name == "left"),
            "text" | "mathrm" | "operatorname" | "textrm" | "mathsf" | "mbox" | "unit" => self.words(start),
            "mathbb" => self.set(start),
            "begin" | "end" => self.environment(start, name == "begin"),
            "placeholder" => {
                let _ = self.raw_group();
                self.refused(start, Missing::Operand)
            }
            "mathit" | "mathbf" | "boldsymbol" | "displaylines" => self.argument(),
            "" => {
                self.at = self.signs.len().min(start + 1);
                self.refused(start, Missing::Sign('\\'))
            }
            _ => self.plain(&name, start),
        }
    }

    /// The name after the backslash: letters, or one other sign.
    fn command_name(&mut self) -> String {
        self.at += 1;
        let letters: String = self.rest().iter().take_while(|sign| sign.is_ascii_alphabetic()).collect();
        let name = if letters.is_empty() { self.sign().map(String::from).unwrap_or_default() } else { letters };
        self.at += name.chars().count();
        name
    }

    fn plain(&mut self, name: &str, start: usize) -> Split<()> {
        if is_layout(name) {
            return Ok(());
        }
        if let Some(piece) = sign(name) {
            self.push(piece, start);
            return Ok(());
        }
        if let Some((_, letter)) = GREEK.iter().find(|(command, _)| *command == name) {
            return self.named(Piece::Name(Name::from(*letter)), start);
        }
        let letters: Vec<char> = name.chars().collect();
        match words::keyword(&letters) {
            Some(piece @ Piece::Function(_)) => {
                self.push(piece, start);
                Ok(())
            }
            _ => self.refused(start, Missing::Name(format!("\\{name}"))),
        }
    }

    /// `\frac{a}{b}`: an invisible bracket around two more with a bar between.
    fn fraction(&mut self, start: usize) -> Split<()> {
        self.push(Piece::SoftOpen, start);
        self.argument()?;
        let bar = self.at;
        self.push(Piece::Over(Over::Bar), bar);
        self.argument()?;
        let end = self.at;
        self.push(Piece::SoftClose, end);
        self.join_fraction_of_units();
        Ok(())
    }

    /// Makes one unit of `\frac{\mathrm{m}}{\mathrm{s}}`.
    fn join_fraction_of_units(&mut self) {
        const LENGTH: usize = 9;
        let Some(start) = self.tokens.len().checked_sub(LENGTH) else { return };
        let pieces: Vec<&Piece> = self.tokens.iter().skip(start).map(|token| &token.piece).collect();
        let [
            Piece::SoftOpen,
            Piece::SoftOpen,
            Piece::Unit(top),
            Piece::SoftClose,
            Piece::Over(Over::Bar),
            Piece::SoftOpen,
            Piece::Unit(bottom),
            Piece::SoftClose,
            Piece::SoftClose,
        ] = pieces.as_slice()
        else {
            return;
        };
        if !top.below.is_empty() || !bottom.below.is_empty() {
            return;
        }
        let place = self.tokens.get(start).map_or(top.place, |token| token.place).to(Place::before(self.at));
        let unit = Unit { place, above: top.above.clone(), below: bottom.above.clone() };
        self.tokens.truncate(start);
        self.tokens.push(Token { piece: Piece::Unit(unit), place });
    }

    /// `\sqrt{a}`, `\sqrt[n]{a}`
    fn root(&mut self, start: usize) -> Split<()> {
        self.skip_spaces();
        if self.sign() != Some('[') {
            self.push(Piece::Root(None), start);
            return self.argument();
        }
        self.push(Piece::NthRoot, start);
        let open = self.at;
        self.at += 1;
        self.push(Piece::SoftOpen, open);
        let first = self.tokens.len();
        while self.sign().is_some_and(|sign| sign != ']') {
            self.step()?;
        }
        if self.sign().is_none() {
            return Err(Unreadable::new(Place::before(self.at), Missing::ClosingBracket));
        }
        if self.tokens.len() == first {
            return Err(Unreadable::new(Place::new(open, self.at + 1), Missing::Operand));
        }
        let close = self.at;
        self.at += 1;
        self.push(Piece::SoftClose, close);
        self.argument()
    }

    /// What follows `\left` or `\right`.
    fn sized(&mut self, start: usize, opens: bool) -> Split<()> {
        self.skip_spaces();
        let from = self.at;
        let name = match self.sign() {
            Some('\\') => self.command_name(),
            Some(sign) => {
                self.at += 1;
                sign.to_string()
            }
            None => return Err(Unreadable::new(Place::before(from), Missing::Operand)),
        };
        let piece = match name.as_str() {
            "|" | "vert" | "mid" | "lvert" | "rvert" if opens => Piece::BarOpen,
            "|" | "vert" | "mid" | "lvert" | "rvert" => Piece::BarClose,
            "(" | "[" | "lparen" | "lbrack" => Piece::Open,
            ")" | "]" | "rparen" | "rbrack" => Piece::Close,
            // `\left.` and the brace of a system are not seen.
            "." | "{" | "}" | "lbrace" | "rbrace" => return Ok(()),
            _ => return self.refused(from, Missing::Name(name)),
        };
        self.push(piece, start);
        Ok(())
    }

    /// `\text{…}` and `\mathrm{…}`: words, a unit or a letter.
    fn words(&mut self, start: usize) -> Split<()> {
        let inner: Vec<char> = self.raw_group()?.iter().copied().filter(|sign| !"{}\\".contains(*sign)).collect();
        let place = Place::new(start, self.at);
        if let Some(unit) = units::whole(&inner, place).filter(|unit| self.takes(unit)) {
            self.tokens.push(Token { piece: Piece::Unit(unit), place });
            self.join_units();
            return Ok(());
        }
        let tokens = std::mem::take(&mut self.tokens);
        self.tokens = lexer::split_words(&inner, place, self.names, tokens)?;
        Ok(())
    }

    /// True if a unit can stand here: a letter of the task is none, nor is a letter that begins a side.
    fn takes(&self, unit: &Unit) -> bool {
        let [only] = unit.above.as_slice() else { return true };
        let mut letters = only.word.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { return true };
        let begins = match self.tokens.last().map(|token| &token.piece) {
            None | Some(Piece::Plus | Piece::Minus | Piece::PlusMinus(_) | Piece::Open) => true,
            Some(piece) => piece.ends_side(),
        };
        !begins && !self.names.contains(&Name::from(letter))
    }

    /// Makes one unit of `\mathrm{m}/\mathrm{s}` and `\mathrm{N}\cdot\mathrm{m}`.
    fn join_units(&mut self) {
        let [.., Token { piece: Piece::Unit(first), place }, sign, Token { piece: Piece::Unit(last), place: end }] =
            self.tokens.as_slice()
        else {
            return;
        };
        if !first.below.is_empty() || !last.below.is_empty() {
            return;
        }
        let mut joined = first.clone();
        match sign.piece {
            Piece::Over(Over::Bar) => joined.below.clone_from(&last.above),
            Piece::Times(_) => joined.above.extend(last.above.iter().cloned()),
            _ => return,
        }
        let place = place.to(*end);
        joined.place = place;
        self.tokens.truncate(self.tokens.len() - 3);
        self.tokens.push(Token { piece: Piece::Unit(joined), place });
    }

    /// Gives the unit before `^{2}` its exponent.
    pub(super) fn raise_unit(&mut self) {
        let Some(at) = self.tokens.iter().rposition(|token| token.piece == Piece::Caret) else { return };
        let (before, after) = self.tokens.split_at(at);
        let Some(Token { piece: Piece::Unit(unit), place }) = before.last() else { return };
        let pieces: Vec<&Piece> = after.iter().map(|token| &token.piece).collect();
        let (negative, number) = match pieces.as_slice() {
            [Piece::Caret, Piece::SoftOpen, Piece::Number(number), Piece::SoftClose] => (false, number),
            [Piece::Caret, Piece::SoftOpen, Piece::Minus, Piece::Number(number), Piece::SoftClose] => (true, number),
            _ => return,
        };
        let Ok(size) = i8::try_from(number.value.to_integer()) else { return };
        let mut raised = unit.clone();
        let last = if raised.below.is_empty() { raised.above.last_mut() } else { raised.below.last_mut() };
        let Some(last) = last.filter(|last| last.power == 1 && (0..10).contains(&size)) else { return };
        last.power = if negative { -size } else { size };
        let place = place.to(Place::before(self.at));
        raised.place = place;
        self.tokens.truncate(at - 1);
        self.tokens.push(Token { piece: Piece::Unit(raised), place });
    }

    /// `\mathbb{R}`
    fn set(&mut self, start: usize) -> Split<()> {
        let inner: String = self.raw_group()?.iter().collect();
        match inner.trim() {
            "R" => {
                self.push(Piece::Reals, start);
                Ok(())
            }
            other => {
                let name = other.to_owned();
                self.refused(start, Missing::Name(name))
            }
        }
    }

    /// `\begin{cases}`: the rows of a system, separated by `\\`.
    fn environment(&mut self, start: usize, begins: bool) -> Split<()> {
        let inner: String = self.raw_group()?.iter().collect();
        let name = inner.trim_end_matches('*');
        if !matches!(name, "cases" | "array" | "aligned" | "align" | "gathered" | "matrix" | "dcases") {
            return self.refused(start, Missing::Name(inner.clone()));
        }
        if begins && name == "array" && self.sign() == Some('{') {
            self.raw_group()?;
        }
        // A row that ends with `\\` is followed by nothing.
        if !begins && self.tokens.last().is_some_and(|token| token.piece == Piece::Separator) {
            self.tokens.pop();
        }
        Ok(())
    }

    /// `^{\circ}\mathrm{C}` is a unit of its own.
    pub(super) fn celsius(&mut self, start: usize) -> bool {
        for celsius in ["\\mathrm{C}", "\\text{C}", "\\operatorname{C}"] {
            if self.looking_at(celsius) {
                self.at += celsius.chars().count();
                let place = Place::new(start, self.at);
                if let Some(unit) = units::whole(&['°', 'C'], place) {
                    self.tokens.push(Token { piece: Piece::Unit(unit), place });
                    return true;
                }
            }
        }
        false
    }
}
