//! What the config elements in scope of an HTTP request do for it: one trait for each kind of them.
//!
//! An element lends itself as the trait's object, `Element::config::<Arc<dyn Cookies>>(Arc::new(manager))`, and requests
//! find it by that type when they are loaded. What changes belongs to the user, who is handed in every time. Of two of a
//! kind the outermost counts, as JMeter hands the nearest one over first and lets later ones replace it.

use std::any::Any;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use rustls::sign::CertifiedKey;

use super::header_manager::ScopedHeaders;
use super::http_challenge::Answer;
use super::keystore_config;
use crate::java::Url;
use crate::model::{Fault, Fields, Run, VirtualUser};
use crate::protocol::http::{Resolver, ResponseHead};

/// All that counts for one request.
pub struct HttpScope {
    /// The headers of all managers in scope.
    pub headers: ScopedHeaders,
    /// HTTP Cookie Manager.
    pub cookies: Option<Arc<dyn Cookies>>,
    /// HTTP Cache Manager.
    pub cache: Option<Arc<dyn Cache>>,
    /// HTTP Authorization Manager.
    pub authorizations: Option<Arc<dyn Authorizations>>,
    /// DNS Cache Manager.
    pub names: Option<Arc<dyn Names>>,
}

/// The headers of a request as far as they are known, in their order.
pub type RequestHeaders<'a> = &'a [(Cow<'a, str>, Cow<'a, str>)];

/// Cookies that were set aside; only the manager knows what is in it.
pub type CookieJar = Box<dyn Any + Send>;

/// Keeps a user's cookies (HTTP Cookie Manager).
pub trait Cookies: Send + Sync {
    /// The value of the `Cookie` header for an address; `None` if no cookie fits.
    ///
    /// # Errors
    /// When a function in a planned cookie fails.
    fn header(&self, url: &Url, vu: &mut VirtualUser) -> Result<Option<String>, Fault>;

    /// Takes the value of a `Set-Cookie` header that came from an address.
    fn receive(&self, set_cookie: &str, url: &Url, vu: &mut VirtualUser);

    /// A copy of the user's cookies, for a download that runs beside others and sees none of theirs.
    fn copy(&self, vu: &mut VirtualUser) -> CookieJar;

    /// Exchanges the user's cookies with those in the jar: before and after the download's turn.
    fn swap(&self, jar: &mut CookieJar, vu: &mut VirtualUser);

    /// Adds the cookies in the jar to the user's, each as if it came now.
    fn merge(&self, jar: CookieJar, vu: &mut VirtualUser);
}

/// Keeps what a browser's cache would know (HTTP Cache Manager).
pub trait Cache: Send + Sync {
    /// Whether the answer is known and fresh, so that a GET is not sent. `headers` are those that would be sent.
    fn is_fresh(&self, url: &Url, headers: RequestHeaders<'_>, vu: &mut VirtualUser) -> bool;

    /// What is to be asked in addition, `If-Modified-Since` and `If-None-Match`. Each replaces a header of its name.
    fn conditions(&self, url: &Url, headers: RequestHeaders<'_>, vu: &mut VirtualUser) -> Vec<(&'static str, String)>;

    /// Keeps what is to be kept of a response. Called for every response that came as a whole.
    ///
    /// # Errors
    /// What Java throws for a header that cannot be read; it fails the sample.
    fn store(&self, answered: &Answered<'_>, vu: &mut VirtualUser) -> Result<(), Fault>;
}

/// A request with its response.
pub struct Answered<'a> {
    /// The address, after redirects that the client followed by itself.
    pub url: &'a Url,
    /// The method.
    pub method: &'a str,
    /// All headers that were sent.
    pub headers: RequestHeaders<'a>,
    /// The response without its body.
    pub response: &'a ResponseHead,
}

/// Knows user names and passwords for servers (HTTP Authorization Manager).
pub trait Authorizations: Send + Sync {
    /// The value of the `Authorization` header that is sent without being asked for.
    ///
    /// # Errors
    /// When a function in a planned authorization fails.
    fn in_advance(&self, url: &Url, vu: &mut VirtualUser) -> Result<Option<String>, Fault>;

    /// The value of the `Authorization` header that answers a response of status 401: the request is then sent again with
    /// it. Asked for again if that is a 401, too.
    ///
    /// # Errors
    /// When a function in a planned authorization fails.
    fn answer(&self, challenge: &Challenge<'_>, vu: &mut VirtualUser) -> Result<Answer, Fault>;
}

/// A response of status 401, and what led to it.
pub struct Challenge<'a> {
    /// The address.
    pub url: &'a Url,
    /// The method.
    pub method: &'a str,
    /// The target in the request line: what a digest is made of.
    pub target: &'a str,
    /// The body, if it was in memory.
    pub body: Option<&'a [u8]>,
    /// The `Authorization` header that was sent and not accepted.
    pub sent: Option<&'a str>,
    /// The response without its body.
    pub response: &'a ResponseHead,
}

/// Finds addresses of hosts (DNS Cache Manager).
pub trait Names: Send + Sync {
    /// Who finds them for this user; `None` for the one that all users share.
    fn resolver(&self, vu: &mut VirtualUser) -> Option<Arc<Resolver>>;
}

/// Has the certificates that users show to servers (Keystore Configuration). There is one for a run, whatever its scope.
pub trait ClientKeys: Send + Sync {
    /// The certificate with its key that the user shows now. The same one is the same pointer each time: connections are
    /// shared only then.
    ///
    /// # Errors
    /// If the wanted one does not exist.
    fn identity(&self, vu: &mut VirtualUser) -> Result<Option<Arc<CertifiedKey>>, Fault>;
}

/// The place of the [`ClientKeys`] in a run. Who loads a Keystore Configuration puts it here.
#[derive(Default)]
pub struct ClientKeysOfRun(OnceLock<Option<Arc<dyn ClientKeys>>>);

impl ClientKeysOfRun {
    /// Has that one used from now on, if there is none yet.
    pub fn put(run: &Run, keys: Arc<dyn ClientKeys>) {
        let _ = run.shared::<Self>().0.set(Some(keys));
    }

    /// The one of a run, once its plan is loaded: that of its Keystore Configuration, else the first of the key store that the system
    /// properties name.
    #[must_use]
    pub fn get(run: &Run) -> Option<Arc<dyn ClientKeys>> {
        run.shared::<Self>().0.get_or_init(|| keystore_config::without_element(run)).clone()
    }
}

impl HttpScope {
    /// What is in scope of an element.
    #[must_use]
    pub fn load(fields: &Fields<'_>) -> Self {
        Self {
            headers: ScopedHeaders::load(fields),
            cookies: outermost(fields, "CookieManager"),
            cache: outermost(fields, "CacheManager"),
            authorizations: outermost(fields, "AuthManager"),
            names: outermost(fields, "DNSCacheManager"),
        }
    }
}

fn outermost<T: ?Sized + Send + Sync + 'static>(fields: &Fields<'_>, kind: &str) -> Option<Arc<T>> {
    let mut all: Vec<Arc<Arc<T>>> = fields.scope.all().collect();
    let last = all.pop()?;
    if !all.is_empty() {
        let name = fields.raw_name();
        log::warn!(target: "o.a.j.p.h.s.HTTPSamplerBase", "{name}: existing {kind} superseded by an outer one");
    }
    Some(Arc::clone(&last))
}
