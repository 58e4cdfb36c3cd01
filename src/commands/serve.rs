//! `stegvis serve`: serves until it is told to stop, then finishes what is queued.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
};

use anyhow::Context;

use crate::{app::App, chance::Chance, clock::Clock, config::Config, web};

/// Serves with this configuration until SIGTERM or Ctrl-C.
///
/// # Errors
/// Whatever keeps the server from starting; each text says what to do.
pub fn serve(config: Config) -> anyhow::Result<()> {
    actix_web::rt::System::new().block_on(async {
        let app = App::build(config, Clock::System, Chance::from_system()?).await?;
        until_told(Arc::new(app), |address| println!("Stegvis listens on http://{address}")).await
    })
}

/// Listens, says where, and serves until told to stop.
///
/// # Errors
/// When the address cannot be had.
pub async fn until_told(app: Arc<App>, say: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let listen = app.config.listen;
    let listener = TcpListener::bind(listen).with_context(|| {
        format!("cannot listen on {listen}. Is another program there? Choose another address with listen or --listen")
    })?;
    let address = listener.local_addr()?;
    let house = actix_web::rt::spawn(Arc::clone(&app).keep_house());
    let server = web::server(Arc::clone(&app), listener)?;
    say(address);
    server.await?;
    house.abort();
    app.close().await;
    Ok(())
}
