//! A small school for tests of the choice: a graph, a bank, students with a seeded past.

use adaptive::{
    Candidate, Catalogue, Difficulty, Evidence, ItemId, Millis, Request, Response, Skill, SkillIndex, Skills, Stage,
    Start, Student, Weights,
};

pub const START: Millis = Millis(1_700_000_000_000);

pub fn skill(stage: Stage, prerequisites: &[u16]) -> Skill {
    Skill { prerequisites: prerequisites.iter().copied().map(SkillIndex).collect(), stage }
}

pub fn item(exercise: u32, skill: u16, difficulty: f64, years: (u8, u8)) -> Candidate {
    Candidate {
        exercise,
        item: ItemId(u64::from(exercise) + 1000),
        skills: SkillIndex(skill).into(),
        difficulty: Difficulty::guessed(difficulty),
        years,
    }
}

/// Nine items a skill, from −2 to 2, for the years of the skill's stage; exercise 9·skill + 0 is the easiest.
pub fn catalogue(skills: Vec<Skill>) -> Catalogue {
    let items = |(place, skill): (usize, &Skill)| {
        let years = skill.stage.years();
        (0..9u32).map(move |n| item(place as u32 * 9 + n, place as u16, -2.0 + 0.5 * f64::from(n), years))
    };
    let candidates = skills.iter().enumerate().flat_map(items).collect();
    let skills = Skills::new(skills).expect("no cycle");
    Catalogue::new(skills, candidates, Weights::shipped()).expect("every skill exists")
}

/// 0 in years 4-6; 1 and 3 build on it in years 7-9, and 2 on 1.
pub fn small() -> Catalogue {
    catalogue(vec![
        skill(Stage::Years4To6, &[]),
        skill(Stage::Years7To9, &[0]),
        skill(Stage::Years7To9, &[1]),
        skill(Stage::Years7To9, &[0]),
    ])
}

/// Four strands of six skills, each resting on the one before it; two of a strand belong to years 4-6.
pub fn strands() -> Vec<Skill> {
    let strand = |place: u16| {
        let stage = if place < 8 { Stage::Years4To6 } else { Stage::Years7To9 };
        skill(stage, place.checked_sub(4).as_slice())
    };
    (0..24).map(strand).collect()
}

pub fn newcomer(year: Option<u8>) -> Student {
    Student::new(Start { ability: 0.0, year })
}

pub fn practise(student: &mut Student, skill: u16, correct: bool, times: u32, at: Millis) {
    for time in 0..times {
        student.update(&Response {
            item: ItemId(u64::from(skill) * 100 + u64::from(time)),
            skills: SkillIndex(skill).into(),
            evidence: Evidence::Answer,
            attempt: 1,
            difficulty: 0.0,
            correct,
            at,
        });
    }
}

pub fn request<'a>(student: &'a Student, catalogue: &'a Catalogue, now: Millis, seed: u64) -> Request<'a> {
    Request::new(student, Weights::shipped(), catalogue, now, seed)
}

/// Numbers from a seed, for tests alone (SplitMix64).
pub struct Seeded(pub u64);

impl Seeded {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }

    /// A student of the strands with up to a term behind them, and the moment after it.
    pub fn student(&mut self) -> (Student, Millis) {
        let year = [None, Some(5), Some(7), Some(8)][self.below(4) as usize];
        let mut student = newcomer(year);
        let mut now = START;
        let luck = 40 + self.below(60);
        for _ in 0..self.below(40) {
            let skill = self.below(16) as u16;
            for _ in 0..=self.below(6) {
                let correct = self.below(100) < luck;
                now = now.plus_days(0.002);
                practise(&mut student, skill, correct, 1, now);
            }
            if self.below(3) == 0 {
                now = now.plus_days(self.below(20) as f64);
            }
        }
        (student, now.plus_days(self.below(30) as f64))
    }
}
