//! Whatever a log is like, every line is in exactly one file, of its own day, and files are sorted.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;

use super::*;
use crate::filter::Filter;
use crate::scan::{self, What};
use crate::source::Source;

/// Files in memory.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

struct File {
    name: String,
    bytes: Vec<u8>,
    files: Memory,
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Pending for File {
    fn there(&mut self) -> Result<There, Failure> {
        Ok(match self.files.0.lock().unwrap().get(&self.name) {
            None => There::Nothing,
            Some(there) if *there == self.bytes => There::Same,
            Some(_) => There::Other,
        })
    }

    fn read(&mut self) -> Result<Box<dyn Held>, Failure> {
        Ok(Box::new(Cursor::new(self.bytes.clone())))
    }

    fn keep(self: Box<Self>, replace: bool) -> Result<(), Failure> {
        let before = self.files.0.lock().unwrap().insert(self.name, self.bytes);
        assert_eq!(before.is_some(), replace, "only what is to be replaced is");
        Ok(())
    }

    fn length(&self) -> u64 {
        self.bytes.len() as u64
    }
}

impl Target for Memory {
    fn begin(&mut self, name: &str) -> Result<Box<dyn Pending>, Failure> {
        Ok(Box::new(File { name: name.to_owned(), bytes: Vec::new(), files: self.clone() }))
    }

    fn has(&mut self, name: &str) -> Result<bool, Failure> {
        Ok(self.0.lock().unwrap().contains_key(name))
    }

    fn open(&mut self, name: &str) -> Result<Box<dyn Held>, Failure> {
        Ok(Box::new(Cursor::new(self.0.lock().unwrap()[name].clone())))
    }

    fn remove(&mut self, name: &str) -> Result<(), Failure> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }

    fn is_forced(&self) -> bool {
        false
    }

    fn conflict(&self, name: &str, conflict: Conflict) -> Failure {
        format!("{name}: {conflict:?}").into()
    }

    fn scratch(&mut self) -> Result<Box<dyn Scratch>, Failure> {
        Ok(Box::new(Cursor::new(Vec::new())))
    }
}

type Files = BTreeMap<String, Vec<u8>>;

fn export(sources: &[Source], format: Format, layout: &Layout) -> (Files, Report) {
    let memory = Memory::default();
    let report = export_into(&memory, sources, format, layout);
    let files = std::mem::take(&mut *memory.0.lock().unwrap());
    (files, report.expect("memory takes everything"))
}

fn export_into(
    memory: &Memory,
    sources: &[Source],
    format: Format,
    layout: &Layout,
) -> Result<Report, Failure> {
    run(format, layout, false, &mut memory.clone(), &mut |export| {
        scan::each(sources, &Filter::default(), &mut |seen| match seen.what {
            What::Event(event) => {
                export.take(Line { event, bytes: seen.line, source: seen.place.source })
            }
            What::Fault(_) => ControlFlow::Continue(()),
        });
        Ok(())
    })
}

/// A line at this second; the number makes it another.
fn line(second: i64, number: usize) -> String {
    format!(r#"{{"class_uid":3002,"activity_id":1,"time":{second}000,"n":{number},"actor":{{}}}}"#)
}

fn second(line: &str) -> i64 {
    let event: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
    event["time"].as_i64().unwrap() / 1000
}

/// All lines of the files, each of which is sorted and holds one day.
fn held(files: &Files) -> Vec<String> {
    let mut all = Vec::new();
    for (name, bytes) in files {
        let text = std::str::from_utf8(bytes).unwrap();
        let times: Vec<i64> = text.lines().map(second).collect();
        assert!(times.is_sorted(), "{name}");
        let day = jiff::Timestamp::from_second(times[0]).unwrap().strftime("%F").to_string();
        assert!(name.starts_with(&format!("day={day}/")), "{name} begins on {day}");
        assert!(times.iter().all(|time| time / 86_400 == times[0] / 86_400), "{name}");
        all.extend(text.lines().map(str::to_owned));
    }
    all.sort();
    all
}

const START: i64 = 1_781_000_000;

#[test]
fn a_log_in_order_has_a_file_a_day() {
    let lines: Vec<String> = (0..60_000).map(|n| line(START + n as i64 * 10, n)).collect();
    let source = Source::of_bytes("orders.log", (lines.join("\n") + "\n").into_bytes());
    let (files, report) = export(&[source], Format::Ndjson, &Layout::Plain);
    let days = (START + 599_990) / 86_400 - START / 86_400 + 1;
    assert_eq!(files.len() as i64, days, "{:?}", files.keys());
    assert!(files.keys().all(|name| name.ends_with("/orders.0000.ndjson")), "{:?}", files.keys());
    assert_eq!(report.files.iter().map(|file| file.rows).sum::<u64>(), 60_000);
    let mut lines = lines;
    lines.sort();
    assert_eq!(held(&files), lines);
}

#[test]
fn a_log_in_no_order_is_kept_apart_and_sorted() {
    // Each day is visited again and again, more often than a buffer holds.
    let at = |n: usize| START + (n as i64 * 7_919) % 1_000_000;
    let mut lines: Vec<String> = (0..120_000).map(|n| line(at(n), n)).collect();
    let source = Source::of_bytes("orders.log", lines.join("\n").into_bytes());
    let (files, _) = export(&[source], Format::Ndjson, &Layout::Plain);
    lines.sort();
    assert_eq!(held(&files), lines);
    assert!(files.len() < 40, "{} files", files.len());
}

#[test]
fn lines_that_come_a_little_late_make_no_further_file() {
    let at = |n: usize| {
        START - START % 86_400 + n as i64 - if n % 100 == 7 { 300.min(n as i64) } else { 0 }
    };
    let lines: Vec<String> = (0..80_000).map(|n| line(at(n), n)).collect();
    let source = Source::of_bytes("orders.log", lines.join("\n").into_bytes());
    let (files, _) = export(&[source], Format::Ndjson, &Layout::Plain);
    assert_eq!(files.len(), 1, "{:?}", files.keys());
    assert_eq!(held(&files).len(), 80_000);
}

fn log(lines: &[String]) -> [Source; 1] {
    [Source::of_bytes("orders.log", lines.join("\n").into_bytes())]
}

fn lake() -> Layout {
    let (source, region) = ("atlas".into(), "eu-west-1".into());
    Layout::SecurityLake(Lake { source, region, account: "1".into() })
}

/// All forms that files have.
fn forms() -> Vec<(Format, Layout)> {
    let forms = vec![
        (Format::Ndjson, Layout::Plain),
        (Format::Csv, Layout::Plain),
        (Format::Ecs, Layout::Plain),
        (Format::Ndjson, lake()),
    ];
    #[cfg(feature = "lake")]
    let forms = [forms, vec![(Format::Parquet, Layout::Plain), (Format::Parquet, lake())]].concat();
    forms
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_log_that_has_grown_takes_the_place_of_what_was_exported(
        seconds in proptest::collection::vec(0_i64..300_000, 1..60),
        cut in 0_usize..60,
    ) {
        // Every third line is the twin of another.
        let line = |(n, second): (usize, &i64)| line(START + second, n % 3 * n);
        let lines: Vec<String> = seconds.iter().enumerate().map(line).collect();
        let cut = cut.min(lines.len());
        for (format, layout) in forms() {
            let memory = Memory::default();
            export_into(&memory, &log(&lines[..cut]), format, &layout).expect("nothing is there");
            let part = memory.0.lock().unwrap().clone();
            export_into(&memory, &log(&lines), format, &layout).expect("all lines are there");
            let whole = memory.0.lock().unwrap().clone();
            prop_assert_eq!(&whole, &export(&log(&lines), format, &layout).0);
            // And back: what would be lost stays.
            let back = export_into(&memory, &log(&lines[..cut]), format, &layout);
            prop_assert_eq!(&*memory.0.lock().unwrap(), &whole, "nothing is lost");
            let touches = part.iter().any(|(name, bytes)| whole[name] != *bytes);
            prop_assert_eq!(back.is_err(), touches, "{:?}", format);
        }
    }
}

#[test]
fn lines_may_move_from_one_part_of_a_day_to_another() {
    // A late line is in a further part, and in the first where the log was in order.
    let day = START - START % 86_400;
    let mut lines: Vec<String> = (1..60_000).map(|n| line(day + n as i64, n)).collect();
    let late = line(day, 0);
    let ordered: Vec<String> = [vec![late.clone()], lines.clone()].concat();
    lines.push(late);
    for (first, second) in [(&lines, &ordered), (&ordered, &lines)] {
        let memory = Memory::default();
        export_into(&memory, &log(first), Format::Ndjson, &Layout::Plain).unwrap();
        export_into(&memory, &log(second), Format::Ndjson, &Layout::Plain).unwrap();
        let files = memory.0.lock().unwrap().clone();
        assert_eq!(files, export(&log(second), Format::Ndjson, &Layout::Plain).0);
    }
}

#[test]
fn more_days_may_have_grown_than_wait_at_once() {
    let days = 100;
    let lines: Vec<String> = (0..days * 2).map(|n| line(START + n as i64 * 43_200, n)).collect();
    let some: Vec<String> = lines.iter().step_by(2).cloned().collect();
    let memory = Memory::default();
    export_into(&memory, &log(&some), Format::Ndjson, &Layout::Plain).unwrap();
    let report = export_into(&memory, &log(&lines), Format::Ndjson, &Layout::Plain).unwrap();
    assert!(report.files.iter().filter(|file| file.state == State::Replaced).count() > days - 2);
    let files = memory.0.lock().unwrap().clone();
    assert_eq!(files, export(&log(&lines), Format::Ndjson, &Layout::Plain).0);
}

#[test]
fn of_two_equal_lines_two_have_to_stay() {
    let twins = [line(START, 1), line(START, 1), line(START, 2)];
    let others = [line(START, 1), line(START, 2), line(START, 3), line(START, 4)];
    for (format, layout) in forms() {
        let memory = Memory::default();
        export_into(&memory, &log(&twins), format, &layout).unwrap();
        let before = memory.0.lock().unwrap().clone();
        let lost = export_into(&memory, &log(&others), format, &layout).unwrap_err().to_string();
        assert!(lost.ends_with(": Lines(1)"), "{lost}");
        assert_eq!(*memory.0.lock().unwrap(), before);
    }
}

#[test]
fn what_is_of_no_export_stays() {
    for (format, layout) in forms() {
        let memory = Memory::default();
        export_into(&memory, &log(&[line(START, 1)]), format, &layout).unwrap();
        for bytes in [&b"PAR1 no, not at all PAR1"[..], b"", b"\x1f\x8b"] {
            let mut before = memory.0.lock().unwrap().clone();
            before.values_mut().for_each(|file| *file = bytes.to_vec());
            *memory.0.lock().unwrap() = before.clone();
            let refused = export_into(&memory, &log(&[line(START, 1)]), format, &layout);
            // An empty file of text loses nothing.
            if !bytes.is_empty() || refused.is_err() {
                assert!(refused.is_err(), "{format:?}");
                assert_eq!(*memory.0.lock().unwrap(), before);
            }
        }
    }
}

#[test]
fn instances_have_files_of_their_own() {
    let of = |instance: &str| {
        let lines: Vec<String> = (0..100).map(|n| line(START + n as i64, n)).collect();
        Source::of_bytes(format!("{instance}.x"), lines.join("\n").into_bytes())
            .of_instance(instance)
    };
    let sources = [of("or/ders"), of("or_ders"), of("payments"), of("or/ders")];
    let (files, _) = export(&sources, Format::Ndjson, &Layout::Plain);
    let names: Vec<&str> = files.keys().map(|name| name.split('/').nth(1).unwrap()).collect();
    let expected = [
        "or_ders.0000.ndjson",
        "or_ders.0001.ndjson",
        "or_ders_2.0000.ndjson",
        "payments.0000.ndjson",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_lake_has_a_class_a_source_and_says_what_has_none() {
    let lines = concat!(
        r#"{"class_uid":3002,"activity_id":1,"time":1781000000000}"#,
        "\n",
        r#"{"class_uid":3004,"activity_id":4,"time":1781000000000}"#,
        "\n",
        r#"{"class_uid":6003,"activity_id":0,"time":1781000000000}"#,
        "\n",
        r#"{"atype":"startStreamProcessor","ts":{"$date":1781000000000}}"#,
        "\n",
        r#"{"atype":"createIndex","ts":{"$date":1781000000000}}"#,
        "\n",
        r#"{"class_uid":3002,"activity_id":2}"#,
        "\n",
    );
    let lake = Lake { source: "atlas".into(), region: "eu-west-1".into(), account: "1".into() };
    let source = || Source::of_bytes("x.log", lines.as_bytes());
    let layout = Layout::SecurityLake(lake);
    let (files, report) = export(&[source()], Format::Ndjson, &layout);
    let sources: Vec<_> = files
        .iter()
        .map(|(name, bytes)| {
            let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
            (name.split('/').nth(1).unwrap(), lines)
        })
        .collect();
    assert_eq!(sources, [("atlas-3002", 1), ("atlas-3004", 2), ("atlas-6003", 1)]);
    let left_out: Vec<_> =
        report.left_out.iter().map(|left| (left.why.as_str(), left.lines)).collect();
    assert_eq!(left_out, [("of no class: createIndex", 1), ("without a time", 1)]);
    // Where an archive filed it is as good as a time.
    let mut filed = source();
    filed.day = Some(jiff::civil::Date::constant(2026, 6, 9));
    let (files, report) = export(&[filed], Format::Ndjson, &layout);
    assert_eq!((files.len(), report.left_out.len()), (3, 1));
}

#[test]
fn nothing_is_kept_of_an_export_that_fails() {
    let mut memory = Memory::default();
    let failed = run(Format::Ndjson, &Layout::Plain, false, &mut memory, &mut |export| {
        let source = Source::of_bytes("x", *b"");
        let line = line(START, 0);
        let event = crate::event::Event::parse(line.as_bytes()).unwrap();
        let _ = export.take(Line { event: &event, bytes: line.as_bytes(), source: &source });
        Err("interrupted".into())
    });
    assert_eq!(failed.unwrap_err().to_string(), "interrupted");
    assert!(memory.0.lock().unwrap().is_empty());
}

#[test]
fn csv_is_read_as_it_was_written() {
    let lines = concat!(
        r#"{"class_uid":3002,"activity_id":1,"time":1781000000123,"status_id":2,"status_detail":"no, \"no\"\n","#,
        r#""actor":{"user":{"name":"admin.al,ice","groups":[{"name":"a"},{"name":"b"}]}}}"#,
        "\n",
        r#"{"atype":"x"}"#,
        "\n",
    );
    let source = Source::of_bytes("x.log", lines.as_bytes());
    let (files, _) = export(&[source], Format::Csv, &Layout::Plain);
    let text = |index: usize| std::str::from_utf8(files.values().nth(index).unwrap()).unwrap();
    let header = columns::of_plain().iter().map(|c| c.name.unwrap()).collect::<Vec<_>>().join(",");
    let record = concat!(
        "2026-06-09T10:13:20.123Z,Failed Authentication,false,failure,false,\"admin.al,ice\",admin,",
        "\"al,ice\",a;b,,,,,,,,,,,,\"no, \"\"no\"\"\n\",,3002,1,,,ocsf,,,",
    );
    let first = lines.lines().next().unwrap().replace('"', "\"\"");
    assert_eq!(text(0), format!("{header}\n{record}\"{first}\"\n"));
    assert!(text(1).contains(r#"{""atype"":""x""}"#), "{}", text(1));
}

/// What Parquet has of these columns, as texts, in the order of the rows.
#[cfg(feature = "lake")]
fn read_back(bytes: &[u8], columns: &[&str]) -> Vec<Vec<String>> {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};

    let reader = SerializedFileReader::new(bytes::Bytes::copy_from_slice(bytes)).unwrap();
    let texts = |row: ::parquet::record::Row| {
        let cell = |path: &&str| {
            let mut fields: Vec<_> =
                row.get_column_iter().map(|(n, f)| (n.clone(), f.clone())).collect();
            let mut found = None;
            for part in path.split('.') {
                found =
                    fields.iter().find(|(name, _)| name == part).map(|(_, field)| field.clone());
                fields = match &found {
                    Some(::parquet::record::Field::Group(group)) => {
                        group.get_column_iter().map(|(n, f)| (n.clone(), f.clone())).collect()
                    }
                    _ => Vec::new(),
                };
            }
            found.map_or_else(|| format!("no {path}"), |field| field.to_string())
        };
        columns.iter().map(cell).collect()
    };
    reader.get_row_iter(None).unwrap().map(|row| texts(row.unwrap())).collect()
}

#[cfg(feature = "lake")]
#[test]
fn parquet_holds_what_lines_say() {
    let lines = concat!(
        r#"{"class_uid":3002,"activity_id":1,"time":1781000000123,"status_id":2,"src_endpoint":{"port":7},"#,
        r#""actor":{"user":{"name":"admin.alice","groups":[{"name":"a"},{"name":"b"}]}}}"#,
        "\n",
        r#"{"atype":"dropStreamProcessor","ts":"2026-06-09T10:13:21Z","param":{"name":"p\u0031"}}"#,
        "\n",
    );
    let source = || Source::of_bytes("x.log", lines.as_bytes()).of_instance("orders");
    let (files, report) = export(&[source()], Format::Parquet, &Layout::Plain);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["day=2026-06-09/orders.0000.parquet"]);
    let bytes = files.values().next().unwrap();
    assert_eq!(report.files[0].bytes, bytes.len() as u64);
    let raw: Vec<&str> = lines.lines().collect();
    let columns = [
        "time",
        "event",
        "outcome",
        "outcome_is_inferred",
        "user",
        "roles",
        "port",
        "processor",
        "instance",
        "raw",
    ];
    let quoted = |text: &str| format!("{text:?}");
    assert_eq!(
        read_back(bytes, &columns),
        [
            [
                "2026-06-09 10:13:20.123000 +00:00",
                "\"Failed Authentication\"",
                "\"failure\"",
                "false",
                "\"admin.alice\"",
                "[\"a\", \"b\"]",
                "7",
                "null",
                "\"orders\"",
                &quoted(raw[0]).replace("\\\"", "\"")
            ],
            [
                "2026-06-09 10:13:21.000000 +00:00",
                "\"dropStreamProcessor\"",
                "\"success\"",
                "true",
                "null",
                "null",
                "null",
                "\"p1\"",
                "\"orders\"",
                &quoted(raw[1]).replace("\\\"", "\"").replace("\\\\", "\\")
            ],
        ]
    );
    let lake = Lake { source: "atlas".into(), region: "eu-west-1".into(), account: "1".into() };
    let (files, _) = export(&[source()], Format::Parquet, &Layout::SecurityLake(lake));
    let of = |class: &str| files.iter().find(|(name, _)| name.contains(class)).unwrap().1;
    let columns = [
        "time",
        "class_uid",
        "category_uid",
        "type_uid",
        "status_id",
        "user.name",
        "entity.name",
        "metadata.product.vendor_name",
        "unmapped.instance",
    ];
    assert_eq!(
        read_back(of("-3002/"), &columns),
        [[
            "1781000000123",
            "3002",
            "3",
            "300201",
            "2",
            "\"admin.alice\"",
            "no entity.name",
            "\"MongoDB\"",
            "\"orders\"",
        ]]
    );
    assert_eq!(
        read_back(of("-3004/"), &columns),
        [[
            "1781000001000",
            "3004",
            "3",
            "300404",
            "1",
            "no user.name",
            "\"p1\"",
            "\"MongoDB\"",
            "\"orders\"",
        ]]
    );
}

#[cfg(feature = "lake")]
#[test]
fn parquet_is_as_engines_want_it() {
    use ::parquet::basic::{Compression, LogicalType};
    use ::parquet::file::reader::{FileReader, SerializedFileReader};

    let lines: Vec<String> = (0..140_000).map(|n| line(START, n)).collect();
    let source = Source::of_bytes("x.log", lines.join("\n").into_bytes());
    let (files, _) = export(&[source], Format::Parquet, &Layout::Plain);
    let bytes = bytes::Bytes::copy_from_slice(files.values().next().unwrap());
    let reader = SerializedFileReader::new(bytes).unwrap();
    let groups: Vec<i64> =
        reader.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
    assert_eq!(groups, [131_072, 140_000 - 131_072]);
    let sorting = reader.metadata().row_group(0).sorting_columns().unwrap();
    assert_eq!((sorting.len(), sorting[0].column_idx), (1, 0), "sorted by time");
    for column in reader.metadata().row_group(0).columns() {
        assert!(matches!(column.compression(), Compression::ZSTD(_)), "{}", column.column_path());
        let logical = column.column_descr().logical_type_ref().map(|kind| format!("{kind:?}"));
        let logical = logical.unwrap_or_default();
        assert!(!logical.contains("is_signed: false") && !logical.contains("NANOS"), "{logical}");
    }
    let time = reader.metadata().row_group(0).column(0);
    assert!(matches!(
        time.column_descr().logical_type_ref(),
        Some(LogicalType::Timestamp(time)) if time.is_adjusted_to_u_t_c
    ));
    assert!(time.statistics().is_some(), "row groups can be skipped by time");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn no_line_is_lost_or_doubled(
        jumps in prop::collection::vec((-200_000i64..200_000, 1usize..4000), 1..24),
        step in 0i64..40,
    ) {
        let (mut time, mut lines) = (START, Vec::new());
        for (jump, count) in jumps {
            time += jump;
            for _ in 0..count {
                lines.push(line(time, lines.len() / 3));
                time += step;
            }
        }
        let source = Source::of_bytes("x.log", lines.join("\n").into_bytes());
        let (files, report) = export(&[source], Format::Ndjson, &Layout::Plain);
        lines.sort();
        prop_assert_eq!(held(&files), lines);
        for file in &report.files {
            let text = std::str::from_utf8(&files[&file.name]).unwrap();
            prop_assert_eq!(text.lines().count() as u64, file.rows);
            prop_assert_eq!(text.lines().next().map(|line| second(line) * 1_000_000), file.first);
            prop_assert_eq!(text.lines().last().map(|line| second(line) * 1_000_000), file.last);
        }
    }
}
