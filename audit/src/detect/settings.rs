//! What rules can be told: thresholds, spans, and whom or what they leave alone.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;

use super::finding::Severity;
use super::page::Page;
use super::{RULES, span};

/// One of the things that a rule can be told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Its name in a file of rules.
    pub name: &'static str,
    /// What holds unless it is set.
    pub default: Preset,
    /// What it means, as part of a sentence.
    pub means: &'static str,
    /// The largest number that it can be.
    pub most: u64,
}

/// What holds unless something else is set, and of which kind it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Preset {
    /// A number of at least 1.
    Count(u64),
    /// Microseconds, typed as `10m`.
    Span(i64),
    /// A part of a whole, from 0 to 1.
    Share(f64),
}

impl Preset {
    /// As it is typed in a file.
    pub fn text(self) -> String {
        match self {
            Preset::Count(count) => count.to_string(),
            Preset::Span(micros) => format!("{:?}", span::show(micros)),
            Preset::Share(share) => share.to_string(),
        }
    }
}

impl Setting {
    pub(super) const fn count(name: &'static str, default: u64, means: &'static str) -> Self {
        Setting { name, default: Preset::Count(default), means, most: u64::MAX }
    }

    /// The same, of a number that has an upper bound.
    pub(super) const fn up_to(self, most: u64) -> Self {
        Setting { most, ..self }
    }

    pub(super) const fn span(name: &'static str, default: i64, means: &'static str) -> Self {
        Setting { name, default: Preset::Span(default), means, most: u64::MAX }
    }

    pub(super) const fn share(name: &'static str, default: f64, means: &'static str) -> Self {
        Setting { name, default: Preset::Share(default), means, most: u64::MAX }
    }
}

/// What every rule can be told, with what it means.
pub const COMMON: [(&str, &str); 4] = [
    ("enabled", "false switches the rule off"),
    ("severity", "low, medium, high or critical"),
    (
        "except-users",
        "users that it leaves alone: admin.alice, alice@admin, alice; * stands for any letters",
    ),
    ("except-addresses", "addresses and CIDR blocks that it leaves alone"),
];

/// A value as a file has it.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// true or false.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// Another number.
    Fraction(f64),
    /// A text.
    Text(String),
    /// Texts.
    Texts(Vec<String>),
    /// Anything else.
    Other,
}

/// What is wrong with a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// There is no such rule.
    Rule,
    /// The rule has no such setting.
    Name,
    /// The value is of another kind, or out of bounds: what it has to be.
    Value(String),
}

/// What one rule is told.
#[derive(Debug, Clone, Default)]
pub struct RuleSettings {
    off: bool,
    severity: Option<Severity>,
    users: Vec<String>,
    addresses: Vec<IpNet>,
    values: BTreeMap<&'static str, Preset>,
}

/// What all rules are told.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// How much of a log's beginning is learned from, in microseconds; where it is not set, that
    /// depends on the log.
    pub learn: Option<i64>,
    rules: BTreeMap<&'static str, RuleSettings>,
}

static UNTOLD: RuleSettings = RuleSettings {
    off: false,
    severity: None,
    users: Vec::new(),
    addresses: Vec::new(),
    values: BTreeMap::new(),
};

impl Settings {
    /// What a rule is told.
    pub fn of(&self, page: &Page) -> &RuleSettings {
        self.rules.get(page.id).unwrap_or(&UNTOLD)
    }

    /// Tells a rule something.
    ///
    /// # Errors
    /// An unknown rule or setting, or a value that it cannot have.
    pub fn set(&mut self, rule: &str, name: &str, given: &Given) -> Result<(), Wrong> {
        let pages = RULES.iter().map(|rule| rule.page());
        let page = pages.into_iter().find(|page| page.id == rule).ok_or(Wrong::Rule)?;
        self.rules.entry(page.id).or_default().set(page, name, given)
    }

    /// The shortest span that any rule compares times by, but no more than `most`.
    pub(super) fn shortest(&self, most: i64) -> i64 {
        let of_rule = |page: &'static Page| {
            let told = self.of(page);
            page.settings.iter().filter_map(move |setting| match told.value(setting) {
                Preset::Span(span) => Some(span),
                _ => None,
            })
        };
        let spans = RULES.iter().flat_map(|rule| of_rule(rule.page()));
        spans.min().unwrap_or(most).min(most)
    }
}

impl RuleSettings {
    /// Whether the rule is used at all.
    pub fn is_on(&self) -> bool {
        !self.off
    }

    /// How grave the rule's findings are, if that was set.
    pub fn severity(&self) -> Option<Severity> {
        self.severity
    }

    pub(super) fn count(&self, setting: &Setting) -> u64 {
        match self.value(setting) {
            Preset::Count(count) => count,
            _ => 1,
        }
    }

    pub(super) fn span(&self, setting: &Setting) -> i64 {
        match self.value(setting) {
            Preset::Span(span) => span,
            _ => 0,
        }
    }

    pub(super) fn share(&self, setting: &Setting) -> f64 {
        match self.value(setting) {
            Preset::Share(share) => share,
            _ => 0.0,
        }
    }

    fn value(&self, setting: &Setting) -> Preset {
        self.values.get(setting.name).copied().unwrap_or(setting.default)
    }

    /// Whether the rule leaves this user, or this address, alone.
    pub(super) fn excepts(&self, user: Option<&str>, address: Option<IpAddr>) -> bool {
        let user = user.is_some_and(|user| self.users.iter().any(|pattern| is_user(pattern, user)));
        let address = address.is_some_and(|ip| self.addresses.iter().any(|net| net.contains(&ip)));
        user || address
    }

    fn set(&mut self, page: &'static Page, name: &str, given: &Given) -> Result<(), Wrong> {
        let wants = |what: &str| Wrong::Value(what.to_owned());
        match (name, given) {
            ("enabled", Given::Flag(on)) => self.off = !on,
            ("enabled", _) => return Err(wants("true or false")),
            ("severity", Given::Text(word)) if Severity::named(word).is_some() => {
                self.severity = Severity::named(word);
            }
            ("severity", _) => return Err(wants("\"low\", \"medium\", \"high\" or \"critical\"")),
            ("except-users", Given::Texts(users)) if users.iter().any(|u| u.trim().is_empty()) => {
                return Err(wants("a list of names; an empty one names nobody"));
            }
            ("except-users", Given::Texts(users)) => self.users.clone_from(users),
            ("except-users", _) => return Err(wants("a list of names")),
            ("except-addresses", Given::Texts(blocks)) => {
                self.addresses.clear();
                for block in blocks {
                    let net = net(block);
                    self.addresses.push(net.ok_or_else(|| {
                        Wrong::Value(format!(
                            "a list of addresses and CIDR blocks; {block:?} is neither"
                        ))
                    })?);
                }
            }
            ("except-addresses", _) => return Err(wants("a list of addresses and CIDR blocks")),
            _ => {
                let setting = page.settings.iter().find(|setting| setting.name == name);
                let setting = setting.ok_or(Wrong::Name)?;
                let value = read(setting.default, given).map_err(wants)?;
                if matches!(value, Preset::Count(count) if count > setting.most) {
                    return Err(Wrong::Value(format!("a number from 1 to {}", setting.most)));
                }
                self.values.insert(setting.name, value);
            }
        }
        Ok(())
    }
}

/// A value of the same kind as another.
fn read(like: Preset, given: &Given) -> Result<Preset, &'static str> {
    match (like, given) {
        (Preset::Count(_), Given::Whole(count)) if *count > 0 => {
            Ok(Preset::Count(count.unsigned_abs()))
        }
        (Preset::Count(_), _) => Err("a number of at least 1"),
        (Preset::Span(_), Given::Text(text)) => span::parse(text)
            .map(Preset::Span)
            .ok_or("a span such as \"90s\", \"10m\", \"24h\" or \"7d\""),
        (Preset::Span(_), _) => Err("a span such as \"90s\", \"10m\", \"24h\" or \"7d\""),
        (Preset::Share(_), Given::Fraction(share)) if (0.0..=1.0).contains(share) => {
            Ok(Preset::Share(*share))
        }
        (Preset::Share(_), Given::Whole(0)) => Ok(Preset::Share(0.0)),
        (Preset::Share(_), Given::Whole(1)) => Ok(Preset::Share(1.0)),
        (Preset::Share(_), _) => Err("a number from 0 to 1"),
    }
}

/// A block, or an address as the block of itself.
fn net(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| Some(IpNet::from(text.parse::<IpAddr>().ok()?)))
}

/// Whether a pattern means a user of a log, who is called `database.name` there.
fn is_user(pattern: &str, user: &str) -> bool {
    let other = user.split_once('.').map(|(database, name)| format!("{name}@{database}"));
    let name = user.split_once('.').map(|(_, name)| name);
    let names = [Some(user), other.as_deref(), name];
    names.into_iter().flatten().any(|name| matches(pattern, name))
}

/// Whether a text is as a pattern says, in which `*` stands for any letters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let Some((middle, end)) = rest.rsplit_once('*') else {
        return text.ends_with(rest);
    };
    for part in middle.split('*') {
        let Some(at) = text.find(part) else { return false };
        text = &text[at + part.len()..];
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_users_in_each_spelling() {
        for (pattern, user, is) in [
            ("admin.alice", "admin.alice", true),
            ("alice@admin", "admin.alice", true),
            ("alice", "admin.alice", true),
            ("alice", "$external.alice", true),
            ("alic", "admin.alice", false),
            ("svc-*", "admin.svc-payments", true),
            ("*-payments", "admin.svc-payments", true),
            ("$external.*", "$external.CN=a,O=b", true),
            ("*CN=*,O=*b", "$external.CN=a,O=b", true),
            ("*CN=*,O=*c", "$external.CN=a,O=b", false),
            ("*aa*a", "admin.aa", false),
            ("*", "mkqtzwbn", true),
            ("mkqtzwbn", "mkqtzwbn", true),
        ] {
            assert_eq!(is_user(pattern, user), is, "{pattern} {user}");
        }
    }

    #[test]
    fn what_cannot_be_set_is_told() {
        let mut settings = Settings::default();
        let mut set = |rule: &str, name: &str, given| settings.set(rule, name, &given);
        assert_eq!(set("drop-bursts", "count", Given::Whole(3)), Err(Wrong::Rule));
        assert_eq!(set("drop-burst", "counts", Given::Whole(3)), Err(Wrong::Name));
        assert_eq!(set("drop-burst", "count", Given::Whole(3)), Ok(()));
        let long = || Given::Text("5m".to_owned());
        assert_eq!(set("drop-burst", "within", long()), Ok(()));
        for (name, given) in [
            ("count", Given::Whole(0)),
            ("count", long()),
            ("within", Given::Whole(5)),
            ("within", Given::Text("soon".to_owned())),
            ("enabled", long()),
            ("severity", long()),
            ("severity", Given::Whole(1)),
            ("except-users", long()),
            ("except-users", Given::Texts(vec!["alice".to_owned(), String::new()])),
            ("except-users", Given::Texts(vec![" ".to_owned()])),
            ("except-addresses", Given::Texts(vec!["10.0.0.0/33".to_owned()])),
            ("except-addresses", Given::Other),
        ] {
            let wrong = set("drop-burst", name, given.clone());
            assert!(matches!(wrong, Err(Wrong::Value(_))), "{name} {given:?}");
        }
        for (name, most) in [("ipv4-prefix", 32), ("ipv6-prefix", 128)] {
            let mut set = |bits| set("first-seen-address", name, Given::Whole(bits));
            assert_eq!(set(most), Ok(()));
            let wanted = format!("a number from 1 to {most}");
            assert_eq!(set(most + 1), Err(Wrong::Value(wanted)));
        }
    }
}
