//! The table of contents: every address that the server answers.

use actix_web::web::ServiceConfig;

use super::assets;

/// All routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(assets::asset);
}
