//! Java's class library, as far as scripts use it: one file per class or small family, one row per method.

pub mod array;
pub mod boolean;
pub mod builder;
pub mod calendar;
pub mod charset;
pub mod class;
pub mod coding;
pub mod collection;
pub mod collections;
pub mod commons;
pub mod comparator;
pub mod concurrent;
pub mod date;
pub mod date_format;
pub mod date_time_format;
pub mod decimals;
pub mod digest;
pub mod enumeration;
pub mod file;
pub mod floating;
pub mod formatter;
pub mod function;
pub mod inet_address;
pub mod iterator;
pub mod list;
pub mod locale;
pub mod map;
pub mod map_entry;
pub mod numbers;
pub mod object;
pub mod optional;
pub mod primitive;
pub mod process;
pub mod properties;
pub mod queue;
pub mod random;
pub mod reader;
pub mod regex;
pub mod set;
pub mod sorted_map;
pub mod stream;
pub mod strict_math;
pub mod string;
pub mod system;
pub mod text;
pub mod thread;
pub mod throwable;
pub mod time;
pub mod url;
pub mod uuid;
pub mod writer;
pub mod zip;

use super::class::Static;

/// All classes but the exceptions.
pub static CLASSES: &[&Static] = &[
    &boolean::BOOLEAN,
    &boolean::CHARACTER,
    &builder::STRING_BUFFER,
    &builder::STRING_BUILDER,
    &calendar::CALENDAR,
    &calendar::GREGORIAN_CALENDAR,
    &charset::CHARSET,
    &charset::STANDARD_CHARSETS,
    &class::CLASS,
    &coding::BASE64,
    &coding::DECODER,
    &coding::ENCODER,
    &coding::URL_DECODER,
    &coding::URL_ENCODER,
    &collection::COLLECTION,
    &collection::ITERABLE,
    &collections::ARRAYS,
    &collections::COLLECTIONS,
    &collections::OBJECTS,
    &comparator::COMPARATOR,
    &concurrent::ATOMIC_BOOLEAN,
    &concurrent::ATOMIC_INTEGER,
    &concurrent::ATOMIC_LONG,
    &concurrent::ATOMIC_REFERENCE,
    &concurrent::COMPLETABLE_FUTURE,
    &concurrent::COUNT_DOWN_LATCH,
    &concurrent::EXECUTORS,
    &concurrent::EXECUTOR_SERVICE,
    &concurrent::FUTURE,
    &concurrent::REENTRANT_LOCK,
    &concurrent::SEMAPHORE,
    &concurrent::TIME_UNIT,
    &date::DATE,
    &date::TIMESTAMP,
    &date::TIME_ZONE,
    &date_format::DATE_FORMAT,
    &date_format::SIMPLE_DATE_FORMAT,
    &decimals::BIG_DECIMAL,
    &decimals::BIG_INTEGER,
    &decimals::MATH_CONTEXT,
    &decimals::ROUNDING_MODE,
    &digest::MAC,
    &digest::MESSAGE_DIGEST,
    &digest::SECRET_KEY_SPEC,
    &enumeration::ENUM,
    &file::FILE,
    &floating::DOUBLE,
    &floating::FLOAT,
    &floating::MATH,
    &floating::STRICT_MATH,
    &function::BINARY_OPERATOR,
    &function::BI_CONSUMER,
    &function::BI_FUNCTION,
    &function::CALLABLE,
    &function::CONSUMER,
    &function::FUNCTION,
    &function::PREDICATE,
    &function::RUNNABLE,
    &function::SUPPLIER,
    &function::UNARY_OPERATOR,
    &iterator::ITERATOR,
    &list::ARRAY_LIST,
    &list::COPY_ON_WRITE_LIST,
    &list::LINKED_LIST,
    &list::LIST,
    &list::STACK,
    &list::VECTOR,
    &locale::LOCALE,
    &map::CONCURRENT_HASH_MAP,
    &map_entry::ENTRY,
    &map::HASHTABLE,
    &map::HASH_MAP,
    &map::LINKED_HASH_MAP,
    &map::MAP,
    &map_entry::SIMPLE_ENTRY,
    &sorted_map::SORTED_MAP,
    &sorted_map::TREE_MAP,
    &map::WEAK_HASH_MAP,
    &numbers::BYTE,
    &numbers::INTEGER,
    &numbers::LONG,
    &numbers::NUMBER,
    &numbers::SHORT,
    &object::OBJECT,
    &optional::OPTIONAL,
    &process::PROCESS,
    &process::PROCESS_BUILDER,
    &properties::PROPERTIES,
    &queue::ARRAY_DEQUE,
    &queue::BLOCKING_QUEUE,
    &queue::CONCURRENT_LINKED_DEQUE,
    &queue::CONCURRENT_LINKED_QUEUE,
    &queue::DEQUE,
    &queue::LINKED_BLOCKING_DEQUE,
    &queue::LINKED_BLOCKING_QUEUE,
    &queue::PRIORITY_QUEUE,
    &queue::QUEUE,
    &random::RANDOM,
    &random::SECURE_RANDOM,
    &random::SPLITTABLE_RANDOM,
    &random::THREAD_LOCAL_RANDOM,
    &reader::BUFFERED_INPUT_STREAM,
    &reader::BUFFERED_READER,
    &reader::BYTE_ARRAY_INPUT_STREAM,
    &reader::FILE_INPUT_STREAM,
    &reader::FILE_READER,
    &reader::GZIP_INPUT_STREAM,
    &reader::INPUT_STREAM,
    &reader::INPUT_STREAM_READER,
    &reader::READER,
    &reader::STRING_READER,
    &regex::MATCHER,
    &regex::MATCH_RESULT,
    &regex::PATTERN,
    &set::HASH_SET,
    &set::LINKED_HASH_SET,
    &set::SET,
    &set::SORTED_SET,
    &set::TREE_SET,
    &stream::COLLECTORS,
    &stream::INT_STREAM,
    &stream::LONG_STREAM,
    &stream::STREAM,
    &string::CHAR_SEQUENCE,
    &string::COMPARABLE,
    &string::STRING,
    &system::RUNTIME,
    &system::SYSTEM,
    &thread::STATE,
    &thread::THREAD,
    &throwable::THROWABLE,
    &url::URI,
    &url::URL,
    &uuid::UUID,
    &inet_address::INET_ADDRESS,
    &writer::BUFFERED_OUTPUT_STREAM,
    &writer::BUFFERED_WRITER,
    &writer::BYTE_ARRAY_OUTPUT_STREAM,
    &writer::FILE_OUTPUT_STREAM,
    &writer::FILE_WRITER,
    &writer::GZIP_OUTPUT_STREAM,
    &writer::OUTPUT_STREAM,
    &writer::OUTPUT_STREAM_WRITER,
    &writer::PRINT_STREAM,
    &writer::PRINT_WRITER,
    &writer::STRING_WRITER,
    &writer::WRITER,
    &zip::CRC32,
];
