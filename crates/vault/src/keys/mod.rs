//! The key store: a database of its own that never lies with the data, so that deleting somebody's key forgets them in
//! every copy of the data too (`docs/decisions/0011-keys.md`).
//!
//! master key → controller keys → person keys → what is sealed. The master key is handed in; the others lie in the store,
//! each sealed with the one above. Beside them stand the blind indexes, which find somebody by a name without holding
//! it, and the hashes of passwords and of login cards.
//!
//! A change here is on the disk before the function comes back, whatever becomes of the transaction on the data around
//! it: keys come first. A crash in between leaves a key without a person, which opens nothing and gives way when its
//! names are wanted.

mod cards;
pub(crate) mod envelope;
mod erasure;
mod exchanges;
mod people;
mod ring;
mod rotation;
pub(crate) mod schema;
mod sheet;
mod signing;
mod store;

use std::{
    num::NonZeroUsize,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
};

use lru::LruCache;

pub(crate) use self::{
    cards::CardOf,
    exchanges::Exchange,
    people::{Admission, Newcomer},
    store::TURN,
};
pub use self::{
    erasure::{Decided, Mark, REQUEST},
    rotation::Rotated,
    sheet::{check_words, words_go_with},
    signing::SigningKey,
};
use self::{people::PersonKeys, ring::Ring, store::Store};
use crate::{
    Fault, Key, OpenError, Place,
    connection::Connection,
    ids::{ControllerId, PersonId},
};

/// Persons whose keys are kept in memory, some 200 bytes each.
const IN_MEMORY: NonZeroUsize = NonZeroUsize::new(50_000).expect("more than none");

/// Where the keys of a vault are.
#[derive(Clone)]
pub struct KeyStore {
    /// Another file than the data's, or another PostgreSQL database.
    pub place: Place,
    /// What everything in the store is sealed with in the end. It lies in neither.
    pub master: Key,
    /// The store may lie in the folder of the data: for a demo, and for nobody else.
    pub beside_data: bool,
}

impl KeyStore {
    /// A key store that may not lie with the data.
    #[must_use]
    pub const fn new(place: Place, master: Key) -> Self {
        Self { place, master, beside_data: false }
    }

    /// # Errors
    /// [`OpenError::KeysBesideData`] when whoever copies the data would have the keys as well.
    pub fn refuse_beside(&self, data: &Place) -> Result<(), OpenError> {
        let beside = match (&self.place, data) {
            (Place::Sqlite { file: keys, .. }, Place::Sqlite { file: data, .. }) => {
                keys == data || (!self.beside_data && lies_in_folder_of(keys, data))
            }
            (Place::Postgres { url, schema, .. }, Place::Postgres { url: data, schema: of_data, .. }) => {
                url == data && schema == of_data
            }
            _ => false,
        };
        if beside { Err(OpenError::KeysBesideData) } else { Ok(()) }
    }
}

/// Whether `file` lies in the folder of `data` or below it, links followed.
#[must_use]
pub fn lies_in_folder_of(file: &Path, data: &Path) -> bool {
    let folder = |path: &Path| {
        let parent = path.parent()?;
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        Some(parent.canonicalize().unwrap_or_else(|_| parent.to_owned()))
    };
    // The file itself may be a link into the folder.
    let really = file.canonicalize().ok().and_then(|file| folder(&file));
    match folder(data) {
        Some(data) => [folder(file), really].into_iter().flatten().any(|folder| folder.starts_with(&data)),
        None => false,
    }
}

/// An open key store. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Keys(Arc<Inner>);

struct Inner {
    /// Taken before the store, by all; for writing while the master key is exchanged.
    ring: RwLock<Ring>,
    store: Store,
    people: Mutex<LruCache<(ControllerId, PersonId), Arc<PersonKeys>>>,
    /// Some persons may have an older key still.
    unsettled: AtomicBool,
}

impl Keys {
    /// Opens a key store, which is made when it is not there: for what is done to keys alone. A vault opens its own.
    ///
    /// # Errors
    /// [`OpenError::WrongMasterKey`], and what opening a database may fail with.
    pub fn open(options: &KeyStore) -> Result<Self, OpenError> {
        Self::open_for(options, None)
    }

    /// The same for data that go with the key store `expected`; data that are new go with any.
    ///
    /// # Errors
    /// [`OpenError::KeysMissing`] or [`OpenError::ForeignKeys`] when it is not there or another.
    pub(crate) fn open_for(options: &KeyStore, expected: Option<&[u8]>) -> Result<Self, OpenError> {
        let store = Store::open(&options.place, expected.is_some())?;
        let ring = Ring::take(&store, &options.master, expected)?;
        let people = Mutex::new(LruCache::new(IN_MEMORY));
        let unsettled = AtomicBool::new(true);
        Ok(Self(Arc::new(Inner { ring: RwLock::new(ring), store, people, unsettled })))
    }

    /// What the data name this key store by: 16 random bytes.
    pub(crate) fn id(&self) -> Vec<u8> {
        self.0.ring.read().unwrap_or_else(PoisonError::into_inner).id.clone()
    }

    /// The key store's name: 32 hexadecimal digits, of its own and secret to nobody.
    #[must_use]
    pub fn name(&self) -> String {
        self.id().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn read<T>(&self, look: impl FnOnce(&Ring, &mut Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        let ring = self.0.ring.read().unwrap_or_else(PoisonError::into_inner);
        self.0.store.read(|connection| look(&ring, connection))
    }

    /// Reads the store's own tables, for a copy of what is stored.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&mut Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        self.read(|_, connection| look(connection))
    }

    fn write<T>(&self, act: impl FnOnce(&Ring, &mut Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        let ring = self.0.ring.read().unwrap_or_else(PoisonError::into_inner);
        self.0.store.write(|connection| act(&ring, connection))
    }

    /// Forgets what is kept in memory if another process changed keys. To be called once a minute.
    ///
    /// # Errors
    /// When the key store does not answer.
    pub fn refresh(&self) -> Result<(), Fault> {
        if self.read(Ring::is_stale)? {
            self.forget_all();
            self.0.unsettled.store(true, SeqCst);
        }
        Ok(())
    }

    fn forget_all(&self) {
        self.0.people.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn forget(&self, controller: ControllerId, person: PersonId) {
        self.0.people.lock().unwrap_or_else(PoisonError::into_inner).pop(&(controller, person));
    }
}
