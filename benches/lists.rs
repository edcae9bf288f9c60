//! What comparing 100,000 blocks costs, against reading the file that holds them.
//!
//! `cargo bench --bench lists` prints medians and ratios; nothing is asserted.
#![expect(clippy::print_stdout, reason = "the table is what a bench is for")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use ipnet::{IpNet, Ipv4Net};
use spctl::brokers::aggregate::aggregate;
use spctl::brokers::compare::compare;
use spctl::brokers::lists::{self, Reading};

const BLOCKS: u32 = 100_000;
const ROUNDS: usize = 21;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Scattered over the internet, some of them neighbours, in no order.
    let net = |n: u32| {
        let address = 0x0100_0000 + n.wrapping_mul(2_654_435_761) % 0xd000_0000;
        IpNet::from(Ipv4Net::new_assert((address & !1 | n & 1).into(), 32))
    };
    let nets: Vec<IpNet> = (0..BLOCKS).map(net).collect();
    let mut text = String::new();
    nets.iter().try_for_each(|net| writeln!(text, "{net}"))?;
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-lists.txt");
    std::fs::write(&file, &text)?;

    let reading = Reading::default();
    let list = lists::read(text.as_bytes(), None, reading)?.lists.remove(0);
    let rows: [(&str, Duration); 5] = [
        ("reading the file", median(|| std::fs::read(&file).map_or(0, |bytes| bytes.len()))),
        (
            "understanding it",
            median(|| lists::read(text.as_bytes(), None, reading).map_or(0, |f| f.lists.len())),
        ),
        ("comparing it", median(|| compare(&nets, &list).entries.len())),
        ("aggregating", median(|| aggregate(nets.iter().copied()).len())),
        (
            "all of it, from the file on",
            median(|| {
                let bytes = std::fs::read(&file).unwrap_or_default();
                let found = lists::read(&bytes, None, reading);
                let missing = found.map(|found| compare(&nets, &found.lists[0]).missing.len());
                missing.unwrap_or_default() + aggregate(nets.iter().copied()).len()
            }),
        ),
    ];
    println!("{:<30} {:>8} {:>9}", format!("{BLOCKS} blocks"), "ratio", "ms");
    for (name, time) in rows {
        let ratio = time.as_secs_f64() / rows[0].1.as_secs_f64();
        println!("{name:<30} {ratio:>8.1} {:>9.3}", time.as_secs_f64() * 1e3);
    }
    Ok(())
}

/// How long it takes in the middle of several runs.
fn median(run: impl Fn() -> usize) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}
