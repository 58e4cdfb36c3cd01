//! Headers that somebody else wrote: other algorithms, other keys, and where to find them.

use base64::{Engine, prelude::BASE64_STANDARD};
use ring::hmac;
use serde_json::{Value, json};

use super::{Forged, Good, b64, bearer};

/// The header with one field changed; null takes it away.
fn with(good: &Good, name: &str, value: Value) -> String {
    let mut header = good.header.clone();
    match value {
        Value::Null => header.as_object_mut().unwrap().remove(name),
        value => header.as_object_mut().unwrap().insert(name.to_owned(), value),
    };
    header.to_string()
}

/// A header with the signatures that somebody could give it: ours for another text, none, their own, and ours in truth.
fn in_every_way(good: &Good, what: &str, header: &str) -> Vec<Forged> {
    let [_, claims, signature] = good.parts();
    let head = b64(header);
    vec![
        bearer(format!("{what}, signature of the good one"), format!("{head}.{claims}.{signature}")),
        bearer(format!("{what}, no signature"), format!("{head}.{claims}.")),
        bearer(format!("{what}, signed by another"), Good::signed(&good.attackers, header, good.claims.to_string())),
        bearer(format!("{what}, truly signed"), Good::signed(&good.ours, header, good.claims.to_string())),
    ]
}

pub fn algorithms(good: &Good) -> Vec<Forged> {
    let texts = [
        "none",
        "None",
        "NONE",
        "nOnE",
        "noNe",
        " none",
        "none ",
        "none\u{0}",
        "\u{ff4e}one",
        "",
        "null",
        "HS256",
        "hs256",
        "HS384",
        "HS512",
        "RS256",
        "RS384",
        "RS512",
        "PS256",
        "PS384",
        "PS512",
        "ES256",
        "ES256K",
        "ES384",
        "ES512",
        "Ed25519",
        "Ed448",
        "EDDSA",
        "eddsa",
        "EdDSA ",
        "EdDSA\u{0}",
        "dir",
        "A256GCM",
        "RSA-OAEP",
    ];
    let others = [json!(true), json!(0), json!([]), json!({}), json!(["EdDSA"]), json!({"alg": "EdDSA"}), Value::Null];
    let values = texts.into_iter().map(Value::from).chain(others);
    values.flat_map(|value| in_every_way(good, &format!("alg {value}"), &with(good, "alg", value))).collect()
}

/// The public key in every form that somebody could take for a secret.
pub fn secrets(good: &Good) -> Vec<Forged> {
    let public = good.public();
    let der = [b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00".as_slice(), &public].concat();
    let base64 = BASE64_STANDARD.encode(&der);
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{base64}\n-----END PUBLIC KEY-----");
    let hex: String = public.iter().map(|byte| format!("{byte:02x}")).collect();
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": b64(&public) }).to_string();
    let secrets: [(&str, Vec<u8>); 11] = [
        ("raw", public.clone()),
        ("DER", der),
        ("PEM", pem.clone().into_bytes()),
        ("PEM with a last line", format!("{pem}\n").into_bytes()),
        ("PEM of Windows", format!("{}\r\n", pem.replace('\n', "\r\n")).into_bytes()),
        ("base64", base64.into_bytes()),
        ("base64url", b64(&public).into_bytes()),
        ("hex", hex.into_bytes()),
        ("JWK", jwk.into_bytes()),
        ("kid", good.header["kid"].as_str().unwrap().as_bytes().to_vec()),
        ("nothing", Vec::new()),
    ];
    let algorithms = [("HS256", hmac::HMAC_SHA256), ("HS384", hmac::HMAC_SHA384), ("HS512", hmac::HMAC_SHA512)];
    let mut all = Vec::new();
    for (form, secret) in secrets {
        for (name, algorithm) in algorithms {
            for header in [with(good, "alg", name.into()), good.header.to_string()] {
                let message = format!("{}.{}", b64(&header), b64(good.claims.to_string()));
                let tag = hmac::sign(&hmac::Key::new(algorithm, &secret), message.as_bytes());
                all.push(bearer(format!("{name} with {form} in {header}"), format!("{message}.{}", b64(tag))));
            }
        }
    }
    all
}

pub fn names_of_keys(good: &Good) -> Vec<Forged> {
    let kid = good.header["kid"].as_str().unwrap();
    let others = "0".repeat(32);
    let long = "a".repeat(500);
    let values = [
        Value::Null,
        json!(""),
        json!(others),
        json!(kid.to_uppercase()),
        json!(format!("{kid} ")),
        json!(&kid[..31]),
        json!(long),
        json!("../../../../../../dev/null"),
        json!("..\\..\\windows\\win.ini"),
        json!("/dev/null"),
        json!("/proc/self/environ"),
        json!("file:///dev/null"),
        json!("https://example.org/jwks.json"),
        json!("' OR '1'='1"),
        json!("x' UNION SELECT 'key' --"),
        json!("'; DROP TABLE signing_key; --"),
        json!("key.pem|cat /etc/passwd"),
        json!("$(id)"),
        json!("{{7*7}}"),
        json!("%00"),
        json!(format!("{kid}\u{0}")),
        json!(0),
        json!(true),
        json!([kid]),
        json!({ "kid": kid }),
    ];
    values
        .into_iter()
        .flat_map(|value| in_every_way(good, &format!("kid {value}"), &with(good, "kid", value)))
        .collect()
}

/// A key of their own, or where to get it, with a signature that fits it.
pub fn keys_brought_along(good: &Good) -> Vec<Forged> {
    use ring::signature::KeyPair;
    let jwk = json!({
        "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": good.header["kid"],
        "x": b64(good.attackers.public_key().as_ref()),
    });
    let brought = [
        ("jwk", jwk.clone()),
        ("jwks", json!({ "keys": [jwk] })),
        ("jku", json!("https://example.org/jwks.json")),
        ("jku", json!("http://127.0.0.1:1/jwks.json")),
        ("x5u", json!("https://example.org/chain.pem")),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AAAA")),
        ("x5t#S256", json!("AAAA")),
        ("crit", json!([])),
        ("crit", json!(["exp"])),
        ("crit", json!(["b64"])),
        ("crit", json!("b64")),
        ("b64", json!(false)),
        ("b64", json!(true)),
        ("zip", json!("DEF")),
        ("cty", json!("JWT")),
        ("enc", json!("A256GCM")),
        ("epk", json!({})),
        ("p2c", json!(1_000_000_000)),
        ("url", json!("https://example.org")),
        ("nonce", json!("x")),
        ("iss", good.claims["iss"].clone()),
    ];
    brought
        .into_iter()
        .flat_map(|(name, value)| in_every_way(good, &format!("{name} {value}"), &with(good, name, value)))
        .collect()
}

/// Other types, fields that stand twice, and the same header written in another way.
pub fn others(good: &Good) -> Vec<Forged> {
    let types = ["JWT", "jwt", "AT+JWT", "application/at+jwt", "", "id_token+jwt", "logout+jwt", "dpop+jwt", "at+jwt "];
    let mut headers: Vec<(String, String)> = types
        .into_iter()
        .map(Value::from)
        .chain([Value::Null, json!(1), json!(["at+jwt"])])
        .map(|value| (format!("typ {value}"), with(good, "typ", value)))
        .collect();
    let plain = good.header.to_string();
    let inside = plain.trim_matches(['{', '}']);
    for twice in [
        r#""alg":"none""#,
        r#""alg":"HS256""#,
        r#""alg":"EdDSA""#,
        r#""kid":"x""#,
        r#""typ":"JWT""#,
        r#""typ":"at+jwt""#,
    ] {
        headers.push((format!("{twice} before"), format!("{{{twice},{inside}}}")));
        headers.push((format!("{twice} after"), format!("{{{inside},{twice}}}")));
    }
    let written = String::from_utf8(super::BASE64_URL_SAFE_NO_PAD.decode(good.parts()[0]).unwrap()).unwrap();
    for other in [
        written.replace(':', ": "),
        format!(" {written}"),
        format!("{written}\n"),
        format!("\u{feff}{written}"),
        written.replace("EdDSA", "\\u0045dDSA"),
        written.replace("alg", "\\u0061lg"),
        written.replace("alg", "Alg"),
        written.replace('"', "'"),
        format!("[{written}]"),
        format!("{written}{written}"),
        "{}".to_owned(),
        "null".to_owned(),
        String::new(),
    ] {
        headers.push((format!("written {other}"), other));
    }
    headers.into_iter().flat_map(|(what, header)| in_every_way(good, &what, &header)).collect()
}
