//! Whether the server is well: for load balancers and supervisors, without session or page.

use actix_web::{HttpResponse, route, web::Data};

use super::{Language, Problem};
use crate::app::App;

fn ok() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok")
}

/// 200 and «ok» as long as the process answers: if it does not, start it again.
#[route("/health", method = "GET", method = "HEAD")]
pub async fn health() -> HttpResponse {
    ok()
}

/// 200 and «ok» when the vault can be read and written, which is tried; otherwise, and when the server is about to stop,
/// 503 as a problem: send requests to another process meanwhile.
#[route("/ready", method = "GET", method = "HEAD")]
pub async fn ready(app: Data<App>) -> HttpResponse {
    if app.is_stopping() {
        return Problem::Unavailable.to_json(Language::English);
    }
    match app.vault.check().await {
        Ok(()) => ok(),
        Err(fault) => {
            tracing::warn!(%fault, "the vault is not well");
            Problem::Unavailable.to_json(Language::English)
        }
    }
}
