//! The one walk over roles that include or inherit each other.

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;

/// Where the walk continues from a node.
pub struct Edges<N> {
    /// The nodes that it leads to.
    pub to: Vec<N>,
    /// Whether they are followed only when nothing else is left, so that every other path is
    /// preferred to one through here.
    pub last: bool,
}

impl<N> From<Vec<N>> for Edges<N> {
    fn from(to: Vec<N>) -> Self {
        Edges { to, last: false }
    }
}

/// The path to every node reachable from some nodes, those included, each once and the nearest
/// first. A path ends in the node itself; cycles are walked once.
pub fn reach<N, E>(
    starts: impl IntoIterator<Item = N>,
    mut edges: impl FnMut(&N) -> E,
) -> Vec<Vec<N>>
where
    N: Clone + Eq + Hash,
    E: Into<Edges<N>>,
{
    let (mut soon, mut late) = (VecDeque::new(), VecDeque::new());
    soon.extend(starts.into_iter().map(|start| (start, None)));
    let mut seen = HashSet::new();
    let mut reached: Vec<(N, Option<usize>)> = Vec::new();
    while let Some((node, from)) = soon.pop_front().or_else(|| late.pop_front()) {
        if !seen.insert(node.clone()) {
            continue;
        }
        let here = Some(reached.len());
        let Edges { to, last } = edges(&node).into();
        let further = to.into_iter().map(|node| (node, here));
        if last {
            late.extend(further)
        } else {
            soon.extend(further)
        }
        reached.push((node, from));
    }
    let before = |index: &usize| reached.get(*index).and_then(|(_, from)| *from);
    let way = |end: usize| {
        let back = std::iter::successors(Some(end), before);
        let mut way: Vec<N> =
            back.filter_map(|index| reached.get(index).map(|(node, _)| node.clone())).collect();
        way.reverse();
        way
    };
    (0..reached.len()).map(way).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_walked_once_and_the_nearest_way_told() {
        let next = |node: &u8| match node {
            1 => vec![2, 3],
            2 => vec![4, 1],
            3 => vec![4],
            _ => vec![2],
        };
        assert_eq!(reach([1], next), [vec![1], vec![1, 2], vec![1, 3], vec![1, 2, 4]]);
    }

    #[test]
    fn a_longer_way_is_taken_before_one_that_is_followed_last() {
        let edges = |node: &u8| match node {
            1 => Edges::from(vec![2, 3]),
            2 => Edges { to: vec![5], last: true },
            3 => Edges::from(vec![4]),
            4 => Edges::from(vec![5]),
            _ => Edges::from(vec![]),
        };
        assert_eq!(reach([1], edges).last().unwrap(), &[1, 3, 4, 5]);
    }
}
