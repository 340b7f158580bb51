//! Answers to servers and proxies that ask who is there: Basic and Digest, as Apache HttpClient 4.5 gives them
//! (`HttpAuthenticator`, `BasicScheme`, `DigestScheme`).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::header_elements;
use crate::functions::digest::checksum;
use crate::java::Charset;
use crate::model::Fault;

const LOG: &str = "o.a.h.i.a.HttpAuthenticator";

/// A name and a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The name.
    pub user: String,
    /// The password.
    pub password: String,
}

/// A request that was not let through.
#[derive(Debug, Clone, Copy)]
pub struct Refused<'a> {
    /// The values of all headers `WWW-Authenticate`, or `Proxy-Authenticate`, of the response.
    pub challenges: &'a [String],
    /// What was sent in `Authorization`, or `Proxy-Authorization`.
    pub sent: Option<&'a str>,
    /// The method.
    pub method: &'a str,
    /// The target in the request line.
    pub target: &'a str,
    /// The body, if the request has one and it is in memory.
    pub body: Option<&'a [u8]>,
    /// Makes the client's own part of a digest.
    pub random: u64,
}

/// The parameters of a challenge, by their names in lower case.
struct Parameters(Vec<(String, Option<String>)>);

impl Parameters {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name)?.1.as_deref()
    }
}

impl Credentials {
    /// The header's value for Basic. What is not ASCII becomes a question mark.
    #[must_use]
    pub fn basic(&self) -> String {
        let text = Charset::ASCII.encode(&format!("{}:{}", self.user, self.password));
        format!("Basic {}", BASE64_STANDARD.encode(text))
    }
}

/// What to do about a response that asks who is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing: it is the final one.
    None,
    /// Send the request again with this.
    Say(String),
    /// Send the request again without a word: what it asks for is known, but cannot be said.
    Silence,
}

impl Refused<'_> {
    /// The header's value for another try; `None` if there is nothing to say. `credentials` knows them by realm.
    ///
    /// # Errors
    /// When the credentials cannot be had.
    pub fn answer(
        &self,
        mut credentials: impl FnMut(Option<&str>) -> Result<Option<Credentials>, Fault>,
    ) -> Result<Answer, Fault> {
        if let Some((scheme, _)) = self.sent.map(split_scheme)
            && let Some(challenge) = self.challenge(&scheme)
        {
            // The same kind of answer was refused. Only one that is too old may be given again.
            let is_stale = challenge.get("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true"));
            if scheme != "digest" || !is_stale {
                return Ok(Answer::None);
            }
            let known = credentials(challenge.get("realm"))?;
            let answer = known.and_then(|credentials| self.digest(&challenge, &credentials));
            return Ok(answer.map_or(Answer::None, Answer::Say));
        }
        let mut is_known = false;
        for scheme in ["negotiate", "kerberos", "ntlm"] {
            if let Some(challenge) = self.challenge(scheme) {
                log::warn!(target: LOG, "the server asks for {scheme}, which Loadline does not speak");
                is_known |= scheme != "ntlm" && credentials(challenge.get("realm"))?.is_some();
            }
        }
        if let Some(challenge) = self.challenge("digest").filter(|challenge| !challenge.0.is_empty())
            && let Some(credentials) = credentials(challenge.get("realm"))?
        {
            if let Some(answer) = self.digest(&challenge, &credentials) {
                return Ok(Answer::Say(answer));
            }
            is_known = true;
        }
        if let Some(challenge) = self.challenge("basic")
            && let Some(credentials) = credentials(challenge.get("realm"))?
        {
            return Ok(Answer::Say(credentials.basic()));
        }
        // What was said already is not what is asked for.
        Ok(if is_known && self.sent.is_some() { Answer::Silence } else { Answer::None })
    }

    /// The challenge of that scheme, the last one if there are several.
    fn challenge(&self, scheme: &str) -> Option<Parameters> {
        let challenges = self.challenges.iter().rev().map(|challenge| split_scheme(challenge));
        let (_, rest) = challenges.into_iter().find(|(name, _)| name == scheme)?;
        let elements = header_elements::parse_all(rest).into_iter();
        Some(Parameters(elements.map(|element| (element.name.to_lowercase(), element.value)).collect()))
    }

    fn digest(&self, challenge: &Parameters, credentials: &Credentials) -> Option<String> {
        let fail = |why: &str| {
            log::warn!(target: LOG, "DIGEST authentication error: {why}");
            None
        };
        let Some(realm) = challenge.get("realm") else { return fail("missing realm in challenge") };
        let Some(nonce) = challenge.get("nonce") else { return fail("missing nonce in challenge") };
        let quality = match challenge.get("qop").map(|list| self.quality(list)) {
            None => None,
            Some(Some(quality)) => Some(quality),
            Some(None) => return fail("None of the qop methods is supported"),
        };
        let algorithm = challenge.get("algorithm").unwrap_or("MD5");
        let is_session = algorithm.eq_ignore_ascii_case("MD5-sess");
        let hash = |data: &[u8]| checksum(if is_session { "MD5" } else { algorithm }, data);
        let Some(empty) = hash(b"") else {
            return fail(&format!("Unsuppported digest algorithm: {algorithm}"));
        };
        let charset = Charset::named(challenge.get("charset").unwrap_or("US-ASCII")).unwrap_or(Charset::ASCII);
        let hash_text = |text: &str| hash(&charset.encode(text)).unwrap_or_default();
        let (count, cnonce) = self.count(nonce);
        let Credentials { user, password } = credentials;
        let mut secret = hash_text(&format!("{user}:{realm}:{password}"));
        if is_session {
            secret = hash_text(&format!("{secret}:{nonce}:{cnonce}"));
        }
        let mut asked = format!("{}:{}", self.method, self.target);
        if quality == Some("auth-int") {
            let body = self.body.map_or(empty, |body| hash(body).unwrap_or_default());
            asked = format!("{asked}:{body}");
        }
        let asked = hash_text(&asked);
        let count = format!("{count:08x}");
        let response = match quality {
            Some(quality) => hash_text(&format!("{secret}:{nonce}:{count}:{cnonce}:{quality}:{asked}")),
            None => hash_text(&format!("{secret}:{nonce}:{asked}")),
        };
        let mut parts = vec![
            format!("username={}", quoted(user)),
            format!("realm={}", quoted(realm)),
            format!("nonce={}", quoted(nonce)),
            format!("uri={}", quoted(self.target)),
            format!("response={}", quoted(&response)),
        ];
        if let Some(quality) = quality {
            parts.extend([format!("qop={quality}"), format!("nc={count}"), format!("cnonce={}", quoted(&cnonce))]);
        }
        parts.push(format!("algorithm={}", quoted_if_needed(algorithm)));
        parts.extend(challenge.get("opaque").map(|opaque| format!("opaque={}", quoted(opaque))));
        Some(format!("Digest {}", parts.join(", ")))
    }

    /// The quality of protection to choose from a list.
    fn quality(&self, list: &str) -> Option<&'static str> {
        let offers = |quality: &str| list.split(',').any(|offered| offered.trim().eq_ignore_ascii_case(quality));
        match self.body {
            Some(_) if offers("auth-int") => Some("auth-int"),
            _ if offers("auth") => Some("auth"),
            _ => None,
        }
    }

    /// How often the server's nonce was used, this time included, and the client's own nonce for it.
    fn count(&self, nonce: &str) -> (u32, String) {
        let fresh = || (1, format!("{:016x}", self.random));
        let Some((_, sent)) = self.sent.map(split_scheme) else { return fresh() };
        let elements = header_elements::parse_all(sent);
        let get = |name: &str| elements.iter().find(|element| element.name == name)?.value.clone();
        match (get("nc").and_then(|count| u32::from_str_radix(&count, 16).ok()), get("cnonce")) {
            (Some(count), Some(cnonce)) if get("nonce").as_deref() == Some(nonce) => (count + 1, cnonce),
            _ => fresh(),
        }
    }
}

/// The name of a scheme in lower case, and what follows it.
fn split_scheme(header: &str) -> (String, &str) {
    let header = header.trim_start_matches(header_elements::is_blank);
    let (scheme, rest) = header.split_once(header_elements::is_blank).unwrap_or((header, ""));
    (scheme.to_lowercase(), rest)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn quoted_if_needed(text: &str) -> String {
    if text.contains(|char| " ;,:@()<>\\\"/[]?={}\t".contains(char)) { quoted(text) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused<'a>(challenges: &'a [String], sent: Option<&'a str>, body: Option<&'a [u8]>) -> Refused<'a> {
        Refused { challenges, sent, method: "GET", target: "/dir/index.html", body, random: 0x0a4f_113b }
    }

    fn mufasa(realm: Option<&str>) -> Result<Option<Credentials>, Fault> {
        let credentials = Credentials { user: "Mufasa".into(), password: "Circle Of Life".into() };
        Ok((realm != Some("elsewhere")).then_some(credentials))
    }

    const RFC: &str = r#"realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc""#;

    const BASIC: &str = "Basic TXVmYXNhOkNpcmNsZSBPZiBMaWZl";

    #[test]
    fn challenges_are_answered() {
        let check = |challenges: &[&str], sent: Option<&str>, expected: &str| {
            let challenges: Vec<String> = challenges.iter().map(|text| text.replace("RFC", RFC)).collect();
            let answer = match refused(&challenges, sent, None).answer(mufasa).unwrap() {
                Answer::Say(answer) => answer,
                Answer::None => String::new(),
                Answer::Silence => "silence".into(),
            };
            assert!(answer.contains(expected) && answer.is_empty() == expected.is_empty(), "{challenges:?}: {answer}");
        };
        check(&["Basic realm=\"x\""], None, BASIC);
        check(&["Basic realm=\"x\""], Some("Basic abc"), "");
        check(&["Basic realm=\"elsewhere\""], None, "");
        check(&["Bearer", "NTLM"], None, "");
        // RFC 2617 has this example, without a quality first.
        check(
            &["Digest RFC"],
            Some("Basic abc"),
            "response=\"670fd8c2df070c60b045671b8b24ff02\", algorithm=MD5, opaque",
        );
        check(
            &["Basic realm=\"x\"", "Digest RFC, qop=\"auth,auth-int\""],
            None,
            "qop=auth, nc=00000001, cnonce=\"000000000a4f113b\"",
        );
        check(&["Digest RFC, algorithm=unknown", "Basic realm=x"], None, BASIC);
        check(&["Digest RFC, algorithm=SHA-256"], None, "algorithm=SHA-256");
        check(&["Digest RFC, qop=other"], None, "");
        check(&["Digest RFC, qop=other"], Some("Basic abc"), "silence");
        check(&["Negotiate"], Some("Basic abc"), "silence");
        check(&["Digest RFC"], Some("Digest username=x"), "");
    }

    #[test]
    fn an_answer_that_is_too_old_is_given_again() {
        let challenges = [format!("Digest {RFC}, qop=auth, stale=TRUE")];
        let sent = "Digest nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", nc=00000009, cnonce=\"abc\"";
        let Answer::Say(answer) = refused(&challenges, Some(sent), None).answer(mufasa).unwrap() else {
            panic!("none")
        };
        assert!(answer.contains("nc=0000000a, cnonce=\"abc\""), "{answer}");
    }
}
