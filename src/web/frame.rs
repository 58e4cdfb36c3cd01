//! The frame around every page: language, display settings, tabs, who is signed in, where the assets are.

use actix_web::HttpRequest;
use vault::rows::people::Profile;

use super::{assets, display::Display, problem::Problem, speech::Language};
use crate::accounts::Signed;

/// Which tab the page belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tab {
    Today,
    Map,
    Done,
    Groups,
    Assignments,
    School,
    Controller,
    Forgetting,
    Children,
    Support,
    Sight,
    Maraton,
    Organiser,
    MyData,
    Display,
    /// No tab.
    Elsewhere,
}

/// One tab as it is shown.
pub struct TabLink {
    pub href: &'static str,
    pub word: String,
    pub current: bool,
}

/// What `templates/frame.html` needs.
pub struct Frame {
    pub language: Language,
    pub display: Display,
    /// The one who is signed in.
    pub name: Option<String>,
    /// A student on a shared device may hand over to the next.
    pub is_student: bool,
    /// Years 1-3 get other type and larger targets.
    pub is_young: bool,
    pub time_zone: String,
    pub tabs: Vec<TabLink>,
    /// The path of the page, to come back to after a change of settings.
    pub here: String,
    pub tab: Tab,
}

impl Frame {
    /// The frame of a page for the one who is signed in, or for anyone.
    #[must_use]
    pub fn of(request: &HttpRequest, signed: Option<&Signed>, tab: Tab) -> Self {
        let profile = signed.map(|signed| signed.profile.as_ref());
        let language = language(request, profile);
        Self {
            language,
            display: Display::of(request),
            name: profile.map(|profile| first_name(&profile.name).to_owned()),
            is_student: profile.is_some_and(|profile| profile.is(vault::Role::Student)),
            is_young: profile.and_then(|profile| profile.school_year).is_some_and(|year| year <= 3),
            time_zone: profile.map_or("Europe/Stockholm", |profile| &profile.time_zone).to_owned(),
            tabs: profile.map(|profile| tabs(language, profile, tab)).unwrap_or_default(),
            here: request.path().to_owned(),
            tab,
        }
    }

    /// The frame of a page that is the same for all, whoever is signed in and whatever was chosen on the device; in the
    /// language of the address, else in what the browser asks for, else in Swedish.
    #[must_use]
    pub fn for_all(request: &HttpRequest, wished: Option<Language>) -> Self {
        let asked = request.headers().get("accept-language").and_then(|header| header.to_str().ok());
        let language = wished.or_else(|| asked.and_then(Language::accepted)).unwrap_or(Language::Swedish);
        Self {
            language,
            display: Display::default(),
            name: None,
            is_student: false,
            is_young: false,
            time_zone: "Europe/Stockholm".to_owned(),
            tabs: Vec::new(),
            here: request.path().to_owned(),
            tab: Tab::Elsewhere,
        }
    }

    /// The same in another language, for a part of the page that is shown as others see it.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        Self {
            language,
            display: self.display.clone(),
            name: None,
            time_zone: self.time_zone.clone(),
            tabs: Vec::new(),
            here: self.here.clone(),
            ..*self
        }
    }

    /// A sentence in the reader's language.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.language.t(key)
    }

    /// A sentence that counts.
    #[must_use]
    pub fn n(&self, key: &str, n: impl ToString) -> String {
        self.language.n(key, n)
    }

    /// A sentence with one value.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "templates hand in values and references alike")]
    pub fn with(&self, key: &str, name: &'static str, value: impl ToString) -> String {
        self.language.with(key, [(name, value.to_string())])
    }

    /// A sentence with two values.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "templates hand in values and references alike")]
    pub fn with2(
        &self,
        key: &str,
        name: &'static str,
        value: impl ToString,
        name2: &'static str,
        value2: impl ToString,
    ) -> String {
        self.language.with(key, [(name, value.to_string()), (name2, value2.to_string())])
    }

    /// A sentence with three values.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "templates hand in values and references alike")]
    #[expect(clippy::too_many_arguments, reason = "templates cannot build a list of pairs of different types")]
    pub fn with3(
        &self,
        key: &str,
        name: &'static str,
        value: impl ToString,
        name2: &'static str,
        value2: impl ToString,
        name3: &'static str,
        value3: impl ToString,
    ) -> String {
        self.language.with(key, [(name, value.to_string()), (name2, value2.to_string()), (name3, value3.to_string())])
    }

    /// What happened.
    #[must_use]
    pub fn title_of(&self, problem: &Problem) -> String {
        problem.title(self.language)
    }

    /// What to do about it.
    #[must_use]
    pub fn advice_on(&self, problem: &Problem) -> String {
        problem.advice(self.language)
    }

    #[must_use]
    pub fn is_display(&self) -> bool {
        self.tab == Tab::Display
    }

    /// What the reader may choose among.
    #[must_use]
    pub const fn languages(&self) -> &'static [Language] {
        &Language::ALL
    }

    /// The address of an asset by its plain name.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// An icon beside a word; it says nothing by itself.
    #[must_use]
    pub fn icon(&self, name: &str) -> Html {
        Html(format!(
            r##"<svg class="icon" aria-hidden="true"><use href="{}#i-{name}"/></svg>"##,
            assets::address("icons.svg")
        ))
    }
}

impl Frame {
    /// The arrow of something that opens.
    #[must_use]
    pub fn chevron(&self) -> Html {
        Html(format!(
            r##"<svg class="icon chev" aria-hidden="true"><use href="{}#i-chevron-right"/></svg>"##,
            assets::address("icons.svg")
        ))
    }
}

/// Markup of our own, written out as it is.
pub struct Html(pub String);

impl std::fmt::Display for Html {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// The name of the cookie that holds the language chosen on the device.
pub const LANGUAGE_COOKIE: &str = "language";

/// What was chosen on the device, else the account's language, else what the browser asks for, else Swedish.
#[must_use]
pub fn language(request: &HttpRequest, profile: Option<&Profile>) -> Language {
    let chosen = request.cookie(LANGUAGE_COOKIE).and_then(|cookie| Language::coded(cookie.value()));
    let asked = || request.headers().get("accept-language").and_then(|header| header.to_str().ok());
    chosen
        .or_else(|| profile.and_then(|profile| Language::coded(&profile.language)))
        .or_else(|| asked().and_then(Language::accepted))
        .unwrap_or(Language::Swedish)
}

/// The name without the family name: what a class calls each other.
#[must_use]
pub fn first_name(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}

/// «Alva Lind» as «Alva L.», for lists where a whole name would not fit.
#[must_use]
pub fn short_name(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((first, last)) => match last.chars().next() {
            Some(letter) => format!("{first} {letter}."),
            None => first.to_owned(),
        },
        None => name.to_owned(),
    }
}

/// The tabs that the roles of the one who is signed in give.
fn tabs(language: Language, profile: &Profile, current: Tab) -> Vec<TabLink> {
    use vault::{
        Role,
        access::matrix::{Action, Relation, Resource, Who, holds},
    };
    let mut tabs = Vec::new();
    let mut add = |href, key: &str, tab| {
        tabs.push(TabLink { href, word: language.t(key), current: tab == current });
    };
    if profile.is(Role::Student) || profile.is(Role::Individual) {
        add("/today", "tab-today", Tab::Today);
        add("/map", "tab-map", Tab::Map);
        add("/done", "tab-done", Tab::Done);
    }
    if profile.is(Role::Individual) {
        add("/my-data", "my-data", Tab::MyData);
    }
    if profile.is(Role::Teacher) || profile.is(Role::Mentor) {
        add("/groups", "tab-groups", Tab::Groups);
        add("/assignments", "tab-assignments", Tab::Assignments);
    }
    if profile.is(Role::SchoolAdmin) {
        add("/school", "tab-school", Tab::School);
    }
    if profile.is(Role::Officer) {
        add("/controller", "tab-controller", Tab::Controller);
        add("/forgetting", "tab-forgetting", Tab::Forgetting);
    }
    if profile.is(Role::Guardian) {
        add("/children", "tab-children", Tab::Children);
    }
    if profile.is(Role::Support) {
        add("/support", "tab-support", Tab::Support);
    }
    if profile.is(Role::Organiser) {
        add("/organiser", "tab-organiser", Tab::Organiser);
    }
    if [Role::Operator, Role::DatabaseStaff, Role::Researcher].iter().any(|role| profile.is(*role)) {
        add("/sight", "sight-title", Tab::Sight);
    }
    let in_event = |role| holds(Who::Is(role), Resource::Standing, Action::Read, Relation::MyController);
    if profile.places.iter().any(|place| in_event(place.role)) {
        add("/maraton", "tab-maraton", Tab::Maraton);
    }
    tabs
}
