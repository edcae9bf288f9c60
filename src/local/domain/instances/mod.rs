//! Stream processing instances.

mod rules;

use serde_json::{Value, json};

use super::connections;
use super::processors::{self, ProcessorName};
use super::refusal::{Refusal, Subject};
use super::{Attributes, Listing, Outcome, Part, Work, require, text};
use crate::local::crypto;
use crate::local::store::docs::{self, kind};
use crate::local::store::{audit, meta};

/// The size of an instance whose maker names none.
const DEFAULT_TIER: &str = "SP30";

/// The domain that the host names of instances are in: nobody's (RFC 2606), so that nothing else can
/// be reached by them.
pub const HOST_DOMAIN: &str = "stream.example.net";

/// An instance, which is known by a name within a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstanceName<'a> {
    /// Id of the project.
    pub project: &'a str,
    /// The name.
    pub name: &'a str,
}

impl InstanceName<'_> {
    /// The parent of its connections and processors.
    pub(super) fn parent(&self) -> String {
        docs::instance_parent(self.project, self.name)
    }

    /// There is no such instance.
    pub(super) fn not_found(&self) -> Refusal {
        let InstanceName { project, name } = self;
        let detail = format!("No stream workspace named {name} exists in group {project}.");
        Refusal::not_found(Subject::Instance, name, detail)
    }

    /// Writes a project event about it.
    pub(super) fn event(&self, work: &Work<'_>, kind: &str) -> Outcome<()> {
        work.event(self.project, kind, &[("instanceName", self.name)])
    }
}

/// A part of a project's instances.
pub fn list(work: &Work<'_>, project: &str, part: Part) -> Outcome<Listing> {
    work.list(kind::INSTANCE, project, part)
}

/// One instance.
pub fn get(work: &Work<'_>, instance: InstanceName<'_>) -> Outcome {
    let found = work.get(kind::INSTANCE, instance.project, instance.name)?;
    found.ok_or_else(|| instance.not_found())
}

/// One instance, with its connections in it.
pub fn get_with_connections(work: &Work<'_>, name: InstanceName<'_>) -> Outcome {
    let mut instance = get(work, name)?;
    instance["connections"] = work.all(kind::CONNECTION, &name.parent())?.into();
    Ok(instance)
}

/// Creates an instance; `sample` is whether it has the sample connection where the attributes do
/// not say.
pub fn create(work: &Work<'_>, project: &str, given: &Attributes, sample: bool) -> Outcome {
    let known =
        ["name", "dataProcessRegion", "failoverRegions", "streamConfig", "sampleConnections"];
    rules::known(given, &known)?;
    require(given, &["name", "dataProcessRegion"])?;
    let name = rules::name(&given["name"])?;
    let home = &given["dataProcessRegion"];
    rules::region("dataProcessRegion", home)?;
    let failover = given.get("failoverRegions").cloned().unwrap_or_else(|| json!([]));
    rules::failover_regions(&failover, home)?;
    let mut config = json!({ "tier": DEFAULT_TIER });
    match given.get("streamConfig").filter(|config| !config.is_null()) {
        // A ceiling below the default is the size as well.
        Some(given) if given.get("tier").is_none() && given.get("maxTierSize").is_some() => {
            config["tier"] = given["maxTierSize"].clone();
            rules::merge_config(&mut config, given)?;
        }
        Some(given) => rules::merge_config(&mut config, given)?,
        None => {}
    }
    let sample = rules::sample_wanted(given, sample)?;

    // A log whose time is over must not become the new instance's.
    audit::purge(work.db, work.now)?;
    let id = meta::next_id(work.db)?;
    let region = text(home, "region");
    let instance = json!({
        "_id": id,
        "dataProcessRegion": { "cloudProvider": home["cloudProvider"], "region": region },
        "failoverRegions": failover,
        "groupId": project,
        "hostnames": [host(&id, region)],
        "name": name,
        "streamConfig": config,
    });
    rules::failover_size(&instance)?;
    if !docs::insert(work.db, work.now, kind::INSTANCE, project, name, &instance, None)? {
        let detail = format!("A stream workspace named {name} already exists in group {project}.");
        return Err(Refusal::taken(Subject::Instance, name, detail));
    }
    let own = InstanceName { project, name };
    own.event(work, "STREAM_TENANT_CREATED")?;
    if sample {
        connections::add_sample(work, own, region)?;
    }
    Ok(instance)
}

/// Where shells connect to.
fn host(id: &str, region: &str) -> String {
    let digest = crypto::sha256_hex(id);
    let suffix = digest.get(..5).unwrap_or_default();
    let region = region.to_lowercase().replace('_', "-");
    format!("atlas-stream-{id}-{suffix}.{region}.{HOST_DOMAIN}")
}

/// Changes where an instance runs and how large it is, and starts or stops all its processors.
pub fn update(work: &Work<'_>, name: InstanceName<'_>, given: &Attributes) -> Outcome {
    let mut instance = get(work, name)?;
    let known = ["cloudProvider", "region", "failoverRegions", "streamConfig", "processorStatus"];
    rules::known(given, &known)?;
    for key in ["cloudProvider", "region"] {
        if let Some(value) = given.get(key) {
            instance["dataProcessRegion"][key] = value.clone();
        }
    }
    rules::region("region", &instance["dataProcessRegion"])?;
    if let Some(regions) = given.get("failoverRegions") {
        instance["failoverRegions"] = regions.clone();
    }
    rules::failover_regions(&instance["failoverRegions"], &instance["dataProcessRegion"])?;
    if let Some(config) = given.get("streamConfig").filter(|config| !config.is_null()) {
        rules::merge_config(&mut instance["streamConfig"], config)?;
    }
    rules::failover_size(&instance)?;
    if let Some(status) = given.get("processorStatus") {
        all_processors(work, name, &instance, status)?;
    }
    docs::update(work.db, kind::INSTANCE, name.project, name.name, &instance, None)?;
    name.event(work, "STREAM_TENANT_UPDATED")?;
    Ok(instance)
}

/// Starts or stops every processor of the instance, or restarts those that run in another region.
fn all_processors(
    work: &Work<'_>,
    name: InstanceName<'_>,
    instance: &Value,
    status: &Value,
) -> Outcome<()> {
    let state = match status["status"].as_str() {
        Some("STARTED") => "STARTED",
        Some("STOPPED") => "STOPPED",
        Some("FAILED_OVER") => {
            let region = &status["region"];
            let regions = instance["failoverRegions"].as_array();
            if regions.is_none_or(|all| all.iter().all(|other| other["region"] != *region)) {
                let detail = format!("{region} is not a failover region of the instance");
                return Err(Refusal::invalid("processorStatus", detail));
            }
            return Ok(());
        }
        _ => {
            let detail = "status must be one of STARTED, STOPPED, FAILED_OVER";
            return Err(Refusal::invalid("processorStatus", detail));
        }
    };
    let parent = name.parent();
    for mut processor in work.all(kind::PROCESSOR, &parent)? {
        let key = text(&processor, "name").to_owned();
        let stops_nothing = state == "STOPPED" && processor["state"] != "STARTED";
        if processor["state"] != state && !stops_nothing {
            let own = ProcessorName { instance: name, name: &key };
            processors::set_state(work, own, &mut processor, state)?;
            name.event(work, processors::turned(&processor))?;
        }
    }
    Ok(())
}

/// Deletes an instance with its connections, and with its processors unless one is running.
pub fn delete(work: &Work<'_>, instance: InstanceName<'_>) -> Outcome<()> {
    get(work, instance)?;
    let (InstanceName { project, name }, parent) = (instance, instance.parent());
    let processors = work.all(kind::PROCESSOR, &parent)?;
    if processors.iter().any(|processor| processor["state"] == "STARTED") {
        let detail = format!(
            "Stream workspace with name {name} has active processors, and cannot be changed."
        );
        return Err(Refusal::in_use(Subject::Instance, name, Subject::Processor, detail));
    }
    for below in [kind::CONNECTION, kind::FAILOVER_CONNECTION, kind::PROCESSOR] {
        docs::delete_under(work.db, below, &parent)?;
    }
    docs::delete(work.db, work.now, kind::INSTANCE, project, name)?;
    audit::purge(work.db, work.now)?;
    audit::instance_deleted(work.db, work.now, project, name)?;
    instance.event(work, "STREAM_TENANT_DELETED")
}
