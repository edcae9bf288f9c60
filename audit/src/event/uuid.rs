//! Ids of sessions: UUIDs, which older lines hold as the base64 of their bytes.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The UUID whose bytes these are in base64; none of any other text.
pub(super) fn of_base64(text: &str) -> Option<String> {
    let text = text.trim_end_matches('=').as_bytes();
    // 16 bytes are 128 bits: 22 digits of 6 bits, of which the last has 4 to spare.
    let (last, digits) = text.split_last().filter(|(_, digits)| digits.len() == 21)?;
    let value = |digit: &u8| DIGITS.iter().position(|known| known == digit);
    let mut id = 0_u128;
    for digit in digits {
        id = id << 6 | value(digit)? as u128;
    }
    id = id << 2 | (value(last)? >> 4) as u128;
    let hex = format!("{id:032x}");
    Some([&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-"))
}

/// The base64 of a UUID's bytes, without padding; none of any other text.
pub(crate) fn to_base64(uuid: &str) -> Option<String> {
    let is_uuid = uuid.len() == 36 && uuid.bytes().filter(|byte| *byte == b'-').count() == 4;
    let id = u128::from_str_radix(&uuid.replace('-', ""), 16).ok().filter(|_| is_uuid)?;
    let digit = |bits: u128| char::from(DIGITS[(bits & 63) as usize]);
    Some((0..21).map(|n| digit(id >> (122 - 6 * n))).chain([digit(id << 4)]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_and_its_bytes_are_one() {
        let uuid = "20ec4769-984d-445c-aea7-da0429da9122";
        // From `python3 -c 'import base64, uuid; base64.b64encode(uuid.UUID(…).bytes)'`.
        let bytes = "IOxHaZhNRFyup9oEKdqRIg==";
        assert_eq!(of_base64(bytes).as_deref(), Some(uuid));
        assert_eq!(to_base64(uuid).as_deref(), Some(bytes.trim_end_matches('=')));
        let last = "ffffffff-ffff-ffff-ffff-ffffffffffff";
        assert_eq!(of_base64(&to_base64(last).unwrap()).as_deref(), Some(last));
        for other in ["", "abc", uuid, "IOxHaZhNRFyup9oEKdqRI!=="] {
            assert_eq!(of_base64(other), None, "{other}");
        }
        for other in ["", "abc", bytes, "+0ec4769-984d-445c-aea7-da0429da912"] {
            assert_eq!(to_base64(other), None, "{other}");
        }
    }
}
