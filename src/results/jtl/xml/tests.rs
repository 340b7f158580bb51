use expect_test::{Expect, expect};

use super::*;
use crate::model::HttpDetails;
use crate::results::jtl::FieldSet;
use crate::results::sink::tests::{event, event_with, properties, sample};

const DATA: [Field; 5] =
    [Field::ResponseHeaders, Field::RequestHeaders, Field::ResponseData, Field::FileName, Field::SamplerData];

fn config(fields: &[Field]) -> SaveConfig {
    let mut config =
        SaveConfig::from_properties(&properties(&[("sampleresult.timestamp.start", "true")]), false).unwrap();
    config.fields = fields.iter().fold(config.fields, |fields, field| fields.with(*field));
    config.hostname = "host".into();
    config
}

fn check(config: SaveConfig, event: &SampleEvent, expected: &Expect) {
    let mut out = Vec::new();
    XmlFormat::new(config).write(event, &mut out);
    expected.assert_eq(&String::from_utf8(out).unwrap());
}

#[test]
fn the_head() {
    let with_pi = SaveConfig { xml_pi: "<?xml-stylesheet href=\"a.xsl\"?>".into(), ..config(&[]) };
    let mut out = Vec::new();
    write_head(&with_pi, &mut out);
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <?xml-stylesheet href="a.xsl"?>
        <testResults version="1.2">
    "#]]
    .assert_eq(&String::from_utf8(out).unwrap());
}

#[test]
fn attributes() {
    check(
        config(&[]),
        &event(sample("a", 5)),
        &expect![[r#"
        <sample t="5" it="0" lt="0" ct="0" ts="1000" s="true" lb="a" rc="200" rm="OK" tn="users 1-1" dt="text" by="1" sby="0" ng="1" na="1"/>
    "#]],
    );
    let variables = ["my_var", "x$y", "1 b"].map(Into::into).into_iter().collect();
    let all = SaveConfig { variables, ..config(&[Field::Encoding, Field::SampleCount, Field::Hostname]) };
    let text = "<&\">'\t\n\r\u{1}\u{0}\u{85}\u{7f}\u{ffff}\u{fdd0} é😀";
    check(
        all,
        &event_with(sample("a", 5), &[Some(text), None, Some("x")]),
        &expect![[r#"
        <sample t="5" it="0" lt="0" ct="0" ts="1000" s="true" lb="a" rc="200" rm="OK" tn="users 1-1" dt="text" de="" by="1" sby="0" sc="1" ec="0" ng="1" na="1" hn="host" my__var="&lt;&amp;&quot;&gt;&apos;&#x9;&#xa;&#xd;&#x1;&#x0;&#x85;&#x7f;&#xffff;&#xfdd0; é😀" x_-y="" _.0031_.0020b="x"/>
    "#]],
    );
    let none = SaveConfig { fields: FieldSet::default(), ..config(&[]) };
    check(
        none,
        &event(sample("a", 5)),
        &expect![[r#"
        <sample/>
    "#]],
    );
}

#[test]
fn children_of_a_sample() {
    let mut parent = sample("parent", 9);
    parent.successful = false;
    parent.data_type = DataType::Unknown;
    parent.sampler_data = Some("<request>".into());
    parent.assertions = vec![AssertionResult::passed("a & b"), AssertionResult::failed("c", "")];
    let mut part = sample("part", 4);
    part.set_text("tab\tline\n]]>\r\u{1f}");
    part.response_headers = "HTTP/1.1 200 OK\n".into();
    part.file_name = "out/1.txt".into();
    parent.store_part(part, true);
    check(
        config(&DATA),
        &event(parent),
        &expect![[r#"
        <sample t="9" it="0" lt="0" ct="0" ts="1000" s="false" lb="parent" rc="200" rm="OK" tn="users 1-1" dt="" by="1" sby="0" ng="1" na="1">
          <assertionResult>
            <name>a &amp; b</name>
            <failure>false</failure>
            <error>false</error>
          </assertionResult>
          <assertionResult>
            <name>c</name>
            <failure>true</failure>
            <error>false</error>
            <failureMessage></failureMessage>
          </assertionResult>
          <sample t="4" it="0" lt="0" ct="0" ts="1000" s="true" lb="parent-0" rc="200" rm="OK" tn="users 1-1" dt="text" by="14" sby="0" ng="1" na="1">
            <responseHeader class="java.lang.String">HTTP/1.1 200 OK
        </responseHeader>
            <requestHeader class="java.lang.String"></requestHeader>
            <responseData class="java.lang.String">tab	line
        ]]&gt;&#xd;&#x1f;</responseData>
            <responseFile class="java.lang.String">out/1.txt</responseFile>
          </sample>
          <responseHeader class="java.lang.String"></responseHeader>
          <requestHeader class="java.lang.String"></requestHeader>
          <responseData class="java.lang.String">Non-TEXT response data, cannot record: ()</responseData>
          <responseFile class="java.lang.String"></responseFile>
          <samplerData class="java.lang.String">&lt;request&gt;</samplerData>
        </sample>
    "#]],
    );
}

fn http() -> SampleResult {
    let mut http = sample("page", 1);
    http.http = Some(
        HttpDetails { method: "GET".into(), redirect_location: Some("/".into()), ..HttpDetails::default() }.into(),
    );
    http
}

#[test]
fn children_of_an_http_sample() {
    let mut page = http();
    page.url = Some("http://x/?a&b".into());
    check(
        config(&[Field::SamplerData]),
        &event(page),
        &expect![[r#"
        <httpSample t="1" it="0" lt="0" ct="0" ts="1000" s="true" lb="page" rc="200" rm="OK" tn="users 1-1" dt="text" by="1" sby="0" ng="1" na="1">
          <cookies class="java.lang.String"></cookies>
          <method class="java.lang.String">GET</method>
          <queryString class="java.lang.String"></queryString>
          <redirectLocation class="java.lang.String">/</redirectLocation>
          <java.net.URL>http://x/?a&amp;b</java.net.URL>
        </httpSample>
    "#]],
    );
    check(
        SaveConfig { fields: FieldSet::default().with(Field::Url), ..config(&[]) },
        &event(http()),
        &expect![[r#"
        <httpSample>
          <null/>
        </httpSample>
    "#]],
    );
}

#[test]
fn data_of_failures_or_of_everything() {
    let failed = || {
        let mut failed = sample("a", 1);
        failed.successful = false;
        failed.data_encoding = "ill egal".into();
        event(failed)
    };
    let only = |field| SaveConfig { fields: FieldSet::default().with(field), ..config(&[]) };
    check(
        only(Field::ResponseDataOnError),
        &failed(),
        &expect![[r#"
        <sample>
          <responseData class="java.lang.String">Unsupported encoding in response data, cannot record: java.io.UnsupportedEncodingException: ill egal</responseData>
        </sample>
    "#]],
    );
    check(
        only(Field::ResponseDataOnError),
        &event(sample("a", 1)),
        &expect![[r#"
        <sample/>
    "#]],
    );
    let mut good = sample("a", 1);
    (good.sampler_data, good.data_encoding) = (Some("asked".into()), "ISO-8859-1".into());
    good.set_text(&b"\xe9"[..]);
    let functional = SaveConfig { fields: FieldSet::default(), functional_mode: true, ..config(&[]) };
    check(
        functional,
        &event(good),
        &expect![[r#"
        <sample>
          <responseData class="java.lang.String">é</responseData>
          <samplerData class="java.lang.String">asked</samplerData>
        </sample>
    "#]],
    );
}
