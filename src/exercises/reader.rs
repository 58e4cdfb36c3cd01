//! Reads the texts of an exercise, whose names must be among the given ones.

use std::collections::BTreeSet;

use super::fault::Faults;
use super::file::WrongTable;
use super::formula::Condition;
use super::item::Wrong;
use super::piece::{PieceTable, PieceTemplate};
use super::template::Template;
use super::words::Words;

/// What names there are, and where slips are noted.
pub(super) struct Reader<'a, 'b> {
    pub(super) numbers: BTreeSet<char>,
    pub(super) words: BTreeSet<String>,
    pub(super) faults: &'a mut Faults<'b>,
}

impl Reader<'_, '_> {
    /// Notes the first number among these that is not given.
    pub(super) fn known(&mut self, key: &str, mut used: impl Iterator<Item = char>) {
        if let Some(name) = used.find(|name| !self.numbers.contains(name)) {
            self.faults.note(key, format!("uses {name}, which is neither a parameter nor derived"));
        }
    }

    /// Notes what a template uses that is not given.
    pub(super) fn all_known(&mut self, key: &str, template: &Template) {
        self.known(key, template.names().copied());
        let mut words = template.words();
        if let Some(name) = words.find(|name| !self.words.contains(*name)) {
            self.faults.note(key, format!("uses {{@{name}}}, which is not among the words of the exercise"));
        }
    }

    pub(super) fn template(&mut self, key: &str, text: &str) -> Option<Template> {
        if text.trim().is_empty() {
            self.faults.note(key, "is empty; write the text");
        }
        let template = self.faults.check(key, Template::read(text))?;
        self.all_known(key, &template);
        Some(template)
    }

    /// A text in each language.
    pub(super) fn text(&mut self, key: &str, words: &Words) -> Option<Words<Template>> {
        let sv = self.template(&format!("{key}.sv"), &words.sv);
        let en = self.template(&format!("{key}.en"), &words.en);
        Some(Words { sv: sv?, en: en? })
    }

    pub(super) fn worked(&mut self, pieces: &[PieceTable]) -> Vec<PieceTemplate> {
        let mut read = Vec::new();
        for (number, piece) in (1..).zip(pieces) {
            let key = format!("worked[{number}]");
            if let Some(piece) = self.faults.check(&key, piece.read()) {
                for template in piece.templates() {
                    self.all_known(&key, template);
                }
                read.push(piece);
            }
        }
        read
    }

    pub(super) fn wrong(&mut self, lines: &[WrongTable]) -> Vec<Wrong<Template>> {
        let mut read = Vec::new();
        for (number, line) in (1..).zip(lines) {
            let (text, misconception) = match line {
                WrongTable::Line(text) => (text, None),
                WrongTable::Named(named) => (&named.line, named.misconception),
            };
            if let Some(line) = self.template(&format!("wrong[{number}]"), text) {
                read.push(Wrong { line, misconception });
            }
        }
        read
    }

    pub(super) fn hints(&mut self, texts: &Words<Vec<String>>) -> Vec<Words<Template>> {
        let mut each = |language: &str, texts: &[String]| -> Vec<Template> {
            let numbered = (1..).zip(texts);
            numbered.filter_map(|(i, text)| self.template(&format!("hints.{language}[{i}]"), text)).collect()
        };
        let (sv, en) = (each("sv", &texts.sv), each("en", &texts.en));
        sv.into_iter().zip(en).map(|(sv, en)| Words { sv, en }).collect()
    }

    pub(super) fn conditions(&mut self, key: &str, texts: &[String]) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for (number, text) in (1..).zip(texts) {
            let key = format!("{key}[{number}]");
            if let Some(condition) = self.faults.check(&key, Condition::read(text)) {
                self.known(&key, condition.names().copied());
                conditions.push(condition);
            }
        }
        conditions
    }
}
