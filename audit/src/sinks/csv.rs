//! Comma-separated values by RFC 4180: a header, and a record for each line. What is not there is empty, an
//! empty text is `""`; moments are in RFC 3339, the texts of a list are joined by `;`.

use std::io::Write;

use super::columns::{Column, Type};
use super::rows::{Cells, Rows, texts_of};
use crate::event::Micros;

/// The first record.
pub(super) fn header(columns: &[&'static Column]) -> String {
    let names: Vec<&str> = columns.iter().filter_map(|column| column.name).collect();
    names.join(",") + "\n"
}

/// The record of a line.
pub(super) fn row(rows: &Rows, row: usize, out: &mut Vec<u8>) {
    for (index, column) in rows.columns.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        match (rows.cells(index), column.kind) {
            (Cells::Text(spans), _) => {
                if let Some(value) = rows.text(spans[row]) {
                    field(value, out);
                }
            }
            (cells @ Cells::Texts(..), _) => {
                let texts = texts_of(cells, row).iter().filter_map(|span| rows.text(*span));
                let joined = texts.collect::<Vec<_>>().join(";");
                if !joined.is_empty() {
                    field(&joined, out);
                }
            }
            (Cells::Number(numbers), kind) => {
                if let Some(number) = numbers[row] {
                    let _ = match kind {
                        Type::Flag => write!(out, "{}", number != 0),
                        Type::Moment => match Micros(number).timestamp() {
                            Some(time) => write!(out, "{time}"),
                            None => Ok(()),
                        },
                        Type::Integer | Type::Text | Type::Texts => write!(out, "{number}"),
                    };
                }
            }
        }
    }
    out.push(b'\n');
}

fn field(value: &str, out: &mut Vec<u8>) {
    if !value.is_empty() && !value.contains(['"', ',', '\n', '\r']) {
        return out.extend_from_slice(value.as_bytes());
    }
    out.push(b'"');
    for (index, piece) in value.split('"').enumerate() {
        if index > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(piece.as_bytes());
    }
    out.push(b'"');
}
