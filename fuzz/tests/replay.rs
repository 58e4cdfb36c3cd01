//! Every input that was ever kept goes through its target again, on every run of the tests.

use std::{
    collections::BTreeSet,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use stegvis_fuzz::{TARGETS, Target};

/// No corpus has more files than somebody could look through.
const MOST: usize = 200;

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn names_in(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(here(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let stem = |path: &Path| path.file_stem().map(|name| name.to_string_lossy().into_owned());
    entries.filter_map(|entry| stem(&entry.ok()?.path())).collect()
}

#[test]
fn every_target_has_a_corpus_a_binary_and_a_place_in_the_manifest() {
    let targets: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names_in("corpus"), targets);
    assert_eq!(names_in("targets"), targets);
    let manifest = fs::read_to_string(here("Cargo.toml")).unwrap_or_default();
    for name in &targets {
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"targets/{name}.rs\"\n")), "{name}");
        let binary = fs::read_to_string(here(&format!("targets/{name}.rs"))).unwrap_or_default();
        assert!(binary.contains(&format!("run(\"{name}\", data)")), "targets/{name}.rs calls another");
    }
}

fn replay((name, target): Target) {
    let folder = here("corpus").join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    assert!(!files.is_empty() && files.len() <= MOST, "{name} has {} files", files.len());
    let fails = |file: &PathBuf| {
        let data = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        catch_unwind(AssertUnwindSafe(|| target(&data))).is_err()
    };
    files.retain(fails);
    target(&[]);
    stegvis_fuzz::leave();
    assert!(files.is_empty(), "what these say stands above: {files:#?}");
}

macro_rules! replayed {
    ($($name:ident),+ $(,)?) => {$(
        #[test]
        fn $name() {
            let found = TARGETS.iter().find(|(name, _)| *name == stringify!($name));
            replay(*found.unwrap_or_else(|| panic!("a target of that name")));
        }
    )+

        #[test]
        fn every_target_is_replayed() {
            let replayed = [$(stringify!($name)),+];
            assert_eq!(replayed.to_vec(), TARGETS.map(|(name, _)| name).to_vec());
        }
    };
}

replayed!(
    anchors, card, class_code, config, copy_name, draw, exercise, id, judge, latex, line, material, pem, recovery,
    request, token, track, typed, wire,
);
