//! One attack from beginning to end.

use std::collections::{BTreeMap, BTreeSet};

use rand::{SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use vault::{
    ControllerId, Fault, KeyStore, Millis, Options, PersonId, Place, SchoolId, Vault, access,
    rows::{
        difficulties, plane,
        plane::PlaneRow,
        statistics::{self, ItemStat, Usage},
    },
};

use super::{
    Finding, Release, Report, Stitched, Truth, attempts,
    truth::{Id, hex},
};
use crate::{
    app::{App, BuildError},
    chance::Chance,
    clock::Clock,
    config::{Backup, Config},
    privacy::forgetting::{forget, term},
};

/// Persons who are forgotten together, as on one night.
const A_NIGHT: usize = 10;
/// What somebody knows who tries to single a person out.
const KNOWN: usize = 5;
/// At most so surely somebody may be singled out by it.
const SINGLED_OUT: f64 = 0.1;
/// Rows may be stitched together no better than so; one half is guessing.
const STITCHED: f64 = 0.55;

/// A copy that may be spoiled.
pub struct Ground {
    pub config: Config,
    pub place: Place,
    pub keys: KeyStore,
    /// The same data once more, as they were: an older copy that is put back beside the keys of afterwards.
    pub older: Option<Place>,
    pub clock: Clock,
}

/// What stays as it is whoever is forgotten.
#[derive(PartialEq)]
struct Rest {
    difficulties: Vec<String>,
    standings: Vec<String>,
    usage: Vec<(SchoolId, String, Option<Usage>)>,
}

/// Forgets half of the students of a copy, as the server does, and tries to find them again. `seed` chooses whom.
///
/// # Errors
/// When the copy cannot be opened or does not answer.
pub async fn attack(ground: Ground, of: &str, seed: u64) -> Result<Report, BuildError> {
    let Ground { config, place, keys, older, clock } = ground;
    // Whom a copy forgets may not come to the ledger that lies with one's own copies: the server would forget them too.
    let config = Config { backup: Backup::default(), ..config };
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let app = App::build_in(config.clone(), place, keys.clone(), clock.clone(), Chance::seeded(seed)).await?;
    let truth = Truth::of(app.vault.survey(plane::all).await?);
    let before = rest(&app, &truth).await?;
    let gone = chosen(&truth, &mut rng);
    let releases = forget_all(&app, &truth, &gone).await?;
    let after = app.vault.survey(plane::all).await?;
    let stayed = rest(&app, &truth).await? == before;
    app.vault.close().await;
    drop(app);
    let mut report = Report {
        of: of.to_owned(),
        persons: truth.persons().count(),
        forgotten: gone.len(),
        rows_before: truth.plane.len(),
        rows_after: after.len(),
        findings: Vec::new(),
    };
    report.findings = attempts_on(&truth, &after, &gone, &mut rng);
    report.findings.push(difference(&truth, &releases));
    report.findings.push(Finding {
        id: "rest",
        tried: "what stays says the same: difficulties, standings, how much schools practised",
        came: if stayed { "equal before and after".to_owned() } else { "it changed".to_owned() },
        passes: stayed,
    });
    if let Some(older) = older {
        report.findings.extend(older_copy(config, older, keys, clock, (&truth, &gone)).await?);
    }
    Ok(report)
}

/// Half of those who practised.
fn chosen(truth: &Truth, rng: &mut ChaCha20Rng) -> BTreeSet<Id> {
    let students: Vec<Id> = truth.events.keys().copied().collect();
    students.sample(rng, students.len() / 2).copied().collect()
}

async fn forget_all(app: &App, truth: &Truth, gone: &BTreeSet<Id>) -> Result<Vec<Release>, Fault> {
    let mut sights = Vec::new();
    for row in truth.plane.iter().filter(|row| row.table == "person") {
        if let (Some(id), Some(of)) = (row.id("id"), row.id("controller_id"))
            && gone.contains(&id)
        {
            sights.push(access::due_to_be_forgotten(ControllerId::from_bytes(of), PersonId::from_bytes(id)));
        }
    }
    let mut releases = vec![release(app).await?];
    for together in sights.chunks(A_NIGHT) {
        forget(app, together, "attack").await?;
        releases.push(release(app).await?);
    }
    Ok(releases)
}

async fn release(app: &App) -> Result<Release, Fault> {
    let stats = app.vault.read(statistics::item_stats).await?;
    let of = |stat: ItemStat| ((stat.exercise, stat.band, stat.term), (stat.responses, stat.until.0));
    Ok(stats.into_iter().map(of).collect())
}

async fn rest(app: &App, truth: &Truth) -> Result<Rest, Fault> {
    let now = app.clock.now();
    let first = truth.events.values().flatten().map(|event| event.at).min().unwrap_or(now.0);
    let mut terms = vec![term::of(Millis(first))];
    while let Some(last) = terms.last().filter(|last| last.to <= now) {
        terms.push(term::after(last));
    }
    let moved = app.vault.read(difficulties::all).await?;
    let difficulties =
        moved.iter().map(|row| format!("{} {} {} {}", row.exercise, row.attempt, row.moved, row.responses));
    let plane = app.vault.survey(plane::all).await?;
    let standings = plane.iter().filter(|row| row.table == "standing").map(|row| format!("{:?}", row.values));
    let mut usage = Vec::new();
    for term in terms {
        let (name, of_term) = (term.name.clone(), term);
        let all = app.vault.survey(move |tx| statistics::usages(tx, &of_term, now)).await?;
        usage.extend(all.into_iter().map(|(school, usage)| (school, name.clone(), usage)));
    }
    Ok(Rest { difficulties: difficulties.collect(), standings: standings.collect(), usage })
}

fn attempts_on(truth: &Truth, after: &[PlaneRow], gone: &BTreeSet<Id>, rng: &mut ChaCha20Rng) -> Vec<Finding> {
    let markers = truth.markers();
    let mut findings = Vec::new();
    for (id, tried, plane, wanted_gone) in [
        ("marker-before", "before, every word and id of everybody is found", &truth.plane[..], false),
        ("marker", "afterwards, any word or id of theirs, and every one of the others'", after, true),
    ] {
        let found = attempts::found(plane, &markers);
        let of_gone = found.iter().filter(|(one, _)| gone.contains(*one));
        let (traces, persons) =
            of_gone.fold((0, 0), |(traces, persons), (_, (seen, _))| (traces + seen, persons + usize::from(*seen > 0)));
        let missing = found.iter().filter(|(one, (seen, all))| !gone.contains(*one) && seen < all).count();
        let all_there = found.values().all(|(seen, all)| seen == all);
        findings.push(Finding {
            id,
            tried,
            came: format!("{traces} of theirs, of {persons} persons; {missing} of the others lack something"),
            passes: if wanted_gone { traces == 0 && missing == 0 } else { all_there },
        });
    }
    for known in [1, KNOWN] {
        findings.push(singled_out(truth, after, gone, (known, rng)));
    }
    let Stitched { auc, by_chance, rows } = attempts::stitched(truth, after, gone, rng);
    findings.push(Finding {
        id: "stitch",
        tried: "rows that are kept told to be of the same person, by place, day, moment or kind",
        came: format!(
            "{auc:.3} over {rows} rows, where 0.5 is guessing, {STITCHED} the most, and of so many rows {by_chance:.3} comes \
             by luck"
        ),
        passes: auc <= by_chance.max(STITCHED),
    });
    let (hits, chance) = attempts::by_moment(truth, after, gone, rng);
    let spread = 3.0 * (chance.max(0.01) / gone_as_f64(gone)).sqrt();
    findings.push(Finding {
        id: "auditlink",
        tried: "a moment that stands in the audit or anywhere else leads to what somebody did",
        came: format!("{:.1} % of them, {:.1} % by chance", 100.0 * hits, 100.0 * chance),
        passes: hits <= chance + spread,
    });
    findings.push(salts(truth, after, gone));
    let (tell, ids) = attempts::moments_in_ids(truth, after, gone);
    findings.push(Finding {
        id: "time-bytes",
        tried: "ids that are kept tell when they were made",
        came: format!("{tell} of {ids} look like it"),
        // By chance one in some thousands does.
        passes: tell * 100 <= ids,
    });
    let small = attempts::small_sums(after);
    findings.push(Finding {
        id: "sums",
        tried: "a sum of exercises over fewer than ten students",
        came: format!("{small} such sums"),
        passes: small == 0,
    });
    findings
}

fn singled_out(
    truth: &Truth,
    after: &[PlaneRow],
    gone: &BTreeSet<Id>,
    (known, rng): (usize, &mut ChaCha20Rng),
) -> Finding {
    let surely = attempts::singled_out(truth, after, gone, known, rng);
    let (id, tried) = match known {
        1 => ("single-1", "one thing known that somebody did, to the second and with the exercise"),
        _ => ("single-5", "five things known that somebody did, to the second and with the exercise"),
    };
    Finding {
        id,
        tried,
        came: format!("singled out with {:.1} %, at most {:.0} %", 100.0 * surely, 100.0 * SINGLED_OUT),
        passes: surely <= SINGLED_OUT,
    }
}

fn salts(truth: &Truth, after: &[PlaneRow], gone: &BTreeSet<Id>) -> Finding {
    let (left, of) = attempts::salts_left(truth, after, gone);
    Finding {
        id: "salt",
        tried: "everybody tried in the sums of the audit, with the salts that are left",
        came: format!("{left} of {of} salts are left"),
        passes: left == 0,
    }
}

fn difference(truth: &Truth, releases: &[Release]) -> Finding {
    let terms: BTreeSet<&String> = releases.iter().flat_map(|release| release.keys()).map(|(.., term)| term).collect();
    let spans: BTreeMap<String, (i64, i64)> = terms
        .into_iter()
        .filter_map(|name| term::with_name(name).map(|term| (name.clone(), (term.from.0, term.to.0))))
        .collect();
    let smallest = attempts::smallest_difference(truth, releases, &spans);
    Finding {
        id: "diff",
        tried: "what a sum says before and after somebody was forgotten, one taken from the other",
        came: smallest.map_or_else(
            || format!("no sum changed over {} nights", releases.len().saturating_sub(1)),
            |persons| format!("every difference is of {persons} persons or more"),
        ),
        passes: smallest.is_none_or(|persons| persons >= usize::try_from(statistics::K_OUTSIDE).unwrap_or(usize::MAX)),
    }
}

/// An older copy of the data beside the keys of afterwards: read as it is, and then opened as the server opens it.
async fn older_copy(
    config: Config,
    older: Place,
    keys: KeyStore,
    clock: Clock,
    (truth, gone): (&Truth, &BTreeSet<Id>),
) -> Result<Vec<Finding>, BuildError> {
    let vault = Vault::open(Options::new(older.clone(), keys.clone()))?;
    let plane = vault.survey(plane::all).await?;
    vault.close().await;
    drop(vault);
    // Words only: the ids are rows of the copy, which is opened below.
    let mut words = truth.markers();
    words.values_mut().for_each(|texts| texts.retain(|text| text.contains(' ') || text.starts_with("namn-")));
    let read = attempts::found(&plane, &words);
    let opened = read.iter().filter(|(one, (seen, _))| gone.contains(*one) && *seen > 0).count();
    let closed = read.iter().filter(|(one, (seen, all))| !gone.contains(*one) && seen < all).count();
    let shred = Finding {
        id: "shred",
        tried: "an older copy of the data, read with every key that is left",
        came: format!("words of {opened} of them can be read; of the others {closed} cannot"),
        passes: opened == 0 && closed == 0,
    };
    let app = App::build_in(config, older, keys, clock, Chance::seeded(1)).await?;
    let plane = app.vault.survey(plane::all).await?;
    app.vault.close().await;
    let ids = gone.iter().map(|one| (*one, BTreeSet::from([hex(one)]))).collect();
    let there = attempts::found(&plane, &ids).values().filter(|(seen, _)| *seen > 0).count();
    let ledger = Finding {
        id: "ledger",
        tried: "the same copy, put back and opened by the server",
        came: format!("{there} of them came back"),
        passes: there == 0,
    };
    Ok(vec![shred, ledger])
}

#[expect(clippy::cast_precision_loss, reason = "a count of persons")]
fn gone_as_f64(gone: &BTreeSet<Id>) -> f64 {
    gone.len().max(1) as f64
}
