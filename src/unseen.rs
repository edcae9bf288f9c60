//! Characters that a terminal does not show.

/// What acts on a terminal, as control characters and the marks that turn the direction of text do,
/// or takes no place there, or the same as an ordinary space: two names that differ in it look
/// alike. That is Unicode's `Default_Ignorable_Code_Point` and category `Cf`, its spaces and separators, and blanks.
pub fn is_unseen(c: char) -> bool {
    match c {
        ' '..='~' | '\n' | '\t' => false,
        c if c.is_control() => true,
        _ => matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}'
            | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{110bd}' | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}'
            | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{2800}' | '\u{16fe4}' | '\u{1d159}'),
    }
}
