//! Access tokens that others made of a good one: none gets in, whatever they signed it with, and the good one does all the
//! while. What is tried is written byte by byte, past every library that would put it right.

mod claims;
mod headers;
mod shapes;
mod signatures;

use std::{
    collections::HashSet,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::Value;

use crate::{
    app::{TestApp, on_both},
    tokens::sign_in,
};

on_both!(no_forged_token_gets_in);

/// What has to be tried at least.
const AT_LEAST: usize = 400;

/// A good token, and what is needed to make others of it.
pub struct Good {
    pub token: String,
    pub header: Value,
    pub claims: Value,
    /// The server's own key: even what is truly signed has to be what we write.
    pub ours: Ed25519KeyPair,
    pub attackers: Ed25519KeyPair,
    /// What else somebody may have: a refresh token, and another's good access token.
    pub refresh: String,
    pub others: String,
}

/// One try: what it is, and the headers as they go over the wire.
pub struct Forged {
    what: String,
    headers: Vec<u8>,
    answers: &'static [u16],
}

/// What a token is answered with.
const REFUSED: &[u16] = &[401];
/// What is longer than a request may be; 0 is a connection that was closed while it was still being sent.
const TOO_LONG: &[u16] = &[401, 400, 431, 0];

pub fn b64(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The answer has to be 401.
pub fn bearer(what: impl Into<String>, token: impl AsRef<[u8]>) -> Forged {
    let headers = [b"Authorization: Bearer ", token.as_ref(), b"\r\n"].concat();
    Forged { what: what.into(), headers, answers: REFUSED }
}

/// The same with headers of any kind.
pub fn raw(what: impl Into<String>, headers: impl AsRef<[u8]>) -> Forged {
    Forged { what: what.into(), headers: headers.as_ref().to_vec(), answers: REFUSED }
}

impl Forged {
    pub fn or_too_long(mut self) -> Self {
        self.answers = TOO_LONG;
        self
    }
}

impl Good {
    fn of(app: &TestApp) -> Self {
        let (token, refresh) = sign_in(&app.nobody(), "alva");
        let (others, _) = sign_in(&app.nobody(), "bo");
        let part = |number| {
            let text = token.split('.').nth(number).unwrap();
            serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
        };
        let seed = app.keys().signing_keys(app.clock.now()).unwrap().remove(0).seed;
        let ours = Ed25519KeyPair::from_seed_unchecked(seed.as_bytes()).unwrap();
        let attackers = Ed25519KeyPair::from_seed_unchecked(&[0xa7; 32]).unwrap();
        Self { header: part(0), claims: part(1), token, ours, attackers, refresh, others }
    }

    /// Header, claims and signature as they stand in the token.
    pub fn parts(&self) -> [&str; 3] {
        let parts: Vec<&str> = self.token.split('.').collect();
        parts.try_into().unwrap()
    }

    pub fn signature(&self) -> Vec<u8> {
        BASE64_URL_SAFE_NO_PAD.decode(self.parts()[2]).unwrap()
    }

    /// A token of these bytes, signed with a key.
    pub fn signed(key: &Ed25519KeyPair, header: impl AsRef<[u8]>, claims: impl AsRef<[u8]>) -> String {
        let message = format!("{}.{}", b64(header), b64(claims));
        format!("{message}.{}", b64(key.sign(message.as_bytes())))
    }

    pub fn public(&self) -> Vec<u8> {
        self.ours.public_key().as_ref().to_vec()
    }
}

fn all(good: &Good) -> Vec<Forged> {
    let mut all = headers::algorithms(good);
    all.extend(headers::secrets(good));
    all.extend(headers::names_of_keys(good));
    all.extend(headers::keys_brought_along(good));
    all.extend(headers::others(good));
    all.extend(signatures::changed(good));
    all.extend(signatures::crossed(good));
    all.extend(claims::truly_signed(good));
    all.extend(claims::bodies(good));
    all.extend(claims::changed(good));
    all.extend(shapes::parts(good));
    all.extend(shapes::letters(good));
    all.extend(shapes::schemes(good));
    all.extend(shapes::long(good));
    all
}

/// The status of `GET /api/v1/me` with these headers.
fn ask(socket: SocketAddr, headers: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(socket).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let request = [b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n", headers, b"\r\n"].concat();
    // The server may have enough before all is sent.
    let _closed_early = stream.write_all(&request);
    let mut answer = Vec::new();
    let _reset = stream.read_to_end(&mut answer);
    let status = answer.get(9..12).and_then(|status| std::str::from_utf8(status).ok());
    status.and_then(|status| status.parse().ok()).unwrap_or_default()
}

fn no_forged_token_gets_in(app: &mut TestApp) {
    let good = Good::of(app);
    let all = all(&good);
    let distinct: HashSet<&[u8]> = all.iter().map(|forged| forged.headers.as_slice()).collect();
    assert_eq!(distinct.len(), all.len(), "each is tried once: {:?}", twice(&all));
    assert!(distinct.len() >= AT_LEAST, "{} are too few", distinct.len());
    let untouched = bearer("the good one", &good.token);
    for some in all.chunks(50) {
        assert_eq!(ask(app.socket(), &untouched.headers), 200, "the good one gets in all the while");
        for forged in some {
            let status = ask(app.socket(), &forged.headers);
            assert!(forged.answers.contains(&status), "{}: {status}", forged.what);
        }
    }
    assert_eq!(ask(app.socket(), &untouched.headers), 200);
    println!("{} forged tokens were refused", distinct.len());
}

fn twice(all: &[Forged]) -> Vec<&str> {
    let mut seen = HashSet::new();
    all.iter().filter(|forged| !seen.insert(&forged.headers)).map(|forged| forged.what.as_str()).collect()
}
