//! Login cards in the key store.

use super::*;

async fn valid(vault: &Vault, secret: &'static str, now: Millis) -> Result<bool, Fault> {
    vault.read(move |tx| login_cards::is_valid(tx, secret, now)).await
}

#[test]
fn whoever_is_forgotten_has_no_card() {
    on_both_grounds(|options| async move {
        let vault = Vault::open(options).unwrap();
        settle(&vault).await;
        let cards = [(ALVA, "hers".to_owned()), (BO, "his".to_owned())];
        vault.keys().make_cards(CONTROLLER, GROUP, &cards, (NOW, NOW.plus(9))).unwrap();
        assert!(valid(&vault, "hers", NOW).await.unwrap());
        vault.keys().take_back(CONTROLLER, ALVA).unwrap();
        assert!(!valid(&vault, "hers", NOW).await.unwrap());
        assert!(valid(&vault, "his", NOW).await.unwrap());
        vault.close().await;
    });
}

#[test]
fn what_is_over_opens_nothing_and_is_cleared_away() {
    on_both_grounds(|options| async move {
        let vault = Vault::open(options).unwrap();
        settle(&vault).await;
        let make = |person, secret: &str, ends| {
            let cards = [(person, secret.to_owned())];
            vault.keys().make_cards(CONTROLLER, GROUP, &cards, (NOW, NOW.plus(ends))).unwrap();
        };
        make(ALVA, "hers", 5);
        make(BO, "his", 9);
        assert!(valid(&vault, "hers", NOW.plus(4)).await.unwrap());
        assert!(!valid(&vault, "hers", NOW.plus(5)).await.unwrap());
        vault.keys().clear_ended_cards(NOW.plus(5)).unwrap();
        // As if the clock were put back: what is cleared away is gone.
        assert!(!valid(&vault, "hers", NOW).await.unwrap());
        assert!(valid(&vault, "his", NOW).await.unwrap());
        vault.close().await;
    });
}
