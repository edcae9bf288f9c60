//! What is printed when the program itself fails.

use std::panic;

use super::text::harmless;
use super::{Level, Stderr};
use crate::mask::Known;

/// What to do about a fault.
const REPORT: &str = "please report this as a bug, with this line";

/// Has a fault of the program told without the secrets that are known by then.
pub fn tell_without(stderr: Stderr) {
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let message = info.payload_as_str().unwrap_or_default();
        let told = told(stderr.known(), message, &place);
        match stderr.is_json() {
            true => stderr.plain_json(Level::Error, &told, REPORT),
            false => stderr.text(&format!("error: {told}\nhint: {REPORT}")),
        }
    }));
}

fn told(known: &Known, message: &str, place: &str) -> String {
    // Nothing can be masked where masking itself is at fault.
    let message = known.try_mask(message).unwrap_or_default();
    format!("internal error: {} ({})", harmless(&message), harmless(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_tells_its_place_and_no_secret() {
        let known = Known::default();
        known.learn("canary-of-a-fault");
        let text = told(&known, "called on Err(\"canary-of-a-fault\")\x1b[2J", "src/x.rs:1:2");
        assert!(text.contains("(src/x.rs:1:2)") && text.contains("called on Err"), "{text}");
        assert!(!text.contains("canary") && !text.contains('\x1b'), "{text}");
    }
}
