//! Bodies made of parameters, as a form or as they are, and Apache HttpClient's way to encode them.

use super::parameters::Parameter;
use crate::java::{Charset, UrlDecodeError, push_escaped, url_decode};
use crate::model::{Fault, VirtualUser};

/// The charset of that name.
///
/// # Errors
/// What `Charset.forName` throws.
pub(super) fn charset(name: &str) -> Result<Charset, Fault> {
    if !Charset::is_legal_name(name) {
        return Err(Fault::exception("java.nio.charset.IllegalCharsetNameException", name));
    }
    Charset::named(name)
        .filter(|_| Charset::java_name(name).is_some())
        .ok_or_else(|| Fault::exception("java.nio.charset.UnsupportedCharsetException", name))
}

/// The values of all parameters in a row.
pub(super) fn raw_body(parameters: &[Parameter], charset: Charset, vu: &mut VirtualUser) -> Result<String, Fault> {
    let mut body = String::new();
    for parameter in parameters {
        parameter.write_value(charset, vu, &mut body)?;
    }
    Ok(body)
}

/// The parameters as a form (`UrlEncodedFormEntity`): those that are encoded already are decoded first.
pub(super) fn form_body(parameters: &[Parameter], charset: Charset, vu: &mut VirtualUser) -> Result<String, Fault> {
    let mut body = String::new();
    for parameter in parameters {
        let name = parameter.name.text(vu)?;
        if is_skipped(&name) {
            continue;
        }
        let value = parameter.value.text(vu)?;
        if !body.is_empty() {
            body.push('&');
        }
        if parameter.always_encode.get(vu)? {
            encode(&name, charset, &mut body);
            body.push('=');
            encode(&value, charset, &mut body);
        } else {
            encode(&url_decode(&name, charset).map_err(|error| illegal(&error))?, charset, &mut body);
            body.push('=');
            encode(&url_decode(&value, charset).map_err(|error| illegal(&error))?, charset, &mut body);
        }
    }
    Ok(body)
}

/// Parameters of bodies need a name, and one that is not a variable without value (`Argument.isSkippable`).
pub(super) fn is_skipped(name: &str) -> bool {
    name.trim().is_empty() || name.trim().starts_with("${") && name.ends_with('}')
}

fn illegal(error: &UrlDecodeError) -> Fault {
    Fault::illegal_argument(error.to_string())
}

/// `URLEncodedUtils.format`: unlike Java's own encoder it looks at the bytes, not at the characters.
fn encode(text: &str, charset: Charset, out: &mut String) {
    let mut push = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => out.push(char::from(byte)),
        b' ' => out.push('+'),
        _ => push_escaped(byte, out),
    };
    match charset == Charset::UTF_8 {
        true => text.bytes().for_each(&mut push),
        false => charset.encode(text).into_iter().for_each(&mut push),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::virtual_user::tests::user;

    #[test]
    fn forms_are_encoded_byte_by_byte() {
        let check = |text: &str, name: &str, expected: &str| {
            let mut out = String::new();
            encode(text, charset(name).unwrap(), &mut out);
            assert_eq!(out, expected, "{text} in {name}");
        };
        check("a b+c~\u{e9}", "UTF-8", "a+b%2Bc%7E%C3%A9");
        check("a\u{fc}", "UTF-16", "%FE%FF%00a%00%FC");
        check("\u{20ac}", "ISO-8859-1", "%3F");
    }

    #[test]
    fn what_is_encoded_already_is_decoded_first() {
        let parameters = [
            Parameter::new("a", "1%202", false),
            Parameter::new("b", "1%202", true),
            Parameter::new("${x}", "skipped", true),
            Parameter::new(" ", "skipped", true),
        ];
        assert_eq!(form_body(&parameters, Charset::UTF_8, &mut user()).unwrap(), "a=1+2&b=1%25202");
        let broken = form_body(&[Parameter::new("a", "100%", false)], Charset::UTF_8, &mut user()).unwrap_err();
        assert_eq!(broken, Fault::illegal_argument("URLDecoder: Incomplete trailing escape (%) pattern"));
    }

    #[test]
    fn charsets_that_do_not_exist() {
        let check =
            |name: &str, class: &str| assert_eq!(charset(name).unwrap_err().to_string(), format!("{class}: {name}"));
        check("bogus", "java.nio.charset.UnsupportedCharsetException");
        check(" UTF-8", "java.nio.charset.IllegalCharsetNameException");
        check("${x}", "java.nio.charset.IllegalCharsetNameException");
    }
}
