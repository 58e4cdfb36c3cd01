//! Writes FIT files for the tests, message by message, also such as no library writes.

/// A file that is being written.
pub struct FitFile {
    big_endian: bool,
    records: Vec<u8>,
}

/// Fields of four bytes and of one.
pub enum Field {
    Four(u8, u32),
    One(u8, u8),
}

pub const FILE_ID: u16 = 0;
pub const SESSION: u16 = 18;
pub const LAP: u16 = 19;
pub const RECORD: u16 = 20;
pub const EVENT: u16 = 21;
pub const STAMP: u8 = 253;
/// 2027-05-01T08:00:00Z, counted from the end of 1989.
pub const BEGAN: u32 = 1_178_092_800;

impl FitFile {
    /// For a purpose by its number, 4 being an activity.
    pub fn of(purpose: u8, big_endian: bool) -> Self {
        let mut file = Self { big_endian, records: Vec::new() };
        file.message(FILE_ID, &[Field::One(0, purpose)]);
        file
    }

    pub fn activity() -> Self {
        Self::of(4, false)
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        self.records.extend_from_slice(bytes);
    }

    /// A definition as local message 0.
    pub fn define(&mut self, message: u16, fields: &[Field]) {
        let order = |value: u16| if self.big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
        let [one, two] = order(message);
        let mut bytes = vec![0x40, 0, self.big_endian.into(), one, two, fields.len() as u8];
        for field in fields {
            bytes.extend(match field {
                Field::Four(number, _) => [*number, 4, 0x86],
                Field::One(number, _) => [*number, 1, 0x00],
            });
        }
        self.raw(&bytes);
    }

    /// What follows the header of a message.
    pub fn values(&mut self, fields: &[Field]) {
        for field in fields {
            match field {
                Field::Four(_, value) if self.big_endian => self.raw(&value.to_be_bytes()),
                Field::Four(_, value) => self.raw(&value.to_le_bytes()),
                Field::One(_, value) => self.raw(&[*value]),
            }
        }
    }

    /// A definition and a message of it.
    pub fn message(&mut self, message: u16, fields: &[Field]) {
        self.define(message, fields);
        self.raw(&[0]);
        self.values(fields);
    }

    /// A record some seconds after the beginning, at a latitude on the meridian 0.
    pub fn record(&mut self, seconds: u32, latitude: f64) {
        self.message(
            RECORD,
            &[Field::Four(STAMP, BEGAN + seconds), Field::Four(0, semicircles(latitude)), Field::Four(1, 0)],
        );
    }

    pub fn bytes(self) -> Vec<u8> {
        let mut bytes = vec![14, 0x20, 0, 0];
        bytes.extend((self.records.len() as u32).to_le_bytes());
        bytes.extend(b".FIT\0\0");
        bytes.extend(self.records);
        sealed(bytes)
    }
}

/// Degrees as FIT has them.
pub fn semicircles(degrees: f64) -> u32 {
    (degrees * 2_f64.powi(31) / 180.0).round() as i32 as u32
}

/// A file with its checksum, worked out bit by bit, unlike the reader's.
pub fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut sum = 0_u16;
    for byte in &bytes {
        sum ^= u16::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xa001 } else { sum >> 1 };
        }
    }
    bytes.extend(sum.to_le_bytes());
    bytes
}
