//! What the server counts: in the grammar of OpenMetrics, of the right things, of nobody, and for nobody else.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
};

use tempfile::NamedTempFile;

use crate::{
    app::{TestApp, on_both},
    client::{Answer, key},
    world,
};

on_both!(what_happens_is_counted, nothing_of_anybody_is_told);

const TOKEN: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// A family: its kind, and each of its values by the text before it.
#[derive(Default)]
struct Family {
    kind: String,
    values: BTreeMap<String, f64>,
}

/// Reads OpenMetrics 1.0 as strictly as it is written down, as far as it is met here.
fn read(answer: &Answer) -> BTreeMap<String, Family> {
    assert_eq!(answer.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    let text = answer.body.strip_suffix("# EOF\n").expect("it ends with its end");
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    let mut now = String::new();
    for line in text.lines() {
        assert!(!line.is_empty() && line.trim() == line, "«{line}»");
        if let Some(about) = line.strip_prefix("# ") {
            let mut words = about.splitn(3, ' ');
            let (what, name, rest) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
            match what {
                "HELP" => {
                    assert!(!families.contains_key(name), "{name} comes once");
                    families.insert(name.to_owned(), Family::default());
                    name.clone_into(&mut now);
                    assert!(!rest.is_empty());
                }
                "TYPE" => rest.clone_into(&mut families.get_mut(name).unwrap().kind),
                "UNIT" => assert!(name.ends_with(&format!("_{rest}")), "{name}"),
                other => panic!("{other}"),
            }
            continue;
        }
        let (sample, value) = line.rsplit_once(' ').unwrap();
        let family = families.get_mut(&now).unwrap();
        is_of(sample, &now, &family.kind);
        let before = family.values.insert(sample.to_owned(), value.parse().unwrap());
        assert!(before.is_none(), "{sample} comes once");
    }
    families.values().filter(|family| family.kind == "histogram").for_each(goes_up);
    families
}

/// Holds a sample's name against its family and kind, and its labels against their grammar.
fn is_of(sample: &str, family: &str, kind: &str) {
    let (name, labels) = sample.split_once('{').map_or((sample, None), |(name, labels)| (name, Some(labels)));
    let end = name.strip_prefix(family).unwrap_or_else(|| panic!("{sample} is not of {family}"));
    let ends: &[&str] = match kind {
        "counter" => &["_total"],
        "gauge" => &[""],
        "info" => &["_info"],
        "histogram" => &["_bucket", "_count", "_sum"],
        other => panic!("{other}"),
    };
    assert!(ends.contains(&end), "{sample} is a {kind}");
    assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
    let Some(labels) = labels else { return };
    let labels = labels.strip_suffix("\"}").unwrap();
    for label in labels.split("\",") {
        let (name, value) = label.split_once("=\"").unwrap();
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{sample}");
        assert!(!value.contains(['"', '\\']), "{sample}");
    }
}

/// The buckets of a histogram go up to the count.
fn goes_up(family: &Family) {
    let mut buckets: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for (sample, value) in &family.values {
        let Some((before, rest)) = sample.split_once("le=\"") else { continue };
        let (end, after) = rest.split_once('"').unwrap();
        let end = if end == "+Inf" { f64::INFINITY } else { end.parse().unwrap() };
        buckets.entry(format!("{before}{after}")).or_default().push((end, *value));
    }
    for (of, mut buckets) in buckets {
        buckets.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(buckets.is_sorted_by(|one, other| one.1 <= other.1), "{of}");
        assert!(buckets.last().unwrap().0.is_infinite(), "{of}");
    }
}

fn values(app: &TestApp) -> BTreeMap<String, f64> {
    let answer = app.nobody().page("/metrics");
    read(&answer).into_values().flat_map(|family| family.values).collect()
}

fn what_happens_is_counted(app: &mut TestApp) {
    let before = values(app);
    let alva = app.alva();
    app.nobody().post("/sign-in", &[("user_name", "bo"), ("password", "fel")]);
    let (address, _) = alva.follow("/calculations", &[]);
    let item = app.item("alva", &address);
    alva.follow(&format!("{address}/lines"), &[("line", "2 + (§"), ("key", &key(1))]);
    alva.follow(&format!("{address}/lines"), &[("line", item.worked.last().unwrap()), ("key", &key(2))]);
    let mut stream = TcpStream::connect(app.socket()).unwrap();
    stream.write_all(b"BREW /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
    app.maria().page(&format!("/groups/{}", world::group("7A")));
    let after = values(app);
    let grown = |sample: &str| {
        let value = after.get(sample).unwrap_or_else(|| panic!("{sample} is not there: {after:?}"));
        value - before.get(sample).copied().unwrap_or_default()
    };
    for (sample, by) in [
        ("stegvis_lines_total{verdict=\"unreadable\"}", 1.0),
        ("stegvis_lines_total{verdict=\"goal\"}", 1.0),
        ("stegvis_lines_total{verdict=\"wrong\"}", 0.0),
        ("stegvis_sign_ins_total{way=\"password\",end=\"ok\"}", 2.0),
        ("stegvis_sign_ins_total{way=\"password\",end=\"refused\"}", 1.0),
        ("stegvis_http_requests_total{route=\"/calculations/{id}/lines\",method=\"POST\",status=\"3xx\"}", 2.0),
        ("stegvis_http_requests_total{route=\"/groups/{group}\",method=\"GET\",status=\"2xx\"}", 1.0),
        ("stegvis_http_request_duration_seconds_count{route=\"/calculations/{id}/lines\"}", 2.0),
        ("stegvis_password_queue_length", 0.0),
        ("stegvis_vault_connections_in_use", 0.0),
        ("stegvis_vault_queue_length", 0.0),
    ] {
        assert!((grown(sample) - by).abs() < 1e-9, "{sample}: {}", grown(sample));
    }
    for sample in [
        "stegvis_vault_writes_total",
        "stegvis_vault_writes_kept_total",
        "stegvis_vault_reads_total",
        "stegvis_vault_write_duration_seconds_count",
        "stegvis_vault_read_duration_seconds_count",
        "stegvis_vault_audit_entries_total",
    ] {
        assert!(grown(sample) > 0.0, "{sample}");
    }
    assert!(after["process_resident_memory_bytes"] > 1e6 && after["process_open_fds"] > 3.0);
    assert_eq!(after["process_start_time_seconds"], (world::morning().0 / 1000) as f64);
    assert!((after["stegvis_http_requests_under_way"] - 1.0).abs() < 1e-9, "the one that asks");
    let other = after.keys().find(|sample| sample.contains("BREW") || sample.contains("nowhere"));
    assert_eq!(other, None, "what a client makes up is no label");
    assert!(after.keys().any(|sample| sample.contains("method=\"other\"")));
}

fn nothing_of_anybody_is_told(app: &mut TestApp) {
    const MARK: &str = "märkeundertid";
    let alva = app.alva();
    let (address, _) = alva.follow("/calculations", &[]);
    alva.follow(&format!("{address}/lines"), &[("line", MARK), ("key", &key(1))]);
    app.nobody().post("/sign-in", &[("user_name", MARK), ("password", MARK)]);
    for path in [format!("/{MARK}"), format!("/calculations/{MARK}"), format!("/assets/{MARK}?{MARK}={MARK}")] {
        let path = path.replace('ä', "%C3%A4");
        alva.get(&path);
    }
    alva.ask("GET", "/today", &[("user-agent", "markagent"), ("referer", "http://markhost/")], "");
    let told = app.nobody().page("/metrics").body;
    let id = address.rsplit('/').next().unwrap();
    for never in [MARK, "rkeundertid", "mark", id, "alva", "Alva", "Lind", "127.0.0.1", "Ekskolan", "Aspby", "7A"] {
        assert!(!told.contains(never), "{never} stands in {told}");
    }
    let person = world::person("alva").to_string();
    assert!(!told.contains(&person));
}

#[test]
fn behind_a_proxy_loopback_opens_nothing() {
    let app = TestApp::set(&[("STEGVIS_PROXY__SPEAKS_TLS", "true")]);
    assert_eq!(app.nobody().get("/metrics").status, 404);
    // A proxy that nobody told the server of shows itself by what it adds.
    let app = TestApp::set(&[]);
    assert_eq!(app.nobody().get("/metrics").status, 200);
    for header in ["x-forwarded-for", "forwarded", "via", "x-real-ip"] {
        assert_eq!(app.nobody().ask("GET", "/metrics", &[(header, "192.0.2.1")], "").status, 404, "{header}");
    }
    assert_eq!(app.nobody().post("/metrics", &[]).status, 404);
}

#[test]
fn the_token_opens_it_from_anywhere_and_another_one_does_not() {
    let file = NamedTempFile::new().unwrap();
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(file.path(), format!("{TOKEN}\n")).unwrap();
    let file = file.path().to_str().unwrap();
    let app = TestApp::set(&[("STEGVIS_PROXY__SPEAKS_TLS", "true"), ("STEGVIS_METRICS__TOKEN_FILE", file)]);
    let with = |token: &str| app.nobody().ask("GET", "/metrics", &[("authorization", token)], "").status;
    assert_eq!(with(&format!("Bearer {TOKEN}")), 200);
    let wrong = TOKEN.replace("ff", "fe");
    for token in ["Bearer", "Bearer 0", "Basic 00", "", &format!("Bearer {wrong}"), &format!("Bearer {TOKEN}0"), TOKEN]
    {
        assert_eq!(with(token), 404, "{token}");
    }
}
