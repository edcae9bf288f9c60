use super::*;

fn text(text: &str) -> Shown {
    Shown { text: text.to_owned(), is_number: false }
}

fn number(text: &str) -> Shown {
    Shown { text: text.to_owned(), is_number: true }
}

#[test]
fn numbers_stand_to_the_right() {
    let columns = [("name", Yields::Never), ("entries", Yields::First), ("note", Yields::First)];
    let mut table = Writer::new(columns.into_iter(), None);
    let rows =
        [vec![text("a"), number("7"), text("x")], vec![text("bb"), number("1,234"), text("")]];
    assert_eq!(table.lines(&rows), ["NAME  ENTRIES  NOTE", "a           7  x", "bb      1,234"]);
}

#[test]
fn later_rows_are_cut_to_the_first_ones_but_for_names() {
    let columns = [("name", Yields::Never), ("note", Yields::First)];
    let mut table = Writer::new(columns.into_iter(), Some(16));
    assert_eq!(
        table.lines(&[vec![text("a"), text("0123456789")]]),
        ["NAME  NOTE", "a     0123456789"]
    );
    assert_eq!(
        table.lines(&[vec![text("abcdefgh"), text("0123456789x")]]),
        ["abcdefgh  012345678…"]
    );
}

#[test]
fn what_is_whole_is_never_cut() {
    let body = "x".repeat(100_000);
    let columns = [("path", Yields::Whole), ("body", Yields::Whole)];
    let mut table = Writer::new(columns.into_iter(), Some(20));
    assert_eq!(
        table.lines(&[vec![text("/a"), text(&body)]]),
        ["PATH  BODY".to_owned(), format!("/a    {body}")]
    );
}

#[test]
fn wide_characters_are_measured_as_they_are_shown() {
    let columns = [("name", Yields::Never), ("note", Yields::First)];
    let mut table = Writer::new(columns.into_iter(), None);
    let lines = table.lines(&[vec![text("日本語"), text("a")], vec![text("abcdef"), text("b")]]);
    assert_eq!(lines, ["NAME    NOTE", "日本語  a", "abcdef  b"]);
}

#[test]
fn columns_without_room_are_named() {
    let columns = [("name", Yields::Never), ("clusters", Yields::First), ("by", Yields::First)];
    let mut table = Writer::new(columns.into_iter(), Some(20));
    let lines = table.lines(&[vec![text("0123456789"), text("a"), text("b")]]);
    assert_eq!(lines, ["NAME        CLUSTERS", "0123456789  a"]);
    assert_eq!(table.left_out(), ["by"]);
}
