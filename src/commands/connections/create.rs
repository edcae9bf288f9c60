//! `connections create`.

use serde_json::{Map, Value};

use super::body::Body;
use super::fetch;
use super::file;
use super::flags::Flags;
use super::list::LISTING;
use super::needs;
use super::ready;
use super::role::RoleOption;
use super::role::{role_to_execute, set_role};
use crate::atlas::connections;
use crate::change::{self, Change, Expect, Fact, Plan};
use crate::commands::consequence::{Around, of_connection};
use crate::commands::instance_args::OnInstance;
use crate::commands::known::Verbatim;
use crate::commands::names;
use crate::commands::wait::Wait;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::shell::quote;

/// The connection to create.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The type follows from options that belong to one type only. A document given with --file \
has the API's own fields; options override it.

Examples:
  spctl connections create order-events --instance orders \\
      --bootstrap-servers b-1.kafka.example:9196 --mechanism SCRAM-512 \\
      --username atlas --password-env KAFKA_PASSWORD --wait
  spctl connections create shop --instance orders --cluster shop-main \\
      --execute-as ordersWriter
  spctl connections create sample_stream_solar --instance orders \\
      --type Sample
  spctl connections create hook --instance orders \\
      --url https://hook.example/in --header-env Authorization=HOOK_KEY
  spctl connections create bucket --instance orders --type S3 \\
      --role-arn arn:aws:iam::111122223333:role/sink \\
      --test-bucket orders-out
  spctl connections create warehouse --instance orders \\
      --file warehouse.yaml"
)]
pub struct Args {
    /// The connection's name, as pipelines refer to it
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    instance: OnInstance,
    /// The type: Kafka, Cluster, Sample, Https, S3, AWSLambda, AWSKinesisDataStreams,
    /// SchemaRegistry, AzureBlobStorage or GCPPubSub
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    #[command(flatten)]
    verbatim: Verbatim,
    #[command(flatten)]
    flags: Flags,
    #[command(flatten)]
    role: RoleOption,
    #[command(flatten)]
    wait: Wait,
}

/// Creates one connection.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    names::check_new("connection", &args.name, &[])?;
    let mut body = match &args.flags.file {
        Some(path) => file::read(context, path)?,
        None => Body::default(),
    };
    if let Some(name) = body.text(&["name"]).filter(|name| *name != args.name) {
        let why = format!("the document names another connection: {name:?}");
        return Err(Error::usage(why)
            .hint("remove the name from the document, or create the connection under that name"));
    }
    for answered in ["id", "links", "state"] {
        body.sent.shift_remove(answered);
        body.shown.shift_remove(answered);
    }
    let typed = args.kind.as_deref().map(|kind| needs::spelled(kind, args.verbatim)).transpose()?;
    let kind = typed
        .or_else(|| body.text(&["type"]).map(str::to_owned))
        .or_else(|| args.flags.kind().map(str::to_owned))
        .ok_or_else(|| {
            Error::usage("the type of the connection was not given")
                .hint(format!("add --type; the types are {}", needs::kinds()))
        })?;
    body.set(&["name"], args.name.as_str());
    body.set(&["type"], kind.as_str());
    args.flags.apply(context, &mut body, &kind).await?;

    let on = context.project().await?;
    let instance = &args.instance.name;
    needs::check_whole(&body, &kind)?;
    let around = Around::new(context, on);
    let mut facts = Vec::new();
    if kind == "Cluster" {
        let role = role_to_execute(&body, &args.role)?;
        let role = set_role(&around, &on.project, &mut body, role, &args.role.flags).await?;
        facts = role.facts;
    } else if args.role.name.is_some() {
        let kind = needs::with_article(&kind);
        return Err(Error::usage(format!("{kind} connection does not execute as a role"))
            .hint("only connections of type Cluster do; leave out --execute-as"));
    }
    let known = fetch::fetch(on, instance).await?;
    if known.iter().any(|row| row.view.name == args.name) {
        let message = format!("connection {} already exists on instance {instance}", args.name);
        return Err(Error::new(Kind::Conflict, message).hint(format!(
            "spctl connections get {} --instance {} shows it; update changes it",
            quote(&args.name),
            quote(instance)
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
    of_connection(&around, &around, instance, &mut plan).await?;
    let fetch = || fetch::fetch(on, instance);
    let applied = change::apply(context, plan, None, &LISTING, fetch).await;
    applied
        .then(context, async |done| ready::wait(context, on, &args.wait, instance, done).await)
        .await
}
