//! Config elements: they lend data to the samplers in their scope, or set variables.

pub mod arguments;
mod auth_manager;
mod binary_frame_filter;
mod cache_manager;
mod cookie_manager;
mod counter_config;
mod csv_data_set;
mod header_elements;
pub mod header_manager;
pub mod http_challenge;
mod http_date;
pub mod http_scope;
mod ping_frame_filter;
mod random_variable_config;
mod text_frame_filter;

use super::{Element, ElementType};

/// Simple Config Elements, HTTP Request Defaults and their like, told apart by their panel: their properties complete those
/// of the samplers in their scope while these are loaded, and that is all they do.
const CONFIG_TEST_ELEMENT: ElementType = ElementType::new("ConfigTestElement", "Config Element", |fields| {
    fields.skip_all();
    Element::config(Defaults)
});
const JAVA_CONFIG: ElementType = ElementType::new("JavaConfig", "Java Request Defaults", |fields| {
    fields.skip_all();
    Element::config(Defaults)
});

struct Defaults;

/// The config elements.
pub const ELEMENTS: &[ElementType] = &[
    arguments::ELEMENT,
    CONFIG_TEST_ELEMENT,
    JAVA_CONFIG,
    csv_data_set::ELEMENT,
    header_manager::ELEMENT,
    cookie_manager::ELEMENT,
    cache_manager::ELEMENT,
    auth_manager::ELEMENT,
    counter_config::ELEMENT,
    random_variable_config::ELEMENT,
    ping_frame_filter::ELEMENT,
    text_frame_filter::ELEMENT,
    binary_frame_filter::ELEMENT,
];
