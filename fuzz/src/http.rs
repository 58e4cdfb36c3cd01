//! Requests, as they are once their bytes have been read: addresses, ids, headers, cookies, forms and bodies.

use std::{cell::RefCell, collections::HashMap};

use actix_web::{
    cookie::Cookie,
    http::{Method, Uri, header},
    test::TestRequest,
};
use stegvis::accounts::{self, Token};

use crate::house::{Answer, House, PEOPLE, with_house};

/// What opens the doors of one person.
struct Keys {
    session: Token,
    access: String,
}

thread_local! {
    static KEYS: RefCell<HashMap<&'static str, Keys>> = RefCell::default();
}

/// A request: who, method and address in the first line, then headers, an empty line and the body. Who is a user name of
/// the world, one with a + for an access token instead of a cookie, or anything else for nobody. Names in braces stand for
/// ids that are there, such as `{calculation}`.
///
/// Oracle: it is answered, and never by a fault of the server's own; the answer has the headers that keep browsers strict;
/// whatever the API refuses, it refuses as `application/problem+json`; and nobody is told a name without signing in.
pub fn request(data: &[u8]) {
    let end = data.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = end.map_or((data, &[][..]), |end| (&data[..end], &data[end + 2..]));
    let Ok(head) = str::from_utf8(head) else { return };
    with_house(|house| {
        let head = house.names.iter().fold(head.to_owned(), |head, (name, value)| head.replace(name, value));
        let mut lines = head.lines();
        let Some([who, method, address]) = lines.next().and_then(first_line) else { return };
        let Some(mut request) = addressed(method, address) else { return };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let name = header::HeaderName::from_bytes(name.as_bytes());
            let (Ok(name), Ok(value)) = (name, header::HeaderValue::from_str(value.trim())) else { continue };
            request = request.append_header((name, value));
        }
        let person = PEOPLE.into_iter().find(|person| who.trim_end_matches('+') == *person);
        if let Some(person) = person {
            request = signed(house, request, person, who.ends_with('+'));
        }
        let body = with_names(house, body);
        let answer = house.ask(request.set_payload(body.clone()));
        holds(&answer, address, &head);
        if person.is_none() {
            tells_nobody(&answer, &head, &body);
        }
    });
}

fn first_line(line: &str) -> Option<[&str; 3]> {
    let mut words = line.split(' ');
    Some([words.next()?, words.next()?, words.next()?])
}

fn addressed(method: &str, address: &str) -> Option<TestRequest> {
    let method = Method::from_bytes(method.as_bytes()).ok()?;
    let uri: Uri = address.parse().ok()?;
    // As every request that was read from a connection has it.
    uri.path().starts_with('/').then(|| TestRequest::default().method(method).uri(&uri.to_string()))
}

fn with_names(house: &House, body: &[u8]) -> Vec<u8> {
    match str::from_utf8(body) {
        Ok(text) => {
            house.names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value)).into_bytes()
        }
        Err(_) => body.to_vec(),
    }
}

/// The request with what the person holds; a session that an earlier request ended is opened anew.
fn signed(house: &House, request: TestRequest, person: &'static str, by_token: bool) -> TestRequest {
    KEYS.with_borrow_mut(|keys| {
        let holds = |keys: &Keys| {
            let by_cookie = house.wait(accounts::signed(&house.app, &keys.session));
            let by_token = house.wait(accounts::signed_by_token(&house.app, &keys.access));
            matches!((by_cookie, by_token), (Ok(Some(_)), Ok(Some(_))))
        };
        if !keys.get(person).is_some_and(holds) {
            let Some((session, pair)) = house.session(person).zip(house.tokens(person)) else { return request };
            keys.insert(person, Keys { session, access: pair.access });
        }
        match keys.get(person) {
            Some(keys) if by_token => request.insert_header((header::AUTHORIZATION, format!("Bearer {}", keys.access))),
            Some(keys) => request
                .insert_header(("sec-fetch-site", "same-origin"))
                .cookie(Cookie::new("stegvis", keys.session.to_text())),
            None => request,
        }
    })
}

fn holds(answer: &Answer, address: &str, head: &str) {
    let Answer { status, headers, .. } = answer;
    assert!(!status.is_server_error(), "{status}: {head}");
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!(said("x-content-type-options"), "nosniff", "{head}");
    assert!(said("content-security-policy").starts_with("default-src 'self'"), "{head}");
    let is_api = address.starts_with("/api/v1/");
    if is_api && status.is_client_error() {
        assert_eq!(said("content-type"), "application/problem+json", "{status}: {head}");
    }
}

/// Family names of the world.
const NAMES: [&str; 5] = ["Granparallell", "Annorst", "Hemligsson", "Skyddad", "Vårdnad"];

/// What was sent may be sent back.
fn tells_nobody(answer: &Answer, head: &str, body: &[u8]) {
    let (told, sent) = (String::from_utf8_lossy(&answer.body), String::from_utf8_lossy(body));
    for name in NAMES {
        let was_sent = head.contains(name) || sent.contains(name) || sent.contains('%') || head.contains('%');
        assert!(was_sent || !told.contains(name), "nobody is told of {name}: {head}");
    }
}
