//! Login cards: who in a group has one, new ones to print, and an end to those that are lost.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Form, Path},
};
use askama::Template;
use vault::{GroupId, Millis, PersonId};

use super::names::group_address;
use crate::{
    accounts::{self, Cards, For, MadeCards},
    app::App,
    calendar,
    web::{
        days,
        frame::{Frame, Tab, first_name, short_name},
        own_address::own_address,
        page::{Answer, html, on_to},
        problem::Problem,
        qr::Qr,
        who::Teaching,
    },
};

/// Cards on one sheet of A4.
const ON_A_SHEET: usize = 8;

#[derive(Template)]
#[template(path = "cards.html")]
struct CardsPage {
    frame: Frame,
    group: String,
    group_href: String,
    address: String,
    students: Vec<Row>,
    /// When the newest card was made, milliseconds UTC.
    seen: i64,
    problem: Option<Problem>,
    /// Somebody has a card.
    any: bool,
}

/// One student.
struct Row {
    id: PersonId,
    name: String,
    /// Whether there is a card, and until when.
    says: String,
    has: bool,
    may_have: bool,
}

#[derive(Template)]
#[template(path = "cards_made.html")]
struct MadePage {
    frame: Frame,
    group: String,
    group_href: String,
    address: String,
    count: usize,
    sheets: Vec<Vec<CardShown>>,
    /// Where the code is typed, without the scheme.
    type_at: String,
    until: String,
}

/// One card.
struct CardShown {
    name: String,
    /// Group and school; not with a protected identity.
    place: Option<String>,
    qr: Qr,
    code: String,
}

fn address(group: GroupId) -> String {
    format!("{}/cards", group_address(group))
}

fn page(frame: Frame, found: &Cards, problem: Option<Problem>) -> CardsPage {
    let day = |at: Millis| days::printed(calendar::day(at, &frame.time_zone), frame.language);
    let row = |holder: &vault::rows::login_cards::Holder| Row {
        id: holder.student.id,
        name: holder.student.name.clone(),
        says: match holder.card {
            _ if !holder.may_have => frame.t("cards-never"),
            None => frame.t("cards-none"),
            Some(card) => frame.with("cards-until", "day", day(card.ends.plus(-1))),
        },
        has: holder.card.is_some(),
        may_have: holder.may_have,
    };
    let students: Vec<Row> = found.holders.iter().map(row).collect();
    let made = found.holders.iter().filter_map(|holder| Some(holder.card?.made.0));
    CardsPage {
        group: found.group.name.clone(),
        group_href: group_address(found.group.id),
        address: address(found.group.id),
        seen: made.max().unwrap_or_default(),
        any: students.iter().any(|row| row.has),
        students,
        problem,
        frame,
    }
}

/// Who has a card.
#[get("/groups/{group}/cards")]
pub async fn show(app: Data<App>, request: HttpRequest, Teaching(signed): Teaching, group: Path<GroupId>) -> Answer {
    let found = accounts::cards(&app, &signed.me, *group).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    html(&page(frame, &found, own_address(&app, &request).err()))
}

/// What the form sends: `all`, or `student` once for each, and `seen`.
fn read(fields: &[(String, String)]) -> Result<(For, Millis), Problem> {
    let of = |wanted: &'static str| fields.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value);
    let seen = of("seen").next().map_or(Ok(0), |seen| seen.parse()).map_err(|_| Problem::FormUnreadable)?;
    let whom = if of("all").next().is_some() {
        For::Everyone
    } else {
        let ids = of("student").map(|id| id.parse()).collect::<Result<_, _>>();
        For::Only(ids.map_err(|_| Problem::FormUnreadable)?)
    };
    Ok((whom, Millis(seen)))
}

/// Makes cards. The answer is the page to print: what is shown once has no address to come back to.
#[post("/groups/{group}/cards")]
pub async fn make(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
    fields: Form<Vec<(String, String)>>,
) -> Answer {
    // Asked first, so that what is wrong with a form tells nobody that the group is there.
    let found = accounts::cards(&app, &signed.me, *group).await?;
    let (whom, seen) = read(&fields)?;
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    let made = match own_address(&app, &request) {
        Ok(own) => accounts::make_cards(&app, &signed.me, *group, whom, seen)
            .await
            .map_err(Problem::from)
            .map(|made| (own, made)),
        Err(problem) => Err(problem),
    };
    match made {
        Ok((own, made)) => html(&printed(frame, &own, &made)?),
        Err(problem @ (Problem::CardsMade | Problem::NobodyChosen | Problem::AddressUnknown)) => {
            let status = problem.status_and_code().0;
            let mut response = html(&page(frame, &found, Some(problem)))?;
            *response.status_mut() = status;
            Ok(response)
        }
        Err(problem) => Err(problem),
    }
}

fn printed(frame: Frame, own: &str, made: &MadeCards) -> Result<MadePage, Problem> {
    let names: Vec<String> = made.cards.iter().map(|card| short_name(&card.holder.student.name)).collect();
    let place = format!("{}, {}", made.group.name, made.group.school);
    let mut cards = Vec::with_capacity(made.cards.len());
    for (card, name) in made.cards.iter().zip(&names) {
        let full = &card.holder.student.name;
        let is_shared = names.iter().filter(|other| *other == name).count() > 1;
        cards.push(CardShown {
            name: match (card.holder.protected, is_shared) {
                (true, _) => first_name(full).to_owned(),
                (false, true) => full.clone(),
                (false, false) => name.clone(),
            },
            place: (!card.holder.protected).then(|| place.clone()),
            qr: Qr::of(&format!("{own}/card#{}", card.code.to_text())).ok_or(Problem::Failed)?,
            code: card.code.in_groups(),
        });
    }
    let count = cards.len();
    let mut sheets: Vec<Vec<CardShown>> = Vec::new();
    for card in cards {
        match sheets.last_mut() {
            Some(sheet) if sheet.len() < ON_A_SHEET => sheet.push(card),
            _ => sheets.push(vec![card]),
        }
    }
    let until = calendar::day(made.until, &frame.time_zone);
    Ok(MadePage {
        group: made.group.name.clone(),
        group_href: group_address(made.group.id),
        address: address(made.group.id),
        count,
        sheets,
        type_at: format!("{}/card", own.split_once("://").map_or(own, |(_, host)| host)),
        until: days::printed(until, frame.language),
        frame,
    })
}

/// Ends all cards of the group.
#[post("/groups/{group}/cards/end")]
pub async fn end_all(app: Data<App>, Teaching(signed): Teaching, group: Path<GroupId>) -> Answer {
    accounts::end_cards(&app, &signed.me, *group).await?;
    Ok(on_to(&address(*group)))
}

/// Ends the card of one student.
#[post("/groups/{group}/students/{student}/card/end")]
pub async fn end(app: Data<App>, Teaching(signed): Teaching, path: Path<(GroupId, PersonId)>) -> Answer {
    let (group, student) = path.into_inner();
    accounts::end_card(&app, &signed.me, group, student).await?;
    Ok(on_to(&address(group)))
}
