//! Texts with `${}`.

use std::sync::Arc;

use loadline::functions::FUNCTIONS;
use loadline::model::{FunctionTable, GroupRun, OnSampleError, Properties, Run, Template, Variables, VirtualUser};

pub(crate) const SEEDS: &[&[u8]] = &[
    b"${a}-${__Random(1,${b},c)}",
    b"\\${x} ${__V(a_${__counter(FALSE)})}",
    b"${__time(yyyy-MM-dd'T'HH:mm:ss)} ${__jexl3(1+2*3)}",
    b"${__timeShift(dd/MM/yyyy,21/01/2018,P2D,,)} ${__split(a\\,b,x)} ${__regexFunction((a),$1$,ALL,-)}",
];

/// Functions that reach out of the process, or wait.
const OUTSIDE: &[&str] = &["File", "CSVRead", "BeanShell", "groovy", "javaScript", "XPath", "machine", "jexl", "log"];

/// Whatever a text says, it can be parsed and evaluated.
pub(crate) fn parse(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if OUTSIDE.iter().any(|word| text.contains(word)) {
        return;
    }
    let functions = FunctionTable::of(FUNCTIONS);
    let run = Run::new("fuzz.jmx".into(), Properties::default(), Properties::default(), functions, Some(1));
    let group = GroupRun::new("group".into(), 0, 1, OnSampleError::Continue, true);
    let mut user = VirtualUser::new(Arc::new(run), Arc::new(group), 0, "user".into(), Variables::default());
    if let Ok(template) = Template::parse(&text, &FunctionTable::of(FUNCTIONS), &mut user, &mut Vec::new()) {
        let _ = template.eval(&mut user);
    }
}
