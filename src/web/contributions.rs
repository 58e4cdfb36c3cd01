//! What speaks for and against solving, in words and logits.

use adaptive::{Contribution, Logit, Prediction};

use super::{numbers::one_decimal, speech::Language};

/// Smaller ones are left out: they change no tenth of a probability.
const SMALLEST: Logit = 0.05;

/// One thing that speaks for (above 0) or against.
pub struct Told {
    /// By its name in the API.
    pub kind: &'static str,
    pub words: String,
    pub logits: Logit,
}

impl Told {
    /// Signed, with one decimal.
    #[must_use]
    pub fn signed(&self, language: Language) -> String {
        let size = one_decimal(self.logits.abs(), language);
        if self.logits < 0.0 { format!("−{size}") } else { format!("+{size}") }
    }
}

/// All that count, the strongest first.
#[must_use]
pub fn told(language: Language, prediction: &Prediction) -> Vec<Told> {
    let counts = prediction.contributions.iter().filter(|(_, logits)| logits.abs() >= SMALLEST);
    let mut told: Vec<Told> = counts
        .map(|(of, logits)| Told {
            kind: name(*of),
            words: language.t(&format!("part-{}", name(*of))),
            logits: *logits,
        })
        .collect();
    told.sort_by(|a, b| b.logits.abs().total_cmp(&a.logits.abs()));
    told
}

/// The name of a contribution.
#[must_use]
pub const fn name(of: Contribution) -> &'static str {
    match of {
        Contribution::Start => "start",
        Contribution::General => "general",
        Contribution::Skill => "skill",
        Contribution::Recent => "recent",
        Contribution::Forgetting => "forgetting",
        Contribution::Experience => "experience",
        Contribution::Item => "item",
        Contribution::SameItem => "same-item",
        Contribution::Sitting => "sitting",
        Contribution::Several => "several",
    }
}
