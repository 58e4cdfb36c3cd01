//! What the server is put through, one after the other on the same data.

use std::{rc::Rc, time::Duration};

use proofs::{
    client::{Answer, Ask},
    world::World,
};
use stegvis::chance::Chance;

use crate::{
    actors::{Arriving, Solutions, Student, Teacher},
    arrivals::{Actor, Pace, Seat, run},
    figures::{Figures, Kind, longest, milliseconds},
    report::{self, Goal},
    stand::Stand,
};

/// Turns of a student for each line that they hand in: the others open what comes next.
const TURNS_A_LINE: f64 = 1.56;
/// How long students come in before a lesson.
const COMING_IN: Duration = Duration::from_secs(10);
/// Pages that teachers look at in a second, together.
const PAGES_A_SECOND: f64 = 5.0;
/// Students, most of the time.
const LESSON_MS: f64 = 25.0;
const REFUSED_MS: f64 = 50.0;
const ACCEPTED_MS: f64 = 300.0;
const NORMAL_AGAIN_S: f64 = 10.0;
/// In the search for what the server can do, each step asks for so much more.
const STEP: f64 = 1.25;
const STEP_LASTS: Duration = Duration::from_secs(4);
/// Above this a step is more than the server can do, even if it refuses nobody.
const STEP_MS: f64 = 500.0;

/// What a scenario needs, and what it leaves.
pub struct Run<'a> {
    pub stand: &'a Stand,
    pub world: &'a World,
    pub students: Vec<Seat<Student>>,
    pub teachers: Vec<Seat<Teacher>>,
    pub goals: Vec<Goal>,
    pub failed: u64,
    /// Lines that the server said are stored.
    pub acknowledged: u64,
}

impl<'a> Run<'a> {
    /// # Errors
    /// When the world has no students, or the bank cannot be used.
    pub fn new(stand: &'a Stand, world: &'a World, solutions: &Rc<Solutions>, seed: u64) -> anyhow::Result<Self> {
        let chance = Rc::new(Chance::seeded(seed));
        let students =
            world.students.iter().map(|student| Seat::of(Student::of(&student.person, solutions, &chance))).collect();
        let teachers = Teacher::all(world)?.into_iter().map(Seat::of).collect();
        Ok(Self { stand, world, students, teachers, goals: Vec::new(), failed: 0, acknowledged: 0 })
    }

    /// `count` students sign in by password, evenly over `lasting`.
    ///
    /// # Errors
    /// When the server ends.
    pub async fn class_start(&mut self, count: usize, lasting: Duration) -> anyhow::Result<()> {
        println!("\n### Class start: {count} sign-ins by password in {} s\n\n{}", lasting.as_secs(), report::HEAD);
        let mut seats: Vec<_> =
            self.world.students.iter().take(count).map(|student| Seat::of(Arriving::of(&student.person))).collect();
        let watch = self.stand.watch()?;
        let rate = seats.len() as f64 / lasting.as_secs_f64();
        let figures = run(self.stand.server.address, &mut seats, Pace { rate, lasting }).await?;
        report::print(&figures, lasting);
        watch.end(self.stand, &figures)?.print();
        let (come_in, all) = (figures.asked.get("3 their page").map_or(0, |asked| asked.done.len()), seats.len());
        self.goals.push(Goal {
            what: "class start: nobody fails",
            seen: format!("{come_in} of {all} came in"),
            is_reached: come_in == u64::try_from(all)? && figures.failed == 0,
        });
        self.take_down(&figures);
        Ok(())
    }

    /// `rate` lines a second, while teachers look on. Before that everybody comes in and opens their first item, as many
    /// at once as later hand in lines; what that is like is told and not counted. Gives the students' figures.
    ///
    /// # Errors
    /// When the server ends.
    pub async fn lesson(&mut self, rate: f64, lasting: Duration, is_promised: bool) -> anyhow::Result<Figures> {
        let count = self.students.len();
        println!("\n### Lesson: {rate} lines/s for {} s from {count} students\n\n{}", lasting.as_secs(), report::HEAD);
        let to = self.stand.server.address;
        let pace = Pace { rate: rate * TURNS_A_LINE, lasting };
        let before = Pace { lasting: COMING_IN.min(lasting), ..pace };
        let coming_in = run(to, &mut self.students, before).await?;
        report::print_during("coming in: ", &coming_in, before.lasting);
        self.take_down(&coming_in);
        let watch = self.stand.watch()?;
        let (students, teachers) = tokio::join!(
            run(to, &mut self.students, pace),
            run(to, &mut self.teachers, Pace { rate: PAGES_A_SECOND, lasting })
        );
        let (students, teachers) = (students?, teachers?);
        let theirs = students.all();
        let all = Figures::default().with(&students).with(&teachers);
        report::print(&all, lasting);
        watch.end(self.stand, &all)?.print();
        if is_promised {
            let p99 = milliseconds(&theirs.done, 0.99);
            self.goals.push(Goal::at_most("lesson: students' p99 ≤ 25 ms", p99, LESSON_MS, "ms"));
            let refused = theirs.refused.len() + teachers.all().refused.len();
            let seen = format!("{refused} refused, {} failed", all.failed);
            let is_reached = refused == 0 && all.failed == 0;
            self.goals.push(Goal { what: "lesson: nobody is refused, nothing fails", seen, is_reached });
        }
        self.take_down(&all);
        Ok(students)
    }

    /// Finds out what the server can do, asks for `times` as much for a while, and looks how soon all is as before.
    ///
    /// # Errors
    /// When the server ends.
    pub async fn overload(&mut self, from: f64, times: f64, lasting: Duration) -> anyhow::Result<()> {
        let capacity = self.capacity(from).await?;
        let rate = capacity * times;
        println!(
            "\n### Overload: {times} × what it can, {rate:.0} requests/s for {} s\n\n{}",
            lasting.as_secs(),
            report::HEAD
        );
        let to = self.stand.server.address;
        let watch = self.stand.watch()?;
        let mut supervisor = vec![Seat::of(Supervisor)];
        let (crowd, supervisor) = tokio::join!(
            run(to, &mut self.students, Pace { rate, lasting }),
            run(to, &mut supervisor, Pace { rate: 10.0, lasting })
        );
        let (crowd, supervisor) = (crowd?, supervisor?);
        let all = Figures::default().with(&crowd).with(&supervisor);
        report::print(&all, lasting);
        watch.end(self.stand, &all)?.print();
        let normal_after = self.normal_again(capacity / 2.0).await?;
        let theirs = crowd.all();
        let share = theirs.done.len() as f64 / lasting.as_secs_f64() / capacity;
        println!("of what it can, {share:.2} was still done meanwhile");
        self.goals.extend([
            Goal::at_most("overload: refusals' p99 ≤ 50 ms", milliseconds(&theirs.refused, 0.99), REFUSED_MS, "ms"),
            Goal::at_most("overload: what is done, p99 ≤ 300 ms", milliseconds(&theirs.done, 0.99), ACCEPTED_MS, "ms"),
            Goal {
                what: "overload: every refusal says when to come back, nothing is lost",
                seen: format!("{} do not, {} lost", theirs.without_retry_after, theirs.lost),
                is_reached: theirs.without_retry_after + theirs.lost == 0,
            },
            Goal::at_most("overload: as before within 10 s", normal_after, NORMAL_AGAIN_S, "s"),
        ]);
        println!("\nhealth meanwhile: longest {:.1} ms", longest(&supervisor.all().done));
        self.take_down(&all);
        Ok(())
    }

    /// Requests that are done in a second when ever more are asked for, in steps from `from` on.
    async fn capacity(&mut self, from: f64) -> anyhow::Result<f64> {
        println!("\n### What it can: steps of {} s\n", STEP_LASTS.as_secs());
        println!("| asked a second | done a second | refused | p99 ms |\n|---|---|---|---|");
        let (mut rate, mut most) = (from, 1.0_f64);
        loop {
            let pace = Pace { rate, lasting: STEP_LASTS };
            let figures = run(self.stand.server.address, &mut self.students, pace).await?;
            let all = figures.all();
            let done = all.done.len() as f64 / STEP_LASTS.as_secs_f64();
            let (refused, p99) = (all.refused.len(), milliseconds(&all.done, 0.99));
            println!("| {rate:.0} | {done:.0} | {refused} | {p99:.1} |");
            self.take_down(&figures);
            most = most.max(done);
            if refused as f64 > 0.01 * all.done.len() as f64 || p99 > STEP_MS || all.lost > 0 {
                return Ok(most);
            }
            rate *= STEP;
        }
    }

    /// Seconds until one passes in which nobody is refused and the p99 is that of a lesson.
    async fn normal_again(&mut self, rate: f64) -> anyhow::Result<f64> {
        for second in 1..=30 {
            let pace = Pace { rate, lasting: Duration::from_secs(1) };
            let figures = run(self.stand.server.address, &mut self.students, pace).await?;
            let all = figures.all();
            self.take_down(&figures);
            if all.refused.is_empty() && milliseconds(&all.done, 0.99) <= LESSON_MS {
                return Ok(f64::from(second));
            }
        }
        Ok(f64::INFINITY)
    }

    fn take_down(&mut self, figures: &Figures) {
        self.failed += figures.failed;
        let lines = figures.asked.get("line").and_then(|asked| asked.statuses.get(&201)).copied();
        self.acknowledged += lines.unwrap_or_default();
    }
}

/// Asks whether the server is well.
struct Supervisor;

impl Actor for Supervisor {
    fn next(&mut self) -> (Kind, Ask) {
        ("health", Ask::get("/health"))
    }

    fn hear(&mut self, answer: Option<&Answer>) -> Result<bool, String> {
        match answer {
            Some(answer) if !answer.status.is_success() => Err(answer.told()),
            _ => Ok(false),
        }
    }
}
