//! Bytes in hexadecimal.

/// Two lower-case digits a byte.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16);
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit).collect()
}

/// What stands in hexadecimal; none where it is none.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    digits.chunks(2).map(|pair| u8::try_from(pair[0] << 4 | pair[1]).ok()).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_byte_has_two_digits() {
        assert_eq!(super::hex(&[0, 1, 0x7f, 0xff]), "00017fff");
        assert_eq!(super::hex(&[]), "");
        assert_eq!(super::unhex("00017fFf"), Some(vec![0, 1, 0x7f, 0xff]));
        assert_eq!((super::unhex("0"), super::unhex("0g")), (None, None));
    }
}
