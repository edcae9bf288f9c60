//! `spctl api`: any operation of the Admin API, signed and paged.

use std::io::Write;
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt;
use http::Method;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::atlas::spelling::{self, MalformedCall};
use crate::atlas::{Call, Download, Media, Paging, redact};
use crate::audit::unpack::{UnpackError, Unpacker};
use crate::change;
use crate::commands::audit::UNFRAMED;
use crate::commands::{effective, input};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::ui::{Collected, Format, NoColumns};

mod fields;

/// Which call.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The path may omit /api/atlas/v2. {project} and {org} (also {groupId} and {orgId}) \
are replaced by their ids; other parts must be percent-encoded. The version follows from the \
operation; an unknown one needs --api-version. Fields are the query of a GET, and the \
JSON body otherwise; with --input they are the query. Fields can be nested: -f 'a[b]=c', \
-f 'list[]=item'. Requests other than GET are shown first, with secrets masked, and need a confirmation.

Examples:
  spctl api GET /
  spctl api GET groups/{project}/streams --paginate --jq '.[].name'
  spctl api GET groups/{project}/events -f eventType=MONGODB_USER_ADDED \\
      -F itemsPerPage=5
  spctl api PATCH groups/{project}/streams/orders/processor/totals \\
      -f tier=SP30
  spctl api PUT groups/{project}/users/$ID/roles \\
      -f 'groupRoles[]=GROUP_READ_ONLY' --yes
  spctl api POST groups/{project}/accessList --input entries.json \\
      --dry-run
  spctl api GET groups/{project}/alerts --api-version 2023-01-01"
)]
pub struct Args {
    /// The method: GET, POST, PUT, PATCH or DELETE
    #[arg(value_name = "METHOD", value_parser = method)]
    method: Method,
    /// The path, such as groups/{project}/streams
    #[arg(value_name = "PATH")]
    path: String,
    /// A field whose value is text
    #[arg(short = 'f', long = "field", value_name = "KEY=VALUE")]
    texts: Vec<String>,
    /// A field whose value is true, false, null, a number or other JSON; @FILE reads it from a file
    #[arg(short = 'F', long = "typed-field", value_name = "KEY=VALUE")]
    typed: Vec<String>,
    /// The JSON body: a file, or - for stdin
    #[arg(long, value_name = "FILE|-")]
    input: Option<String>,
    /// Fetch all pages of a list, as one array
    #[arg(long)]
    paginate: bool,
    /// The API version, a date; append +gzip to request a compressed answer
    #[arg(long, value_name = "DATE")]
    api_version: Option<String>,
    /// Write the answer's bytes to this file, or - for stdout
    #[arg(long, value_name = "FILE|-")]
    out: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long, requires = "out")]
    force: bool,
}

fn method(text: &str) -> Result<Method, String> {
    match text.to_ascii_uppercase().as_str() {
        "GET" => Ok(Method::GET),
        "POST" => Ok(Method::POST),
        "PUT" => Ok(Method::PUT),
        "PATCH" => Ok(Method::PATCH),
        "DELETE" => Ok(Method::DELETE),
        _ => Err("use GET, POST, PUT, PATCH or DELETE".to_owned()),
    }
}

/// Makes the call.
///
/// # Errors
/// Usage: a path, field or version that cannot be; a change that is not confirmed. Those of the
/// API.
pub fn run(context: &Context, args: Args) -> Result<()> {
    redact::learn_query(context.ui.known(), &args.path);
    check(context, &args)?;
    context.block_on(async {
        let call = call(context, &args).await?;
        if *call.method() != Method::GET {
            let answer = change::request(context, call).await?;
            let Some(answer) = answer else { return Ok(()) };
            if answer.body.is_empty() {
                context.ui.note(format!("{}, without a body", answer.status));
                return Ok(());
            }
            return write(context, &args, &answer.body);
        }
        if args.paginate {
            return pages(context, call).await;
        }
        if call.media() == Media::Gzip {
            return context.signals.interruptible(download(context, &args, &call)).await;
        }
        let answer = context.client()?.send(&call).await.map_err(Error::from)?;
        write(context, &args, &answer.body)
    })
}

/// Checks for options that exclude each other, before anything is sent.
fn check(context: &Context, args: &Args) -> Result<()> {
    let asked = context.ui.options();
    let table = matches!(asked.format, Some(Format::Table | Format::Csv | Format::Tsv));
    if table || asked.columns.is_some() || asked.names {
        return Err(Error::usage("the output of spctl api has no columns")
            .hint("use -o json, -o ndjson, -o yaml or --jq"));
    }
    let is_get = args.method == Method::GET;
    if args.paginate && !is_get {
        return Err(Error::usage("--paginate is for GET"));
    }
    if args.paginate && args.out.is_some() {
        return Err(Error::usage(
            "--out cannot be used with --paginate, which fetches several answers",
        ));
    }
    if args.input.is_some() && is_get {
        return Err(Error::usage("a GET has no body: --input is for other methods"));
    }
    context.ui.check(&NoColumns)?;
    match args.out.as_ref().filter(|path| path.as_os_str() != "-") {
        Some(path) => output::free(path, Replace::forced(args.force)),
        None => Ok(()),
    }
}

async fn call(context: &Context, args: &Args) -> Result<Call> {
    let mut path = args.path.clone();
    for name in ["{project}", "{groupId}", "{group}"] {
        if path.contains(name) {
            path = path.replace(name, &context.project().await?.project);
        }
    }
    for name in ["{org}", "{orgId}"] {
        if path.contains(name) {
            path = path.replace(name, &org(context).await?);
        }
    }
    let call = spelling::call(args.method.clone(), &path, args.api_version.as_deref());
    let mut call = call.map_err(|why| misspelt(why, args))?;
    let mut given = Vec::new();
    for field in &args.texts {
        given.push(fields::text(field)?);
    }
    for field in &args.typed {
        given.push(fields::typed(field)?);
    }
    for (name, value) in &given {
        let field = Value::Object([(name.clone(), value.clone())].into_iter().collect());
        redact::learn(context.ui.known(), &field, &field);
    }
    if args.method != Method::GET && args.input.is_none() {
        return match given.is_empty() {
            true => Ok(call),
            false => {
                let body = fields::document(given)?;
                redact::learn(context.ui.known(), &body, &body);
                Ok(call.body(body))
            }
        };
    }
    for (name, value) in given {
        if args.paginate && matches!(name.as_str(), "pageNum" | "itemsPerPage" | "includeCount") {
            return Err(Error::usage(format!("--paginate sets {name} itself")));
        }
        call = call.query(name, fields::in_query(&value));
    }
    match &args.input {
        None => Ok(call),
        Some(file) => Ok(call.body(document(context, file)?)),
    }
}

/// The organisation that was chosen, else the project's own.
async fn org(context: &Context) -> Result<String> {
    if let Some(org) = context.org().await? {
        return Ok(org);
    }
    let on = context.project().await?;
    let project = on.client.project(&on.project).await.map_err(Error::from)?;
    project.view.org_id.ok_or_else(|| {
        Error::usage("no organisation is chosen").hint("add --org, or put the id in the path")
    })
}

fn document(context: &Context, file: &str) -> Result<Value> {
    let file = Path::new(file);
    let bytes = input::bytes(context, "--input", file)?;
    input::not_blank("--input", file, &bytes)?;
    let mut value = serde_json::from_slice(&bytes).map_err(|e| {
        Error::usage(format!("--input: {} is not JSON", input::name(file))).source(e)
    })?;
    if effective::take(&mut value) {
        context.ui.note("not sent: \"effective\", which is computed when an object is shown");
    }
    redact::learn(context.ui.known(), &value, &value);
    Ok(value)
}

fn misspelt(why: MalformedCall, args: &Args) -> Error {
    let path = redact::target(&args.path);
    match why {
        MalformedCall::Address => Error::usage("PATH must be a path, without a scheme and a host")
            .hint("the server is chosen by the profile, by --local or by the environment"),
        MalformedCall::Placeholder => Error::usage(format!("{path:?} has an unknown placeholder"))
            .hint("only {project} and {org} are replaced; write out the others"),
        MalformedCall::Version => {
            Error::usage(format!("the operation {} {path} is not known", args.method))
                .hint("add --api-version DATE, as in Atlas' documentation of the operation")
        }
        MalformedCall::Date => Error::usage("--api-version must be a date such as 2023-02-01"),
    }
}

/// Writes an answer: JSON in the format asked for, anything else as it came.
fn write(context: &Context, args: &Args, body: &[u8]) -> Result<()> {
    if let Some(path) = &args.out {
        return match path.as_os_str() == "-" {
            // A zero byte is in no text.
            true if context.ui.stdout_is_terminal()
                && (body.contains(&0) || std::str::from_utf8(body).is_err()) =>
            {
                Err(Error::usage("refusing to write an answer that is not text to a terminal")
                    .hint("name a file with --out, or pipe it to another program"))
            }
            true => context.ui.write(body).and_then(|()| context.ui.flush()),
            false => keep(path, args.force, |file| file.write_all(body)),
        };
    }
    match serde_json::from_slice::<Box<RawValue>>(body) {
        Ok(raw) => context.ui.document(&raw),
        // An operation that is known answers JSON here; what is no JSON is broken.
        Err(error) if args.api_version.is_none() => {
            Err(Error::failed("the answer is not JSON, or is incomplete")
                .source(error)
                .hint("check the base URL; --out FILE writes the bytes as they came"))
        }
        Err(_) if context.ui.stdout_is_terminal() => {
            Err(Error::usage("refusing to write an answer that is not JSON to a terminal")
                .hint("name a file with --out"))
        }
        Err(_) => context.ui.write(body),
    }
}

/// All rows of a list, as they come where the format allows it.
async fn pages(context: &Context, call: Call) -> Result<()> {
    if !matches!(call.paging(), Paging::Counted(_) | Paging::Uncounted(_) | Paging::Array) {
        return Err(Error::usage("this operation does not return a list").hint("omit --paginate"));
    }
    let (ui, format) = (&context.ui, context.ui.format());
    let mut rows = std::pin::pin!(context.client()?.streaming().list::<IgnoredAny>(call));
    let whole = context.ui.options().jq.is_some() || format == Format::Yaml;
    let lines = !whole && format == Format::Ndjson;
    let mut collected = Collected::default();
    let mut last: Option<Box<RawValue>> = None;
    if !whole && !lines {
        ui.line("[")?;
    }
    while let Some(row) = rows.try_next().await.map_err(Error::from)? {
        match () {
            () if lines => ui.line(row.raw.get())?,
            () if whole => collected.push(&row.raw)?,
            // A row is held back until it is known whether a comma follows.
            () => {
                if let Some(row) = last.replace(row.raw) {
                    ui.line(format!("{},", row.get()))?;
                }
            }
        }
    }
    if lines {
        return ui.flush();
    }
    if whole {
        return ui.document(&collected.finish()?);
    }
    if let Some(row) = last {
        ui.line(row.get())?;
    }
    ui.line("]")
}

/// Writes a compressed answer as it comes.
async fn download(context: &Context, args: &Args, call: &Call) -> Result<()> {
    let to_file = args.out.as_ref().filter(|path| path.as_os_str() != "-");
    if to_file.is_none() && context.ui.stdout_is_terminal() {
        return Err(Error::usage("refusing to write gzip to a terminal")
            .hint("name a file with --out, or pipe it into gunzip"));
    }
    let mut coming = context.client()?.download(call).await.map_err(Error::from)?;
    let Some(path) = to_file else {
        let passed = pass_on(context, &mut coming, |piece| context.ui.write(piece)).await;
        passed.map_err(|error| match error.is_broken_pipe() {
            true => error,
            false => error.hint("the output on stdout is incomplete: discard it"),
        })?;
        return context.ui.flush();
    };
    let cannot = |e| output::unwritten(path, Replace::forced(args.force), e);
    let mut file = Pending::create(path).map_err(cannot)?;
    pass_on(context, &mut coming, |piece| file.write_all(piece).map_err(cannot)).await?;
    file.keep(args.force).map_err(cannot)
}

/// Passes an answer on, and checks that it is complete if only its content can tell.
async fn pass_on(
    context: &Context,
    coming: &mut Download,
    mut to: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let cut = |problem: UnpackError| Error::failed("the answer is incomplete").source(problem);
    let mut checked = (!coming.framed).then(|| Unpacker::new(std::io::sink()));
    while let Some(piece) = coming.chunk().await.map_err(Error::from)? {
        to(&piece)?;
        checked = checked.map(|checked| checked.feed(&piece)).transpose().map_err(cut)?;
    }
    if let Some(checked) = checked {
        checked.finish().map_err(cut)?;
        context.ui.warn(UNFRAMED);
    }
    Ok(())
}

fn keep(
    path: &std::path::Path,
    force: bool,
    fill: impl FnOnce(&mut Pending) -> std::io::Result<()>,
) -> Result<()> {
    let cannot = |e| output::unwritten(path, Replace::forced(force), e);
    let mut file = Pending::create(path).map_err(cannot)?;
    fill(&mut file).map_err(cannot)?;
    file.keep(force).map_err(cannot)
}
