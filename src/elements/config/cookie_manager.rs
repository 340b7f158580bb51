//! HTTP Cookie Manager: keeps the cookies of each user, and sends them back.
//!
//! Every user starts with the cookies of the plan. Whether a cookie has expired is looked at when it arrives, never when it is sent
//! (`HC4CookieHandler`). Of two managers in scope the outer one counts.

mod cookie;
mod domain;
mod lax_expires;
mod policy;
mod set_cookie;

use std::borrow::Cow;
use std::sync::Arc;

use super::http_scope::{CookieJar, Cookies};
use crate::elements::{Element, ElementType, Hooks, Role};
use crate::java::Url;
use crate::model::{Fault, Fields, Local, Prop, Properties, VirtualUser};
use cookie::{Cookie, Origin};
use policy::{NAMES, Policy};

pub(super) const ELEMENT: ElementType = ElementType::new("CookieManager", "HTTP Cookie Manager", load);

const LOG: &str = "o.a.j.p.h.c.HC4CookieHandler";

/// A manager: the cookies of the plan, and how arriving ones are treated.
struct CookieManager {
    policy: Policy,
    planned: Vec<PlannedCookie>,
    clears_each_iteration: bool,
    is_controlled_by_thread_group: bool,
    settings: Settings,
    jar: Local<Jar>,
}

/// What the properties `CookieManager.*` say.
struct Settings {
    deletes_empty: bool,
    checks: bool,
    /// Sets a variable for each cookie that arrives, named with this prefix.
    variable_prefix: Option<Box<str>>,
}

/// A cookie of the plan.
struct PlannedCookie {
    name: Prop<String>,
    value: Prop<String>,
    domain: Prop<String>,
    path: Prop<String>,
    is_secure: Prop<bool>,
    has_domain: Prop<bool>,
    has_path: Prop<bool>,
    version: Prop<i32>,
    /// As the plan has it, functions unevaluated: what arriving cookies are compared with.
    as_written: Arc<Cookie>,
}

/// The cookies that a user has now, oldest first.
#[derive(Clone, Default)]
struct Jar(Option<Vec<Kept>>);

#[derive(Clone)]
enum Kept {
    Planned(usize),
    Received(Arc<Cookie>),
}

fn load(fields: &Fields<'_>) -> Element {
    // There is only one implementation any more.
    fields.skip(&["CookieManager.implementation"]);
    let properties = &fields.loading.run.properties;
    let name = fields.text_now("CookieManager.policy", "standard");
    let policy = Policy::named(&name).unwrap_or_else(|| {
        fields.error("CookieManager.policy", format!("there is no cookie policy \"{name}\"; there are {NAMES}"));
        Policy::Standard
    });
    let evaluates = properties.flag("CookieManager.allow_variable_cookies", true);
    let manager = Arc::new(CookieManager {
        policy,
        planned: fields.items("CookieManager.cookies").iter().map(|row| PlannedCookie::load(row, evaluates)).collect(),
        clears_each_iteration: fields.flag("CookieManager.clearEachIteration", false),
        is_controlled_by_thread_group: fields.flag("CookieManager.controlledByThreadGroup", false),
        settings: Settings::of(properties),
        jar: fields.local(),
    });
    let lent: Arc<dyn Cookies> = manager.clone();
    Element { role: Role::Config(Arc::new(lent)), hooks: Some(manager) }
}

impl Settings {
    fn of(properties: &Properties) -> Self {
        let saves = properties.flag("CookieManager.save.cookies", false);
        Self {
            deletes_empty: properties.flag("CookieManager.delete_null_cookies", true),
            checks: properties.flag("CookieManager.check.cookies", true),
            variable_prefix: saves.then(|| properties.text("CookieManager.name.prefix", "COOKIE_").trim().into()),
        }
    }
}

impl PlannedCookie {
    fn load(row: &Fields<'_>, evaluates: bool) -> Self {
        // It would end nothing: cookies of the plan are sent whether they have expired or not.
        row.skip(&["Cookie.expires"]);
        let text = |name: &'static str| {
            if evaluates { row.text(name, "") } else { Prop::fixed(name, row.raw(name).unwrap_or_default().to_owned()) }
        };
        let written = |name: &'static str| row.raw(name).unwrap_or_default().to_owned();
        let as_written = Cookie {
            name: row.raw_name().to_owned(),
            path: written("Cookie.path"),
            domain: written("Cookie.domain"),
            ..Cookie::default()
        };
        Self {
            name: if evaluates { row.name() } else { Prop::fixed("TestElement.name", row.raw_name().to_owned()) },
            value: text("Cookie.value"),
            domain: text("Cookie.domain"),
            path: text("Cookie.path"),
            is_secure: row.prop("Cookie.secure", false),
            has_domain: row.prop("Cookie.domain_specified", false),
            has_path: row.prop("Cookie.path_specified", false),
            version: row.prop("Cookie.version", 1),
            as_written: Arc::new(as_written),
        }
    }

    fn now(&self, vu: &mut VirtualUser) -> Result<Cookie, Fault> {
        Ok(Cookie {
            name: self.name.text(vu)?.into_owned(),
            value: self.value.text(vu)?.into_owned(),
            domain: self.domain.text(vu)?.to_lowercase(),
            path: self.path.text(vu)?.into_owned(),
            is_secure: self.is_secure.get(vu)?,
            has_domain: self.has_domain.get(vu)?,
            has_path: self.has_path.get(vu)?,
            version: self.version.get(vu)?,
            expires: None,
        })
    }
}

impl Hooks for CookieManager {
    fn iteration_started(&self, vu: &mut VirtualUser) {
        let clears = if self.is_controlled_by_thread_group { !vu.group.same_user } else { self.clears_each_iteration };
        if clears {
            *vu.local(&self.jar) = Jar::default();
        }
    }
}

impl Cookies for CookieManager {
    fn header(&self, url: &Url, vu: &mut VirtualUser) -> Result<Option<String>, Fault> {
        let origin = Origin::of(url)?;
        let jar = vu.local(&self.jar).clone();
        let mut cookies = Vec::new();
        for kept in self.kept(&jar).iter() {
            let cookie = match kept {
                Kept::Received(cookie) if !self.policy.matches(cookie, &origin) => continue,
                Kept::Received(cookie) => Cookie::clone(cookie),
                Kept::Planned(at) => self.planned[*at].now(vu)?,
            };
            if self.policy.matches(&cookie, &origin) {
                cookies.push(cookie);
            }
        }
        Ok((!cookies.is_empty()).then(|| self.policy.format(cookies)))
    }

    fn receive(&self, header: &str, url: &Url, vu: &mut VirtualUser) {
        let Ok(origin) = Origin::of(url) else { return };
        let now = vu.now();
        let cookies = match set_cookie::parse(self.policy, header, &origin, now) {
            Ok(cookies) => cookies,
            Err(error) => return log::error!(target: LOG, "Unable to add the cookie: {error}"),
        };
        for cookie in cookies {
            if let Err(why) = self.policy.validate(&cookie, &origin)
                && self.settings.checks
            {
                log::info!(target: LOG, "Not storing invalid cookie: <{header}> for URL {url} ({why})");
                continue;
            }
            // The beginning of 1970 is no end.
            if cookie.expires.is_none_or(|expires| expires == 0 || expires >= now) {
                self.add(&Arc::new(cookie), vu);
            } else {
                self.remove_same(vu.local(&self.jar), &cookie);
            }
        }
    }

    fn copy(&self, vu: &mut VirtualUser) -> CookieJar {
        Box::new(vu.local(&self.jar).clone())
    }

    fn swap(&self, jar: &mut CookieJar, vu: &mut VirtualUser) {
        if let Some(jar) = jar.downcast_mut() {
            std::mem::swap(jar, vu.local(&self.jar));
        }
    }

    fn merge(&self, jar: CookieJar, vu: &mut VirtualUser) {
        let Ok(jar) = jar.downcast::<Jar>() else { return };
        for kept in jar.0.into_iter().flatten() {
            match kept {
                Kept::Received(cookie) => self.add(&cookie, vu),
                Kept::Planned(at) => {
                    let kept = self.kept_mut(vu.local(&self.jar));
                    kept.retain(|other| !matches!(other, Kept::Planned(other) if *other == at));
                    kept.push(Kept::Planned(at));
                }
            }
        }
    }
}

impl CookieManager {
    fn add(&self, cookie: &Arc<Cookie>, vu: &mut VirtualUser) {
        let jar = vu.local(&self.jar);
        self.remove_same(jar, cookie);
        if self.settings.deletes_empty && cookie.value.is_empty() {
            return;
        }
        self.kept_mut(jar).push(Kept::Received(cookie.clone()));
        if let Some(prefix) = &self.settings.variable_prefix {
            vu.variables.put(&format!("{prefix}{}", cookie.name), cookie.value.as_str());
        }
    }

    fn remove_same(&self, jar: &mut Jar, cookie: &Cookie) {
        self.kept_mut(jar).retain(|kept| match kept {
            Kept::Planned(at) => !self.planned[*at].as_written.is_same(cookie),
            Kept::Received(other) => !other.is_same(cookie),
        });
    }

    fn kept<'j>(&self, jar: &'j Jar) -> Cow<'j, [Kept]> {
        match &jar.0 {
            Some(kept) => kept.into(),
            None => self.first().into(),
        }
    }

    fn kept_mut<'j>(&self, jar: &'j mut Jar) -> &'j mut Vec<Kept> {
        jar.0.get_or_insert_with(|| self.first())
    }

    /// What every user starts with.
    fn first(&self) -> Vec<Kept> {
        (0..self.planned.len()).map(Kept::Planned).collect()
    }
}
