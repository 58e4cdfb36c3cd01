//! How many wrong guesses are taken before a password is even looked at: for an account, from an address, and in all.
//!
//! An account takes [`FREE`] wrong guesses; then each costs twice the wait of the one before, up to [`LONGEST_WAIT`].
//! What is sent during the wait is not looked at and makes it no longer. Who has signed in to an account from an address
//! is known there and has a count of their own: neither guesses from elsewhere nor what else comes from the address keep
//! them out. Names that nobody has are counted like all others. Nothing of this is stored.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::{NonZeroU32, NonZeroUsize},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock,
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed, keyed::DashMapStateStore},
};
use lru::LruCache;
use sha2::{Digest, Sha256};
use vault::Millis;

use super::SignInError;
use crate::{clock::Clock, config::SignIn, steady::Steady};

/// Wrong guesses that cost nothing: fingers slip.
const FREE: u32 = 5;
/// Milliseconds of the first wait; each one after it is twice as long.
const FIRST_WAIT: i64 = 1_000;
/// Milliseconds that no wait is longer than.
const LONGEST_WAIT: i64 = 15 * 60_000;
/// Milliseconds without a guess after which the count begins anew.
const FORGOTTEN_AFTER: i64 = 60 * 60_000;
/// Counts that are kept in memory; those that nobody needed for longest go first.
const MOST_COUNTS: usize = 200_000;

type ForEach = RateLimiter<IpAddr, DashMapStateStore<IpAddr>, Steady, NoOpMiddleware<Duration>>;
type ForAll = RateLimiter<NotKeyed, InMemoryState, Steady, NoOpMiddleware<Duration>>;

/// Whose guesses are counted together: those at an account, or at an account from an address where it is known. A hash,
/// since what is typed as a user name is now and then a password.
type Whose = [u8; 32];

#[derive(Clone, Copy)]
struct Count {
    /// At whichever address.
    account: Whose,
    wrong: u32,
    last: Millis,
    until: Millis,
}

impl Count {
    const fn none(account: Whose) -> Self {
        Self { account, wrong: 0, last: Millis(0), until: Millis(0) }
    }
}

/// All counts.
pub struct Guesses {
    /// A clock that is set right keeps nobody out for longer.
    clock: Steady,
    counts: Mutex<LruCache<Whose, Count>>,
    from_each: ForEach,
    in_all: ForAll,
    /// Until when nothing from an address is looked at, unless it is known there; `None` stands for all addresses.
    shut: Mutex<LruCache<Option<IpAddr>, Millis>>,
}

/// A guess that may be looked at. It counts as wrong until it is said how it went.
pub struct Guess<'a> {
    guesses: &'a Guesses,
    /// None where no account is meant.
    whose: Option<Whose>,
    /// The count for who is known at this address.
    here: Option<Whose>,
    is_known: bool,
    from: Option<IpAddr>,
    before: Count,
}

impl Guesses {
    #[must_use]
    pub fn new(settings: &SignIn, clock: Clock) -> Self {
        let an_hour = |most: u32| Quota::per_hour(NonZeroU32::new(most).unwrap_or(NonZeroU32::MIN));
        let clock = Steady::of(clock);
        let most = NonZeroUsize::new(MOST_COUNTS).unwrap_or(NonZeroUsize::MIN);
        Self {
            counts: Mutex::new(LruCache::new(most)),
            from_each: RateLimiter::new(
                an_hour(settings.wrong_from_one_address),
                DashMapStateStore::default(),
                clock.clone(),
            ),
            in_all: RateLimiter::new(an_hour(settings.wrong_in_all), InMemoryState::default(), clock.clone()),
            shut: Mutex::new(LruCache::new(most)),
            clock,
        }
    }

    /// Whether a guess at the account `name` from an address may be looked at. `from` is none where a proxy does not say
    /// whom it speaks for: then only the account and the whole are counted.
    ///
    /// # Errors
    /// [`SignInError::Wait`] with how long.
    pub fn begin(&self, name: &str, from: Option<IpAddr>) -> Result<Guess<'_>, SignInError> {
        let (from, now) = (from.map(network), self.clock.now());
        let account = whose(name, None);
        let here = from.map(|from| whose(name, Some(from)));
        let mut counts = locked(&self.counts);
        let known = here.filter(|here| counts.contains(here));
        let whose = known.unwrap_or(account);
        let before = counts.get(&whose).copied().filter(|count| now.since(count.last) < FORGOTTEN_AFTER);
        let before = before.unwrap_or(Count::none(account));
        refuse_until(before.until, now)?;
        let guess = Guess { guesses: self, whose: Some(whose), here, is_known: known.is_some(), from, before };
        guess.refuse_if_shut()?;
        let wrong = before.wrong.saturating_add(1);
        counts.put(whose, Count { account, wrong, last: now, until: now.plus(wait_after(wrong)) });
        Ok(guess)
    }

    /// The same for what is guessed without naming an account, such as a class code: counted by address and in all.
    ///
    /// # Errors
    /// [`SignInError::Wait`] with how long.
    pub fn begin_at_no_account(&self, from: Option<IpAddr>) -> Result<Guess<'_>, SignInError> {
        let from = from.map(network);
        let guess =
            Guess { guesses: self, whose: None, here: None, is_known: false, from, before: Count::none([0; 32]) };
        guess.refuse_if_shut()?;
        Ok(guess)
    }

    /// Lets go of what need not be remembered.
    pub fn tidy(&self) {
        self.from_each.retain_recent();
        self.from_each.shrink_to_fit();
    }

    /// Forgets the wrong guesses at an account, and where it is known: it has a new password.
    pub fn forget(&self, name: &str) {
        let (account, mut counts) = (whose(name, None), locked(&self.counts));
        let its: Vec<Whose> =
            counts.iter().filter(|(_, count)| count.account == account).map(|(whose, _)| *whose).collect();
        for whose in its {
            counts.pop(&whose);
        }
    }
}

impl Guess<'_> {
    /// To be asked again just before the work, since others from the same address may have guessed wrong while this one
    /// was in the queue.
    ///
    /// # Errors
    /// [`SignInError::Wait`] with how long.
    pub fn refuse_if_shut(&self) -> Result<(), SignInError> {
        if self.is_known {
            return Ok(());
        }
        let (now, mut shut) = (self.guesses.clock.now(), locked(&self.guesses.shut));
        for whom in [self.from, None] {
            refuse_until(shut.get(&whom).copied().unwrap_or(Millis(0)), now)?;
        }
        Ok(())
    }

    /// It was right: the count begins anew, and the one who guessed is known at the address.
    pub fn was_right(self) {
        let now = self.guesses.clock.now();
        let mut counts = locked(&self.guesses.counts);
        if let Some(whose) = self.whose {
            counts.pop(&whose);
        }
        if let Some(here) = self.here {
            counts.put(here, Count { last: now, ..Count::none(self.before.account) });
        }
    }

    /// It was wrong. One who is known at the address costs the others there nothing.
    pub fn was_wrong(self) {
        if self.is_known {
            return;
        }
        let now = self.guesses.clock.now();
        let shut = |whom, wait: Duration| {
            let wait = i64::try_from(wait.as_millis()).unwrap_or(LONGEST_WAIT).max(1);
            locked(&self.guesses.shut).put(whom, now.plus(wait));
        };
        let instant = clock::Clock::now(&self.guesses.clock);
        if let Some(from) = self.from
            && let Err(not_yet) = self.guesses.from_each.check_key(&from)
        {
            shut(Some(from), not_yet.wait_time_from(instant));
        }
        if let Err(not_yet) = self.guesses.in_all.check() {
            shut(None, not_yet.wait_time_from(instant));
        }
    }

    /// Nobody looked at it after all.
    pub fn was_not_looked_at(self) {
        if let Some(whose) = self.whose {
            locked(&self.guesses.counts).put(whose, self.before);
        }
    }
}

fn locked<T>(counts: &Mutex<T>) -> MutexGuard<'_, T> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

fn refuse_until(until: Millis, now: Millis) -> Result<(), SignInError> {
    match until.since(now) {
        0 => Ok(()),
        left => Err(SignInError::Wait(u32::try_from(left.unsigned_abs().div_ceil(1_000)).unwrap_or(u32::MAX))),
    }
}

/// Milliseconds to wait after so many wrong guesses.
fn wait_after(wrong: u32) -> i64 {
    match wrong.checked_sub(FREE) {
        None => 0,
        Some(doublings) => FIRST_WAIT.checked_shl(doublings.min(20)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT),
    }
}

fn whose(name: &str, from: Option<IpAddr>) -> Whose {
    let mut hash = Sha256::new();
    hash.update(from.map_or_else(String::new, |from| from.to_string()));
    hash.update([0]);
    hash.update(name);
    hash.finalize().into()
}

/// One household or machine has a whole /64 of IPv6.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests;
