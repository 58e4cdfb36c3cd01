//! What was found so far.

use super::values::Values;
use crate::account::{Step, StepKind};

/// The most pairs of parts that are looked at in one line.
const MOST_PARTS: u32 = 400;
/// The most names that one line gets.
const MOST_STEPS: usize = 8;

/// The steps of one line as they are found.
#[derive(Default)]
pub(super) struct Trail {
    steps: Vec<Step>,
    size: u32,
    /// What counts only if nothing else was done: another order, a bracket less.
    slight: Option<StepKind>,
    /// Something has changed in a way that has no name.
    unnamed: bool,
    looked_at: u32,
    pub(super) values: Values,
}

impl Trail {
    /// A small step.
    pub(super) fn note(&mut self, kind: StepKind) {
        self.note_as(kind, 1);
    }

    /// A step of `size` small ones; 0 if it belongs to the one before.
    pub(super) fn note_as(&mut self, kind: StepKind, size: u32) {
        self.push(Step::new(kind), size);
    }

    /// A step that is told with what it was done.
    pub(super) fn note_with(&mut self, kind: StepKind, with: Option<String>) {
        self.push(Step { kind, with }, 1);
    }

    /// The steps and their size; the same step twice is told once.
    fn push(&mut self, step: Step, size: u32) {
        self.size += size;
        if !self.steps.contains(&step) && self.steps.len() < MOST_STEPS {
            self.steps.push(step);
        }
    }

    pub(super) fn note_all(&mut self, kinds: &[StepKind]) {
        for kind in kinds {
            self.note(*kind);
        }
    }

    /// Something that is told only if there is nothing else.
    pub(super) fn note_slight(&mut self, kind: StepKind) {
        self.slight.get_or_insert(kind);
    }

    /// Something that has no name.
    pub(super) fn unnamed(&mut self) {
        self.unnamed = true;
    }

    /// Counts a pair of parts; false if too many were looked at.
    pub(super) fn look(&mut self) -> bool {
        self.looked_at += 1;
        let fits = self.looked_at <= MOST_PARTS;
        self.unnamed |= !fits;
        fits
    }

    pub(super) fn has(&self, kind: StepKind) -> bool {
        self.steps.iter().any(|step| step.kind == kind)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The same trail at its beginning, to be tried out; what is known of values goes with it.
    pub(super) fn branch(&mut self) -> Self {
        Self { values: std::mem::take(&mut self.values), looked_at: self.looked_at, ..Self::default() }
    }

    /// Takes back what a branch knows, not what it found.
    pub(super) fn leave(&mut self, branch: &mut Self) {
        self.values = std::mem::take(&mut branch.values);
        self.looked_at = branch.looked_at;
    }

    /// Takes over what a branch has found, of another size if one is given.
    pub(super) fn take(&mut self, mut branch: Self, size: Option<u32>) {
        self.leave(&mut branch);
        self.size += size.unwrap_or(branch.size);
        self.unnamed |= branch.unnamed;
        self.slight = self.slight.or(branch.slight);
        for step in branch.steps {
            self.push(step, 0);
        }
    }

    /// Counts steps that were told already.
    pub(super) fn grow(&mut self, size: u32) {
        self.size += size;
    }

    /// True if something was done to a relation, not only within its sides.
    pub(super) fn is_solving(&self) -> bool {
        self.steps.iter().any(|step| super::alternatives::is_solving(step.kind.area()))
    }

    pub(super) const fn size(&self) -> u32 {
        self.size
    }

    /// True if everything so far has a name.
    pub(super) const fn is_named(&self) -> bool {
        !self.unnamed
    }

    /// The steps in order and their size; `None` if nothing was done.
    pub(super) fn told(mut self) -> Option<(Vec<Step>, u8)> {
        if self.unnamed {
            // A name for a part of what was done would be taken for the whole.
            self.steps = vec![Step::new(StepKind::Rewrite)];
        } else if self.steps.is_empty() {
            self.steps.extend(self.slight.map(Step::new));
        }
        let size = u8::try_from(self.size.max(1)).unwrap_or(u8::MAX);
        (!self.steps.is_empty()).then_some((self.steps, size))
    }
}
