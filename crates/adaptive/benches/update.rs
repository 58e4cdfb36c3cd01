//! Taking in responses: the student model with its history of items, and the Elo update alone as a peer.

use std::collections::HashMap;
use std::hint::black_box;

use adaptive::{
    Difficulty, Evidence, Item, ItemId, Millis, Response, SkillIndex, SkillSet, Start, Student, Weights, logistic,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const RESPONSES: u32 = 2000;
const SKILLS: u32 = 100;

/// Responses over 100 skills and 700 items; every fifth item has two skills. A multiplicative spread stands in for chance.
fn responses() -> Vec<Response> {
    (0..RESPONSES)
        .map(|place| {
            let drawn = place.wrapping_mul(2_654_435_761) >> 8;
            let item = drawn % 700;
            let skill = |n: u32| SkillIndex((n % SKILLS) as u16);
            let two = [skill(item), skill(item + 1)];
            Response {
                item: ItemId(u64::from(item)),
                skills: SkillSet::of(if item % 5 == 0 { &two } else { &two[..1] }).unwrap_or(two[0].into()),
                evidence: Evidence::Answer,
                attempt: 1,
                difficulty: f64::from(item % 40) / 10.0 - 2.0,
                correct: drawn % 4 != 0,
                at: Millis(1_700_000_000_000 + i64::from(place) * 60_000),
            }
        })
        .collect()
}

/// Elo with general, skill and item ratings: the peer.
fn elo(responses: &[Response]) -> f64 {
    let (mut general, mut count) = (0.0, 0.0);
    let mut skills: HashMap<SkillIndex, f64> = HashMap::new();
    for response in responses {
        let skill = skills.entry(response.skills.main()).or_default();
        let residual = f64::from(u8::from(response.correct)) - logistic(general + *skill - response.difficulty);
        general += 0.5 / (1.0 + 0.05 * count) * residual;
        *skill += 0.3 * residual;
        count += 1.0;
    }
    general
}

fn compare(criterion: &mut Criterion) {
    let responses = responses();
    let practised = Student::replay(Start::default(), &responses);
    let mut group = criterion.benchmark_group("update");
    group.throughput(Throughput::Elements(u64::from(RESPONSES)));
    group.bench_function("student", |b| {
        let mut student = practised.clone();
        b.iter(|| {
            for response in &responses {
                black_box(student.update(black_box(response)));
            }
        });
    });
    group.bench_function("elo", |b| b.iter(|| elo(black_box(&responses))));
    group.bench_function("predict", |b| {
        b.iter(|| {
            for r in &responses {
                let difficulty = Difficulty { value: r.difficulty, ..Difficulty::typical() };
                let item = Item { id: r.item, skills: r.skills, difficulty, attempt: 1 };
                black_box(Weights::shipped().predict(&practised, &item, r.at));
            }
        });
    });
    group.bench_function("student_part", |b| {
        b.iter(|| {
            for r in &responses {
                black_box(Weights::shipped().student_part(&practised, r.skills.main(), r.at));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, compare);
criterion_main!(benches);
