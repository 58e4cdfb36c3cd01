//! The whole server on a database of its own, with people in it: the world of the tests, made anew for each process.

use std::{cell::RefCell, collections::HashMap, future::Future, mem::ManuallyDrop, pin::Pin, rc::Rc, sync::Arc};

use actix_web::{
    body,
    dev::Service,
    http::{StatusCode, header::HeaderMap},
    rt::SystemRunner,
    test,
    web::{Bytes, Data},
};
use stegvis::{
    accounts::{self, Token, Visitor},
    app::App,
    chance::Chance,
    clock::Clock,
    config::Config,
    practice, web,
};
use tempfile::TempDir;
use vault::{Key, KeyStore, Options, Place};

#[expect(dead_code, reason = "the tests of the API use more of it")]
#[expect(clippy::unwrap_used, reason = "a world that cannot be made has failed")]
#[path = "../../tests/api/world.rs"]
mod world;

/// A request that has been put together.
type Request = actix_web::test::TestRequest;
/// What the site says to it; nothing if the library answers before the site is asked.
type Asked = Pin<Box<dyn Future<Output = Answer>>>;

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// The house, which stands until it is left.
pub struct House {
    runner: SystemRunner,
    ask: Box<dyn Fn(Request) -> Asked>,
    pub app: Arc<App>,
    /// What stands in braces in an address or a body, and what is put there.
    pub names: HashMap<&'static str, String>,
}

/// Everybody of the world whom a request may come from.
pub const PEOPLE: [&str; 9] = ["alva", "maria", "gunnar", "rut", "olle", "orvar", "sofia", "ines", "yngve"];

thread_local! {
    /// Never dropped at the end of a thread: what it would use then may have ended before it.
    static HOUSE: RefCell<ManuallyDrop<Option<House>>> = const { RefCell::new(ManuallyDrop::new(None)) };
    /// Where its database lies, until the house is left or its thread ends.
    static FOLDER: RefCell<Option<TempDir>> = const { RefCell::new(None) };
}

/// Does something in this thread's house, which is built at the first time.
pub fn with_house<T>(act: impl FnOnce(&House) -> T) -> T {
    HOUSE.with_borrow_mut(|house| act(house.get_or_insert_with(House::build)))
}

/// Closes this thread's house, if there is one, and takes its database away.
pub fn leave() {
    let Some(House { runner, ask, app, .. }) = HOUSE.with_borrow_mut(|house| house.take()) else { return };
    runner.block_on(app.close());
    drop((ask, app, runner, FOLDER.take()));
}

impl House {
    fn build() -> Self {
        let runner = actix_web::rt::System::new();
        let folder = TempDir::with_prefix("stegvis-fuzz-").unwrap_or_else(|error| panic!("no folder: {error}"));
        let app = runner.block_on(open(&folder));
        let app = Arc::new(app.unwrap_or_else(|error| panic!("the house is not built: {error}")));
        let site = Rc::new(runner.block_on(test::init_service(web::site(Data::from(Arc::clone(&app))))));
        let ask = move |request: Request| -> Asked {
            let site = Rc::clone(&site);
            Box::pin(async move {
                match site.call(request.to_request()).await {
                    Ok(response) => {
                        let (status, headers) = (response.status(), response.headers().clone());
                        let body = body::to_bytes(response.into_body()).await.unwrap_or_default();
                        Answer { status, headers, body }
                    }
                    Err(error) => {
                        let response = error.error_response();
                        let (status, headers) = (response.status(), response.headers().clone());
                        Answer { status, headers, body: Bytes::new() }
                    }
                }
            })
        };
        let names = runner.block_on(names(&app));
        FOLDER.set(Some(folder));
        Self { runner, ask: Box::new(ask), app, names }
    }

    /// Waits for something.
    pub fn wait<T>(&self, what: impl Future<Output = T>) -> T {
        self.runner.block_on(what)
    }

    /// Asks the site.
    pub fn ask(&self, request: Request) -> Answer {
        self.wait((self.ask)(request))
    }

    /// A new session of somebody in the world.
    pub fn session(&self, user_name: &str) -> Option<Token> {
        let password = world::PASSWORD.to_owned();
        self.wait(accounts::sign_in(&self.app, user_name, password, Visitor::default())).ok()
    }

    /// A new pair of tokens of somebody in the world.
    pub fn tokens(&self, user_name: &str) -> Option<accounts::Pair> {
        let password = world::PASSWORD.to_owned();
        self.wait(accounts::open_tokens(&self.app, user_name, password, Visitor::default())).ok()
    }
}

async fn open(folder: &TempDir) -> Result<App, stegvis::app::BuildError> {
    let place = |name| Place::Sqlite { file: folder.path().join(name), key: Key::from_bytes([7; 32]) };
    let keys = KeyStore { beside_data: true, ..KeyStore::new(place("keys.db"), Key::from_bytes([9; 32])) };
    let options = Options::new(place("stegvis.db"), keys);
    let app = App::build_with(config(), options, Clock::still(world::morning()), Chance::seeded(1)).await?;
    app.vault.write(world::make).await?;
    Ok(app)
}

fn config() -> Config {
    let settings = [
        ("STEGVIS_DATABASE__URL", "sqlite:is-given-to-the-vault"),
        ("STEGVIS_LISTEN", "127.0.0.1:0"),
        ("STEGVIS_WORKERS", "1"),
        ("STEGVIS_ACCOUNTS__INDIVIDUALS", "true"),
        // Beyond them every request would be told to wait, and nothing behind that would be reached.
        ("STEGVIS_SIGN_IN__WRONG_FROM_ONE_ADDRESS", "1000000"),
        ("STEGVIS_SIGN_IN__WRONG_IN_ALL", "1000000"),
    ];
    Config::read(None, settings.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())))
        .unwrap_or_else(|error| panic!("settings that are fixed: {error}"))
}

async fn names(app: &App) -> HashMap<&'static str, String> {
    let mut names = HashMap::from([
        ("{group}", world::group("7A").to_string()),
        ("{other-group}", world::group("7B").to_string()),
        ("{student}", world::person("alva").to_string()),
        ("{other-student}", world::person("cleo").to_string()),
        ("{event}", world::event("aspby").to_string()),
        ("{password}", world::PASSWORD.to_owned()),
        ("{key}", "000102030405060708090a0b0c0d0e0f".to_owned()),
    ]);
    for (name, user_name) in [("{calculation}", "alva"), ("{other-calculation}", "bo")] {
        let token = accounts::sign_in(app, user_name, world::PASSWORD.to_owned(), Visitor::default()).await;
        let signed = match token {
            Ok(token) => accounts::signed(app, &token).await.ok().flatten(),
            Err(_) => None,
        };
        if let Some(signed) = signed
            && let Ok(id) = practice::open_next(app, &signed.me).await
        {
            names.insert(name, id.to_string());
        }
    }
    names
}
