use std::io::Write as _;

use super::*;

/// The fixture of `maraton::draw`, as a file.
const DRAW: &str = r#"{
    "event": "07070707070707070707070707070707",
    "commitment": "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd",
    "outcome": {
        "drawn_at": 1796000000000,
        "seed": "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "entries": [
            "0670f238bcda94b860591d0173b00097", "24d2c227ca0206afff19e290979b5ad8", "3a1b897888a1927bb82641893311985d",
            "77e0e4b7dda814354f42c5f44b925dba", "9c62225442b089dc789e7e01349bb134", "d71730c724932d912e7a9f1351069c75",
            "ef5d9d4e6fa0791f144214595489cf9b"
        ],
        "winners": ["ef5d9d4e6fa0791f144214595489cf9b", "3a1b897888a1927bb82641893311985d"]
    }
}"#;

fn said(draw: &str, ticket: Option<&str>) -> Result<String, String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(draw.as_bytes()).unwrap();
    let act = Act::VerifyDraw { file: file.path().to_owned(), ticket: ticket.map(str::to_owned) };
    let mut out = Vec::new();
    match (MaratonCommand { act }).run(&mut out) {
        Ok(()) => Ok(String::from_utf8(out).unwrap()),
        Err(error) => Err(format!("{error:#}")),
    }
}

#[test]
fn a_draw_that_holds_is_told_with_its_winners() {
    let told = said(DRAW, None).unwrap();
    assert!(told.starts_with("The draw holds.") && told.contains("Of 7 tickets these 2 come first"), "{told}");
    assert!(told.contains("   1  ef5d9d4e6fa0791f144214595489cf9b\n   2  3a1b8978"), "{told}");
}

#[test]
fn a_ticket_is_told_of_in_groups_or_not() {
    let of = |ticket| said(DRAW, Some(ticket)).unwrap();
    assert!(of("3A1B 8978 88a1 927b-b826 4189 3311 985d").contains("won, in place 2"));
    assert!(of("9c62225442b089dc789e7e01349bb134").contains("was in the draw"));
    assert!(of("00000000000000000000000000000000").contains("is not in this draw"));
    assert!(said(DRAW, Some("lott 7")).unwrap_err().contains("is no ticket"));
}

#[test]
fn what_was_changed_does_not_hold() {
    let fault = |from: &str, to: &str| said(&DRAW.replacen(from, to, 1), None).unwrap_err();
    assert!(fault("630dcd", "730dcd").contains("another seed"));
    assert!(fault("\"000102", "\"010102").contains("another seed"));
    assert!(fault(r#"["ef5d9d4e6fa0791f144214595489cf9b", "#, "[").contains("place 1"));
    assert!(fault("\"outcome\"", "\"outcome_of\"").contains("not been drawn"));
    assert!(fault("{", "").contains("is no draw"));
}
