//! How the fields of a message lie, which a FIT file says before the first message of a kind.

/// Fields of any message are found by their number; this one is the time stamp in all of them.
pub const STAMP: u8 = 253;
/// The most that are read of a message.
const FIELDS: usize = 4;

/// Messages by their number in the profile.
pub const FILE_ID: u16 = 0;
pub const SESSION: u16 = 18;
pub const LAP: u16 = 19;
pub const RECORD: u16 = 20;
pub const EVENT: u16 = 21;

/// The fields that are read of a message, by their numbers.
fn wanted(message: u16) -> &'static [u8] {
    match message {
        FILE_ID => &[STAMP, 0],
        // Start, time on the way, distance.
        SESSION | LAP => &[STAMP, 2, 8, 9],
        // Latitude, longitude, distance.
        RECORD => &[STAMP, 0, 1, 5],
        // What, and how.
        EVENT => &[STAMP, 0, 1],
        _ => &[STAMP],
    }
}

/// A definition, without what is not read.
pub struct Definition {
    message: u16,
    big_endian: bool,
    /// Of a message, in bytes, without its header.
    pub length: usize,
    /// Where each wanted field lies, and how long it is.
    fields: [Option<(usize, usize)>; FIELDS],
}

impl Definition {
    /// What stands after the header of a definition, and how many bytes that is; none if it is torn or in no byte order.
    pub fn read(bytes: &[u8], has_developer_fields: bool) -> Option<(Self, usize)> {
        let (&[_reserved, order, one, two, count], fields) = bytes.split_first_chunk()?;
        let big_endian = match order {
            0 => false,
            1 => true,
            _ => return None,
        };
        let message = if big_endian { u16::from_be_bytes([one, two]) } else { u16::from_le_bytes([one, two]) };
        let mut definition = Self { message, big_endian, length: 0, fields: [None; FIELDS] };
        let own = 3 * usize::from(count);
        for field in fields.get(..own)?.chunks_exact(3) {
            definition.add(field[0], usize::from(field[1]));
        }
        let mut read = 5 + own;
        if has_developer_fields {
            let (count, fields) = fields[own..].split_first()?;
            let developers = 3 * usize::from(*count);
            definition.length +=
                fields.get(..developers)?.chunks_exact(3).map(|field| usize::from(field[1])).sum::<usize>();
            read += 1 + developers;
        }
        Some((definition, read))
    }

    fn add(&mut self, number: u8, length: usize) {
        if let Some(index) = wanted(self.message).iter().position(|wanted| *wanted == number) {
            self.fields[index] = Some((self.length, length));
        }
        self.length += length;
    }

    /// A message as it is defined here; `bytes` are as long as it says.
    pub fn message<'a>(&'a self, bytes: &'a [u8]) -> Message<'a> {
        Message { definition: self, bytes }
    }
}

/// A message whose fields can be asked for.
pub struct Message<'a> {
    definition: &'a Definition,
    bytes: &'a [u8],
}

impl Message<'_> {
    /// Which message of the profile it is.
    pub fn number(&self) -> u16 {
        self.definition.message
    }

    fn field(&self, number: u8) -> Option<&[u8]> {
        let index = wanted(self.number()).iter().position(|wanted| *wanted == number)?;
        let (at, length) = self.definition.fields[index]?;
        self.bytes.get(at..at + length)
    }

    fn four(&self, number: u8) -> Option<[u8; 4]> {
        let mut four: [u8; 4] = self.field(number)?.try_into().ok()?;
        if !self.definition.big_endian {
            four.reverse();
        }
        Some(four)
    }

    /// A field of four bytes; none if it is missing, of another length, or says that it is not known.
    pub fn unsigned(&self, number: u8) -> Option<u32> {
        self.four(number).map(u32::from_be_bytes).filter(|value| *value != u32::MAX)
    }

    /// The same with a sign.
    pub fn signed(&self, number: u8) -> Option<i32> {
        self.four(number).map(i32::from_be_bytes).filter(|value| *value != i32::MAX)
    }

    /// A field of one byte.
    pub fn byte(&self, number: u8) -> Option<u8> {
        let &[byte] = self.field(number)? else { return None };
        (byte != u8::MAX).then_some(byte)
    }
}
