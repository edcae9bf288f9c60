//! What came before the log fell silent.

use crate::detect::finding::{Finding, Severity};
use crate::detect::log::{Hour, Log};
use crate::detect::page::Page;
use crate::detect::settings::Setting;
use crate::detect::span::{self, DAY};
use crate::detect::{Rule, Skipped, View, or_none};

const SILENCE: Setting = Setting::span("silence", DAY, "no event for so long");
const TIMES: Setting =
    Setting::count("times", 2, "and so many times as long as the third longest of the other gaps");

/// The log falls silent, and goes on later.
pub(super) struct EventsBeforeGap;

static PAGE: Page = Page {
    id: "events-before-gap",
    title: "The last events before a gap in the log",
    severity: Severity::Medium,
    what: "An instance's log has no event for at least `silence`, which is also at least `times` times as \
long as the third longest of its other gaps, and then goes on. The finding is about the last events before.",
    why: "Whoever can keep the log from being written, or takes files out of an archive, leaves a gap. What \
happened right before says more than what is missing.",
    normal: "Nights, weekends and holidays, when there are several of them: an instance that often rests may \
rest.",
    tuning: "Raise `silence` to 72h for an instance that is used on working days only and whose log is short; \
lower it to a few hours for a busy one.",
    false_positives: "An instance that nobody used; files of a day that were not given; an archive that was \
not pulled for longer than the log is kept. spctl audit summary --by day shows the days.",
    blind: "A gap at the end of the log looks like its end. Lines that are taken out one by one leave no gap. \
Since 16 February 2026 auditing is always on; before, it could be switched off, and project events tell.",
    settings: &[SILENCE, TIMES],
};

/// So many gaps may be long before a long gap is usual.
const RARE: usize = 3;

impl Rule for EventsBeforeGap {
    fn page(&self) -> &'static Page {
        &PAGE
    }

    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
        if !view.beside.is_whole {
            return Err(Skipped("only some of the events were asked for".to_owned()));
        }
        let Log { hours, .. } = view.log;
        Ok(hours.values().flat_map(|hours| gaps(hours, view)).collect())
    }
}

fn gaps(hours: &[Hour], view: &View<'_>) -> Vec<Finding> {
    let gaps = || hours.windows(2).map(|two| two[1].first.time - two[0].last.time);
    let mut longest: Vec<i64> = gaps().collect();
    longest.sort_unstable_by(|one, other| other.cmp(one));
    let times = i64::try_from(view.told.count(&TIMES)).unwrap_or(i64::MAX);
    let mut findings = Vec::new();
    for (at, gap) in gaps().enumerate() {
        // The third longest of the others, which a gap that is itself among the longest moves by one.
        let is_long = longest.iter().take(RARE).any(|one| *one == gap);
        let usual = longest.get(RARE - usize::from(!is_long)).copied().unwrap_or(0);
        if gap < view.told.span(&SILENCE) || gap < usual.saturating_mul(times) {
            continue;
        }
        let before = &hours[at].last_by;
        let who = before.user.as_deref().unwrap_or("somebody");
        let summary = format!(
            "no event for {}; the last one before is {} by {who}",
            span::show(gap),
            before.act.name(before.ended),
        );
        // The last hours before, and the first line after.
        let begin = at.saturating_sub(2);
        let marks = hours[begin..=at].iter().map(|hour| hour.last);
        let marks = marks.chain([hours[at + 1].first]).collect();
        let silent_since = hours[at].last.time.to_string();
        let identity = [or_none(before.instance.as_ref()), &silent_since];
        let finding = Finding::new(&PAGE, &[before], &identity, summary).proven(marks).of(1);
        findings.push(Finding {
            first: hours[at].last.time,
            last: hours[at + 1].first.time,
            ..finding
        });
    }
    findings
}
