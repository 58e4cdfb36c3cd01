//! `stegvis model`: the student models, from what they were made from.

use std::sync::Arc;

use vault::access;

use super::Settings;
use crate::{
    app::App,
    chance::Chance,
    clock::Clock,
    practice::{PracticeError, Rebuilt, rebuild},
};

/// Students who are looked at in one write.
const AT_ONCE: usize = 50;
/// How often a student is tried again who practises meanwhile.
const TRIES: u32 = 20;

/// What `stegvis model` is told.
#[derive(clap::Args)]
pub(super) struct ModelCommand {
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// Make every student's model anew from the stored responses, and store it where it differs
    Rebuild {
        #[command(flatten)]
        settings: Settings,
    },
}

impl ModelCommand {
    /// Does it, on the database that the settings name; also while a server uses it, where that is allowed.
    ///
    /// # Errors
    /// Whatever keeps the server from starting; somebody who never stops practising.
    pub fn run(self) -> anyhow::Result<()> {
        let Act::Rebuild { settings } = self.act;
        let config = settings.load()?;
        actix_web::rt::System::new().block_on(async {
            let app = App::build(config, Clock::System, Chance::from_system()?).await?;
            let done = rebuild_all(&app).await;
            app.close().await;
            let (students, mended) = done?;
            println!("{students} students looked at: {mended} models were stored otherwise and are mended.");
            Ok(())
        })
    }
}

/// How many students there are, and how many models differed.
async fn rebuild_all(app: &App) -> anyhow::Result<(usize, usize)> {
    let all = app.vault.read(access::every_student).await?;
    let mut mended = 0;
    for some in all.chunks(AT_ONCE) {
        let mut left = some.to_vec();
        for _ in 0..TRIES {
            let (bank, these) = (Arc::clone(&app.bank), left.clone());
            let done = app
                .vault
                .write(move |tx| {
                    these.iter().map(|own| rebuild(tx, &bank, own)).collect::<Result<Vec<_>, PracticeError>>()
                })
                .await?;
            mended += done.iter().filter(|one| **one == Rebuilt::Mended).count();
            left =
                left.into_iter().zip(done).filter(|(_, one)| *one == Rebuilt::Collided).map(|(own, _)| own).collect();
            if left.is_empty() {
                break;
            }
        }
        anyhow::ensure!(left.is_empty(), "{} students practise without a pause; try again", left.len());
    }
    Ok((all.len(), mended))
}
