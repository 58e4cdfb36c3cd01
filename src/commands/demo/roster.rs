//! Who lives in the demo. Made up, every one of them; a likeness to anybody is chance.

use jiff::civil::Weekday::{self, Friday, Monday, Thursday, Tuesday, Wednesday};

/// Where the demo's clocks are.
pub(super) const TIME_ZONE: &str = "Europe/Stockholm";
/// The municipality that decides.
pub(super) const MUNICIPALITY: &str = "Norrlida kommun";
/// The officer of the municipality.
pub(super) const OFFICER: &str = "Samira Haddad";
/// Whose half-finished equation waits.
pub(super) const ALVA: &str = "Alva Bergström";

/// A school of the municipality.
pub(super) struct School {
    pub name: &'static str,
    pub address: &'static str,
    /// latitude and longitude, degrees
    pub place: (f64, f64),
    pub number_of_students: i32,
    pub administrator: Option<&'static str>,
}

/// A class with its teacher and the lessons in which it practises.
pub(super) struct Group {
    pub name: &'static str,
    /// in [`SCHOOLS`]
    pub school: usize,
    /// school year, 1-9
    pub year: i16,
    /// in [`TEACHERS`]
    pub teacher: usize,
    /// weekday, hour and minute at which it begins
    pub lessons: [(Weekday, i8, i8); 2],
    pub students: &'static [&'static str],
}

pub(super) const SCHOOLS: [School; 2] = [
    School {
        name: "Björkskolan",
        address: "Björkvägen 4, Norrlida",
        place: (62.9341, 17.6128),
        number_of_students: 148,
        administrator: Some("Jonas Ekdahl"),
    },
    School {
        name: "Sjöviksskolan",
        address: "Strandgatan 17, Norrlida",
        place: (62.9207, 17.6549),
        number_of_students: 96,
        administrator: None,
    },
];

/// The first is Maria, whom the start page offers.
pub(super) const TEACHERS: [&str; 3] = ["Maria Lindqvist", "Henrik Aalto", "Parisa Moradi"];

/// The first is 8B, whose lesson goes on when the demo starts.
pub(super) const GROUPS: [Group; 4] = [
    Group {
        name: "8B",
        school: 0,
        year: 8,
        teacher: 0,
        lessons: [(Monday, 8, 20), (Wednesday, 10, 10)],
        students: &[
            ALVA,
            "Amir Karimi",
            "Astrid Nyhlén",
            "Casper Lindholm",
            "Diyar Aslan",
            "Ebba Sandström",
            "Elias Mäkinen",
            "Freja Öberg",
            "Hamza Warsame",
            "Iris Hedlund",
            "Leo Kovačević",
            "Linnéa Dahl",
            "Milo Åkerblom",
            "Nadia Rahimi",
            "Oskar Engman",
            "Tuva Sjödin",
        ],
    },
    Group {
        name: "6A",
        school: 0,
        year: 6,
        teacher: 0,
        lessons: [(Tuesday, 9, 0), (Thursday, 13, 5)],
        students: &[
            "Adam Stenberg",
            "Agnes Norell",
            "Bilal Farah",
            "Bianca Popescu",
            "Charlie Wikström",
            "Ella Hakala",
            "Gustav Blom",
            "Hanna Tesfaye",
            "Isak Labba",
            "Juni Ahlgren",
            "Khadija Benali",
            "Ludvig Forsgren",
            "Majken Rudolfsson",
            "Noel Petrov",
            "Saga Thorell",
        ],
    },
    Group {
        name: "7C",
        school: 1,
        year: 7,
        teacher: 1,
        lessons: [(Monday, 12, 40), (Thursday, 8, 30)],
        students: &[
            "Aksel Holmgren",
            "Amina Jallow",
            "Clara Westin",
            "Daniel Yıldırım",
            "Edith Lönn",
            "Filippa Grahn",
            "Ivan Horvat",
            "Jasmin Saleh",
            "Lova Utsi",
            "Melker Svanberg",
            "Minh Nguyen",
            "Rania Khoury",
            "Tor Björnstad",
            "Ville Koskela",
        ],
    },
    Group {
        name: "9A",
        school: 1,
        year: 9,
        teacher: 2,
        lessons: [(Wednesday, 8, 30), (Friday, 10, 20)],
        students: &[
            "Alice Fjellström",
            "Arvid Kallio",
            "Beata Nowak",
            "Denis Marković",
            "Elsa Rönnqvist",
            "Emil Hallgren",
            "Gabriel Santos",
            "Hedda Lundmark",
            "Idris Osman",
            "Kajsa Näslund",
            "Lina Masri",
            "Nora Pålsson",
            "Sixten Wallgren",
            "Yusuf Darwish",
            "Zahra Ebrahimi",
        ],
    },
];

/// The user name: the first name in small letters a–z.
pub(super) fn user_name(name: &str) -> String {
    let first = name.split(' ').next().unwrap_or(name).to_lowercase();
    first
        .chars()
        .map(|letter| match letter {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            'é' => 'e',
            plain => plain,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_user_name_is_plain_and_there_once() {
        let names: Vec<&str> = GROUPS
            .iter()
            .flat_map(|group| group.students.iter().copied())
            .chain(TEACHERS)
            .chain(SCHOOLS.iter().filter_map(|school| school.administrator))
            .chain([OFFICER])
            .collect();
        let user_names: BTreeSet<String> = names.iter().map(|name| user_name(name)).collect();
        assert_eq!(user_names.len(), names.len());
        assert!(user_names.iter().all(|name| name.chars().all(|letter| letter.is_ascii_lowercase())), "{user_names:?}");
    }

    #[test]
    fn there_are_sixty_students() {
        assert_eq!(GROUPS.iter().map(|group| group.students.len()).sum::<usize>(), 60);
    }
}
