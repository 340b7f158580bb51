//! A JSON value and the objects in it.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Number;

/// A JSON value. It borrows from the text that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub enum Json<'t> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number.
    Number(Number<'t>),
    /// A text.
    Text(Cow<'t, str>),
    /// `[...]`
    List(Vec<Json<'t>>),
    /// `{...}`
    Object(Object<'t>),
}

/// The members of an object, in the order of the text. Of members with the same name the last value counts, at the place
/// of the first.
#[derive(Debug, Clone, Default)]
pub struct Object<'t> {
    members: Vec<(Cow<'t, str>, Json<'t>)>,
}

impl<'t> Object<'t> {
    /// The object of those members.
    #[must_use]
    pub fn of(mut members: Vec<(Cow<'t, str>, Json<'t>)>) -> Self {
        if has_duplicates(&members) {
            let mut unique: Vec<(Cow<'t, str>, Json<'t>)> = Vec::with_capacity(members.len());
            let mut places = FxHashMap::default();
            for (name, value) in members {
                match places.get(&name) {
                    Some(place) => unique[*place] = (name, value),
                    None => {
                        places.insert(name.clone(), unique.len());
                        unique.push((name, value));
                    }
                }
            }
            members = unique;
        }
        Self { members }
    }

    /// The member of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json<'t>> {
        self.members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// The members in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json<'t>)> {
        self.members.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The values in order, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Json<'t>> {
        self.members.iter_mut().map(|(_, value)| value)
    }

    /// The number of members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

impl PartialEq for Object<'_> {
    /// The order is of no account.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

fn has_duplicates(members: &[(Cow<'_, str>, Json<'_>)]) -> bool {
    if members.len() > 16 {
        let mut names = FxHashSet::default();
        return !members.iter().all(|(name, _)| names.insert(name.as_ref()));
    }
    members.iter().enumerate().any(|(place, (name, _))| members[..place].iter().any(|(other, _)| other == name))
}

impl Json<'_> {
    /// The same value, borrowing from nothing.
    #[must_use]
    pub fn into_owned(self) -> Json<'static> {
        match self {
            Self::Null => Json::Null,
            Self::Boolean(truth) => Json::Boolean(truth),
            Self::Number(number) => Json::Number(number.into_owned()),
            Self::Text(text) => Json::Text(text.into_owned().into()),
            Self::List(items) => Json::List(items.into_iter().map(Json::into_owned).collect()),
            Self::Object(object) => {
                let owned =
                    object.members.into_iter().map(|(name, value)| (Cow::Owned(name.into_owned()), value.into_owned()));
                Json::Object(Object { members: owned.collect() })
            }
        }
    }
}
