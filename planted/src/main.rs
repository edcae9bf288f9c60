//! Writes an audit log with planted answers, and prints the answers as JSON.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program")]

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::PathBuf;
use std::process::ExitCode;

use spctl_planted::{Packing, Plan, Shape, archive, pack};

const USAGE: &str = "\
usage: spctl-planted [OPTION]... FILE|DIR|-
  --events N         how many events (default 10000)
  --size BYTES       about so many plain bytes instead (a suffix K, M or G counts in 1000)
  --days N           over how many days (default 30)
  --seed N           what chance starts from
  --instance NAME    whose log it is (default orders)
  --everything       all shapes, spellings and kinds of damage, twins, no order, huge lines, an incident
  --shapes A,B       of server, schema, legacy
  --damage N         damaged lines in a thousand
  --twins N          doubled events in a thousand
  --shuffle N        among how many lines the order is by chance
  --huge-every N     every how many events a line is of one megabyte
  --late-field N     from which event on there is a new field
  --incident         a guessed password and what follows
  --member BYTES     gzip members of so many plain bytes
The name decides the packing: .gz, .zst, else plain; a name that ends in / is an archive's directory.
The answers go to stdout, or to stderr when the log itself goes to stdout.";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1).peekable();
    let mut plan = match args.next_if(|arg| arg == "--everything") {
        Some(_) => Plan::everything(10_000),
        None => Plan::clean(10_000),
    };
    let (mut to, mut member) = (None, None);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(USAGE);
        match arg.as_str() {
            "--events" => plan.events = number(&value()?)?,
            "--size" => plan = plan.sized(number(&value()?)?),
            "--days" => plan = plan.over(value()?.parse()?),
            "--seed" => plan.seed = number(&value()?)?,
            "--instance" => plan.instance = value()?,
            "--everything" => return Err("--everything comes first".into()),
            "--shapes" => plan.shapes = shapes(&value()?)?,
            "--damage" => plan.damage = value()?.parse()?,
            "--twins" => plan.twins = value()?.parse()?,
            "--shuffle" => plan.shuffle = value()?.parse()?,
            "--huge-every" => plan.huge_every = Some(number(&value()?)?),
            "--late-field" => plan.late_field_from = Some(number(&value()?)?),
            "--incident" => plan.incident = true,
            "--member" => member = Some(number(&value()?)?),
            option if option.starts_with("--") => return Err(USAGE.into()),
            _ => to = Some(arg),
        }
    }
    let to = to.ok_or(USAGE)?;
    let path = PathBuf::from(&to);
    let packing = match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => Packing::Gzip { level: 6, member },
        Some("zst") => Packing::Zstd,
        _ => Packing::Plain,
    };
    if to == "-" {
        let truth = pack(&plan, packing, io::stdout().lock())?;
        eprintln!("{}", serde_json::to_string_pretty(&truth)?);
        return Ok(());
    }
    let truth = match to.ends_with('/') {
        true => archive(&plan, &path)?,
        false => pack(&plan, packing, BufWriter::new(File::create(&path)?))?,
    };
    println!("{}", serde_json::to_string_pretty(&truth)?);
    Ok(())
}

fn number(text: &str) -> Result<u64, Box<dyn std::error::Error>> {
    let digits = text.trim_end_matches(['K', 'M', 'G']);
    let unit = match &text[digits.len()..] {
        "" => 1,
        "K" => 1000,
        "M" => 1_000_000,
        "G" => 1_000_000_000,
        _ => return Err(format!("{text} is no number").into()),
    };
    Ok(digits.parse::<u64>()? * unit)
}

fn shapes(list: &str) -> Result<Vec<Shape>, String> {
    let shape = |name: &str| {
        let found = Shape::ALL.into_iter().find(|shape| shape.name() == name);
        found.ok_or_else(|| format!("no shape is called {name}"))
    };
    list.split(',').map(shape).collect()
}
