//! What Groovy adds to Java's classes: one file per class or small family, one row per method.

mod bytes;
mod conversion;
mod date;
mod file;
mod grouping;
mod iteration;
mod lines;
mod list;
mod map;
mod number;
mod object;
mod ordering;
mod part;
pub mod regex;
mod shape;
mod stream;
mod text;

use crate::script::class::{Class, Row, Static};
use crate::script::java;

/// Methods added to a class.
pub struct Extension {
    /// The class.
    pub class: &'static Static,
    /// Its new methods.
    pub methods: &'static [Row],
    /// Its new static methods.
    pub statics: &'static [Row],
}

const fn methods(class: &'static Static, methods: &'static [Row]) -> Extension {
    Extension { class, methods, statics: &[] }
}

/// All that is added.
static EXTENSIONS: &[Extension] = &[
    methods(&java::array::ARRAY, bytes::METHODS),
    methods(&java::array::ARRAY, grouping::METHODS),
    methods(&java::array::ARRAY, list::ARRAY_METHODS),
    methods(&java::array::ARRAY, ordering::METHODS),
    methods(&java::array::ARRAY, part::METHODS),
    methods(&java::boolean::BOOLEAN, number::BOOLEAN_METHODS),
    methods(&java::boolean::CHARACTER, number::CHARACTER_METHODS),
    methods(&java::collection::COLLECTION, list::COLLECTION_METHODS),
    methods(&java::collection::ITERABLE, grouping::METHODS),
    methods(&java::collection::ITERABLE, ordering::METHODS),
    methods(&java::collection::ITERABLE, part::METHODS),
    methods(&java::calendar::CALENDAR, date::CALENDAR_METHODS),
    Extension { class: &java::date::DATE, methods: date::METHODS, statics: date::STATICS },
    methods(&java::file::FILE, file::METHODS),
    methods(&java::iterator::ITERATOR, grouping::METHODS),
    methods(&java::iterator::ITERATOR, ordering::METHODS),
    methods(&java::iterator::ITERATOR, part::METHODS),
    methods(&java::list::LIST, list::METHODS),
    methods(&java::map::MAP, map::METHODS),
    methods(&java::numbers::NUMBER, number::METHODS),
    methods(&java::object::OBJECT, iteration::METHODS),
    methods(&java::object::OBJECT, object::METHODS),
    methods(&java::reader::INPUT_STREAM, stream::INPUT_METHODS),
    methods(&java::reader::READER, stream::READER_METHODS),
    methods(&java::regex::MATCHER, regex::METHODS),
    methods(&java::set::SET, list::SET_METHODS),
    methods(&java::process::PROCESS, stream::PROCESS_METHODS),
    methods(&java::stream::STREAM, grouping::STREAM_METHODS),
    methods(&java::string::CHAR_SEQUENCE, conversion::METHODS),
    methods(&java::string::CHAR_SEQUENCE, lines::METHODS),
    methods(&java::string::CHAR_SEQUENCE, regex::TEXT_METHODS),
    methods(&java::string::CHAR_SEQUENCE, text::METHODS),
    methods(&java::writer::OUTPUT_STREAM, stream::OUTPUT_METHODS),
    methods(&java::writer::WRITER, stream::WRITER_METHODS),
];

/// What is added to a class.
pub fn extensions(class: &'static Class) -> impl Iterator<Item = &'static Extension> {
    EXTENSIONS.iter().filter(move |extension| std::ptr::eq(&raw const **extension.class, class))
}
