//! Somebody who practises: opens items, writes lines and takes hints by the same acts as everyone, with a clock of
//! their own that they move themselves. Whether a line comes out right is for a simulated student to say.

use adaptive::{
    SkillIndex,
    simulate::{Answered, SimulatedStudent},
};
use rand::RngExt;
use stepcheck::Statement;
use tokio::task::JoinSet;
use vault::{CalculationId, IdempotencyKey, Me, Millis};

use super::{
    people::Student,
    roster::{ALVA, GROUPS},
    slips::{broken_off, in_a_hurry, wrong_lines},
};
use crate::{
    app::App,
    chance::Chance,
    clock::Clock,
    exercises::Item,
    practice::{self, PracticeError},
};

/// Lines that break off before their end.
const BROKEN_OFF: f64 = 0.03;
/// A hint is opened after the second wrong line so often.
const HINT: f64 = 0.5;
/// A simulated student who is good at what year 8 practises.
const ALVAS_TRUTH: u64 = 49;

/// A student with a house of their own to act in.
pub(super) struct Hand {
    pub app: App,
    pub me: Me,
    pub student: Student,
    truth: SimulatedStudent,
    /// Types without spaces.
    hurried: bool,
    /// How often a line of the worked solution is left out.
    leaps: f64,
}

/// What a calculation looks like from above.
struct Paper {
    id: CalculationId,
    item: Item,
    standing: Vec<Statement>,
}

impl Hand {
    /// The student at the moment `at`. `seed` decides what they draw; what they can is theirs for good.
    pub async fn of(house: &App, student: &Student, at: Millis, seed: u64) -> anyhow::Result<Self> {
        let chance = Chance::seeded(seed.wrapping_mul(1_000_003).wrapping_add(student.number));
        let year = GROUPS.get(student.group).and_then(|group| u8::try_from(group.year).ok()).unwrap_or(8);
        let truth = if student.name == ALVA { ALVAS_TRUTH } else { 100 + student.number };
        Ok(Self {
            app: house.aside(Clock::still(at), chance).await?,
            me: student.me,
            student: *student,
            truth: SimulatedStudent::new(truth, year),
            hurried: student.number % 3 == 1,
            leaps: if student.number % 4 == 2 { 0.5 } else { 0.1 },
        })
    }

    pub fn now(&self) -> Millis {
        self.app.clock.now()
    }

    /// Waits until `at`; time does not go back.
    pub fn wait_until(&self, at: Millis) {
        self.app.clock.pass(at.since(self.now()));
    }

    /// Waits for about so many seconds.
    pub fn wait(&self, seconds: f64) {
        let about = seconds * self.between(0.6, 1.4);
        self.app.clock.pass((about * 1000.0).max(1000.0) as i64);
    }

    pub fn between(&self, low: f64, high: f64) -> f64 {
        self.app.chance.draw(|rng| rng.random_range(low..high))
    }

    pub fn happens(&self, probability: f64) -> bool {
        self.between(0.0, 1.0) < probability
    }

    /// Works at a calculation until it is finished or given up. Says whether it is finished.
    pub async fn solve(&mut self, id: CalculationId) -> Result<bool, PracticeError> {
        let now = adaptive::Millis(self.now().0);
        let shown = practice::show(&self.app, &self.me, id).await?;
        let of = &shown.desk.calculation;
        let skill = self.app.bank.exercise(&of.exercise.as_str().into()).map_or(0, |exercise| exercise.skill);
        let answered = self.truth.answers(SkillIndex(skill), of.difficulty, now);
        let mut paper = Paper { id, item: shown.desk.item.as_ref().clone(), standing: shown.desk.standing };
        self.write_down(&mut paper, &answered).await
    }

    /// Writes the worked solution from where the paper ends, with as many wrong lines as were answered.
    async fn write_down(&self, paper: &mut Paper, answered: &Answered) -> Result<bool, PracticeError> {
        let last = paper.item.worked.len().saturating_sub(1);
        let begin = paper.standing.len().min(last);
        let stumbles_at = (answered.attempts_before_right > 0).then(|| self.one_of(begin, last));
        let lines = last + 1 - begin + usize::from(answered.attempts_before_right);
        let pace = answered.seconds / lines as f64;
        for at in begin..=last {
            let Some(meant) = paper.item.worked.get(at).cloned() else { break };
            if stumbles_at == Some(at) {
                self.stumble(paper, &meant, answered.attempts_before_right, pace).await?;
                if answered.gave_up {
                    return Ok(false);
                }
            } else if at < last && self.happens(self.leaps) {
                continue;
            }
            if let Some(half) =
                self.happens(BROKEN_OFF).then(|| broken_off(&paper.item, &paper.standing, &meant)).flatten()
            {
                self.wait(pace / 2.0);
                self.write(paper, &half).await?;
            }
            self.wait(pace);
            let line = self.typed(paper, &meant);
            if self.write(paper, &line).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Writes so many wrong lines where `meant` should stand, and takes a hint if they are many.
    async fn stumble(&self, paper: &mut Paper, meant: &str, times: u16, pace: f64) -> Result<(), PracticeError> {
        let mut slips = wrong_lines(&paper.item, &paper.standing, meant);
        for time in 0..times {
            if slips.is_empty() {
                break;
            }
            let slip = slips.remove(self.one_of(0, slips.len().min(3) - 1));
            let line = self.typed(paper, &slip);
            self.wait(pace);
            self.write(paper, &line).await?;
            if time == 1 && self.happens(HINT) {
                practice::open_hint(&self.app, &self.me, paper.id, 1).await?;
            }
        }
        Ok(())
    }

    /// Writes a line and says whether it reaches the goal.
    async fn write(&self, paper: &mut Paper, line: &str) -> Result<bool, PracticeError> {
        let key = self.app.chance.draw(IdempotencyKey::random);
        let submitted = practice::submit_line(&self.app, &self.me, paper.id, key, line).await?;
        paper.standing.clone_from(&submitted.desk.standing);
        Ok(submitted.desk.calculation.finished_at.is_some())
    }

    fn typed(&self, paper: &Paper, line: &str) -> String {
        if self.hurried { in_a_hurry(&paper.item, &paper.standing, line) } else { line.to_owned() }
    }

    /// A whole number from `low` to `high`, both included.
    fn one_of(&self, low: usize, high: usize) -> usize {
        self.app.chance.draw(|rng| rng.random_range(low..=high.max(low)))
    }

    /// Writes the next right lines of the worked solution, at most `count` and never the last one, `pace` seconds
    /// each.
    pub async fn begin(&self, id: CalculationId, count: usize, pace: f64) -> Result<(), PracticeError> {
        let mut paper = self.paper(id).await?;
        let (begin, last) = (paper.standing.len(), paper.item.worked.len().saturating_sub(1));
        for at in begin..last.min(begin.saturating_add(count)) {
            let Some(meant) = paper.item.worked.get(at).cloned() else { break };
            self.wait(pace);
            let line = self.typed(&paper, &meant);
            self.write(&mut paper, &line).await?;
        }
        Ok(())
    }

    /// Writes the rest of the worked solution.
    pub async fn finish(&self, id: CalculationId, pace: f64) -> Result<(), PracticeError> {
        self.begin(id, usize::MAX, pace).await?;
        let mut paper = self.paper(id).await?;
        self.wait(pace);
        if let Some(last) = paper.item.worked.last().cloned() {
            self.write(&mut paper, &last).await?;
        }
        Ok(())
    }

    /// Writes `times` wrong lines in a row where the next step should stand.
    pub async fn get_stuck(&self, id: CalculationId, times: u16, pace: f64) -> Result<(), PracticeError> {
        let mut paper = self.paper(id).await?;
        let next = paper.item.worked.get(paper.standing.len()).or(paper.item.worked.last()).cloned();
        self.stumble(&mut paper, &next.unwrap_or_default(), times, pace).await
    }

    async fn paper(&self, id: CalculationId) -> Result<Paper, PracticeError> {
        let desk = practice::show(&self.app, &self.me, id).await?.desk;
        Ok(Paper { id, item: desk.item.as_ref().clone(), standing: desk.standing })
    }
}

/// Waits until all have done what they had to do, and lets the house hear of it: always in the same order, since sums
/// of numbers with fractions depend on it in their last digits.
pub(super) async fn hand_in(house: &App, mut doing: JoinSet<anyhow::Result<Hand>>) -> anyhow::Result<()> {
    let mut hands = Vec::new();
    while let Some(done) = doing.join_next().await {
        hands.push(done??);
    }
    hands.sort_by_key(|hand| hand.student.number);
    for hand in hands {
        hand.app.difficulties.merge(&house.bank, &house.vault).await?;
    }
    Ok(house.difficulties.merge(&house.bank, &house.vault).await?)
}
