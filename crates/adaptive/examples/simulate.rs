//! Compares ways to choose, over a graph of skills that is read from a file.
//!
//! ```text
//! cargo run --release -p adaptive --example simulate -- skills.csv [--students N] [--seed N] [--tuning] [--ours] [--json]
//!     [--pictures FOLDER] [--pause DAYS] [--known-from PROBABILITY]
//! ```
//!
//! The file has a header with the columns `id`, `stage` and `prerequisites` (ids with `;` between them).

use std::collections::HashMap;
use std::error::Error;

use adaptive::simulate::{School, Setup, World, compare, picture};
use adaptive::{Skill, SkillIndex, Skills};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().ok_or("which file has the skills?")?;
    let number = |name: &str| {
        let place = arguments.iter().position(|a| a == name)?;
        arguments.get(place + 1)?.parse::<f64>().ok()
    };
    let mut setup = Setup::default();
    setup.students = number("--students").map_or(setup.students, |n| n as u32);
    setup.seed = number("--seed").map_or(setup.seed, |n| n as u64);
    setup.protocol.pause_days = number("--pause").unwrap_or(setup.protocol.pause_days);
    setup.protocol.known_from = number("--known-from").unwrap_or(setup.protocol.known_from);
    if arguments.iter().any(|a| a == "--tuning") {
        setup.worlds = vec![World::Practising];
    }
    if arguments.iter().any(|a| a == "--ours") {
        setup.policies.truncate(1);
    }
    let school = School::new(skills(&std::fs::read_to_string(path)?)?, 1)?;
    let comparison = compare(&school, &setup);
    if let Some(place) = arguments.iter().position(|a| a == "--pictures") {
        let folder = std::path::Path::new(arguments.get(place + 1).ok_or("into which folder?")?);
        std::fs::write(folder.join("recommendation-retained.svg"), picture::retained(&comparison))?;
        std::fs::write(folder.join("recommendation-kinds.svg"), picture::by_kind(&comparison))?;
        std::fs::write(folder.join("recommendation-weeks.svg"), picture::weeks(&comparison))?;
    }
    if arguments.iter().any(|a| a == "--json") {
        println!("{}", serde_json::to_string_pretty(&comparison)?);
    } else {
        println!("{comparison}");
    }
    Ok(())
}

fn skills(csv: &str) -> Result<Skills, Box<dyn Error>> {
    let mut rows = csv.lines().map(fields);
    let header = rows.next().ok_or("an empty file")?;
    let column = |name: &str| header.iter().position(|h| h == name).ok_or(format!("no column {name}"));
    let (id, stage, under) = (column("id")?, column("stage")?, column("prerequisites")?);
    let rows: Vec<Vec<String>> = rows.filter(|row| row.len() > under).collect();
    let places: HashMap<&str, SkillIndex> =
        rows.iter().enumerate().map(|(place, row)| (row[id].as_str(), SkillIndex(place as u16))).collect();
    let skill = |row: &Vec<String>| -> Result<Skill, Box<dyn Error>> {
        let ids = row[under].split(';').filter(|p| !p.is_empty());
        let prerequisites =
            ids.map(|p| places.get(p).copied().ok_or(format!("no skill {p}"))).collect::<Result<_, _>>()?;
        Ok(Skill { prerequisites, stage: row[stage].parse()? })
    };
    Ok(Skills::new(rows.iter().map(skill).collect::<Result<_, _>>()?)?)
}

/// The fields of a line; commas inside quotation marks belong to the field.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => {
                if let Some(last) = fields.last_mut() {
                    last.push(other);
                }
            }
        }
    }
    fields
}
