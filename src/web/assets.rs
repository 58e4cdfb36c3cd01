//! Stylesheet, script, fonts and icons, bundled by `make assets` and held in the binary. Their names carry their
//! content's hash, so browsers may keep them for ever.

use std::{collections::BTreeMap, sync::LazyLock};

use actix_web::{HttpResponse, get, web::Path};
use rust_embed::RustEmbed;

use crate::maraton::Route;

#[derive(RustEmbed)]
#[folder = "assets/dist/"]
struct Dist;

/// Plain names to hashed names.
static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    Dist::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
});

/// The route as it lies on the map; without `make assets` it leads nowhere.
static ROUTE: LazyLock<Route> = LazyLock::new(|| {
    let file = MANIFEST.get("route.json").and_then(|name| Dist::get(name));
    file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
});

/// The route through the Nordic countries, in the units of the map in `map.svg`.
#[must_use]
pub fn route() -> &'static Route {
    &ROUTE
}

/// The address of an asset by its plain name.
#[must_use]
pub fn address(name: &str) -> String {
    MANIFEST.get(name).map_or_else(|| format!("/assets/{name}"), |hashed| format!("/assets/{hashed}"))
}

/// Whether the binary holds what pages need; a build without `make assets` does not.
#[must_use]
pub fn are_built() -> bool {
    MANIFEST.contains_key("app.css") && MANIFEST.contains_key("app.js")
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Serves one asset.
#[get("/assets/{name}")]
pub async fn asset(name: Path<String>) -> HttpResponse {
    match Dist::get(&name) {
        Some(file) => HttpResponse::Ok()
            .content_type(kind(&name))
            .insert_header(("cache-control", "public, max-age=31536000, immutable"))
            .body(file.data.into_owned()),
        None => HttpResponse::NotFound().finish(),
    }
}
