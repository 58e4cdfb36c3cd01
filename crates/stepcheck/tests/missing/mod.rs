//! The words of tables for what is missing in a line.

use stepcheck::Missing;

/// What is missing, as the tables say it.
pub fn in_words(missing: &Missing) -> String {
    match missing {
        Missing::Nothing => "tom".into(),
        Missing::ClosingBracket => "slutparentes".into(),
        Missing::OpeningBracket => "startparentes".into(),
        Missing::Operand => "tal eller bokstav".into(),
        Missing::Operator => "räknesätt".into(),
        Missing::Sign(sign) => format!("tecknet {sign}"),
        Missing::Name(name) => format!("ordet {name}"),
        Missing::Digits => "siffror".into(),
        Missing::WholeExponent => "hel exponent".into(),
        Missing::TooLong => "för lång".into(),
        Missing::TooDeep => "för djup".into(),
        Missing::TooLarge => "för stor".into(),
        Missing::Relation => "två tecken".into(),
        Missing::DivisionByZero => "division med noll".into(),
        Missing::Undecided => "går inte att avgöra".into(),
        Missing::Brackets => "parenteser".into(),
        Missing::ClosingBar => "slutstreck".into(),
    }
}
