//! The door: as many requests are let in as can be worked on at once, and the surplus is told at once to come back.

use std::{
    collections::VecDeque,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    Error, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::PayloadError,
    middleware::Next,
    web::{Bytes, Data},
};
use futures_core::Stream;

use super::{frame::language, page, problem::Problem};
use crate::app::App;

/// More of a body than this is not waited for before the request gets its place, in bytes: no form of ours is as long,
/// so what comes beyond it is refused for its length.
const LONGEST_WAITED_FOR: usize = 64 * 1024;

/// Lets a request in, or answers [`Problem::Busy`]. Whether the server is well is always told. Who sends slowly takes no
/// place before all is here, or a few of them would keep everybody out.
///
/// # Errors
/// None of its own.
pub async fn admit(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(app) = request.app_data::<Data<App>>().cloned().filter(|_| !is_always_answered(request.path())) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let payload: Payload = match request.take_payload() {
        Payload::None => Payload::None,
        arriving => Payload::Stream { payload: Box::pin(Arrived::of(arriving).await) },
    };
    request.set_payload(payload);
    match app.admission.enter(app.clock.now()) {
        Some(place) => Ok(place.during(next.call(request)).await?.map_into_boxed_body()),
        None => {
            let asked = request.request();
            let is_script = asked.path().starts_with("/api/") || asked.headers().contains_key("x-fragment");
            let refusal = if is_script {
                Problem::Busy.to_json(language(asked, None))
            } else {
                page::of(asked, None, Problem::Busy)
            };
            Ok(request.into_response(refusal))
        }
    }
}

/// What costs no more than a refusal, and what supervisors go by.
fn is_always_answered(path: &str) -> bool {
    matches!(path, "/health" | "/ready" | "/metrics") || path.starts_with("/assets/")
}

/// A body: what is here, then what is still to come.
struct Arrived {
    here: VecDeque<Result<Bytes, PayloadError>>,
    rest: Option<Payload>,
}

impl Arrived {
    /// Waits for the end of the body, or for more than anybody takes.
    async fn of(mut arriving: Payload) -> Self {
        let (mut here, mut length) = (VecDeque::with_capacity(1), 0);
        while length <= LONGEST_WAITED_FOR {
            match std::future::poll_fn(|context| Pin::new(&mut arriving).poll_next(context)).await {
                Some(Ok(bytes)) => {
                    length += bytes.len();
                    here.push_back(Ok(bytes));
                }
                Some(Err(error)) => {
                    here.push_back(Err(error));
                    return Self { here, rest: None };
                }
                None => return Self { here, rest: None },
            }
        }
        Self { here, rest: Some(arriving) }
    }
}

impl Stream for Arrived {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(next) = self.here.pop_front() {
            return Poll::Ready(Some(next));
        }
        match &mut self.rest {
            Some(rest) => Pin::new(rest).poll_next(context),
            None => Poll::Ready(None),
        }
    }
}
