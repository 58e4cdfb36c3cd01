//! `stegvis exercises preview`: the exercises as students meet them, read anew from their files for every page.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::config::is_loopback;
use crate::web::{self, Shelf};

/// Serves the preview until Ctrl-C.
///
/// # Errors
/// An address that others can reach, one that is taken, or a server that ends.
pub(super) fn run(folder: Option<PathBuf>, listen: SocketAddr) -> anyhow::Result<()> {
    if !is_loopback(listen.ip()) {
        bail!(
            "the preview asks nobody for a password, so it is for this machine only and does not listen on {listen}. \
             Leave --listen away, or give 127.0.0.1 with another port"
        )
    }
    if let Some(folder) = folder.as_ref().filter(|folder| !folder.is_dir()) {
        bail!("{} is no folder; name the folder that holds the strands", folder.display())
    }
    let listener = TcpListener::bind(listen).with_context(|| {
        format!("cannot listen on {listen}. Give --listen another port, such as 127.0.0.1:0 for any")
    })?;
    println!("The exercises as students meet them: point your browser to http://{}", listener.local_addr()?);
    match &folder {
        Some(folder) => println!("Change a file in {} and load the page anew. Ctrl-C ends it.", folder.display()),
        None => println!("These are the program's own; --folder shows those of a folder. Ctrl-C ends it."),
    }
    actix_web::rt::System::new().block_on(web::preview(Shelf::new(folder), listener)?).context("the preview ended")
}
