//! What one would write first: everything looked at, nothing prepared, nothing kept. The oracle of the choice.
//!
//! It asks the model for each item by itself, counts the frontier anew, weighs every item and sorts them all.

use adaptive::policy::{self, Aim};
use adaptive::{
    Candidate, Goal, Item, Millis, Part, Presumed, Purpose, Reason, SkillIndex, Skills, Student, Weights, Wishes,
};

/// What the naive version chooses from: the same as a request, unprepared.
pub struct Wanted<'a> {
    pub student: &'a Student,
    pub weights: &'a Weights,
    pub skills: &'a Skills,
    pub bank: &'a [Candidate],
    pub presumed: &'a Presumed,
    pub wishes: Wishes<'a>,
    pub recent: &'a [u32],
    /// Declined exercises with their skills, in order.
    pub declined: &'a [(u32, SkillIndex)],
    pub now: Millis,
    pub purpose: Purpose,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    pub exercise: u32,
    pub reason: Reason,
    pub probability: f64,
    pub worth: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Closed,
    Presumed,
    New,
    Foundation(SkillIndex),
    Learning,
    Worn,
    Firm,
    Secure,
    Due,
}

struct Known {
    stand: Stand,
    holds: bool,
    due: f64,
    /// Begun and not good enough to build on.
    learning: bool,
}

/// (reach, seen ones too, floor, declined ones too)
type Tier = (&'static str, bool, f64, bool);

fn tiers(purpose: Purpose, pins: bool, goals: bool) -> Vec<Tier> {
    let (even, any) = (policy::FLOOR, f64::NEG_INFINITY);
    let mut tiers: Vec<Tier> = vec![("pinned", false, even, false), ("pinned", false, any, false)];
    tiers.extend(match purpose {
        Purpose::Practice => vec![],
        Purpose::WarmUp => vec![("known", false, even, false), ("known", true, even, false)],
        Purpose::Stretch => vec![("firm", false, even, false), ("firm", true, even, false)],
    });
    tiers.extend(["aimed", "ahead", "learning", "beyond"].map(|reach| (reach, false, even, false)));
    tiers.extend(["aimed", "learning", "beyond"].map(|reach| (reach, true, even, false)));
    tiers.extend(["aimed", "learning", "beyond"].map(|reach| (reach, false, any, false)));
    tiers.extend(["learning", "beyond"].map(|reach| (reach, true, any, false)));
    tiers.extend([false, true].map(|again| ("everything", again, any, false)));
    tiers.extend(["learning", "everything"].map(|reach| (reach, true, any, true)));
    tiers.retain(|tier| (goals || !matches!(tier.0, "aimed" | "ahead")) && (pins || tier.0 != "pinned"));
    tiers
}

/// The best `count`, best first, without exploration.
pub fn choose(wanted: &Wanted, count: usize) -> Vec<Choice> {
    let known = survey(wanted);
    let mut chosen: Vec<Choice> = pinned(wanted, &known, count);
    let (pins, goals) = (!wanted.wishes.pinned_skills.is_empty(), !wanted.wishes.goals.is_empty());
    for tier in tiers(wanted.purpose, pins, goals) {
        while chosen.len() < count {
            let Some(best) = best(wanted, &known, tier, &chosen) else { break };
            chosen.push(best);
        }
    }
    chosen
}

fn candidate<'a>(wanted: &Wanted<'a>, exercise: u32) -> &'a Candidate {
    wanted.bank.iter().find(|c| c.exercise == exercise).expect("chosen from the bank")
}

fn logit(wanted: &Wanted, candidate: &Candidate) -> f64 {
    let Candidate { item, skills, difficulty, .. } = *candidate;
    // As if it had never been met.
    let id = adaptive::ItemId(item.0 ^ (1 << 63));
    wanted.weights.predict(wanted.student, &Item { id, skills, difficulty, attempt: 1 }, wanted.now).logit
}

fn pinned(wanted: &Wanted, known: &[Known], count: usize) -> Vec<Choice> {
    let mut exercises = wanted.wishes.pinned_exercises.to_vec();
    exercises.sort_unstable();
    exercises.dedup();
    exercises.retain(|e| {
        wanted.bank.iter().any(|c| c.exercise == *e)
            && !wanted.wishes.excluded_exercises.contains(e)
            && !wanted.recent.contains(e)
            && !wanted.declined.iter().any(|(of, _)| of == e)
    });
    exercises.truncate(count);
    let choice = |exercise: u32| {
        let candidate = candidate(wanted, exercise);
        let probability = adaptive::logistic(logit(wanted, candidate));
        let reason = reason(wanted, known, candidate, ("learning", false, 0.0, false), true);
        Choice { exercise, reason, probability, worth: policy::PINNED }
    };
    exercises.into_iter().map(choice).collect()
}

/// How each skill stands, with nothing prepared.
fn survey(wanted: &Wanted) -> Vec<Known> {
    let Wanted { student, skills, now, .. } = *wanted;
    let state = |skill: SkillIndex| student.skill(skill);
    let enough = |skill: SkillIndex| state(skill).responses() >= policy::ENOUGH;
    let firm =
        |skill: SkillIndex| state(skill).trace.level >= policy::CARRIES || state(skill).responses() >= policy::PATIENCE;
    let holds = |skill: SkillIndex| {
        firm(skill) || (wanted.presumed.contains(skill) && !enough(skill) && state(skill).misses() == 0)
    };
    let too_hard = |skill: SkillIndex| {
        let ability = student.general.ability + state(skill).trace.ability;
        state(skill).misses() >= policy::STRUGGLING_MISSES || (enough(skill) && ability < policy::STRUGGLING)
    };
    let stand = |(skill, authored): (SkillIndex, &adaptive::Skill)| {
        let state = student.skill(skill);
        let open = authored.prerequisites.iter().all(|p| holds(*p));
        let due = state.faded(now, student.general.stretch);
        let stand = match (state.trace.begun, open) {
            (false, false) => Stand::Closed,
            (false, true) if wanted.presumed.contains(skill) => Stand::Presumed,
            (false, true) => Stand::New,
            (true, _) if state.trace.level > 0 && due >= policy::DUE => Stand::Due,
            (true, _) if state.trace.level > 0 => Stand::Secure,
            (true, _) if firm(skill) => Stand::Firm,
            (true, false) => Stand::Closed,
            (true, true) if state.responses() >= policy::WORN => Stand::Worn,
            (true, true) => Stand::Learning,
        };
        let learning = state.trace.begun && state.trace.level == 0 && !firm(skill);
        let shaky = matches!(stand, Stand::Presumed | Stand::Learning | Stand::Worn) && !too_hard(skill);
        let above = skills.iter().find(|(above, s)| too_hard(*above) && s.prerequisites.contains(&skill));
        let stand = match above {
            Some((above, _)) if shaky => Stand::Foundation(above),
            _ => stand,
        };
        Known { stand, holds: holds(skill), due, learning }
    };
    skills.iter().map(stand).collect()
}

/// The heaviest goal the skill is under, with its weight less by every step, and whether it is pinned.
fn goal(wanted: &Wanted, skill: SkillIndex) -> Option<(SkillIndex, f64)> {
    let mut best: Option<(SkillIndex, f64)> = None;
    for Goal { skill: goal, weight } in wanted.wishes.goals {
        let Some(steps) = steps(wanted.skills, *goal, skill) else { continue };
        let mut weight = weight.clamp(0.0, policy::MOST_WEIGHT);
        for _ in 0..steps {
            weight *= policy::STEP_TO_GOAL;
        }
        if best.is_none_or(|(_, known)| weight > known) {
            best = Some((*goal, weight));
        }
    }
    best
}

/// Steps from a skill down to another, the fewest.
fn steps(skills: &Skills, from: SkillIndex, to: SkillIndex) -> Option<usize> {
    let mut level = vec![from];
    for steps in 0..=skills.len() {
        if level.contains(&to) {
            return Some(steps);
        }
        level = level.iter().filter_map(|s| skills.get(*s)).flat_map(|s| s.prerequisites.clone()).collect();
        level.sort_unstable();
        level.dedup();
    }
    None
}

fn skill_rests(wanted: &Wanted, skill: SkillIndex) -> bool {
    wanted.declined.iter().filter(|(_, of)| *of == skill).count() >= policy::DECLINES_TO_REST
}

fn base(known: &[Known], stand: Stand, reach: &str) -> Option<f64> {
    let learning = known.iter().filter(|k| k.learning).count() as u32;
    let fresh = policy::NEW - policy::LOAD * f64::from(learning.min(policy::MOST_LOAD));
    match (reach, stand) {
        ("known", Stand::Firm | Stand::Secure | Stand::Due) => Some(policy::REVIEW),
        ("firm", Stand::Firm) => Some(policy::FIRMING),
        ("firm", Stand::Secure | Stand::Due) => Some(policy::SECURE_AHEAD),
        ("known" | "firm", _) => None,
        (_, Stand::Foundation(_)) => Some(policy::FOUNDATION),
        (_, Stand::Learning) => Some(policy::LEARNING),
        (_, Stand::Worn) => Some(policy::LEARNING - policy::REST),
        (_, Stand::Firm) => Some(policy::FIRMING),
        (_, Stand::Due) => Some(policy::REVIEW),
        ("pinned" | "aimed" | "learning", Stand::New) => Some(fresh),
        ("aimed" | "learning", _) => None,
        (_, Stand::New) => Some(policy::AHEAD),
        (_, Stand::Secure) => Some(policy::SECURE_AHEAD),
        (_, Stand::Presumed) => Some(policy::PRESUMED),
        ("pinned" | "everything", Stand::Closed) => Some(policy::CLOSED),
        (_, Stand::Closed) => None,
    }
}

/// What a skill is worth in a tier; nothing when it is out of the question.
fn worth(wanted: &Wanted, known: &[Known], skill: SkillIndex, (reach, _, _, declined): Tier) -> Option<f64> {
    let Known { stand, due, .. } = known[usize::from(skill.0)];
    if wanted.wishes.excluded_skills.contains(&skill) || (skill_rests(wanted, skill) && !declined) {
        return None;
    }
    let goal = goal(wanted, skill);
    let is_pinned = wanted.wishes.pinned_skills.contains(&skill);
    let is_meant = match reach {
        "pinned" => is_pinned,
        "aimed" | "ahead" => is_pinned || goal.is_some(),
        _ => true,
    };
    let standing = if is_meant {
        base(known, stand, reach)
    } else if reach == "aimed" && stand == Stand::Due {
        Some(policy::REVIEW)
    } else {
        None
    };
    let state = wanted.student.skill(skill);
    let progress = state.progress().clamp(-policy::MOST_PROGRESS, policy::MOST_PROGRESS);
    let lean = policy::PROGRESS * progress + policy::OPTIMISM / f64::from(1 + state.responses()).sqrt();
    let faded = if state.trace.level > 0 { policy::FADED * due } else { 0.0 };
    let teacher = policy::GOAL * goal.map_or(0.0, |(_, weight)| weight) + if is_pinned { policy::PINNED } else { 0.0 };
    let general = &wanted.student.general;
    let stays = general.responses > 0 && general.last_skill == skill;
    let again = if stays { -policy::AGAIN } else { 0.0 };
    standing.map(|standing| standing + lean + faded + teacher + again)
}

fn aim(wanted: &Wanted, stand: Stand, skill: SkillIndex, reach: &str) -> Aim {
    let eased = wanted.student.skill(skill).misses() >= policy::MISSES_TO_EASE;
    if reach == "known" || matches!(stand, Stand::Foundation(_) | Stand::Closed) || eased {
        policy::EASED
    } else if reach == "firm"
        || (matches!(reach, "pinned" | "ahead" | "beyond" | "everything") && stand == Stand::Secure)
    {
        policy::STRETCHED
    } else {
        policy::USUAL
    }
}

/// The best exercise of a tier that was not chosen yet: all are weighed.
fn best(wanted: &Wanted, known: &[Known], tier: Tier, chosen: &[Choice]) -> Option<Choice> {
    let (reach, again, floor, declined) = tier;
    let is_barred = |exercise: u32| {
        wanted.wishes.excluded_exercises.contains(&exercise)
            || (!again && wanted.recent.contains(&exercise))
            || (!declined && wanted.declined.iter().any(|(of, _)| *of == exercise))
            || chosen.iter().any(|c| c.exercise == exercise)
    };
    let of_age = |c: &Candidate| {
        let is_strict = matches!(reach, "aimed" | "learning");
        !is_strict || wanted.student.start.year.is_none_or(|year| c.years.0 <= year)
    };
    let mut best: Option<(f64, f64, &Candidate)> = None;
    for candidate in wanted.bank.iter().filter(|c| of_age(c) && !is_barred(c.exercise)) {
        let main = candidate.skills.main();
        let stand = known[usize::from(main.0)].stand;
        let joins = |skill: SkillIndex| {
            !wanted.wishes.excluded_skills.contains(&skill)
                && (declined || !skill_rests(wanted, skill))
                && (matches!(reach, "pinned" | "everything") || known[usize::from(skill.0)].stand != Stand::Closed)
        };
        let Some(worth) = worth(wanted, known, main, tier).filter(|_| candidate.skills.iter().skip(1).all(joins))
        else {
            continue;
        };
        let z = logit(wanted, candidate);
        if z < floor {
            continue;
        }
        let aim = aim(wanted, stand, main, reach);
        let outside = (aim.low - z).max(0.0) + (z - aim.high).max(0.0);
        let off = ((z - aim.target).abs() - policy::NEAR).max(0.0);
        let misfit = policy::OFF_TARGET * off + policy::OUT_OF_BAND * outside;
        let taken = chosen.iter().filter(|c| !is_pinned(wanted, c) && main_of(wanted, c) == main).count();
        let total = worth - policy::REPEATED * taken as f64 - misfit;
        // At equal worth the group before; in a group the nearer to the target, of equally near ones the easier, of
        // equally easy ones the one next to the target in the bank.
        let is_better = best.is_none_or(|(held, held_z, of)| {
            let (near, held_near) = ((z - aim.target).abs(), (held_z - aim.target).abs());
            let twins = total == held && of.skills == candidate.skills;
            total > held || (twins && (near < held_near || (near == held_near && z == held_z && z > aim.target)))
        });
        if is_better {
            best = Some((total, z, candidate));
        }
    }
    best.map(|(worth, z, candidate)| Choice {
        exercise: candidate.exercise,
        reason: reason(wanted, known, candidate, tier, false),
        probability: adaptive::logistic(z),
        worth,
    })
}

fn is_pinned(wanted: &Wanted, choice: &Choice) -> bool {
    wanted.wishes.pinned_exercises.contains(&choice.exercise) && choice.worth == policy::PINNED
}

fn main_of(wanted: &Wanted, choice: &Choice) -> SkillIndex {
    candidate(wanted, choice.exercise).skills.main()
}

fn reason(wanted: &Wanted, known: &[Known], candidate: &Candidate, tier: Tier, is_pinned: bool) -> Reason {
    let (student, skill) = (wanted.student, candidate.skills.main());
    let Known { stand, holds, due, .. } = known[usize::from(skill.0)];
    let state = student.skill(skill);
    let prerequisites = &wanted.skills.get(skill).expect("exists").prerequisites;
    let days = state.idle_days(wanted.now);
    let standing = if let Stand::Foundation(carries) = stand {
        Part::Foundation { carries }
    } else if stand == Stand::Closed && tier.0 == "everything" {
        Part::NothingElse
    } else if !state.trace.begun && !student.general.begun {
        Part::Start
    } else if !state.trace.begun {
        Part::New { builds_on: prerequisites.iter().copied().find(|p| student.skill(*p).trace.begun) }
    } else if days >= policy::IDLE_DAYS && due > 0.0 {
        Part::Idle { days: days as u32 }
    } else if state.misses() >= policy::MISSES_TO_EASE {
        Part::Easier { misses: state.misses() }
    } else if stand == Stand::Due {
        Part::Idle { days: (days as u32).max(1) }
    } else if stand == Stand::Secure {
        Part::Stretch
    } else if state.progress() > policy::TOLD_PROGRESS {
        Part::Progress
    } else {
        Part::Continue
    };
    let special = if is_pinned || wanted.wishes.pinned_skills.contains(&skill) {
        Some(Part::Pinned)
    } else if tier.0 == "known" {
        Some(Part::WarmUp)
    } else if tier.0 == "firm" {
        Some(Part::Stretch)
    } else {
        None
    };
    if special.is_some() && !matches!(standing, Part::Continue | Part::Stretch) {
        return Reason { main: special.unwrap_or(standing), also: Some(standing) };
    }
    let opens = |(above, s): (SkillIndex, &adaptive::Skill)| {
        let missing = s.prerequisites.iter().filter(|p| !known[usize::from(p.0)].holds).count();
        let is_next = !holds && s.prerequisites.contains(&skill) && missing == 1 && !student.skill(above).trace.begun;
        is_next.then_some(Part::Opens { skill: above })
    };
    let also = match goal(wanted, skill) {
        Some((goal, _)) if goal == skill => Some(Part::Assigned),
        Some((goal, _)) => Some(Part::LeadsTo { goal }),
        None if matches!(standing, Part::Foundation { .. } | Part::NothingElse | Part::Start) => None,
        None => {
            let rises = state.progress() > policy::TOLD_PROGRESS && standing != Part::Progress;
            wanted.skills.iter().find_map(opens).or(rises.then_some(Part::Progress))
        }
    };
    Reason { main: special.unwrap_or(standing), also }
}
