//! A reader of JSON that takes what it is asked for and passes over the rest, which is most of a line.
//!
//! Whatever is passed over is checked as strictly as what is taken: whether a line is JSON does not depend
//! on what is wanted of it.

use std::borrow::Cow;

use memchr::memchr;

use super::keys::Table;
use super::span::Span;

/// Something that is no JSON.
#[derive(Debug)]
pub(crate) struct Malformed;

type Result<T> = std::result::Result<T, Malformed>;

/// How deep values of extended JSON may be wrapped in each other.
const WRAPPED: u8 = 4;

/// Where reading has got to.
#[derive(Debug)]
pub(crate) struct Json<'a> {
    text: &'a str,
    at: usize,
    wrapped: u8,
    /// Whether there is no escape and no control byte in all of it, so that every text ends at a quote.
    is_plain: bool,
    /// The values that mean nothing, if they are asked for.
    pub(super) passed: Option<Vec<Span>>,
}

impl<'a> Json<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let least = bytes.iter().fold(u8::MAX, |least, byte| least.min(*byte));
        let is_plain = least >= b' ' && memchr(b'\\', bytes).is_none();
        Json { text, at: 0, wrapped: 0, is_plain, passed: None }
    }

    /// The next byte that is no space; zero at the end, where no zero can be otherwise.
    #[inline]
    pub(crate) fn peek(&mut self) -> u8 {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(byte) => return *byte,
                None => return 0,
            }
        }
    }

    /// Where the next byte stands.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// That nothing follows.
    pub(crate) fn end(&mut self) -> Result<()> {
        self.peek();
        if self.at == self.text.len() { Ok(()) } else { Err(Malformed) }
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Result<()> {
        if self.peek() != byte {
            return Err(Malformed);
        }
        self.at += 1;
        Ok(())
    }

    /// Reads an object; `field` reads the value of each key, whose number in the table it is given.
    #[inline]
    pub(crate) fn object(
        &mut self,
        table: &'static Table,
        mut field: impl FnMut(Option<usize>, &mut Self) -> Result<()>,
    ) -> Result<()> {
        self.expect(b'{')?;
        if self.peek() == b'}' {
            self.at += 1;
            return Ok(());
        }
        loop {
            let number = self.key(table)?;
            field(number, self)?;
            match self.peek() {
                b',' => self.at += 1,
                b'}' => break,
                _ => return Err(Malformed),
            }
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a key and its colon.
    #[inline]
    fn key(&mut self, table: &'static Table) -> Result<Option<usize>> {
        if self.peek() != b'"' {
            return Err(Malformed);
        }
        let key = self.string()?;
        self.expect(b':')?;
        Ok(table.find(&key))
    }

    /// Reads an array; `item` reads each value.
    pub(crate) fn array(&mut self, mut item: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.expect(b'[')?;
        if self.peek() == b']' {
            self.at += 1;
            return Ok(());
        }
        loop {
            item(self)?;
            match self.peek() {
                b',' => self.at += 1,
                b']' => break,
                _ => return Err(Malformed),
            }
        }
        self.at += 1;
        Ok(())
    }

    /// Reads an object that stands for a plain value, as extended JSON has it. Nested beyond reason, it is
    /// passed over.
    pub(crate) fn wrapper(
        &mut self,
        table: &'static Table,
        field: impl FnMut(Option<usize>, &mut Self) -> Result<()>,
    ) -> Result<()> {
        if self.wrapped == WRAPPED {
            return self.skip();
        }
        self.wrapped += 1;
        let read = self.object(table, field);
        self.wrapped -= 1;
        read
    }

    /// Reads a text. Halves of a surrogate pair that stand alone become U+FFFD.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>> {
        self.expect(b'"')?;
        let begin = self.at;
        match self.plain()? {
            b'"' => {
                let text = &self.text[begin..self.at];
                self.at += 1;
                Ok(Cow::Borrowed(text))
            }
            _ => self.escaped(begin).map(Cow::Owned),
        }
    }

    /// A text that has escapes, the first of which is next.
    #[cold]
    fn escaped(&mut self, begin: usize) -> Result<String> {
        let mut text = self.text[begin..self.at].to_owned();
        loop {
            let begin = self.at;
            match self.plain()? {
                b'"' => {
                    text.push_str(&self.text[begin..self.at]);
                    self.at += 1;
                    return Ok(text);
                }
                _ => {
                    text.push_str(&self.text[begin..self.at]);
                    text.push(self.escape()?);
                }
            }
        }
    }

    /// Reads the escape that is next.
    fn escape(&mut self) -> Result<char> {
        let letter = *self.text.as_bytes().get(self.at + 1).ok_or(Malformed)?;
        self.at += 2;
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                if let Some(letter) = char::from_u32(unit) {
                    return Ok(letter);
                }
                // A high half, and a low one behind it, are one letter.
                let here = self.at;
                if unit < 0xdc00 && self.text.as_bytes()[here..].starts_with(b"\\u") {
                    self.at += 2;
                    let low = self.unit()?;
                    if (0xdc00..0xe000).contains(&low) {
                        let letter = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                        return char::from_u32(letter).ok_or(Malformed);
                    }
                    self.at = here;
                }
                char::REPLACEMENT_CHARACTER
            }
            _ => return Err(Malformed),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4).ok_or(Malformed)?;
        self.at += 4;
        digits.iter().try_fold(0, |unit, digit| {
            Ok(unit << 4 | char::from(*digit).to_digit(16).ok_or(Malformed)?)
        })
    }

    /// Goes to the end of a text or to its next escape, and returns which.
    #[inline]
    fn plain(&mut self) -> Result<u8> {
        const ONES: u64 = u64::MAX / 255;
        const HIGH: u64 = ONES << 7;
        // Eight bytes at once: the lowest bit that is set in such a difference is exact.
        let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
        let bytes = self.text.as_bytes();
        if self.is_plain {
            while let Some(eight) = bytes.get(self.at..self.at + 8) {
                let word = u64::from_le_bytes(eight.try_into().map_err(|_| Malformed)?);
                let quote = zeros(word ^ (ONES * b'"' as u64)) & HIGH;
                if quote != 0 {
                    self.at += quote.trailing_zeros() as usize / 8;
                    return Ok(b'"');
                }
                self.at += 8;
            }
        }
        while let Some(eight) = bytes.get(self.at..self.at + 8) {
            let word = u64::from_le_bytes(eight.try_into().map_err(|_| Malformed)?);
            let quote = zeros(word ^ (ONES * b'"' as u64));
            let backslash = zeros(word ^ (ONES * b'\\' as u64));
            let control = word.wrapping_sub(ONES * 0x20) & !word;
            let found = (quote | backslash | control) & HIGH;
            if found != 0 {
                self.at += found.trailing_zeros() as usize / 8;
                return self.stop();
            }
            self.at += 8;
        }
        while bytes.get(self.at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | ..b' ')) {
            self.at += 1;
        }
        self.stop()
    }

    #[inline]
    fn stop(&self) -> Result<u8> {
        match self.text.as_bytes().get(self.at) {
            Some(byte @ (b'"' | b'\\')) => Ok(*byte),
            _ => Err(Malformed),
        }
    }

    /// Passes over a text.
    #[inline]
    fn skip_string(&mut self) -> Result<()> {
        self.expect(b'"')?;
        while self.plain()? == b'\\' {
            self.escape()?;
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a whole number of few digits, if that is what comes, and else nothing.
    #[inline]
    pub(crate) fn integer(&mut self) -> Option<i64> {
        let bytes = self.text.as_bytes().get(self.at..)?;
        let (is_negative, bytes) = match bytes.first()? {
            b'-' => (true, &bytes[1..]),
            _ => (false, bytes),
        };
        let mut value = 0_i64;
        let mut count = 0;
        while let Some(digit) = bytes.get(count).filter(|byte| byte.is_ascii_digit()) {
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            count += 1;
        }
        let is_good = (1..=18).contains(&count)
            && (count == 1 || bytes[0] != b'0')
            && !matches!(bytes.get(count), Some(b'.' | b'e' | b'E'));
        is_good.then(|| {
            self.at += count + usize::from(is_negative);
            if is_negative { -value } else { value }
        })
    }

    /// Reads a number as it is written.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<&'a str> {
        self.peek();
        let bytes = self.text.as_bytes();
        let begin = self.at;
        self.at += usize::from(bytes.get(begin) == Some(&b'-'));
        let is_zero = bytes.get(self.at) == Some(&b'0');
        if self.digits()? > 1 && is_zero {
            return Err(Malformed);
        }
        if bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = bytes.get(self.at) {
            self.at += 1;
            self.at += usize::from(matches!(bytes.get(self.at), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(&self.text[begin..self.at])
    }

    /// Passes over digits, and returns how many there were: one at least.
    #[inline]
    fn digits(&mut self) -> Result<usize> {
        let begin = self.at;
        while self.text.as_bytes().get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at > begin { Ok(self.at - begin) } else { Err(Malformed) }
    }

    /// Reads `true`, `false` or `null` as it is written.
    pub(crate) fn word(&mut self) -> Result<&'static str> {
        self.peek();
        let rest = &self.text.as_bytes()[self.at..];
        let word =
            ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word.as_bytes()));
        let word = word.ok_or(Malformed)?;
        self.at += word.len();
        Ok(word)
    }

    /// How long the value is that comes.
    pub(super) fn length(&mut self) -> Option<usize> {
        self.skip().ok().map(|()| self.at)
    }

    /// Passes over a value that means nothing, whatever it is.
    pub(super) fn pass(&mut self) -> Result<()> {
        let quote = usize::from(self.peek() == b'"');
        let begin = self.at + quote;
        self.skip()?;
        if let Some(passed) = &mut self.passed {
            passed.push(Span::new(begin, self.at - quote));
        }
        Ok(())
    }

    /// Passes over a value of any kind and depth.
    pub(crate) fn skip(&mut self) -> Result<()> {
        // Whether each value that is open is an object. Hardly any is nested deeper than a number has bits.
        let (mut open, mut depth, mut deep) = (0_u64, 0_usize, Vec::new());
        loop {
            let byte = self.peek();
            match byte {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    self.at += 1;
                    let is_object = byte == b'{';
                    // The closing brackets are two behind the opening ones.
                    if self.peek() == byte + 2 {
                        self.at += 1;
                    } else {
                        if depth > 0 && depth.is_multiple_of(64) {
                            deep.push(open);
                        }
                        open = open << 1 | u64::from(is_object);
                        depth += 1;
                        if is_object {
                            self.skip_key()?;
                        }
                        continue;
                    }
                }
                b'-' | b'0'..=b'9' => {
                    if self.integer().is_none() {
                        self.number()?;
                    }
                }
                _ => drop(self.word()?),
            }
            loop {
                if depth == 0 {
                    return Ok(());
                }
                let is_object = open & 1 == 1;
                match self.peek() {
                    b',' => {
                        self.at += 1;
                        if is_object {
                            self.skip_key()?;
                        }
                        break;
                    }
                    b'}' if is_object => {}
                    b']' if !is_object => {}
                    _ => return Err(Malformed),
                }
                self.at += 1;
                depth -= 1;
                open >>= 1;
                if depth > 0 && depth.is_multiple_of(64) {
                    open = deep.pop().unwrap_or_default();
                }
            }
        }
    }

    fn skip_key(&mut self) -> Result<()> {
        self.skip_string()?;
        self.expect(b':')
    }
}

/// Whether a line is one JSON object.
pub(crate) fn is_object(line: &[u8]) -> bool {
    let read = |text| {
        let mut json = Json::new(text);
        json.peek() == b'{' && json.skip().and_then(|()| json.end()).is_ok()
    };
    str::from_utf8(line).is_ok_and(read)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn is_json(text: &str) -> bool {
        let mut json = Json::new(text);
        json.skip().and_then(|()| json.end()).is_ok()
    }

    /// The texts of an array.
    fn texts(text: &str) -> Option<Vec<String>> {
        let (mut json, mut texts) = (Json::new(text), Vec::new());
        json.array(|json| {
            match json.peek() {
                b'"' => texts.push(json.string()?.into_owned()),
                _ => json.skip()?,
            }
            Ok(())
        })
        .ok()?;
        json.end().ok().map(|()| texts)
    }

    #[test]
    fn what_is_json_is_what_others_take_for_it() {
        let good = [
            "0",
            "-0",
            "12",
            "1.5",
            "1e5",
            "1E-5",
            "-1.25e+10",
            "true",
            "null",
            "[]",
            "{}",
            " [ 1 , 2 ] ",
            r#"{"a":{"b":[{},[],"x"]},"c":null}"#,
            r#""\u00e9\ud83d\ude00\n\/\\\"""#,
            "\"\u{e9}\u{7f}\"",
        ];
        let bad = [
            "",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "+1",
            "tru",
            "nul",
            "[",
            "]",
            "[1,]",
            "[,1]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{1:1}",
            "\"",
            "\"\\",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"\n\"",
            "\"\u{1}\"",
            "[1}",
            "{\"a\":1]",
            "[1 2]",
            "1 2",
            "[[]",
            "\0",
            "1\0",
            "[\0]",
            "\"aaaaaaaaaaaa\t\"",
            "\u{feff}{}",
        ];
        for text in good.into_iter().chain(bad) {
            let others = serde_json::from_str::<Value>(text).is_ok();
            assert_eq!(
                (is_json(text), others),
                (good.contains(&text), good.contains(&text)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn any_depth_is_passed_over_and_must_be_closed() {
        for depth in [1, 63, 64, 65, 127, 128, 129, 200, 100_000] {
            let open: String =
                (0..depth).map(|n| if n % 3 == 0 { "{\"a\":" } else { "[" }).collect();
            let close = |n| if n % 3 == 0 { "}" } else { "]" };
            let closed: String = (0..depth).rev().map(close).collect();
            assert!(is_json(&format!("{open}1{closed}")), "{depth}");
            assert!(!is_json(&format!("{open}1{}", &closed[1..])), "{depth}");
            let other = if closed.starts_with('}') { "]" } else { "}" };
            assert!(!is_json(&format!("{open}1{other}{}", &closed[1..])), "{depth}");
        }
    }

    #[test]
    fn halves_of_a_letter_are_replaced() {
        let texts =
            texts(r#"["\ud83d\ude00", "\ud83dx", "\ude00\ud83d", "\ud83d\u0041"]"#).unwrap();
        assert_eq!(texts, ["\u{1f600}", "\u{fffd}x", "\u{fffd}\u{fffd}", "\u{fffd}A"]);
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_is_json_is_read(value in any_value(), is_pretty: bool) {
            let text = if is_pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let text = text.unwrap();
            prop_assert!(is_json(&text));
            prop_assert_eq!(is_object(text.as_bytes()), value.is_object());
            if let Value::Array(array) = &value {
                let wanted = array.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect();
                prop_assert_eq!(texts(&text), Some(wanted));
            }
        }

        #[test]
        fn what_is_broken_is_judged_as_others_judge_it(
            value in any_value(), at: prop::sample::Index, byte in prop::sample::select(b"\"\\{}[],:0e-.tu \n\x01".to_vec()), insert: bool,
        ) {
            let mut text = serde_json::to_string(&value).unwrap().into_bytes();
            let at = at.index(text.len());
            if insert { text.insert(at, byte) } else { text[at] = byte }
            if let Ok(text) = str::from_utf8(&text) {
                let others = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
                prop_assert_eq!(is_json(text), others, "{}", text);
            }
        }
    }
}
