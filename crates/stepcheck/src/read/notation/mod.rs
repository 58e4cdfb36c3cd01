//! A plain notation for machines: multiplication is always written, names have any number of
//! letters, decimals a point.
//!
//! `+ - * / ^` with the usual precedence (`*` and `/` alike, from the left; `^` from the right),
//! functions with brackets (`sqrt(x)`, `root(x,n)`, `logb(x,base)`), relations
//! `= != < > <= >=`, and `and`, `or`, `all`, `none` between and instead of them. The tree is what
//! was written: no bracket is added, none is left out.

mod lexer;

use crate::read::words;
use crate::tree::{Call, Constant, Expr, Function, Name, Node, Number, Over, Sign, Statement, Times};
use crate::unreadable::{Missing, Place, Unreadable};
use lexer::{Piece, Token};

/// The deepest nesting of brackets, signs and exponents.
const MAX_DEPTH: usize = 60;

type Read<T> = Result<T, Unreadable>;

/// Parses a whole text.
pub(super) fn parse(text: &str) -> Read<Statement> {
    let tokens = lexer::split(text)?;
    if tokens.is_empty() {
        return Err(Unreadable::new(Place::new(0, text.chars().count()), Missing::Nothing));
    }
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0 };
    let statement = parser.joined("or")?;
    match parser.tokens.get(parser.at) {
        Some(Token { piece: Piece::Sign(')'), place }) => Err(Unreadable::new(*place, Missing::OpeningBracket)),
        Some(_) => Err(Unreadable::new(parser.here(), Missing::Operator)),
        None => Ok(statement),
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn token(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn here(&self) -> Place {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        Place::before(last.map_or(0, |token| token.place.end))
    }

    fn no_operand<T>(&self) -> Read<T> {
        Err(Unreadable::new(self.here(), Missing::Operand))
    }

    fn sign(&mut self, signs: &str) -> Option<(char, Place)> {
        let Some(Token { piece: Piece::Sign(sign), place }) = self.token() else { return None };
        signs.contains(*sign).then(|| {
            self.at += 1;
            (*sign, *place)
        })
    }

    fn word(&mut self, word: &str) -> Option<Place> {
        match self.token() {
            Some(Token { piece: Piece::Word(found), place }) if found == word => {
                self.at += 1;
                Some(*place)
            }
            _ => None,
        }
    }

    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MAX_DEPTH {
            let place = self.token().map_or(self.here(), |token| token.place);
            return Err(Unreadable::new(place, Missing::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// Statements joined by `or`, or by `and` one level down.
    fn joined(&mut self, word: &str) -> Read<Statement> {
        let mut parts = Vec::new();
        loop {
            parts.push(if word == "or" { self.joined("and")? } else { self.relation()? });
            if self.word(word).is_none() {
                break;
            }
        }
        Ok(if word == "or" { Statement::any_of(parts) } else { Statement::all_of(parts) })
    }

    fn relation(&mut self) -> Read<Statement> {
        if let Some(place) = self.word("all") {
            return Ok(Statement::All(place));
        }
        if let Some(place) = self.word("none") {
            return Ok(Statement::None(place));
        }
        if self.opens_statement() {
            self.at += 1;
            let inner = self.deeper(|parser| parser.joined("or"))?;
            self.close()?;
            return Ok(inner);
        }
        let first = self.sum()?;
        let mut rest: Vec<(Sign, Expr)> = Vec::new();
        while let Some(Token { piece: Piece::Relation(sign), .. }) = self.token() {
            self.at += 1;
            rest.push((*sign, self.sum()?));
        }
        Ok(if rest.is_empty() { Statement::Expression(first) } else { Statement::Relation { first, rest } })
    }

    /// True at a bracket that holds a statement and not an expression.
    fn opens_statement(&self) -> bool {
        let mut open = 0;
        for token in self.tokens.iter().skip(self.at) {
            match &token.piece {
                Piece::Sign('(') => open += 1,
                Piece::Sign(')') => open -= 1,
                Piece::Relation(_) => return open > 0,
                _ => {}
            }
            if open <= 0 {
                return false;
            }
        }
        false
    }

    fn sum(&mut self) -> Read<Expr> {
        let mut left = self.product()?;
        while let Some((sign, _)) = self.sign("+-") {
            let right = self.product()?;
            left = pair(left, right, if sign == '+' { Node::Sum } else { Node::Difference });
        }
        Ok(left)
    }

    fn product(&mut self) -> Read<Expr> {
        let mut left = self.signed()?;
        while let Some((sign, _)) = self.sign("*/") {
            let right = self.signed()?;
            left = pair(left, right, |a, b| match sign {
                '*' => Node::Product(a, Times::Dot, b),
                _ => Node::Quotient(a, Over::Bar, b),
            });
        }
        Ok(left)
    }

    fn signed(&mut self) -> Read<Expr> {
        let Some((sign, place)) = self.sign("+-") else { return self.power() };
        let inner = Box::new(self.deeper(Self::signed)?);
        let place = place.to(inner.place);
        Ok(Expr::new(place, if sign == '-' { Node::Negative(inner) } else { Node::Positive(inner) }))
    }

    fn power(&mut self) -> Read<Expr> {
        let base = self.atom()?;
        if self.sign("^").is_none() {
            return Ok(base);
        }
        let exponent = self.deeper(Self::signed)?;
        Ok(pair(base, exponent, Node::Power))
    }

    fn atom(&mut self) -> Read<Expr> {
        let Some(token) = self.token() else { return self.no_operand() };
        let place = token.place;
        let node = match &token.piece {
            Piece::Number(number) => Node::Number(number.clone()),
            Piece::Scaled(number, exponent) => scaled(number, *exponent, place),
            Piece::Word(word) => return self.named(word, place),
            Piece::Sign('(') => {
                self.at += 1;
                let inner = Box::new(self.deeper(Self::sum)?);
                let close = self.close()?;
                return Ok(Expr::new(place.to(close), Node::Bracket(inner)));
            }
            _ => return self.no_operand(),
        };
        self.at += 1;
        Ok(Expr::new(place, node))
    }

    fn close(&mut self) -> Read<Place> {
        match self.sign(")") {
            Some((_, place)) => Ok(place),
            None => Err(Unreadable::new(self.here(), Missing::ClosingBracket)),
        }
    }

    /// A name, a constant or a call.
    fn named(&mut self, word: &str, place: Place) -> Read<Expr> {
        self.at += 1;
        if matches!(self.token(), Some(Token { piece: Piece::Sign('('), .. })) {
            return self.call(word, place);
        }
        let unknown = || Unreadable::new(place, Missing::Name(word.to_owned()));
        let node = match word {
            "e" => Node::Constant(Constant::E),
            "pi" => Node::Constant(Constant::Pi),
            "inf" => Node::Constant(Constant::Infinity),
            "and" | "or" | "all" | "none" => {
                self.at -= 1;
                return self.no_operand();
            }
            _ => Node::Name(name(word).ok_or_else(unknown)?),
        };
        Ok(Expr::new(place, node))
    }

    fn call(&mut self, word: &str, place: Place) -> Read<Expr> {
        let open = self.token().map_or(place, |token| token.place);
        self.at += 1;
        let mut arguments = vec![self.deeper(Self::sum)?];
        while self.sign(",").is_some() {
            arguments.push(self.deeper(Self::sum)?);
        }
        let close = self.close()?;
        let unknown = || Unreadable::new(place, Missing::Name(word.to_owned()));
        let node = of_function(word, arguments, open.to(close)).ok_or_else(unknown)?;
        Ok(Expr::new(place.to(close), node))
    }
}

/// What `word(arguments)` is; `None` if there is no such function of so many arguments.
/// `bracket` is the place of the brackets.
fn of_function(word: &str, arguments: Vec<Expr>, bracket: Place) -> Option<Node> {
    let mut arguments = arguments.into_iter();
    let (first, second) = (arguments.next()?, arguments.next());
    if arguments.next().is_some() {
        return None;
    }
    let call = |function, base: Option<Expr>, first| {
        let argument = Box::new(Expr::new(bracket, Node::Bracket(Box::new(first))));
        Some(Node::Call(Call { function, base: base.map(Box::new), exponent: None, argument }))
    };
    let ten = || Expr::new(bracket, Node::Number(Number::whole(10)));
    match (word, second) {
        ("sqrt", None) => Some(Node::Root { degree: None, radicand: Box::new(first) }),
        ("root", Some(degree)) => Some(Node::Root { degree: Some(Box::new(degree)), radicand: Box::new(first) }),
        ("abs", None) => Some(Node::Abs(Box::new(first))),
        ("log10", None) => call(Function::Log, Some(ten()), first),
        ("logb", Some(base)) => call(Function::Log, Some(base), first),
        (_, None) => {
            let letters: Vec<char> = word.chars().collect();
            match words::keyword(&letters) {
                Some(crate::read::token::Piece::Function(function)) => call(function, None, first),
                _ => None,
            }
        }
        // Numbers shown with so many decimals or significant digits: the number itself.
        ("displaydp" | "displaysf", Some(_)) => Some(first.node),
        _ => None,
    }
}

/// `1.5e-3` as the product `1.5·10^(-3)`.
fn scaled(number: &Number, exponent: i64, place: Place) -> Node {
    let at = |node| Box::new(Expr::new(place, node));
    let size = at(Node::Number(Number::whole(exponent.unsigned_abs())));
    let exponent = if exponent < 0 { at(Node::Negative(size)) } else { size };
    let power = at(Node::Power(at(Node::Number(Number::whole(10))), exponent));
    Node::Product(at(Node::Number(number.clone())), Times::Dot, power)
}

/// `x`, `kg`, `x_1`; `x1` is `x_1`.
fn name(word: &str) -> Option<Name> {
    let letters = word.trim_end_matches(|sign: char| sign.is_ascii_digit());
    if letters.len() < word.len() && !letters.contains('_') {
        return Name::new(&format!("{letters}_{}", word.get(letters.len()..)?));
    }
    Name::new(word)
}

fn pair(left: Expr, right: Expr, node: impl FnOnce(Box<Expr>, Box<Expr>) -> Node) -> Expr {
    let place = left.place.to(right.place);
    Expr::new(place, node(Box::new(left), Box::new(right)))
}
