//! A student in a lesson during which something fails.

use serde_json::json;

use crate::{
    client::{Answer, Client, key},
    site::{Serving, Site, until},
    students::{PASSWORD, opened},
};

/// A student who sends lines, and remembers which were taken.
pub struct Lesson {
    pub client: Client,
    at: String,
    taken: Vec<String>,
}

impl Lesson {
    pub fn begin(serving: &Serving) -> Self {
        let (client, at) = opened(serving, "alva");
        Self { client, at, taken: Vec::new() }
    }

    /// Sends the next line; the same with the same key, until it is taken.
    pub fn send(&mut self) -> Answer {
        let number = u32::try_from(self.taken.len()).unwrap() + 1;
        let text = format!("{number} + (");
        let body = json!({ "line": text, "key": key(number) });
        let answer = self.client.post_json(&format!("{}/lines", self.at), &body);
        if answer.status == 201 || answer.status == 200 {
            self.taken.push(text);
        }
        answer
    }

    pub fn send_some(&mut self) {
        for _ in 0..5 {
            let answer = self.send();
            assert_eq!(answer.status, 201, "{}", answer.body);
        }
    }

    /// Sends until a line is refused with the problem.
    pub fn send_until(&mut self, status: u16, problem: &str) {
        let before = self.taken.len();
        loop {
            let answer = self.send();
            if answer.status != 201 {
                assert_eq!((answer.status, answer.problem().as_str()), (status, problem), "{}", answer.body);
                assert!(!answer.header("retry-after").is_empty());
                return;
            }
            assert!(self.taken.len() - before < 150, "every line is taken");
        }
    }

    pub fn send_until_taken(&mut self) {
        until("a line is taken again", || {
            let answer = self.send();
            assert!(matches!(answer.status, 200 | 201 | 503 | 507), "{}", answer.body);
            answer.status < 500
        });
        self.send_some();
    }

    /// What was taken, in order, once each, and nothing else.
    pub fn must_be_there(&self, client: &Client) {
        let shown = client.get(&self.at);
        assert_eq!(shown.status, 200, "{}", shown.body);
        let shown = shown.json();
        let there: Vec<&str> =
            shown["lines"].as_array().unwrap().iter().filter_map(|line| line["entered"].as_str()).collect();
        assert_eq!(there, self.taken);
    }
}

/// Ends the server and looks from another one. What the first one said.
pub fn must_all_be_there(site: &Site, serving: Serving, lesson: &Lesson) -> String {
    serving.signal("KILL");
    let (_, said) = serving.end();
    assert!(!said.contains("panicked"), "{said}");
    let serving = site.serve(&[]);
    lesson.must_be_there(&serving.sign_in("alva", PASSWORD).unwrap());
    serving.stop();
    said
}

/// How often the metrics have counted something.
pub fn counted(serving: &Serving, what: &str) -> f64 {
    let told = serving.client().page("/metrics").body;
    let line = told.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("{what} is not counted: {told}")).parse().unwrap()
}
