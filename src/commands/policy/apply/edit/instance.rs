//! Instances: a policy creates them where they are missing, and leaves their settings alone.

use serde_json::Value;

use super::super::phase::Phase;
use super::Subject;
use crate::atlas::instances;
use crate::change::{Change, Expect, Fact};

/// What the API takes of a new instance.
const TAKEN: [&str; 4] = ["name", "dataProcessRegion", "streamConfig", "failoverRegions"];

impl Subject<'_> {
    pub(super) fn create_instance(&self, wanted: &Value) -> (Phase, Change) {
        let mut body = wanted.clone();
        if let Some(fields) = body.as_object_mut() {
            fields.retain(|key, _| TAKEN.contains(&key.as_str()));
        }
        let region = &wanted["dataProcessRegion"];
        let region = ["cloudProvider", "region"].map(|key| super::text(region, key)).join(" ");
        let call = instances::create_call(self.project, false, body.clone());
        let change = Change::new(self.key.object(self.project), call, Expect::Has(body));
        (Phase::CreateInstances, change.fact(Fact::new("region", region)))
    }

    pub(super) fn delete_instance(&self) -> (Phase, Change) {
        let call = instances::delete_call(self.project, &self.key.name);
        let change = Change::new(self.key.object(self.project), call, Expect::Going);
        (Phase::DeleteInstances, change)
    }
}
