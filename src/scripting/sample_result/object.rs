//! The object behind a result: the result itself, or a part of one.

use std::sync::Arc;

use parking_lot::Mutex;

use super::{CLASS, HTTP_CLASS};
use crate::model::SampleResult;
use crate::script::call::Call;
use crate::script::class::ClassRef;
use crate::script::{HostObject, Outcome, Thrown, Value, ok};

/// A result that scripts hold. It may become a part of another one.
pub struct Results {
    place: Mutex<Place>,
}

/// Where a result is: at the top, or so many parts down.
#[derive(Clone)]
pub struct Place {
    top: Arc<Mutex<Arc<SampleResult>>>,
    path: Vec<usize>,
}

impl Place {
    /// The part of that number.
    pub fn part(&self, number: usize) -> Self {
        let mut path = self.path.clone();
        path.push(number);
        Self { top: self.top.clone(), path }
    }

    /// What it is a part of.
    pub fn parent(&self) -> Option<Self> {
        let (_, path) = self.path.split_last()?;
        Some(Self { top: self.top.clone(), path: path.to_vec() })
    }

    fn read<T>(&self, work: impl FnOnce(&SampleResult) -> T) -> Option<T> {
        let top = self.top.lock();
        let mut result: &SampleResult = &top;
        for number in &self.path {
            result = result.sub_results.get(*number)?;
        }
        Some(work(result))
    }

    fn change<T>(&self, work: impl FnOnce(&mut SampleResult) -> T) -> Option<T> {
        let mut top = self.top.lock();
        let mut result = Arc::make_mut(&mut top);
        for number in &self.path {
            result = result.sub_results.get_mut(*number)?;
        }
        Some(work(result))
    }
}

impl HostObject for Results {
    fn class(&self) -> ClassRef {
        let is_http = self.place.lock().read(|result| result.http.is_some()).unwrap_or(false);
        ClassRef::Java(if is_http { &HTTP_CLASS } else { &CLASS })
    }

    fn plain_text(&self) -> Option<String> {
        self.place.lock().read(|result| result.label.to_string())
    }

    fn equals(&self, other: &Value) -> bool {
        let Some(other) = other.downcast::<Self>() else { return false };
        let (own, other) = (self.place(), other.place());
        Arc::ptr_eq(&own.top, &other.top) && own.path == other.path
    }
}

impl Results {
    /// Where it is now.
    pub fn place(&self) -> Place {
        self.place.lock().clone()
    }

    /// From now on it is that part of another result.
    pub fn moved(&self, place: Place) {
        *self.place.lock() = place;
    }
}

/// A result without anything in it, as Java's constructor makes it.
pub fn blank() -> SampleResult {
    SampleResult { sample_count: 1, ..SampleResult::default() }
}

/// The object of a result.
#[must_use]
pub fn new_result(result: SampleResult) -> Value {
    holding(Arc::new(result))
}

/// The object of a result that others may share.
#[must_use]
pub fn holding(result: Arc<SampleResult>) -> Value {
    let place = Place { top: Arc::new(Mutex::new(result)), path: Vec::new() };
    Value::object(Results { place: Mutex::new(place) })
}

/// The object of a part.
pub fn of_place(place: Place) -> Value {
    Value::object(Results { place: Mutex::new(place) })
}

/// A copy of the result in an object.
#[must_use]
pub fn result_of(value: &Value) -> Option<SampleResult> {
    Some(Arc::unwrap_or_clone(shared(value)?))
}

/// The result in an object, shared with it.
#[must_use]
pub fn shared(value: &Value) -> Option<Arc<SampleResult>> {
    let place = value.downcast::<Results>()?.place();
    if place.path.is_empty() { Some(place.top.lock().clone()) } else { place.read(|part| Arc::new(part.clone())) }
}

/// Reads the result that a method is called on.
pub fn read<T: Into<Value>>(c: &Call<'_, '_>, work: impl FnOnce(&SampleResult) -> T) -> Outcome {
    ok(look(c.this, work)?)
}

/// Reads a result.
pub fn look<T>(value: &Value, work: impl FnOnce(&SampleResult) -> T) -> Outcome<T> {
    let missing = || Thrown::bare("java.lang.NullPointerException");
    let object = value.downcast::<Results>().ok_or_else(missing)?;
    object.place().read(work).ok_or_else(missing)
}

/// Changes the result that a method is called on.
pub fn change(c: &Call<'_, '_>, work: impl FnOnce(&mut SampleResult)) -> Outcome {
    alter(c.this, work)?;
    Ok(Value::Null)
}

/// Changes a result.
pub fn alter<T>(value: &Value, work: impl FnOnce(&mut SampleResult) -> T) -> Outcome<T> {
    let missing = || Thrown::bare("java.lang.NullPointerException");
    let object = value.downcast::<Results>().ok_or_else(missing)?;
    object.place().change(work).ok_or_else(missing)
}
