//! One HTTP/1.1 connection that is kept, on the caller's thread: a browser or program that asks one thing after the other.

use std::{net::SocketAddr, rc::Rc};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, StatusCode,
    client::conn::http1::{SendRequest, handshake},
    header::{CONTENT_TYPE, COOKIE, HOST, HeaderMap, HeaderName, HeaderValue},
};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, task::JoinHandle};

/// The cookie of a server that does not speak TLS.
const SESSION: &str = "stegvis";

/// What is asked. Changes say that they come from a page of ours, as a browser does.
#[derive(Clone, Debug)]
pub struct Ask {
    pub method: Method,
    /// Begins with a slash.
    pub path: String,
    /// The token of a session.
    pub session: Option<Rc<str>>,
    content_type: Option<&'static str>,
    body: Bytes,
}

impl Ask {
    #[must_use]
    pub fn get(path: impl Into<String>) -> Self {
        Self::of(Method::GET, path.into(), None, Bytes::new())
    }

    #[must_use]
    pub fn delete(path: impl Into<String>) -> Self {
        Self::of(Method::DELETE, path.into(), None, Bytes::new())
    }

    #[must_use]
    pub fn json(path: impl Into<String>, body: &serde_json::Value) -> Self {
        Self::of(Method::POST, path.into(), Some("application/json"), body.to_string().into())
    }

    /// A form, as a page sends it. Names are sent as they are.
    #[must_use]
    pub fn form(path: impl Into<String>, fields: &[(&str, &str)]) -> Self {
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
        let body = pairs.join("&").into();
        Self::of(Method::POST, path.into(), Some("application/x-www-form-urlencoded"), body)
    }

    /// The same by somebody who is signed in.
    #[must_use]
    pub fn by(self, token: &Rc<str>) -> Self {
        Self { session: Some(Rc::clone(token)), ..self }
    }

    const fn of(method: Method, path: String, content_type: Option<&'static str>, body: Bytes) -> Self {
        Self { method, path, session: None, content_type, body }
    }

    fn request(&self, host: &HeaderValue) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
        let mut request = Request::builder().method(&self.method).uri(&self.path).header(HOST, host);
        if let Some(token) = &self.session {
            request = request.header(COOKIE, format!("{SESSION}={token}"));
        }
        if let Some(content_type) = self.content_type {
            request = request.header(CONTENT_TYPE, content_type);
        }
        if self.method != Method::GET {
            request = request.header(HeaderName::from_static("sec-fetch-site"), "same-origin");
        }
        request.body(Full::new(self.body.clone()))
    }
}

fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// What came back, whole.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// A header's text; empty if it is absent.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON; null if it is something else.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The token of the session that the answer opens.
    #[must_use]
    pub fn session(&self) -> Option<Rc<str>> {
        let set = self.header("set-cookie").strip_prefix(SESSION)?.strip_prefix('=')?;
        set.split(';').next().filter(|token| !token.is_empty()).map(Into::into)
    }

    /// Status and body, for a message.
    #[must_use]
    pub fn told(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(&self.body))
    }
}

/// Why there is no whole answer: whether the server did what was asked is not known.
#[derive(Debug, thiserror::Error)]
pub enum Cut {
    #[error("no connection: {0}")]
    Connect(#[from] std::io::Error),
    #[error("the connection was cut: {0}")]
    Connection(#[from] hyper::Error),
    #[error("this cannot be asked: {0}")]
    Request(#[from] hyper::http::Error),
}

/// A connection. Needs a runtime of one thread with a `LocalSet`, or any other of tokio's.
pub struct Connection {
    to: SocketAddr,
    sender: SendRequest<Full<Bytes>>,
    host: HeaderValue,
    carrier: JoinHandle<()>,
}

impl Connection {
    /// # Errors
    /// [`Cut`] when nobody listens there.
    pub async fn open(to: SocketAddr) -> Result<Self, Cut> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // How it ends is told to whoever asks next.
        let carrier = tokio::spawn(async move { drop(connection.await) });
        let host = HeaderValue::from_str(&to.to_string()).map_err(hyper::http::Error::from)?;
        Ok(Self { to, sender, host, carrier })
    }

    /// Asks, and waits for the whole answer. What the server closed because nothing was asked for a while is opened anew.
    ///
    /// # Errors
    /// [`Cut`] when the connection ends before; it is of no use any more then.
    pub async fn ask(&mut self, ask: &Ask) -> Result<Answer, Cut> {
        let request = ask.request(&self.host)?;
        if self.sender.ready().await.is_err() {
            *self = Self::open(self.to).await?;
            self.sender.ready().await?;
        }
        let (head, body) = self.sender.send_request(request).await?.into_parts();
        Ok(Answer { status: head.status, headers: head.headers, body: body.collect().await?.to_bytes() })
    }

    /// Whether another request may be sent.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.sender.is_closed()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.carrier.abort();
    }
}
