//! The names by which a skill and an exercise are known everywhere and for ever.

use std::fmt;
use std::sync::Arc;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as it is written in the file.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(Arc::from(text))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

name! {
    /// A skill's name in kebab-case, such as `equations-two-step`. Cheap to clone.
    SkillId
}

name! {
    /// An exercise's name in kebab-case, unique in the whole bank. Cheap to clone.
    ///
    /// It is part of the seed of every item drawn from the exercise, so renaming an exercise
    /// changes its items.
    ExerciseId
}

/// Whether `text` is kebab-case: groups of a–z and 0–9 joined by single hyphens.
pub(super) fn is_kebab_case(text: &str) -> bool {
    text.split('-').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::is_kebab_case;

    #[test]
    fn kebab_case_has_no_empty_parts_and_no_capitals() {
        assert!(is_kebab_case("equations-two-step"));
        assert!(is_kebab_case("count-to-20"));
        for bad in ["", "-a", "a--b", "Two-step", "två", "two_step"] {
            assert!(!is_kebab_case(bad), "{bad}");
        }
    }
}
