//! What the policies promise, fact by fact, each written by hand and asked of the running server. Nothing here is taken
//! from the table that the server goes by: the two have to agree.
//!
//! The facts themselves stand in `said`.

mod said;

use std::collections::BTreeMap;

use vault::{
    Fault, access,
    rows::{children, people},
};

use self::said::{
    AT_FIRST, CLOSED,
    Comes::{Done, Door, Hides, NotFound, Shows},
    ENDED, Fact, LATER, REPORTED,
};
use crate::{
    app::{TestApp, on_both},
    client::{Client, key},
    things::{Ids, THINGS, mark, practise, report},
    world,
};

/// Somebody's things by the name before the dot.
type Whose = BTreeMap<&'static str, Ids>;

fn filled(text: &str, whose: &Whose) -> String {
    let mut filled = text.to_owned();
    while let Some((before, rest)) = filled.split_once('{') {
        let (inside, after) = rest.split_once('}').unwrap();
        let (who, what) = inside.split_once('.').unwrap();
        let id = whose.get(who).and_then(|ids| ids.get(what)).cloned().unwrap_or_else(|| key(77));
        filled = format!("{before}{id}{after}");
    }
    filled
}

/// Asks for every fact, and says all that do not hold.
fn hold(app: &TestApp, whose: &Whose, facts: &[Fact]) {
    let mut clients: BTreeMap<&str, Client> = BTreeMap::new();
    let mut broken = Vec::new();
    for (says, who, asked, comes) in facts {
        let client =
            clients.entry(*who).or_insert_with(|| if who.is_empty() { app.nobody() } else { app.signed_in(who) });
        let (method, path) = asked.split_once(' ').unwrap();
        let path = filled(path, whose);
        let answer = if method == "GET" {
            client.get(&path)
        } else {
            let key = "0000000000000000000000000000004f";
            let fields = [("line", "1"), ("key", key), ("strength", "1"), ("holds", "yes"), ("course", "1")];
            let set = [("kind", "test"), ("title", "Hit"), ("exercise", "negative-add"), ("user_name", "dina")];
            client.post(&path, &[&fields[..], &set[..]].concat())
        };
        let holds = match comes {
            Shows(text) => answer.status == 200 && answer.shows(&filled(text, whose)),
            Hides(text) => !answer.shows(text) && answer.status < 500,
            NotFound => (answer.status, answer.problem().as_str()) == (404, "not-found"),
            Door => (answer.status, answer.location()) == (303, "/sign-in"),
            Done => answer.status == 303,
        };
        if !holds {
            broken.push(format!("{says}: {who} {asked} gave {} {}", answer.status, answer.location()));
        }
    }
    assert!(broken.is_empty(), "{} facts do not hold:\n{}", broken.len(), broken.join("\n"));
}

fn begin(app: &TestApp) -> Whose {
    app.write(|tx| {
        let schools = [("aspby", "ekskolan"), ("aspby", "linskolan"), ("bjorkhaga", "hagen")];
        schools.into_iter().try_for_each(|(of, at)| world::let_five_enter(tx, of, at))
    });
    let alva = app.alva();
    let (older, _) = alva.follow("/calculations", &[]);
    alva.follow(&format!("{older}/lines"), &[("line", "äldre märke §"), ("key", &key(3))]);
    alva.post(&format!("{older}/another"), &[]);
    app.clock.pass(60_000);
    let mut whose: Whose = THINGS.into_iter().map(|thing| (thing.0, practise(app, thing))).collect();
    for who in ["bo", "folke", "olle"] {
        whose.insert(who, [("student", world::person(who).to_string())].into());
    }
    let ines = app.signed_in("ines");
    let (address, _) = ines.follow("/calculations", &[]);
    ines.follow(&format!("{address}/lines"), &[("line", &mark("ines")), ("key", &key(1))]);
    whose.insert("ines", [("calculation", address.trim_start_matches("/calculations/").to_owned())].into());
    whose
}

fn the_facts_hold(app: &mut TestApp) {
    let mut whose = begin(app);
    hold(app, &whose, AT_FIRST);
    for who in ["alva", "selma", "maria"] {
        let id = report(app, who);
        whose.entry(who).or_default().insert("report", id);
    }
    app.clock.pass(60_000);
    let lines = filled("/calculations/{alva.calculation}/lines", &whose);
    app.alva().follow(&lines, &[("line", "senare rad §"), ("key", &key(2))]);
    hold(app, &whose, REPORTED);
    hold(app, &whose, CLOSED);
    end(app);
    hold(app, &whose, ENDED);
    app.clock.pass(14 * world::DAY);
    hold(app, &whose, LATER);
}

/// Ends what Maria is in 7A and what Gunnar is to Alva, behind the server's back.
fn end(app: &TestApp) {
    let (maria, gunnar, now) = (app.me("maria"), app.me("gunnar"), app.clock.now());
    let ended = app.write(move |tx| {
        let group = access::group(tx, &maria, world::group("7A"), now).map_err(|_| Fault::Panicked)?;
        let child = access::child(tx, &gunnar, world::person("alva"), now).map_err(|_| Fault::Panicked)?;
        Ok(people::end_membership(tx, &group, world::person("maria"), now)?
            + children::end_guardian(tx, &child, world::person("gunnar"), now)?)
    });
    assert_eq!(ended, 2);
}

/// What the body of a report names is nothing to the server: the sender's own work goes along, or none.
fn a_report_takes_nothing_along_that_is_not_the_senders(app: &mut TestApp) {
    let whose = begin(app);
    let id = filled("{alva.calculation}", &whose);
    let bo = app.signed_in("bo");
    bo.follow("/calculations", &[]);
    for about in [&*id, "yes"] {
        let fields =
            [("about", about), ("calculation", &*id), ("calculation_id", &*id), ("id", &*id), ("person", "alva")];
        assert_eq!(bo.post("/report", &fields).status, 303);
        assert_eq!(bo.post(&format!("/report?calculation={id}"), &fields).status, 303);
    }
    let support = app.signed_in("sofia");
    let list = support.page("/support");
    let reports = list.every("/support/reports/", "\"");
    assert_eq!(reports.len(), 1, "about the same there is one report while it is open");
    let page = support.page(&format!("/support/reports/{}", reports[0]));
    page.must_show("Bo Ek");
    page.must_not_show(&mark("alva"));
    page.must_not_show("Alva");
}

/// Who sends a report without the task sends no task.
fn the_sender_chooses_whether_the_task_goes_along(app: &mut TestApp) {
    begin(app);
    let alva = app.alva();
    alva.page("/report").must_show(&mark("alva"));
    alva.follow("/report", &[]);
    let support = app.signed_in("sofia");
    let list = support.page("/support");
    let page = support.page(&format!("/support/reports/{}", list.between("/support/reports/", "\"").unwrap()));
    page.must_show("Alva Lind");
    page.must_not_show(&mark("alva"));
}

#[test]
fn there_are_enough_facts_and_none_is_said_twice() {
    let all: Vec<&Fact> = [AT_FIRST, REPORTED, CLOSED, ENDED, LATER].into_iter().flatten().collect();
    assert!(all.len() >= 150, "{}", all.len());
    let mut said: Vec<&str> = all.iter().map(|fact| fact.0).collect();
    said.sort_unstable();
    said.dedup();
    assert_eq!(said.len(), all.len());
}

on_both!(
    the_facts_hold,
    a_report_takes_nothing_along_that_is_not_the_senders,
    the_sender_chooses_whether_the_task_goes_along,
);
