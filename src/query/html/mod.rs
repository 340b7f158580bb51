//! HTML as browsers read it, and as `JTidy` does.

mod sink;
mod tidy;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};

use super::dom::Document;
pub use tidy::tidied;

/// Reads a page. Any text is one.
#[must_use]
pub fn read(text: &str) -> Document {
    parse_document(sink::Sink::default(), ParseOpts::default()).one(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::xml::write_plain;

    #[test]
    fn pages() {
        let check =
            |text: &str, expected: &str| assert_eq!(write_plain(&read(text), Document::ROOT), expected, "{text}");
        check("", "<html><head/><body/></html>");
        check(
            "<p id=one>First<p>Se&amp;cond",
            "<html><head/><body><p id=\"one\">First</p><p>Se&amp;cond</p></body></html>",
        );
        check(
            "<table><tr><td>x</table>",
            "<html><head/><body><table><tbody><tr><td>x</td></tr></tbody></table></body></html>",
        );
        check("<b>1<p>2</b>3", "<html><head/><body><b>1</b><p><b>2</b>3</p></body></html>");
    }

    #[test]
    fn tidied_pages() {
        let check =
            |text: &str, expected: &str| assert_eq!(write_plain(&tidied(text), Document::ROOT), expected, "{text}");
        let head = "<html><head><meta content=\"HTML Tidy for Java (vers. 2009-12-01), see jtidy.sourceforge.net\" name=\"generator\"/><title/></head>";
        check("<p>a <unknown>b</unknown>", &format!("{head}<body><p>a b</p></body></html>"));
        check("<table>\n<tr><td> x </table>", &format!("{head}<body><table><tr><td>x</td></tr></table></body></html>"));
    }
}
