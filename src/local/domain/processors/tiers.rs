//! Sizes of stream processors, and between which of them one may be scaled.

use serde_json::{Map, Value};

use crate::local::domain::refusal::Refusal;
use crate::local::domain::{Outcome, known_keys};

/// Sizes, the smallest first.
const TIERS: [&str; 5] = ["SP2", "SP5", "SP10", "SP30", "SP50"];

fn rank(tier: &Value) -> Option<usize> {
    TIERS.iter().position(|known| tier == known)
}

/// Checks a size, which `name` names, against what the instance allows.
///
/// # Errors
/// Invalid: no size, or one above the instance's largest.
pub(super) fn check(name: &str, instance: &Value, value: &Value) -> Outcome<()> {
    let Some(wanted) = rank(value) else {
        return Err(Refusal::invalid(name, format!("it must be one of {}", TIERS.join(", "))));
    };
    match rank(&instance["streamConfig"]["maxTierSize"]) {
        Some(most) if wanted > most => {
            let detail = format!("the workspace allows {} at most", TIERS[most]);
            Err(Refusal::invalid(name, detail))
        }
        _ => Ok(()),
    }
}

/// How a processor is scaled after what is wanted, under `name`, is applied to how it was before:
/// what is omitted stays, and null or false ends it.
///
/// # Errors
/// Invalid: unknown fields; bounds of what is not scaled; bounds that are no sizes, that cross or
/// that the instance does not allow.
pub(super) fn autoscaling(
    name: &str,
    instance: &Value,
    before: &Value,
    wanted: &Value,
) -> Outcome<Option<Value>> {
    if wanted.is_null() {
        return Ok(None);
    }
    known_keys(name, wanted, &["enabled", "minTier", "maxTier", "links"])?;
    let invalid = |part: &str, detail: &str| Refusal::invalid(&format!("{name}.{part}"), detail);
    let enabled = match wanted.get("enabled") {
        None => before["enabled"] == true,
        Some(Value::Null) => false,
        Some(Value::Bool(enabled)) => *enabled,
        Some(_) => return Err(invalid("enabled", "it must be true or false")),
    };
    let mut scaling = Map::from_iter([("enabled".to_owned(), enabled.into())]);
    for bound in ["maxTier", "minTier"] {
        match (wanted.get(bound), before.get(bound)) {
            (Some(value), _) if !value.is_null() => {
                if !enabled {
                    return Err(invalid(bound, "it can be set only while enabled is true"));
                }
                check(&format!("{name}.{bound}"), instance, value)?;
                scaling.insert(bound.to_owned(), value.clone());
            }
            // The bound is the instance's own again.
            (Some(_), _) | (None, None) => {}
            (None, Some(stays)) if enabled => {
                scaling.insert(bound.to_owned(), stays.clone());
            }
            (None, Some(_)) => {}
        }
    }
    let bound = |name: &str| scaling.get(name).and_then(rank);
    if let (Some(most), Some(least)) = (bound("maxTier"), bound("minTier"))
        && least > most
    {
        return Err(invalid("minTier", "it is larger than maxTier"));
    }
    Ok(Some(scaling.into()))
}
