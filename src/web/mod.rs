//! HTTP: the only place that knows it. `routes` is the table of contents.

mod account;
mod api;
mod appeals;
mod assets;
mod authors;
mod classes;
mod connections;
mod contributions;
mod cookies;
mod days;
mod device;
mod display;
mod draws;
mod etag;
mod fields;
mod frame;
mod guard;
mod handed_in;
mod health;
mod hints;
mod lines;
mod mastery;
mod maths;
mod metrics;
mod numbers;
mod overload;
mod overviews;
mod own_address;
mod page;
mod pages;
mod past;
mod problem;
mod qr;
mod reasons;
mod route_map;
mod routes;
mod sample;
mod slow;
mod speech;
mod standing_table;
mod tasks;
mod telemetry;
mod tls;
mod travels;
mod uploads;
mod visitor;
mod who;

use std::{net::TcpListener, sync::Arc};

use actix_web::{
    App as Web, Error, HttpServer,
    body::MessageBody,
    dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    web::Data,
};
use tracing_actix_web::TracingLogger;

pub use assets::are_built;
pub use authors::{Shelf, preview};
pub use problem::Problem;
pub use speech::Language;
pub use tls::{Standing, Tls, TlsError};

use self::connections::Connections;
use crate::app::App;

/// Every route with all that stands around them: what answers a request once its bytes have been read.
pub fn site(
    app: Data<App>,
) -> Web<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + 'static>,
        Error = Error,
        InitError = (),
    >,
> {
    Web::new()
        .app_data(app)
        .configure(routes::routes)
        .wrap(from_fn(guard::same_site))
        .wrap(from_fn(overload::admit))
        .wrap(from_fn(guard::strict_headers))
        .wrap(from_fn(guard::say_goodbye))
        .wrap(from_fn(slow::bodies_in_time))
        .wrap(TracingLogger::<telemetry::Spans>::new())
        .wrap(from_fn(metrics::count))
        .wrap(from_fn(connections::mark))
}

/// A server on `listener`, to be awaited; it ends through its handle. With `tls` it speaks nothing else there.
///
/// # Errors
/// When the listener cannot be used.
pub fn server(app: Arc<App>, listener: TcpListener, tls: Option<Tls>) -> std::io::Result<Server> {
    let (workers, finish) = (app.config.workers, app.config.stopping.finish_seconds);
    let limits = app.config.limits.clone();
    slow::limit_unread(&listener, &limits)?;
    let connections = Connections::limited_to(limits.idle() + limits.header() + limits.unread());
    actix_web::rt::spawn(connections.clone().look_after());
    let app = Data::from(app);
    let server = HttpServer::new(move || site(app.clone()))
        .workers(workers)
        .client_request_timeout(limits.header())
        .tls_handshake_timeout(limits.header())
        .client_disconnect_timeout(limits.header())
        .keep_alive(limits.idle())
        .on_connect(move |connection, data| connections.take_in(connection, data))
        .max_connections(limits.connections.div_ceil(workers))
        .disable_signals()
        .shutdown_timeout(finish.into());
    let server = match tls {
        Some(tls) => server.listen_rustls_0_23(listener, tls.settings)?,
        None => server.listen(listener)?,
    };
    Ok(server.run())
}
