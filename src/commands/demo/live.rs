//! The lesson that goes on in 8B when the demo starts: some are at work, one is stuck, one has fallen silent, some are
//! done and some are not there. Set anew at every start, with new lines; nothing is taken away.

use tokio::task::JoinSet;
use vault::{CalculationId, Fault, Millis, rows::calculations};

use super::{
    hand::{Hand, hand_in},
    people::{Cast, Student},
    roster::ALVA,
};
use crate::{app::App, practice};

/// How somebody is getting on.
#[derive(Clone, Copy)]
enum Scene {
    Working,
    Stuck,
    Silent,
    Done,
    Away,
}

/// In the order of the group, Alva left out: her equation of yesterday waits for whoever becomes her.
const SCENES: [Scene; 15] = [
    Scene::Working,
    Scene::Done,
    Scene::Working,
    Scene::Working,
    Scene::Silent,
    Scene::Working,
    Scene::Done,
    Scene::Away,
    Scene::Working,
    Scene::Working,
    Scene::Away,
    Scene::Stuck,
    Scene::Done,
    Scene::Working,
    Scene::Away,
];

impl Scene {
    /// Minutes before the start at which the item is opened.
    const fn began(self) -> f64 {
        match self {
            Self::Working => 5.0,
            Self::Stuck => 7.0,
            Self::Silent => 12.0,
            Self::Done => 8.0,
            Self::Away => 0.0,
        }
    }
}

/// Sets the scene as it is at `now`.
pub(super) async fn set(house: &App, cast: &Cast, now: Millis) -> anyhow::Result<()> {
    let mut doing = JoinSet::new();
    let others = cast.students_of(0).filter(|student| student.name != ALVA);
    for (student, scene) in others.zip(SCENES) {
        if matches!(scene, Scene::Away) {
            continue;
        }
        let begin = now.plus(-minutes(scene.began()));
        if was_here_since(house, student, begin).await? {
            continue;
        }
        let hand = Hand::of(house, student, begin, now.0.unsigned_abs()).await?;
        doing.spawn(play(hand, scene, now));
    }
    hand_in(house, doing).await
}

async fn play(hand: Hand, scene: Scene, now: Millis) -> anyhow::Result<Hand> {
    let Some(id) = open_anew(&hand).await? else { return Ok(hand) };
    match scene {
        Scene::Working => {
            hand.wait_until(now.plus(-minutes(hand.between(1.6, 4.0))));
            hand.begin(id, 2, 30.0).await?;
        }
        Scene::Stuck => {
            hand.wait_until(now.plus(-minutes(5.0)));
            hand.get_stuck(id, 3, 65.0).await?;
        }
        Scene::Silent => {
            hand.wait_until(now.plus(-minutes(9.0)));
            hand.begin(id, 1, 50.0).await?;
        }
        Scene::Done => {
            hand.wait_until(now.plus(-minutes(hand.between(4.5, 7.5))));
            hand.finish(id, 30.0).await?;
        }
        Scene::Away => {}
    }
    Ok(hand)
}

/// Opens an item that nothing is written on yet. Whoever is in the middle of given work is left in peace.
async fn open_anew(hand: &Hand) -> anyhow::Result<Option<CalculationId>> {
    let own = hand.me.own();
    let unfinished = hand.app.vault.read(move |tx| calculations::unfinished(tx, &own)).await?;
    Ok(match unfinished.first() {
        Some(given) if given.assignment_id.is_some() => None,
        Some(own) => Some(practice::another(&hand.app, &hand.me, own.id).await?),
        None => Some(practice::open_next(&hand.app, &hand.me).await?),
    })
}

/// Whether the student did something at `moment` or later, such as in the scene of a start a minute ago.
async fn was_here_since(house: &App, student: &Student, moment: Millis) -> anyhow::Result<bool> {
    let own = student.me.own();
    let here = house
        .vault
        .read(move |tx| {
            let Some(latest) = calculations::latest(tx, &own, 1)?.pop() else { return Ok(false) };
            let last_line = calculations::lines(tx, &latest)?.last().map(|line| line.at);
            Ok::<_, Fault>(last_line.max(Some(latest.opened_at)) >= Some(moment))
        })
        .await?;
    Ok(here)
}

const fn minutes(count: f64) -> i64 {
    (count * 60_000.0) as i64
}
