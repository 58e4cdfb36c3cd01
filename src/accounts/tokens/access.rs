//! Access tokens: JWT (RFC 7519), signed with EdDSA, good for a quarter of an hour.
//!
//! The header is looked up, not read: a token begins with exactly what we write for one of our keys, or it is none. So
//! nothing that somebody else writes there, an algorithm, a key or where to find one, is ever acted upon.

use std::sync::{PoisonError, RwLock};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use rand::Rng;
use serde::{Deserialize, Serialize};
use vault::{Fault, Keys, Millis, PersonId, SessionId, SigningKey};

use super::ed25519;
use crate::{accounts::SignInError, chance::Chance};

/// Seconds for which a token is good.
pub const ACCESS_SECONDS: u32 = (SigningKey::TOKENS_LIVE / 1000) as u32;
/// Bytes that a token of ours never has.
const LONGEST: usize = 1024;
/// Seconds that the clock of another server process may be ahead of ours. A token's end has no such leeway.
const AHEAD: i64 = 5;
/// Which of our doors tokens are for.
const AUDIENCE: &str = "urn:stegvis:api:v1";
/// RFC 9068: an access token, never to be taken for another kind.
const TYPE: &str = "at+jwt";

/// What a token says. Every field is written by us and each has to be there, once; others are not taken.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: PersonId,
    iat: i64,
    exp: i64,
    jti: String,
    /// The family's session.
    sid: SessionId,
}

/// Whose token it is, after it was found to be good.
#[derive(Clone, Copy)]
pub(super) struct Named {
    pub(super) person: PersonId,
    pub(super) session: SessionId,
}

/// The keys that sign, in memory.
pub struct Signing {
    issuer: String,
    keys: RwLock<Vec<Signer>>,
}

struct Signer {
    header: Header,
    /// How each of its tokens begins.
    written: String,
    private: EncodingKey,
    public: DecodingKey,
    from: Millis,
    until: Option<Millis>,
}

impl Signer {
    fn new(key: &SigningKey) -> Result<Self, Fault> {
        let id: String = key.id.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut header = Header::new(Algorithm::EdDSA);
        (header.typ, header.kid) = (Some(TYPE.to_owned()), Some(id));
        let json = serde_json::to_vec(&header).map_err(|_| Fault::Sealed)?;
        let written = BASE64_URL_SAFE_NO_PAD.encode(json);
        let (private, public) = ed25519::keys(key.seed.as_bytes()).map_err(|_| Fault::Sealed)?;
        Ok(Self { header, written, private, public, from: key.signs_from, until: key.good_until })
    }
}

impl Signing {
    /// The keys of a key store, which makes the first one if there is none. Blocks while it does.
    ///
    /// # Errors
    /// When the key store does not answer.
    pub fn of(keys: &Keys, now: Millis) -> Result<Self, Fault> {
        ed25519::install();
        let signing = Self { issuer: format!("urn:stegvis:{}", keys.name()), keys: RwLock::default() };
        signing.refresh(keys, now)?;
        Ok(signing)
    }

    /// Takes the keys as they are in the key store now; if that does not answer, those from before stay. Blocks.
    ///
    /// # Errors
    /// When the key store does not answer, or its master key was exchanged since this process was started.
    pub fn refresh(&self, keys: &Keys, now: Millis) -> Result<(), Fault> {
        let taken = keys.signing_keys(now)?.iter().map(Signer::new).collect::<Result<Vec<_>, _>>()?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = taken;
        Ok(())
    }

    /// A token that names somebody's session.
    pub(super) fn sign(&self, of: Named, now: Millis, chance: &Chance) -> Result<String, SignInError> {
        let mut jti = [0; 16];
        chance.draw(|rng| rng.fill_bytes(&mut jti));
        let iat = now.0.div_euclid(1000);
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: of.person,
            iat,
            exp: iat + i64::from(ACCESS_SECONDS),
            jti: BASE64_URL_SAFE_NO_PAD.encode(jti),
            sid: of.session,
        };
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let signer = keys.iter().rfind(|signer| signer.from <= now).or(keys.first());
        let signer = signer.ok_or(SignInError::Fault(Fault::NoKey))?;
        encode(&signer.header, &claims, &signer.private).map_err(|error| SignInError::Token(error.to_string()))
    }

    /// Whom a token names, if it is one of ours and has not ended. Why not, nobody is told.
    pub(super) fn verify(&self, token: &str, now: Millis) -> Option<Named> {
        if token.len() > LONGEST {
            return None;
        }
        let (header, _) = token.split_once('.')?;
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let of_ours = |signer: &&Signer| signer.written == header && signer.until.is_none_or(|until| now < until);
        let signer = keys.iter().find(of_ours)?;
        let claims = decode::<Claims>(token, &signer.public, &signature_alone()).ok()?.claims;
        self.is_good(&claims, now).then_some(Named { person: claims.sub, session: claims.sid })
    }

    fn is_good(&self, claims: &Claims, now: Millis) -> bool {
        let Claims { iss, aud, iat, exp, .. } = claims;
        let live = i64::from(ACCESS_SECONDS);
        *iss == self.issuer
            && aud == AUDIENCE
            && exp.checked_sub(*iat) == Some(live)
            && now.0 < exp.saturating_mul(1000)
            && now.0.div_euclid(1000) + AHEAD >= *iat
    }
}

/// The library proves the signature. Its own look at the claims goes by the machine's clock, is up to a minute late and
/// passes over what is missing; ours stands in [`Signing::is_good`].
fn signature_alone() -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.required_spec_claims.clear();
    (validation.leeway, validation.validate_exp, validation.validate_aud) = (0, false, false);
    validation
}
