//! The paths of a document as a tree, for what the path of an operation says beside others.

use indexmap::IndexMap;

use super::route::Segment;

/// A place in the tree: what paths with the same segments up to there lead to.
#[derive(Debug, Default)]
struct Node {
    parent: usize,
    segment: Option<Segment>,
    children: IndexMap<Segment, usize>,
    /// Operations whose path ends here.
    own: usize,
    /// Operations whose path ends here or below.
    all: usize,
}

/// All paths.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// A node of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place(usize);

impl Tree {
    /// The tree of these paths, and the place of each.
    pub(super) fn of<'s>(paths: impl Iterator<Item = &'s [Segment]>) -> (Self, Vec<Place>) {
        let mut tree = Self {
            nodes: vec![Node::default()],
        };
        let places = paths.map(|path| tree.insert(path)).collect();
        (tree, places)
    }

    fn insert(&mut self, path: &[Segment]) -> Place {
        let mut at = 0;
        for segment in path {
            self.nodes[at].all += 1;
            at = match self.nodes[at].children.get(segment) {
                Some(&child) => child,
                None => {
                    let child = self.nodes.len();
                    self.nodes.push(Node {
                        parent: at,
                        segment: Some(segment.clone()),
                        ..Node::default()
                    });
                    self.nodes[at].children.insert(segment.clone(), child);
                    child
                }
            };
        }
        self.nodes[at].own += 1;
        self.nodes[at].all += 1;
        Place(at)
    }

    pub(super) fn parent(&self, place: Place) -> Place {
        Place(self.nodes[place.0].parent)
    }

    /// The last segment of the paths that lead there; none at the root.
    pub(super) fn segment(&self, place: Place) -> Option<&Segment> {
        self.nodes[place.0].segment.as_ref()
    }

    /// Whether a parameter comes next in some path.
    pub(super) fn has_items(&self, place: Place) -> bool {
        let children = &self.nodes[place.0].children;
        children.contains_key(&Segment::Parameter)
    }

    /// Whether no path leads further.
    pub(super) fn is_leaf(&self, place: Place) -> bool {
        self.nodes[place.0].children.is_empty()
    }

    /// How many operations have this very path.
    pub(super) fn operations(&self, place: Place) -> usize {
        self.nodes[place.0].own
    }

    /// How many operations have a path that begins like the one to this place up to its first segment.
    pub(super) fn operations_of_top(&self, place: Place) -> usize {
        let mut at = place.0;
        while at != 0 && self.nodes[at].parent != 0 {
            at = self.nodes[at].parent;
        }
        self.nodes[at].all
    }
}
