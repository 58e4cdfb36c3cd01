use super::*;

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

fn guesses() -> (Guesses, Clock) {
    let clock = Clock::still(Millis(1_800_000_000_000));
    (Guesses::new(&SignIn::default(), clock.clone()), clock)
}

/// Guesses wrong; says whether it was looked at.
fn wrong(guesses: &Guesses, name: &str, from: IpAddr) -> bool {
    guesses.begin(name, Some(from)).map(Guess::was_wrong).is_ok()
}

/// Guesses right; says whether it was looked at.
fn right(guesses: &Guesses, name: &str, from: IpAddr) -> bool {
    guesses.begin(name, Some(from)).map(Guess::was_right).is_ok()
}

fn wait(guesses: &Guesses, name: &str, from: IpAddr) -> u32 {
    match guesses.begin(name, Some(from)) {
        Err(SignInError::Wait(seconds)) => seconds,
        other => panic!("no wait, {}", other.is_ok()),
    }
}

#[test]
fn five_are_free_and_then_each_wait_is_twice_as_long() {
    let (guesses, clock) = guesses();
    for _ in 0..5 {
        assert!(wrong(&guesses, "alva", HERE));
    }
    for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900] {
        assert_eq!(wait(&guesses, "alva", HERE), seconds);
        clock.pass(i64::from(seconds) * 1_000 - 1);
        assert_eq!(wait(&guesses, "alva", HERE), 1, "not a moment earlier");
        clock.pass(1);
        assert!(wrong(&guesses, "alva", HERE));
    }
    // The right one after the wait works, and all is as at first.
    clock.pass(900_000);
    assert!(right(&guesses, "alva", HERE));
    assert!((0..5).all(|_| wrong(&guesses, "alva", HERE)));
}

#[test]
fn ten_thousand_guesses_at_one_account_are_stopped() {
    let (guesses, clock) = guesses();
    let mut looked_at = 0;
    for number in 0_u32..10_000 {
        let from = IpAddr::from(number.to_be_bytes());
        looked_at += u32::from(wrong(&guesses, "alva", from));
        clock.pass(100);
    }
    // A thousand seconds: five, and then after 1, 2, 4, … seconds.
    assert!((10..=15).contains(&looked_at), "{looked_at}");
}

#[test]
fn a_guess_at_each_of_ten_thousand_accounts_from_one_address_is_stopped() {
    let (guesses, _) = guesses();
    let most = SignIn::default().wrong_from_one_address;
    let looked_at = (0..10_000).filter(|number| wrong(&guesses, &format!("name-{number}"), HERE)).count();
    assert_eq!(looked_at, most as usize + 1);
    assert!(right(&guesses, "alva", THERE), "others are not kept from anything");
}

#[test]
fn guesses_from_everywhere_at_everybody_are_stopped() {
    let (guesses, _) = guesses();
    let most = SignIn::default().wrong_in_all;
    assert!(right(&guesses, "alva", HERE));
    let at = |number: u32| wrong(&guesses, &format!("name-{number}"), IpAddr::from((number << 8).to_be_bytes()));
    assert_eq!((1..10_000).filter(|number| at(*number)).count(), most as usize + 1);
    assert!(!right(&guesses, "bo", THERE));
    assert!(right(&guesses, "alva", HERE), "who is known here gets in all the same");
}

#[test]
fn a_school_signs_in_from_one_address_with_the_usual_slips() {
    let (guesses, _) = guesses();
    for number in 0..600 {
        let name = format!("student-{number}");
        assert!(number % 5 != 0 || (wrong(&guesses, &name, HERE) && wrong(&guesses, &name, HERE)), "{name}");
        assert!(right(&guesses, &name, HERE), "{name}");
    }
}

#[test]
fn somebody_elses_guesses_lock_nobody_out() {
    let (guesses, clock) = guesses();
    assert!(right(&guesses, "alva", HERE));
    for _ in 0..1_000 {
        wrong(&guesses, "alva", THERE);
        clock.pass(60_000);
    }
    assert!(right(&guesses, "alva", HERE), "at once, where she has been before");
    // Also where nobody knows her it is never longer than the longest wait.
    wrong(&guesses, "alva", THERE);
    assert!(i64::from(wait(&guesses, "alva", IpAddr::from([192, 0, 2, 3]))) * 1_000 <= LONGEST_WAIT);
    guesses.forget("alva");
    assert!(right(&guesses, "alva", IpAddr::from([192, 0, 2, 3])), "a new password opens it");
}

#[test]
fn known_somewhere_is_no_free_hand() {
    let (guesses, _) = guesses();
    assert!(right(&guesses, "alva", HERE));
    assert_eq!((0..10_000).filter(|_| wrong(&guesses, "alva", HERE)).count(), 5);
}

#[test]
fn many_at_the_same_moment_are_counted_before_they_are_answered() {
    let (guesses, _) = guesses();
    let held: Vec<_> = (0..1_000).filter_map(|_| guesses.begin("alva", Some(HERE)).ok()).collect();
    assert_eq!(held.len(), 5);
}

#[test]
fn what_nobody_looked_at_is_no_guess() {
    let (guesses, _) = guesses();
    for _ in 0..100 {
        guesses.begin("alva", Some(HERE)).map(Guess::was_not_looked_at).ok();
    }
    assert!(wrong(&guesses, "alva", HERE));
}

#[test]
fn a_quiet_hour_is_forgotten_and_neighbours_in_one_network_are_one() {
    let (guesses, clock) = guesses();
    assert!((0..5).all(|_| wrong(&guesses, "alva", HERE)));
    clock.pass(FORGOTTEN_AFTER);
    assert!((0..5).all(|_| wrong(&guesses, "alva", HERE)));
    let v6 = |text: &str| network(text.parse().unwrap());
    assert_eq!(v6("2001:db8::1"), v6("2001:db8::ffff:2"));
    assert_ne!(v6("2001:db8::1"), v6("2001:db8:0:1::1"));
    assert_eq!(v6("::ffff:192.0.2.1"), HERE);
}
