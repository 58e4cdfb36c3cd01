//! What somebody under a controller that has others too is handed out: every column of theirs, and nothing of anybody
//! else's.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    alone::{Alone, CLEO, DINA, plant},
    individuals::places,
    *,
};
use crate::{
    registry::{Export, Store, Treatment, columns},
    rows::copy,
};

async fn settle_both(options: &Options) -> Vault {
    let vault = Vault::open(options.clone()).unwrap();
    settle(&vault).await;
    vault
        .write(|tx| {
            plant(tx, CLEO)?;
            plant(tx, DINA)
        })
        .await
        .unwrap();
    vault
}

async fn copied(vault: &Vault, of: Alone) -> Value {
    Value::Object(vault.read(move |tx| copy::of(tx, &of.me())).await.unwrap())
}

fn hex(of: Alone) -> String {
    of.person().to_string()
}

/// What of the lists was made by somebody, and what for them: by the words that were planted.
fn of(copy: &Value, list: &str, whose: Alone) -> usize {
    let planted = format!("märke {} ", number(whose));
    copy[list].as_array().unwrap().iter().filter(|row| row.to_string().contains(&planted)).count()
}

fn number(of: Alone) -> u8 {
    of.person().as_bytes()[0] - 1
}

/// Who made nothing for others: all columns that there are, and no mark of anybody else.
#[test]
fn the_copy_is_every_column_of_ones_own_and_no_mark_of_others() {
    on_both_grounds(|options| async move {
        let vault = settle_both(&options).await;
        let copy = copied(&vault, DINA).await;
        let mut found = BTreeSet::new();
        places(&copy, "", &mut found);
        let text = copy.to_string();
        for column in columns() {
            let Export::Path(path) = column.export else { continue };
            assert!(found.contains(path), "{}.{} is to stand at {path}: {text}", column.table, column.name);
            // What her name is stands there as she was entered; the row of places is the controller's.
            let is_hers = column.store == Store::Data && !["controller", "event"].contains(&column.table);
            let is_words = column.treatment == Treatment::Shred && column.table != "person";
            if is_hers && is_words {
                assert!(text.contains(&DINA.text(&column)), "what was written stands there: {path}");
            }
        }
        for own in ["alone90", "roster-alone90", "märke 90 session browser", "märke 90 skill_state skill"] {
            assert!(text.contains(own), "{own}: {text}");
        }
        for others in ["märke 80", "alone80", &hex(CLEO), "Alva", "argon2id", "class_code"] {
            assert!(!text.contains(others), "{others} is not hers, or helps whoever wants to get in: {text}");
        }
        assert_eq!(copy["calculations"].as_array().unwrap().len(), 1);
        assert_eq!(copy["calculations"][0]["lines"][0]["entered"], "märke 90 line entered");
        assert_eq!(copy["distances"][0]["school"], "märke 90 school name");
        assert_eq!(copy["seen"].as_array().unwrap().len(), 1, "the two tables of the audit tell of one look");
        assert_eq!(copy["seen"][0]["by"], Value::Null, "who looked is another; the role is told");
        assert_eq!(copy["seen"][0]["action"], "märke 90 audit_event action");
        assert_eq!(copy["sessions"].as_array().unwrap().len(), 1);
        assert!(copy.get("did").is_none(), "she did nothing to others");
    });
}

/// Who gave somebody work, looked and decided: what they made, and that they did it, but not to whom.
#[test]
fn what_was_done_for_others_stands_there_without_them() {
    on_both_grounds(|options| async move {
        let vault = settle_both(&options).await;
        let mut copy = copied(&vault, CLEO).await;
        assert!(!copy.to_string().contains(&hex(DINA)), "{copy}");
        for made in ["assignments", "steering"] {
            assert_eq!((of(&copy, made, CLEO), of(&copy, made, DINA)), (1, 1), "{made}");
        }
        assert_eq!(copy["did"].as_array().unwrap().len(), 1);
        assert_eq!(
            (&copy["did"][0]["action"], &copy["did"][0]["by"]),
            (&"märke 90 audit_event action".into(), &Value::Null)
        );
        for made in ["assignments", "steering", "did"] {
            copy.as_object_mut().unwrap().remove(made);
        }
        let text = copy.to_string();
        for others in ["märke 90", "alone90", "Alva"] {
            assert!(!text.contains(others), "{others}: {text}");
        }
        assert!(text.contains("märke 80 line entered") && text.contains("märke 80 hold ground"), "{text}");
    });
}
