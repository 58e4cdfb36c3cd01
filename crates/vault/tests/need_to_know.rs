//! What people read of who sees what is what the server goes by.

#![expect(clippy::unwrap_used, reason = "a test that can't read the source has failed")]

use std::{fs, path::Path};

#[test]
fn the_page_is_the_table() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/need-to-know.md")).unwrap();
    assert_eq!(page, vault::access::page(), "print it anew: cargo run -- need-to-know > docs/need-to-know.md");
}

/// The source of every file in a folder of this crate, without its tests.
fn sources(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
    sources_in(&folder)
}

fn sources_in(folder: &Path) -> Vec<(String, String)> {
    let read = |path: &Path| {
        if path.is_dir() {
            return sources_in(path);
        }
        let text = fs::read_to_string(path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
        vec![(path.file_name().unwrap().to_string_lossy().into_owned(), text)]
    };
    fs::read_dir(folder).unwrap().flat_map(|entry| read(&entry.unwrap().path())).collect()
}

/// A row that can be printed or serialized lands in a log or an answer by itself sooner or later.
#[test]
fn no_row_and_no_sight_can_be_printed_or_serialized() {
    let (mut rows, files) = (0, [sources("rows"), sources("access")].concat());
    for (file, text) in &files {
        for trait_name in ["Debug", "Display", "Serialize"] {
            let written_out =
                text.contains(&format!("::{trait_name} for")) || text.contains(&format!("{trait_name} for"));
            assert!(!written_out, "{file} implements {trait_name}");
        }
        let mut derived = String::new();
        for line in text.lines() {
            if line.starts_with("#[derive(") {
                derived = line.to_owned();
            } else if let Some(name) = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("struct ")) {
                rows += 1;
                for trait_name in ["Debug", "Serialize"] {
                    assert!(!derived.contains(trait_name), "{file}: {name} derives {trait_name}");
                }
                derived.clear();
            } else if line.is_empty() {
                derived.clear();
            }
        }
    }
    assert!(rows > 45, "hardly anything was looked at: {rows}");
}

/// Sights have a field that only their own folder can fill; a row function that needs one is given it.
#[test]
fn every_sight_is_made_in_its_own_folder() {
    let sights: Vec<String> = sources("access")
        .iter()
        .flat_map(|(_, text)| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|line| Some(line.strip_prefix("pub struct ")?.split([' ', '(']).next()?.to_owned()))
        .filter(|name| name.ends_with("Sight"))
        .collect();
    assert!(sights.len() >= 11, "{sights:?}");
    for (file, text) in sources("rows") {
        for sight in &sights {
            assert!(!text.contains(&format!("{sight} {{")), "{file} makes a {sight}");
        }
    }
}
