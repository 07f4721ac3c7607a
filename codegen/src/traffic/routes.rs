//! Which operation an exchange is one of.

use crate::model::{Api, HttpMethod, Operation, Server};
use crate::path_template::PathTemplate;

use super::exchange::{Exchange, UrlParts, pairs, percent_decoded};

/// The operations by their servers and paths.
#[derive(Debug)]
pub(super) struct Routes {
    servers: Vec<ServerBase>,
    operations: Vec<Route>,
}

/// Where an operation is in the model: its resource, and its number in it.
pub(super) type OperationId = (usize, usize);

#[derive(Debug)]
struct Route {
    id: OperationId,
    http: HttpMethod,
    /// The servers of its own, if it has some.
    servers: Vec<ServerBase>,
    segments: Vec<Segment>,
    /// The pairs of the query that belong to the path template.
    query: Vec<(String, String)>,
}

/// A server: its host, and the path of its base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ServerBase {
    /// Parts of the host that are literal, with variables between them; none for any host.
    host: Option<Vec<String>>,
    segments: Vec<Segment>,
}

/// A segment of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    /// Literal parts with a parameter between any two of them.
    Template(Vec<String>),
}

/// What was found for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// The operation.
    Operation(OperationId),
    /// The request is one to the API, and no operation has its method and path: its path below the
    /// base path of the server, decoded.
    Unknown(Vec<String>),
    /// Its host is none of the API.
    OtherHost(String),
}

/// How literal a match is: for each segment 2 (literal), 1 (partly) or 0, and the pairs of the query.
type Rank = (Vec<u8>, usize);

impl Routes {
    pub(super) fn new(api: &Api) -> Self {
        let servers = api.profile.servers.iter().filter_map(ServerBase::of);
        let mut servers: Vec<ServerBase> = servers.collect();
        if servers.is_empty() {
            servers.push(ServerBase::any());
        }
        let mut operations = Vec::new();
        for (resource, group) in api.resources.iter().enumerate() {
            for (index, operation) in group.operations.iter().enumerate() {
                operations.push(Route::new((resource, index), operation));
            }
        }
        Self {
            servers,
            operations,
        }
    }

    /// Adds the base URL of a server that the description doesn't have.
    pub(super) fn add_server(&mut self, url: &str) {
        self.servers.push(ServerBase::of_url(url));
    }

    pub(super) fn find(&self, exchange: &Exchange) -> Match {
        let url = UrlParts::of(&exchange.url);
        let path: Vec<String> = segments(url.path).map(percent_decoded).collect();
        let query: Vec<(String, String)> = url.pairs().collect();
        let below = |servers: &[ServerBase]| -> Vec<usize> {
            let fitting = servers.iter().filter_map(|it| it.length(url.host, &path));
            let mut lengths: Vec<usize> = fitting.collect();
            lengths.sort_unstable();
            lengths.dedup();
            lengths
        };
        let shared = below(&self.servers);
        let mut best: Option<(Rank, OperationId)> = None;
        let mut is_own_host = !shared.is_empty();
        for route in &self.operations {
            let own;
            let starts = if route.servers.is_empty() {
                &shared
            } else {
                own = below(&route.servers);
                is_own_host |= !own.is_empty();
                // A client that has a base URL sends all of its requests there.
                if own.is_empty() { &shared } else { &own }
            };
            if !route.http.as_str().eq_ignore_ascii_case(&exchange.method) {
                continue;
            }
            for start in starts {
                let rank = path.get(*start..).and_then(|it| route.rank(it, &query));
                if let Some(rank) = rank
                    && best.as_ref().is_none_or(|(most, _)| rank > *most)
                {
                    best = Some((rank, route.id));
                }
            }
        }
        match (best, shared.last()) {
            (Some((_, id)), _) => Match::Operation(id),
            (None, Some(start)) => Match::Unknown(path.get(*start..).unwrap_or_default().to_vec()),
            (None, None) if is_own_host => Match::Unknown(path),
            (None, None) => Match::OtherHost(url.host.to_owned()),
        }
    }
}

impl Route {
    fn new(id: OperationId, operation: &Operation) -> Self {
        let template = PathTemplate::of(&operation.path);
        let own = operation.server.iter().map(|url| ServerBase::of_url(url));
        Self {
            id,
            http: operation.http,
            servers: own.collect(),
            segments: segments(template.path).map(Segment::of).collect(),
            query: template.pairs().flat_map(pairs).collect(),
        }
    }

    fn rank(&self, path: &[String], query: &[(String, String)]) -> Option<Rank> {
        // A slash at the end is a segment that many servers don't mind.
        let path = match path {
            [before @ .., last]
                if last.is_empty() && before.len() == self.segments.len() && !before.is_empty() =>
            {
                before
            }
            path => path,
        };
        if path.len() != self.segments.len() || !self.query.iter().all(|it| query.contains(it)) {
            return None;
        }
        let pairs = self.segments.iter().zip(path);
        let ranks: Option<Vec<u8>> = pairs.map(|(own, part)| own.rank(part)).collect();
        Some((ranks?, self.query.len()))
    }
}

impl ServerBase {
    fn any() -> Self {
        Self {
            host: None,
            segments: Vec::new(),
        }
    }

    fn of(server: &Server) -> Option<Self> {
        match (&server.template, &server.url) {
            (Some(template), _) => Some(Self::of_url(&template.url)),
            (None, Some(url)) => Some(Self::of_url(url)),
            (None, None) => None,
        }
    }

    fn of_url(url: &str) -> Self {
        let parts = UrlParts::of(url);
        let host = parts.host.to_ascii_lowercase();
        let path = parts.path.trim_end_matches('/');
        Self {
            host: (!host.is_empty()).then(|| literals(&host)),
            segments: segments(path).map(Segment::of).collect(),
        }
    }

    /// How many segments of a path are those of the base URL; none if it isn't one of this server.
    ///
    /// A loopback address is a proxy or a mock server, which may have any path of a server.
    fn length(&self, host: &str, path: &[String]) -> Option<usize> {
        let host = host.to_ascii_lowercase();
        let is_host = self.host.as_ref().is_none_or(|own| fits(own, &host));
        let is_local = is_loopback(&host) || host.is_empty();
        if !is_host && !is_local {
            return None;
        }
        let is_below = path.len() >= self.segments.len() && {
            let mut pairs = self.segments.iter().zip(path);
            pairs.all(|(own, part)| own.rank(part).is_some())
        };
        if is_below {
            return Some(self.segments.len());
        }
        is_local.then_some(0)
    }
}

fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name == "::1" || name.starts_with("127.")
}

impl Segment {
    fn of(text: &str) -> Self {
        match literals(text) {
            mut parts if parts.len() == 1 => {
                Self::Literal(percent_decoded(&parts.pop().unwrap_or_default()))
            }
            parts => Self::Template(parts),
        }
    }

    fn rank(&self, part: &str) -> Option<u8> {
        match self {
            Self::Literal(own) => (own == part).then_some(2),
            Self::Template(parts) => {
                let is_whole = parts.iter().all(String::is_empty);
                (!part.is_empty() && fits(parts, part)).then_some(u8::from(!is_whole))
            }
        }
    }
}

/// The segments of a path behind its first slash; none of an empty path.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    let below = path.strip_prefix('/').unwrap_or(path);
    let count = if path.is_empty() { 0 } else { usize::MAX };
    below.split('/').take(count)
}

/// The literal parts of a template before, between and behind its parameters.
fn literals(template: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, inside)) = rest.split_once('{')
        && let Some((_, behind)) = inside.split_once('}')
    {
        parts.push(before.to_owned());
        rest = behind;
    }
    parts.push(rest.to_owned());
    parts
}

/// Whether a text has these parts in their order, something between any two of them, and nothing around.
fn fits(parts: &[String], text: &str) -> bool {
    let [first, middle @ .., last] = parts else {
        return parts.iter().all(|only| only == text);
    };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else {
        return false;
    };
    for part in middle {
        match rest.char_indices().nth(1).and_then(|(from, _)| {
            let at = rest[from..].find(part.as_str())?;
            rest.get(from + at + part.len()..)
        }) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    rest.len() > last.len() && rest.ends_with(last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(template: &str, path: &str) -> Option<Vec<u8>> {
        let route = Route {
            id: (0, 0),
            http: HttpMethod::Get,
            servers: Vec::new(),
            segments: segments(template).map(Segment::of).collect(),
            query: Vec::new(),
        };
        let path: Vec<String> = segments(path).map(percent_decoded).collect();
        route.rank(&path, &[]).map(|(ranks, _)| ranks)
    }

    #[test]
    fn the_most_literal_template_has_the_highest_rank() {
        assert!(rank("/pets/mine", "/pets/mine") > rank("/pets/{id}", "/pets/mine"));
        assert!(rank("/a/{x}/c", "/a/b/c") > rank("/{w}/b/c", "/a/b/c"));
        assert!(rank("/{x}.json", "/a.json") > rank("/{x}", "/a.json"));
        assert_eq!(rank("/pets/{id}", "/pets/7/"), Some(vec![2, 0]));
        assert_eq!(rank("/a%20b", "/a%20b"), Some(vec![2]));
        assert_eq!(rank("/{x}...{y}", "/1...2"), Some(vec![1]));
        for (template, path) in [("/pets", "/pets/1"), ("/pets/{id}", "/pets/"), ("/a", "/b")] {
            assert_eq!(rank(template, path), None, "{template} {path}");
        }
    }

    #[test]
    fn servers_have_hosts_and_base_paths() {
        let path = |text: &str| segments(text).map(str::to_owned).collect::<Vec<_>>();
        let length =
            |url: &str, host: &str, at: &str| ServerBase::of_url(url).length(host, &path(at));
        let url = "https://{region}.example.com/v1";
        assert_eq!(length(url, "eu.example.com", "/v1/pets"), Some(1));
        assert_eq!(length(url, "eu.example.com", "/v2/pets"), None);
        assert_eq!(length(url, "example.org", "/v1/pets"), None);
        assert_eq!(length(url, "127.0.0.1:80", "/v1/pets"), Some(1));
        assert_eq!(length(url, "[::1]:80", "/pets"), Some(0));
        assert_eq!(length("/api/{v}", "any.example", "/api/2/pets"), Some(2));
        assert_eq!(length("https://a.example", "A.example", "/pets"), Some(0));
    }
}
