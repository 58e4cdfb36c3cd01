//! The preview for authors of exercises: the bank, a skill, and an exercise as students meet it. A small server of its
//! own, without people and without a database; its pages show what stands in the files now.

mod exercise;
mod shelf;
mod skills;
#[cfg(test)]
mod tests;
mod trouble;

use std::{future::Future, net::TcpListener};

use actix_web::{
    App as Web, HttpRequest, HttpServer,
    middleware::{Compress, from_fn},
    web::{self, Data, ServiceConfig},
};

pub use shelf::Shelf;

use super::{assets, frame, guard, page::Answer};

/// The item that is shown first.
const FIRST_SEED: i64 = 0;

/// A server on `listener`, to be awaited; Ctrl-C ends it.
///
/// # Errors
/// When the listener cannot be used.
pub fn preview(shelf: Shelf, listener: TcpListener) -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    let shelf = Data::new(shelf);
    let server = HttpServer::new(move || {
        Web::new()
            .app_data(shelf.clone())
            .configure(routes)
            .wrap(from_fn(guard::strict_headers))
            .wrap(Compress::default())
    });
    Ok(server.workers(1).listen(listener)?.run())
}

fn routes(config: &mut ServiceConfig) {
    config
        .service(assets::asset)
        .service(skills::show_all)
        .service(skills::show_one)
        .service(exercise::show)
        .default_service(web::to(nothing_here));
}

async fn nothing_here(request: HttpRequest) -> Answer {
    trouble::Trouble::NoPage.page(&request)
}

/// Links to a skill.
fn skill_address(id: &str) -> String {
    format!("/skills/{id}")
}

/// Links to an exercise.
fn exercise_address(id: &str) -> String {
    format!("/exercises/{id}")
}

/// The frame of a page, in the language that the browser asks for.
fn frame_of(request: &HttpRequest) -> frame::Frame {
    frame::Frame::of(request, None, frame::Tab::Elsewhere)
}
