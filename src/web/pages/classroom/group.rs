//! One group: who needs the teacher, everyone right now, what the group can, what it was given.

use actix_web::{
    HttpRequest, get,
    web::{Data, Path, Query},
};
use askama::Template;
use serde::Deserialize;
use vault::{GroupId, Millis};

use super::{
    kinds::Assigned,
    matrix::Matrix,
    names::{Names, group_address},
    now::{self, LiveShown},
};
use crate::{
    app::App,
    classroom,
    web::{
        frame::{Frame, Tab},
        page::{Answer, html},
        who::Teaching,
    },
};

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage {
    frame: Frame,
    name: String,
    address: String,
    names: Names,
    live: LiveShown,
    matrix: Option<Matrix>,
    assigned: Vec<Assigned>,
}

/// The live part alone, for a page that asks again.
#[derive(Template)]
#[template(path = "group_now.html")]
struct NowPart {
    frame: Frame,
    live: LiveShown,
}

/// What the address may ask for.
#[derive(Deserialize)]
pub struct Asked {
    names: Option<Names>,
    /// When the asker saw the live part last, milliseconds UTC.
    since: Option<i64>,
}

/// The whole page.
#[get("/groups/{group}")]
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
    asked: Query<Asked>,
) -> Answer {
    let view = classroom::group(&app, &signed.me, *group).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    let names = Names::asked(asked.names);
    html(&GroupPage {
        name: view.live.group.name.clone(),
        address: group_address(*group),
        names,
        live: now::shown(&frame, &view.live, names, None),
        matrix: Matrix::of(&frame, &app.bank, &view, names),
        assigned: view
            .assignments
            .iter()
            .map(|given| Assigned::of(&frame, given, view.live.now).keeping(names))
            .collect(),
        frame,
    })
}

/// The live part as it is now.
#[get("/groups/{group}/now")]
pub async fn show_live(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
    asked: Query<Asked>,
) -> Answer {
    let live = classroom::live(&app, &signed.me, *group).await?;
    let frame = Frame::of(&request, Some(&signed), Tab::Groups);
    let live = now::shown(&frame, &live, Names::asked(asked.names), asked.since.map(Millis));
    html(&NowPart { frame, live })
}
