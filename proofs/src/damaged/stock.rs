//! The copies that harm is done to, and those that are wrong from the beginning.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use age::x25519::{Identity, Recipient};
use anyhow::{Context, ensure};
use diesel::{Connection, PgConnection, connection::SimpleConnection};
use rand::{RngExt, rngs::StdRng};
use stegvis::chance::Chance;
use vault::{
    Key, Millis, Place,
    care::{self, CopyKeys, Part},
};

use super::{Plan, files};
use crate::{
    place::{self, Place as Ground},
    world::{self, Size},
};

const SIZE: Size = Size { schools: 1, groups: 1, students: 12, calculations: 2, individuals: 1 };

/// Copies of one house.
pub(super) struct Stock {
    pub good: Vec<u8>,
    /// Another good one of the same house.
    pub other: Vec<u8>,
    pub other_key: Vec<u8>,
    pub keys_copy: Vec<u8>,
    pub newer: Vec<u8>,
    /// Bytes of the good copy before age's first piece.
    pub header: usize,
    /// What is in the good one.
    within: Vec<u8>,
    pub keys: CopyKeys,
    recipient: Recipient,
    /// Where they are to be brought back.
    pub target: Place,
    folder: PathBuf,
    // Their databases go with them.
    _grounds: Vec<Ground>,
}

impl Stock {
    pub fn make(within: &Path, plan: &Plan) -> anyhow::Result<Self> {
        let ground = |admin: &Option<String>| match admin {
            Some(admin) => Ground::on_postgres(admin, within),
            None => Ground::on_sqlite(within),
        };
        let house = ground(&plan.postgres)?;
        tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
            let app = house.app(Chance::seeded(plan.seed), |_| {}).await?;
            world::make(&app, SIZE).await?;
            app.close().await;
            anyhow::Ok(())
        })?;
        let config = house.config()?;
        let data = stegvis::app::place(&config.database)?;
        let store = stegvis::keys::store(&config, &data)?;
        if plan.postgres.is_some() {
            // Its dumps are compressed, and more than one of age's pieces is wanted.
            run(&data, "CREATE TABLE filling AS SELECT gen_random_uuid() AS chance FROM generate_series(1, 20000)")?;
        }
        let mine = Identity::generate();
        let keys = CopyKeys::of(&store.master)?.with_recipients(&[mine.to_public().to_string()])?;
        let copies = within.join("copies");
        fs::create_dir(&copies)?;
        let copy = |name: &str, of: &Place, part: Part, keys: &CopyKeys| {
            let file = copies.join(name);
            care::copy(of, part, &file, keys, Millis(1_795_655_700_123))?;
            anyhow::Ok(fs::read(file)?)
        };
        let good = copy("good", &data, Part::Data, &keys)?;
        let other = copy("other", &data, Part::Data, &keys)?;
        let other_key = copy("other-key", &data, Part::Data, &CopyKeys::of(&Key::from_bytes([1; 32]))?)?;
        let keys_copy = copy("keys", &store.place, Part::Keys, &keys)?;
        run(&data, "INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101000000')")?;
        let newer = copy("newer", &data, Part::Data, &keys)?;
        let recipient = keys.recipient().context("the master key is there")?;
        let recipient: Recipient = recipient.parse().map_err(|why| anyhow::anyhow!("{why}"))?;
        let opened = open(&good, &mine)?;
        let end = good.windows(4).position(|bytes| bytes == b"--- ").context("an end of age's header")?;
        let header = end + good[end..].iter().position(|byte| *byte == b'\n').context("a line")? + 1 + 16;
        ensure!(good.len() > header + 3 * (1 << 16), "a copy of several pieces");
        let (target, folder, mut grounds) = (within.join("target"), within.join("target"), vec![house]);
        fs::create_dir(&target)?;
        let target = match &data {
            Place::Sqlite { key, .. } => Place::Sqlite { file: target.join("stegvis.db"), key: key.clone() },
            Place::Postgres { .. } => {
                let empty = ground(&plan.postgres)?;
                let place = stegvis::app::place(&empty.config()?.database)?;
                grounds.push(empty);
                place
            }
        };
        let _grounds = grounds;
        let within = opened;
        Ok(Self { good, other, other_key, keys_copy, newer, header, within, keys, recipient, target, folder, _grounds })
    }

    /// The line that a copy begins with, within.
    pub fn line(&self) -> &[u8] {
        let end = self.within.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        &self.within[..end]
    }

    pub fn within_but_for_a_bit(&self, chance: &mut StdRng) -> Vec<u8> {
        let mut bytes = self.within.clone();
        // Not in the line, which may say something else that is right as well.
        let at = chance.random_range(self.line().len()..bytes.len());
        bytes[at] ^= 1 << chance.random_range(0..8);
        bytes
    }

    /// Encrypts anything for the key that opens copies: for that nobody needs to have it.
    pub fn seal(&self, bytes: &[u8]) -> Vec<u8> {
        let sealed = || -> anyhow::Result<Vec<u8>> {
            let recipients = std::iter::once(&self.recipient as &dyn age::Recipient);
            let mut out = age::Encryptor::with_recipients(recipients)?.wrap_output(Vec::new())?;
            out.write_all(bytes)?;
            Ok(out.finish()?)
        };
        sealed().unwrap_or_else(|error| unreachable!("memory takes it: {error}"))
    }

    /// Whether there is still nothing in the place where copies are to be brought back.
    pub fn is_untouched(&self) -> anyhow::Result<bool> {
        match &self.target {
            Place::Sqlite { .. } => Ok(files(&self.folder)?.is_empty()),
            place @ Place::Postgres { .. } => Ok(care::tables(place, Part::Data)? == care::Tables::Absent),
        }
    }

    pub fn clear(&self) -> anyhow::Result<()> {
        match &self.target {
            Place::Sqlite { .. } => files(&self.folder)?.into_iter().try_for_each(|file| Ok(fs::remove_file(file)?)),
            place @ Place::Postgres { .. } => run(place, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"),
        }
    }
}

fn run(place: &Place, sql: &str) -> anyhow::Result<()> {
    match place {
        Place::Sqlite { file, .. } => place::open(&file.display().to_string())?.batch_execute(sql)?,
        Place::Postgres { url, .. } => PgConnection::establish(url)?.batch_execute(sql)?,
    }
    Ok(())
}

fn open(copy: &[u8], mine: &Identity) -> anyhow::Result<Vec<u8>> {
    let decryptor = age::Decryptor::new_buffered(copy)?;
    let mut bytes = Vec::new();
    decryptor.decrypt(std::iter::once(mine as &dyn age::Identity))?.read_to_end(&mut bytes)?;
    Ok(bytes)
}
