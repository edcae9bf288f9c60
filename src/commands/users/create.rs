//! `users create`.

use serde_json::{Map, Value, json};

use super::execute::execute;
use super::naming::NOUN;
use super::password::PasswordSource;
use super::role_arg::{RoleArg, document};
use super::scopes::describe;
use super::{expiry, label, naming};
use crate::atlas::users;
use crate::change::{Change, Expect, Fact, ObjectId, Plan};
use crate::comma_list::{CommaList, Items};
use crate::commands::roles::arg;
use crate::commands::{estate, names};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::privileges::scopes::{Estate, Scope, ScopeKind, Scopes};

/// Which user to create.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl users create mona --role streamOperator --instance orders --generate-password
  spctl users create contractor --role readAnyDatabase --instance orders --expires 8h --password-stdin
  spctl users create 'CN=ci,OU=build,O=example' --x509 customer --role streamViewer --instance orders")]
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
    /// When the user expires, within a week: a duration such as 8h, or a date
    #[arg(long, value_name = "8h|DATE")]
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

/// How the user authenticates; by password unless another method is given.
#[derive(Debug, Clone, clap::Args)]
#[group(skip)]
struct Authentication {
    /// Authenticate by X.509 certificate
    #[arg(long, value_name = "customer|managed", value_parser = ["customer", "managed"], group = "kind")]
    x509: Option<String>,
    /// Authenticate by AWS IAM
    #[arg(long, value_name = "user|role", value_parser = ["user", "role"], group = "kind")]
    iam: Option<String>,
    /// Authenticate by OIDC: a workload (user) or a group of people (group)
    #[arg(long, value_name = "user|group", value_parser = ["user", "group"], group = "kind")]
    oidc: Option<String>,
    /// Authenticate by LDAP
    #[arg(long, value_name = "user|group", value_parser = ["user", "group"], group = "kind")]
    ldap: Option<String>,
    /// The authentication database, if not the default of the authentication method
    #[arg(long, value_name = "DB", value_parser = naming::DATABASES)]
    auth_db: Option<String>,
}

impl Authentication {
    /// The API's field and value of the method, and its default database.
    fn field(&self) -> Option<(&'static str, String, &'static str)> {
        let external = "$external";
        let upper = |v: &String| v.to_uppercase();
        let x509 = self.x509.as_ref().map(|v| ("x509Type", upper(v), external));
        let iam = self.iam.as_ref().map(|v| ("awsIAMType", upper(v), external));
        let ldap = self.ldap.as_ref().map(|v| ("ldapAuthType", upper(v), external));
        let oidc = self.oidc.as_ref().map(|v| match v.as_str() {
            "group" => ("oidcAuthType", "IDP_GROUP".to_owned(), "admin"),
            _ => ("oidcAuthType", "USER".to_owned(), external),
        });
        x509.or(iam).or(ldap).or(oidc)
    }
}

/// Creates one user.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    names::check_new("database user", &args.name)?;
    let on = context.project().await?;
    let roles = || args.roles.items().map(|RoleArg(role)| role.role_name.as_str());
    let (known, estate, graph) =
        tokio::try_join!(naming::fetch(on), estate::fetch(on), arg::graph_of(on, roles()),)?;
    arg::check_given(roles(), &graph)?;
    let scopes = scopes(&args, &estate)?;
    let (fields, database) = fields(context, &args, &scopes)?;
    let full = format!("{}@{database}", args.name);
    if known.iter().any(|k| naming::full_name(k.user()) == full) {
        return Err(Error::new(Kind::Conflict, format!("database user {full} already exists"))
            .hint(format!(
                "spctl users get '{full}' shows it; update, grant and restrict change it"
            )));
    }
    let by_password = args.kind.field().is_none();
    if !by_password && args.password.is_given() {
        let why = format!("{}: users with this authentication method have no password", args.name);
        return Err(Error::usage(why)
            .hint("omit the password options, or the method: --x509, --iam, --oidc or --ldap"));
    }
    args.password.check(context)?;
    // A preview needs no password, and must not ask for one.
    let namesake = known.iter().any(|k| k.user().username == args.name);
    let short = !namesake && naming::is_short(&args.name);
    let object = if short { args.name.clone() } else { full };
    let passwords = match by_password && !context.dry_run {
        true => Some(args.password.read_each(context, std::slice::from_ref(&object), 1)?),
        false => None,
    };
    let mut body = fields.clone();
    body.insert("groupId".into(), json!(&on.project));
    body.insert("databaseName".into(), json!(database));
    if by_password {
        let secret = passwords.as_ref().and_then(|p| p.of(&object)).unwrap_or("********");
        body.insert("password".into(), json!(secret));
    }
    let mut plan = Plan::new(&on.project, NOUN, "create", "created");
    let facts = facts(&args, &scopes, &estate, &fields);
    let call = users::create_call(&on.project, Value::Object(body));
    let expect = Expect::Has(Value::Object(fields));
    plan.change(Change::new(plan.object(object), call, expect).facts(facts));
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

/// What is sent and can be read back, and the authentication database.
fn fields(context: &Context, args: &Args, scopes: &Scopes) -> Result<(Map<String, Value>, String)> {
    let mut fields = Map::new();
    let mut roles: Vec<Value> = Vec::new();
    for role in args.roles.items().map(|RoleArg(role)| document(role)) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    fields.insert("username".into(), json!(args.name));
    fields.insert("roles".into(), json!(roles));
    fields.insert("scopes".into(), estate::document(scopes));
    let mut database = "admin".to_owned();
    if let Some((field, value, usual)) = args.kind.field() {
        fields.insert(field.into(), json!(value));
        usual.clone_into(&mut database);
    }
    if let Some(wanted) = &args.kind.auth_db {
        database.clone_from(wanted);
    }
    if let Some(text) = &args.expires {
        fields.insert("deleteAfterDate".into(), json!(expiry::date(context, text)?));
    }
    if let Some(text) = &args.description {
        fields.insert("description".into(), json!(text));
    }
    if !args.labels.is_empty() {
        let labels: Vec<Value> =
            label::each(&args.labels)?.iter().map(label::Label::document).collect();
        fields.insert("labels".into(), json!(labels));
    }
    Ok((fields, database))
}

fn facts(args: &Args, scopes: &Scopes, estate: &Estate, fields: &Map<String, Value>) -> Vec<Fact> {
    let roles: Vec<String> = args.roles.items().map(|RoleArg(r)| super::view::role(r)).collect();
    let reached: Vec<String> = estate.reached(scopes).iter().map(Scope::to_string).collect();
    let mut facts = vec![
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
    if let Some(date) = fields.get("deleteAfterDate").and_then(Value::as_str) {
        facts.push(Fact::new("expires", date));
    }
    facts
}
