//! A plan for one sitting: something known to begin with, then what is to be learned, then one that stretches.

use crate::choose::{Request, Scratch, choose};
use crate::outlook::Outlook;
use crate::reason::Part;
use crate::recommendation::Recommendation;
use crate::tier::Purpose;

/// Of so many exercises one is for warming up.
const FOR_EACH_WARM_UP: usize = 5;
/// Shorter sittings are not worth a warm-up and a stretch.
const SHORTEST: usize = 3;

/// One exercise of a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planned {
    pub purpose: Purpose,
    pub recommendation: Recommendation,
}

/// Plans up to `length` different exercises: a warm-up of what has faded most among what is known (one in five), then
/// what [`choose`] finds best, and one harder exercise of a skill in hand. Where nothing is known yet there is neither
/// warm-up nor stretch. `request.count` and `request.purpose` are not looked at.
pub fn plan(request: &Request, length: usize, outlook: &Outlook, scratch: &mut Scratch) -> Vec<Planned> {
    let mut planned = Vec::new();
    if length >= SHORTEST {
        planned = part(request, Purpose::WarmUp, length.div_ceil(FOR_EACH_WARM_UP), &planned, (outlook, scratch));
        planned.extend(part(request, Purpose::Stretch, 1, &planned, (outlook, scratch)));
    }
    let practice = part(request, Purpose::Practice, length.saturating_sub(planned.len()), &planned, (outlook, scratch));
    let stretch = planned.iter().position(|p| p.purpose == Purpose::Stretch).unwrap_or(planned.len());
    planned.splice(stretch..stretch, practice);
    planned
}

/// Up to `count` exercises for a purpose that are not among those `before`.
fn part(
    request: &Request,
    purpose: Purpose,
    count: usize,
    before: &[Planned],
    (outlook, scratch): (&Outlook, &mut Scratch),
) -> Vec<Planned> {
    if count == 0 {
        return Vec::new();
    }
    let mut recent = request.recent.to_vec();
    recent.extend(before.iter().map(|p| p.recommendation.exercise));
    let asked = Request {
        recent: &recent,
        // Where there is little, what is planned already may come out once more.
        count: count + before.len(),
        purpose,
        exploration: if purpose == Purpose::Practice { request.exploration } else { 0.0 },
        ..*request
    };
    let mut chosen = Vec::new();
    choose(&asked, outlook, scratch, &mut chosen);
    let is_new = |r: &Recommendation| !before.iter().any(|p| p.recommendation.exercise == r.exercise);
    let is_meant = |r: &Recommendation| match purpose {
        Purpose::Practice => true,
        Purpose::WarmUp => r.reason.main == Part::WarmUp,
        Purpose::Stretch => r.reason.main == Part::Stretch,
    };
    let kept = chosen.into_iter().filter(|r| is_new(r) && is_meant(r)).take(count);
    kept.map(|recommendation| Planned { purpose, recommendation }).collect()
}
