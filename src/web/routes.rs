//! The table of contents: every address that the server answers.

use actix_web::{
    middleware::{Compress, from_fn},
    web::{self, FormConfig, PathConfig, QueryConfig, ServiceConfig},
};

use super::{
    assets,
    page::problems_as_pages,
    pages::{classroom, sign_in},
    problem::Problem,
};

/// No form of ours is longer, in bytes.
const LONGEST_FORM: usize = 32 * 1024;

/// All routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(assets::asset);
    config.service(
        web::scope("")
            .app_data(forms())
            .app_data(PathConfig::default().error_handler(|_, _| Problem::NotFound.into()))
            .app_data(QueryConfig::default().error_handler(|_, _| Problem::NotFound.into()))
            .wrap(from_fn(problems_as_pages))
            .wrap(Compress::default())
            // signing in and out
            .service(sign_in::form)
            .service(sign_in::sign_in)
            .service(sign_in::demo)
            .service(sign_in::sign_out)
            .service(sign_in::change_student)
            // the teacher's groups, students and assignments
            .service(classroom::groups::list)
            .service(classroom::group::show)
            .service(classroom::group::show_live)
            .service(classroom::student::show)
            .service(classroom::calculation::show)
            .service(classroom::assign::show)
            .service(classroom::assign::give)
            .service(classroom::assignments::list)
            .service(classroom::assignment::show)
            .service(classroom::assignment::show_preview)
            .service(classroom::assignment::take_back)
            .default_service(web::to(nothing_here)),
    );
}

fn forms() -> FormConfig {
    FormConfig::default().limit(LONGEST_FORM).error_handler(|error, _| {
        use actix_web::error::UrlencodedError::Overflow;
        match error {
            Overflow { .. } => Problem::TooBig.into(),
            _ => Problem::FormUnreadable.into(),
        }
    })
}

async fn nothing_here() -> Result<actix_web::HttpResponse, Problem> {
    Err(Problem::NotFound)
}
