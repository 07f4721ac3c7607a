//! How deep one gets by following references, before any of them is followed.
//!
//! Whatever asks what a schema is goes from one to the next: over `allOf` to what it takes over, over `oneOf`
//! and `anyOf` to the alternatives, and from a place that isn't among the components to all that it names. Text is
//! short and such chains can be long; how long tells how much stack the work on the document takes.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::pointer::{component, tokens};

/// The length of the longest chain: schemas that lead to one another in a circle count with all of the
/// circle, and each list or schema on the way from a name to a reference counts, too.
///
/// `edges` leads from the pointers of references to those of what they lead to.
pub(super) fn longest_chain(edges: &BTreeMap<String, String>) -> usize {
    let targets: BTreeSet<&str> = edges.values().map(String::as_str).collect();
    let mut graph = DiGraph::<(), usize>::new();
    let nodes: BTreeMap<&str, NodeIndex> = targets
        .iter()
        .map(|&target| (target, graph.add_node(())))
        .collect();
    for (pointer, target) in edges {
        let Some(owner) = owner(pointer, &targets) else {
            continue;
        };
        let way = &pointer[owner.len()..];
        if component(owner).is_none() || is_composition(way) {
            graph.add_edge(nodes[owner], nodes[&**target], 1 + way.matches('/').count());
        }
    }
    longest_path(&graph)
}

/// The place, of those that references lead to, that a pointer is in.
fn owner<'p>(pointer: &'p str, targets: &BTreeSet<&str>) -> Option<&'p str> {
    let mut place = pointer;
    loop {
        if targets.contains(place) {
            return Some(place);
        }
        place = &place[..place.rfind('/')?];
    }
}

/// Whether one gets from a schema to one of its parts without a step down into its values.
fn is_composition(way: &str) -> bool {
    tokens(way).all(|token| {
        let is_list = matches!(&*token, "allOf" | "anyOf" | "oneOf");
        is_list || token.bytes().all(|it| it.is_ascii_digit())
    })
}

fn longest_path(graph: &DiGraph<(), usize>) -> usize {
    let mut circle_of = vec![0; graph.node_count()];
    // Of those that lead to one another, what is led to comes first.
    let circles = kosaraju_scc(graph);
    for (number, circle) in circles.iter().enumerate() {
        for node in circle {
            circle_of[node.index()] = number;
        }
    }
    let mut lengths: Vec<usize> = Vec::with_capacity(circles.len());
    for (number, circle) in circles.iter().enumerate() {
        let (mut inside, mut behind) = (0, 0);
        for &node in circle {
            let mut widest = 1;
            for edge in graph.edges(node) {
                let to = circle_of[petgraph::visit::EdgeRef::target(&edge).index()];
                if to == number {
                    widest = widest.max(*edge.weight());
                } else {
                    behind = behind.max(lengths[to] + edge.weight());
                }
            }
            inside += widest;
        }
        lengths.push(inside + behind);
    }
    lengths.into_iter().max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longest(pairs: &[(&str, &str)]) -> usize {
        let schema = |name: &str| format!("/components/schemas/{name}");
        let edges = pairs
            .iter()
            .map(|(pointer, target)| (schema(pointer), schema(target)));
        longest_chain(&edges.collect())
    }

    #[test]
    fn chains_count_their_steps_and_circles_all_of_theirs() {
        assert_eq!(longest(&[]), 0);
        assert_eq!(longest(&[("A", "B"), ("B", "C"), ("C", "D")]), 5);
        let through_lists = [("A/allOf/0", "B"), ("B/allOf/0/oneOf/1", "C")];
        assert!(longest(&through_lists) > 5);
        assert_eq!(longest(&[("A", "B"), ("B", "A")]), 2);
        let in_and_out = [("A", "B"), ("B", "C"), ("C", "B"), ("C", "D"), ("E", "A")];
        assert!(longest(&in_and_out) >= 4);
    }

    #[test]
    fn what_is_in_a_property_is_no_step() {
        assert_eq!(longest(&[("A/properties/b", "B"), ("B/items", "A")]), 1);
    }
}
