//! What is kept, in plain words and with numbers.

use crate::{
    privacy::MyData,
    web::{frame::Frame, numbers::whole},
};

/// One kind of what is kept.
pub(super) struct Kept {
    pub(super) title: String,
    /// Before the numbers or names, those, and after them.
    pub(super) says: (String, String, String),
    /// Where more of it stands: address and word.
    pub(super) way: Option<(&'static str, String)>,
}

impl Kept {
    fn of(frame: &Frame, name: &str, what: String) -> Self {
        let says = (frame.t(&format!("kept-{name}-says")), what, frame.t(&format!("kept-{name}-why")));
        Self { title: frame.t(&format!("kept-{name}")), says, way: None }
    }

    fn with_way(mut self, frame: &Frame, href: &'static str, word: &str) -> Self {
        self.way = Some((href, frame.t(word)));
        self
    }
}

fn counted(frame: &Frame, key: &str, n: i64) -> String {
    frame.with2(key, "n", n, "count", whole(u64::try_from(n).unwrap_or_default()))
}

/// Everything that is kept of somebody; what only students have only for them.
pub(super) fn kept(frame: &Frame, data: &MyData, is_student: bool) -> Vec<Kept> {
    let own = &data.own;
    let mut all = vec![who(frame, data)];
    if is_student || own.is_individual || own.calculations > 0 {
        let done = [counted(frame, "kept-tasks", own.calculations), counted(frame, "kept-lines", own.lines)];
        all.push(Kept::of(frame, "done", done.join(", ")).with_way(frame, "/done", "kept-done-way"));
        let skills = counted(frame, "kept-skills", own.skills);
        all.push(Kept::of(frame, "can", skills).with_way(frame, "/map", "kept-can-way"));
    }
    if is_student || own.distances > 0 {
        let distances = counted(frame, "kept-distances", own.distances);
        all.push(Kept::of(frame, "distance", distances));
    }
    if own.given > 0 {
        let given = counted(frame, "kept-works", own.given);
        all.push(Kept::of(frame, "given", given));
    }
    let language = frame.language.own_name().to_lowercase();
    all.push(Kept::of(frame, "wish", language).with_way(frame, "/display", "kept-wish-way"));
    all.push(Kept::of(frame, "device", String::new()).with_way(frame, "/devices", "my-data-devices"));
    all
}

/// Name, user name, school, year and group.
fn who(frame: &Frame, data: &MyData) -> Kept {
    let own = &data.own;
    let mut said = vec![own.name.clone(), own.user_name.clone()];
    said.extend(own.email.clone());
    said.extend(own.school_year.map(|year| frame.n("kept-year", year)));
    for place in &own.belongs {
        for name in [&place.school, &place.group].into_iter().flatten() {
            if !said.contains(name) {
                said.push(name.clone());
            }
        }
        let role = frame.t(&format!("role-{}", place.role.name().replace('_', "-"))).to_lowercase();
        if place.role != vault::Role::Student && place.role != vault::Role::Individual && !said.contains(&role) {
            said.push(role);
        }
    }
    if own.is_individual && own.name.to_lowercase() == own.user_name {
        said.remove(0);
    }
    Kept::of(frame, if own.is_individual { "self" } else { "who" }, said.join(", "))
}
