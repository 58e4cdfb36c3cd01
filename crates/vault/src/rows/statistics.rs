//! Sums that outlast everybody: how an exercise went, and how much a school practised.
//!
//! A sum is frozen from what is there, over at least so many persons, before any of them is forgotten; what comes after
//! that moment is added when the next is frozen, and only if it is again of so many. So no two states of a sum differ by
//! fewer, and forgetting somebody changes none.
//!
//! | table | one row | over at least |
//! |---|---|---|
//! | `item_stat` | the first answers to an exercise, by band of school years and term | [`K_OUTSIDE`] students, right and wrong ones among them |
//! | `usage` | the exercises that were finished at a school in a term | [`K_INSIDE`] students |

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Binary, Text},
};

use crate::{
    access::ForgetSight,
    connection::{Connection, Tx, on_each},
    fault::Fault,
    ids::{ControllerId, SchoolId},
    schema::{item_stat, school, usage},
    time::Millis,
};

/// Persons in a sum over all controllers.
pub const K_OUTSIDE: i64 = 10;
/// Persons in a sum inside a school.
pub const K_INSIDE: i64 = 5;
/// Bins of ability, half a logit each; the first and the last are open.
pub const ABILITY_BINS: usize = 10;
const LOWEST: f64 = -2.0;
/// Upper ends of the bins of time, milliseconds; the last bin is open.
const TIMES: [i64; 7] = [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000];

/// Half a year, from its first moment to before its last.
#[derive(Clone, PartialEq, Eq)]
pub struct Term {
    /// `2026-spring`
    pub name: String,
    pub from: Millis,
    pub to: Millis,
}

/// What is summed up: everything of a term up to a moment, or also what came later of those who leave.
pub struct Span {
    pub term: Term,
    pub until: Millis,
    /// Only sums that they are in; empty is all sums.
    pub leaving: Vec<ForgetSight>,
}

impl Span {
    /// `at` lies in the term, and before the moment or in what is of those who leave.
    fn covers(&self, is_postgres: bool, at: &str, student: &str) -> String {
        let Self { term, until, .. } = self;
        let leaving = match self.persons(is_postgres) {
            persons if persons.is_empty() => String::new(),
            persons => format!(" OR {student} IN ({persons})"),
        };
        format!("{at} >= {} AND {at} < {} AND ({at} <= {}{leaving})", term.from.0, term.to.0, until.0)
    }

    fn persons(&self, is_postgres: bool) -> String {
        let persons: Vec<String> =
            self.leaving.iter().map(|sight| literal(is_postgres, sight.person.as_bytes())).collect();
        persons.join(", ")
    }
}

/// Bytes as SQL.
fn literal(is_postgres: bool, bytes: &[u8; 16]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    if is_postgres { format!("'\\x{hex}'::bytea") } else { format!("X'{hex}'") }
}

fn is_postgres(tx: &mut Tx) -> bool {
    matches!(tx.connection(), Connection::Postgres(_))
}

/// What a sum grows by.
#[derive(QueryableByName, Clone, PartialEq, Eq)]
pub struct ItemSum {
    #[diesel(sql_type = Text)]
    pub exercise: String,
    #[diesel(sql_type = Text)]
    pub band: String,
    #[diesel(sql_type = BigInt)]
    pub persons: i64,
    #[diesel(sql_type = BigInt)]
    pub responses: i64,
    #[diesel(sql_type = BigInt)]
    pub correct: i64,
    /// Twenty counts with commas between: wrong and right in each bin of ability.
    #[diesel(sql_type = Text)]
    pub by_ability: String,
    /// Eight counts: how long it took.
    #[diesel(sql_type = Text)]
    pub by_time: String,
    /// From when it is counted; 0 if nothing was frozen yet.
    #[diesel(sql_type = BigInt)]
    since: i64,
}

const BAND: &str = "CASE WHEN p.school_year BETWEEN 1 AND 3 THEN '1-3' WHEN p.school_year BETWEEN 4 AND 6 THEN '4-6' \
     WHEN p.school_year BETWEEN 7 AND 9 THEN '7-9' WHEN p.school_year >= 10 THEN '10-13' ELSE 'other' END";

fn item_query(is_postgres: bool, span: &Span) -> String {
    let abilities: Vec<String> = (0..ABILITY_BINS - 1)
        .map(|bin| {
            #[expect(clippy::cast_precision_loss, reason = "a handful of bins")]
            let end = LOWEST + 0.5 * bin as f64;
            format!("WHEN s.ability < {end:.1} THEN {bin}")
        })
        .collect();
    let times: Vec<String> =
        TIMES.iter().enumerate().map(|(bin, end)| format!("WHEN r.milliseconds < {end} THEN {bin}")).collect();
    let sum = |condition: String| format!("CAST(sum(CASE WHEN {condition} THEN 1 ELSE 0 END) AS TEXT)");
    let by_ability: Vec<String> = (0..ABILITY_BINS)
        .flat_map(|bin| [0, 1].map(|right| sum(format!("g.ability = {bin} AND g.was_right = {right}"))))
        .collect();
    let by_time: Vec<String> = (0..=TIMES.len()).map(|bin| sum(format!("g.time = {bin}"))).collect();
    let touched = match span.persons(is_postgres) {
        persons if persons.is_empty() => String::new(),
        persons => format!(
            " AND r.exercise IN (SELECT theirs.exercise FROM calculation theirs WHERE theirs.student_id IN ({persons}))"
        ),
    };
    format!(
        "SELECT g.exercise, g.band, count(DISTINCT g.student_id) AS persons, count(*) AS responses, \
             sum(g.was_right) AS correct, {by_ability} AS by_ability, {by_time} AS by_time, max(g.since) AS since \
         FROM (SELECT r.exercise, r.student_id, {BAND} AS band, CASE WHEN r.correct THEN 1 ELSE 0 END AS was_right, \
                 CASE {abilities} ELSE {last_ability} END AS ability, CASE {times} ELSE {last_time} END AS time, \
                 COALESCE(f.until, 0) AS since, r.at \
             FROM response r \
             JOIN student s ON s.controller_id = r.controller_id AND s.person_id = r.student_id \
             JOIN person p ON p.controller_id = r.controller_id AND p.id = r.student_id \
             LEFT JOIN item_stat f ON f.exercise = r.exercise AND f.band = {BAND} AND f.term = '{term}' \
             WHERE NOT r.is_line AND r.attempt = 1 AND {covers}{touched}) g \
         WHERE g.at > g.since GROUP BY g.exercise, g.band \
         HAVING count(DISTINCT g.student_id) >= {K_OUTSIDE} AND sum(g.was_right) > 0 AND sum(g.was_right) < count(*)",
        by_ability = by_ability.join(" || ',' || "),
        by_time = by_time.join(" || ',' || "),
        abilities = abilities.join(" "),
        last_ability = ABILITY_BINS - 1,
        times = times.join(" "),
        last_time = TIMES.len(),
        term = span.term.name,
        covers = span.covers(is_postgres, "r.at", "r.student_id"),
    )
}

/// What the sums of exercises grow by: of those that may.
pub fn item_sums(tx: &mut Tx, span: &Span) -> Result<Vec<ItemSum>, Fault> {
    let query = item_query(is_postgres(tx), span);
    Ok(on_each!(tx.connection(), each => sql_query(query).load(each))?)
}

/// Adds to the sums, each once: what was added by another in the meantime is left alone.
pub fn freeze_items(tx: &mut Tx, span: &Span, sums: &[ItemSum]) -> Result<usize, Fault> {
    let mut frozen = 0;
    for sum in sums {
        type Row = (i64, i64, i64, String, String, i64);
        let there: Option<Row> = item_stat::table
            .filter(item_stat::exercise.eq(&sum.exercise))
            .filter(item_stat::band.eq(&sum.band))
            .filter(item_stat::term.eq(&span.term.name))
            .select((
                item_stat::persons,
                item_stat::responses,
                item_stat::correct,
                item_stat::by_ability,
                item_stat::by_time,
                item_stat::until,
            ))
            .first(tx.connection())
            .optional()?;
        if there.as_ref().map_or(0, |row| row.5) != sum.since {
            continue;
        }
        let (persons, responses, correct, by_ability, by_time, _) =
            there.unwrap_or_else(|| (0, 0, 0, String::new(), String::new(), 0));
        let values = (
            // Of two parts of a term the larger is what is known.
            item_stat::persons.eq(persons.max(sum.persons)),
            item_stat::responses.eq(responses + sum.responses),
            item_stat::correct.eq(correct + sum.correct),
            item_stat::by_ability.eq(added(&by_ability, &sum.by_ability)),
            item_stat::by_time.eq(added(&by_time, &sum.by_time)),
            item_stat::until.eq(span.until),
        );
        let key =
            (item_stat::exercise.eq(&sum.exercise), item_stat::band.eq(&sum.band), item_stat::term.eq(&span.term.name));
        on_each!(tx.connection(), each => diesel::insert_into(item_stat::table)
            .values((key, values.clone()))
            .on_conflict((item_stat::exercise, item_stat::band, item_stat::term))
            .do_update()
            .set(values)
            .execute(each))?;
        frozen += 1;
    }
    Ok(frozen)
}

/// Adds lists of counts, place by place.
fn added(one: &str, other: &str) -> String {
    let counts = |text: &str| -> Vec<i64> { text.split(',').map(|count| count.parse().unwrap_or(0)).collect() };
    let (mut sum, other) = (counts(one), counts(other));
    sum.resize(other.len().max(sum.len()), 0);
    for (at, count) in other.into_iter().enumerate() {
        sum[at] += count;
    }
    sum.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// A sum as it stands.
#[derive(Queryable, Clone, PartialEq, Eq)]
pub struct ItemStat {
    pub exercise: String,
    pub band: String,
    pub term: String,
    pub persons: i64,
    pub responses: i64,
    pub correct: i64,
    pub by_ability: String,
    pub by_time: String,
    pub until: Millis,
}

/// All frozen sums of exercises.
pub fn item_stats(tx: &mut Tx) -> Result<Vec<ItemStat>, Fault> {
    Ok(item_stat::table.order((item_stat::exercise, item_stat::band, item_stat::term)).load(tx.connection())?)
}

/// What a school's sum grows by.
#[derive(QueryableByName, Clone)]
pub struct UsageSum {
    #[diesel(sql_type = Binary)]
    controller_id: Vec<u8>,
    #[diesel(sql_type = Binary)]
    school_id: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    students: i64,
    #[diesel(sql_type = BigInt)]
    finished: i64,
    #[diesel(sql_type = BigInt)]
    since: i64,
}

fn usage_query(is_postgres: bool, span: &Span, school: &str, having: &str) -> String {
    format!(
        "SELECT m.controller_id, m.school_id, count(DISTINCT c.student_id) AS students, \
             count(DISTINCT CASE WHEN c.finished_at > COALESCE(u.until, 0) THEN c.id END) AS finished, \
             COALESCE(max(u.until), 0) AS since \
         FROM membership m \
         JOIN calculation c ON c.controller_id = m.controller_id AND c.student_id = m.person_id \
         LEFT JOIN usage u ON u.controller_id = m.controller_id AND u.school_id = m.school_id AND u.term = '{term}' \
         WHERE m.role = 'student' AND m.school_id IS NOT NULL AND {school} \
             AND m.from_at <= c.finished_at AND (m.to_at IS NULL OR m.to_at > c.finished_at) AND {covers} \
         GROUP BY m.controller_id, m.school_id{having}",
        term = span.term.name,
        covers = span.covers(is_postgres, "c.finished_at", "c.student_id"),
    )
}

/// What the sums of schools grow by: of those that may.
pub fn usage_sums(tx: &mut Tx, span: &Span) -> Result<Vec<UsageSum>, Fault> {
    let is_postgres = is_postgres(tx);
    let school = match span.persons(is_postgres) {
        persons if persons.is_empty() => "m.school_id IS NOT NULL".to_owned(),
        persons => format!("m.school_id IN (SELECT of.school_id FROM membership of WHERE of.person_id IN ({persons}))"),
    };
    let having = format!(
        " HAVING count(DISTINCT CASE WHEN c.finished_at > COALESCE(u.until, 0) THEN c.student_id END) >= {K_INSIDE}"
    );
    let query = usage_query(is_postgres, span, &school, &having);
    Ok(on_each!(tx.connection(), each => sql_query(query).load(each))?)
}

/// Adds to the sums of schools, each once.
pub fn freeze_usage(tx: &mut Tx, span: &Span, sums: &[UsageSum]) -> Result<usize, Fault> {
    let mut frozen = 0;
    for sum in sums {
        let there: Option<(i64, i64, i64)> = usage::table
            .filter(usage::controller_id.eq(&sum.controller_id))
            .filter(usage::school_id.eq(&sum.school_id))
            .filter(usage::term.eq(&span.term.name))
            .select((usage::students, usage::finished, usage::until))
            .first(tx.connection())
            .optional()?;
        let (students, finished, since) = there.unwrap_or_default();
        if since != sum.since {
            continue;
        }
        let values = (
            usage::students.eq(students.max(sum.students)),
            usage::finished.eq(finished + sum.finished),
            usage::until.eq(span.until),
        );
        let key = (
            usage::controller_id.eq(&sum.controller_id),
            usage::school_id.eq(&sum.school_id),
            usage::term.eq(&span.term.name),
        );
        on_each!(tx.connection(), each => diesel::insert_into(usage::table)
            .values((key, values))
            .on_conflict((usage::controller_id, usage::school_id, usage::term))
            .do_update()
            .set(values)
            .execute(each))?;
        frozen += 1;
    }
    Ok(frozen)
}

/// How much a school practised in a term.
#[derive(Clone, PartialEq, Eq)]
pub struct Usage {
    pub students: i64,
    /// Exercises that were finished.
    pub finished: i64,
}

/// How much every school practised in a term, until now; nothing where it were of fewer than [`K_INSIDE`] students.
pub fn usages(tx: &mut Tx, term: &Term, now: Millis) -> Result<Vec<(SchoolId, Option<Usage>)>, Fault> {
    let schools: Vec<(ControllerId, SchoolId)> =
        school::table.select((school::controller_id, school::id)).order(school::id).load(tx.connection())?;
    schools.into_iter().map(|(of, id)| Ok((id, usage_in(tx, of, id, term.clone(), now)?))).collect()
}

fn usage_in(
    tx: &mut Tx,
    controller: ControllerId,
    school: SchoolId,
    term: Term,
    now: Millis,
) -> Result<Option<Usage>, Fault> {
    let frozen: Option<(i64, i64)> = usage::table
        .filter(usage::controller_id.eq(controller))
        .filter(usage::school_id.eq(school))
        .filter(usage::term.eq(&term.name))
        .select((usage::students, usage::finished))
        .first(tx.connection())
        .optional()?;
    let is_postgres = is_postgres(tx);
    let id = |bytes: &[u8; 16]| literal(is_postgres, bytes);
    let here = format!("m.controller_id = {} AND m.school_id = {}", id(controller.as_bytes()), id(school.as_bytes()));
    let query = usage_query(is_postgres, &Span { term, until: now, leaving: Vec::new() }, &here, "");
    let live: Vec<UsageSum> = on_each!(tx.connection(), each => sql_query(query).load(each))?;
    let (students, finished) = frozen.unwrap_or_default();
    let (now_students, now_finished) = live.first().map_or((0, 0), |live| (live.students, live.finished));
    let usage = Usage { students: students.max(now_students), finished: finished + now_finished };
    Ok((usage.students >= K_INSIDE).then_some(usage))
}
