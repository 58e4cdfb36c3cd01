//! Responses of students in a file, for fitting and evaluating: `student,item,skills,correct[,timestamp]`.

use std::{collections::BTreeMap, fs::File, io::Read, path::Path};

use adaptive::{
    Evidence, ItemId, Millis, Response, SkillIndex, SkillSet, Start, evaluate::count_attempts, fit::Record,
};
use anyhow::{Context, bail};
use csv::StringRecord;
use ruzstd::decoding::StreamingDecoder;

/// Responses in the order of the file: all of one student together, in order of time.
///
/// `skills` are numbers with `;` between them, `correct` is 0 or 1, `timestamp` is in seconds. A second try at an item within
/// ten answers is a further attempt.
///
/// # Errors
/// A file that cannot be read, or a row that is no response; the text says which and what to do.
pub(super) fn read(file: &Path) -> anyhow::Result<Vec<Record>> {
    let mut rows = csv::Reader::from_reader(open(file)?);
    let header = rows.headers().with_context(|| told(file))?.clone();
    let column = |name: &str| header.iter().position(|column| column.trim() == name);
    let needed = |name: &str| {
        column(name).with_context(|| {
            format!("{} has no column {name}; it needs student, item, skills and correct", file.display())
        })
    };
    let columns = Columns {
        student: needed("student")?,
        item: needed("item")?,
        skills: needed("skills")?,
        correct: needed("correct")?,
        timestamp: column("timestamp"),
    };
    let mut records = Vec::new();
    for (row, number) in rows.records().zip(2..) {
        let row = row.with_context(|| told(file))?;
        let record = columns.record(&row);
        records.push(record.with_context(|| format!("{}, line {number}, is no response", file.display()))?);
    }
    if records.is_empty() {
        bail!("{} holds no responses", file.display());
    }
    count_attempts(&mut records);
    Ok(records)
}

/// Where the columns are.
struct Columns {
    student: usize,
    item: usize,
    skills: usize,
    correct: usize,
    timestamp: Option<usize>,
}

impl Columns {
    fn record(&self, row: &StringRecord) -> anyhow::Result<Record> {
        let field = |at: usize| row.get(at).unwrap_or_default().trim();
        let number = |at: usize, name: &str| {
            field(at).parse::<u64>().with_context(|| format!("{name} has to be a whole number, not «{}»", field(at)))
        };
        let skills: Vec<SkillIndex> = field(self.skills)
            .split(';')
            .map(|skill| skill.trim().parse().map(SkillIndex))
            .collect::<Result<_, _>>()
            .with_context(|| {
                format!("skills have to be numbers to 65535 with ; between them, not «{}»", field(self.skills))
            })?;
        let correct = match field(self.correct) {
            "1" => true,
            "0" => false,
            other => bail!("correct has to be 0 or 1, not «{other}»"),
        };
        let at = match self.timestamp.map(field) {
            None => 0.0,
            Some(text) => {
                text.parse::<f64>().with_context(|| format!("timestamp has to be seconds, not «{text}»"))? * 1000.0
            }
        };
        let response = Response {
            item: ItemId(number(self.item, "item")?),
            skills: SkillSet::of(&skills).context("there is no skill")?,
            evidence: Evidence::Answer,
            attempt: 1,
            difficulty: 0.0,
            correct,
            at: Millis(at as i64),
        };
        Ok(Record { student: number(self.student, "student")?, start: Start::default(), response })
    }
}

/// The fold of each student: `student,fold`.
///
/// # Errors
/// A file that cannot be read, or a row that gives no fold.
pub(super) fn folds(file: &Path) -> anyhow::Result<BTreeMap<u64, u32>> {
    let mut rows = csv::Reader::from_reader(open(file)?);
    let mut folds = BTreeMap::new();
    for (row, number) in rows.records().zip(2..) {
        let row = row.with_context(|| told(file))?;
        let field = |at: usize| row.get(at).unwrap_or_default().trim();
        let wrong = || format!("{}, line {number}, needs a student and a fold, two whole numbers", file.display());
        folds.insert(field(0).parse().with_context(wrong)?, field(1).parse().with_context(wrong)?);
    }
    Ok(folds)
}

fn told(file: &Path) -> String {
    format!("{} is not a table with commas between the columns (CSV)", file.display())
}

fn open(file: &Path) -> anyhow::Result<Box<dyn Read>> {
    let opened = File::open(file).with_context(|| format!("could not read {}", file.display()))?;
    if file.extension().is_some_and(|end| end == "zst") {
        let unpacked = StreamingDecoder::new(opened);
        return Ok(Box::new(unpacked.with_context(|| format!("{} is not packed by zstd", file.display()))?));
    }
    Ok(Box::new(opened))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn refusal(text: &str) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("responses.csv");
        fs::write(&file, text).expect("written");
        read(&file).err().map(|error| format!("{error:#}")).unwrap_or_default()
    }

    #[test]
    fn what_is_no_response_is_told_by_line_and_column() {
        let head = "student,item,skills,correct,timestamp\n";
        assert!(refusal("student,item,correct\n").contains("no column skills"));
        assert!(refusal(head).contains("holds no responses"));
        assert!(
            refusal(&format!("{head}1,2,3,1,5\n1,2,3,yes,5\n")).contains("line 3, is no response: correct has to be")
        );
        assert!(refusal(&format!("{head}1,2,a;4,1,5\n")).contains("line 2, is no response: skills have to be"));
        assert!(refusal(&format!("{head}one,2,3,1,5\n")).contains("student has to be a whole number, not «one»"));
        assert!(refusal(&format!("{head}1,2,3,1,now\n")).contains("timestamp has to be seconds"));
        assert_eq!(refusal(&format!("{head}1,2,3;4,1,5\n")), "");
    }
}
