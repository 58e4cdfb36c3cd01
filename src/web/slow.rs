//! Clients that take their time: how long each part of a request may take, and what comes instead.
//!
//! Actix limits the head of a connection's first request, the handshake of TLS and the idle time; the kernel limits how
//! long an answer is left unread; here is the limit for the body.

use std::{
    future::Future,
    io,
    net::TcpListener,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::PayloadError,
    http::{ConnectionType, StatusCode},
    middleware::Next,
    web::{Bytes, Data},
};
use futures_core::Stream;
use rustix::net::sockopt;
use tokio::time::{Sleep, sleep};

use crate::{app::App, config::Limits};

/// A body that has to be there in time.
struct InTime {
    body: Payload,
    end: Pin<Box<Sleep>>,
}

impl Stream for InTime {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let ready @ Poll::Ready(_) = Pin::new(&mut self.body).poll_next(context) {
            return ready;
        }
        self.end.as_mut().poll(context).map(|()| Some(Err(PayloadError::Io(io::ErrorKind::TimedOut.into()))))
    }
}

/// Whether a body could not be read because it did not come in time.
#[must_use]
pub fn is_too_slow(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(cause) if cause.kind() == io::ErrorKind::TimedOut)
}

/// Around everything: what is sent has to be there in time, and who was too slow is not listened to any more.
///
/// # Errors
/// None of its own.
pub async fn bodies_in_time(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let limit = request.app_data::<Data<App>>().map(|app| app.config.limits.body());
    if let Some(limit) = limit {
        match request.take_payload() {
            Payload::None => {}
            body => {
                let body = InTime { body, end: Box::pin(sleep(limit)) };
                request.set_payload(Payload::Stream { payload: Box::pin(body) });
            }
        }
    }
    let mut response = next.call(request).await?;
    if response.status() == StatusCode::REQUEST_TIMEOUT {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}

/// Tells the kernel about clients that are gone or do not read: whoever is accepted here inherits it.
///
/// # Errors
/// When the kernel does not know these options.
pub fn limit_unread(listener: &TcpListener, limits: &Limits) -> io::Result<()> {
    const QUESTIONS: u32 = 3;
    let unread = limits.unread();
    sockopt::set_tcp_user_timeout(listener, u32::try_from(unread.as_millis()).unwrap_or(u32::MAX))?;
    sockopt::set_socket_keepalive(listener, true)?;
    sockopt::set_tcp_keepidle(listener, unread)?;
    sockopt::set_tcp_keepintvl(listener, Duration::from_secs(5))?;
    sockopt::set_tcp_keepcnt(listener, QUESTIONS)?;
    Ok(())
}
