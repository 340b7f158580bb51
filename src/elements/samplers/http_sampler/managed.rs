//! What the managers in scope do for a request on its way. Nothing if there are none.

use std::sync::Arc;

use super::headers::HeaderList;
use super::response::latin1;
use super::visit::{Visit, details};
use crate::elements::config::http_scope::{Answered, CookieJar, Cookies};
use crate::java::Url;
use crate::model::{Fault, SampleResult, VirtualUser};
use crate::protocol::http::{Resolver, ResponseHead};

impl Visit<'_> {
    /// Adds the cookies for the address, in place of those by hand.
    ///
    /// # Errors
    /// When a function in a planned cookie fails.
    pub(super) fn add_cookies(
        &self,
        headers: &mut HeaderList<'_>,
        url: &Url,
        result: &mut SampleResult,
    ) -> Result<(), Fault> {
        let known = match &self.sampler.scope.cookies {
            Some(cookies) => self.with_jar(cookies, |cookies, vu| cookies.header(url, vu))?,
            None => None,
        };
        match known {
            Some(cookies) if !cookies.is_empty() => {
                headers.set("Cookie", cookies.clone());
                details(result).cookies = cookies.into();
            }
            _ => details(result).cookies = headers.cookies().into(),
        }
        Ok(())
    }

    /// Hands the cookies of a response over.
    pub(super) fn keep_cookies(&self, response: &ResponseHead, url: &Url) {
        let Some(cookies) = self.sampler.scope.cookies.as_ref().filter(|_| response.sets_cookies()) else { return };
        self.with_jar(cookies, |cookies, vu| {
            for value in response.values("Set-Cookie") {
                cookies.receive(&latin1(&value), url, vu);
            }
        });
    }

    /// Whether a cache has the answer, so that nothing is sent.
    pub(super) fn is_in_cache(&self, url: &Url, method: &str, headers: &HeaderList<'_>) -> bool {
        let cache = self.sampler.scope.cache.as_ref().filter(|_| method.eq_ignore_ascii_case("GET"));
        cache.is_some_and(|cache| cache.is_fresh(url, headers.as_slice(), &mut self.vu.lock()))
    }

    /// Tells the cache about a response.
    ///
    /// # Errors
    /// What Java throws for a header that the cache cannot read.
    pub(super) fn keep_in_cache(&self, answered: &Answered<'_>) -> Result<(), Fault> {
        match &self.sampler.scope.cache {
            Some(cache) => cache.store(answered, &mut self.vu.lock()),
            None => Ok(()),
        }
    }

    /// Who finds addresses, if not the one of the run.
    pub(super) fn resolver(&self) -> Option<Arc<Resolver>> {
        self.sampler.scope.names.as_ref().and_then(|names| names.resolver(&mut self.vu.lock()))
    }

    /// The cookies for a download that runs beside others.
    pub(super) fn copy_cookies(&self) -> Option<CookieJar> {
        let cookies = self.sampler.scope.cookies.as_ref()?;
        Some(self.with_jar(cookies, |cookies, vu| cookies.copy(vu)))
    }

    /// Adds the cookies of a download that ran beside others.
    pub(super) fn merge_cookies(&self, jar: Option<CookieJar>) {
        if let (Some(cookies), Some(jar)) = (&self.sampler.scope.cookies, jar) {
            self.with_jar(cookies, |cookies, vu| cookies.merge(jar, vu));
        }
    }

    /// Works with the cookies that this download sees.
    fn with_jar<T>(&self, cookies: &Arc<dyn Cookies>, work: impl FnOnce(&dyn Cookies, &mut VirtualUser) -> T) -> T {
        let vu = &mut self.vu.lock();
        let jar: &mut Option<CookieJar> = &mut self.jar.lock();
        if let Some(jar) = jar.as_mut() {
            cookies.swap(jar, vu);
        }
        let done = work(&**cookies, vu);
        if let Some(jar) = jar.as_mut() {
            cookies.swap(jar, vu);
        }
        done
    }
}
