//! `connections create`.

use serde_json::{Map, Value};

use super::body::Body;
use super::flags::Flags;
use super::list::{self, LISTING};
use super::needs;
use super::role::{self, Meaning, role_document};
use super::{Instance, file};
use crate::atlas::connections;
use crate::change::{self, Change, Expect, Fact, Plan};
use crate::commands::names;
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;

/// The connection to be.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The type follows from the options where these belong to one type only. A document given with
--file has the API's own fields, and options are laid over it.

Examples:
  spctl connections create order-events --instance orders \\
      --bootstrap-servers b-1.kafka.example:9196 --mechanism SCRAM-512 --username atlas \\
      --password-env KAFKA_PASSWORD --wait
  spctl connections create shop --instance orders --cluster shop-main --execute-as ordersWriter
  spctl connections create sample_stream_solar --instance orders --type Sample
  spctl connections create hook --instance orders --url https://hook.example/in \\
      --header-env Authorization=HOOK_KEY
  spctl connections create bucket --instance orders --type S3 \\
      --role-arn arn:aws:iam::111122223333:role/sink --test-bucket orders-out
  spctl connections create warehouse --instance orders --file warehouse.yaml"
)]
pub struct Args {
    /// The connection's name, as pipelines say it
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    instance: Instance,
    /// The type: Kafka, Cluster, Sample, Https, S3, AWSLambda, AWSKinesisDataStreams,
    /// SchemaRegistry, AzureBlobStorage or GCPPubSub
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    #[command(flatten)]
    flags: Flags,
    /// The role that pipelines read and write the cluster as
    #[arg(long, value_name = "ROLE", help_heading = "Cluster")]
    execute_as: Option<String>,
    #[command(flatten)]
    meaning: Meaning,
    #[command(flatten)]
    wait: Wait,
}

/// Creates one connection.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    names::check_new("connection", &args.name)?;
    let mut body = match &args.flags.file {
        Some(path) => file::read(context, path)?,
        None => Body::default(),
    };
    if let Some(name) = body.text(&["name"]).filter(|name| *name != args.name) {
        let why = format!("the document is about a connection of another name: {name:?}");
        return Err(Error::usage(why).hint("take the name out of it, or create it by that name"));
    }
    for answered in ["id", "links", "state"] {
        body.sent.shift_remove(answered);
        body.shown.shift_remove(answered);
    }
    let kind = args
        .kind
        .as_deref()
        .map(needs::spelled)
        .or_else(|| body.text(&["type"]).map(str::to_owned))
        .or_else(|| args.flags.kind().map(str::to_owned))
        .ok_or_else(|| {
            Error::usage("nothing says what type of connection this is")
                .hint(format!("add --type; types are {}", needs::kinds()))
        })?;
    body.set(&["name"], args.name.as_str());
    body.set(&["type"], kind.as_str());
    args.flags.apply(context, &mut body, &kind).await?;

    let on = context.project().await?;
    let instance = &args.instance.name;
    needs::check_whole(&body, &kind)?;
    let mut facts = Vec::new();
    if kind == "Cluster" {
        let role = wanted(&body, args.execute_as.as_deref(), &args.meaning)?;
        facts = execute_as(on, &mut body, role, &args.meaning).await?;
    } else if args.execute_as.is_some() {
        let kind = needs::with_article(&kind);
        return Err(Error::usage(format!("{kind} connection executes as no role"))
            .hint("only connections of type Cluster do: leave --execute-as away"));
    }
    let known = list::fetch(on, instance).await?;
    if known.iter().any(|row| row.view.name == args.name) {
        let message = format!("connection {} exists already on instance {instance}", args.name);
        return Err(Error::new(Kind::Conflict, message).hint(format!(
            "spctl connections get {} --instance {instance} shows it; update changes it",
            args.name
        )));
    }
    needs::complete(context, &mut body, &kind)?;

    let hidden = ["name", "type", "dbRoleToExecute"];
    let mut previewed = body.clone();
    previewed.shown.retain(|key, _| !hidden.contains(&key.as_str()));
    let mut lines = vec![Fact::new("type", kind)];
    lines.extend(previewed.differences(&Map::new()).into_iter().map(|line| Fact::new("has", line)));
    lines.append(&mut facts);
    let mut plan = Plan::new(&on.project, "connection", "create", "created");
    let expect = Expect::Has(body.readable());
    let call = connections::create_call(&on.project, instance, Value::Object(body.sent))
        .shown(Value::Object(body.shown));
    plan.change(Change::new(plan.object(&args.name), call, expect).facts(lines));
    let fetch = || list::fetch(on, instance);
    let applied = change::apply(context, plan, None, &LISTING, fetch).await;
    applied
        .then(context, async |done| list::wait(context, on, &args.wait, instance, done).await)
        .await
}

/// The role that a Cluster connection is to execute as, and its kind; there is no default.
///
/// # Errors
/// Usage: none is named, or one that cannot be.
pub(super) fn wanted(
    body: &Body,
    option: Option<&str>,
    meaning: &Meaning,
) -> Result<(String, String)> {
    if let Some(role) = option {
        return Ok((role.to_owned(), role::kind_of(role, meaning)?.to_owned()));
    }
    match body.text(&["dbRoleToExecute", "role"]) {
        Some(role) => {
            let kind = match body.text(&["dbRoleToExecute", "type"]) {
                Some(kind) => kind,
                None => role::kind_of(role, meaning)?,
            };
            Ok((role.to_owned(), kind.to_owned()))
        }
        None => Err(Error::usage("a Cluster connection acts as a role, and none is named")
            .hint("add --execute-as ROLE: a custom role that holds what the pipelines need")
            .hint("there is no default, because every default would be too much")),
    }
}

/// Sets the role, and says what it may do.
pub(super) async fn execute_as(
    on: &ProjectClient,
    body: &mut Body,
    (role, kind): (String, String),
    meaning: &Meaning,
) -> Result<Vec<Fact>> {
    let home = body.text(&["clusterGroupId"]).unwrap_or(&on.project);
    let judged =
        role::judge(&on.elsewhere(home), &role, &kind, meaning.allow_administrator).await?;
    body.set(&["dbRoleToExecute"], role_document(&role, &kind));
    let mut facts = vec![Fact::new("execute as", format!("{role} ({})", kind.to_lowercase()))];
    facts.extend(judged.facts);
    Ok(facts)
}
