//! How a teacher lets students in: class code, login cards, a new password.

use actix_web::{
    HttpResponse, delete, get, post,
    web::{Data, Json, Path},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{GroupId, Millis, PersonId, rows::class_codes::OpenCode};

use super::{
    bodies::{GroupBody, StudentBody},
    shapes::Id,
};
use crate::{
    accounts::{self, For, USUAL_MINUTES},
    app::App,
    web::{problem::Problem, who::Teaching},
};

/// The class code of a group, and who came in by it.
#[derive(Serialize, ToSchema)]
#[schema(as = ClassCode)]
struct DoorBody {
    group: GroupBody,
    /// `null` while none is open.
    #[schema(required)]
    open: Option<OpenBody>,
    /// First to last.
    inside: Vec<InsideBody>,
}

/// A code that is open.
#[derive(Serialize, ToSchema)]
#[schema(as = OpenClassCode)]
struct OpenBody {
    /// As students type it, in two halves.
    #[schema(example = "KM4 7TX")]
    code: String,
    closes_at: i64,
}

/// Somebody who came in by the code.
#[derive(Serialize, ToSchema)]
#[schema(as = Inside)]
struct InsideBody {
    student: StudentBody,
    at: i64,
}

async fn door(app: &App, me: &vault::Me, group: GroupId) -> Result<DoorBody, Problem> {
    let found = accounts::door(app, me, group).await?;
    let held = |held: &OpenCode| OpenBody {
        code: format!("{} {}", held.code.place, held.code.secret),
        closes_at: held.closes.0,
    };
    let inside = found.inside.iter();
    Ok(DoorBody {
        group: GroupBody::of(&found.group),
        open: found.open.as_ref().map(held),
        inside: inside.map(|came| InsideBody { student: StudentBody::of(&came.student), at: came.at.0 }).collect(),
    })
}

/// The class code of a group, and who came in by it.
#[utoipa::path(
    get, path = "/groups/{group}/class-code", operation_id = "getClassCode", tag = "letting in",
    params(("group" = Id, Path)),
    responses((status = 200, description = "The code, if one is open, and who is in.", body = DoorBody)),
)]
#[get("/groups/{group}/class-code")]
pub async fn show(app: Data<App>, Teaching(signed): Teaching, group: Path<GroupId>) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(door(&app, &signed.me, *group).await?))
}

/// For how long a code is open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// Less than 1 counts as 1 and more than 60 as 60; 10 where it is not said.
    minutes: Option<i64>,
}

/// Open a class code.
///
/// The one there was opens nothing from then on. Sent again it opens another: the answer says which one holds.
#[utoipa::path(
    post, path = "/groups/{group}/class-code", operation_id = "openClassCode", tag = "letting in",
    params(("group" = Id, Path)), request_body = Opened,
    responses((status = 200, description = "The code that is open now.", body = DoorBody)),
)]
#[post("/groups/{group}/class-code")]
pub async fn open(
    app: Data<App>,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
    opened: Json<Opened>,
) -> Result<HttpResponse, Problem> {
    let minutes = opened.minutes.map_or(USUAL_MINUTES, |minutes| u32::try_from(minutes.max(0)).unwrap_or(u32::MAX));
    accounts::open_class_code(&app, &signed.me, *group, minutes).await?;
    Ok(HttpResponse::Ok().json(door(&app, &signed.me, *group).await?))
}

/// Close the class code.
///
/// Who is in stays in.
#[utoipa::path(
    delete, path = "/groups/{group}/class-code", operation_id = "closeClassCode", tag = "letting in",
    params(("group" = Id, Path)),
    responses((status = 204, description = "None is open.")),
)]
#[delete("/groups/{group}/class-code")]
pub async fn close(app: Data<App>, Teaching(signed): Teaching, group: Path<GroupId>) -> Result<HttpResponse, Problem> {
    accounts::close_class_code(&app, &signed.me, *group).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Let a student out who came in by the class code.
///
/// The name can then be picked again.
#[utoipa::path(
    delete, path = "/groups/{group}/class-code/students/{student}", operation_id = "letOut", tag = "letting in",
    params(("group" = Id, Path), ("student" = Id, Path)),
    responses((status = 204, description = "The student is out.")),
)]
#[delete("/groups/{group}/class-code/students/{student}")]
pub async fn let_out(
    app: Data<App>,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId)>,
) -> Result<HttpResponse, Problem> {
    let (group, student) = path.into_inner();
    accounts::throw_out(&app, &signed.me, group, student).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whether a student has a login card.
#[derive(Serialize, ToSchema)]
#[schema(as = CardHolder)]
struct HolderBody {
    student: StudentBody,
    /// `null` without a card.
    #[schema(required)]
    made_at: Option<i64>,
    /// From when on it opens nothing.
    #[schema(required)]
    ends_at: Option<i64>,
    /// Who is something else besides has a password and no card.
    may_have: bool,
}

/// Who in a group has a login card, by name.
#[utoipa::path(
    get, path = "/groups/{group}/cards", operation_id = "listCards", tag = "letting in", params(("group" = Id, Path)),
    responses((status = 200, description = "Every student of the group.", body = Vec<HolderBody>)),
)]
#[get("/groups/{group}/cards")]
pub async fn cards(app: Data<App>, Teaching(signed): Teaching, group: Path<GroupId>) -> Result<HttpResponse, Problem> {
    let found = accounts::cards(&app, &signed.me, *group).await?;
    let holders = found.holders.iter().map(|holder| HolderBody {
        student: StudentBody::of(&holder.student),
        made_at: holder.card.map(|card| card.made.0),
        ends_at: holder.card.map(|card| card.ends.0),
        may_have: holder.may_have,
    });
    Ok(HttpResponse::Ok().json(holders.collect::<Vec<_>>()))
}

/// For whom cards are made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCards {
    /// For everybody in the group who may have one, where it is not said.
    #[schema(value_type = Option<Vec<Id>>)]
    students: Option<Vec<PersonId>>,
    /// The newest `made_at` that was seen in the list, 0 if there was none: who was given a card since then is not given
    /// another, so that the same request, sent again, makes no waste paper of what was printed.
    seen: i64,
}

/// Cards that were made. What they say is nowhere else.
#[derive(Serialize, ToSchema)]
#[schema(as = MadeCards)]
struct MadeBody {
    /// The last moment at which they open.
    until: i64,
    cards: Vec<MadeCardBody>,
}

/// One of them.
#[derive(Serialize, ToSchema)]
#[schema(as = MadeCard)]
struct MadeCardBody {
    student: StudentBody,
    /// What is typed at `/card`, in groups.
    code: String,
    /// With a protected identity: nothing that is printed may say where they go to school.
    protected: bool,
}

/// Make login cards.
///
/// What the students had before opens nothing from then on. The codes are told once, here.
#[utoipa::path(
    post, path = "/groups/{group}/cards", operation_id = "makeCards", tag = "letting in",
    params(("group" = Id, Path)), request_body = NewCards,
    responses((status = 201, description = "The cards to print.", body = MadeBody)),
    extensions(("x-problems" = json!(["cards-made", "nobody-chosen"]))),
)]
#[post("/groups/{group}/cards")]
pub async fn make_cards(
    app: Data<App>,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
    new: Json<NewCards>,
) -> Result<HttpResponse, Problem> {
    let NewCards { students, seen } = new.into_inner();
    let whom = students.map_or(For::Everyone, For::Only);
    let made = accounts::make_cards(&app, &signed.me, *group, whom, Millis(seen)).await?;
    let told = made.cards.iter().map(|card| MadeCardBody {
        student: StudentBody::of(&card.holder.student),
        code: card.code.in_groups(),
        protected: card.holder.protected,
    });
    Ok(HttpResponse::Created().json(MadeBody { until: made.until.0, cards: told.collect() }))
}

/// End all login cards of a group.
#[utoipa::path(
    delete, path = "/groups/{group}/cards", operation_id = "endCards", tag = "letting in", params(("group" = Id, Path)),
    responses((status = 204, description = "None of them opens anything.")),
)]
#[delete("/groups/{group}/cards")]
pub async fn end_cards(
    app: Data<App>,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
) -> Result<HttpResponse, Problem> {
    accounts::end_cards(&app, &signed.me, *group).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// End a student's login card.
#[utoipa::path(
    delete, path = "/groups/{group}/students/{student}/card", operation_id = "endCard", tag = "letting in",
    params(("group" = Id, Path), ("student" = Id, Path)),
    responses((status = 204, description = "It opens nothing.")),
)]
#[delete("/groups/{group}/students/{student}/card")]
pub async fn end_card(
    app: Data<App>,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId)>,
) -> Result<HttpResponse, Problem> {
    let (group, student) = path.into_inner();
    accounts::end_card(&app, &signed.me, group, student).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A password, told once.
#[derive(Serialize, ToSchema)]
#[schema(as = NewPassword)]
struct PasswordBody {
    student: StudentBody,
    user_name: String,
    password: String,
}

/// Give a student a new password.
///
/// The old one is nothing from then on, and the student is signed out everywhere. Sent again it gives another.
#[utoipa::path(
    post, path = "/groups/{group}/students/{student}/password", operation_id = "givePassword", tag = "letting in",
    params(("group" = Id, Path), ("student" = Id, Path)),
    responses((status = 200, description = "The new password. It is told nowhere else.", body = PasswordBody)),
)]
#[post("/groups/{group}/students/{student}/password")]
pub async fn give_password(
    app: Data<App>,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId)>,
) -> Result<HttpResponse, Problem> {
    let (group, student) = path.into_inner();
    let new = accounts::give_new_password(&app, &signed.me, group, student).await?;
    Ok(HttpResponse::Ok().json(PasswordBody {
        student: StudentBody::of(&new.of.student),
        user_name: new.user_name,
        password: new.password,
    }))
}
