use super::*;

fn both(cell: &Cell) -> (String, String) {
    (cell.human(Timestamp::UNIX_EPOCH), cell.machine())
}

#[test]
fn people_get_units_and_programs_the_plain_value() {
    let hour = SignedDuration::from_hours(1);
    for (cell, human, machine) in [
        (Cell::Count(999), "999", "999"),
        (Cell::Count(1_234_567), "1,234,567", "1234567"),
        (Cell::Bytes(0), "0 B", "0"),
        (Cell::Bytes(1023), "1023 B", "1023"),
        (Cell::Bytes(1024), "1.0 KiB", "1024"),
        (Cell::Bytes(1_572_864), "1.5 MiB", "1572864"),
        (Cell::Bytes(1_048_575), "1.0 MiB", "1048575"),
        (Cell::Bytes(u64::MAX), "16.0 EiB", "18446744073709551615"),
        (Cell::Duration(SignedDuration::ZERO), "0s", "0"),
        (Cell::Duration(SignedDuration::from_millis(-1500)), "-1.5s", "-1.5"),
        (Cell::Duration(SignedDuration::from_secs(59)), "59s", "59"),
        (Cell::Duration(SignedDuration::from_secs(7_500)), "2h 5min", "7500"),
        (Cell::Duration(hour * 24 * 31), "31d", "2678400"),
        (Cell::Duration(-(hour * 25)), "-1d 1h", "-90000"),
        (Cell::Share { part: 1, whole: 8 }, "12.5%", "0.125"),
        (Cell::Share { part: 2, whole: 3 }, "66.7%", "0.6666666666666666"),
        (Cell::Share { part: 0, whole: 3 }, "0.0%", "0"),
        (Cell::Share { part: 0, whole: 0 }, "", ""),
        (Cell::List(vec!["a".into(), "b".into()]), "a, b", "a,b"),
    ] {
        assert_eq!(both(&cell), (human.to_owned(), machine.to_owned()), "{cell:?}");
    }
}

#[test]
fn moments_have_one_width_and_sort_as_text() {
    let texts =
        ["2026-01-01T00:00:00.5Z", "2026-01-01T00:00:01Z", "2026-01-01T01:00:01.000001+01:00"];
    let machine = texts.map(|text| Cell::moment(Some(text)).machine());
    assert_eq!(machine, ["2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2026-01-01T00:00:01Z"]);
    assert_eq!(Cell::moment(Some("soon")).machine(), "soon");
    assert_eq!(Cell::moment(None), Cell::Empty);
}

#[test]
fn an_instant_is_whole_for_everybody() {
    let instant = |text: &str| both(&Cell::Instant(text.parse().unwrap()));
    let people = "2026-01-01 00:00:00".to_owned();
    let of = |machine: &str| (people.clone(), machine.to_owned());
    assert_eq!(instant("2026-01-01T00:00:00Z"), of("2026-01-01T00:00:00.000Z"));
    assert_eq!(instant("2026-01-01T00:00:00.5Z"), of("2026-01-01T00:00:00.500Z"));
    assert_eq!(instant("2026-01-01T01:00:00.000007+01:00"), of("2026-01-01T00:00:00.000007Z"));
}
