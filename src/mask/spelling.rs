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
            for escape in [percent, form, html, backslash, wrapped] {
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
    let marks = |c: char| matches!(c, '%' | '+' | '&' | '\\' | '\r' | '\n');
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
    // Without the semicolon, browsers read a number as far as it goes, and some names all the same.
    let closed = |end: usize| end + usize::from(is(text, end, ';'));
    if is(text, 1, '#') {
        let (start, radix) = match is(text, 2, 'x') || is(text, 2, 'X') {
            true => (3, 16),
            false => (2, 10),
        };
        let digits = text[start.min(text.len())..].iter().take(9);
        let length = digits.take_while(|(c, _)| c.is_digit(radix)).count();
        let number = number(text, start, length, radix).filter(|_| length > 0)?;
        return Some((char::from_u32(number)?, closed(start + length)));
    }
    let letters = text[1..].iter().take(12).map(|(c, _)| *c);
    let name: String = letters.take_while(char::is_ascii_alphanumeric).collect();
    if is(text, name.len() + 1, ';') {
        let c = NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
        return Some((c.or_else(|| latin(&name))?, name.len() + 2));
    }
    (2..=name.len()).rev().find_map(|length| {
        let name = &name[..length];
        let old = NAMES[..OLD].iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
        Some((old.or_else(|| latin(name))?, length + 1))
    })
}

/// The character of Latin-1 that has this name.
fn latin(name: &str) -> Option<char> {
    let index = LATIN.split(' ').position(|known| known == name)?;
    char::from_u32(0xa1 + u32::try_from(index).ok()?)
}

/// The names of the characters of Latin-1, from U+00A1 on.
const LATIN: &str = "iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
    sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest \
    Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave \
    Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute \
    Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave \
    eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml \
    divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// How many of the names may stand without a semicolon.
const OLD: usize = 6;

/// Other characters that have names in HTML.
const NAMES: [(&str, char); 61] = [
    ("amp", '&'),
    ("AMP", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("nbsp", '\u{a0}'),
    ("QUOT", '"'),
    ("LT", '<'),
    ("GT", '>'),
    ("euro", '€'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("hellip", '…'),
    ("bull", '•'),
    ("dagger", '†'),
    ("trade", '™'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
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

/// A line's end within base64, and the first character of the next line.
fn wrapped(text: &[(char, usize)]) -> Option<(char, usize)> {
    let is_blank = |c: char| matches!(c, '\r' | '\n' | ' ' | '\t');
    let blanks = text.iter().take_while(|(c, _)| is_blank(*c)).count();
    let (next, _) = text.get(blanks)?;
    let is_base64 = next.is_ascii_alphanumeric() || "+/-_=".contains(*next);
    let breaks = text.first().is_some_and(|(c, _)| matches!(c, '\r' | '\n'));
    (breaks && is_base64).then_some((*next, blanks + 1))
}
