//! A text as it is meant: escapes for a URL, for HTML, or for a string of JSON or of a program are
//! taken back, also where something was escaped again, as a JSON text within a JSON text.

/// How often something is escaped, at most.
const DEPTH: u8 = 3;

/// The characters of a text, each with the place where its spelling begins.
pub(super) type Reading = Vec<(char, usize)>;

/// What was escaped how is not known, so that each way to take escapes back is a reading of its own:
/// the text as it stands first, and then all others that differ.
pub(super) fn readings(text: &str) -> Vec<Reading> {
    let plain: Reading = text.char_indices().map(|(at, c)| (c, at)).collect();
    let mut all = vec![plain];
    let mut begun = 0;
    for _ in 0..DEPTH {
        let end = all.len();
        for index in begun..end {
            for escape in [percent, form, html, backslash] {
                all.extend(taken_back(&all[index], escape).filter(|new| !all.contains(new)));
            }
        }
        begun = end;
    }
    all
}

/// What an escape means, and how many characters it has; none where this is not one.
type Escape = fn(&[(char, usize)]) -> Option<(char, usize)>;

/// A reading without these escapes; none where there are none.
fn taken_back(text: &[(char, usize)], escape: Escape) -> Option<Reading> {
    let marks = |c: char| matches!(c, '%' | '+' | '&' | '\\');
    let (mut meant, mut at, mut any) = (Vec::new(), 0, false);
    while let Some(&(c, place)) = text.get(at) {
        let found = marks(c).then(|| escape(&text[at..])).flatten();
        let (c, length) = found.unwrap_or((c, 1));
        any |= found.is_some();
        meant.push((c, place));
        at += length;
    }
    any.then_some(meant)
}

fn is(text: &[(char, usize)], at: usize, wanted: char) -> bool {
    text.get(at).is_some_and(|(c, _)| *c == wanted)
}

/// A number of so many digits.
fn number(text: &[(char, usize)], at: usize, digits: usize, radix: u32) -> Option<u32> {
    let digits = text.get(at..at + digits)?.iter();
    digits
        .map(|(c, _)| c.to_digit(radix))
        .try_fold(0_u32, |number, digit| number.checked_mul(radix)?.checked_add(digit?))
}

/// How many characters there are up to this one; the longest name of HTML is shorter.
fn until(text: &[(char, usize)], at: usize, end: char) -> Option<usize> {
    text.get(at..)?.iter().take(12).position(|(c, _)| *c == end)
}

/// `%41`, or `%C3%A4`.
fn percent(text: &[(char, usize)]) -> Option<(char, usize)> {
    let byte = |index: usize| {
        let escaped = is(text, index * 3, '%').then(|| number(text, index * 3 + 1, 2, 16));
        escaped.flatten().and_then(|byte| u8::try_from(byte).ok())
    };
    let first = byte(0)?;
    let length = match first {
        0..=0x7f => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf7 => 4,
        _ => return None,
    };
    let bytes: Option<Vec<u8>> = (0..length).map(byte).collect();
    Some((std::str::from_utf8(&bytes?).ok()?.chars().next()?, length * 3))
}

/// The same in a form, where a space is `+`.
fn form(text: &[(char, usize)]) -> Option<(char, usize)> {
    match is(text, 0, '+') {
        true => Some((' ', 1)),
        false => percent(text),
    }
}

/// `&amp;`, `&#38;` or `&#x26;`.
fn html(text: &[(char, usize)]) -> Option<(char, usize)> {
    if !is(text, 0, '&') {
        return None;
    }
    let length = until(text, 1, ';')?;
    let name: String = text[1..=length].iter().map(|(c, _)| *c).collect();
    let c = match (is(text, 1, '#'), is(text, 2, 'x') || is(text, 2, 'X')) {
        (true, true) if length > 2 => char::from_u32(number(text, 3, length - 2, 16)?)?,
        (true, false) if length > 1 => char::from_u32(number(text, 2, length - 1, 10)?)?,
        (true, _) => return None,
        _ => NAMES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, length + 2))
}

/// The characters of ASCII that have names in HTML.
const NAMES: [(&str, char); 40] = [
    ("amp", '&'),
    ("AMP", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("QUOT", '"'),
    ("apos", '\''),
    ("excl", '!'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("grave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("vert", '|'),
    ("verbar", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("nbsp", '\u{a0}'),
];

/// `\"`, `\n`, `\u00e4`, `\u{e4}`, `\xe4`.
fn backslash(text: &[(char, usize)]) -> Option<(char, usize)> {
    if !is(text, 0, '\\') {
        return None;
    }
    let c = match text.get(1)?.0 {
        'u' if is(text, 2, '{') => {
            let digits = until(text, 3, '}').filter(|digits| *digits > 0)?;
            return Some((char::from_u32(number(text, 3, digits, 16)?)?, digits + 4));
        }
        'u' => return unit(text),
        'x' => return Some((char::from_u32(number(text, 2, 2, 16)?)?, 4)),
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{c}',
        '0' => '\0',
        c if c.is_ascii_punctuation() => c,
        _ => return None,
    };
    Some((c, 2))
}

/// `\u00e4`, or two of these for a surrogate pair.
fn unit(text: &[(char, usize)]) -> Option<(char, usize)> {
    let unit = |at| number(text, at, 4, 16).and_then(|unit| u16::try_from(unit).ok());
    let first = unit(2)?;
    if let Some(c) = char::from_u32(first.into()) {
        return Some((c, 6));
    }
    let second = (is(text, 6, '\\') && is(text, 7, 'u')).then(|| unit(8)).flatten()?;
    Some((char::decode_utf16([first, second]).next()?.ok()?, 12))
}
