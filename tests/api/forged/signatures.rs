//! Signatures that were changed, cut, or taken from elsewhere.

use super::{Forged, Good, b64, bearer};

/// The order of Ed25519's group, least significant byte first: added to a signature's second half it makes another that a
/// careless verifier takes (RFC 8032, 8.4).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

fn with(good: &Good, signature: &[u8]) -> String {
    let [header, claims, _] = good.parts();
    format!("{header}.{claims}.{}", b64(signature))
}

fn plus_order(signature: &[u8]) -> Vec<u8> {
    let mut sum = signature.to_vec();
    let mut carry = 0;
    for (byte, order) in sum[32..].iter_mut().zip(ORDER) {
        let total = u16::from(*byte) + u16::from(order) + carry;
        *byte = (total & 255) as u8;
        carry = total >> 8;
    }
    sum
}

pub fn changed(good: &Good) -> Vec<Forged> {
    let signature = good.signature();
    let mut all = Vec::new();
    for at in 0..signature.len() {
        let mut flipped = signature.clone();
        flipped[at] ^= 1 << (at % 8);
        all.push(bearer(format!("bit {} of byte {at} flipped", at % 8), with(good, &flipped)));
        all.push(bearer(format!("cut to {at} bytes"), with(good, &signature[..at])));
    }
    let (r, s) = signature.split_at(32);
    let identity = [[1].as_slice(), &[0; 63]].concat();
    for (what, other) in [
        ("one byte more", [signature.as_slice(), &[0]].concat()),
        ("twice", [signature.as_slice(), &signature].concat()),
        ("zeros", vec![0; 64]),
        ("ones", vec![255; 64]),
        ("the identity", identity),
        ("halves exchanged", [s, r].concat()),
        ("first half twice", [r, r].concat()),
        ("backwards", signature.iter().rev().copied().collect()),
        ("inverted", signature.iter().map(|byte| !byte).collect()),
        ("plus the order", plus_order(&signature)),
        ("second half 0", [r, &[0; 32]].concat()),
        ("the public key twice", [good.public(), good.public()].concat()),
    ] {
        all.push(bearer(format!("signature: {what}"), with(good, &other)));
    }
    all
}

/// Good parts of different tokens, put together.
pub fn crossed(good: &Good) -> Vec<Forged> {
    let [header, claims, signature] = good.parts();
    let others: Vec<&str> = good.others.split('.').collect();
    let of = |message: &str| b64(good.ours.sign(message.as_bytes()));
    [
        ("another's signature", format!("{header}.{claims}.{}", others[2])),
        ("another's claims", format!("{header}.{}.{signature}", others[1])),
        ("signed: the claims alone", format!("{header}.{claims}.{}", of(claims))),
        ("signed: the header alone", format!("{header}.{claims}.{}", of(header))),
        ("signed: without the dot", format!("{header}.{claims}.{}", of(&format!("{header}{claims}")))),
        ("signed: nothing", format!("{header}.{claims}.{}", of(""))),
        ("signed: the JSON", format!("{header}.{claims}.{}", of(&format!("{}.{}", good.header, good.claims)))),
        ("parts exchanged", format!("{claims}.{header}.{signature}")),
        ("header twice", format!("{header}.{header}.{signature}")),
        ("claims twice", format!("{claims}.{claims}.{signature}")),
    ]
    .into_iter()
    .map(|(what, token)| bearer(what, token))
    .chain([bearer("our header, signed by another", {
        let message = format!("{header}.{claims}");
        format!("{message}.{}", b64(good.attackers.sign(message.as_bytes())))
    })])
    .collect()
}
