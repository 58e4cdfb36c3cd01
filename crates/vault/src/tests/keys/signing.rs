//! The keys that sign access tokens: one is made once, exchanged in time, and sealed anew with a new master key.

use super::*;
use crate::{SigningKey, keys::check_words};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

fn ids(keys: &Keys, now: Millis) -> Vec<[u8; 16]> {
    keys.signing_keys(now).unwrap().iter().map(|key| key.id).collect()
}

#[test]
fn processes_that_start_together_have_one_key() {
    on_both_grounds(|options| async move {
        let keys: Vec<Keys> = (0..2).map(|_| Keys::open(&options.keys).unwrap()).collect();
        let asking: Vec<_> = keys
            .iter()
            .map(|keys| {
                let keys = keys.clone();
                tokio::task::spawn_blocking(move || ids(&keys, NOW))
            })
            .collect();
        let mut found = Vec::new();
        for asked in asking {
            found.push(asked.await.unwrap());
        }
        assert_eq!((found[0].len(), &found[0]), (1, &found[1]));
        assert_eq!(keys[0].signing_keys(NOW).unwrap()[0].signs_from, NOW, "the first one signs at once");
    });
}

#[test]
fn an_old_key_stays_for_as_long_as_a_token_of_its_may_live() {
    on_both_grounds(|options| async move {
        let keys = Keys::open(&options.keys).unwrap();
        let old = ids(&keys, NOW)[0];
        assert_eq!(ids(&keys, NOW.plus(90 * DAY)), [old], "90 days, not one more");
        let then = NOW.plus(90 * DAY + 1);
        let both = keys.signing_keys(then).unwrap();
        assert_eq!((both.len(), both[0].id), (2, old));
        assert_eq!(both[1].signs_from, then.plus(2 * MINUTE));
        assert_eq!(both[0].good_until, Some(both[1].signs_from.plus(SigningKey::TOKENS_LIVE)));
        assert!(both[1].good_until.is_none() && both[0].seed != both[1].seed);
        let last = then.plus(2 * MINUTE + SigningKey::TOKENS_LIVE + MINUTE);
        assert_eq!(ids(&keys, last).len(), 2);
        assert_eq!(ids(&keys, last.plus(1)), [both[1].id]);
    });
}

#[test]
fn a_new_master_key_opens_them_and_the_old_one_does_not() {
    on_both_grounds(|options| async move {
        let keys = Keys::open(&options.keys).unwrap();
        let beside = Keys::open(&options.keys).unwrap();
        let before = keys.signing_keys(NOW).unwrap();
        let new = Key::from_bytes([55; 32]);
        assert!(keys.rotate_master(&new, &check_words(&new).join(" "), NOW).unwrap().is_some());
        assert!(matches!(beside.signing_keys(NOW), Err(Fault::MasterKeyExchanged)));
        assert!(matches!(beside.rotate_signing(NOW), Err(Fault::MasterKeyExchanged)));
        let with_new = KeyStore { master: new, ..options.keys.clone() };
        let after = Keys::open(&with_new).unwrap().signing_keys(NOW).unwrap();
        assert!(before[0].id == after[0].id && before[0].seed == after[0].seed);
    });
}

#[test]
fn a_code_has_one_purpose_and_needs_the_store() {
    on_both_grounds(|options| async move {
        let keys = Keys::open(&options.keys).unwrap();
        let code = keys.code_of("one", b"text").unwrap();
        assert_eq!(Keys::open(&options.keys).unwrap().code_of("one", b"text").unwrap(), code);
        for other in [keys.code_of("two", b"text"), keys.code_of("one", b"text2"), keys.code_of("onet", b"ext")] {
            assert_ne!(other.unwrap(), code);
        }
    });
}
