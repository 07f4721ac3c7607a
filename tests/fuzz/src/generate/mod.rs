//! Descriptions of APIs that nobody would write: what is made of them can be read, lies where it
//! belongs, and is the same each time.

mod description;
mod operations;
mod schemas;
mod words;

use arbitrary::Unstructured;
use codegen::{GeneratedFile, Source};
use serde_json::Value;

use super::report;

/// Makes up a description and a configuration of the bytes, and generates twice.
pub fn check(bytes: &[u8]) {
    let mut maker = Maker {
        input: Unstructured::new(bytes),
        schemas: Vec::new(),
        is_new: false,
    };
    let description = maker.description();
    let configuration = maker.configuration();
    let spec = Source {
        name: "openapi.json",
        text: &description.to_string(),
    };
    let config = Source {
        name: "sdk.toml",
        text: &configuration,
    };
    let first = report::check(spec, config);
    let Some(first) = first else { return };
    let second = codegen::generate(spec, config).map(|generated| generated.files);
    let second = second.expect("what was taken once is taken twice");
    assert_eq!(differing(&first.files, &second), None::<&GeneratedFile>);
}

/// The first file that differs.
fn differing<'a>(
    left: &'a [GeneratedFile],
    right: &'a [GeneratedFile],
) -> Option<&'a GeneratedFile> {
    let mut pairs = left.iter().zip(right);
    let file = pairs.find(|(left, right)| left != right);
    let is_longer = left.len() != right.len();
    let last = || is_longer.then(|| left.last()).flatten();
    file.map(|(left, _)| left).or_else(last)
}

/// Makes up descriptions. Where the input is used up, it takes the first of what there is to choose
/// from, so that the first is always what ends soon.
struct Maker<'a> {
    input: Unstructured<'a>,
    /// The names of the schemas that can be referred to.
    schemas: Vec<String>,
    /// Whether the description is one of OpenAPI 3.1.
    is_new: bool,
}

impl Maker<'_> {
    /// A number below `end`, which isn't 0.
    fn below(&mut self, end: usize) -> usize {
        self.input.int_in_range(0..=end - 1).unwrap_or_default()
    }

    /// Whether something is so that is seldom so: once in `times`.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// One of some things.
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Something that can stand in a document, of no shape in particular.
    fn value(&mut self, depth: usize) -> Value {
        let most = if depth == 0 { 8 } else { 11 };
        match self.below(most) {
            0 => Value::Null,
            1 => Value::Bool(self.once_in(2)),
            2 => self.input.arbitrary::<i64>().unwrap_or_default().into(),
            3 => self.input.arbitrary::<u64>().unwrap_or_default().into(),
            4 => self.input.arbitrary::<f64>().unwrap_or_default().into(),
            5 => self.pick(&[-1, 0, 1, 2, 1 << 53, i64::MIN]).into(),
            6 => self.name().into(),
            7 => self.text().into(),
            8 | 9 => (0..self.below(3)).map(|_| self.value(depth - 1)).collect(),
            _ => {
                let count = self.below(3);
                let fields = (0..count).map(|_| (self.name(), self.value(depth - 1)));
                Value::Object(fields.collect())
            }
        }
    }
}
