//! Login cards: a password on paper, made by the teacher of the group.

mod settings;

use rqrr::PreparedImage;
use stegvis::accounts::CardCode;
use vault::{
    Fault, MembershipId, Role, access,
    rows::people::{self, NewMembership},
};

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client},
    world::{self, DAY, HOUR},
};

on_both!(
    a_card_is_printed_and_signs_its_student_in,
    the_square_holds_the_address_with_the_code_after_the_hash,
    the_code_is_read_as_people_type_it_and_a_slip_is_told_from_an_end,
    a_new_card_ends_the_old_one_and_what_it_opened,
    a_lost_card_ends_at_once_with_what_it_opened_and_with_nothing_else,
    all_of_the_group_are_ended_at_once,
    unknown_ended_and_past_cards_answer_alike,
    a_card_ends_after_its_days,
    a_card_ends_with_the_membership,
    a_new_password_leaves_the_card,
    only_students_have_cards,
    a_protected_identity_stands_on_no_card,
    a_form_that_is_sent_twice_makes_no_waste_paper,
    nothing_is_made_for_nobody_or_for_others,
    whoever_sat_here_before_is_signed_out,
    the_page_leads_nowhere_by_itself,
    the_list_of_devices_says_how,
);

fn address(group: &str) -> String {
    format!("/groups/{}/cards", world::group(group))
}

/// Makes cards for these, or for everyone in the group, and gives the page to print.
fn made(teacher: &Client, group: &str, whom: &[&str]) -> Answer {
    let seen = teacher.page(&address(group)).field("seen").unwrap().to_owned();
    let ids: Vec<String> = whom.iter().map(|who| world::person(who).to_string()).collect();
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("student", &**id)).collect();
    fields.push(("seen", &seen));
    if whom.is_empty() {
        fields.push(("all", "yes"));
    }
    let page = teacher.post(&address(group), &fields);
    assert_eq!(page.status, 200, "{}", page.body);
    page
}

/// The codes on a page, as they are printed.
fn codes(page: &Answer) -> Vec<String> {
    page.every("<span class=\"login-code\" translate=\"no\">", "</span>").into_iter().map(str::to_owned).collect()
}

pub fn code_of(app: &TestApp, who: &str) -> String {
    codes(&made(&app.maria(), "7A", &[who])).remove(0)
}

pub fn enter(device: &Client, code: &str) -> Answer {
    device.post("/card", &[("code", code)])
}

fn opens(app: &TestApp, code: &str) -> bool {
    let answer = enter(&app.nobody(), code);
    assert!(matches!(answer.status, 303 | 401), "{}", answer.body);
    answer.status == 303
}

/// What a camera reads from the squares of a page: each drawn with four dots to a module.
fn scanned(page: &Answer) -> Vec<String> {
    const DOTS: usize = 4;
    let read = |svg: &str| {
        let side: usize = svg.split_once(' ').unwrap().0.parse().unwrap();
        let mut black = vec![false; side * side];
        for run in svg.split_once(" d=\"").unwrap().1.split('M').skip(1) {
            let (x, rest) = run.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (x, y, long): (usize, usize, usize) =
                (x.parse().unwrap(), y.parse().unwrap(), rest.split('v').next().unwrap().parse().unwrap());
            black[y * side + x..y * side + x + long].fill(true);
        }
        let mut picture =
            PreparedImage::prepare_from_bitmap(side * DOTS, side * DOTS, |x, y| black[y / DOTS * side + x / DOTS]);
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    };
    page.every("<svg viewBox=\"0 0 ", "\"/></svg>")
        .into_iter()
        .filter(|svg| svg.contains("crispEdges"))
        .map(read)
        .collect()
}

fn a_card_is_printed_and_signs_its_student_in(app: &mut TestApp) {
    let maria = app.maria();
    maria.page(&format!("/groups/{}", world::group("7A"))).must_show(&address("7A"));
    maria.page(&address("7A")).must_show("Inget kort");
    let page = made(&maria, "7A", &[]);
    for said in ["2 kort är gjorda", "Alva L.", "Bo E.", "7A, Ekskolan", "Gäller till 30 september 2027"] {
        page.must_show(said);
    }
    let codes = codes(&page);
    assert_eq!(codes.len(), 2);
    // Shown once: nothing of it comes again.
    let list = maria.page(&address("7A"));
    list.must_show("Har ett kort till och med 30 september 2027");
    for code in &codes {
        list.must_not_show(code);
    }
    let device = app.nobody();
    device.page("/sign-in").must_show("href=\"/card\"");
    assert_eq!(enter(&device, &codes[0]).location(), "/");
    device.page("/today").must_show("Hej Alva!");
    // As often as one likes, on as many devices.
    assert!(opens(app, &codes[0]) && opens(app, &codes[1]));
}

fn the_square_holds_the_address_with_the_code_after_the_hash(app: &mut TestApp) {
    let page = made(&app.maria(), "7A", &[]);
    let said: Vec<String> =
        codes(&page).iter().map(|code| format!("{}/card#{}", app.address(), code.replace('-', ""))).collect();
    assert_eq!(scanned(&page), said);
    // 128 bits: 26 signs of five, and two that tell a slip.
    assert_eq!(said[0].split_once('#').unwrap().1.len(), 28);
    // A browser sends what stands before the #.
    app.nobody().page("/card").must_show("Koden som står på kortet");
}

fn the_code_is_read_as_people_type_it_and_a_slip_is_told_from_an_end(app: &mut TestApp) {
    let code = code_of(app, "alva");
    for typed in [code.to_lowercase(), code.replace('-', " "), code.replace('0', "o").replace('1', "l")] {
        assert!(opens(app, &typed), "{typed}");
    }
    let slip = if code.ends_with('A') { "B" } else { "A" };
    for typed in ["", "KM47TX", &code[1..], &format!("{}{slip}", &code[..code.len() - 1])] {
        let answer = enter(&app.nobody(), typed);
        assert_eq!((answer.status, answer.field("code")), (422, Some(typed)), "what was typed is kept");
        answer.must_show("Koden stämmer inte med något kort än.");
    }
    let asked_by_script = [("sec-fetch-site", "same-origin"), ("x-fragment", "card")];
    let answer = app.nobody().post_with("/card", &asked_by_script, &[("code", "KM47TX")]);
    assert_eq!((answer.status, answer.problem().as_str()), (422, "card-unreadable"));
}

fn a_new_card_ends_the_old_one_and_what_it_opened(app: &mut TestApp) {
    let (first, other) = (code_of(app, "alva"), code_of(app, "bo"));
    let (by_card, by_password, bo) = (app.nobody(), app.alva(), app.nobody());
    enter(&by_card, &first);
    enter(&bo, &other);
    for client in [&by_card, &by_password, &bo] {
        client.page("/today");
    }
    let second = code_of(app, "alva");
    assert_ne!(first, second);
    assert!(!opens(app, &first));
    assert_eq!(by_card.get("/today").location(), "/sign-in", "at once");
    assert!(opens(app, &second) && opens(app, &other));
    by_password.page("/today");
    bo.page("/today");
}

fn a_lost_card_ends_at_once_with_what_it_opened_and_with_nothing_else(app: &mut TestApp) {
    let maria = app.maria();
    let codes = codes(&made(&maria, "7A", &[]));
    let (by_card, by_password, bo) = (app.nobody(), app.alva(), app.nobody());
    enter(&by_card, &codes[0]);
    enter(&bo, &codes[1]);
    for client in [&by_card, &by_password, &bo] {
        client.page("/today");
    }
    let end = format!("/groups/{}/students/{}/card/end", world::group("7A"), world::person("alva"));
    let (to, list) = maria.follow(&end, &[]);
    assert_eq!((to, list.every("Inget kort", "<").len()), (address("7A"), 1));
    assert!(!opens(app, &codes[0]));
    assert_eq!(by_card.get("/today").location(), "/sign-in", "at once");
    by_password.page("/today");
    bo.page("/today");
    assert!(opens(app, &codes[1]));
    maria.follow(&end, &[]);
}

fn all_of_the_group_are_ended_at_once(app: &mut TestApp) {
    let maria = app.maria();
    let codes = codes(&made(&maria, "7A", &[]));
    let cleo = self::codes(&made(&app.signed_in("johan"), "7B", &["cleo"])).remove(0);
    let alva = app.nobody();
    enter(&alva, &codes[0]);
    maria.follow(&format!("{}/end", address("7A")), &[]);
    assert!(codes.iter().all(|code| !opens(app, code)));
    assert_eq!(alva.get("/today").location(), "/sign-in");
    assert!(opens(app, &cleo), "that of another group goes on");
}

fn unknown_ended_and_past_cards_answer_alike(app: &mut TestApp) {
    let maria = app.maria();
    let ended = code_of(app, "alva");
    maria.follow(&format!("{}/end", address("7A")), &[]);
    let past = code_of(app, "bo");
    let replaced = codes(&made(&app.signed_in("johan"), "7B", &["cleo"])).remove(0);
    app.clock.pass(1);
    made(&app.signed_in("johan"), "7B", &["cleo"]);
    app.clock.pass(366 * DAY);
    let unknown = CardCode::from_bytes([7; 16]).in_groups();
    let told = |code: &str| {
        let answer = enter(&app.nobody(), code);
        (answer.status, answer.header_names().join(" "), answer.body.replace(code, "…"))
    };
    let of_unknown = told(&unknown);
    assert_eq!(of_unknown.0, 401);
    assert!(of_unknown.2.contains("Kortet öppnar ingenting."), "{}", of_unknown.2);
    for code in [ended, past, replaced] {
        assert_eq!(told(&code), of_unknown);
    }
}

fn a_card_ends_after_its_days(app: &mut TestApp) {
    let code = code_of(app, "alva");
    // From ten in the morning 310 days before the end of the last; the clocks have not gone back again yet.
    app.clock.pass(310 * DAY + 13 * HOUR - 1);
    assert!(opens(app, &code));
    app.clock.pass(1);
    assert!(!opens(app, &code));
    app.maria().page(&address("7A")).must_not_show("Har ett kort");
}

fn a_card_ends_with_the_membership(app: &mut TestApp) {
    let maria = app.maria();
    let (code, bo) = (code_of(app, "alva"), code_of(app, "bo"));
    let (me, now) = (app.me("maria"), app.clock.now());
    app.write(move |tx| {
        let sight = access::group(tx, &me, world::group("7A"), now).map_err(|_| Fault::Panicked)?;
        people::end_membership(tx, &sight, world::person("alva"), now)
    });
    assert!(!opens(app, &code));
    assert!(opens(app, &bo));
    // In another group she is somebody else's to give a card to.
    app.write(move |tx| join(tx, "alva", Role::Student, "7B", now));
    assert!(!opens(app, &code));
    assert_eq!(maria.post(&address("7A"), &[("student", &world::person("alva").to_string())]).status, 404);
    let new = codes(&made(&app.signed_in("johan"), "7B", &["alva"])).remove(0);
    assert!(opens(app, &new) && !opens(app, &code));
}

fn join(tx: &mut vault::Tx, who: &str, role: Role, group: &str, from: vault::Millis) -> Result<(), Fault> {
    let new = NewMembership {
        controller: world::controller("aspby"),
        id: MembershipId::from_bytes([9; 16]),
        person: world::person(who),
        school: Some(world::school("ekskolan")),
        group: Some(world::group(group)),
        role,
        from,
        to: None,
    };
    people::add_membership(tx, &new)
}

fn a_new_password_leaves_the_card(app: &mut TestApp) {
    let code = code_of(app, "alva");
    let device = app.nobody();
    enter(&device, &code);
    let password = format!("/groups/{}/students/{}/password", world::group("7A"), world::person("alva"));
    let maria = app.maria();
    maria.page(&password).must_show(&address("7A"));
    maria.post(&password, &[]);
    assert_eq!(device.get("/today").location(), "/sign-in", "a new password signs out everywhere");
    assert!(opens(app, &code));
}

/// A card is a password on paper, so nobody who sees others' data has one.
fn only_students_have_cards(app: &mut TestApp) {
    let code = code_of(app, "bo");
    let now = app.clock.now();
    app.write(move |tx| join(tx, "bo", Role::Teacher, "7B", now));
    assert!(!opens(app, &code), "he teaches now");
    let maria = app.maria();
    maria.page(&address("7A")).must_show("Loggar in med lösenord");
    for who in ["bo", "maria", "johan", "rut", "olle", "gunnar"] {
        let answer =
            maria.post(&address("7A"), &[("student", &world::person(who).to_string()), ("seen", "9999999999999")]);
        assert_eq!(answer.status, 404, "{who}");
    }
    app.clock.pass(1);
    let page = made(&maria, "7A", &[]);
    page.must_show("Ett kort är gjort");
    page.must_not_show("Bo E");
}

fn a_protected_identity_stands_on_no_card(app: &mut TestApp) {
    let page = made(&app.signed_in("johan"), "7B", &[]);
    let cards = page.every("<li class=\"login-card\">", "</li>");
    assert_eq!(cards.len(), 2);
    let selma = cards.iter().find(|card| card.contains("<b>Selma</b>")).unwrap();
    for told in ["Skyddad", "Selma S", "7B", "Ekskolan"] {
        assert!(!selma.contains(told), "{told}");
    }
    assert!(cards.iter().any(|card| card.contains("<b>Cleo G.</b><br>7B, Ekskolan")));
    let code = codes(&made_later(app, &["selma"])).remove(0);
    assert!(opens(app, &code));
}

fn made_later(app: &TestApp, whom: &[&str]) -> Answer {
    app.clock.pass(1);
    made(&app.signed_in("johan"), "7B", whom)
}

fn a_form_that_is_sent_twice_makes_no_waste_paper(app: &mut TestApp) {
    let maria = app.maria();
    let fields = [("all", "yes"), ("seen", "0")];
    let first = codes(&maria.post(&address("7A"), &fields));
    let again = maria.post(&address("7A"), &fields);
    assert_eq!((again.status, codes(&again).len()), (409, 0));
    again.must_show("Korten är redan gjorda.");
    assert!(first.iter().all(|code| opens(app, code)), "what was printed holds");
    // From the page as it is now it can be done.
    app.clock.pass(1);
    let seen = again.field("seen").unwrap().to_owned();
    let second = codes(&maria.post(&address("7A"), &[("all", "yes"), ("seen", &seen)]));
    assert!(second.len() == 2 && first.iter().all(|code| !opens(app, code)));
}

fn nothing_is_made_for_nobody_or_for_others(app: &mut TestApp) {
    let maria = app.maria();
    let answer = maria.post(&address("7A"), &[("seen", "0")]);
    assert_eq!(answer.status, 422);
    answer.must_show("Ingen elev är vald.");
    for who in ["cleo", "dina", "xenia", "folke", "selma"] {
        let id = world::person(who).to_string();
        let fields = [("student", &*id), ("student", &world::person("alva").to_string())];
        assert_eq!(maria.post(&address("7A"), &fields).status, 404, "{who}");
        let end = format!("/groups/{}/students/{id}/card/end", world::group("7A"));
        assert_eq!(maria.post(&end, &[]).status, 404, "{who}");
    }
    for fields in [[("student", "alva")], [("seen", "nyss")]] {
        assert_eq!(maria.post(&address("7A"), &fields).status, 400);
    }
    maria.page(&address("7A")).must_not_show("Har ett kort");
    // With hidden names the way there is gone, too.
    let hidden = maria.page(&format!("/groups/{}?names=hidden", world::group("7A")));
    hidden.must_not_show(&address("7A"));
}

fn whoever_sat_here_before_is_signed_out(app: &mut TestApp) {
    let code = code_of(app, "alva");
    let device = app.signed_in("bo");
    device.page("/card").must_show("Bo is signed in here");
    let before = device.cookie("stegvis").unwrap();
    assert_eq!(enter(&device, &code).location(), "/");
    device.page("/today").must_show("Hej Alva!");
    let old = format!("stegvis={before}");
    assert_eq!(app.nobody().ask("GET", "/today", &[("cookie", &old)], "").location(), "/sign-in");
    // A card that opens nothing signs nobody out.
    assert_eq!(enter(&device, &CardCode::from_bytes([7; 16]).to_text()).status, 401);
    device.page("/today").must_show("Hej Alva!");
}

/// A browser takes what stands after the # along to wherever it is led on to, so it is not led on.
fn the_page_leads_nowhere_by_itself(app: &mut TestApp) {
    for client in [app.nobody(), app.alva(), app.maria()] {
        let page = client.get("/card");
        assert_eq!((page.status, page.location(), page.header("refresh")), (200, "", ""));
        assert_eq!(page.header("cache-control"), "no-store");
    }
}

fn the_list_of_devices_says_how(app: &mut TestApp) {
    let code = code_of(app, "alva");
    let device = app.nobody();
    enter(&device, &code);
    app.alva();
    let page = device.page("/devices");
    page.must_show("Inloggad med kort idag 10:00");
    page.must_show("Inloggad idag 10:00");
    app.clock.pass(12 * HOUR);
    assert_eq!(device.get("/today").location(), "/sign-in", "a session like others");
}
