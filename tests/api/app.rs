//! The whole server as the tests meet it: built as `stegvis serve` builds it, on a database of its own, with a clock that
//! stands still and chance that repeats, listening on a free port of loopback.

use std::{
    future::Future,
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex, mpsc},
    thread::{self, JoinHandle},
};

use actix_web::dev::ServerHandle;
use stegvis::{
    app::App,
    chance::Chance,
    clock::Clock,
    config::Config,
    exercises::{Item, draw},
    house::House,
    privacy::forgetting::Night,
    web::{self, Tls},
};
use tempfile::TempDir;
use vault::{AssignmentId, CalculationId, Fault, Me, Place, Tx, access, rows, rows::assignments::SetItem};

use crate::{client::Client, ground::Ground, world};

/// A server with its database, both gone when it is dropped.
pub struct TestApp {
    pub clock: Clock,
    /// Present until it is dropped or while it is started again.
    running: Option<Running>,
    ground: Ground,
    /// What is set besides where the database is, by the names of variables.
    settings: Vec<(String, String)>,
    /// What the rounds remember.
    house: Mutex<Option<House>>,
    starts: u64,
}

/// Another server process on the same database.
pub struct Beside(Option<Running>);

struct Running {
    app: Arc<App>,
    address: SocketAddr,
    handle: ServerHandle,
    thread: JoinHandle<()>,
}

impl TestApp {
    pub fn on_sqlite() -> Self {
        Self::on(Ground::Sqlite(TempDir::new().unwrap()))
    }

    /// None where there is no PostgreSQL to test with; see [`Ground::postgres`].
    pub fn on_postgres() -> Option<Self> {
        Ground::postgres().map(Self::on)
    }

    fn on(ground: Ground) -> Self {
        Self::with(ground, &[])
    }

    /// On SQLite, with settings by the names of variables.
    pub fn set(settings: &[(&str, &str)]) -> Self {
        Self::with(Ground::Sqlite(TempDir::new().unwrap()), settings)
    }

    /// The same on PostgreSQL; none where there is none to test with.
    pub fn set_on_postgres(settings: &[(&str, &str)]) -> Option<Self> {
        Ground::postgres().map(|ground| Self::with(ground, settings))
    }

    /// Where the data and the key store are.
    pub fn places(&self) -> [Place; 2] {
        let options = self.ground.options();
        [options.place, options.keys.place]
    }

    fn with(ground: Ground, settings: &[(&str, &str)]) -> Self {
        let clock = Clock::still(world::morning());
        let settings: Vec<_> = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let running = Some(Running::start(&ground, config(&settings), clock.clone(), 1));
        let app = Self { clock, running, ground, settings, house: Mutex::default(), starts: 1 };
        app.write(world::make);
        app
    }

    /// Closes the server and starts another on the same database, as after an update or a power cut.
    pub fn start_again(&mut self) {
        self.stop();
        self.starts += 1;
        self.running = Some(Running::start(&self.ground, config(&self.settings), self.clock.clone(), self.starts));
    }

    /// Closes the server, until it is started again.
    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop();
        }
    }

    /// Closes the vault under the running server.
    pub fn close_vault(&self) {
        wait_for(self.running().app.vault.close());
    }

    /// A second server process on the same database, where there may be one: on PostgreSQL.
    pub fn beside(&self) -> Option<Beside> {
        match self.ground {
            Ground::Sqlite(_) => None,
            Ground::Postgres { .. } => {
                let running = Running::start(&self.ground, config(&self.settings), self.clock.clone(), 99);
                Some(Beside(Some(running)))
            }
        }
    }

    /// The key store, behind the server's back.
    pub fn keys(&self) -> vault::Keys {
        self.running().app.vault.keys().clone()
    }

    /// What the server does once a minute.
    pub fn refresh_signing(&self) {
        wait_for(self.running().app.refresh_signing()).unwrap();
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("the server runs")
    }

    /// `127.0.0.1:PORT`
    pub fn socket(&self) -> SocketAddr {
        self.running().address
    }

    /// `http://127.0.0.1:PORT`
    pub fn address(&self) -> String {
        format!("http://{}", self.running().address)
    }

    /// Somebody who is not signed in.
    pub fn nobody(&self) -> Client {
        Client::new(self.address())
    }

    /// The one with this user name, signed in through the form.
    pub fn signed_in(&self, user_name: &str) -> Client {
        let client = self.nobody();
        let answer = client.post("/sign-in", &[("user_name", user_name), ("password", world::PASSWORD)]);
        assert_eq!((answer.status, answer.location()), (303, "/"), "{user_name} cannot sign in: {}", answer.body);
        client
    }

    /// Student in year 7, in 7A at Ekskolan.
    pub fn alva(&self) -> Client {
        self.signed_in("alva")
    }

    /// Teacher of 7A.
    pub fn maria(&self) -> Client {
        self.signed_in("maria")
    }

    /// Runs `act` in the vault behind the server's back.
    pub fn write<T: Send + 'static>(&self, act: impl Fn(&mut Tx) -> Result<T, Fault> + Send + 'static) -> T {
        wait_for(self.running().app.vault.write(act)).unwrap()
    }

    /// Looks into the vault behind the server's back.
    pub fn read<T: Send + 'static>(&self, look: impl FnOnce(&mut Tx) -> Result<T, Fault> + Send + 'static) -> T {
        wait_for(self.running().app.vault.read(look)).unwrap()
    }

    /// How many persons there are keys of.
    pub fn persons(&self) -> usize {
        let keys = self.running().app.vault.keys();
        keys.controllers().unwrap().into_iter().map(|of| keys.persons(of).unwrap().len()).sum()
    }

    /// What the server does once a night.
    pub fn forget_due(&self) -> Night {
        let app = &self.running().app;
        wait_for(app.vault.write({
            let now = self.clock.now();
            move |tx| vault::rows::nights::trust(tx, now)
        }))
        .unwrap();
        wait_for(app.forget_due(true)).unwrap().unwrap()
    }

    /// The same as the rounds do it: once a day.
    pub fn forget_today(&self) -> Option<Night> {
        wait_for(self.running().app.forget_due(false)).unwrap()
    }

    /// What the server does once a minute, all of it.
    pub fn do_round(&self) {
        let app = &self.running().app;
        let mut house = self.house.lock().unwrap();
        let house = house.get_or_insert_with(|| House::of(app));
        wait_for(async {
            app.do_round(house).await;
            house.finish().await;
        });
    }

    /// How many passwords were checked since the start.
    pub fn checked_passwords(&self) -> u64 {
        self.running().app.passwords.checked()
    }

    /// How many requests are worked on just now.
    pub fn under_way(&self) -> usize {
        self.running().app.admission.under_way()
    }

    /// Who a user name stands for, as sign-in finds out.
    pub fn me(&self, user_name: &'static str) -> Me {
        self.read(move |tx| rows::accounts::credential(tx, user_name)).expect("a user name of the world").proven()
    }

    /// Gives work to a group behind the server's back, active at once.
    pub fn give(&self, teacher: &'static str, to: &'static str, exercises: &[&str]) -> AssignmentId {
        let (me, now) = (self.me(teacher), self.clock.now());
        let new = rows::assignments::NewAssignment {
            id: self.running().app.chance.draw(AssignmentId::random),
            kind: "homework".to_owned(),
            title: format!("Läxa till {to}"),
            given_at: now,
            active_from: now,
            due_at: None,
            items: exercises.iter().map(|id| SetItem { exercise: (*id).to_owned(), seed: 1 }).collect(),
        };
        let id = new.id;
        self.write(move |tx| {
            let group = access::group_to_assign(tx, &me, world::group(to), now).map_err(|_| Fault::Panicked)?;
            rows::assignments::give(tx, &me, &group, None, &new)
        });
        id
    }

    /// The item of one's calculation, given by its address, with its worked solution and known wrong lines.
    pub fn item(&self, of: &'static str, address: &str) -> Item {
        let id: CalculationId = address.rsplit('/').next().unwrap_or_default().parse().unwrap();
        let own = self.me(of).own();
        let seen = self.read(move |tx| Ok(rows::calculations::seen(tx, &own, id).ok()));
        let seen = seen.expect("a calculation of that student");
        let exercise = self.running().app.bank.exercise(&seen.exercise.as_str().into()).unwrap();
        draw(exercise, seen.seed).unwrap()
    }

    /// Opens a recommended task that is solved line by line, with a known wrong line: its address. What is recommended
    /// before it is changed for another.
    pub fn open_lines(&self, of: &'static str, student: &Client) -> String {
        let (mut address, _) = student.follow("/calculations", &[]);
        for _ in 0..60 {
            let item = self.item(of, &address);
            if item.task().is_some() && !item.wrong.is_empty() && item.worked.len() >= 2 {
                return address;
            }
            address = student.follow(&format!("{address}/another"), &[]).0;
        }
        panic!("nothing that is recommended is solved line by line");
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop();
        }
    }
}

impl Beside {
    /// Somebody who is not signed in, at this server.
    pub fn nobody(&self) -> Client {
        let running = self.0.as_ref().expect("it runs until it is dropped");
        Client::new(format!("http://{}", running.address))
    }

    /// What the server does once a minute.
    pub fn refresh_signing(&self) {
        let running = self.0.as_ref().expect("it runs until it is dropped");
        wait_for(running.app.refresh_signing()).unwrap();
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if let Some(running) = self.0.take() {
            running.stop();
        }
    }
}

impl Running {
    fn start(ground: &Ground, config: Config, clock: Clock, seed: u64) -> Self {
        let options = ground.options();
        let (tell, told) = mpsc::channel();
        let thread = thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let mut app = App::build_with(config, options, clock, Chance::seeded(seed)).await.unwrap();
                app.demo = Some(world::demo_accounts());
                let app = Arc::new(app);
                let listener = TcpListener::bind("127.0.0.1:0").unwrap();
                let address = listener.local_addr().unwrap();
                let tls = Tls::of(&app.config, app.clock.now()).unwrap();
                let server = web::server(Arc::clone(&app), listener, tls).unwrap();
                tell.send((Arc::clone(&app), address, server.handle())).unwrap();
                server.await.unwrap();
                app.close().await;
            });
        });
        let (app, address, handle) = told.recv().expect("the server starts");
        Self { app, address, handle, thread }
    }

    fn stop(self) {
        let Self { app, handle, thread, .. } = self;
        drop(app);
        wait_for(handle.stop(true));
        assert!(thread.join().is_ok() || thread::panicking(), "the server ended in a panic");
    }
}

fn config(more: &[(String, String)]) -> Config {
    let settings = [
        ("STEGVIS_DATABASE__URL", "sqlite:is-given-to-the-vault"),
        ("STEGVIS_LISTEN", "127.0.0.1:0"),
        ("STEGVIS_ACCOUNTS__INDIVIDUALS", "true"),
    ];
    let settings = settings.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    Config::load(None, settings.chain(more.iter().cloned())).unwrap()
}

pub fn wait_for<T>(what: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(what)
}

/// Makes of each story a test on SQLite and a test on PostgreSQL.
macro_rules! on_both {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[test]
            fn on_sqlite() {
                super::$story(&mut crate::app::TestApp::on_sqlite());
            }

            #[test]
            fn on_postgres() {
                if let Some(mut app) = crate::app::TestApp::on_postgres() {
                    super::$story(&mut app);
                }
            }
        }
    )+};
}
pub(crate) use on_both;
