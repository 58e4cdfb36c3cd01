//! The weeks behind the demo: lessons by the timetable, an evening now and then, a homework, kilometres.

use jiff::{
    Span, ToSpan,
    civil::{Date, Time, Weekday, time},
};
use rand::RngExt;
use tokio::task::JoinSet;
use vault::{AssignmentId, IdempotencyKey, Me, Millis};

use super::{
    SEED,
    hand::{Hand, hand_in},
    maraton,
    people::{Cast, Student},
    roster::{ALVA, GROUPS, Group, TIME_ZONE},
};
use crate::{
    app::App,
    calendar,
    chance::Chance,
    classroom::{self, AssignmentKind, NewAssignment},
    clock::Clock,
    practice,
};

/// What 8B has to do at home. The third is the one that Alva is in the middle of.
const HOMEWORK: [&str; 6] = [
    "two-step-plain",
    "two-step-signs",
    "both-sides-plain",
    "both-sides-signs",
    "brackets-one-side",
    "both-sides-minus-x",
];
const HALF_FINISHED: i16 = 3;
/// How often somebody is in a lesson.
const PRESENT: f64 = 0.93;
/// How often somebody practises in the evening of a day without being asked.
const EVENING: f64 = 0.06;
/// Seconds of a lesson that go to practice.
const LESSON: i64 = 25 * 60;

/// What somebody does at one time.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Doing {
    /// Practises, at most so many items.
    Practice { items: u8 },
    /// Does the next items of the homework, at most so many.
    Homework { items: u8 },
    /// Begins with the half-finished equation.
    HalfFinished,
    /// Reports a distance.
    Travel,
    /// Picks a course of the event.
    Pick,
}

/// A student's weeks, in order.
type Diary = Vec<(Millis, Doing)>;

/// The homework that was given to 8B.
#[derive(Clone, Copy)]
struct Given {
    id: AssignmentId,
    on: Date,
}

/// Lets everyone live through the last `weeks` weeks, up to yesterday evening.
pub(super) async fn live_through(house: &App, cast: &Cast, now: Millis, weeks: i64) -> anyhow::Result<()> {
    let today = calendar::day(now, TIME_ZONE);
    let given = give_homework(house, cast, today).await?;
    let mut doing = JoinSet::new();
    for student in &cast.students {
        let begin = today.checked_sub(weeks.weeks())?;
        let hand = Hand::of(house, student, moment(begin, time(6, 0, 0, 0)), SEED).await?;
        let diary = diary(&hand, begin, today, given);
        doing.spawn(live(hand, diary, given.id));
    }
    hand_in(house, doing).await
}

async fn live(mut hand: Hand, diary: Diary, homework: AssignmentId) -> anyhow::Result<Hand> {
    let mut next_item = 1;
    for (at, doing) in diary {
        hand.wait_until(at);
        match doing {
            Doing::Practice { items } => practise(&mut hand, items).await?,
            Doing::Travel => maraton::travel(&hand).await?,
            Doing::Pick => maraton::pick(&hand).await?,
            Doing::Homework { items } => {
                for _ in 0..items {
                    if usize::try_from(next_item).is_ok_and(|item| item > HOMEWORK.len()) {
                        break;
                    }
                    let id = practice::open_assigned(&hand.app, &hand.me, homework, next_item).await?;
                    if !hand.solve(id).await? {
                        hand.finish(id, 40.0).await?;
                    }
                    next_item += 1;
                }
            }
            Doing::HalfFinished => {
                let id = practice::open_assigned(&hand.app, &hand.me, homework, HALF_FINISHED).await?;
                hand.begin(id, 2, 45.0).await?;
            }
        }
    }
    Ok(hand)
}

/// Goes on from item to item until there are enough or the time is up. What is given up is left for another one, the
/// last one is gone on with next time.
async fn practise(hand: &mut Hand, items: u8) -> anyhow::Result<()> {
    let end = hand.now().plus(LESSON * 1000);
    let mut id = practice::open_next(&hand.app, &hand.me).await?;
    for left in (0..items).rev() {
        let finished = hand.solve(id).await?;
        if left == 0 || hand.now() > end {
            break;
        }
        hand.wait(12.0);
        id = if finished {
            practice::open_next(&hand.app, &hand.me).await?
        } else {
            practice::another(&hand.app, &hand.me, id).await?
        };
    }
    Ok(())
}

/// Maria gives 8B its homework a week ago, or on the Friday before.
async fn give_homework(house: &App, cast: &Cast, today: Date) -> anyhow::Result<Given> {
    let on = school_day(today.checked_sub(1.week())?, -1.day());
    let due = school_day(today.checked_add(3.days())?, 1.day());
    let maria: Me = *cast.teachers.first().ok_or_else(|| anyhow::anyhow!("the demo has no teacher"))?;
    let clock = Clock::still(moment(on, time(11, 40, 0, 0)));
    let app = house.aside(clock, Chance::seeded(SEED + 1)).await?;
    let groups = classroom::groups(&app, &maria).await?;
    let [first, ..] = &GROUPS;
    let group = groups.iter().find(|group| group.name == first.name).map(|group| group.id);
    let new = NewAssignment {
        key: app.chance.draw(IdempotencyKey::random),
        kind: AssignmentKind::Homework,
        title: "Ekvationer till nästa vecka".to_owned(),
        exercises: HOMEWORK.map(str::to_owned).into(),
        active_from: None,
        due_at: calendar::end_of(due, TIME_ZONE),
    };
    let group = group.ok_or_else(|| anyhow::anyhow!("{} has no teacher", first.name))?;
    Ok(Given { id: classroom::give(&app, &maria, group, new).await?, on })
}

/// The day, or the next one in that direction on which there is school.
fn school_day(mut day: Date, step: Span) -> Date {
    while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        day = day.saturating_add(step);
    }
    day
}

fn moment(day: Date, at: Time) -> Millis {
    calendar::moment(day.to_datetime(at), TIME_ZONE).unwrap_or(Millis(0))
}

/// What a student does from `begin` to yesterday.
fn diary(hand: &Hand, begin: Date, today: Date, given: Given) -> Diary {
    let student = &hand.student;
    let Some(group) = GROUPS.get(student.group) else { return Diary::new() };
    let mut diary = Diary::new();
    let open_since = today.saturating_sub(maraton::OPEN_FOR.days());
    let travels = maraton::travels(hand);
    let mut day = begin;
    while day < today {
        diary.extend(lesson(hand, group, day));
        if hand.happens(EVENING) {
            diary.push((at_about(hand, day, 17), Doing::Practice { items: 2 }));
        }
        if day > open_since && hand.happens(travels) {
            diary.push((at_about(hand, day, 18), Doing::Travel));
        }
        day = day.saturating_add(1.day());
    }
    if let Some(minute) = maraton::picks(hand) {
        let day_after = open_since.saturating_add(1.day());
        diary.push((moment(day_after, time(12, 0, 0, 0)).plus(minute * 60_000), Doing::Pick));
    }
    if student.group == 0 {
        diary.extend(homework(hand, student, today, given));
    }
    diary.sort_by_key(|(at, _)| *at);
    diary
}

fn lesson(hand: &Hand, group: &Group, day: Date) -> Option<(Millis, Doing)> {
    let (_, hour, minute) = group.lessons.iter().find(|(weekday, ..)| *weekday == day.weekday())?;
    let begins = moment(day, time(*hour, *minute, 0, 0)).plus((hand.between(0.5, 6.0) * 60_000.0) as i64);
    let items = hand.app.chance.draw(|rng| rng.random_range(2..=4));
    hand.happens(PRESENT).then_some((begins, Doing::Practice { items }))
}

/// Within an hour from the full hour.
fn at_about(hand: &Hand, day: Date, hour: i8) -> Millis {
    moment(day, time(hour, 0, 0, 0)).plus((hand.between(0.0, 60.0) * 60_000.0) as i64)
}

/// Some do all of the homework, some a part, and a few have not begun. Alva is in the middle.
fn homework(hand: &Hand, student: &Student, today: Date, given: Given) -> Diary {
    let yesterday = today.saturating_sub(1.day());
    let first = given.on.saturating_add(2.days());
    if student.name == ALVA {
        return vec![
            (at_about(hand, first, 16), Doing::Homework { items: 2 }),
            (at_about(hand, yesterday, 16), Doing::HalfFinished),
        ];
    }
    let items = match student.number % 5 {
        0 => return Diary::new(),
        1 | 2 => HOMEWORK.len() as u8,
        _ => hand.app.chance.draw(|rng| rng.random_range(1..=3)),
    };
    let later = first.saturating_add(hand.app.chance.draw(|rng| rng.random_range(0..=3_i64)).days());
    vec![
        (at_about(hand, first, 15), Doing::Homework { items: items.div_ceil(2) }),
        (at_about(hand, later.min(yesterday), 19), Doing::Homework { items: items / 2 }),
    ]
}
