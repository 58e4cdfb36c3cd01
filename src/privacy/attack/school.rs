//! A made-up school whose truth is known: lessons at fixed hours and homework in the evenings, a marker in everything that
//! somebody wrote, and teachers who looked.

use rand::{RngExt, seq::IndexedRandom};
use vault::{
    ControllerId, Fault, GroupId, IdempotencyKey, Me, MembershipId, Millis, PersonId, Role, SchoolId, Tx, access,
    rows::{
        accounts,
        calculations::{self, Line, NewCalculation, NewResponse},
        people, students,
        submissions::{self, Learned, Submission},
    },
};

use crate::app::App;

/// How large.
#[derive(Clone, Copy)]
pub struct Size {
    pub groups: usize,
    pub students: usize,
    pub weeks: i64,
    /// Exercises that a student does in a week.
    pub a_week: usize,
}

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;
/// Exercises that are done, of all there are.
const EXERCISES: usize = 40;
/// How often a teacher opens what one of the students did.
const LOOKS_A_WEEK: i64 = 30;
/// How often it is opened again within ten minutes: somebody who is stuck.
const AGAIN: f64 = 0.3;

/// Somebody who was made up.
#[derive(Clone)]
struct Made {
    id: PersonId,
    user_name: String,
    name: String,
    role: Role,
    group: usize,
}

/// Makes it in an empty place.
///
/// # Errors
/// When the vault does not take it.
pub async fn fill(app: &App, size: Size) -> Result<(), Fault> {
    let of = app.chance.draw(ControllerId::random);
    let school = app.chance.draw(SchoolId::random);
    let groups: Vec<GroupId> = (0..size.groups).map(|_| app.chance.draw(GroupId::random)).collect();
    let begins = app.clock.now().plus(-size.weeks * 7 * DAY);
    let made = people_of(app, size);
    let homes = groups.clone();
    app.vault.write(move |tx| places(tx, of, school, &homes, begins)).await?;
    for some in made.chunks(10) {
        let (homes, some) = (groups.clone(), some.to_vec());
        let members: Vec<MembershipId> = some.iter().map(|_| app.chance.draw(MembershipId::random)).collect();
        app.vault
            .write(move |tx| {
                some.iter().zip(&members).try_for_each(|(one, member)| {
                    move_in(tx, (of, school, homes.get(one.group).copied()), one, *member, begins)
                })
            })
            .await?;
    }
    let exercises: Vec<(String, String)> = app
        .bank
        .exercises()
        .iter()
        .take(EXERCISES)
        .filter_map(|exercise| {
            Some((exercise.id.as_str().to_owned(), app.bank.skill(exercise.skill)?.id.as_str().to_owned()))
        })
        .collect();
    for one in made.iter().filter(|one| one.role == Role::Student) {
        practise(app, one, &exercises, (begins, size)).await?;
    }
    look(app, &made, &groups, (begins, size)).await
}

fn people_of(app: &App, size: Size) -> Vec<Made> {
    let marker = || app.chance.draw(|rng| format!("{:016x}", rng.random::<u64>()));
    let made = |role: Role, group: usize| {
        let id = app.chance.person();
        Made { id, user_name: format!("namn-{}", marker()), name: format!("Märke {}", marker()), role, group }
    };
    let teachers = (0..size.groups).map(|group| made(Role::Teacher, group));
    let students = (0..size.students).map(|number| made(Role::Student, number % size.groups.max(1)));
    teachers.chain(students).collect()
}

fn places(tx: &mut Tx, of: ControllerId, school: SchoolId, groups: &[GroupId], at: Millis) -> Result<(), Fault> {
    let kind = "municipality".to_owned();
    let (name, time_zone) = ("Norrlida kommun".to_owned(), "Europe/Stockholm".to_owned());
    people::add_controller(tx, &people::NewController { id: of, kind, name, time_zone, created_at: at })?;
    let school_row = people::NewSchool {
        controller_id: of,
        id: school,
        external_id: None,
        name: "Björkskolan".to_owned(),
        number_of_students: 400,
        address: None,
        latitude: None,
        longitude: None,
    };
    people::add_school(tx, &school_row)?;
    groups.iter().enumerate().try_for_each(|(number, id)| {
        let (name, external_id) = (format!("8{}", char::from(b'A' + u8::try_from(number % 26).unwrap_or(0))), None);
        people::add_group(tx, &people::NewGroup { controller_id: of, id: *id, school_id: school, external_id, name })
    })
}

fn move_in(
    tx: &mut Tx,
    (of, school, group): (ControllerId, SchoolId, Option<GroupId>),
    one: &Made,
    member: MembershipId,
    at: Millis,
) -> Result<(), Fault> {
    let row = people::NewPerson {
        controller_id: of,
        id: one.id,
        external_id: None,
        name: one.name.clone(),
        user_name: one.user_name.clone(),
        email: None,
        school_year: (one.role == Role::Student).then_some(8),
        language: "sv".to_owned(),
        language_form: None,
        created_at: at,
    };
    people::add_person(tx, &row)?;
    accounts::set_password(tx, of, one.id, "$argon2id$none", at)?;
    let membership = people::NewMembership {
        controller: of,
        id: member,
        person: one.id,
        school: Some(school),
        group,
        role: one.role,
        from: at,
        to: None,
    };
    people::add_membership(tx, &membership)
}

/// A calculation of one line.
struct Done {
    new: NewCalculation,
    line: Line,
    response: NewResponse,
}

/// What a student of this ability does as the `number`th in a week: half of it in lessons, half at home.
fn one_exercise(
    app: &App,
    exercises: &[(String, String)],
    (group, ability): (usize, f64),
    (monday, number, place): (Millis, usize, usize),
) -> Option<Done> {
    let whole = |count: usize| i64::try_from(count).unwrap_or(0);
    let (chosen, hour, second, is_right, took) = app.chance.draw(|rng| {
        let hour = if number.is_multiple_of(2) { 9 + whole(group % 6) } else { rng.random_range(16..21) };
        let is_right = rng.random_bool(1.0 / (1.0 + (-ability).exp()));
        (exercises.choose(rng).cloned(), hour, rng.random_range(0..HOUR), is_right, rng.random_range(3_000..200_000))
    });
    let (exercise, skill) = chosen?;
    let at = monday.plus(whole(number % 5) * DAY + hour * HOUR + second);
    let marker = app.chance.draw(|rng| format!("{:016x}", rng.random::<u64>()));
    let new = NewCalculation {
        id: app.chance.calculation(),
        exercise: exercise.clone(),
        seed: app.chance.seed(),
        difficulty: 0.0,
        of_assignment: None,
        opened_at: at.plus(-took),
    };
    let line = Line {
        number: 1,
        key: app.chance.draw(IdempotencyKey::random),
        entered: format!("x = 3 % hej {marker}"),
        at,
        verdict: if is_right { "goal" } else { "wrong" }.to_owned(),
        answer: "{}".to_owned(),
    };
    let response = NewResponse {
        number: 1,
        skill,
        exercise,
        difficulty: 0.0,
        correct: is_right,
        milliseconds: took,
        attempt: 1,
        at,
        also: None,
        is_line: false,
        place: whole(place),
    };
    Some(Done { new, line, response })
}

/// One student's weeks.
async fn practise(
    app: &App,
    one: &Made,
    exercises: &[(String, String)],
    (begins, size): (Millis, Size),
) -> Result<(), Fault> {
    let ability: f64 = app.chance.draw(|rng| rng.random_range(-2.4..2.4));
    let mut done = Vec::new();
    for week in 0..size.weeks {
        for number in 0..size.a_week {
            let when = (begins.plus(week * 7 * DAY), number, done.len());
            done.extend(one_exercise(app, exercises, (one.group, ability), when));
        }
    }
    let user_name = one.user_name.clone();
    app.vault
        .write(move |tx| {
            let me = accounts::credential(tx, &user_name)?.ok_or(Fault::NoKey)?.proven();
            let mut seen = students::general(tx, &me.own()).map_err(|_| Fault::NoKey)?;
            for Done { new, line, response } in &done {
                let of = calculations::open(tx, &me.own(), new, None)?;
                let learned = Some(Learned { response, skills: &[], item: None, forgotten_below: None });
                seen = students::General { ability, responses: seen.responses + 1, last_at: line.at, ..seen };
                let new = Submission { seen: &seen, of: &of, line, learned, finishes: true, counts_in: None };
                if !submissions::store(tx, &me.own(), &new)? {
                    return Err(Fault::NoKey);
                }
                seen.version += 1;
            }
            Ok(())
        })
        .await
}

/// Every teacher looks at some of their students now and then.
async fn look(app: &App, made: &[Made], groups: &[GroupId], (begins, size): (Millis, Size)) -> Result<(), Fault> {
    for group in 0..groups.len() {
        let Some(teacher) = made.iter().find(|one| one.role == Role::Teacher && one.group == group) else { continue };
        let user_name = teacher.user_name.clone();
        let me: Me = app
            .vault
            .read(move |tx| Ok::<_, Fault>(accounts::credential(tx, &user_name)?.ok_or(Fault::NoKey)?.proven()))
            .await?;
        let students: Vec<PersonId> =
            made.iter().filter(|one| one.role == Role::Student && one.group == group).map(|one| one.id).collect();
        let looks = app.chance.draw(|rng| {
            let mut looks: Vec<(Millis, PersonId)> = (0..size.weeks * LOOKS_A_WEEK)
                .filter_map(|_| {
                    let (day, hour) = (rng.random_range(0..size.weeks * 7), rng.random_range(8..16));
                    let at = begins.plus(day * DAY + hour * HOUR + rng.random_range(0..HOUR));
                    let again = rng.random_bool(AGAIN).then(|| rng.random_range(60_000..HOUR / 6));
                    let student = *students.choose(rng)?;
                    Some([Some((at, student)), again.map(|after| (at.plus(after), student))])
                })
                .flatten()
                .flatten()
                .collect();
            looks.sort_unstable();
            looks
        });
        for some in looks.chunks(50) {
            let some = some.to_vec();
            let sees = move |tx: &mut Tx| {
                let look = |(at, student): &(Millis, PersonId)| access::student(tx, &me, *student, *at).map(drop);
                some.iter().try_for_each(look).map_err(|_| Fault::NoKey)
            };
            app.vault.read(sees).await?;
        }
    }
    Ok(())
}
