//! What the student can, skill by skill, with how sure we are.

use actix_web::{HttpRequest, get, web::Data};
use askama::Template;

use crate::{
    app::App,
    exercises::{Bank, Skill},
    practice::{self, Known},
    web::{
        frame::{Frame, Tab},
        mastery::{Band, band},
        page::{Answer, html},
        reasons::in_sentence,
        who::Someone,
    },
};

/// Practised so well that it counts as known.
const CAN: f64 = 0.75;
/// So much of what was known has faded that it is worth refreshing, as a part of it.
const FADED: f64 = 0.08;

/// A skill as a node.
struct NodeShown {
    name: String,
    /// can, learning, now, review or soon
    state: &'static str,
    icon: &'static str,
    band: Option<Band>,
    /// Names of the skills that it builds on, in one sentence.
    needs: Option<String>,
}

/// The skills of one strand, each after what it builds on.
struct StrandShown {
    name: String,
    /// What was practised, what is within reach, and what belongs to the student's year.
    nodes: Vec<NodeShown>,
    /// The others, folded away.
    rest: Vec<NodeShown>,
}

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage {
    frame: Frame,
    strands: Vec<StrandShown>,
}

impl MapPage {
    fn state_word(&self, node: &NodeShown) -> String {
        self.frame.t(&format!("map-state-{}", node.state))
    }
}

/// The map of the student who is signed in.
#[get("/map")]
pub async fn show(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Answer {
    let today = practice::today(&app, &signed.me).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Map);
    let now = today.unfinished.as_ref().map(|(_, skill, _)| *skill).or(today.next.as_ref().map(|next| next.skill));
    let mut known: Vec<&Known> = today.known.iter().collect();
    known.sort_by_key(|known| app.bank.place(known.skill));
    let mut strands: Vec<(&str, StrandShown)> = Vec::new();
    for known in known {
        let Some(skill) = app.bank.skill(known.skill) else { continue };
        if strands.last().is_none_or(|(strand, _)| *strand != skill.strand) {
            let name = frame.t(&format!("strand-{}", skill.strand));
            strands.push((&skill.strand, StrandShown { name, nodes: Vec::new(), rest: Vec::new() }));
        }
        let Some((_, strand)) = strands.last_mut() else { continue };
        let is_now = now == Some(known.skill);
        let is_near = is_now || known.practised || known.within_reach || known.is_of_year;
        let nodes = if is_near { &mut strand.nodes } else { &mut strand.rest };
        nodes.push(node(&frame, &app.bank, (skill, known), is_now));
    }
    html(&MapPage { strands: strands.into_iter().map(|(_, shown)| shown).collect(), frame })
}

fn node(frame: &Frame, bank: &Bank, (skill, known): (&Skill, &Known), is_now: bool) -> NodeShown {
    let needs = known.builds_on.iter().filter_map(|need| bank.skill(*need));
    let needs: Vec<String> = needs.map(|need| in_sentence(frame.language.of(&need.name))).collect();
    let state = state(known, is_now);
    NodeShown {
        name: frame.language.of(&skill.name).to_owned(),
        state,
        icon: icon(state),
        band: known.practised.then(|| band(&known.mastery)),
        needs: (!needs.is_empty()).then(|| frame.with("map-needs", "skills", needs.join(", "))),
    }
}

fn state(known: &Known, is_now: bool) -> &'static str {
    match () {
        () if is_now => "now",
        () if !known.practised => "soon",
        () if known.due >= FADED && known.mastery.probability / (1.0 - known.due) >= CAN => "review",
        () if known.mastery.probability >= CAN && known.mastery.enough => "can",
        () => "learning",
    }
}

fn icon(state: &str) -> &'static str {
    match state {
        "can" => "check",
        "now" => "map-pin",
        "review" => "repeat",
        "soon" => "lock-open",
        _ => "trending-up",
    }
}
