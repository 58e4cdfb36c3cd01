//! `stegvis migrate`: opening the vault brings its tables up to date.

use crate::{app::App, chance::Chance, clock::Clock, config::Config};

/// Opens the database, which brings its tables up to date, and closes it again.
///
/// # Errors
/// Whatever keeps the server from starting; each text says what to do.
pub fn migrate(config: Config) -> anyhow::Result<()> {
    let url = config.database.url.clone();
    actix_web::rt::System::new().block_on(async {
        let app = App::build(config, Clock::System, Chance::from_system()?).await?;
        app.close().await;
        println!("The tables of {} are up to date.", without_password(&url));
        Ok(())
    })
}

/// The address without what stands between `//` and `@`.
fn without_password(url: &str) -> String {
    match (url.split_once("//"), url.rsplit_once('@')) {
        (Some((kind, _)), Some((_, place))) => format!("{kind}//…@{place}"),
        _ => url.to_owned(),
    }
}
