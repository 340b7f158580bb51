//! Saying who is there: to servers as the Authorization Manager in scope knows, to proxies as the sampler or the command
//! line says (`HttpAuthenticator`).

use super::draft::Draft;
use super::headers::HeaderList;
use super::proxy::ProxyNow;
use super::response::latin1;
use super::visit::Visit;
use crate::elements::config::http_challenge::{Answer, Credentials, Refused};
use crate::elements::config::http_scope::Challenge;
use crate::model::Fault;
use crate::protocol::http::{RequestBody, ResponseHead};

/// How often one request is sent again to say who is there. Servers that call every answer stale would never end.
const MOST_ANSWERS: u32 = 10;

/// What a request says about who is there.
#[derive(Default)]
pub(super) struct Identity {
    /// To the server.
    pub server: Option<String>,
    /// To the proxy.
    pub proxy: Option<String>,
    answers: u32,
}

/// What a user has said to proxies that was accepted: it is said again without being asked.
#[derive(Default)]
pub(super) struct KnownProxies(Vec<(ProxyNow, String)>);

/// What was asked before somebody wanted to know who is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub method: &'a str,
    /// The target in the request line.
    pub target: &'a str,
    /// It was a tunnel.
    pub is_tunnel: bool,
}

impl Identity {
    /// Adds the headers, if there are none by hand. They come last.
    pub fn write(&self, headers: &mut HeaderList<'_>, is_passed_on: bool) {
        if let Some(server) = &self.server {
            headers.add_missing("Authorization", || server.clone().into());
        }
        if is_passed_on {
            self.write_to_proxy(headers);
        }
    }

    /// Adds the header for the proxy.
    pub fn write_to_proxy(&self, headers: &mut HeaderList<'_>) {
        if let Some(proxy) = &self.proxy {
            headers.add_missing("Proxy-Authorization", || proxy.clone().into());
        }
    }
}

impl Visit<'_> {
    /// What is said without being asked.
    ///
    /// # Errors
    /// When a function in a planned authorization fails.
    pub(super) fn identity(&self, draft: &Draft<'_>) -> Result<Identity, Fault> {
        let mut identity = Identity::default();
        if let Some(authorizations) = &self.sampler.scope.authorizations {
            identity.server = authorizations.in_advance(&draft.url, &mut self.vu.lock())?;
        }
        if let Some(proxy) = draft.proxy.as_ref().filter(|proxy| !proxy.user.is_empty()) {
            let vu = &mut self.vu.lock();
            identity.proxy = self.sampler.http.known_proxies(vu).find(proxy);
        }
        Ok(identity)
    }

    /// Finds an answer to a response that asks who is there. `false` if there is none, and the response is the final one.
    ///
    /// # Errors
    /// When a function in a planned authorization fails.
    pub(super) fn answer(
        &self,
        identity: &mut Identity,
        draft: &Draft<'_>,
        asked: &Asked<'_>,
        response: &ResponseHead,
    ) -> Result<bool, Fault> {
        identity.answers += 1;
        let (answer, said) = match response.status() {
            _ if identity.answers > MOST_ANSWERS => return Ok(false),
            401 if !asked.is_tunnel => (self.answer_to_server(identity, draft, asked, response)?, &mut identity.server),
            407 => {
                let proxy = draft.proxy.as_ref().filter(|proxy| !proxy.user.is_empty());
                let answer = match proxy {
                    Some(proxy) => self.answer_to_proxy(identity, proxy, draft, asked, response)?,
                    None => Answer::None,
                };
                (answer, &mut identity.proxy)
            }
            _ => return Ok(false),
        };
        let goes_on = answer != Answer::None;
        *said = match answer {
            Answer::Say(answer) => Some(answer),
            Answer::None | Answer::Silence => None,
        };
        Ok(goes_on)
    }

    fn answer_to_server(
        &self,
        identity: &Identity,
        draft: &Draft<'_>,
        asked: &Asked<'_>,
        response: &ResponseHead,
    ) -> Result<Answer, Fault> {
        let Some(authorizations) = &self.sampler.scope.authorizations else { return Ok(Answer::None) };
        let challenge = Challenge {
            url: &draft.url,
            method: asked.method,
            target: asked.target,
            body: body_in_memory(draft),
            sent: identity.server.as_deref(),
            response,
        };
        authorizations.answer(&challenge, &mut self.vu.lock())
    }

    fn answer_to_proxy(
        &self,
        identity: &Identity,
        proxy: &ProxyNow,
        draft: &Draft<'_>,
        asked: &Asked<'_>,
        response: &ResponseHead,
    ) -> Result<Answer, Fault> {
        let challenges: Vec<String> = response.values("Proxy-Authenticate").map(|value| latin1(&value)).collect();
        let vu = &mut self.vu.lock();
        let refused = Refused {
            challenges: &challenges,
            sent: identity.proxy.as_deref(),
            method: asked.method,
            target: asked.target,
            body: body_in_memory(draft),
            random: rand::RngExt::random(vu.random_source()),
        };
        let credentials = Credentials { user: proxy.user.to_string(), password: proxy.password.to_string() };
        let answer = refused.answer(|_| Ok(Some(credentials.clone())))?;
        let said = if let Answer::Say(said) = &answer { Some(said.as_str()) } else { None };
        self.sampler.http.known_proxies(vu).put(proxy, said);
        Ok(answer)
    }
}

impl KnownProxies {
    fn find(&self, proxy: &ProxyNow) -> Option<String> {
        self.0.iter().find(|(known, _)| known == proxy).map(|(_, answer)| answer.clone())
    }

    /// Only Basic is the same for every request.
    fn put(&mut self, proxy: &ProxyNow, answer: Option<&str>) {
        self.0.retain(|(known, _)| known != proxy);
        if let Some(answer) = answer.filter(|answer| answer.starts_with("Basic ")) {
            self.0.push((proxy.clone(), answer.to_owned()));
        }
    }

    /// Forgets all, as for a new user.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

fn body_in_memory<'d>(draft: &'d Draft<'_>) -> Option<&'d [u8]> {
    match draft.body.as_ref().map(super::body::Body::as_request_body) {
        Some(RequestBody::Bytes(bytes)) => Some(bytes),
        _ => None,
    }
}
