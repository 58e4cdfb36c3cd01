//! Tokens of another shape, in other letters, under other schemes, and far too long.

use base64::{Engine, prelude::BASE64_STANDARD};

use super::{Forged, Good, b64, bearer, raw};

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub fn parts(good: &Good) -> Vec<Forged> {
    let token = &good.token;
    let [header, claims, signature] = good.parts();
    let json = format!(r#"{{"payload":"{claims}","protected":"{header}","signature":"{signature}"}}"#);
    [
        ("one part", header.to_owned()),
        ("two parts", format!("{header}.{claims}")),
        ("no claims", format!("{header}..{signature}")),
        ("a dot before", format!(".{token}")),
        ("a dot after", format!("{token}.")),
        ("a dot more inside", format!("{header}..{claims}.{signature}")),
        ("dots alone", "..".to_owned()),
        ("one dot", ".".to_owned()),
        ("five parts", format!("{header}.{claims}.{signature}.{claims}.{signature}")),
        ("five empty parts", "....".to_owned()),
        ("as JWE", format!("{}.{claims}.{signature}.{claims}.{signature}", b64(r#"{"alg":"dir","enc":"A256GCM"}"#))),
        ("as JSON", json.clone()),
        ("as JSON in base64", b64(json)),
        ("another token after it", format!("{token}.{}", good.others)),
        ("two with a comma", format!("{token},{token}")),
        ("two with a space", format!("{token} {token}")),
        ("commas for dots", token.replace('.', ",")),
        ("slashes for dots", token.replace('.', "/")),
        ("percent for dots", token.replace('.', "%2E")),
        ("the refresh token", good.refresh.clone()),
        ("undefined", "undefined".to_owned()),
        ("null", "null".to_owned()),
        ("token68 that is none", "mF_9.B5f-4.1JqM".to_owned()),
    ]
    .into_iter()
    .map(|(what, token)| bearer(what, token))
    .collect()
}

/// The same bytes in letters that careless readers take for them.
pub fn letters(good: &Good) -> Vec<Forged> {
    let token = &good.token;
    let parts = good.parts();
    let mut all: Vec<Forged> = Vec::new();
    for part in 0..3 {
        let with = |text: String| {
            let mut parts = parts.map(str::to_owned);
            parts[part] = text;
            parts.join(".")
        };
        let text = parts[part];
        for (what, other) in [
            ("=", format!("{text}=")),
            ("==", format!("{text}==")),
            ("garbage", format!("{text}!")),
            ("B", format!("{text}B")),
            ("a space", format!("{text} ")),
            ("a tab", format!("{text}\t")),
            ("a space inside", format!("{} {}", &text[..4], &text[4..])),
            ("~", format!("~{text}")),
            ("NUL in percent", format!("{text}%00")),
            ("other case", text.to_lowercase()),
        ] {
            // Spaces at the very end belong to the line, not to the token (RFC 9110, 5.5).
            if part < 2 || !other.ends_with([' ', '\t']) {
                all.push(bearer(format!("part {part}: {what}"), with(other)));
            }
        }
    }
    // Of the last letter four bits are not used: only zeros are right there.
    let last = LETTERS.iter().position(|letter| Some(letter) == token.as_bytes().last()).unwrap();
    for more in 1..16 {
        let letter = char::from(LETTERS[last + more]);
        all.push(bearer(format!("unused bits {more}"), format!("{}{letter}", &token[..token.len() - 1])));
    }
    let standard = BASE64_STANDARD.encode(good.signature());
    // A signature that has neither letter 62 nor 63 looks the same in both alphabets.
    if standard.trim_end_matches('=') != parts[2] {
        all.push(bearer("standard alphabet", format!("{}.{}.{standard}", parts[0], parts[1])));
    }
    for (what, other) in
        [("fullwidth dots", token.replace('.', "．")), ("a zero-width space", format!("{token}\u{200b}"))]
    {
        all.push(bearer(what, other));
    }
    all.push(bearer("a Cyrillic letter", token.replacen('e', "\u{435}", 1)));
    all.push(bearer("bytes that are no text", [token.as_bytes(), &[0xff, 0xfe]].concat()));
    all
}

pub fn schemes(good: &Good) -> Vec<Forged> {
    let (token, others) = (&good.token, &good.others);
    let mut all: Vec<Forged> =
        ["Basic", "Token", "JWT", "DPoP", "MAC", "Digest", "Negotiate", "OAuth", "Bearertoken", "Bear"]
            .into_iter()
            .map(|scheme| raw(format!("scheme {scheme}"), format!("Authorization: {scheme} {token}\r\n")))
            .collect();
    let tries = [
        ("no scheme", format!("Authorization: {token}\r\n")),
        ("nothing", "Authorization:\r\n".to_owned()),
        ("scheme alone", "Authorization: Bearer\r\n".to_owned()),
        ("no space", format!("Authorization: Bearer{token}\r\n")),
        ("two spaces", format!("Authorization: Bearer  {token}\r\n")),
        ("a tab", format!("Authorization: Bearer\t{token}\r\n")),
        ("a colon", format!("Authorization: Bearer: {token}\r\n")),
        ("an equals sign", format!("Authorization: Bearer={token}\r\n")),
        ("a name", format!("Authorization: Bearer token={token}\r\n")),
        ("in quotes", format!("Authorization: Bearer \"{token}\"\r\n")),
        ("scheme twice", format!("Authorization: Bearer Bearer {token}\r\n")),
        ("another scheme before", format!("Authorization: Basic eDp5, Bearer {token}\r\n")),
        ("two headers", format!("Authorization: Bearer {token}\r\nAuthorization: Bearer {token}\r\n")),
        ("two people", format!("Authorization: Bearer {token}\r\nAuthorization: Bearer {others}\r\n")),
        ("a bad one after", format!("Authorization: Bearer {token}\r\nAuthorization: Bearer x\r\n")),
        ("a bad one before", format!("Authorization: Bearer x\r\nAuthorization: Bearer {token}\r\n")),
        ("another scheme after", format!("Authorization: Bearer {token}\r\nAuthorization: Basic eDp5\r\n")),
        ("another scheme first", format!("Authorization: Basic eDp5\r\nAuthorization: Bearer {token}\r\n")),
        ("for a proxy", format!("Proxy-Authorization: Bearer {token}\r\n")),
        ("forwarded", format!("X-Forwarded-Authorization: Bearer {token}\r\n")),
        ("of our own", format!("X-Access-Token: {token}\r\n")),
        ("original", format!("X-Original-Authorization: Bearer {token}\r\n")),
        ("a cookie", format!("Cookie: access_token={token}\r\n")),
        ("the session's cookie", format!("Cookie: stegvis={token}\r\n")),
        ("the session's cookie over TLS", format!("Cookie: __Host-stegvis={token}\r\n")),
        ("the refresh token as a cookie", format!("Cookie: stegvis={}\r\n", good.refresh)),
    ];
    all.extend(tries.map(|(what, headers)| raw(what, headers)));
    all
}

/// Long tokens: the first are read and refused, the last are more than a request may be.
pub fn long(good: &Good) -> Vec<Forged> {
    let [header, claims, signature] = good.parts();
    let more = |length: usize| "A".repeat(length);
    let mut all: Vec<Forged> = [1_000, 10_000, 60_000]
        .into_iter()
        .flat_map(|length| {
            [
                bearer(format!("{length} more claims"), format!("{header}.{claims}{}.{signature}", more(length))),
                bearer(format!("{length} more signature"), format!("{}{}", good.token, more(length))),
                bearer(format!("{length} more header"), format!("{}{}", more(length), good.token)),
                bearer(format!("{length} dots"), ".".repeat(length)),
            ]
        })
        .collect();
    for length in [200_000, 1_000_000] {
        let token = format!("{header}.{claims}{}.{signature}", more(length));
        all.push(bearer(format!("{length} bytes"), token).or_too_long());
    }
    let many = format!("Authorization: Bearer {}\r\n", good.token).repeat(90);
    all.push(raw("90 headers", many).or_too_long());
    all
}
