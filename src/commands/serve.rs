//! `stegvis serve`: serves until it is told to stop, then finishes what is queued.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
};

use anyhow::Context;

use crate::{
    app::App,
    chance::Chance,
    clock::Clock,
    config::Config,
    web::{self, Tls},
};

/// Serves with this configuration until SIGTERM or Ctrl-C.
///
/// # Errors
/// Whatever keeps the server from starting; each text says what to do.
pub fn serve(config: Config) -> anyhow::Result<()> {
    actix_web::rt::System::new().block_on(async {
        let app = App::build(config, Clock::System, Chance::from_system()?).await?;
        let tls = Tls::of(&app.config, app.clock.now())?;
        let fingerprint = tls.as_ref().and_then(|tls| tls.fingerprint.clone());
        let scheme = if tls.is_some() { "https" } else { "http" };
        until_told(Arc::new(app), tls, |address| {
            println!("Stegvis listens on {scheme}://{address}");
            if let Some(fingerprint) = fingerprint {
                warn_of_trial(&fingerprint);
            }
        })
        .await
    })
}

/// What everyone who tries a self-signed certificate should know.
fn warn_of_trial(fingerprint: &str) {
    println!(
        "\nThe certificate was made just now and is for a trial: nobody vouches for it. Browsers say that the connection \
         is not private, and let you go on under «Advanced». Go on only if the certificate there has this SHA-256:\n\n  \
         {fingerprint}\n\nAt the next start it is another. For real use, set tls.certificate and tls.key."
    );
}

/// Listens, says where, and serves until told to stop.
///
/// # Errors
/// When the address cannot be had.
pub async fn until_told(app: Arc<App>, tls: Option<Tls>, say: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let listen = app.config.listen;
    let listener = TcpListener::bind(listen).with_context(|| {
        format!("cannot listen on {listen}. Is another program there? Choose another address with listen or --listen")
    })?;
    let address = listener.local_addr()?;
    let house = actix_web::rt::spawn(Arc::clone(&app).keep_house());
    let server = web::server(Arc::clone(&app), listener, tls)?;
    say(address);
    server.await?;
    house.abort();
    app.close().await;
    Ok(())
}
