//! Every address that needs somebody, with who may use it; held against the attributes in the source.

/// Who may use an address, of those who can sign in.
#[derive(Clone, Copy, PartialEq)]
pub enum May {
    /// The student whose calculation it is.
    Student,
    /// The students of the group that it was given to.
    Class,
    /// Who teaches the group now.
    Teacher,
}
use May::{Class, Student, Teacher};

/// Every address that has an id. What changes most stands last.
pub const ROUTES: [(&str, &str, May); 27] = [
    ("GET", "/calculations/{calculation}", Student),
    ("GET", "/api/v1/calculations/{calculation}", Student),
    ("POST", "/calculations/{calculation}/lines", Student),
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
    ("POST", "/maraton/distances/{distance}/return", Teacher),
    ("POST", "/maraton/distances/{distance}/approve", Teacher),
    ("POST", "/maraton/approvals", Teacher),
    ("POST", "/assignments/{assignment}/take-back", Teacher),
    ("GET", "/groups/{group}/class-code", Teacher),
    ("GET", "/groups/{group}/class-code/now", Teacher),
    ("POST", "/groups/{group}/class-code", Teacher),
    ("POST", "/groups/{group}/class-code/students/{student}/out", Teacher),
    ("POST", "/groups/{group}/class-code/close", Teacher),
    ("POST", "/devices/{session}/end", Student),
    ("GET", "/groups/{group}/students/{student}/password", Teacher),
    ("POST", "/groups/{group}/students/{student}/password", Teacher),
];

/// Addresses whose part in braces is nobody's.
const NOT_IDS: [&str; 2] = ["/assets/{name}", "/demo/{kind}"];

/// Addresses without an id that need somebody.
pub const ROOMS: [(&str, &str); 16] = [
    ("GET", "/today"),
    ("GET", "/map"),
    ("GET", "/done"),
    ("GET", "/groups"),
    ("GET", "/assignments"),
    ("GET", "/school"),
    ("GET", "/controller"),
    ("GET", "/maraton"),
    ("GET", "/devices"),
    ("POST", "/devices/end-others"),
    ("GET", "/api/v1/me"),
    ("GET", "/api/v1/recommendation"),
    ("POST", "/calculations"),
    ("POST", "/api/v1/calculations"),
    ("POST", "/maraton/distances"),
    ("POST", "/read"),
];

/// The tables above are compared with the attributes in the source, so that no new address is forgotten.
#[test]
fn every_address_with_an_id_stands_in_the_table() {
    let mut found = Vec::new();
    sources("src/web".as_ref(), &mut |file, text| {
        let within = if file.contains("/api/") { "/api/v1" } else { "" };
        for method in ["get", "post", "put", "patch", "delete"] {
            for path in text
                .split(&format!("\n#[{method}(\""))
                .skip(1)
                .filter_map(|rest| rest.split_once('"'))
                .map(|(path, _)| path)
            {
                found.push((method.to_uppercase(), format!("{within}{path}")));
            }
        }
    });
    assert!(found.len() > 30, "{found:?}");
    let shape = |path: &str| {
        path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
    };
    for (method, path) in found.iter().filter(|(_, path)| path.contains('{') && !NOT_IDS.contains(&path.as_str())) {
        let known = ROUTES.iter().any(|(m, p, _)| m == method && shape(p) == shape(path));
        assert!(known, "{method} {path} has an id and is not in the table");
    }
    for (method, path) in ROUTES.map(|(method, path, _)| (method, path)).into_iter().chain(ROOMS) {
        assert!(found.iter().any(|(m, p)| m == method && shape(p) == shape(path)), "{method} {path} is nowhere");
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
