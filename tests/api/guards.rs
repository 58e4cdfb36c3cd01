//! The guards asked directly, behind the pages that ask for the role as well: whom each lets through, written by hand.

use vault::{Fault, access};

use crate::{
    app::{TestApp, on_both},
    things::{THINGS, practise, report},
    world::{self, PEOPLE},
};

on_both!(each_guard_lets_through_whom_it_should);

/// Who teaches which group now.
const TEACH: [(&str, &str); 5] = [("maria", "7A"), ("johan", "7B"), ("mona", "7B"), ("lena", "8C"), ("yngve", "7X")];

/// Who is a student in which group now.
const ARE_IN: [(&str, &str); 7] =
    [("alva", "7A"), ("bo", "7A"), ("cleo", "7B"), ("selma", "7B"), ("dina", "8C"), ("folke", "8C"), ("xenia", "7X")];

/// Who may know how the schools stand: everyone who is something now at a controller with schools.
const IN_AN_EVENT: [&str; 16] = [
    "alva", "bo", "cleo", "dina", "folke", "selma", "xenia", "maria", "johan", "mona", "lena", "yngve", "rut", "olle",
    "gunnar", "orvar",
];

fn each_guard_lets_through_whom_it_should(app: &mut TestApp) {
    practise(app, THINGS[0]);
    report(app, "alva");
    for (_, who, ..) in PEOPLE {
        let (me, now) = (app.me(who), app.clock.now());
        let groups = app.read(move |tx| access::taught(tx, &me, now));
        let mut groups: Vec<_> = groups.iter().map(access::GroupSight::group).collect();
        groups.sort();
        let mut taught: Vec<_> =
            TEACH.into_iter().filter(|(of, _)| *of == who).map(|(_, group)| world::group(group)).collect();
        taught.sort();
        assert!(groups == taught, "the groups of {who}");
        let together = app.read(move |tx| access::together(tx, &me, now));
        let mut together: Vec<_> = together.iter().map(access::TogetherSight::group).collect();
        together.sort();
        let may = TEACH.into_iter().chain(ARE_IN).filter(|(of, _)| *of == who);
        let mut may: Vec<_> = may.map(|(_, group)| world::group(group)).collect();
        may.sort();
        assert!(together == may, "the groups of which {who} may know how far they have come");
        for group in ["7A", "7B", "8C", "7X"] {
            let may = app.read(move |tx| {
                let group = world::group(group);
                Ok::<_, Fault>([
                    access::cards(tx, &me, group, now).is_ok(),
                    access::cards_to_make(tx, &me, group, now).is_ok(),
                    access::cards_to_end(tx, &me, group, now).is_ok(),
                ])
            });
            assert_eq!(may, [TEACH.contains(&(who, group)); 3], "the cards of {group} for {who}");
        }
        let schools = app.read(move |tx| access::administered(tx, &me, now)).len();
        assert_eq!(schools, usize::from(who == "rut"), "the schools of {who}");
        let officer = app.read(move |tx| Ok::<_, Fault>(access::controller(tx, &me, now).is_ok()));
        assert_eq!(officer, who == "olle", "{who} as officer");
        let event = app.read(move |tx| Ok::<_, Fault>(access::event(tx, &me, now).is_ok()));
        assert_eq!(event, IN_AN_EVENT.contains(&who), "{who} in an event");
        let won = app.read(move |tx| access::won_where_i_teach(tx, &me, now));
        let mut won: Vec<_> = won.iter().map(access::GroupSight::group).collect();
        won.sort();
        assert!(won == taught, "the groups in which {who} sees who won");
        let organiser = app.read(move |tx| Ok::<_, Fault>(access::organiser(tx, &me, now).is_ok()));
        assert_eq!(organiser, who == "orvar", "{who} as an organiser");
        let children = app.read(move |tx| access::children(tx, &me, now));
        let children: Vec<_> = children.iter().map(access::ChildSight::child).collect();
        let alva = [world::person("alva")];
        assert!(children == if who == "gunnar" { &alva[..] } else { &[] }, "the children of {who}");
        let individual = app.read(move |tx| Ok::<_, Fault>(access::individual(tx, &me, now).is_ok()));
        assert_eq!(individual, who == "ines", "{who} as an individual");
        let reports = app.read(move |tx| access::reports(tx, &me, now)).len();
        assert_eq!(reports, usize::from(who == "sofia"), "the reports for {who}");
    }
}
