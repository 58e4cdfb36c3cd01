//! Claims that somebody else wrote, and some that the server's own key signed: a true signature alone lets nobody in.

use serde_json::{Value, json};

use super::{Forged, Good, b64, bearer};
use crate::world;

/// The good header with these claims, truly signed.
fn truly(good: &Good, claims: &str) -> String {
    let [header, ..] = good.parts();
    let message = format!("{header}.{}", b64(claims));
    format!("{message}.{}", b64(good.ours.sign(message.as_bytes())))
}

fn with(good: &Good, name: &str, value: &Value) -> Value {
    let mut claims = good.claims.clone();
    claims[name] = value.clone();
    claims
}

/// One claim changed at a time.
pub fn truly_signed(good: &Good) -> Vec<Forged> {
    let (iat, exp) = (good.claims["iat"].as_i64().unwrap(), good.claims["exp"].as_i64().unwrap());
    let text = |name: &str| good.claims[name].as_str().unwrap().to_owned();
    let strange = [json!(""), json!(0), json!(true), json!([]), json!({}), Value::Null];
    let mut tries: Vec<(&str, Value)> = Vec::new();
    for name in ["iss", "aud", "sub", "sid", "iat", "exp", "jti"] {
        let of_kind = |value: &&Value| name != "jti" || !value.is_string();
        tries.extend(strange.iter().filter(of_kind).map(|value| (name, value.clone())));
    }
    for name in ["iss", "aud"] {
        tries.push((name, json!([text(name)])));
        tries.push((name, json!([text(name), "another"])));
        tries.push((name, json!(text(name).to_uppercase())));
        tries.push((name, json!(format!("{} ", text(name)))));
        tries.push((name, json!(format!("{}/", text(name)))));
        tries.push((name, json!("https://example.org")));
        tries.push((name, json!("urn:stegvis:00000000000000000000000000000000")));
    }
    for other in ["bo", "maria", "alva2"] {
        tries.push(("sub", json!(world::person(other).to_string())));
    }
    for other in [json!("alva"), json!("*"), json!("' OR 1=1 --"), json!([text("sub")]), json!(text("sid"))] {
        tries.push(("sub", other));
    }
    for other in [json!("0".repeat(32)), json!("f".repeat(32)), json!("../x"), json!([text("sid")]), json!(text("sub"))]
    {
        tries.push(("sid", other));
    }
    let ends =
        [exp - 1, exp + 1, exp + 900, exp + 31_536_000, iat, iat - 900, -exp, i64::MAX, i64::MIN, i64::MAX / 1000];
    tries.extend(ends.map(|end| ("exp", json!(end))));
    tries.extend(
        [json!(exp.to_string()), json!(exp as f64), json!(exp as f64 + 0.5), json!(1e18), json!(1e300)]
            .map(|end| ("exp", end)),
    );
    tries
        .extend([json!(u64::MAX), json!("never"), json!("2099-01-01T00:00:00Z"), json!([exp])].map(|end| ("exp", end)));
    tries.extend([iat + 6, iat + 900, iat - 1, -iat, i64::MAX, i64::MIN].map(|at| ("iat", json!(at))));
    tries.extend([json!(iat.to_string()), json!(iat as f64)].map(|at| ("iat", at)));
    tries.extend([json!(iat + 60), json!(iat - 60), json!("x"), json!(0)].map(|at| ("nbf", at)));
    tries.extend([("admin", json!(true)), ("role", json!("operator")), ("scope", json!("*")), ("cnf", json!({}))]);
    tries
        .into_iter()
        .map(|(name, value)| {
            bearer(format!("{name} {value}, truly signed"), truly(good, &with(good, name, &value).to_string()))
        })
        .collect()
}

/// Claims that are missing, stand twice or are no claims at all, truly signed; times that have passed or are to come.
pub fn bodies(good: &Good) -> Vec<Forged> {
    let plain = good.claims.to_string();
    let inside = plain.trim_matches(['{', '}']);
    let iat = good.claims["iat"].as_i64().unwrap();
    let mut bodies: Vec<(String, String)> = Vec::new();
    for name in ["iss", "aud", "sub", "sid", "iat", "exp", "jti"] {
        let mut without = good.claims.clone();
        without.as_object_mut().unwrap().remove(name);
        bodies.push((format!("without {name}"), without.to_string()));
        let twice = format!("\"{name}\":{}", good.claims[name]);
        bodies.push((format!("{name} twice"), format!("{{{inside},{twice}}}")));
        bodies.push((format!("{name} null first"), format!("{{\"{name}\":null,{inside}}}")));
        bodies.push((
            format!("{name} in capitals"),
            plain.replace(&format!("\"{name}\""), &format!("\"{}\"", name.to_uppercase())),
        ));
    }
    for moved in [-100_000, -901, -900, 6, 900, 100_000] {
        let mut claims = with(good, "iat", &json!(iat + moved));
        claims["exp"] = json!(iat + moved + 900);
        bodies.push((format!("moved by {moved} s"), claims.to_string()));
    }
    for (what, body) in [
        ("nothing", String::new()),
        ("null", "null".to_owned()),
        ("a number", "1".to_owned()),
        ("a text", "\"x\"".to_owned()),
        ("empty", "{}".to_owned()),
        ("in a list", format!("[{plain}]")),
        ("in an object", format!("{{\"claims\":{plain}}}")),
        ("half", plain[..plain.len() / 2].to_owned()),
        ("more after it", format!("{plain}x")),
        ("two of them", format!("{plain}{plain}")),
        ("with a mark before", format!("\u{feff}{plain}")),
        ("deep", format!("{}{}", "[".repeat(200), "]".repeat(200))),
    ] {
        bodies.push((what.to_owned(), body));
    }
    bodies.into_iter().map(|(what, body)| bearer(format!("claims: {what}"), truly(good, &body))).collect()
}

/// Claims that were changed after they were signed.
pub fn changed(good: &Good) -> Vec<Forged> {
    let [header, claims, signature] = good.parts();
    let with_claims = |claims: &str| format!("{header}.{claims}.{signature}");
    let mut all: Vec<Forged> = (0..claims.len())
        .step_by(4)
        .map(|at| {
            let mut letters = claims.as_bytes().to_vec();
            letters[at] = if letters[at] == b'A' { b'B' } else { b'A' };
            bearer(format!("letter {at} of the claims changed"), with_claims(std::str::from_utf8(&letters).unwrap()))
        })
        .collect();
    let bo = with(good, "sub", &json!(world::person("bo").to_string()));
    all.push(bearer("another's name on it", with_claims(&b64(bo.to_string()))));
    let later = with(good, "exp", &json!(i64::from(i32::MAX)));
    all.push(bearer("a later end", with_claims(&b64(later.to_string()))));
    all.push(bearer("the claims again, in another order", with_claims(&b64(good.claims.to_string()))));
    all
}
