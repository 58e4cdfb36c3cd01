//! Somebody at a browser or a program: keeps cookies, follows nothing by itself, and reads pages by looking for text.

use std::{fmt::Write, time::Duration};

use ureq::{Agent, http};

/// One browser.
pub struct Client {
    agent: Agent,
    address: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: http::HeaderMap,
    pub body: String,
}

/// What a browser says with a form of our own page.
pub const OWN_PAGE: (&str, &str) = ("sec-fetch-site", "same-origin");
/// What our own script says with a form.
const FRAGMENT: (&str, &str) = ("x-fragment", "line");

impl Client {
    pub fn new(address: String) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // An answer that never comes is a failure, and no reason for the other tests to wait.
            .timeout_global(Some(Duration::from_mins(3)))
            // Well before the server lets go of an idle connection, so that the two never do so at the same moment.
            .max_idle_age(Duration::from_secs(2));
        Self { agent: config.build().new_agent(), address }
    }

    /// Any request. `path` begins with a slash.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.try_ask(method, path, headers, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// The same where the server may be gone before it has answered.
    pub fn try_ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Answer, ureq::Error> {
        let mut request = http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answered = match method {
            "GET" | "HEAD" | "DELETE" => self.agent.run(request.body(()).unwrap()),
            _ => self.agent.run(request.body(body.to_owned()).unwrap()),
        };
        let mut response = answered?;
        Ok(Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.body_mut().read_to_string()?,
        })
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    /// A page that has to be there.
    pub fn page(&self, path: &str) -> Answer {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "GET {path}: {}", answer.body);
        answer
    }

    /// A form of our own page.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, &[OWN_PAGE], fields)
    }

    /// A form as our own script sends it.
    pub fn post_fragment(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, &[OWN_PAGE, FRAGMENT], fields)
    }

    /// A form with exactly these headers besides its own.
    pub fn post_with(&self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
        all.extend(headers);
        self.ask("POST", path, &all, &form(fields))
    }

    /// A form that leads on to another page, and that page.
    pub fn follow(&self, path: &str, fields: &[(&str, &str)]) -> (String, Answer) {
        let answer = self.post(path, fields);
        assert_eq!(answer.status, 303, "POST {path}: {}", answer.body);
        let to = answer.location().to_owned();
        let page = self.page(to.split('#').next().unwrap_or_default());
        (to, page)
    }

    /// A form with a file, as a browser sends it; the file comes last.
    pub fn post_file(&self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)], file: &[u8]) -> Answer {
        const BOUNDARY: &str = "----formboundary5f2c";
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.bytes());
        }
        let head = "content-disposition: form-data; name=\"file\"; filename=\"Runda hemma.gpx\"\r\n\
            content-type: application/octet-stream\r\n\r\n";
        body.extend(format!("--{BOUNDARY}\r\n{head}").bytes());
        body.extend(file);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let mut all = vec![("content-type", kind.as_str())];
        all.extend(headers);
        self.post_bytes(path, &all, &body)
    }

    /// Any bytes.
    pub fn post_bytes(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = http::Request::builder().method("POST").uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = self.agent.run(request.body(body.to_vec()).unwrap()).unwrap();
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.body_mut().read_to_string().unwrap(),
        }
    }

    /// A body of JSON.
    pub fn post_json(&self, path: &str, body: &serde_json::Value) -> Answer {
        self.ask("POST", path, &[OWN_PAGE, ("content-type", "application/json")], &body.to_string())
    }

    /// `127.0.0.1:PORT`
    pub fn host(&self) -> &str {
        self.address.trim_start_matches("http://")
    }

    /// The value of a cookie that the browser keeps.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.agent.cookie_jar_lock().get("127.0.0.1", "/", name).map(|cookie| cookie.value().to_owned())
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
    pairs.join("&")
}

fn percent(text: &str) -> String {
    let mut written = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => written.push(char::from(byte)),
            other => write!(written, "%{other:02X}").unwrap(),
        }
    }
    written
}

impl Answer {
    /// A header's text; empty if it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The names of all headers, sorted; without `connection`, which is about the connection alone.
    pub fn header_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.headers.keys().map(http::HeaderName::as_str).collect();
        names.retain(|name| *name != "connection");
        names.sort_unstable();
        names
    }

    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect()
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.body))
    }

    /// The `code` of `application/problem+json`, or the one that a page about a problem shows.
    pub fn problem(&self) -> String {
        if self.header("content-type").starts_with("application/problem+json") {
            return self.json()["code"].as_str().unwrap_or_default().to_owned();
        }
        let told = self.between("Kod: ", "<").or_else(|| self.between("Code: ", "<"));
        told.unwrap_or_default().to_owned()
    }

    pub fn shows(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    #[track_caller]
    pub fn must_show(&self, text: &str) {
        assert!(self.shows(text), "«{text}» is missing in {}", self.body);
    }

    #[track_caller]
    pub fn must_not_show(&self, text: &str) {
        assert!(!self.shows(text), "«{text}» stands in {}", self.body);
    }

    /// What stands between the first `from` and the next `to`.
    pub fn between(&self, from: &str, to: &str) -> Option<&str> {
        self.body.split_once(from)?.1.split_once(to).map(|(between, _)| between)
    }

    /// Every place between `from` and `to`, in order.
    pub fn every(&self, from: &str, to: &str) -> Vec<&str> {
        self.body.split(from).skip(1).filter_map(|rest| rest.split_once(to).map(|(between, _)| between)).collect()
    }

    /// The verdicts of the lines on the page, first to last.
    pub fn verdicts(&self) -> Vec<&str> {
        self.every("data-verdict=\"", "\"")
    }

    /// The value of the first field with this name, as it stands in the page.
    pub fn field(&self, name: &str) -> Option<&str> {
        let (_, after) = self.body.split_once(&format!("name=\"{name}\""))?;
        let tag = after.split_once('>')?.0;
        tag.split_once("value=\"")?.1.split_once('"').map(|(value, _)| value)
    }
}

/// A browser's key for a line or a distance; the same number gives the same key.
pub fn key(number: u32) -> String {
    format!("{number:032x}")
}
