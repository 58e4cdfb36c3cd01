//! All exercises with their skills: read once, then only looked at.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use rust_embed::RustEmbed;
use stepcheck::{Misconception, Policy, StepKind};

use super::exercise::Exercise;
use super::fault::{BankError, Fault, Faults};
use super::file::{self, SkillFile, SkillTable};
use super::ids::{ExerciseId, SkillId, is_kebab_case};
use super::material::{self, Material, Materials, Shelves};
use super::order;
use super::source::Source;
use super::words::Words;

/// The files that are part of the program.
#[derive(RustEmbed)]
#[folder = "exercises/"]
struct Shipped;

/// A file that has the right shape.
struct Read<'t> {
    path: &'t str,
    text: &'t str,
    file: SkillFile,
}

/// A skill of the bank.
#[derive(Clone, Debug)]
pub struct Skill {
    /// Its name for ever.
    pub id: SkillId,
    /// Its name for people.
    pub name: Words,
    /// The stage it belongs to: `1-3`, `4-6`, `7-9`, `Ma1`, `Ma2`.
    pub stage: String,
    /// First and last school year it is practised in, 1 to 12; upper secondary school is counted on from 10.
    pub years: (u8, u8),
    /// The part of mathematics, which is also the folder of the file.
    pub strand: String,
    /// What it builds on, as indexes into [`Bank::skills`].
    pub prerequisites: Vec<u16>,
    /// The steps that are taken by it: a line that takes one tells about this skill.
    pub steps: Vec<StepKind>,
    /// The wrong rules of those who lack it.
    pub misconceptions: Vec<Misconception>,
}

/// The exercise bank: ids are unique, prerequisites known and without circles.
#[derive(Clone, Debug)]
pub struct Bank {
    skills: Vec<Skill>,
    exercises: Vec<Exercise>,
    by_id: HashMap<ExerciseId, u32>,
    shelves: Shelves,
    /// The place of each skill among all, as they are shown.
    order: Vec<u16>,
}

impl Bank {
    /// The bank that is part of the program. It is read once, the first time somebody asks for it.
    ///
    /// # Errors
    /// Every slip in the files, as [`Bank::read`].
    pub fn shipped() -> Result<Arc<Self>, BankError> {
        static READ: LazyLock<Result<Arc<Bank>, BankError>> = LazyLock::new(|| Bank::read_shipped().map(Arc::new));
        READ.clone()
    }

    fn read_shipped() -> Result<Self, BankError> {
        let texts: Vec<(String, String)> = Shipped::iter()
            .filter_map(|path| {
                let text = Shipped::get(&path)?.data;
                Some((path.into_owned(), String::from_utf8_lossy(&text).into_owned()))
            })
            .collect();
        Self::read(&texts)
    }

    /// Reads the TOML files given as (path inside the bank, text). Other files are passed over.
    ///
    /// Skills stand in the order of their ids, exercises in the order of skill and file; an
    /// index is good for as long as the program runs, an id for ever.
    ///
    /// # Errors
    /// Every slip that was found, with file, exercise, key and what to do. Files that are not
    /// of the right shape come first: what the others hold is looked at once all can be read.
    pub fn read(texts: &[(String, String)]) -> Result<Self, BankError> {
        let mut faults = Vec::new();
        let mut files: BTreeMap<String, Read<'_>> = BTreeMap::new();
        let toml = |path: &str| Path::new(path).extension().is_some_and(|e| e == "toml");
        for (path, text) in texts.iter().filter(|(path, _)| toml(path) && path != material::FILE) {
            match file::read(path, text) {
                Ok(file) => {
                    let id = file.skill.id.clone();
                    if let Some(Read { path: other, .. }) = files.insert(id, Read { path, text, file }) {
                        faults.push(fault(path, "skill.id", format!("is also in {other}")));
                    }
                }
                Err(fault) => faults.push(fault),
            }
        }
        // A file that cannot be read would make every skill that builds on it look spoiled too.
        if !faults.is_empty() {
            return Err(BankError { faults });
        }
        let mut bank = Self::assemble(&files, &mut faults);
        let materials = texts.iter().find(|(path, _)| path == material::FILE).map(|(_, text)| text.as_str());
        match material::read(materials, &bank) {
            Ok(shelves) => bank.shelves = shelves,
            Err(found) => faults.extend(found),
        }
        if faults.is_empty() {
            Ok(bank)
        } else {
            faults.sort_by(|a, b| a.file.cmp(&b.file));
            Err(BankError { faults })
        }
    }

    fn assemble(files: &BTreeMap<String, Read<'_>>, faults: &mut Vec<Fault>) -> Self {
        let index: HashMap<&str, u16> = files.keys().map(String::as_str).zip(0..).collect();
        let mut bank = Self {
            skills: Vec::new(),
            exercises: Vec::new(),
            by_id: HashMap::new(),
            shelves: Shelves::default(),
            order: Vec::new(),
        };
        for (skill, Read { path, text, file }) in (0..).zip(files.values()) {
            let mut found = Faults::new(path);
            bank.skills.push(read_skill(&file.skill, &index, path, &mut found));
            let policy = file.skill.policy.over(Policy::default(), "skill.policy", &mut found);
            for (table, source) in file.exercises.iter().zip(Source::all(path, text)) {
                found.enter(&table.id);
                bank.add(Exercise::read((table, source), skill, &policy, &mut found), &mut found);
            }
            faults.extend(found.into_found());
        }
        bank.order = order::of(&bank.skills);
        for skill in bank.in_circle() {
            let Read { path, file, .. } = &files[skill.as_str()];
            let what = format!("{} builds on itself through its prerequisites", file.skill.id);
            faults.push(fault(path, "skill.prerequisites", what));
        }
        bank
    }

    fn add(&mut self, exercise: Option<Exercise>, faults: &mut Faults<'_>) {
        let Some(exercise) = exercise else { return };
        match u32::try_from(self.exercises.len()) {
            Ok(index) if !self.by_id.contains_key(&exercise.id) => {
                self.by_id.insert(exercise.id.clone(), index);
                self.exercises.push(exercise);
            }
            _ => faults.note("id", "another exercise has it; ids are unique in the bank"),
        }
    }

    /// The skills that are, or build on, a circle: what is left when skills whose prerequisites
    /// are all taken away are taken away until nothing changes (Kahn 1962).
    fn in_circle(&self) -> Vec<SkillId> {
        let mut left: Vec<bool> = vec![true; self.skills.len()];
        loop {
            let next = self.skills.iter().zip(0_usize..).find(|(skill, at)| {
                let waits = |p: &u16| left.get(usize::from(*p)).copied().unwrap_or(false);
                left[*at] && !skill.prerequisites.iter().any(waits)
            });
            match next {
                Some((_, at)) => left[at] = false,
                None => break,
            }
        }
        let all = self.skills.iter().zip(left);
        all.filter(|(_, left)| *left).map(|(skill, _)| skill.id.clone()).collect()
    }

    /// All skills; a `u16` skill index points in here.
    pub fn skills(&self) -> &[Skill] {
        &self.skills
    }

    /// All exercises; a `u32` exercise index points in here.
    pub fn exercises(&self) -> &[Exercise] {
        &self.exercises
    }

    /// The exercise of this name.
    pub fn exercise(&self, id: &ExerciseId) -> Option<&Exercise> {
        self.at(self.index_of(id)?)
    }

    /// The index of the exercise of this name.
    pub fn index_of(&self, id: &ExerciseId) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The exercise of this index.
    pub fn at(&self, index: u32) -> Option<&Exercise> {
        self.exercises.get(usize::try_from(index).ok()?)
    }

    /// All materials; none if the bank has no file of them.
    pub fn materials(&self) -> &[Material] {
        &self.shelves.all
    }

    /// The set of the materials with these ids. `all` is every exercise; what the bank does not have is passed over.
    pub fn materials_named(&self, ids: &[String]) -> Materials {
        material::named(&self.shelves.all, ids)
    }

    /// Whether the exercise of this index is in one of the materials.
    pub fn is_in(&self, index: u32, materials: Materials) -> bool {
        let of = usize::try_from(index).ok().and_then(|at| self.shelves.of.get(at));
        materials == Materials::ALL || of.is_some_and(|of| of.meets(materials))
    }

    /// Whether the exercise of this name is in the bank and in one of the materials.
    pub fn has(&self, id: &ExerciseId, materials: Materials) -> bool {
        self.index_of(id).is_some_and(|index| self.is_in(index, materials))
    }

    /// Whether the skill of the exercise of this name is worked with in one of these school years, the first to the last.
    pub fn is_of_years(&self, id: &ExerciseId, (from, to): (i16, i16)) -> bool {
        let skill = self.exercise(id).and_then(|exercise| self.skill(exercise.skill));
        skill.is_some_and(|Skill { years: (first, last), .. }| i16::from(*first) <= to && from <= i16::from(*last))
    }

    /// The index of the skill of this name: skills stand in the order of their names.
    pub fn skill_index(&self, name: &str) -> Option<u16> {
        let place = self.skills.binary_search_by(|skill| skill.id.as_str().cmp(name)).ok()?;
        u16::try_from(place).ok()
    }

    /// The skill of this index.
    pub fn skill(&self, index: u16) -> Option<&Skill> {
        self.skills.get(usize::from(index))
    }

    /// The place of the skill among all as they are shown: by strand, then each after what it builds on.
    pub fn place(&self, skill: u16) -> u16 {
        self.order.get(usize::from(skill)).copied().unwrap_or(u16::MAX)
    }

    /// Whether the skill of this index has exercises: one without is a place in the graph that cannot be practised yet.
    pub fn has_exercises(&self, skill: u16) -> bool {
        self.exercises.binary_search_by_key(&skill, |exercise| exercise.skill).is_ok()
    }

    /// The skills that have exercises, by index.
    pub fn practised(&self) -> impl Iterator<Item = (u16, &Skill)> {
        (0..).zip(&self.skills).filter(|(skill, _)| self.has_exercises(*skill))
    }
}

fn fault(file: &str, key: &str, what: String) -> Fault {
    Fault { file: file.to_owned(), exercise: None, key: key.to_owned(), what }
}

fn read_skill(table: &SkillTable, index: &HashMap<&str, u16>, path: &str, faults: &mut Faults<'_>) -> Skill {
    if !is_kebab_case(&table.id) {
        faults.note("skill.id", "write it in kebab-case: a–z, 0–9 and single hyphens");
    }
    let place = format!("{}/{}.toml", table.strand, table.id);
    if path != place {
        faults.note("skill", format!("strand and id say the file is {place}; move it"));
    }
    let [first, last] = table.years;
    if !(1 <= first && first <= last && last <= 12) {
        faults.note("skill.years", "write the first and the last school year, 1 to 12");
    }
    if let Err(unknown) = table.stage.parse::<adaptive::Stage>() {
        faults.note("skill.stage", unknown.to_string());
    }
    for (language, name) in table.name.each() {
        if name.trim().is_empty() {
            faults.note(format!("skill.name.{language}"), "is empty; write the name");
        }
    }
    let mut prerequisites = Vec::new();
    for id in &table.prerequisites {
        match index.get(id.as_str()) {
            Some(known) => prerequisites.push(*known),
            None => {
                faults.note("skill.prerequisites", format!("{id} has no file in the bank; write one or leave it out"));
            }
        }
    }
    Skill {
        id: SkillId::from(table.id.as_str()),
        name: table.name.clone(),
        stage: table.stage.clone(),
        years: (first, last),
        strand: table.strand.clone(),
        prerequisites,
        steps: table.steps.clone(),
        misconceptions: table.misconceptions.clone(),
    }
}
