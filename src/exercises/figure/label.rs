//! Words beside lines: how wide they are, and how they are written in SVG and in HTML.
//!
//! A letter that stands alone is a variable and is set as in a formula, `3/4` is set as a fraction with a bar.

use std::fmt::Write as _;

use crate::exercises::english::in_english;
use crate::exercises::fraction::{FractionInText, fraction_at};
use crate::exercises::words::Words;

/// The height of letters in the units of a drawing, which is at most [`WIDEST`](super::scene::WIDEST) wide.
pub(super) const SIZE: f64 = 17.0;
/// Digits of a fraction with a bar are a little smaller.
const FRACTION_SIZE: f64 = 15.5;
const LINE: f64 = SIZE * 1.2;

/// One text in both languages, in lines, taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Label {
    lines: Words<Vec<Vec<Piece>>>,
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Run(String),
    Variable(char),
    Fraction(String, String),
}

/// Which end of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Label {
    /// A text on one line.
    pub(super) fn new(words: &Words) -> Self {
        let line = |text: &str| vec![pieces(text)];
        Self { lines: Words { sv: line(&words.sv), en: line(&in_english(&words.en)) } }
    }

    /// A text in lines no wider than `room`, where its words allow that.
    pub(super) fn wrapped(words: &Words, room: f64) -> Self {
        let lines = |text: &str| wrap(text, room).iter().map(|line| pieces(line)).collect();
        Self { lines: Words { sv: lines(&words.sv), en: lines(&in_english(&words.en)) } }
    }

    /// Whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.each().into_iter().all(|(_, lines)| lines.iter().all(Vec::is_empty))
    }

    /// How wide it is in the language in which it is wider.
    pub(super) fn width(&self) -> f64 {
        let of = |lines: &Vec<Vec<Piece>>| lines.iter().map(|line| line_width(line)).fold(0.0, f64::max);
        self.lines.each().into_iter().map(|(_, lines)| of(lines)).fold(0.0, f64::max)
    }

    /// How high it is.
    pub(super) fn height(&self) -> f64 {
        let of = |lines: &Vec<Vec<Piece>>| lines.iter().map(|line| line_height(line)).sum::<f64>();
        self.lines.each().into_iter().map(|(_, lines)| of(lines)).fold(0.0, f64::max)
    }

    /// Writes it as SVG: `at` is the middle of its height, and its start, middle or end by `anchor`.
    pub(super) fn svg(&self, language: &str, at: (f64, f64), anchor: Anchor, class: &str, out: &mut String) {
        let lines = of_language(&self.lines, language);
        let height: f64 = lines.iter().map(|line| line_height(line)).sum();
        let mut top = at.1 - height / 2.0;
        for line in lines {
            let middle = top + line_height(line) / 2.0;
            top += line_height(line);
            if line.iter().any(|piece| matches!(piece, Piece::Fraction(..))) {
                with_fractions(line, (at.0, middle), anchor, class, out);
            } else if !line.is_empty() {
                open_text((at.0, middle + SIZE * 0.35), anchor, class, out);
                line.iter().for_each(|piece| plain(piece, out));
                out.push_str("</text>");
            }
        }
    }

    /// Writes it as HTML, with MathML for what is not plain text.
    pub(super) fn html(&self, language: &str, out: &mut String) {
        for (i, line) in of_language(&self.lines, language).iter().enumerate() {
            out.push_str(if i > 0 { "<br>" } else { "" });
            for piece in line {
                let _ = match piece {
                    Piece::Run(text) => write!(out, "{}", escaped(text)),
                    Piece::Variable(letter) => write!(out, "<math><mi>{letter}</mi></math>"),
                    Piece::Fraction(over, under) => {
                        write!(out, "<math><mfrac><mn>{over}</mn><mn>{under}</mn></mfrac></math>")
                    }
                };
            }
        }
    }
}

fn of_language<'a, T>(words: &'a Words<T>, language: &str) -> &'a T {
    if language == "en" { &words.en } else { &words.sv }
}

/// The text of `language`; Swedish is what the others are told in.
pub(super) fn said<'a>(words: &'a Words, language: &str) -> &'a String {
    of_language(words, language)
}

fn open_text(at: (f64, f64), anchor: Anchor, class: &str, out: &mut String) {
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{}\"", prefixed(class)) };
    let _ = write!(out, "<text x=\"{}\" y=\"{}\"{anchor}{class}>", short(at.0), short(at.1));
}

fn plain(piece: &Piece, out: &mut String) {
    match piece {
        Piece::Run(text) => out.push_str(&escaped(text)),
        Piece::Variable(letter) => {
            let _ = write!(out, "<tspan class=\"d-v\">{}</tspan>", italic(*letter));
        }
        Piece::Fraction(over, under) => {
            let _ = write!(out, "{over}/{under}");
        }
    }
}

/// Pieces side by side, placed by how wide they are reckoned to be.
fn with_fractions(line: &[Piece], at: (f64, f64), anchor: Anchor, class: &str, out: &mut String) {
    let width = line_width(line);
    let mut x = match anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - width / 2.0,
        Anchor::End => at.0 - width,
    };
    for piece in line {
        let wide = piece_width(piece);
        let middle = x + wide / 2.0;
        if let Piece::Fraction(over, under) = piece {
            for (text, down) in [(over, -0.2), (under, 0.92)] {
                open_text((middle, at.1 + down * SIZE), Anchor::Middle, "f", out);
                out.push_str(text);
                out.push_str("</text>");
            }
            let (from, to, y) = (short(x + 1.0), short(x + wide - 1.0), short(at.1));
            let _ = write!(out, "<path class=\"d-rule\" d=\"M{from} {y}H{to}\"/>");
        } else {
            open_text((middle, at.1 + SIZE * 0.35), Anchor::Middle, class, out);
            plain(piece, out);
            out.push_str("</text>");
        }
        x += wide;
    }
}

/// Names of classes as they stand in `figures.css`: with a mark, since pages have a `.line` and a `.note` of their own.
pub(super) fn prefixed(class: &str) -> String {
    class.split(' ').map(|name| format!("d-{name}")).collect::<Vec<_>>().join(" ")
}

/// A coordinate with one decimal and no more signs than it needs.
pub(super) fn short(n: f64) -> String {
    let text = format!("{n:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text as it may stand in XML, also in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Control characters are not allowed in XML at all.
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// The letter as mathematics sets it; italic h has a place of its own in Unicode.
fn italic(letter: char) -> char {
    match letter {
        'h' => 'ℎ',
        _ => char::from_u32(0x1d44e + u32::from(letter) - u32::from('a')).unwrap_or(letter),
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let signs: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut run = String::new();
    let mut at = 0;
    while at < signs.len() {
        let taken = fraction_piece(&signs, at).or_else(|| variable_at(&signs, at));
        if let Some((piece, length)) = taken {
            if !run.is_empty() {
                found.push(Piece::Run(std::mem::take(&mut run)));
            }
            found.push(piece);
            at += length;
        } else {
            run.push(signs[at]);
            at += 1;
        }
    }
    if !run.is_empty() {
        found.push(Piece::Run(run));
    }
    found
}

fn fraction_piece(signs: &[char], at: usize) -> Option<(Piece, usize)> {
    fraction_at(signs, at).map(|FractionInText { over, under, length }| (Piece::Fraction(over, under), length))
}

/// A single small letter: a variable, unless it follows a number or a word as a unit does (`4 m`).
fn variable_at(signs: &[char], at: usize) -> Option<(Piece, usize)> {
    let letter = signs[at];
    let before = at.checked_sub(1).map(|i| signs[i]);
    let alone = !before.is_some_and(char::is_alphabetic) && !signs.get(at + 1).is_some_and(|sign| sign.is_alphabetic());
    let earlier = at.checked_sub(2).map(|i| signs[i]);
    let after_word = before.is_some_and(char::is_whitespace) && earlier.is_some_and(char::is_alphanumeric);
    // «tid (h)», but f(x).
    let in_brackets =
        before == Some('(') && earlier.is_some_and(char::is_whitespace) && signs.get(at + 1) == Some(&')');
    let unit = after_word || in_brackets || before == Some('/');
    (letter.is_ascii_lowercase() && alone && !unit).then_some((Piece::Variable(letter), 1))
}

fn wrap(text: &str, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line_width(&pieces(&format!("{line} {word}"))) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn line_width(line: &[Piece]) -> f64 {
    line.iter().map(piece_width).sum()
}

fn line_height(line: &[Piece]) -> f64 {
    if line.iter().any(|piece| matches!(piece, Piece::Fraction(..))) { SIZE * 2.1 } else { LINE }
}

fn piece_width(piece: &Piece) -> f64 {
    let run = |text: &str| text.chars().map(sign_width).sum::<f64>();
    match piece {
        Piece::Run(text) => run(text) * SIZE,
        Piece::Variable('m' | 'w') => 0.83 * SIZE,
        Piece::Variable(_) => 0.58 * SIZE,
        Piece::Fraction(over, under) => run(over).max(run(under)) * FRACTION_SIZE + 4.0,
    }
}

/// How wide a sign is in parts of the size, in the wider of the two text faces.
fn sign_width(sign: char) -> f64 {
    match sign {
        ' ' | '\u{a0}' | '\u{202f}' | 'i' | 'l' | '\'' | 'j' => 0.29,
        ',' | '.' | ':' | ';' | '·' | '|' | '!' | 'f' | '(' | ')' | '[' | ']' => 0.38,
        't' | 'r' | '°' | '²' | '³' | 'I' | '-' | '/' => 0.47,
        's' | 'z' | '*' | '?' | 'J' => 0.53,
        'm' | '%' | 'M' | 'æ' | 'Æ' | 'w' | '≈' => 0.9,
        'W' => 1.02,
        'A' | 'C' | 'D' | 'G' | 'U' | 'H' | 'N' | 'O' | 'Q' | 'V' | '&' | 'Å' | 'Ä' | 'Ö' | 'Ø' => 0.75,
        '+' | '−' | '×' | '÷' | '=' | '<' | '>' | 'B' | 'K' | 'R' | 'T' | 'X' | 'Y' | 'P' | 'S' | 'Z' => 0.65,
        other if other.is_ascii() => 0.6,
        other if other.is_alphabetic() => 0.62,
        _ => 0.9,
    }
}

#[cfg(test)]
mod tests {
    use super::{Label, escaped, pieces, wrap};
    use crate::exercises::words::Words;

    fn html(text: &str) -> String {
        let mut out = String::new();
        Label::new(&Words { sv: text.into(), en: text.into() }).html("sv", &mut out);
        out
    }

    #[test]
    fn letters_alone_are_variables_and_units_are_not() {
        assert_eq!(html("x"), "<math><mi>x</mi></math>");
        assert_eq!(html("2x + 1"), "2<math><mi>x</mi></math> + 1");
        assert_eq!(html("x cm"), "<math><mi>x</mi></math> cm");
        for plain in ["4 m", "5 cm", "A", "km/h", "12 i rad", "80 kr/h", "tid (h)"] {
            assert_eq!(html(plain), plain);
        }
    }

    #[test]
    fn fractions_get_a_bar_and_dates_do_not() {
        assert_eq!(html("−3/4"), "−<math><mfrac><mn>3</mn><mn>4</mn></mfrac></math>");
        assert!(html("1 2/3").starts_with("1 <math><mfrac>"));
        for plain in ["3/", "1/2/3", "0,5/3", "a/b2"] {
            assert!(!html(plain).contains("mfrac"), "{plain}");
        }
    }

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrap("ett två tre", 60.0), ["ett två", "tre"]);
        assert_eq!(wrap("enastående", 10.0), ["enastående"]);
        assert!(pieces("").is_empty());
    }

    #[test]
    fn nothing_escapes_from_a_text() {
        assert_eq!(escaped("<a & \"b\">\u{7}"), "&lt;a &amp; &quot;b&quot;&gt; ");
    }
}
