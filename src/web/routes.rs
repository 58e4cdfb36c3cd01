//! The table of contents: every address that the server answers.

use actix_web::{
    middleware::{Compress, from_fn},
    web::{self, FormConfig, PathConfig, QueryConfig, ServiceConfig},
};

use super::{
    api, assets, health, metrics,
    page::problems_as_pages,
    pages::{
        calculation, card, children, class_code, classroom, controller, devices, diploma, display, done, forgetting,
        help, map, maraton, my_data, organiser, public_event, report, school, seen, sight, sign_in, sign_up, start,
        support, today,
    },
    problem::Problem,
    slow::is_too_slow,
    who::TakesTokens,
};

/// No form of ours is longer, in bytes.
const LONGEST_FORM: usize = 32 * 1024;

/// All routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(assets::asset);
    config.service(health::health).service(health::ready);
    config.service(
        web::scope("/api/v1")
            .app_data(api::bodies())
            .app_data(ids())
            .app_data(api::queries())
            .app_data(TakesTokens)
            .wrap(from_fn(api::problems_as_json))
            .service(api::document::show)
            .service(api::session::open)
            .service(api::session::end)
            .service(api::session::me)
            .service(api::tokens::open)
            .service(api::tokens::refresh)
            .service(api::tokens::end)
            .configure(api_for_students)
            .configure(api_for_teachers)
            .configure(api_for_others)
            .default_service(web::to(api::nothing_here)),
    );
    config.service(
        web::scope("")
            .app_data(forms())
            .app_data(ids())
            .app_data(QueryConfig::default().error_handler(|_, _| Problem::NotFound.into()))
            .wrap(from_fn(problems_as_pages))
            .wrap(Compress::default())
            // for whoever watches over the server; for others not there, as everything that is not
            .service(metrics::show)
            // for everybody
            .service(start::start)
            .service(help::help)
            .service(help::accessibility)
            .service(display::show)
            .service(display::choose)
            .service(display::choose_language)
            .configure(signing_in)
            .configure(own_data)
            .configure(classroom)
            // the student's rooms
            .service(today::show)
            .service(map::show)
            .service(done::show)
            // the student's desk
            .service(calculation::open_recommended)
            .service(calculation::show)
            .service(calculation::submit)
            .service(calculation::answer)
            .service(calculation::open_hint)
            .service(calculation::send_appeal)
            .service(calculation::open_another)
            .service(calculation::preview)
            .service(calculation::open_assigned)
            // the school and the controller
            .configure(offices)
            .configure(sights)
            // MatteMaraton
            .configure(event)
            .default_service(web::to(nothing_here)),
    );
}

/// Signing in and out, by password, class code or login card, and where one is signed in.
fn signing_in(config: &mut ServiceConfig) {
    config
        .service(sign_in::form)
        .service(sign_in::sign_in)
        .service(sign_in::demo)
        .service(class_code::form)
        .service(class_code::show_names)
        .service(class_code::enter)
        .service(card::form)
        .service(card::enter)
        .service(sign_in::sign_out)
        .service(sign_in::change_student)
        .service(devices::show)
        .service(devices::end_others)
        .service(devices::end);
}

/// What is kept of oneself: a copy, asking to be forgotten; and who is their own controller: signing up, what was consented
/// to, and the end.
fn own_data(config: &mut ServiceConfig) {
    config
        .service(sign_up::show)
        .service(sign_up::sign_up)
        .service(my_data::show)
        .service(my_data::choose)
        .service(my_data::copy)
        .service(my_data::copy_as_table)
        .service(my_data::before_asking)
        .service(my_data::ask)
        .service(my_data::take_back)
        .service(my_data::before_deleting)
        .service(my_data::delete);
}

/// The school's administrator, and the controller's officer with who is due to be forgotten.
fn offices(config: &mut ServiceConfig) {
    config
        .service(school::show)
        .service(controller::show)
        .service(forgetting::show)
        .service(forgetting::find)
        .service(forgetting::show_person)
        .service(forgetting::keep)
        .service(forgetting::lift)
        .service(forgetting::refuse)
        .service(forgetting::before_forgetting)
        .service(forgetting::forget);
}

/// The teacher's groups, students and assignments.
fn classroom(config: &mut ServiceConfig) {
    config
        .service(classroom::groups::list)
        .service(classroom::group::show)
        .service(classroom::group::show_live)
        .service(classroom::door::show)
        .service(classroom::door::show_live)
        .service(classroom::door::open)
        .service(classroom::door::close)
        .service(classroom::door::throw_out)
        .service(classroom::cards::show)
        .service(classroom::cards::make)
        .service(classroom::cards::end_all)
        .service(classroom::cards::end)
        .service(classroom::student::show)
        .service(classroom::steering::show)
        .service(classroom::steering::say)
        .service(classroom::steering::end)
        .service(classroom::steering::show_student)
        .service(classroom::steering::say_of_student)
        .service(classroom::steering::end_of_student)
        .service(classroom::password::show)
        .service(classroom::password::give)
        .service(classroom::calculation::show)
        .service(classroom::calculation::answer)
        .service(classroom::assign::show)
        .service(classroom::assign::give)
        .service(classroom::assignments::list)
        .service(classroom::assignment::show)
        .service(classroom::assignment::show_preview)
        .service(classroom::assignment::take_back);
}

/// The event of MatteMaraton: what students report, what teachers say to it, and what its organiser does.
fn event(config: &mut ServiceConfig) {
    config
        .service(maraton::show)
        .service(maraton::pick_course)
        .service(maraton::report)
        .service(maraton::report_track)
        .service(maraton::take_back)
        .service(maraton::approve)
        .service(maraton::give_back)
        .service(maraton::approve_ticked)
        .service(maraton::approve_group)
        .service(diploma::show)
        .service(diploma::show_class)
        .service(organiser::standings_as_table)
        .service(organiser::show)
        .service(organiser::new)
        .service(organiser::make)
        .service(organiser::show_event)
        .service(organiser::change)
        .service(organiser::take_back)
        .service(organiser::join)
        .service(organiser::join_invited)
        .service(organiser::leave)
        .service(organiser::choose_public)
        .service(organiser::draw_winners)
        .service(public_event::show);
}

/// A guardian's children, what one sees oneself, and what support sees when something went wrong.
fn sights(config: &mut ServiceConfig) {
    config
        .service(children::list)
        .service(children::show)
        .service(seen::show_child)
        .service(seen::show)
        .service(sight::show)
        .service(report::show)
        .service(report::send)
        .service(support::list)
        .service(support::show)
        .service(support::close);
}

/// The API of whoever practises.
fn api_for_students(config: &mut ServiceConfig) {
    config
        .service(api::calculations::recommendation)
        .service(api::calculations::open)
        .service(api::calculations::open_another)
        .service(api::calculations::open_assigned)
        .service(api::calculations::show)
        .service(api::calculations::submit)
        .service(api::calculations::open_hint)
        .service(api::calculations::appeal)
        .service(api::practice::today)
        .service(api::practice::plan)
        .service(api::practice::done)
        .service(api::practice::map)
        .service(api::maraton::show)
        .service(api::courses::pick)
        .service(api::maraton::list)
        .service(api::maraton::report)
        .service(api::maraton::take_back)
        .service(api::tracks::report)
        .service(api::maraton::waiting)
        .service(api::maraton::approve)
        .service(api::maraton::give_back)
        .service(api::maraton::approve_group)
        .service(api::events::list)
        .service(api::events::make)
        .service(api::events::change)
        .service(api::events::take_back)
        .service(api::parts::join)
        .service(api::parts::join_invited)
        .service(api::parts::leave)
        .service(api::parts::show)
        .service(api::parts::hide)
        .service(api::draws::show)
        .service(api::draws::draw);
}

/// The API of whoever teaches.
fn api_for_teachers(config: &mut ServiceConfig) {
    config
        .service(api::groups::list)
        .service(api::groups::show)
        .service(api::groups::show_live)
        .service(api::groups::student)
        .service(api::groups::calculation)
        .service(api::groups::answer_appeal)
        .service(api::steering::list)
        .service(api::steering::say)
        .service(api::steering::end)
        .service(api::steering::list_of_student)
        .service(api::steering::say_of_student)
        .service(api::steering::end_of_student)
        .service(api::assignments::exercises)
        .service(api::assignments::give)
        .service(api::assignments::list)
        .service(api::assignments::show)
        .service(api::assignments::preview)
        .service(api::assignments::take_back)
        .service(api::doors::show)
        .service(api::doors::open)
        .service(api::doors::close)
        .service(api::doors::let_out)
        .service(api::doors::cards)
        .service(api::doors::make_cards)
        .service(api::doors::end_cards)
        .service(api::doors::end_card)
        .service(api::doors::give_password);
}

/// The API of guardians, administrators and support, and of what is one's own.
fn api_for_others(config: &mut ServiceConfig) {
    config
        .service(api::children::list)
        .service(api::children::show)
        .service(api::seen::list)
        .service(api::seen::list_of_child)
        .service(api::seen::sight)
        .service(api::devices::list)
        .service(api::devices::end_others)
        .service(api::devices::end)
        .service(api::my_data::show)
        .service(api::my_data::ask)
        .service(api::my_data::take_back)
        .service(api::my_data::choose)
        .service(api::my_data::copy)
        .service(api::my_data::delete)
        .service(api::my_data::sign_up)
        .service(api::overviews::schools)
        .service(api::overviews::controller)
        .service(api::forgetting::list)
        .service(api::forgetting::find)
        .service(api::forgetting::show)
        .service(api::forgetting::keep)
        .service(api::forgetting::lift)
        .service(api::forgetting::refuse)
        .service(api::forgetting::forget)
        .service(api::support::draft)
        .service(api::support::send)
        .service(api::support::list)
        .service(api::support::show)
        .service(api::support::close);
}

fn forms() -> FormConfig {
    FormConfig::default().limit(LONGEST_FORM).error_handler(|error, _| {
        use actix_web::error::UrlencodedError::{Overflow, Payload};
        match error {
            Overflow { .. } => Problem::TooBig.into(),
            Payload(error) if is_too_slow(&error) => Problem::TooSlow.into(),
            _ => Problem::FormUnreadable.into(),
        }
    })
}

/// What is not an id is found no more than an id of nobody.
fn ids() -> PathConfig {
    PathConfig::default().error_handler(|_, _| Problem::NotFound.into())
}

async fn nothing_here() -> Result<actix_web::HttpResponse, Problem> {
    Err(Problem::NotFound)
}
