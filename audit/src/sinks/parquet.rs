//! Parquet: typed columns, compressed by zstd, in row groups that engines can skip by their times.

use std::io::{self, Read, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{
    ArrayRef, BooleanArray, Int64Array, RecordBatch, StructArray, TimestampMicrosecondArray,
};
use arrow_schema::{DataType, Field, FieldRef, Fields, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::column::reader::ColumnReader;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::schema::types::ColumnPath;

use super::columns::{Column, RAW, RAW_BY_CLASS, Type};
use super::rows::{Cells, Rows, texts_of};
use super::write::Encoder;
use super::{Failure, Held, Pending};
use bytes::Bytes;

/// How many rows a row group has.
const ROW_GROUP: usize = 131_072;
/// How many bytes it has at most, so that long lines do not fill the memory.
const ROW_GROUP_BYTES: usize = 64 << 20;
/// How many bytes a page has.
const PAGE: usize = 256 << 10;
/// How many rows become columns of the library's at once.
const BATCH: usize = 4096;

/// A file under way.
pub(super) struct ParquetFile {
    writer: ArrowWriter<Box<dyn Pending>>,
    schema: Arc<Schema>,
    nodes: Vec<Node>,
}

/// A column, or columns under one name.
struct Node {
    name: &'static str,
    what: What,
}

enum What {
    /// The index of the column among those of the rows.
    Leaf(usize, Type),
    Group(Vec<Node>),
}

impl ParquetFile {
    /// Begins a file of these columns: by their plain names, or those that a class has by their paths.
    pub(super) fn new(
        file: Box<dyn Pending>,
        columns: &[&'static Column],
        class: Option<i64>,
    ) -> Result<Self, Failure> {
        let mut nodes = Vec::new();
        let mut paths = Vec::new();
        for (index, column) in columns.iter().enumerate() {
            let has = |class: i64| column.class.is_none_or(|only| only == class);
            let path = match class {
                None => column.name,
                Some(class) => column.path.filter(|_| has(class)),
            };
            if let Some(path) = path {
                let parts: Vec<&'static str> = path.split('.').collect();
                insert(&mut nodes, &parts, What::Leaf(index, column.kind));
                paths.push((path, column));
            }
        }
        let schema = Arc::new(Schema::new(fields(&nodes)));
        let options = ArrowWriterOptions::new()
            .with_properties(properties(&nodes)?)
            // Other engines have no use for it.
            .with_skip_arrow_metadata(true);
        let writer = ArrowWriter::try_new_with_options(file, schema.clone(), options)?;
        Ok(ParquetFile { writer, schema, nodes })
    }
}

impl Encoder for ParquetFile {
    fn write(&mut self, rows: &Rows, order: &[u32]) -> Result<(), Failure> {
        for order in order.chunks(BATCH) {
            let columns = self.nodes.iter().map(|node| array(node, rows, order));
            let batch = RecordBatch::try_new(self.schema.clone(), columns.collect())?;
            self.writer.write(&batch)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Box<dyn Pending>, Failure> {
        // Writes the end as well.
        Ok(self.writer.into_inner()?)
    }
}

fn properties(nodes: &[Node]) -> Result<WriterProperties, Failure> {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_max_row_group_bytes(Some(ROW_GROUP_BYTES))
        // Each column keeps buffers of this size, and compressors that are as large.
        .set_data_page_size_limit(PAGE)
        .set_dictionary_page_size_limit(PAGE)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_created_by(concat!("spctl version ", env!("CARGO_PKG_VERSION")).to_owned());
    let mut leaf = 0;
    for node in nodes {
        let is_time = matches!(node.what, What::Leaf(_, Type::Moment | Type::Integer))
            && node.name.starts_with("time");
        let path = ColumnPath::from(node.name);
        if is_time {
            // Each close to the one before.
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
        } else if node.name.starts_with("raw") {
            // No two are the same, and nobody asks for the least of them.
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_statistics_enabled(path, EnabledStatistics::None);
        }
        if node.name == "time" {
            let by_time = SortingColumn { column_idx: leaf, descending: false, nulls_first: true };
            properties = properties.set_sorting_columns(Some(vec![by_time]));
        }
        leaf += leaves(node);
    }
    Ok(properties.build())
}

fn leaves(node: &Node) -> i32 {
    match &node.what {
        What::Leaf(..) => 1,
        What::Group(nodes) => nodes.iter().map(leaves).sum(),
    }
}

fn insert(nodes: &mut Vec<Node>, path: &[&'static str], leaf: What) {
    let [name, rest @ ..] = path else { return };
    if rest.is_empty() {
        nodes.push(Node { name, what: leaf });
        return;
    }
    let at = nodes.iter().position(|node| node.name == *name).unwrap_or_else(|| {
        nodes.push(Node { name, what: What::Group(Vec::new()) });
        nodes.len() - 1
    });
    if let What::Group(nodes) = &mut nodes[at].what {
        insert(nodes, rest, leaf);
    }
}

fn fields(nodes: &[Node]) -> Fields {
    let field = |node: &Node| match &node.what {
        What::Group(nodes) => Field::new_struct(node.name, fields(nodes), false),
        What::Leaf(_, kind) => {
            let kind = match kind {
                Type::Text => DataType::Utf8,
                Type::Texts => DataType::List(element()),
                Type::Integer => DataType::Int64,
                Type::Flag => DataType::Boolean,
                Type::Moment => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            };
            Field::new(node.name, kind, true)
        }
    };
    nodes.iter().map(field).collect()
}

/// The member of a list, as Parquet's own document names it.
fn element() -> FieldRef {
    Arc::new(Field::new("element", DataType::Utf8, true))
}

fn array(node: &Node, rows: &Rows, order: &[u32]) -> ArrayRef {
    let (index, kind) = match &node.what {
        What::Leaf(index, kind) => (*index, *kind),
        What::Group(nodes) => {
            let arrays = nodes.iter().map(|node| array(node, rows, order)).collect();
            return Arc::new(StructArray::new(fields(nodes), arrays, None));
        }
    };
    let order = order.iter().map(|row| *row as usize);
    match rows.cells(index) {
        Cells::Text(spans) => {
            let texts = order.clone().map(|row| rows.text(spans[row]));
            let bytes = texts.clone().map(|text| text.map_or(0, str::len)).sum();
            let mut builder = StringBuilder::with_capacity(order.len(), bytes);
            texts.for_each(|text| builder.append_option(text));
            Arc::new(builder.finish())
        }
        cells @ Cells::Texts(..) => {
            let mut builder = ListBuilder::new(StringBuilder::new()).with_field(element());
            for row in order {
                let texts = texts_of(cells, row);
                texts.iter().for_each(|span| builder.values().append_option(rows.text(*span)));
                builder.append(!texts.is_empty());
            }
            Arc::new(builder.finish())
        }
        Cells::Number(numbers) => {
            let numbers = order.map(|row| numbers[row]);
            match kind {
                Type::Flag => Arc::new(BooleanArray::from_iter(numbers.map(|n| n.map(|n| n != 0)))),
                Type::Moment => {
                    Arc::new(TimestampMicrosecondArray::from_iter(numbers).with_timezone("UTC"))
                }
                Type::Integer | Type::Text | Type::Texts => {
                    Arc::new(Int64Array::from_iter(numbers))
                }
            }
        }
    }
}

/// How many lines are read at once.
const READ: usize = 1024;

/// Passes on the lines that a file holds.
pub(super) fn lines(file: Box<dyn Held>, seen: &mut dyn FnMut(&[u8])) -> Result<(), Failure> {
    let reader = SerializedFileReader::new(Chunks::new(file)?)?;
    let columns = reader.metadata().file_metadata().schema_descr().columns();
    let is_raw = |name: &str| name == RAW || name == RAW_BY_CLASS;
    let column = columns.iter().position(|column| is_raw(&column.path().string()));
    let column = column.ok_or("there is no column of lines")?;
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let ColumnReader::ByteArrayColumnReader(mut column) = group.get_column_reader(column)?
        else {
            return Err("the lines are no texts".into());
        };
        let (mut lines, mut there) = (Vec::new(), Vec::new());
        loop {
            lines.clear();
            there.clear();
            let (read, ..) = column.read_records(READ, Some(&mut there), None, &mut lines)?;
            lines.iter().for_each(|line: &ByteArray| seen(line.data()));
            if read == 0 {
                break;
            }
        }
    }
    Ok(())
}

/// A file that is read here and there.
struct Chunks {
    file: Arc<Mutex<Box<dyn Held>>>,
    length: u64,
}

impl Chunks {
    fn new(mut file: Box<dyn Held>) -> io::Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        Ok(Chunks { file: Arc::new(Mutex::new(file)), length })
    }
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Chunks {
    type T = From;

    fn get_read(&self, start: u64) -> parquet::errors::Result<From> {
        Ok(From { file: Arc::clone(&self.file), at: start })
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<Bytes> {
        // What a damaged file claims to hold is not more than it has.
        if start.checked_add(length as u64).is_none_or(|end| end > self.length) {
            return Err(ParquetError::EOF("beyond the end of the file".to_owned()));
        }
        let mut bytes = vec![0; length];
        self.get_read(start)?.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

/// A file that is read from somewhere on.
struct From {
    file: Arc<Mutex<Box<dyn Held>>>,
    at: u64,
}

impl Read for From {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}
