//! Choosing among 10,000 and 100,000 exercises of 300 skills, against weighing them all one by one.

#[path = "../tests/naive/mod.rs"]
mod naive;

use std::hint::black_box;

use adaptive::{
    Candidate, Catalogue, Difficulty, Evidence, ItemId, Millis, Outlook, Presumed, Purpose, Request, Response, Scratch,
    Skill, SkillIndex, Skills, Stage, Start, Student, Weights, Wishes, choose,
};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

const SKILLS: u32 = 300;
const NOW: Millis = Millis(1_700_000_000_000);

/// Each skill from the 30th on rests on two others.
fn skills() -> Skills {
    let skill = |place: u16| {
        let under = [30, 37].into_iter().filter_map(|back| place.checked_sub(back)).map(SkillIndex);
        Skill { prerequisites: under.collect(), stage: Stage::Years7To9 }
    };
    Skills::new((0..SKILLS as u16).map(skill).collect()).expect("no cycle")
}

/// A multiplicative spread over −2..2 stands in for chance; in the order of the catalogue, as the naive version needs.
fn bank(size: u32) -> Vec<Candidate> {
    let candidate = |exercise: u32| Candidate {
        exercise,
        item: ItemId(u64::from(exercise)),
        skills: SkillIndex((exercise % SKILLS) as u16).into(),
        difficulty: Difficulty::guessed(f64::from(exercise.wrapping_mul(2_654_435_761) % 4000) / 1000.0 - 2.0),
        years: (7, 9),
    };
    let mut bank: Vec<Candidate> = (0..size).map(candidate).collect();
    bank.sort_by(|a, b| a.skills.cmp(&b.skills).then(a.difficulty.value.total_cmp(&b.difficulty.value)));
    bank
}

/// A student who has practised so many skills, each eight times, one a day up to now, three times in four rightly.
fn student(practised: u32) -> Student {
    one_of_a_class(practised, 0)
}

/// One of many who each practised otherwise: other skills, other answers.
fn one_of_a_class(practised: u32, number: u32) -> Student {
    let mut student = Student::new(Start { ability: 0.0, year: Some(7) });
    for skill in (0..practised).rev() {
        let skill = (skill * (2 * number + 1) + number * 11) % SKILLS;
        for round in 0..8u32 {
            student.update(&Response {
                item: ItemId(u64::from(round * SKILLS + skill)),
                skills: SkillIndex(skill as u16).into(),
                evidence: Evidence::Answer,
                attempt: 1,
                difficulty: 0.0,
                correct: !(skill + round + number).is_multiple_of(4),
                at: NOW.plus_days(-f64::from(skill) * 0.25 - 0.01),
            });
        }
    }
    student
}

fn ours(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("choose");
    let (weights, recent) = (Weights::shipped(), (0..50).collect::<Vec<u32>>());
    for size in [10_000, 100_000] {
        let catalogue = Catalogue::new(skills(), bank(size), weights).expect("every skill exists");
        for practised in [300, 80] {
            let student = student(practised);
            for count in [1, 10] {
                let outlook = Outlook::of(&student, weights, catalogue.skills());
                let (mut scratch, mut chosen, mut seed) = (Scratch::default(), Vec::new(), 0);
                group.bench_function(BenchmarkId::new(format!("ours, {practised} skills, {count} of"), size), |b| {
                    b.iter(|| {
                        seed += 1;
                        // Half a minute later each time, so that nothing known of the last call is of use.
                        let now = Millis(NOW.0 + seed as i64 % 1_000 * 30_000);
                        let request = Request {
                            recent: &recent,
                            count,
                            ..Request::new(black_box(&student), weights, &catalogue, now, seed)
                        };
                        choose(&request, &outlook, &mut scratch, &mut chosen);
                        black_box(&chosen);
                    });
                });
            }
        }
    }
    group.finish();
}

fn naive(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("choose");
    group.sample_size(10);
    let (skills, weights, recent) = (skills(), Weights::shipped(), (0..50).collect::<Vec<u32>>());
    // Of 100,000 it takes twenty seconds a time.
    let size = 10_000;
    let bank = bank(size);
    for practised in [300, 80] {
        let student = student(practised);
        let wanted = naive::Wanted {
            student: &student,
            weights,
            skills: &skills,
            bank: &bank,
            presumed: &Presumed::by_year(&skills, Some(7)),
            wishes: Wishes::default(),
            recent: &recent,
            declined: &[],
            now: NOW,
            purpose: Purpose::Practice,
        };
        for count in [1, 10] {
            let id = BenchmarkId::new(format!("naive, {practised} skills, {count} of"), size);
            group.bench_function(id, |b| b.iter(|| naive::choose(black_box(&wanted), count)));
        }
    }
    group.finish();
}

/// The top ten for one student after another of sixty-four, as a server has them: nothing of the last one is of use, and
/// what is known of each comes from farther away than the nearest memory.
fn mixed(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("choose");
    let (weights, recent) = (Weights::shipped(), (0..50).collect::<Vec<u32>>());
    for size in [10_000, 100_000] {
        let catalogue = Catalogue::new(skills(), bank(size), weights).expect("every skill exists");
        let students: Vec<Student> = (0..64).map(|number| one_of_a_class(40 + 4 * number, number)).collect();
        let outlooks: Vec<Outlook> =
            students.iter().map(|student| Outlook::of(student, weights, catalogue.skills())).collect();
        let (mut scratch, mut chosen, mut turn) = (Scratch::default(), Vec::new(), 0);
        group.bench_function(BenchmarkId::new("ours, 64 students in turn, 10 of", size), |b| {
            b.iter(|| {
                turn += 1;
                let at = turn % students.len();
                let now = Millis(NOW.0 + turn as i64 % 1_000 * 30_000);
                let (count, seed) = (10, turn as u64);
                let request =
                    Request { recent: &recent, count, ..Request::new(&students[at], weights, &catalogue, now, seed) };
                choose(&request, &outlooks[at], &mut scratch, &mut chosen);
                black_box(&chosen);
            });
        });
    }
    group.finish();
}

/// What keeping the outlook costs with each response.
fn follow(criterion: &mut Criterion) {
    let (student, weights, skills) = (student(300), Weights::shipped(), skills());
    let mut outlook = Outlook::of(&student, weights, &skills);
    let set = SkillIndex(40).into();
    criterion.bench_function("follow a response", |b| {
        b.iter(|| outlook.follow(black_box(&student), weights, &set, &skills));
    });
}

criterion_group!(benches, ours, mixed, naive, follow);
criterion_main!(benches);
