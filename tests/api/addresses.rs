//! Every address that the server answers, with who may use it; held against the table of routes in the source.

/// Who may use an address, of those who can sign in.
#[derive(Clone, Copy, PartialEq)]
pub enum May {
    /// The student whose calculation it is.
    Student,
    /// The students of the group that it was given to.
    Class,
    /// Who teaches the group now.
    Teacher,
    /// Who has a confirmed link to the student.
    Guardian,
    /// Support, while the report is open.
    Support,
    /// The officer of the student's controller.
    Officer,
    /// Who organises the events of the student's controller.
    Organiser,
    /// Who may know how the schools of the event stand.
    InEvent,
    /// Who is a student in the group now, and who teaches it.
    Together,
}
use May::{Class, Guardian, InEvent, Officer, Organiser, Student, Support, Teacher, Together};

/// Every address that has an id. What changes most stands last.
pub const ROUTES: [(&str, &str, May); 111] = [
    ("GET", "/calculations/{calculation}", Student),
    ("GET", "/api/v1/calculations/{calculation}", Student),
    ("POST", "/calculations/{calculation}/lines", Student),
    ("POST", "/calculations/{calculation}/answer", Student),
    ("POST", "/api/v1/calculations/{calculation}/lines", Student),
    ("POST", "/calculations/{calculation}/hints", Student),
    ("POST", "/calculations/{calculation}/another", Student),
    ("POST", "/assigned/{assignment}", Class),
    ("GET", "/groups/{group}", Teacher),
    ("GET", "/groups/{group}/now", Teacher),
    ("GET", "/groups/{group}/students/{student}", Teacher),
    ("GET", "/groups/{group}/calculations/{calculation}", Teacher),
    ("GET", "/groups/{group}/assign", Teacher),
    ("POST", "/groups/{group}/assign", Teacher),
    ("GET", "/assignments/{assignment}", Teacher),
    ("GET", "/assignments/{assignment}/preview", Teacher),
    ("GET", "/children/{student}", Guardian),
    ("GET", "/children/{student}/seen", Guardian),
    ("GET", "/support/reports/{report}", Support),
    ("POST", "/support/reports/{report}/close", Support),
    ("GET", "/organiser/events/{event}", Organiser),
    ("POST", "/organiser/events/{event}", Organiser),
    ("POST", "/organiser/events/{event}/take-back", Organiser),
    ("POST", "/organiser/events/{event}/draw", Organiser),
    ("POST", "/api/v1/maraton/events/{event}/draw", Organiser),
    ("GET", "/api/v1/maraton/events/{event}/draw", InEvent),
    ("GET", "/maraton/groups/{group}/diploma", Together),
    ("PUT", "/api/v1/maraton/events/{event}", Organiser),
    ("DELETE", "/api/v1/maraton/events/{event}", Organiser),
    ("POST", "/organiser/events/{event}/public", Organiser),
    ("PUT", "/api/v1/maraton/events/{event}/public", Organiser),
    ("DELETE", "/api/v1/maraton/events/{event}/public", Organiser),
    // After those of an event of one's own, since these are about another's.
    ("POST", "/organiser/events/{event}/join", Organiser),
    ("POST", "/organiser/events/{event}/leave", Organiser),
    ("PUT", "/api/v1/maraton/events/{event}/part", Organiser),
    ("DELETE", "/api/v1/maraton/events/{event}/part", Organiser),
    ("POST", "/maraton/distances/{distance}/return", Teacher),
    ("POST", "/maraton/distances/{distance}/approve", Teacher),
    ("POST", "/maraton/approvals", Teacher),
    ("POST", "/maraton/groups/{group}/approve", Teacher),
    ("POST", "/maraton/distances/{distance}/take-back", Student),
    ("POST", "/assignments/{assignment}/take-back", Teacher),
    ("GET", "/groups/{group}/class-code", Teacher),
    ("GET", "/groups/{group}/class-code/now", Teacher),
    ("POST", "/groups/{group}/class-code", Teacher),
    ("POST", "/groups/{group}/class-code/students/{student}/out", Teacher),
    ("POST", "/groups/{group}/class-code/close", Teacher),
    ("POST", "/devices/{session}/end", Student),
    ("GET", "/groups/{group}/students/{student}/password", Teacher),
    ("POST", "/groups/{group}/students/{student}/password", Teacher),
    ("GET", "/groups/{group}/cards", Teacher),
    ("POST", "/groups/{group}/cards", Teacher),
    ("POST", "/groups/{group}/students/{student}/card/end", Teacher),
    ("POST", "/groups/{group}/cards/end", Teacher),
    ("POST", "/api/v1/calculations/{calculation}/hints", Student),
    ("POST", "/calculations/{calculation}/lines/{line}/appeal", Student),
    ("POST", "/api/v1/calculations/{calculation}/lines/{line}/appeal", Student),
    ("POST", "/groups/{group}/calculations/{calculation}/lines/{line}/appeal", Teacher),
    ("POST", "/api/v1/groups/{group}/calculations/{calculation}/lines/{line}/appeal", Teacher),
    ("POST", "/api/v1/calculations/{calculation}/another", Student),
    ("POST", "/api/v1/assigned/{assignment}", Class),
    ("GET", "/api/v1/groups/{group}", Teacher),
    ("GET", "/api/v1/groups/{group}/now", Teacher),
    ("GET", "/api/v1/groups/{group}/students/{student}", Teacher),
    ("GET", "/api/v1/groups/{group}/calculations/{calculation}", Teacher),
    ("GET", "/api/v1/groups/{group}/exercises", Teacher),
    ("POST", "/api/v1/groups/{group}/assignments", Teacher),
    ("GET", "/api/v1/assignments/{assignment}", Teacher),
    ("GET", "/api/v1/assignments/{assignment}/preview", Teacher),
    ("GET", "/api/v1/children/{student}", Guardian),
    ("GET", "/api/v1/children/{student}/seen", Guardian),
    ("GET", "/api/v1/support/reports/{report}", Support),
    ("POST", "/api/v1/support/reports/{report}/close", Support),
    ("POST", "/api/v1/maraton/distances/{distance}/return", Teacher),
    ("POST", "/api/v1/maraton/distances/{distance}/approve", Teacher),
    ("POST", "/api/v1/maraton/groups/{group}/approve", Teacher),
    ("DELETE", "/api/v1/maraton/distances/{distance}", Student),
    ("POST", "/api/v1/assignments/{assignment}/take-back", Teacher),
    ("GET", "/api/v1/groups/{group}/class-code", Teacher),
    ("POST", "/api/v1/groups/{group}/class-code", Teacher),
    ("DELETE", "/api/v1/groups/{group}/class-code/students/{student}", Teacher),
    ("DELETE", "/api/v1/groups/{group}/class-code", Teacher),
    ("DELETE", "/api/v1/devices/{session}", Student),
    ("POST", "/api/v1/groups/{group}/students/{student}/password", Teacher),
    ("GET", "/api/v1/groups/{group}/cards", Teacher),
    ("POST", "/api/v1/groups/{group}/cards", Teacher),
    ("DELETE", "/api/v1/groups/{group}/students/{student}/card", Teacher),
    ("DELETE", "/api/v1/groups/{group}/cards", Teacher),
    ("GET", "/groups/{group}/steering", Teacher),
    ("GET", "/api/v1/groups/{group}/steering", Teacher),
    ("GET", "/groups/{group}/students/{student}/steering", Teacher),
    ("GET", "/api/v1/groups/{group}/students/{student}/steering", Teacher),
    ("POST", "/groups/{group}/steering", Teacher),
    ("POST", "/api/v1/groups/{group}/steering", Teacher),
    ("POST", "/groups/{group}/students/{student}/steering", Teacher),
    ("POST", "/api/v1/groups/{group}/students/{student}/steering", Teacher),
    ("POST", "/groups/{group}/steering/{steering}/end", Teacher),
    ("DELETE", "/api/v1/groups/{group}/steering/{other_steering}", Teacher),
    ("POST", "/groups/{group}/students/{student}/steering/{own_steering}/end", Teacher),
    ("DELETE", "/api/v1/groups/{group}/students/{student}/steering/{other_own_steering}", Teacher),
    ("GET", "/forgetting/{student}", Officer),
    ("GET", "/api/v1/forgetting/{student}", Officer),
    ("GET", "/forgetting/{student}/forget", Officer),
    ("POST", "/forgetting/{student}/requests/{request}/refuse", Officer),
    ("POST", "/api/v1/forgetting/{student}/requests/{request}/refuse", Officer),
    ("POST", "/forgetting/{student}/holds/{hold}/lift", Officer),
    ("DELETE", "/api/v1/forgetting/{student}/holds/{hold}", Officer),
    ("POST", "/forgetting/{student}/holds", Officer),
    ("POST", "/api/v1/forgetting/{student}/holds", Officer),
    // Held by then, so that nothing comes of it: `forgetting.rs`.
    ("POST", "/forgetting/{student}/forget", Officer),
    ("POST", "/api/v1/forgetting/{student}/forget", Officer),
];

/// Addresses for everybody, signed in or not. What stands in braces here is nobody's.
pub const OPEN: [(&str, &str); 30] = [
    ("GET", "/"),
    ("GET", "/help"),
    ("GET", "/accessibility"),
    ("GET", "/display"),
    ("POST", "/display"),
    ("POST", "/language"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-up"),
    ("POST", "/sign-up"),
    ("GET", "/class"),
    ("POST", "/class"),
    ("POST", "/class/enter"),
    ("GET", "/card"),
    ("POST", "/card"),
    ("POST", "/sign-out"),
    ("POST", "/change-student"),
    ("POST", "/demo/{kind}"),
    // For everybody once its organiser shows it: `public.rs`.
    ("GET", "/maraton/public/{host}/{event}"),
    ("GET", "/api/v1/openapi.json"),
    ("POST", "/api/v1/individuals"),
    ("POST", "/api/v1/session"),
    ("DELETE", "/api/v1/session"),
    ("POST", "/api/v1/tokens"),
    ("POST", "/api/v1/tokens/refresh"),
    ("DELETE", "/api/v1/tokens"),
    ("GET", "/assets/{name}"),
    ("GET", "/health"),
    ("GET", "/ready"),
    // For this machine, or with a token of its own: `metrics.rs`.
    ("GET", "/metrics"),
];

/// Addresses without an id that need somebody.
pub const ROOMS: [(&str, &str); 74] = [
    ("GET", "/today"),
    ("GET", "/map"),
    ("GET", "/done"),
    ("GET", "/groups"),
    ("GET", "/assignments"),
    ("GET", "/school"),
    ("GET", "/controller"),
    ("GET", "/children"),
    ("GET", "/support"),
    ("GET", "/sight"),
    ("GET", "/seen"),
    ("GET", "/report"),
    ("GET", "/maraton"),
    ("GET", "/maraton/diploma"),
    ("GET", "/maraton/standings.csv"),
    ("GET", "/organiser"),
    ("GET", "/organiser/new"),
    ("POST", "/organiser/events"),
    ("POST", "/organiser/invitations"),
    ("GET", "/api/v1/maraton/events"),
    ("POST", "/api/v1/maraton/events"),
    ("POST", "/api/v1/maraton/invitations"),
    ("GET", "/devices"),
    ("POST", "/devices/end-others"),
    ("GET", "/my-data"),
    ("POST", "/my-data/consent"),
    ("GET", "/my-data/copy"),
    ("GET", "/my-data/copy.csv"),
    ("GET", "/my-data/ask"),
    ("POST", "/my-data/ask"),
    ("POST", "/my-data/take-back"),
    ("GET", "/forgetting"),
    ("POST", "/forgetting/find"),
    ("GET", "/my-data/delete"),
    ("POST", "/my-data/delete"),
    ("GET", "/api/v1/me"),
    ("GET", "/api/v1/recommendation"),
    ("GET", "/api/v1/today"),
    ("GET", "/api/v1/plan"),
    ("GET", "/api/v1/done"),
    ("GET", "/api/v1/map"),
    ("GET", "/api/v1/maraton"),
    ("GET", "/api/v1/maraton/distances"),
    ("GET", "/api/v1/maraton/waiting"),
    ("GET", "/api/v1/groups"),
    ("GET", "/api/v1/assignments"),
    ("GET", "/api/v1/children"),
    ("GET", "/api/v1/seen"),
    ("GET", "/api/v1/sight"),
    ("GET", "/api/v1/devices"),
    ("GET", "/api/v1/my-data"),
    ("GET", "/api/v1/my-data/copy"),
    ("GET", "/api/v1/forgetting"),
    ("POST", "/api/v1/find-person"),
    ("POST", "/api/v1/my-data/request"),
    ("DELETE", "/api/v1/my-data/request"),
    ("GET", "/api/v1/schools"),
    ("GET", "/api/v1/controller"),
    ("GET", "/api/v1/support/reports"),
    ("GET", "/api/v1/report"),
    ("POST", "/api/v1/maraton/course"),
    ("POST", "/api/v1/maraton/distances"),
    ("POST", "/api/v1/maraton/tracks"),
    ("POST", "/api/v1/my-data/consent"),
    ("POST", "/api/v1/my-data/delete"),
    ("POST", "/api/v1/report"),
    ("DELETE", "/api/v1/devices"),
    ("POST", "/calculations"),
    ("POST", "/api/v1/calculations"),
    ("POST", "/maraton/course"),
    ("POST", "/maraton/distances"),
    ("POST", "/maraton/tracks"),
    ("POST", "/read"),
    ("POST", "/report"),
];

/// What the source says: method and path of every attribute that makes an address. The preview for authors is a server
/// of its own, which has exercises and nobody's data.
pub fn in_source() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources("src/web".as_ref(), &mut |file, text| {
        if file.contains("/authors/") {
            return;
        }
        let within = if file.contains("/api/") { "/api/v1" } else { "" };
        for method in ["get", "post", "put", "patch", "delete", "route"] {
            let attribute = format!("\n#[{method}(\"");
            for (path, _) in text.split(&attribute).skip(1).filter_map(|rest| rest.split_once('"')) {
                let method = if method == "route" { "GET".to_owned() } else { method.to_uppercase() };
                found.push((method, format!("{within}{path}")));
            }
        }
    });
    found
}

/// The tables above are compared with the source, so that no new address is forgotten: each stands in exactly one.
#[test]
fn every_address_stands_in_one_table() {
    let found = in_source();
    let shape = |path: &str| {
        path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
    };
    let tables: Vec<(&str, &str)> =
        ROUTES.map(|(method, path, _)| (method, path)).into_iter().chain(ROOMS).chain(OPEN).collect();
    for (method, path) in &found {
        let places = tables.iter().filter(|(m, p)| m == method && shape(p) == shape(path)).count();
        assert_eq!(places, 1, "{method} {path} has to stand in one table of this file, with who may use it");
    }
    // `/maraton/approvals` names the distance in its form, so it stands among those with an id.
    for (method, path) in &tables {
        assert!(found.iter().any(|(m, p)| m == method && shape(p) == shape(path)), "{method} {path} is nowhere");
    }
    assert!(ROOMS.iter().all(|(_, path)| !path.contains('{')), "what has an id is tried on everybody's things");
}

/// No address is made but by an attribute, so the attributes are all there are.
#[test]
fn every_service_of_the_route_table_has_an_attribute() {
    let table = std::fs::read_to_string("src/web/routes.rs").unwrap();
    let services = table.matches(".service(").count() - table.matches("web::scope(").count();
    assert_eq!(services, in_source().len(), "an address without an attribute, or an attribute without an address");
    for other in [".route(", "web::resource(", ".external_resource("] {
        assert!(!table.contains(other), "{other} makes an address that no table holds");
    }
}

fn sources(folder: &std::path::Path, look: &mut impl FnMut(&str, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, look);
        } else {
            look(&path.to_string_lossy(), &std::fs::read_to_string(&path).unwrap());
        }
    }
}
