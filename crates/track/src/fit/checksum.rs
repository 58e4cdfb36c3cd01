//! The checksum of FIT: CRC-16 with the polynomial 0x8005, bits reflected, from 0 (known as CRC-16/ARC).

/// The polynomial with its bits reflected.
const POLYNOMIAL: u16 = 0xa001;
const TABLE: [u16; 256] = table();

const fn table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut sum = byte as u16;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ POLYNOMIAL } else { sum >> 1 };
            bit += 1;
        }
        table[byte] = sum;
        byte += 1;
    }
    table
}

/// Of all bytes.
pub fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum, byte| sum >> 8 ^ TABLE[usize::from(sum as u8 ^ byte)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_of_the_nine_digits_is_the_one_of_the_catalogues() {
        assert_eq!(checksum(b"123456789"), 0xbb3d);
        assert_eq!(checksum(b""), 0);
    }
}
