//! What the student can, skill by skill, with how sure we are.

use actix_web::{HttpRequest, get, web::Data};
use askama::Template;

use crate::{
    app::App,
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

/// The skills of one strand.
struct StrandShown {
    name: String,
    nodes: Vec<NodeShown>,
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
    let mut strands: Vec<(String, StrandShown)> = Vec::new();
    for known in &today.known {
        let Some(skill) = app.bank.skill(known.skill) else { continue };
        let needs = skill
            .prerequisites
            .iter()
            .filter_map(|need| app.bank.skill(*need))
            .map(|need| in_sentence(frame.language.of(&need.name)))
            .collect::<Vec<_>>()
            .join(", ");
        let state = state(known, now == Some(known.skill));
        let node = NodeShown {
            name: frame.language.of(&skill.name).to_owned(),
            state,
            icon: icon(state),
            band: known.practised.then(|| band(&known.mastery)),
            needs: (!needs.is_empty()).then(|| frame.with("map-needs", "skills", needs)),
        };
        match strands.iter_mut().find(|(strand, _)| *strand == skill.strand) {
            Some((_, shown)) => shown.nodes.push(node),
            None => {
                let name = frame.t(&format!("strand-{}", skill.strand));
                strands.push((skill.strand.clone(), StrandShown { name, nodes: vec![node] }));
            }
        }
    }
    html(&MapPage { strands: strands.into_iter().map(|(_, shown)| shown).collect(), frame })
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
