//! How the pages of a list follow each other.

use crate::names::Ident;

use super::Type;

/// How an operation is paginated.
#[derive(Clone, Debug)]
pub struct Pagination {
    /// How the next page is requested.
    pub by: PagesBy,
    /// Path of the array of items in a page; empty if the page itself is the array.
    pub items: Vec<Ident>,
    /// The type of an item.
    pub item: Type,
    /// The boolean that says whether there are more pages.
    pub more: Option<MorePages>,
    /// Where this is known from.
    pub source: PagesSource,
}

/// A boolean in a page that says whether there are more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MorePages {
    /// Its path.
    pub field: Vec<Ident>,
    /// Whether `true` means that this page is the last one, as in `isLast`.
    pub ends: bool,
}

/// Where it is known from how an operation is paginated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagesSource {
    /// The configuration.
    Configuration,
    /// The description says so: an extension, or a `Link` header.
    Description,
    /// The names and types of parameters and fields.
    Guess,
}

/// How the next page is requested. Parameters are query parameters by their names on the
/// wire, unless they have a location; paths of fields begin at the page.
#[derive(Clone, Debug)]
pub enum PagesBy {
    /// A page token is sent as a parameter.
    Token {
        /// The parameter.
        parameter: String,
        /// Where the parameter is sent.
        place: TokenPlace,
        /// Where the token comes from.
        next: NextToken,
        /// The boolean query parameter that has to be `true` for responses to have tokens.
        switch: Option<String>,
    },
    /// A value in the last item of the page, a cursor, is sent as a parameter.
    Item {
        /// The parameter.
        parameter: String,
        /// Path of the value in the item.
        next: Vec<Ident>,
    },
    /// A parameter is the number of the page.
    Page {
        /// The parameter.
        parameter: String,
        /// The number of the first page.
        first: i64,
        /// Path of the page's own number, if the number of the first page isn't known.
        number: Option<Vec<Ident>>,
        /// Path of the number of pages.
        total: Option<Vec<Ident>>,
    },
    /// A parameter is the number of items before the page.
    Offset {
        /// The parameter.
        parameter: String,
        /// The offset of the first page.
        first: i64,
        /// Path of the page's own offset, if the offset of the first page isn't known.
        number: Option<Vec<Ident>>,
        /// Path of the number of items in the whole list.
        total: Option<Vec<Ident>>,
    },
    /// A `Link` header holds the URL of the next page.
    Link,
    /// A value in the page is the URL of the next one.
    Url {
        /// Path of the URL.
        next: Vec<Ident>,
    },
}

/// Where a request has its page token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenPlace {
    /// A query parameter.
    Query,
    /// A header.
    Header,
    /// A property of the JSON body, a string.
    BodyString,
    /// A property of the JSON body, an integer.
    BodyNumber,
}

/// Where the token of the next page comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextToken {
    /// A field of the page, by its path.
    Field(Vec<Ident>),
    /// A header of the response, by its name.
    Header(String),
}
