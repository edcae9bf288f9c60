//! `users create`.

use serde_json::{Map, Value, json};

use super::authentication::Authentication;
use super::execute::execute;
use super::label;
use super::naming::{self, LONGEST, NOUN, NamedUser};
use super::password::PasswordSource;
use super::role_arg::{RoleArg, document, held};
use super::scopes::describe;
use super::view::{self, has_password};
use crate::atlas::users::{self, User};
use crate::change::{Change, Expect, Fact, ObjectId, Plan};
use crate::comma_list::{CommaList, Items};
use crate::commands::consequence::{Around, Sent, of_users};
use crate::commands::roles::arg;
use crate::commands::user_names::UserNames;
use crate::commands::{estate, expiry, names};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::scopes::{Estate, Scope, ScopeKind, Scopes};
use crate::shell::quote;

/// Which user to create.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl users create mona --role streamOperator --instance orders \\
      --generate-password
  spctl users create contractor --role readAnyDatabase --instance orders \\
      --expires 8h --password-stdin
  spctl users create 'CN=ci,OU=build,O=example' --x509 customer \\
      --role streamViewer --instance orders")]
pub struct Args {
    /// The user's name: a plain name, a distinguished name, an ARN, or IDP/NAME
    #[arg(value_name = "NAME")]
    name: String,
    /// A role as ROLE, ROLE@DATABASE or ROLE@DATABASE.COLLECTION; the database is admin by default
    #[arg(long = "role", value_name = "ROLE,…", required = true, num_args = 1..)]
    roles: Vec<CommaList<RoleArg>>,
    /// Restrict the user to this instance; with no scopes it reaches everything
    #[arg(long = "instance", visible_alias = "workspace", value_name = "NAME,…", num_args = 1..)]
    instances: Vec<CommaList<String>>,
    /// Let the user reach this cluster
    #[arg(long = "cluster", value_name = "NAME,…", num_args = 1..)]
    clusters: Vec<CommaList<String>>,
    /// Let the user reach this federated database
    #[arg(long = "federation", value_name = "NAME,…", num_args = 1..)]
    federations: Vec<CommaList<String>>,
    /// Allow instances that do not exist yet
    #[arg(long)]
    allow_future_instance: bool,
    /// When the user expires, within a week: a duration such as 8h, a date, or never
    #[arg(long, value_name = "8h|DATE|never")]
    expires: Option<String>,
    /// What the user is for
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Add a label
    #[arg(long = "label", value_name = "KEY=VALUE", num_args = 1..)]
    labels: Vec<label::Label>,
    #[command(flatten)]
    kind: Authentication,
    #[command(flatten)]
    password: PasswordSource,
}

/// Creates one user.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    names::check_new(NOUN, &args.name, users::TAKEN)?;
    args.kind.check(&args.name)?;
    let on = context.project().await?;
    let roles = || args.roles.items().map(|RoleArg(role)| role.role_name.as_str());
    let around = Around::new(context, on);
    let (known, estate, graph) = tokio::try_join!(
        naming::fetch_meant(on, std::slice::from_ref(&args.name)),
        around.estate(),
        arg::graph_of(&around, roles()),
    )?;
    arg::check_given(args.roles.items().map(|RoleArg(role)| held(role)), &graph)?;
    let scopes = scopes(&args, &estate)?;
    let fields = fields(context, &args, &scopes)?;
    let user = user(&fields)?;
    let full = naming::full_name(&user);
    if known.iter().any(|k| naming::full_name(k.user()) == full) {
        return Err(Error::new(Kind::Conflict, format!("database user {full} already exists"))
            .hint(format!(
                "spctl users get {} shows it; update, grant and restrict change it",
                quote(&full)
            )));
    }
    let by_password = has_password(&user);
    if !by_password && args.password.is_given() {
        let why = format!("{}: users with this authentication method have no password", args.name);
        return Err(Error::usage(why)
            .hint("omit the password options, or the method: --x509, --iam, --oidc or --ldap"));
    }
    args.password.check(context)?;
    // A preview needs no password, and must not ask for one.
    let all = known.iter().map(NamedUser::user).chain([&user]);
    let object = UserNames::among(all).of(&user);
    let passwords = match by_password && !context.dry_run {
        true => Some(args.password.read_each(context, std::slice::from_ref(&object), 1)?),
        false => None,
    };
    let mut body = fields.clone();
    body.insert("groupId".into(), json!(&on.project));
    if by_password {
        let secret = passwords.as_ref().and_then(|p| p.of(&object)).unwrap_or("********");
        body.insert("password".into(), json!(secret));
    }
    let mut plan = Plan::new(&on.project, NOUN, "create", "created");
    let facts = facts(&user, &scopes, &estate);
    let call = users::create_call(&on.project, Value::Object(body));
    let expect = Expect::At(plan.object(full), Value::Object(fields));
    plan.change(Change::new(plan.object(object), call, expect).facts(facts));
    of_users(&around, Some(&graph), Sent::Fields, &mut plan).await?;
    let mut applied = execute(context, plan, None, on).await;
    let unknown = std::mem::take(&mut applied.unknown);
    let hand_over = async |done: &[ObjectId]| {
        passwords.map_or(Ok(()), |passwords| passwords.hand_over(context, done, &unknown))
    };
    applied.then(context, hand_over).await
}

fn scopes(args: &Args, estate: &Estate) -> Result<Scopes> {
    let kinds = [
        (ScopeKind::Stream, &args.instances, args.allow_future_instance),
        (ScopeKind::Cluster, &args.clusters, false),
        (ScopeKind::DataLake, &args.federations, false),
    ];
    let mut scopes = Scopes::new();
    for (kind, names, future) in kinds {
        for name in names.items() {
            crate::commands::estate::check(estate, kind, name, future)?;
            scopes.insert(Scope::new(kind, name));
        }
    }
    Ok(scopes)
}

/// What is sent and can be read back.
fn fields(context: &Context, args: &Args, scopes: &Scopes) -> Result<Map<String, Value>> {
    let mut fields = Map::new();
    let mut roles: Vec<Value> = Vec::new();
    for role in args.roles.items().map(|RoleArg(role)| document(role)) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    fields.insert("username".into(), json!(args.name));
    fields.insert("databaseName".into(), json!(args.kind.database()));
    fields.insert("roles".into(), json!(roles));
    fields.insert("scopes".into(), estate::document(scopes));
    fields.extend(args.kind.field().map(|(field, value)| (field.to_owned(), json!(value))));
    if let Some(text) = &args.expires {
        let date = expiry::date(context, text, LONGEST).map_err(|e| e.context("--expires"))?;
        fields.extend(date.map(|date| ("deleteAfterDate".to_owned(), json!(date))));
    }
    if let Some(text) = &args.description {
        fields.insert("description".into(), json!(text));
    }
    if !args.labels.is_empty() {
        let labels: Vec<Value> =
            label::each(&args.labels)?.iter().map(label::Label::document).collect();
        fields.insert("labels".into(), json!(labels));
    }
    Ok(fields)
}

/// The user that these fields make.
fn user(fields: &Map<String, Value>) -> Result<User> {
    serde_json::from_value(Value::Object(fields.clone()))
        .map_err(|error| Error::failed("cannot describe the new user").source(error))
}

fn facts(user: &User, scopes: &Scopes, estate: &Estate) -> Vec<Fact> {
    let roles: Vec<String> = user.roles.iter().map(view::role).collect();
    let reached: Vec<String> = estate.reached(scopes).iter().map(Scope::to_string).collect();
    let mut facts = vec![
        Fact::new("authentication", view::authentication(user)),
        Fact::new("roles", roles.join(", ")),
        Fact::new("scopes", describe(scopes)),
        Fact::new(
            "reaches",
            if reached.is_empty() { "nothing".into() } else { reached.join(", ") },
        ),
    ];
    if scopes.is_empty() {
        facts.push(Fact::new("reaches", "everything created in this project later"));
    }
    facts.extend(user.delete_after_date.as_ref().map(|date| Fact::new("expires", date)));
    facts
}
