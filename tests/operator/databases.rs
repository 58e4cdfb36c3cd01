//! Databases of PostgreSQL's own for a site.

use std::cell::RefCell;

use diesel::{Connection, PgConnection, connection::SimpleConnection};

/// Two databases of PostgreSQL's, gone when they are dropped.
pub struct Databases {
    admin: String,
    pub names: [String; 2],
    /// Beside those of the site.
    more: RefCell<Vec<String>>,
}

impl Databases {
    /// Two empty ones, on the server of this address.
    pub fn make(admin: &str, number: u64) -> Self {
        let names = ["data", "keys"].map(|kind| format!("operator_{}_{number}_{kind}", std::process::id()));
        let databases = Self { admin: admin.to_owned(), names, more: RefCell::default() };
        for name in &databases.names {
            databases.run(&format!("CREATE DATABASE {name}"));
        }
        databases
    }

    /// One more, also empty.
    pub fn add(&self, name: &str) -> String {
        let name = format!("{}_{name}", self.names[0]);
        self.run(&format!("CREATE DATABASE {name}"));
        self.more.borrow_mut().push(name.clone());
        self.url(&name)
    }

    pub fn url(&self, name: &str) -> String {
        let (before, query) = self.admin.split_once('?').map_or((self.admin.as_str(), ""), |(url, query)| (url, query));
        let (server, _) = before.rsplit_once('/').unwrap();
        if query.is_empty() { format!("{server}/{name}") } else { format!("{server}/{name}?{query}") }
    }

    fn run(&self, sql: &str) {
        PgConnection::establish(&self.admin).unwrap().batch_execute(sql).unwrap();
    }
}

impl Drop for Databases {
    fn drop(&mut self) {
        let sign = if self.admin.contains('?') { '&' } else { '?' };
        // A server of the test's own may be gone already, with everything in it, or hang.
        let admin = format!("{}{sign}connect_timeout=10", self.admin);
        for name in self.names.iter().chain(self.more.borrow().iter()) {
            if let Ok(mut connection) = PgConnection::establish(&admin) {
                let dropped = connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                // A second panic would end the other tests as well.
                assert!(dropped.is_ok() || std::thread::panicking(), "{name} is still there: {dropped:?}");
            }
        }
    }
}
