//! Where somebody is signed in, and signing out there.

use crate::{
    app::{TestApp, on_both},
    client::Client,
    world::{self, DAY, HOUR},
};

on_both!(
    the_own_devices_are_listed_as_people_call_them,
    one_device_is_signed_out_at_once,
    all_others_are_signed_out_and_this_one_stays,
    the_day_of_the_last_use_is_kept_and_nothing_finer,
    what_has_ended_is_not_listed,
    nobody_ends_what_is_not_theirs,
);

const WINDOWS: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const IPAD: &str =
    "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1";

fn on(app: &TestApp, agent: &str, who: &str) -> Client {
    let client = app.nobody();
    let headers = [("sec-fetch-site", "same-origin"), ("user-agent", agent)];
    let fields = [("user_name", who), ("password", world::PASSWORD)];
    assert_eq!(client.post_with("/sign-in", &headers, &fields).status, 303);
    client
}

fn the_own_devices_are_listed_as_people_call_them(app: &mut TestApp) {
    let school = on(app, WINDOWS, "alva");
    app.clock.pass(HOUR);
    let home = on(app, IPAD, "alva");
    on(app, "something else", "alva");
    on(app, "Firefox/1 Linux", "bo");
    let page = home.page("/devices");
    for said in ["Chrome på Windows", "Safari på iPad", "Okänd enhet", "Inloggad idag 10:00", "Senast använd idag"]
    {
        page.must_show(said);
    }
    page.must_not_show("Firefox");
    page.must_not_show("AppleWebKit");
    let this = page.between("aria-current=\"true\"", "</li>").unwrap();
    assert!(this.contains("Safari på iPad") && this.contains("Den här enheten"), "{this}");
    assert_eq!(page.every("action=\"/devices/", "/end\"").len(), 2, "this one is signed out by the button above");
    assert!(school.page("/devices").between("aria-current=\"true\"", "</li>").unwrap().contains("Chrome på Windows"));
    home.page("/today").must_show("href=\"/devices\"");
    app.nobody().page("/sign-in").must_not_show("href=\"/devices\"");
}

fn one_device_is_signed_out_at_once(app: &mut TestApp) {
    let (school, home, phone) = (on(app, WINDOWS, "alva"), on(app, IPAD, "alva"), on(app, "Android", "alva"));
    for client in [&school, &home, &phone] {
        client.page("/today");
    }
    let page = home.page("/devices");
    let at_school = page.every("<li", "</li>").into_iter().find(|part| part.contains("Chrome på Windows")).unwrap();
    let address = at_school.split("action=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(home.post(address, &[]).location(), "/devices");
    assert_eq!(school.get("/today").location(), "/sign-in");
    home.page("/devices").must_not_show("Chrome på Windows");
    phone.page("/today");
    assert_eq!(home.post(address, &[]).status, 404, "a second time there is nothing");
}

fn all_others_are_signed_out_and_this_one_stays(app: &mut TestApp) {
    let (school, home, phone) = (on(app, WINDOWS, "alva"), on(app, IPAD, "alva"), on(app, "Android", "alva"));
    let bo = app.signed_in("bo");
    for client in [&school, &home, &phone, &bo] {
        client.page("/devices");
    }
    assert_eq!(home.post("/devices/end-others", &[]).location(), "/devices");
    for client in [&school, &phone] {
        assert_eq!(client.get("/today").location(), "/sign-in");
    }
    home.page("/devices").must_not_show("action=\"/devices/");
    bo.page("/today");
}

fn the_day_of_the_last_use_is_kept_and_nothing_finer(app: &mut TestApp) {
    let school = on(app, WINDOWS, "alva");
    app.clock.pass(8 * HOUR);
    let (late, _lies_there) = (on(app, IPAD, "alva"), on(app, "Android", "alva"));
    app.clock.pass(7 * HOUR);
    // One o'clock at night in Stockholm, another day there.
    assert_eq!(school.get("/today").location(), "/sign-in");
    let page = late.page("/devices");
    let mut used = page.every("Inloggad igår 18:00<br>", "</p>");
    used.sort_unstable();
    assert_eq!(used, ["Senast använd idag", "Senast använd igår"]);
}

fn what_has_ended_is_not_listed(app: &mut TestApp) {
    on(app, WINDOWS, "alva");
    app.clock.pass(DAY);
    on(app, IPAD, "alva").page("/devices").must_not_show("Windows");
}

fn nobody_ends_what_is_not_theirs(app: &mut TestApp) {
    let (alva, _other) = (on(app, WINDOWS, "alva"), on(app, IPAD, "alva"));
    let page = alva.page("/devices");
    let address = format!("/devices/{}/end", page.every("action=\"/devices/", "/end\"")[0]);
    let (bo, maria) = (app.signed_in("bo"), app.maria());
    for other in [&bo, &maria] {
        assert_eq!(other.post(&address, &[]).status, 404);
    }
    alva.page("/devices").must_show("Safari på iPad");
    assert_eq!(app.nobody().post(&address, &[]).location(), "/sign-in");
}
