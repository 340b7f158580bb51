use super::{Item, Version, XPath};
use crate::query::dom::Document;
use crate::query::xml::{Options, read};

const SHOP: &str = "<shop open='yes'><!-- n --><item id='1' cur='EUR'><name>Tea</name><price>4.50</price></item>\
    <item id='2'><name>Café <b>bold</b></name><price>10</price><empty/></item><cd>a<![CDATA[<b>]]></cd></shop>";

fn results(document: &Document, version: Version, expression: &str) -> String {
    let text = |item: &Item| if version == Version::One { item.plain_text(document) } else { item.text(document) };
    match XPath::new(expression, version).and_then(|xpath| xpath.evaluate(document, &[])) {
        Ok(items) => items.iter().map(text).collect::<Vec<_>>().join("|"),
        Err(error) => format!("! {error}"),
    }
}

#[test]
fn one() {
    let document = read(SHOP, Options { namespaces: true, doctype: true }).unwrap();
    let check =
        |expression, expected| assert_eq!(results(&document, Version::One, expression), expected, "{expression}");
    check("//item/@id", "1|2");
    check("//item[last()]/name", "Café bold");
    check("//item[@id='2']/price | //item/@cur", "EUR|10");
    check("//price/preceding-sibling::name[1]", "Tea|Café bold");
    check("descendant::price[2]", "10");
    check("//cd/text()", "a");
    check("count(//item) * 2 - 1", "3");
    check("1 div 3", "0.3333333333333333");
    check("100000000 * 10", "1000000000");
    check("number('x')", "NaN");
    check("sum(//price) > 14 and not(//nope)", "true");
    check("translate(substring(name(/*), 2), 'o', '0')", "h0p");
    check("normalize-space('  a  b ')", "a b");
    check("//item[contains(name, 'e')][position() = 1]/@id", "1");
    check("-(-3) mod 2", "1");
    check("//*[self::price or self::empty][2]", "");
    check("(//price)[2]", "10");
    check("//item[", "! A location path was expected, but the end of the XPath expression was found instead.");
    check("nofunc(1)", "! Could not find function: nofunc");
    check("", "! Empty expression!");
    check("//x:item", "! Prefix must resolve to a namespace: x");
    check("some $i in 1", "! Extra illegal tokens: '$i', 'in', '1'");
}

#[test]
fn three() {
    let document = read(SHOP, Options { namespaces: true, doctype: true }).unwrap();
    let check =
        |expression, expected| assert_eq!(results(&document, Version::Three, expression), expected, "{expression}");
    check("for $i in //item return $i/@id", "1|2");
    check("//item ! @id", "1|2");
    check("let $a := 2 return $a * 2", "4");
    check("some $i in //price satisfies $i > 9", "true");
    check("every $i in //price satisfies $i > 9", "false");
    check("if (//item[@id='2']) then 'yes' else 'no'", "yes");
    check("string-join(//name, '|')", "Tea|Café bold");
    check("max(//price/xs:decimal(.))", "10");
    check("avg(//price/number())", "7.25");
    check("distinct-values(//item/name/substring(., 1, 1))", "T|C");
    check("1 div 3", "0.333333333333333333");
    check("1e0 div 3", "0.3333333333333333");
    check("1000000 * 10", "10000000");
    check("1e7", "1.0E7");
    check("10 idiv 4, 10 div 4, round(2.5)", "2|2.5|3");
    check("format-number(1234.5, '#,##0.00')", "1,234.50");
    check("replace('abc', '(b)', '[$1]')", "a[b]c");
    check("tokenize('a,b,c', ',')", "a|b|c");
    check("//name[matches(., '^T')]", "Tea");
    check("'x' => upper-case() || 'y'", "Xy");
    check("year-from-date(xs:date('2024-02-29'))", "2024");
    check("//price[. = 10] except //price[1]", "");
    check("(1 to 3)[. > 1]", "2|3");
    check("'a' + 1", "! Arithmetic operator is not defined for arguments of types (xs:string, xs:integer)");
    check("//name[", "! Expected an expression, but reached the end of the input");
    check("parse-json('{}')", "! the XPath function parse-json() is not supported");
}
