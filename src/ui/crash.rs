//! What is printed when the program itself fails.

use std::io::{self, Write};
use std::panic;

use super::text::harmless;
use crate::mask::Known;

/// Has a fault of the program told without the secrets that are known by then.
pub fn tell_without(known: Known) {
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let text = told(&known, info.payload_as_str().unwrap_or_default(), &place);
        // There is nowhere to report that stderr is gone.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }));
}

fn told(known: &Known, message: &str, place: &str) -> String {
    // Nothing can be masked where masking itself is at fault.
    let message = known.try_mask(message).unwrap_or_default();
    format!(
        "error: internal error: {} ({})\nhint: please report this as a bug, with this line\n",
        harmless(&message),
        harmless(place)
    )
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
