//! Login cards: a password on paper. The teacher of a group makes them and ends them, students sign in by them.

use rand::Rng;
use vault::{
    GroupId, Me, Millis, PersonId, Tx, access,
    rows::{
        login_cards::{self, Holder, NewCard},
        people::{self, NamedGroup},
    },
};

use super::{
    SignInError, Token, Visitor,
    card_code::CardCode,
    sessions::{How, Opening},
};
use crate::{app::App, calendar};

/// A group's cards as its teacher sees them.
pub struct Cards {
    pub group: NamedGroup,
    /// By name.
    pub holders: Vec<Holder>,
}

/// For whom cards are made.
#[derive(Clone)]
pub enum For {
    Everyone,
    Only(Vec<PersonId>),
}

/// Cards that were made just now. What they say is nowhere else.
pub struct MadeCards {
    pub group: NamedGroup,
    pub cards: Vec<MadeCard>,
    /// The last moment at which they open.
    pub until: Millis,
}

/// One of them.
pub struct MadeCard {
    pub holder: Holder,
    pub code: CardCode,
}

/// Who has a card in a group that I teach.
///
/// # Errors
/// Somebody else's group is not found.
pub async fn cards(app: &App, me: &Me, group: GroupId) -> Result<Cards, SignInError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::cards(tx, &me, group, now)?;
            let group = people::group_named(tx, &sight, now)?;
            Ok(Cards { group, holders: login_cards::holders(tx, &sight, now)? })
        })
        .await
}

/// Makes cards for students of a group that I teach. What they had before opens nothing from then on, and whoever came in
/// by it is out. `seen` is when the newest card was made that the one who asks has seen: a form that is sent twice does
/// not make waste paper of what was printed in between.
///
/// # Errors
/// Somebody else's group is not found; [`SignInError::NobodyChosen`] if that is nobody in the group who may have a card;
/// [`SignInError::CardsMade`] if one of them was given a card after `seen`.
pub async fn make_cards(app: &App, me: &Me, group: GroupId, whom: For, seen: Millis) -> Result<MadeCards, SignInError> {
    // Asked first: chance is drawn before the write, which may be run twice.
    let there = cards(app, me, group).await?;
    let codes: Vec<(PersonId, CardCode)> = there.holders.iter().map(|held| (held.student.id, drawn(app))).collect();
    let (me, now, days) = (*me, app.clock.now(), i64::from(app.config.sign_in.card_days));
    let (made, ended) = app
        .vault
        .write(move |tx| {
            let sight = access::cards_to_make(tx, &me, group, now)?;
            let chosen = chosen(tx, &sight, &whom, now)?;
            if chosen.iter().any(|holder| holder.card.is_some_and(|card| card.made > seen)) {
                return Err(SignInError::CardsMade);
            }
            let until = last_moment(now, days, &people::profile(tx, &me, now)?.time_zone);
            let of = |id| codes.iter().find(|(of, _)| *of == id).map(|(_, code)| *code);
            // Who came into the group this very moment has none and is asked for again.
            let cards: Vec<MadeCard> = chosen
                .into_iter()
                .filter_map(|holder| Some(MadeCard { code: of(holder.student.id)?, holder }))
                .collect();
            let new: Vec<NewCard> =
                cards.iter().map(|card| NewCard { of: card.holder.student.id, secret: card.code.to_text() }).collect();
            let ended = login_cards::make(tx, &sight, &new, now, until.plus(1))?;
            let group = people::group_named(tx, &sight, now)?;
            Ok((MadeCards { group, cards, until }, ended))
        })
        .await?;
    for token in &ended {
        app.sessions.forget(token);
    }
    Ok(made)
}

fn chosen(tx: &mut Tx, sight: &access::CardsSight, whom: &For, now: Millis) -> Result<Vec<Holder>, SignInError> {
    let mut holders = login_cards::holders(tx, sight, now)?;
    holders.retain(|holder| holder.may_have);
    if let For::Only(ids) = whom {
        // One who is not in the group is asked for by nobody who has seen it.
        if ids.iter().any(|id| holders.iter().all(|holder| holder.student.id != *id)) {
            return Err(SignInError::NotFound);
        }
        holders.retain(|holder| ids.contains(&holder.student.id));
    }
    if holders.is_empty() { Err(SignInError::NobodyChosen) } else { Ok(holders) }
}

fn drawn(app: &App) -> CardCode {
    app.chance.draw(|rng| {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        CardCode::from_bytes(bytes)
    })
}

/// The last moment of the day that lies so many days ahead, where the controller is.
fn last_moment(now: Millis, days: i64, time_zone: &str) -> Millis {
    let ahead = now.plus(days * 24 * 3_600_000);
    calendar::end_of(calendar::day(ahead, time_zone), time_zone).unwrap_or(ahead)
}

/// Ends the card of a student of a group that I teach, and whatever came in by it. Who has none stays without.
///
/// # Errors
/// Somebody else's group, and who is no student of it, are not found.
pub async fn end_card(app: &App, me: &Me, group: GroupId, student: PersonId) -> Result<(), SignInError> {
    end(app, me, group, Some(student)).await
}

/// The same for all students of the group.
///
/// # Errors
/// Somebody else's group is not found.
pub async fn end_cards(app: &App, me: &Me, group: GroupId) -> Result<(), SignInError> {
    end(app, me, group, None).await
}

async fn end(app: &App, me: &Me, group: GroupId, only: Option<PersonId>) -> Result<(), SignInError> {
    let (me, now) = (*me, app.clock.now());
    let ended = app
        .vault
        .write(move |tx| {
            let sight = access::cards_to_end(tx, &me, group, now)?;
            let students = login_cards::holders(tx, &sight, now)?.into_iter().map(|holder| holder.student.id);
            let of: Vec<PersonId> = students.filter(|id| only.is_none_or(|only| only == *id)).collect();
            if only.is_some() && of.is_empty() {
                return Err(SignInError::NotFound);
            }
            Ok(login_cards::end(tx, &sight, &of, now)?)
        })
        .await?;
    for token in &ended {
        app.sessions.forget(token);
    }
    Ok(())
}

/// Opens a session for the student whose card says `typed`.
///
/// # Errors
/// [`SignInError::CardUnreadable`] if it cannot be what a card says; [`SignInError::NoCard`] if that card opens nothing,
/// never told why; too many wrong ones before.
pub async fn sign_in_by_card(app: &App, typed: &str, visitor: Visitor) -> Result<Token, SignInError> {
    app.metrics.sign_in("card", try_sign_in_by_card(app, typed, visitor).await)
}

async fn try_sign_in_by_card(app: &App, typed: &str, visitor: Visitor) -> Result<Token, SignInError> {
    let guess = app.guesses.begin_at_no_account(visitor.address)?;
    let now = app.clock.now();
    let Some(code) = CardCode::read(typed) else {
        guess.was_wrong();
        return Err(SignInError::CardUnreadable);
    };
    let secret = code.to_text();
    // Looked up before anything is written, so that a guess costs no write.
    let asked = secret.clone();
    if !app.vault.read(move |tx| login_cards::is_valid(tx, &asked, now)).await? {
        guess.was_wrong();
        return Err(SignInError::NoCard);
    }
    let opening = Opening::draw(app, visitor);
    let token = opening.token.clone();
    app.vault
        .write(move |tx| {
            let me = login_cards::become_student(tx, &secret, now)?.ok_or(SignInError::NoCard)?;
            Ok::<_, SignInError>(opening.open(tx, &me, How::Card)?)
        })
        .await?;
    Ok(token)
}
