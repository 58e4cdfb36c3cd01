//! How many sign-ups are taken from an address and in all, how many copies one person fetches, and how many files of a
//! watch one sends.
//!
//! A sign-up that is refused because the name is somebody's counts as well, so that nobody asks for names by the thousand.
//! Nothing of this is stored.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use governor::{
    NotUntil, Quota, RateLimiter,
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed, keyed::DashMapStateStore},
};
use vault::PersonId;

use crate::{
    accounts::{SignInError, network},
    clock::Clock,
    config::Accounts,
    steady::Steady,
};

/// Copies that one person fetches in a day.
const COPIES_A_DAY: NonZeroU32 = NonZeroU32::new(5).expect("more than none");

/// Files of a watch that one student sends in an hour, also such as cannot be read.
const UPLOADS_AN_HOUR: u32 = 30;

type ForEach<K> = RateLimiter<K, DashMapStateStore<K>, Steady, NoOpMiddleware<Duration>>;
type ForAll = RateLimiter<NotKeyed, InMemoryState, Steady, NoOpMiddleware<Duration>>;

/// What was done so far, as far as it counts.
pub struct Limits {
    clock: Steady,
    sign_ups_from_each: ForEach<IpAddr>,
    sign_ups_in_all: ForAll,
    copies: ForEach<PersonId>,
    uploads: ForEach<PersonId>,
}

impl Limits {
    #[must_use]
    pub fn new(settings: &Accounts, clock: Clock) -> Self {
        let clock = Steady::of(clock);
        let an_hour = |most: u32| Quota::per_hour(NonZeroU32::new(most).unwrap_or(NonZeroU32::MIN));
        let a_day = Duration::from_secs(24 * 3600) / COPIES_A_DAY.get();
        let copies = Quota::with_period(a_day).map_or(an_hour(1), |quota| quota.allow_burst(COPIES_A_DAY));
        let (from_each, in_all) = (settings.sign_ups_from_one_address, settings.sign_ups_in_all);
        Self {
            sign_ups_from_each: ForEach::new(an_hour(from_each), DashMapStateStore::default(), clock.clone()),
            sign_ups_in_all: ForAll::new(an_hour(in_all), InMemoryState::default(), clock.clone()),
            copies: ForEach::new(copies, DashMapStateStore::default(), clock.clone()),
            uploads: ForEach::new(an_hour(UPLOADS_AN_HOUR), DashMapStateStore::default(), clock.clone()),
            clock,
        }
    }

    /// Counts a sign-up. Where a proxy does not say whom it speaks for, only the whole is counted.
    ///
    /// # Errors
    /// [`SignInError::Wait`] with how long.
    pub fn sign_up(&self, from: Option<IpAddr>) -> Result<(), SignInError> {
        if let Some(from) = from {
            self.sign_ups_from_each.check_key(&network(from)).map_err(|until| self.wait(&until))?;
        }
        self.sign_ups_in_all.check().map_err(|until| self.wait(&until))
    }

    /// Counts a copy.
    ///
    /// # Errors
    /// [`SignInError::Wait`] with how long.
    pub fn copy(&self, of: PersonId) -> Result<(), SignInError> {
        self.copies.check_key(&of).map_err(|until| self.wait(&until))
    }

    /// Counts a file of a watch.
    ///
    /// # Errors
    /// Seconds after which it is worth trying again, at least 1.
    pub fn upload(&self, by: PersonId) -> Result<(), u32> {
        self.uploads.check_key(&by).map_err(|until| self.seconds(&until))
    }

    /// Lets go of what need not be remembered.
    pub fn tidy(&self) {
        self.sign_ups_from_each.retain_recent();
        self.sign_ups_from_each.shrink_to_fit();
        self.copies.retain_recent();
        self.copies.shrink_to_fit();
        self.uploads.retain_recent();
        self.uploads.shrink_to_fit();
    }

    fn wait(&self, until: &NotUntil<Duration>) -> SignInError {
        SignInError::Wait(self.seconds(until))
    }

    fn seconds(&self, until: &NotUntil<Duration>) -> u32 {
        let left = until.wait_time_from(governor::clock::Clock::now(&self.clock)).as_millis().div_ceil(1_000);
        u32::try_from(left).unwrap_or(u32::MAX).max(1)
    }
}
