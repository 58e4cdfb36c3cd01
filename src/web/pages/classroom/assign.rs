//! Giving work to a group: the form, and the same form again with what to mend.

use std::collections::HashSet;

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Form, Path},
};
use askama::Template;
use jiff::civil::Date;
use vault::{GroupId, IdempotencyKey, Millis};

use super::{
    kinds::{icon, kind_help_key, kind_key},
    names::group_address,
};
use crate::{
    accounts::Signed,
    app::App,
    calendar,
    classroom::{self, AssignmentKind, Choice, ClassroomError, NewAssignment},
    exercises::{Exercise, Skill},
    web::{
        frame::{Frame, Html, Tab},
        maths::{maths, sentence},
        page::{Answer, html, on_to},
        problem::Problem,
        who::Teaching,
    },
};

/// So many items of one exercise at most.
const MOST_OF_EACH: usize = 5;

#[derive(Template)]
#[template(path = "assign.html")]
struct Assign {
    frame: Frame,
    group: String,
    group_href: String,
    students: String,
    typed: Typed,
    problem: Option<Problem>,
    kinds: Vec<KindChoice>,
    of_each: Vec<usize>,
    stages: Vec<Stage>,
}

struct KindChoice {
    name: &'static str,
    icon: &'static str,
    word: String,
    help: String,
    chosen: bool,
}

/// Skills of the same school years.
struct Stage {
    name: String,
    skills: Vec<SkillChoice>,
}

struct SkillChoice {
    id: String,
    name: String,
    /// How many exercises, in words.
    count: String,
    /// None until the skill is opened: all exercises of the bank at once are too many for a page.
    exercises: Option<Vec<ExerciseChoice>>,
}

struct ExerciseChoice {
    id: String,
    /// What to do.
    ask: Html,
    sample: Html,
    level: String,
    chosen: bool,
}

/// What the form sends, as it was typed.
#[derive(Default, PartialEq, Debug)]
struct Typed {
    key: String,
    kind: String,
    title: String,
    from: String,
    due: String,
    of_each: String,
    exercises: Vec<String>,
    /// The skills whose exercises are shown.
    opened: Vec<String>,
    /// The form was sent to open one more of them.
    only_opens: bool,
}

impl Typed {
    /// Fields in any order; exercises in the order in which they stand in the form.
    fn read(fields: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "key" => typed.key = value,
                "kind" => typed.kind = value,
                "title" => typed.title = value,
                "from" => typed.from = value,
                "due" => typed.due = value,
                "of_each" => typed.of_each = value,
                "exercise" => typed.exercises.push(value),
                "opened" => typed.opened.push(value),
                "show" => {
                    typed.opened.push(value);
                    typed.only_opens = true;
                }
                _ => {}
            }
        }
        typed
    }

    /// The assignment that was meant. Days are those of the reader's time zone: from the first moment of a day that is
    /// to come, to the last moment of the due day.
    fn meant(&self, now: Millis, time_zone: &str) -> Result<NewAssignment, Problem> {
        let kind = AssignmentKind::named(&self.kind).ok_or(Problem::FormUnreadable)?;
        let from = day(&self.from)?.and_then(|day| calendar::start_of(day, time_zone));
        let due = day(&self.due)?.and_then(|day| calendar::end_of(day, time_zone));
        let of_each = self.of_each().unwrap_or(1);
        let repeated = |id: &String| std::iter::repeat_n(id.clone(), of_each);
        Ok(NewAssignment {
            key: self.key.parse().map_err(|_| Problem::FormUnreadable)?,
            kind,
            title: self.title.clone(),
            exercises: self.exercises.iter().flat_map(repeated).collect(),
            active_from: from.filter(|from| *from > now),
            due_at: due,
        })
    }

    fn of_each(&self) -> Option<usize> {
        self.of_each.parse().ok().filter(|count| (1..=MOST_OF_EACH).contains(count))
    }

    fn is_of_each(&self, count: &usize) -> bool {
        self.of_each().unwrap_or(1) == *count
    }
}

/// An empty date field means no date.
fn day(typed: &str) -> Result<Option<Date>, Problem> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| Problem::DueUnusable),
    }
}

impl Assign {
    fn title_is_wrong(&self) -> bool {
        self.problem == Some(Problem::TitleMissing)
    }

    /// Either day may be the one to mend, if both are there.
    fn start_is_wrong(&self) -> bool {
        self.due_is_wrong() && !self.typed.from.is_empty()
    }

    fn due_is_wrong(&self) -> bool {
        self.problem == Some(Problem::DueUnusable)
    }
}

/// The form.
#[get("/groups/{group}/assign")]
pub async fn show(app: Data<App>, request: HttpRequest, Teaching(signed): Teaching, group: Path<GroupId>) -> Answer {
    let key = app.chance.draw(IdempotencyKey::random).to_string();
    let typed = Typed { key, kind: AssignmentKind::Homework.name().to_owned(), ..Typed::default() };
    html(&page(&app, &request, &signed, *group, typed, None).await?)
}

/// Gives the work and leads to how it goes, or shows the form again: with what to mend, or with one more skill open.
#[post("/groups/{group}/assign")]
pub async fn give(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
    fields: Form<Vec<(String, String)>>,
) -> Answer {
    let typed = Typed::read(fields.into_inner());
    if typed.only_opens {
        return html(&page(&app, &request, &signed, *group, typed, None).await?);
    }
    let given = match typed.meant(app.clock.now(), &signed.profile.time_zone) {
        Ok(new) => classroom::give(&app, &signed.me, *group, new).await.map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    match given {
        Ok(id) => Ok(on_to(&format!("/assignments/{id}"))),
        Err(problem) if is_mendable(&problem) => {
            let status = problem.status_and_code().0;
            let mut response = html(&page(&app, &request, &signed, *group, typed, Some(problem)).await?)?;
            *response.status_mut() = status;
            Ok(response)
        }
        Err(problem) => Err(problem),
    }
}

const fn is_mendable(problem: &Problem) -> bool {
    matches!(problem, Problem::TitleMissing | Problem::DueUnusable | Problem::NothingChosen | Problem::TooManyItems)
}

async fn page(
    app: &App,
    request: &HttpRequest,
    signed: &Signed,
    group: GroupId,
    typed: Typed,
    problem: Option<Problem>,
) -> Result<Assign, Problem> {
    let groups = classroom::groups(app, &signed.me).await?;
    let named = groups.into_iter().find(|named| named.id == group).ok_or(ClassroomError::NotFound)?;
    let frame = Frame::of(request, Some(signed), Tab::Assignments);
    let choices = classroom::choices(app, &signed.me, group).await?;
    Ok(Assign {
        group: named.name,
        group_href: group_address(group),
        students: frame.n("group-students", named.students),
        kinds: AssignmentKind::ALL.map(|kind| kind_choice(&frame, kind, &typed)).into(),
        of_each: (1..=MOST_OF_EACH).collect(),
        stages: stages(&frame, app, &choices, &typed),
        typed,
        problem,
        frame,
    })
}

fn kind_choice(frame: &Frame, kind: AssignmentKind, typed: &Typed) -> KindChoice {
    KindChoice {
        name: kind.name(),
        icon: icon(kind),
        word: frame.t(kind_key(kind)),
        help: frame.t(kind_help_key(kind)),
        chosen: typed.kind == kind.name(),
    }
}

/// What can be chosen, by school years and skill.
fn stages(frame: &Frame, app: &App, choices: &[&Exercise], typed: &Typed) -> Vec<Stage> {
    let chosen: HashSet<&str> = typed.exercises.iter().map(String::as_str).collect();
    let mut skills: Vec<(usize, &Skill)> = app.bank.skills().iter().enumerate().collect();
    skills.sort_by_key(|(_, skill)| (skill.years, frame.language.of(&skill.name)));
    let mut stages: Vec<(&str, Stage)> = Vec::new();
    for (index, skill) in skills {
        let of_skill = choices.iter().filter(|exercise| usize::from(exercise.skill) == index);
        let of_skill: Vec<_> = of_skill.copied().collect();
        if of_skill.is_empty() {
            continue;
        }
        let is_open = typed.opened.iter().any(|opened| opened == skill.id.as_str())
            || of_skill.iter().any(|exercise| chosen.contains(exercise.id.as_str()));
        let shown = SkillChoice {
            id: skill.id.as_str().to_owned(),
            name: frame.language.of(&skill.name).to_owned(),
            count: frame.n("assign-sorts", of_skill.len()),
            exercises: is_open.then(|| {
                let choices = of_skill.into_iter().filter_map(Choice::of);
                choices.map(|choice| exercise_choice(frame, &choice, &chosen)).collect()
            }),
        };
        match stages.iter_mut().find(|(stage, _)| *stage == skill.stage) {
            Some((_, stage)) => stage.skills.push(shown),
            None => {
                let name = match skill.stage.strip_prefix("Ma") {
                    Some(level) => frame.with("assign-mathematics", "level", level),
                    None => frame.with("assign-years", "years", skill.stage.replace('-', "–")),
                };
                stages.push((&skill.stage, Stage { name, skills: vec![shown] }));
            }
        }
    }
    stages.into_iter().map(|(_, stage)| stage).collect()
}

fn exercise_choice(frame: &Frame, choice: &Choice<'_>, chosen: &HashSet<&str>) -> ExerciseChoice {
    let id = choice.exercise.id.as_str();
    ExerciseChoice {
        id: id.to_owned(),
        ask: sentence(frame.language.of(&choice.sample.ask)),
        sample: maths(&choice.sample.start_text, frame.language),
        level: frame.with("assign-level", "level", choice.exercise.level),
        chosen: chosen.contains(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Millis = Millis(1_764_068_400_000); // 25 November 2025, 12:00 in Stockholm
    const ZONE: &str = "Europe/Stockholm";

    fn typed() -> Typed {
        let fields = [
            ("key", "00000000000000000000000000000001"),
            ("kind", "homework"),
            ("title", "Vecka 48"),
            ("exercise", "b"),
            ("of_each", "2"),
            ("exercise", "a"),
        ];
        Typed::read(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }

    #[test]
    fn exercises_keep_the_order_of_the_form_and_are_given_as_often_as_asked() {
        let new = typed().meant(NOON, ZONE).map(|new| (new.exercises, new.active_from, new.due_at));
        let exercises = ["b", "b", "a", "a"].map(str::to_owned).into();
        assert_eq!(new, Ok((exercises, None, None)));
    }

    #[test]
    fn a_due_day_lasts_to_its_end_and_a_day_that_has_begun_is_from_now() {
        let dated = |from: &str, due: &str| {
            let typed = Typed { from: from.to_owned(), due: due.to_owned(), ..typed() };
            typed.meant(NOON, ZONE).map(|new| (new.active_from, new.due_at))
        };
        let midnight = NOON.0 + 12 * 3_600_000;
        assert_eq!(dated("2025-11-25", "2025-11-25"), Ok((None, Some(Millis(midnight - 1)))));
        assert_eq!(dated("2025-11-26", ""), Ok((Some(Millis(midnight)), None)));
        assert_eq!(dated("", "25/11"), Err(Problem::DueUnusable));
    }

    #[test]
    fn a_count_beyond_the_choices_means_one() {
        let many = Typed { of_each: "4000000000".to_owned(), ..typed() };
        assert_eq!(many.meant(NOON, ZONE).map(|new| new.exercises.len()), Ok(2));
    }
}
