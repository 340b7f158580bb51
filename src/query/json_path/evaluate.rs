//! Following a path.

use std::borrow::Cow;

use super::path::Token;
use super::{Found, JsonPath, PathError};
use crate::query::json::{Json, Object};

/// Follows a path from that value on. With `requires` a missing member is an error where it would mean nothing else.
pub(super) fn read<'d>(
    path: &JsonPath,
    from: &'d Json<'d>,
    document: &'d Json<'d>,
    requires: bool,
) -> Result<Found<'d>, PathError> {
    let places = vec![None; path.tokens.len()];
    let mut walk = Walk { path, document, requires, results: Vec::new(), places, trail: Vec::new() };
    walk.follow(0, from)?;
    if !path.is_definite {
        return Ok(Found::All(walk.results));
    }
    match walk.results.pop() {
        Some(result) => Ok(Found::One(result)),
        None => Err(PathError::NotFound(format!("No results for path: {path}"))),
    }
}

/// A path that is being followed.
struct Walk<'p, 'd> {
    path: &'p JsonPath,
    document: &'d Json<'d>,
    requires: bool,
    results: Vec<Cow<'d, Json<'d>>>,
    /// The place in a list that a scan has given to each token. Jayway remembers it for good.
    places: Vec<Option<usize>>,
    /// The way to the current value, for messages.
    trail: Vec<Step<'p, 'd>>,
}

/// One step of the way to a value.
#[derive(Clone, Copy)]
enum Step<'p, 'd> {
    /// To a member that the path names.
    Named(&'p str),
    /// To a member of any name.
    Member(&'d str),
    /// To an item of a list.
    Item(i64),
}

type Walked = Result<(), PathError>;

impl<'p, 'd> Walk<'p, 'd> {
    /// Follows the path from that token on.
    fn follow(&mut self, token: usize, value: &'d Json<'d>) -> Walked {
        let path = self.path;
        match path.tokens.get(token) {
            None => {
                self.results.push(Cow::Borrowed(value));
                Ok(())
            }
            Some(Token::Property { names, .. }) => self.property(token, names, value),
            Some(Token::Wildcard) => self.wildcard(token, value),
            Some(Token::Scan) => self.scan(token + 1, value),
            Some(Token::Index(indexes)) => {
                let Some(items) = self.list(token, value)? else { return Ok(()) };
                indexes.iter().try_for_each(|index| self.index(token, items, i64::from(*index)))
            }
            Some(Token::Slice(from, to)) => {
                let Some(items) = self.list(token, value)? else { return Ok(()) };
                slice(*from, *to, items.len()).try_for_each(|index| self.index(token, items, index))
            }
            Some(Token::Filter(_)) => self.filter(token, value),
            Some(Token::Function(call)) => {
                let result = call.call(value, self.document)?;
                let rest = self.after_function(token + 1, &result)?;
                self.results.push(Cow::Owned(result));
                self.results.extend(rest);
                Ok(())
            }
        }
    }

    /// Follows the path from what a function gave.
    fn after_function(&mut self, token: usize, value: &Json<'d>) -> Result<Vec<Cow<'d, Json<'d>>>, PathError> {
        if token == self.path.tokens.len() {
            return Ok(Vec::new());
        }
        let (places, trail) = (self.places.clone(), self.trail.clone());
        let mut walk =
            Walk { path: self.path, document: value, requires: self.requires, results: Vec::new(), places, trail };
        walk.follow(token, value)?;
        Ok(walk.results.into_iter().map(|result| Cow::Owned(result.into_owned().into_owned())).collect())
    }

    fn is_last(&self, token: usize) -> bool {
        token + 1 == self.path.tokens.len()
    }

    /// Whether all tokens before that one lead to one value.
    fn is_definite_before(&self, token: usize) -> bool {
        self.path.tokens[..token].iter().all(|token| token.is_definite(false))
    }

    fn property(&mut self, token: usize, names: &'p [String], value: &'d Json<'d>) -> Walked {
        let Json::Object(object) = value else {
            if !self.is_definite_before(token) {
                return Ok(());
            }
            return Err(PathError::NotFound(format!(
                "Expected to find an object with property {} in path {} but found '{}'. This is not a json object \
                 according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
                self.path.tokens[token],
                self.trail(),
                value.java_class()
            )));
        };
        match names {
            [name] => self.member(token, name, object),
            names if self.is_last(token) => self.merged(names, object),
            names => names.iter().try_for_each(|name| self.member(token, name, object)),
        }
    }

    fn member(&mut self, token: usize, name: &'p str, object: &'d Object<'d>) -> Walked {
        match object.get(name) {
            Some(value) => self.enter(token, Step::Named(name), value),
            None => self.missing(token, name),
        }
    }

    fn enter(&mut self, token: usize, step: Step<'p, 'd>, value: &'d Json<'d>) -> Walked {
        if self.is_last(token) && !self.is_wanted(token) {
            return Ok(());
        }
        self.within(step, |walk| walk.follow(token + 1, value))
    }

    /// Does something one step further on.
    fn within(&mut self, step: Step<'p, 'd>, walk: impl FnOnce(&mut Self) -> Walked) -> Walked {
        let depth = self.trail.len();
        self.trail.push(step);
        let walked = walk(self);
        self.trail.truncate(depth);
        walked
    }

    /// The way to the current value as Jayway writes it: `$['a'][0]`.
    fn trail(&self) -> String {
        let steps = self.trail.iter().map(|step| match step {
            Step::Named(name) | Step::Member(name) => format!("['{name}']"),
            Step::Item(index) => format!("[{index}]"),
        });
        std::iter::once(self.path.root.to_string()).chain(steps).collect()
    }

    /// Whether the token before the last one asks for the place in a list that a scan has come from.
    fn is_wanted(&self, token: usize) -> bool {
        let Some(place) = self.places[token] else { return true };
        let before_last = self.path.tokens.len().checked_sub(2).map(|token| &self.path.tokens[token]);
        matches!(before_last, Some(Token::Index(indexes)) if indexes.len() == 1 && usize::try_from(indexes[0]) == Ok(place))
    }

    fn missing(&self, token: usize, name: &str) -> Walked {
        let trail = || format!("{}['{name}']", self.trail());
        let is_definite = self.is_definite_before(token) && self.path.tokens[token].is_definite(self.is_last(token));
        if self.is_last(token) {
            if self.requires {
                return Err(PathError::NotFound(format!("No results for path: {}", trail())));
            }
        } else if is_definite || self.requires {
            return Err(PathError::NotFound(format!("Missing property in path {}", trail())));
        }
        Ok(())
    }

    /// An object of some members of another.
    fn merged(&mut self, names: &[String], object: &'d Object<'d>) -> Walked {
        let mut members = Vec::with_capacity(names.len());
        for name in names {
            match object.get(name) {
                Some(value) => members.push((Cow::Owned(name.clone()), value.clone())),
                None if self.requires => {
                    let names: Vec<_> = names.iter().map(|name| format!("'{name}'")).collect();
                    let (trail, names) = (self.trail(), names.join(", "));
                    return Err(PathError::NotFound(format!("Missing property in path {trail}[{names}]")));
                }
                None => {}
            }
        }
        self.results.push(Cow::Owned(Json::Object(Object::of(members))));
        Ok(())
    }

    fn wildcard(&mut self, token: usize, value: &'d Json<'d>) -> Walked {
        match value {
            Json::Object(object) => {
                object.iter().try_for_each(|(name, value)| self.enter(token, Step::Member(name), value))
            }
            Json::List(items) => (0..items.len()).try_for_each(|index| match self.item(token, items, index) {
                Err(PathError::NotFound(_)) if !self.requires => Ok(()),
                walked => walked,
            }),
            _ => Ok(()),
        }
    }

    /// The items of a list; nothing for other values on a path that may lead to several.
    fn list(&self, token: usize, value: &'d Json<'d>) -> Result<Option<&'d [Json<'d>]>, PathError> {
        match value {
            Json::List(items) => Ok(Some(items)),
            _ if !self.is_definite_before(token) => Ok(None),
            Json::Null => Err(PathError::NotFound(format!("The path {} is null", self.trail()))),
            other => {
                let rest: String = self.path.tokens[token..].iter().map(ToString::to_string).collect();
                let other = other.java_text();
                let message = format!("Filter: {rest} can only be applied to arrays. Current context is: {other}");
                Err(PathError::NotFound(message))
            }
        }
    }

    fn index(&mut self, token: usize, items: &'d [Json<'d>], index: i64) -> Walked {
        let place = if index < 0 { items.len() as i64 + index } else { index };
        match usize::try_from(place).ok().and_then(|place| items.get(place)) {
            Some(item) => self.within(Step::Item(index), |walk| walk.follow(token + 1, item)),
            None => Ok(()),
        }
    }

    fn item(&mut self, token: usize, items: &'d [Json<'d>], index: usize) -> Walked {
        self.index(token, items, index as i64)
    }

    fn filter(&mut self, token: usize, value: &'d Json<'d>) -> Walked {
        match value {
            Json::Object(_) => {
                if self.is_accepted(token, value)? {
                    self.follow(token + 1, value)?;
                }
                Ok(())
            }
            Json::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    if self.is_accepted(token, item)? {
                        self.item(token, items, index)?;
                    }
                }
                Ok(())
            }
            _ if !self.is_definite_before(token) => Ok(()),
            other => {
                let rest: String = self.path.tokens[token..].iter().map(ToString::to_string).collect();
                let other = other.java_text();
                let message = format!("Filter: {rest} can not be applied to primitives. Current context is: {other}");
                Err(PathError::Invalid(message))
            }
        }
    }

    fn is_accepted(&self, token: usize, value: &Json<'_>) -> Result<bool, PathError> {
        let Token::Filter(expression) = &self.path.tokens[token] else { return Ok(false) };
        match expression.accepts(value, self.document) {
            Err(PathError::Invalid(_) | PathError::NotFound(_)) => Ok(false),
            accepted => accepted,
        }
    }

    /// Follows the path from that token on, from the value and all inside it.
    fn scan(&mut self, token: usize, value: &'d Json<'d>) -> Walked {
        match value {
            Json::Object(object) => {
                if self.is_scanned(token, value)? {
                    self.follow(token, value)?;
                }
                for (name, value) in object.iter() {
                    self.within(Step::Member(name), |walk| walk.scan(token, value))?;
                }
            }
            Json::List(items) => {
                if self.is_scanned(token, value)? {
                    self.scanned_list(token, value, items)?;
                }
                for (index, value) in items.iter().enumerate() {
                    self.within(Step::Item(index as i64), |walk| walk.scan(token, value))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A list that a scan has found: where the path goes on behind its token, that one is passed over for all items, and
    /// the last token of the path chooses among them.
    fn scanned_list(&mut self, token: usize, value: &'d Json<'d>, items: &'d [Json<'d>]) -> Walked {
        if self.is_last(token) {
            return self.follow(token, value);
        }
        for (index, item) in items.iter().enumerate() {
            self.places[token + 1] = Some(index);
            self.within(Step::Item(index as i64), |walk| walk.follow(token + 1, item))?;
        }
        Ok(())
    }

    /// Whether a scan looks at that value.
    fn is_scanned(&self, token: usize, value: &Json<'_>) -> Result<bool, PathError> {
        match (self.path.tokens.get(token), value) {
            (Some(Token::Property { names, .. }), Json::Object(object)) => {
                let is_definite = self.path.tokens[token].is_definite(self.is_last(token));
                Ok(!is_definite || names.iter().all(|name| object.get(name).is_some()))
            }
            (Some(Token::Index(_) | Token::Slice(..)), Json::List(_)) | (Some(Token::Wildcard), _) => Ok(true),
            (Some(Token::Filter(_)), value) => self.is_accepted(token, value),
            _ => Ok(false),
        }
    }
}

/// The places that a slice takes of a list; negative ones count from the end.
fn slice(from: Option<i32>, to: Option<i32>, length: usize) -> std::ops::Range<i64> {
    let length = length as i64;
    let from_end = |place: i32| if place < 0 { length + i64::from(place) } else { i64::from(place) };
    match (from, to) {
        (Some(from), None) => from_end(from).max(0)..length,
        // Of two numbers neither is counted from the end here: `[-1:1]` is the last item and the first.
        (Some(from), Some(to)) => i64::from(from).max(-length)..i64::from(to).min(length),
        (None, to) => 0..from_end(to.unwrap_or(0)).min(length),
    }
}
