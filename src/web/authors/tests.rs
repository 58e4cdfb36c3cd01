use std::{collections::BTreeMap, fs, path::Path};

use actix_web::{App, test, web::Data};

use super::{Shelf, routes};
use crate::exercises::{Answer, Bank, Item, Kind, draw};

const FILE: &str = include_str!("../../../exercises/number/fraction-simplify.toml");

/// Asks for pages of the preview of a folder, or of the program's own exercises.
async fn pages(shelf: Shelf, addresses: &[&str]) -> Vec<(u16, String)> {
    let app = test::init_service(App::new().app_data(Data::new(shelf)).configure(routes)).await;
    let mut pages = Vec::new();
    for address in addresses {
        let request = test::TestRequest::get().uri(address).insert_header(("accept-language", "en")).to_request();
        let response = test::call_service(&app, request).await;
        let status = response.status().as_u16();
        pages.push((status, String::from_utf8(test::read_body(response).await.to_vec()).unwrap()));
    }
    pages
}

/// A folder with one file of exercises, changed by `change`.
fn write(folder: &Path, change: impl Fn(String) -> String) {
    let strand = folder.join("number");
    fs::create_dir_all(&strand).unwrap();
    let alone = FILE.replace("prerequisites = [\"fraction-equivalent\", \"factors-multiples\"]", "prerequisites = []");
    fs::write(strand.join("fraction-simplify.toml"), change(alone)).unwrap();
}

/// The fields with which what is handed in for an item is tried; nothing where a kind has no right answer.
fn fields(item: &Item) -> Option<String> {
    let worked = &item.worked;
    let listed = |name: &str, between: &str| -> String {
        let parts =
            worked.first().map(|line| line.split(between).map(str::trim).collect::<Vec<_>>()).unwrap_or_default();
        (1..).zip(parts).map(|(number, part): (usize, _)| format!("&{name}-{number}={part}")).collect()
    };
    Some(match &item.answer {
        Answer::Lines(_) | Answer::Value { .. } => format!("&lines={}", worked.join("\n")),
        Answer::Choice(_) => worked.first()?.split(',').map(|letter| format!("&choice={}", letter.trim())).collect(),
        Answer::Order(_) => listed("place", ","),
        Answer::Gaps(_) => listed("gap", ";"),
        Answer::Match(pairs) => {
            let of = |pair: &str| pair.trim().trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
            let letters: Vec<String> = worked.first()?.split(',').map(of).collect();
            assert_eq!(letters.len(), pairs.left.len());
            (1..).zip(letters).map(|(number, letter): (usize, _)| format!("&pair-{number}={letter}")).collect()
        }
        Answer::Point(point) if point.coordinates.len() == 2 => {
            let bare = worked.first()?.trim_matches(['(', ')']).to_owned();
            let (x, y) = bare.split_once(';')?;
            format!("&x={}&y={}", x.trim(), y.trim())
        }
        Answer::Point(_) => format!("&x={}", worked.first()?),
        Answer::Parts(_) => return None,
        Answer::Explain(_) => "&words=So it is.".to_owned(),
    })
}

/// An address with everything in it that has a meaning of its own there written otherwise.
fn address(id: &str, fields: &str) -> String {
    let text = format!("/exercises/{id}?seed=5&language=en{fields}");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/?&=-_.".contains(&byte);
    let mut address = String::new();
    let (path, query) = text.split_once('?').unwrap();
    for (at, field) in query.split('&').enumerate() {
        let (name, value) = field.split_once('=').unwrap();
        let value: String = value
            .bytes()
            .map(|byte| if plain(byte) && byte != b'=' { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect();
        address.push_str(&format!("{}{name}={value}", if at == 0 { "?" } else { "&" }));
    }
    format!("{path}{address}")
}

#[actix_web::test]
async fn every_kind_is_shown_in_both_languages_and_its_answer_is_taken() {
    let bank = Bank::shipped().unwrap();
    let mut one_of_each: BTreeMap<Kind, (Item, Option<String>, String)> = BTreeMap::new();
    for exercise in bank.exercises() {
        one_of_each.entry(exercise.kind()).or_insert_with(|| {
            let item = draw(exercise, 5).unwrap();
            let fields = fields(&item);
            let asked = address(exercise.id.as_str(), fields.as_deref().unwrap_or_default());
            (item, fields, asked)
        });
    }
    assert_eq!(one_of_each.len(), 11, "{:?}", one_of_each.keys());
    let addresses: Vec<&str> = one_of_each.values().map(|(_, _, asked)| asked.as_str()).collect();
    let pages = pages(Shelf::new(None), &addresses).await;
    for ((item, fields, asked), (status, page)) in one_of_each.values().zip(pages) {
        assert_eq!(status, 200, "{asked}");
        for (language, ask) in item.ask.each() {
            let ask = crate::web::maths::sentence(ask).0;
            assert!(page.contains(&format!("lang=\"{language}\"")) && page.contains(&ask), "{asked} lacks {ask}");
        }
        assert!(page.contains("Nothing in 50 drawn items."), "{asked}");
        assert!(fields.is_none() || page.contains("data-verdict=\"goal\""), "{asked}: the answer is not taken\n{page}");
    }
}

#[actix_web::test]
async fn a_file_that_is_changed_is_seen_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = || Shelf::new(Some(folder.path().to_owned()));
    write(folder.path(), |file| file);
    let app = test::init_service(App::new().app_data(Data::new(shelf())).configure(routes)).await;
    let mut seen = Vec::new();
    let spoiled = |file: String| file.replacen("{n}/{q}", "{p}/{q}", 1);
    let unreadable = |file: String| file.replacen("[[exercise]]", "[[exercise]]\nlevle = \"A\"", 1);
    let changes: [&dyn Fn(String) -> String; 4] = [&|file| file, &spoiled, &unreadable, &|file| file];
    for change in changes {
        write(folder.path(), change);
        let request = test::TestRequest::get().uri("/exercises/shorten-once").to_request();
        let response = test::call_service(&app, request).await;
        let status = response.status().as_u16();
        seen.push((status, String::from_utf8(test::read_body(response).await.to_vec()).unwrap()));
    }
    let finding = "number/fraction-simplify.toml:20: shorten-once, wrong[1]";
    assert_eq!(seen.iter().map(|(status, _)| *status).collect::<Vec<_>>(), [200, 200, 422, 200]);
    assert_eq!(seen.iter().map(|(_, page)| page.contains(finding)).collect::<Vec<_>>(), [false, true, false, false]);
    assert!(seen[2].1.contains("levle") && seen[2].1.contains("number/fraction-simplify.toml"), "{}", seen[2].1);
}

#[actix_web::test]
async fn skills_lead_to_exercises_and_what_is_not_there_leads_back() {
    let addresses =
        ["/", "/skills/fraction-simplify", "/skills/none", "/exercises/none", "/exercises/shorten-once?seed=x"];
    let pages = pages(Shelf::new(None), &addresses).await;
    assert_eq!(pages.iter().map(|(status, _)| *status).collect::<Vec<_>>(), [200, 200, 404, 404, 200]);
    assert!(pages[0].1.contains("href=\"/skills/fraction-simplify\""));
    assert!(pages[1].1.contains("href=\"/exercises/shorten-once\""));
    assert!(pages[2].1.contains("called none") && pages[2].1.contains("href=\"/\""));
}
