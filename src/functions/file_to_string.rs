//! `${__FileToString(file,encoding,variable)}`: the text of a whole file.

use super::call::{Parameters, call};
use crate::java::Charset;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__FileToString", arity: Arity::Between(1, 3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let file = parameters.text(0, vu)?.into_owned();
    let encoding = parameters.trimmed(1, vu)?;
    let charset = match encoding.as_str() {
        "" => Charset::UTF_8,
        name => Charset::named(name)
            .ok_or_else(|| Fault::exception("java.nio.charset.UnsupportedCharsetException", name))?,
    };
    let result = match std::fs::read(&file) {
        Ok(bytes) => charset.decode(&bytes).into_owned(),
        Err(_) => {
            log::warn!(target: "o.a.j.f.FileToString", "Could not read open: {file} ");
            "**ERR**".into()
        }
    };
    parameters.store(2, &result, vu)?;
    Ok(result)
}
