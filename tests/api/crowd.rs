//! Much at once: several tabs of one student, several students, the same thing sent twice in the same moment.

use std::{
    collections::BTreeSet,
    sync::{Barrier, Mutex},
    thread,
};

use crate::{
    app::{TestApp, on_both},
    client::{Client, key},
};

on_both!(
    tabs_of_one_student_lose_nothing,
    students_do_not_disturb_each_other,
    the_same_line_sent_at_once_is_stored_once,
    the_same_distance_sent_at_once_is_stored_once,
    a_task_opened_twice_at_once_is_opened_once,
    a_button_pressed_twice_is_no_problem,
);

const TABS: u32 = 4;
const LINES: u32 = 12;

/// The same browser session in another tab.
fn tabs(app: &TestApp, user_name: &str) -> Vec<Client> {
    (0..TABS).map(|_| app.signed_in(user_name)).collect()
}

/// Lets every tab do its part, all beginning in the same moment.
fn at_once(tabs: &[Client], act: impl Fn(u32, &Client) + Sync) {
    let begin = Barrier::new(tabs.len());
    thread::scope(|scope| {
        for (number, tab) in (0..).zip(tabs) {
            let (begin, act) = (&begin, &act);
            scope.spawn(move || {
                begin.wait();
                act(number, tab);
            });
        }
    });
}

/// Sends a line until it is taken, as the line editor does. A collision is told as one.
fn send(tab: &Client, path: &str, line: &str, key: &str) {
    for _ in 0..50 {
        let answer = tab.post_fragment(path, &[("line", line), ("key", key)]);
        if answer.status == 200 {
            return;
        }
        assert_eq!((answer.status, answer.problem().as_str()), (409, "collided"), "{}", answer.body);
    }
    panic!("a line was never taken");
}

fn tabs_of_one_student_lose_nothing(app: &mut TestApp) {
    let tabs = tabs(app, "alva");
    let (address, _) = tabs[0].follow("/calculations", &[]);
    let path = format!("{address}/lines");
    at_once(&tabs, |tab, client| {
        for line in 0..LINES {
            send(client, &path, &format!("rad {tab} {line} §"), &key(tab * 1000 + line));
        }
    });
    let page = tabs[0].page(&address);
    let keys: BTreeSet<&str> = page.every("data-key=\"", "\"").into_iter().collect();
    let sent: Vec<String> = (0..TABS).flat_map(|tab| (0..LINES).map(move |line| key(tab * 1000 + line))).collect();
    assert_eq!(keys, sent.iter().map(String::as_str).collect());
    let numbers: Vec<String> = page.every("data-number=\"", "\"").into_iter().map(str::to_owned).collect();
    assert_eq!(numbers, (1..=TABS * LINES).map(|number| number.to_string()).collect::<Vec<_>>());
}

fn students_do_not_disturb_each_other(app: &mut TestApp) {
    let students: Vec<Client> = ["alva", "bo", "cleo", "dina"].into_iter().map(|name| app.signed_in(name)).collect();
    at_once(&students, |number, client| {
        let (address, _) = client.follow("/calculations", &[]);
        for line in 0..LINES {
            let fields = [("line", format!("rad {number} §")), ("key", key(line))];
            let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
            assert_eq!(client.post_fragment(&format!("{address}/lines"), &fields).status, 200);
        }
        let page = client.page(&address);
        assert_eq!(page.verdicts().len(), usize::try_from(LINES).unwrap());
        for other in (0..4).filter(|other| *other != number) {
            page.must_not_show(&format!("rad {other} "));
        }
    });
}

fn the_same_line_sent_at_once_is_stored_once(app: &mut TestApp) {
    let tabs = tabs(app, "alva");
    let (address, _) = tabs[0].follow("/calculations", &[]);
    for number in 0..LINES {
        at_once(&tabs, |_, client| send(client, &format!("{address}/lines"), "§", &key(number)));
    }
    assert_eq!(tabs[0].page(&address).verdicts().len(), usize::try_from(LINES).unwrap());
}

fn the_same_distance_sent_at_once_is_stored_once(app: &mut TestApp) {
    let tabs = tabs(app, "alva");
    for number in 0..LINES {
        let key = key(number);
        at_once(&tabs, |_, client| {
            let answer = client.post("/maraton/distances", &[("kilometres", "1"), ("key", &key)]);
            assert_eq!(answer.status, 303, "{}", answer.body);
        });
    }
    let waiting = app.maria().page("/maraton");
    assert_eq!(waiting.every("name=\"distance\"", ">").len(), usize::try_from(LINES).unwrap());
}

fn a_task_opened_twice_at_once_is_opened_once(app: &mut TestApp) {
    let assignment = app.give("maria", "7A", &["two-step-plain"]);
    for path in ["/calculations".to_owned(), format!("/assigned/{assignment}")] {
        let tabs = tabs(app, "alva");
        let opened = Mutex::new(BTreeSet::new());
        at_once(&tabs, |_, client| {
            let address = client.follow(&path, &[]).0;
            opened.lock().unwrap().insert(address);
        });
        assert_eq!(opened.lock().unwrap().len(), 1, "{path}");
    }
}

fn a_button_pressed_twice_is_no_problem(app: &mut TestApp) {
    let tabs = tabs(app, "alva");
    for _ in 0..5 {
        let (address, _) = tabs[0].follow("/calculations", &[]);
        at_once(&tabs, |_, client| {
            client.follow(&format!("{address}/hints"), &[("strength", "1")]);
        });
        at_once(&tabs, |_, client| {
            client.follow(&format!("{address}/another"), &[]);
        });
    }
}
