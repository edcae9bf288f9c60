//! What reading an audit log costs: `spctl audit` against bare decompression, DuckDB, jq and grep, in turns.
//!
//! `cargo bench --bench audit` prints medians, ratios and peak memory; nothing is asserted but that all give
//! the planted answers. `SPCTL_BENCH_SIZE` says how much there is to read (100M by default; 1G, 10G),
//! `SPCTL_BENCH_ROUNDS` how often, `SPCTL_BENCH_BINARY` what is measured instead of the bench profile's own
//! build, `SPCTL_CONSUMERS` where `.ci/consumers` put DuckDB. A peer that is not there is told and left out.
#![expect(clippy::print_stdout, reason = "the table is what a bench is for")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use spctl_planted::{Packing, Plan};

type Failure = Box<dyn std::error::Error>;

/// How often memory is looked at; the kernel keeps the peak.
const LOOK: Duration = Duration::from_millis(2);

/// A program that answers a question.
struct Row {
    name: &'static str,
    command: Command,
    /// What is expected of it, in the words of the table.
    aim: &'static str,
    /// The answer in what it wrote.
    answer: fn(&str) -> Value,
    /// Whether its memory is its own: a shell's is not that of its pipeline.
    is_one_process: bool,
    /// What it writes to, which is not there when it begins.
    writes: Option<PathBuf>,
}

/// What running it took.
#[derive(Default)]
struct Taken {
    times: Vec<Duration>,
    peak: u64,
}

/// What is measured, and with what.
struct Bench {
    program: PathBuf,
    home: PathBuf,
    rounds: usize,
    python: Option<PathBuf>,
    has_jq: bool,
}

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().collect();
    if let [_, mode, file] = args.as_slice()
        && mode == "--bare"
    {
        return bare(Path::new(file));
    }
    let size = std::env::var("SPCTL_BENCH_SIZE").unwrap_or_else(|_| "100M".to_owned());
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-audit-{size}"));
    fs::create_dir_all(&home)?;
    let program = std::env::var_os("SPCTL_BENCH_BINARY")
        .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_spctl")), PathBuf::from);
    let rounds = std::env::var("SPCTL_BENCH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let python = std::env::var_os("SPCTL_CONSUMERS")
        .map_or_else(|| PathBuf::from("python3"), |dir| Path::new(&dir).join("venv/bin/python"));
    let works = |command: &mut Command| {
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
    };
    let has_duckdb = works(Command::new(&python).args(["-c", "import duckdb"]));
    let has_jq = works(Command::new("jq").arg("--version"));
    if !has_duckdb {
        println!("skipped: DuckDB (no Python package of this name)");
    }
    if !has_jq {
        println!("skipped: jq (not installed)");
    }
    let python = has_duckdb.then_some(python);
    let bench = Bench { program, home, rounds: rounds.unwrap_or(5), python, has_jq };

    let (log, truth) = bench.log(bytes(&size)?)?;
    bench.run(
        "filter by user, event and time, one gzip",
        &truth["query"]["counts"]["count"],
        bench.filter(&log, &truth),
    )?;
    bench.run("summary by user, one gzip", &counts(&truth["by_user"]), bench.summary(&log))?;
    bench.run("Parquet from one gzip", &truth["events"], bench.export(&log))?;
    let (archive, truth) = bench.archive(bytes(&size)?)?;
    bench.run("summary by user, 365 files", &counts(&truth["by_user"]), bench.cores(&archive))?;
    let (day, counted) = middle(&truth["by_day"])?;
    bench.run("one day of 365", &counted, bench.day(&archive, &day)?)
}

impl Bench {
    /// One log in one gzip, and its answers; made once.
    fn log(&self, size: u64) -> Result<(PathBuf, Value), Failure> {
        let log = self.home.join("log.ndjson.gz");
        let plan = Plan::clean(0).sized(size);
        let make = || spctl_planted::file(&plan, Packing::GZIP, &log);
        Ok((log.clone(), made(&self.home.join("log.json"), make)?))
    }

    /// The same size in a file for each day of a year.
    fn archive(&self, size: u64) -> Result<(PathBuf, Value), Failure> {
        let dir = self.home.join("archive");
        let plan = Plan::clean(0).sized(size).over(365);
        let make = || spctl_planted::archive(&plan, &dir);
        Ok((dir.clone(), made(&self.home.join("archive.json"), make)?))
    }

    fn filter(&self, log: &Path, truth: &Value) -> Vec<Row> {
        let (since, until) = (truth["query"]["since"].as_i64(), truth["query"]["until"].as_i64());
        let (since, until) = (since.unwrap_or_default(), until.unwrap_or_default());
        let mut rows = vec![self.floor(log)];
        let mut ours = self.spctl(&["show"], log);
        ours.args(["--user", "alice", "--event", "startStreamProcessor", "-o", "ndjson"]);
        ours.args(["--since", &(since / 1000).to_string(), "--until", &(until / 1000).to_string()]);
        rows.push(Row::new("spctl audit show", ours, "<= 1.1, < 16 MB", lines));
        rows.extend(self.duckdb(
            log,
            ">= 1.8 x spctl",
            &format!(
                "select count(*) from log where actor.\"user\".name = 'admin.alice' \
             and unmapped.atype = 'startStreamProcessor' and time >= {since} and time < {until}"
            ),
        ));
        if self.has_jq {
            let select = format!(
                "select(.actor.user.name == \"admin.alice\" and .unmapped.atype == \"startStreamProcessor\" \
                 and .time >= {since} and .time < {until})"
            );
            let log = log.display();
            let piped = |grep: &str| {
                let mut shell = Command::new("sh");
                shell.arg("-c").arg(format!("zcat '{log}' | {grep} jq -c '{select}'"));
                shell
            };
            let row = |name, command, aim| Row {
                is_one_process: false,
                ..Row::new(name, command, aim, lines)
            };
            rows.push(row("zcat | grep | jq", piped("grep -F alice |"), ">= 3.5 x spctl"));
            rows.push(row("zcat | jq", piped(""), ">= 15 x spctl"));
        }
        rows
    }

    fn summary(&self, log: &Path) -> Vec<Row> {
        let mut rows = vec![self.floor(log)];
        rows.push(Row::new("spctl audit summary", self.by_user(log), "<= 1.25, < 32 MB", totals));
        rows.extend(self.duckdb(
            log,
            "",
            "select coalesce(actor.\"user\".name, \"user\".name) as name, count(*) from log group by name",
        ));
        rows
    }

    fn export(&self, log: &Path) -> Vec<Row> {
        let (to, theirs) = (self.home.join("export"), self.home.join("duckdb.parquet"));
        let mut ours = self.spctl(&["export"], log);
        ours.arg("--to").arg(&to).args(["--format", "parquet", "-o", "json"]);
        let ours = Row::new("spctl audit export", ours, "< 150 MB", |text| {
            let rows: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
            rows.iter().filter_map(|row| row["lines"].as_u64()).sum::<u64>().into()
        });
        let script = format!(
            "import duckdb\n\
             log = duckdb.read_json({:?}, format='newline_delimited')\n\
             print(duckdb.sql(\"copy log to '{}' (format parquet, compression zstd)\").fetchall()[0][0])",
            log.display().to_string(),
            theirs.display()
        );
        let copy = self.python.as_ref().map(|python| {
            let mut command = Command::new(python);
            command.arg("-c").arg(script);
            let number = |text: &str| serde_json::from_str(text).unwrap_or_default();
            Row::new("DuckDB's COPY", command, ">= 1.2 x spctl", number).writing(theirs)
        });
        [ours.writing(to)].into_iter().chain(copy).collect()
    }

    /// On one core, and on two.
    fn cores(&self, archive: &Path) -> Vec<Row> {
        let on = |cores: &str| {
            let mut command = Command::new("taskset");
            let ours = self.by_user(archive);
            command.args(["-c", cores]).arg(ours.get_program()).args(ours.get_args());
            command.envs(ours.get_envs().filter_map(|(name, value)| Some((name, value?))));
            command
        };
        vec![
            Row::new("spctl audit summary, one core", on("0"), "", totals),
            Row::new("spctl audit summary, two cores", on("0,1"), "about 0.5", totals),
        ]
    }

    fn day(&self, archive: &Path, day: &str) -> Result<Vec<Row>, Failure> {
        let next = day.parse::<jiff::civil::Date>()?.tomorrow()?.to_string();
        let mut narrow = self.by_user(archive);
        narrow.args(["--since", day, "--until", &next]);
        let every =
            Row::new("spctl audit summary, all days", self.by_user(archive), "", |_| Value::Null);
        Ok(vec![every, Row::new("spctl audit summary, one day", narrow, "<= 0.02", sum)])
    }

    fn by_user(&self, from: &Path) -> Command {
        let mut command = self.spctl(&["summary"], from);
        command.args(["--by", "user", "-o", "json"]);
        command
    }

    fn spctl(&self, verb: &[&str], from: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.env("HOME", &self.home).env("SPCTL_DATA_DIR", self.home.join("data"));
        command.env("SPCTL_CONFIG_DIR", self.home.join("config"));
        command.arg("audit").args(verb).arg(from);
        command
    }

    /// What any reader has to do, and nothing more.
    fn floor(&self, log: &Path) -> Row {
        let mut command = Command::new(std::env::current_exe().unwrap_or_default());
        command.arg("--bare").arg(log);
        Row::new("bare zlib-rs", command, "", |_| Value::Null)
    }

    /// DuckDB with the columns that the question needs, which is faster than to have it guess them.
    fn duckdb(&self, log: &Path, aim: &'static str, query: &str) -> Option<Row> {
        let script = format!(
            "import duckdb, json\n\
             columns = {{'time': 'BIGINT', 'unmapped': 'STRUCT(atype VARCHAR)', 'user': 'STRUCT(name VARCHAR)', \
             'actor': 'STRUCT(\"user\" STRUCT(name VARCHAR))'}}\n\
             log = duckdb.read_json({:?}, format='newline_delimited', columns=columns)\n\
             rows = duckdb.sql({query:?}).fetchall()\n\
             print(json.dumps(rows[0][0] if len(rows[0]) == 1 else dict(rows)))",
            log.display().to_string()
        );
        let mut command = Command::new(self.python.as_ref()?);
        command.arg("-c").arg(script);
        Some(Row::new("DuckDB", command, aim, |text| {
            serde_json::from_str(text).unwrap_or_default()
        }))
    }

    /// Runs the rows in turns, compares their answers, and prints the table.
    fn run(&self, title: &str, wanted: &Value, mut rows: Vec<Row>) -> Result<(), Failure> {
        let mut taken: Vec<Taken> = rows.iter().map(|_| Taken::default()).collect();
        for _ in 0..self.rounds {
            for (row, taken) in rows.iter_mut().zip(&mut taken) {
                let answer = row.take(taken)?;
                if !answer.is_null() && answer != *wanted {
                    return Err(format!("{title}: {} answers otherwise", row.name).into());
                }
            }
        }
        let times: Vec<f64> = taken.iter_mut().map(Taken::median).collect();
        println!("\n{title:<42} {:>8} {:>9} {:>8}  aim", "ratio", "s", "MB");
        for ((row, taken), time) in rows.iter().zip(&taken).zip(&times) {
            let peak = if row.is_one_process {
                format!("{:.1}", taken.peak as f64 / 1024.0)
            } else {
                "-".into()
            };
            println!(
                "{:<42} {:>8.2} {time:>9.3} {peak:>8}  {}",
                row.name,
                time / times[0],
                row.aim
            );
        }
        Ok(())
    }
}

impl Row {
    fn new(
        name: &'static str,
        command: Command,
        aim: &'static str,
        answer: fn(&str) -> Value,
    ) -> Row {
        Row { name, command, aim, answer, is_one_process: true, writes: None }
    }

    fn writing(self, to: PathBuf) -> Row {
        Row { writes: Some(to), ..self }
    }

    /// Runs it once, and returns its answer.
    fn take(&mut self, taken: &mut Taken) -> Result<Value, Failure> {
        if let Some(written) = self.writes.as_ref().filter(|written| written.exists()) {
            if written.is_dir() { fs::remove_dir_all(written) } else { fs::remove_file(written) }?;
        }
        let start = Instant::now();
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut stdout = child.stdout.take().ok_or("no standard output")?;
        let reader = std::thread::spawn(move || {
            let mut text = String::new();
            stdout.read_to_string(&mut text).map(|_| text)
        });
        let status = format!("/proc/{}/status", child.id());
        let ended = loop {
            let peak = fs::read_to_string(&status).ok().and_then(|status| {
                let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
                line.trim().trim_end_matches(" kB").parse().ok()
            });
            taken.peak = taken.peak.max(peak.unwrap_or(0));
            match child.try_wait()? {
                Some(status) => break status,
                None => std::thread::sleep(LOOK),
            }
        };
        taken.times.push(start.elapsed());
        let text = reader.join().map_err(|_| "reading its output failed")??;
        if !ended.success() {
            let mut said = String::new();
            child.stderr.take().map(|mut stderr| stderr.read_to_string(&mut said));
            return Err(format!("{}: {ended}: {said}", self.name).into());
        }
        Ok((self.answer)(&text))
    }
}

impl Taken {
    fn median(&mut self) -> f64 {
        self.times.sort_unstable();
        self.times[self.times.len() / 2].as_secs_f64()
    }
}

fn lines(text: &str) -> Value {
    text.lines().count().into()
}

/// Rows of totals, as counts by user.
fn totals(text: &str) -> Value {
    let rows: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    let key = |row: &Value| row.get("user").or_else(|| row.get("key")).cloned().unwrap_or_default();
    let counted =
        rows.iter().map(|row| (key(row).as_str().unwrap_or_default().to_owned(), &row["count"]));
    json!(counted.collect::<BTreeMap<_, _>>())
}

fn sum(text: &str) -> Value {
    let rows: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    rows.iter().filter_map(|row| row["count"].as_u64()).sum::<u64>().into()
}

/// Planted counts, without the rest.
fn counts(by: &Value) -> Value {
    let all = by.as_object().into_iter().flatten();
    json!(all.map(|(key, counts)| (key, &counts["count"])).collect::<BTreeMap<_, _>>())
}

/// A day in the middle, and how much happened on it.
fn middle(by_day: &Value) -> Result<(String, Value), Failure> {
    let days = by_day.as_object().ok_or("no days")?;
    let (day, counts) = days.iter().nth(days.len() / 2).ok_or("no day")?;
    Ok((day.clone(), counts["count"].clone()))
}

/// The answers of what was made before, or is made now.
fn made(
    answers: &Path,
    make: impl FnOnce() -> std::io::Result<spctl_planted::Truth>,
) -> Result<Value, Failure> {
    if !answers.exists() {
        fs::write(answers, serde_json::to_vec(&make()?)?)?;
    }
    Ok(serde_json::from_slice(&fs::read(answers)?)?)
}

/// Decompresses a file, and does nothing with it.
fn bare(file: &Path) -> Result<(), Failure> {
    let packed = BufReader::with_capacity(128 << 10, File::open(file)?);
    let mut plain = flate2::bufread::MultiGzDecoder::new(packed);
    let (mut buffer, mut bytes) = (vec![0; 64 << 10], 0);
    loop {
        match plain.read(&mut buffer)? {
            0 => break,
            read => bytes += read,
        }
    }
    println!("{bytes}");
    Ok(())
}

/// `100M`, `1G`.
fn bytes(size: &str) -> Result<u64, Failure> {
    let (digits, unit) = match size.as_bytes().last() {
        Some(b'M') => (&size[..size.len() - 1], 1_000_000),
        Some(b'G') => (&size[..size.len() - 1], 1_000_000_000),
        _ => (size, 1),
    };
    Ok(digits.parse::<u64>()? * unit)
}
