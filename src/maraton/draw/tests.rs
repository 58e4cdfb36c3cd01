//! Reckoned beforehand with Python's hmac and hashlib, and by hand with openssl as docs/maraton-draw.md tells.

use super::*;

const SEED: [u8; 32] = {
    let mut seed = [0; 32];
    let mut at = 0;
    while at < 32 {
        seed[at] = at as u8;
        at += 1;
    }
    seed
};
const COMMITMENT: &str = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd";
/// Ascending.
const TICKETS: [&str; 7] = [
    "0670f238bcda94b860591d0173b00097",
    "24d2c227ca0206afff19e290979b5ad8",
    "3a1b897888a1927bb82641893311985d",
    "77e0e4b7dda814354f42c5f44b925dba",
    "9c62225442b089dc789e7e01349bb134",
    "d71730c724932d912e7a9f1351069c75",
    "ef5d9d4e6fa0791f144214595489cf9b",
];
const ORDER: [&str; 7] = [
    "ef5d9d4e6fa0791f144214595489cf9b",
    "3a1b897888a1927bb82641893311985d",
    "77e0e4b7dda814354f42c5f44b925dba",
    "24d2c227ca0206afff19e290979b5ad8",
    "0670f238bcda94b860591d0173b00097",
    "9c62225442b089dc789e7e01349bb134",
    "d71730c724932d912e7a9f1351069c75",
];

fn tickets(digits: &[&str]) -> Vec<Ticket> {
    digits.iter().map(|digits| digits.parse().unwrap()).collect()
}

fn fixture() -> Told {
    let outcome = ToldOutcome {
        drawn_at: 1_796_000_000_000,
        seed: hex(&SEED),
        entries: tickets(&TICKETS),
        winners: tickets(&ORDER[..3]),
    };
    let event = EventId::from_bytes([7; 16]);
    Told { event, commitment: COMMITMENT.to_owned(), outcome: Some(outcome) }
}

fn fault(change: impl FnOnce(&mut Told)) -> ToldFault {
    let mut told = fixture();
    change(&mut told);
    verify(&told).unwrap_err()
}

/// The same with something else in what came of it.
fn fault_in(change: impl FnOnce(&mut ToldOutcome)) -> ToldFault {
    fault(|told| change(told.outcome.as_mut().unwrap()))
}

#[test]
fn a_seed_and_tickets_give_the_order_that_others_reckon_too() {
    assert_eq!(hex(&commitment(&SEED)), COMMITMENT);
    assert_eq!(in_order(&SEED, &tickets(&TICKETS)), tickets(&ORDER));
    let mut turned = tickets(&TICKETS);
    turned.reverse();
    assert_eq!(in_order(&SEED, &turned), tickets(&ORDER), "in whatever order they come");
    assert_eq!(winners(&SEED, &tickets(&TICKETS), 2), tickets(&ORDER[..2]));
    assert_eq!(winners(&SEED, &tickets(&TICKETS), 9), tickets(&ORDER), "no more than there are");
}

#[test]
fn what_is_told_is_true_as_it_is_and_with_nothing_changed() {
    assert_eq!(verify(&fixture()), Ok(Verified { entries: 7, winners: 3 }));
    let text = serde_json::to_string(&fixture()).unwrap();
    assert_eq!(serde_json::from_str::<Told>(&text).unwrap(), fixture());
    assert_eq!(fault(|told| told.outcome = None), ToldFault::NotDrawn);
    assert_eq!(fault(|told| told.commitment.replace_range(..1, "7")), ToldFault::Commitment);
    assert_eq!(fault_in(|told| told.seed.replace_range(..2, "01")), ToldFault::Commitment);
    assert_eq!(fault_in(|told| told.seed.replace_range(..2, "å")), ToldFault::Seed);
    assert_eq!(fault_in(|told| told.seed.truncate(62)), ToldFault::Seed);
    assert_eq!(fault_in(|told| told.entries.swap(0, 1)), ToldFault::Entries);
    assert_eq!(fault_in(|told| told.entries.insert(0, told.entries[0])), ToldFault::Entries);
    assert_eq!(fault_in(|told| told.winners.clear()), ToldFault::Number);
    assert_eq!(fault_in(|told| told.winners.swap(1, 2)), ToldFault::Winner(2));
    assert_eq!(fault_in(|told| told.winners[2] = told.entries[0]), ToldFault::Winner(3));
    // One who would have won is left out of the list: the others come too early.
    assert_eq!(fault_in(|told| told.entries.retain(|ticket| ticket.to_string() != ORDER[1])), ToldFault::Winner(2));
}

proptest::proptest! {
    /// Whoever's ticket it is, it wins as often as any other: the order is by nothing that a ticket says itself.
    #[test]
    fn the_order_is_a_permutation_and_depends_on_the_seed_alone(seed: [u8; 32], bytes: [[u8; 16]; 9]) {
        let all: Vec<Ticket> = bytes.into_iter().map(Ticket::from_bytes).collect();
        let order = in_order(&seed, &all);
        let sorted = |mut some: Vec<Ticket>| { some.sort_unstable(); some };
        proptest::prop_assert_eq!(sorted(order.clone()), sorted(all));
        proptest::prop_assert_eq!(in_order(&seed, &order), order);
    }
}
