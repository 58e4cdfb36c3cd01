//! A bank from a folder on disk, for authors who try their files before they are built in.

use std::io;
use std::path::Path;

use super::material::FILE;

/// The texts of `folder/<strand>/<skill>.toml` and, if it is there, of `folder/materials.toml`, as [`Bank::read`](super::Bank::read) takes them.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn read_folder(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for strand in folder.read_dir()? {
        let strand = strand?;
        if strand.file_name() == FILE {
            texts.push((FILE.to_owned(), std::fs::read_to_string(strand.path())?));
        }
        if !strand.file_type()?.is_dir() {
            continue;
        }
        for file in strand.path().read_dir()? {
            let file = file?;
            if file.path().extension().is_some_and(|e| e == "toml") {
                let place = format!("{}/{}", strand.file_name().to_string_lossy(), file.file_name().to_string_lossy());
                texts.push((place, std::fs::read_to_string(file.path())?));
            }
        }
    }
    texts.sort();
    Ok(texts)
}
