//! In which order skills are shown.

use super::bank::Skill;

/// The strands as they are shown; one that is not here comes last.
const STRANDS: [&str; 7] =
    ["number", "algebra", "geometry", "probability-statistics", "relations-change", "problem-solving", "logic"];

/// The place of each skill: by strand, within it by the first school year and the longest chain of what it builds on, so
/// that nothing stands before what it needs.
pub(super) fn of(skills: &[Skill]) -> Vec<u16> {
    let depths = depths(skills);
    let strand = |skill: &Skill| STRANDS.iter().position(|strand| *strand == skill.strand).unwrap_or(STRANDS.len());
    let mut sorted: Vec<(usize, &str, u8, usize, usize)> = skills
        .iter()
        .zip(&depths)
        .enumerate()
        .map(|(at, (skill, depth))| (strand(skill), skill.strand.as_str(), skill.years.0, *depth, at))
        .collect();
    sorted.sort_unstable();
    let mut places = vec![0; skills.len()];
    for (place, (.., at)) in (0_u16..).zip(sorted) {
        places[at] = place;
    }
    places
}

/// The longest chain of prerequisites below each skill.
fn depths(skills: &[Skill]) -> Vec<usize> {
    let mut depths = vec![0; skills.len()];
    // No chain is longer than there are skills; a circle, which is told as a slip, ends there too.
    for _ in 0..skills.len() {
        let deeper = |skill: &Skill| skill.prerequisites.iter().map(|need| depths[usize::from(*need)] + 1).max();
        let next: Vec<usize> = skills.iter().map(|skill| deeper(skill).unwrap_or(0)).collect();
        if next == depths {
            break;
        }
        depths = next;
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::super::Bank;

    #[test]
    fn nothing_is_shown_before_what_it_needs_in_its_strand() {
        let bank = Bank::shipped().expect("a bank");
        for (index, skill) in (0_u16..).zip(bank.skills()) {
            let same = |need: &&u16| bank.skill(**need).is_some_and(|need| need.strand == skill.strand);
            for need in skill.prerequisites.iter().filter(same) {
                assert!(bank.place(*need) < bank.place(index), "{}", skill.id);
            }
        }
        let first = (0..).find(|skill| bank.place(*skill) == 0).and_then(|skill| bank.skill(skill));
        assert_eq!(first.map(|skill| skill.id.as_str()), Some("count-to-20"));
    }
}
