//! `stegvis serve`: serves until it is told to stop, then lets everybody finish and writes what is queued.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::dev::ServerHandle;
use anyhow::{Context, bail};
use sd_notify::NotifyState;
use tokio::signal::unix::{Signal, SignalKind, signal};

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
/// Whatever keeps the server from starting; each text says what to do. Also when it was told to stop twice, and so did
/// not let everybody finish.
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
/// When the address cannot be had, or it was told to stop twice.
pub async fn until_told(app: Arc<App>, tls: Option<Tls>, say: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let listen = app.config.listen;
    let listener = TcpListener::bind(listen).with_context(|| {
        format!("cannot listen on {listen}. Is another program there? Choose another address with listen or --listen")
    })?;
    let address = listener.local_addr()?;
    let mut told = Told::listen().context("cannot hear when to stop")?;
    let house = actix_web::rt::spawn(Arc::clone(&app).keep_house());
    let server = web::server(Arc::clone(&app), listener, tls)?;
    let handle = server.handle();
    let mut serving = actix_web::rt::spawn(server);
    say(address);
    tell_systemd(&[NotifyState::Ready]);
    let end = tokio::select! {
        ended = &mut serving => {
            ended.context("the server ended")?.context("the server ended")?;
            End::Finished
        }
        () = told.once() => stop(&app, &handle, &mut told).await,
    };
    house.abort();
    app.close().await;
    match end {
        End::Finished => Ok(()),
        End::CutShort => bail!("told to stop twice: what was acknowledged is stored, but some were not answered"),
    }
}

/// How serving ended.
enum End {
    Finished,
    CutShort,
}

/// First /ready says no, then nobody new is let in, then everybody finishes. Told once more, it ends at once.
async fn stop(app: &App, handle: &ServerHandle, told: &mut Told) -> End {
    app.begin_to_stop();
    tell_systemd(&[NotifyState::Stopping]);
    tracing::info!("told to stop");
    let everybody_finishes = async {
        tokio::time::sleep(Duration::from_secs(app.config.stopping.notice_seconds.into())).await;
        handle.stop(true).await;
    };
    tokio::select! {
        () = everybody_finishes => End::Finished,
        // The server's own threads would wait for those who are under way; they end with the process.
        () = told.once() => End::CutShort,
    }
}

/// The signals that tell the server to stop.
struct Told {
    terminate: Signal,
    interrupt: Signal,
}

impl Told {
    fn listen() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn once(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Tells systemd, if it is there and wants to know (`Type=notify`).
fn tell_systemd(what: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(what) {
        tracing::warn!(%error, "systemd could not be told");
    }
}
