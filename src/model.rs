//! Between the rows of the vault and the student model: names of skills and exercises on one side, numbers on the other.

use adaptive::{
    CatalogueError, CycleError, Evidence, ItemId, Met, Response, SkillIndex, SkillSet, SkillState, Skills, Start,
    Student,
};
use serde::{Deserialize, Serialize};
use vault::{
    Fault, Millis, StudentSight, Tx,
    rows::students::{self, General, ItemRow, SeenResponse, SkillRow},
};

use crate::exercises::Bank;

/// Why the bank's skills and exercises cannot be chosen from.
#[derive(Debug, thiserror::Error)]
pub enum UnusableBank {
    #[error(transparent)]
    Skills(#[from] CycleError),
    #[error(transparent)]
    Stage(#[from] adaptive::StageError),
    #[error(transparent)]
    Exercises(#[from] CatalogueError),
}

/// The bank's skills as the choice sees them: those that have no exercises keep their places and are looked through.
///
/// # Errors
/// An unknown stage, skills that need one another.
pub fn skills(bank: &Bank) -> Result<Skills, UnusableBank> {
    Ok(graph(bank)?.through(|skill| bank.has_exercises(skill.0)))
}

/// The bank's skills as they are written, with or without exercises.
///
/// # Errors
/// An unknown stage, skills that need one another.
pub fn graph(bank: &Bank) -> Result<Skills, UnusableBank> {
    let skills = bank
        .skills()
        .iter()
        .map(|skill| {
            let prerequisites = skill.prerequisites.iter().copied().map(SkillIndex).collect();
            Ok(adaptive::Skill { prerequisites, stage: skill.stage.parse()? })
        })
        .collect::<Result<_, UnusableBank>>()?;
    Ok(Skills::new(skills)?)
}

/// The number by which the model knows an exercise, for ever: FNV-1a of its name, 64 bits (Fowler, Noll and Vo 1991).
#[must_use]
pub fn item_id(exercise: &str) -> ItemId {
    let hash = exercise
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    ItemId(hash)
}

/// Names of skills on one side, places on the other. Skills that are no longer in the bank come after its own, so that
/// a replay takes in what was practised of them.
struct Names<'a> {
    bank: &'a Bank,
    gone: Vec<String>,
}

impl Names<'_> {
    fn index(&mut self, name: &str) -> Option<SkillIndex> {
        if let Some(index) = self.bank.skill_index(name) {
            return Some(SkillIndex(index));
        }
        let at = self.gone.iter().position(|gone| gone == name).unwrap_or_else(|| {
            self.gone.push(name.to_owned());
            self.gone.len() - 1
        });
        u16::try_from(self.bank.skills().len() + at).ok().map(SkillIndex)
    }

    fn name(&self, skill: SkillIndex) -> Option<&str> {
        let place = usize::from(skill.0);
        match place.checked_sub(self.bank.skills().len()) {
            None => self.bank.skill(skill.0).map(|skill| skill.id.as_str()),
            Some(at) => self.gone.get(at).map(String::as_str),
        }
    }
}

/// A student as the rows tell.
pub struct Known {
    pub general: General,
    pub student: Student,
    /// Made anew from the responses, since what is stored cannot be used: what is written next has to be all of it.
    pub is_anew: bool,
}

/// Reads the student in sight. One whose stored state cannot be used is made anew from all responses.
///
/// # Errors
/// No such student; the vault does not answer.
pub fn read(tx: &mut Tx, bank: &Bank, sight: &StudentSight) -> Result<Known, vault::Refusal> {
    let general = students::general(tx, sight)?;
    let year = students::school_year(tx, sight)?;
    if general.responses == 0 && general.state.is_empty() && general.version == 0 {
        return Ok(Known { student: Student::new(start(&general, year)), general, is_anew: false });
    }
    let (skills, items) = (students::skills(tx, sight)?, students::items(tx, sight)?);
    if let Some(student) = from_rows(bank, &general, &skills, &items, year) {
        return Ok(Known { general, student, is_anew: false });
    }
    let seen = students::responses(tx, sight)?;
    Ok(Known { student: replayed(bank, &general, &seen, year), is_anew: !seen.is_empty(), general })
}

/// The student in sight as they are known in memory, if that still holds; otherwise read.
///
/// # Errors
/// As [`read`].
pub fn read_unless_known(
    tx: &mut Tx,
    bank: &Bank,
    sight: &StudentSight,
    known: Option<(&General, &Student)>,
) -> Result<Known, vault::Refusal> {
    match known {
        Some((general, student)) if students::version(tx, sight)? == general.version => {
            let mut student = student.clone();
            // Practice has no part in it, so that the version does not tell of it.
            student.start.year = students::school_year(tx, sight)?;
            Ok(Known { general: general.clone(), student, is_anew: false })
        }
        _ => read(tx, bank, sight),
    }
}

/// The student that the rows of a state make; nothing if they cannot be used.
#[must_use]
pub fn from_rows(
    bank: &Bank,
    general: &General,
    skills: &[SkillRow],
    items: &[ItemRow],
    year: Option<u8>,
) -> Option<Student> {
    let mut names = Names { bank, gone: Vec::new() };
    let stored: GeneralState = serde_json::from_str(&general.state).ok()?;
    let mut student = Student::new(start(general, year));
    student.general = stored.now.general(&mut names)?;
    student.general_before_slip = match stored.before_slip {
        Some(held) => Some(held.general(&mut names)?),
        None => None,
    };
    for row in skills {
        let state: SkillState = serde_json::from_str(&row.state).ok()?;
        student.skills.insert(names.index(&row.skill)?, state);
    }
    student.items = items.iter().map(met).collect::<Vec<_>>().into();
    Some(student)
}

/// The student that these responses make, oldest first.
#[must_use]
pub fn replayed(bank: &Bank, general: &General, seen: &[SeenResponse], year: Option<u8>) -> Student {
    let mut names = Names { bank, gone: Vec::new() };
    let responses: Vec<Response> = seen.iter().filter_map(|seen| response(&mut names, seen)).collect();
    Student::replay(start(general, year), &responses)
}

fn start(general: &General, year: Option<u8>) -> Start {
    Start { ability: general.start.unwrap_or(0.0), year }
}

fn response(names: &mut Names<'_>, seen: &SeenResponse) -> Option<Response> {
    let skills = [Some(&seen.skill), seen.also.as_ref()].into_iter().flatten();
    let skills: Vec<SkillIndex> = skills.filter_map(|name| names.index(name)).collect();
    Some(Response {
        item: item_id(&seen.exercise),
        skills: SkillSet::of(&skills)?,
        evidence: if seen.is_line { Evidence::Line } else { Evidence::Answer },
        attempt: seen.attempt.unsigned_abs(),
        difficulty: seen.difficulty,
        correct: seen.correct,
        at: adaptive::Millis(seen.at.0),
    })
}

fn met(row: &ItemRow) -> Met {
    Met {
        item: item_id(&row.exercise),
        attempts: row.attempts.unsigned_abs(),
        wins: row.wins.unsigned_abs(),
        correct: row.correct,
        count: row.place.unsigned_abs(),
        last: adaptive::Millis(row.last_at.0),
    }
}

/// The general part as it is stored.
#[derive(Serialize, Deserialize)]
struct GeneralState {
    now: Part,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before_slip: Option<Part>,
}

/// Skills by name: their places change when the bank grows.
#[derive(Serialize, Deserialize)]
struct Part {
    #[serde(flatten)]
    general: adaptive::General,
    skill: String,
}

impl Part {
    fn of(general: &adaptive::General, names: &Names<'_>) -> Self {
        let skill = names.name(general.last_skill).unwrap_or_default().to_owned();
        Self { general: adaptive::General { last_skill: SkillIndex(0), ..*general }, skill }
    }

    fn general(self, names: &mut Names<'_>) -> Option<adaptive::General> {
        let last_skill = if self.skill.is_empty() { SkillIndex(0) } else { names.index(&self.skill)? };
        Some(adaptive::General { last_skill, ..self.general })
    }
}

/// The general part as a row, of the version that was seen.
#[must_use]
pub fn general(bank: &Bank, seen: &General, student: &Student) -> General {
    general_named(&Names { bank, gone: Vec::new() }, seen, student)
}

fn general_named(names: &Names<'_>, seen: &General, student: &Student) -> General {
    let state = GeneralState {
        now: Part::of(&student.general, names),
        before_slip: student.general_before_slip.as_ref().map(|held| Part::of(held, names)),
    };
    General {
        version: seen.version,
        ability: student.general.ability,
        responses: whole(student.general.responses),
        last_at: Millis(student.general.last.0),
        start: Some(student.start.ability),
        state: serde_json::to_string(&state).unwrap_or_default(),
    }
}

/// One skill of the bank as a row.
#[must_use]
pub fn skill_row(bank: &Bank, student: &Student, skill: SkillIndex) -> Option<SkillRow> {
    let state = student.skills.get(&skill)?;
    Some(row_of(bank.skill(skill.0)?.id.as_str(), state))
}

fn row_of(name: &str, state: &SkillState) -> SkillRow {
    SkillRow {
        skill: name.to_owned(),
        responses: whole(state.trace.responses),
        last_at: Millis(state.trace.last.0),
        state: serde_json::to_string(state).unwrap_or_default(),
    }
}

/// What a student did with an exercise, as a row; nothing if it is not remembered.
#[must_use]
pub fn item_row(student: &Student, exercise: &str) -> Option<ItemRow> {
    let met = student.items.get(item_id(exercise))?;
    Some(ItemRow {
        exercise: exercise.to_owned(),
        attempts: i16::try_from(met.attempts).unwrap_or(i16::MAX),
        wins: i16::try_from(met.wins).unwrap_or(i16::MAX),
        correct: met.correct,
        place: whole(met.count),
        last_at: Millis(met.last.0),
    })
}

/// The place below which exercises are remembered no more; nothing while all still are.
#[must_use]
pub fn forgotten_below(student: &Student) -> Option<i32> {
    let is_full = student.items.len() >= adaptive::REMEMBERED_ITEMS;
    student.items.iter().map(|met| whole(met.count)).min().filter(|_| is_full)
}

/// All rows of a model.
pub struct Rows {
    pub general: General,
    /// By name.
    pub skills: Vec<SkillRow>,
    /// Those met longest ago first.
    pub items: Vec<ItemRow>,
}

impl Rows {
    /// Whether both hold the same model, to the last bit.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        self.general == other.general && self.skills == other.skills && self.items == other.items
    }
}

/// All rows of the model that these responses make, to be put in place of what is stored.
#[must_use]
pub fn rows(bank: &Bank, seen: &General, responses: &[SeenResponse], year: Option<u8>) -> Rows {
    let mut names = Names { bank, gone: Vec::new() };
    let taken: Vec<Response> = responses.iter().filter_map(|seen| response(&mut names, seen)).collect();
    let student = Student::replay(start(seen, year), &taken);
    all_rows(&names, seen, &student, responses.iter().map(|seen| seen.exercise.as_str()))
}

fn all_rows<'a>(
    names: &Names<'_>,
    seen: &General,
    student: &Student,
    exercises: impl Iterator<Item = &'a str>,
) -> Rows {
    let skills = student.skills.iter().filter_map(|(skill, state)| Some(row_of(names.name(*skill)?, state)));
    let mut items: Vec<ItemRow> = exercises.filter_map(|exercise| item_row(student, exercise)).collect();
    items.sort_by(|a, b| (a.place, &a.exercise).cmp(&(b.place, &b.exercise)));
    items.dedup();
    let mut skills: Vec<SkillRow> = skills.collect();
    skills.sort_by(|a, b| a.skill.cmp(&b.skill));
    Rows { general: general_named(names, seen, student), skills, items }
}

/// What a practised student begins from who has not answered anything yet: the mean of the groups.
///
/// # Errors
/// The vault does not answer.
pub fn begun(tx: &mut Tx, own: &vault::OwnSight, known: &mut Known, now: Millis) -> Result<(), Fault> {
    if known.general.start.is_none() {
        let mean = if known.general.responses == 0 { students::mean_of_groups(tx, own, now)? } else { None };
        known.general.start = Some(mean.unwrap_or(0.0));
        if known.general.responses == 0 {
            known.student = Student::new(start(&known.general, known.student.start.year));
        }
    }
    Ok(())
}

fn whole(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
