//! Choosing among 10,000 and 100,000 exercises, against scoring and sorting them all.

use std::hint::black_box;

use adaptive::{
    Candidate, Catalogue, Millis, Response, Skill, SkillIndex, Skills, Stage, Student, TARGET, choose, predict,
};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

const SKILLS: u32 = 200;
const PRACTISED: u32 = 80;
const NOW: Millis = Millis(1_700_000_000_000);

fn catalogue(size: u32) -> Catalogue {
    let skills = (0..SKILLS as u16)
        .map(|place| Skill {
            prerequisites: place.checked_sub(20).map(SkillIndex).into_iter().collect(),
            stage: Stage::Years7To9,
        })
        .collect();
    // A multiplicative spread over −2..2 stands in for chance.
    let candidates = (0..size)
        .map(|exercise| Candidate {
            exercise,
            skill: SkillIndex((exercise % SKILLS) as u16),
            difficulty: f64::from(exercise.wrapping_mul(2_654_435_761) % 4000) / 1000.0 - 2.0,
            years: (7, 9),
        })
        .collect();
    let skills = Skills::new(skills).expect("no cycle");
    Catalogue::new(skills, candidates).expect("every skill exists")
}

fn student() -> Student {
    let mut student = Student::new(Some(7));
    for round in 0..8u32 {
        for skill in 0..PRACTISED {
            student.update(&Response {
                skill: SkillIndex(skill as u16),
                difficulty: 0.0,
                correct: (skill + round) % 4 != 0,
                at: NOW.plus_days(-f64::from(skill)),
                attempt: 1,
            });
        }
    }
    student
}

/// What one would write first: predict every exercise and sort by the distance from the target.
fn naive(student: &Student, catalogue: &Catalogue) -> Option<u32> {
    let mut scored: Vec<(f64, u32)> = catalogue
        .candidates()
        .iter()
        .map(|c| {
            let predicted = predict(student, c.skill, c.difficulty, NOW).probability;
            ((predicted - TARGET).abs(), c.exercise)
        })
        .collect();
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    scored.first().map(|(_, exercise)| *exercise)
}

fn compare(criterion: &mut Criterion) {
    let student = student();
    let avoid: Vec<u32> = (0..50).collect();
    let mut group = criterion.benchmark_group("choose");
    for size in [10_000, 100_000] {
        let catalogue = catalogue(size);
        group.bench_with_input(BenchmarkId::new("choose", size), &catalogue, |b, bank| {
            b.iter(|| choose(black_box(&student), bank, &avoid, NOW, black_box(1)));
        });
        group.bench_with_input(BenchmarkId::new("naive", size), &catalogue, |b, bank| {
            b.iter(|| naive(black_box(&student), bank));
        });
    }
    group.finish();
    criterion.bench_function("update", |b| {
        let mut student = student.clone();
        let response = Response { skill: SkillIndex(40), difficulty: 0.2, correct: true, at: NOW, attempt: 1 };
        b.iter(|| student.update(black_box(&response)));
    });
}

criterion_group!(benches, compare);
criterion_main!(benches);
