//! Reads the plain notation of case files.

use super::{Claim, Comparator, Function, Line, Term};
use crate::exact::Exact;
use num_bigint::BigInt;

pub(crate) fn read_plain(text: &str) -> Option<Line> {
    let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace() || *c == ' ').collect();
    let mut r = R { s: signs, at: 0 };
    let line = r.or()?;
    r.space();
    (r.at == r.s.len()).then_some(line)
}

struct R {
    s: Vec<char>,
    at: usize,
}

impl R {
    fn space(&mut self) {
        while self.s.get(self.at) == Some(&' ') {
            self.at += 1;
        }
    }
    fn eat(&mut self, t: &str) -> bool {
        self.space();
        let t: Vec<char> = t.chars().collect();
        if self.s[self.at..].starts_with(&t) {
            let end = self.at + t.len();
            if t[0].is_alphabetic() && self.s.get(end).is_some_and(|c| c.is_alphanumeric()) {
                return false;
            }
            self.at = end;
            return true;
        }
        false
    }
    fn or(&mut self) -> Option<Line> {
        let first = self.and()?;
        let mut all = vec![];
        while self.eat("or") {
            let Line::Claim(c) = self.and()? else { return None };
            all.push(c);
        }
        if all.is_empty() {
            return Some(first);
        }
        let Line::Claim(c) = first else { return None };
        all.insert(0, c);
        Some(Line::Claim(Claim::Or(all)))
    }
    fn and(&mut self) -> Option<Line> {
        let first = self.relation()?;
        let mut all = vec![];
        while self.eat("and") {
            let Line::Claim(c) = self.relation()? else { return None };
            all.push(c);
        }
        if all.is_empty() {
            return Some(first);
        }
        let Line::Claim(c) = first else { return None };
        all.insert(0, c);
        Some(Line::Claim(Claim::And(all)))
    }
    fn relation(&mut self) -> Option<Line> {
        if self.eat("all") {
            return Some(Line::Claim(Claim::All));
        }
        if self.eat("none") {
            return Some(Line::Claim(Claim::None));
        }
        self.space();
        if self.s.get(self.at) == Some(&'(') {
            let save = self.at;
            self.at += 1;
            if let Some(Line::Claim(c)) = self.or()
                && self.eat(")")
            {
                return Some(Line::Claim(c));
            }
            self.at = save;
        }
        let mut left = self.sum()?;
        let mut all = vec![];
        loop {
            let c = if self.eat("<=") {
                Comparator::AtMost
            } else if self.eat(">=") {
                Comparator::AtLeast
            } else if self.eat("!=") {
                Comparator::Unequal
            } else if self.eat("=") {
                Comparator::Equal
            } else if self.eat("<") {
                Comparator::Less
            } else if self.eat(">") {
                Comparator::Greater
            } else {
                break;
            };
            let right = self.sum()?;
            all.push(Claim::Compare(left, c, right.clone()));
            left = right;
        }
        match all.len() {
            0 => Some(Line::Value(left)),
            1 => all.pop().map(Line::Claim),
            _ => Some(Line::Claim(Claim::And(all))),
        }
    }
    fn sum(&mut self) -> Option<Term> {
        let mut parts = vec![self.product()?];
        loop {
            if self.eat("+") {
                parts.push(self.product()?);
            } else if self.eat("-") {
                parts.push(self.product()?.negated());
            } else {
                return Some(Term::sum(parts));
            }
        }
    }
    fn product(&mut self) -> Option<Term> {
        let mut left = self.unary()?;
        loop {
            if self.eat("*") {
                left = Term::product([left, self.unary()?]);
            } else if self.eat("/") {
                left = left.over(self.unary()?);
            } else {
                return Some(left);
            }
        }
    }
    fn unary(&mut self) -> Option<Term> {
        if self.eat("-") {
            return Some(self.unary()?.negated());
        }
        if self.eat("+") {
            return self.unary();
        }
        let base = self.primary()?;
        if self.eat("^") {
            return Some(base.raised(self.unary()?));
        }
        Some(base)
    }
    fn primary(&mut self) -> Option<Term> {
        self.space();
        let c = *self.s.get(self.at)?;
        if c == '(' {
            self.at += 1;
            let t = self.sum()?;
            return self.eat(")").then_some(t);
        }
        if c.is_ascii_digit() {
            let mut digits = String::new();
            let mut decimals = 0;
            let mut after = false;
            while let Some(&d) = self.s.get(self.at) {
                if d.is_ascii_digit() {
                    digits.push(d);
                    decimals += u32::from(after);
                } else if d == '.' && !after {
                    after = true;
                } else {
                    break;
                }
                self.at += 1;
            }
            let top: BigInt = digits.parse().ok()?;
            let v = crate::exact::Rational::new(top, BigInt::from(10).pow(decimals));
            return Some(Term::Number(Exact::from(&v)));
        }
        if c.is_alphabetic() {
            let start = self.at;
            while self.s.get(self.at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                self.at += 1;
            }
            let name: String = self.s[start..self.at].iter().collect();
            if self.s.get(self.at) == Some(&'(') {
                self.at += 1;
                let mut args = vec![self.sum()?];
                while self.eat(",") {
                    args.push(self.sum()?);
                }
                if !self.eat(")") {
                    return None;
                }
                return called(&name, args);
            }
            return Some(match name.as_str() {
                "pi" => Term::Pi,
                "e" => Term::E,
                "and" | "or" | "all" | "none" => return None,
                _ => Term::Name(crate::tree::Name::new(&name)?),
            });
        }
        None
    }
}

fn called(name: &str, args: Vec<Term>) -> Option<Term> {
    let mut args = args.into_iter();
    let a = args.next()?;
    Some(match name {
        "sqrt" => a.root(2),
        "root" => a.raised(args.next()?.inverted()),
        "abs" => a.apply(Function::Abs),
        "ln" => a.apply(Function::Ln),
        "log10" => a.logarithm(Term::whole(10)),
        "logb" => a.logarithm(args.next()?),
        "sin" => a.apply(Function::Sin),
        "cos" => a.apply(Function::Cos),
        "tan" => a.tangent(),
        "cot" => a.clone().apply(Function::Cos).over(a.apply(Function::Sin)),
        "sec" => a.apply(Function::Cos).inverted(),
        "csc" => a.apply(Function::Sin).inverted(),
        "asin" => a.apply(Function::Arcsin),
        "acos" => a.apply(Function::Arccos),
        "atan" => a.apply(Function::Arctan),
        _ => return None,
    })
}
