//! Paths without `.`, `..` and empty segments (`URI.normalize`).

use super::Uri;

impl Uri {
    /// The same address with a normal path.
    #[must_use]
    pub fn normalize(&self) -> Self {
        let Some(path) = normal_path(self.path()).filter(|_| !self.is_opaque()) else { return self.clone() };
        let mut text = String::with_capacity(self.text.len());
        let mut add = |parts: &[&str]| parts.iter().for_each(|part| text.push_str(part));
        if let Some(scheme) = self.scheme() {
            add(&[scheme, ":"]);
        }
        match (self.host(), self.authority()) {
            (Some(host), _) => {
                add(&["//"]);
                if let Some(user) = self.user_info() {
                    add(&[user, "@"]);
                }
                add(&[host]);
                if let Some(port) = self.port() {
                    add(&[":", itoa::Buffer::new().format(port)]);
                }
            }
            (None, Some(authority)) => add(&["//", authority]),
            (None, None) => {}
        }
        add(&[&path]);
        if let Some(query) = self.query() {
            add(&["?", query]);
        }
        if let Some(fragment) = self.fragment() {
            add(&["#", fragment]);
        }
        Self::parse(text).unwrap_or_else(|_| self.clone())
    }
}

/// The path in its normal form, if it is not.
fn normal_path(path: &str) -> Option<String> {
    let mut segments: Vec<&str> = Vec::new();
    let mut ends_in_slash = false;
    let mut rest = path.trim_start_matches('/');
    let is_absolute = rest.len() < path.len();
    while !rest.is_empty() {
        let (segment, after) = rest.split_once('/').map_or((rest, None), |(segment, after)| (segment, Some(after)));
        rest = after.unwrap_or_default().trim_start_matches('/');
        match segment {
            "." => {}
            ".." if segments.last().is_some_and(|last| *last != "..") => {
                segments.pop();
                ends_in_slash = !segments.is_empty();
            }
            _ => {
                segments.push(segment);
                ends_in_slash = after.is_some();
            }
        }
    }
    let mut normal = String::with_capacity(path.len() + 2);
    if is_absolute {
        normal.push('/');
    } else if segments.first().is_some_and(|first| first.contains(':')) && !path.starts_with(segments[0]) {
        // What would look like a scheme gets a dot in front.
        normal.push_str("./");
    }
    normal.push_str(&segments.join("/"));
    if ends_in_slash {
        normal.push('/');
    }
    (normal != path).then_some(normal)
}
