//! Counts the operations that use components, directly or through other components.

use std::collections::{BTreeSet, HashMap, HashSet};

/// The operations that use a set of scopes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct UsingOperations {
    /// The number of operations.
    pub count: usize,
    /// The first operation; `None` if there is no operation.
    pub first: Option<usize>,
}

/// For each of `sets`, returns the operations that use any scope of the set, directly or indirectly. An operation uses itself.
///
/// Scopes are numbers. `users` has the scopes that use each scope directly, and `operations` has the scopes that are operations.
/// All operations are counted in one pass over the scopes for each 64 operations, and not in a pass for each set.
pub(super) fn using_operations(
    users: &[HashSet<usize>],
    operations: &[usize],
    sets: &[BTreeSet<usize>],
) -> Vec<UsingOperations> {
    let cycles = Cycles::of(users);
    let in_cycles = |set: &BTreeSet<usize>| set.iter().map(|scope| cycles.of_scope[*scope]).collect::<BTreeSet<_>>();
    // Most changes are found in one scope each, and many of them in the same scope.
    let mut distinct: HashMap<BTreeSet<usize>, UsingOperations> =
        sets.iter().map(|set| (in_cycles(set), UsingOperations::default())).collect();
    for batch in operations.chunks(u64::BITS as usize) {
        // The operations of the batch that use the scopes of each cycle, one bit for each operation.
        let mut bits = vec![0_u64; cycles.users.len()];
        for (index, operation) in batch.iter().enumerate() {
            bits[cycles.of_scope[*operation]] |= 1 << index;
        }
        for (cycle, users) in cycles.users.iter().enumerate() {
            bits[cycle] = users.iter().fold(bits[cycle], |found, user| found | bits[*user]);
        }
        for (set, found) in &mut distinct {
            let used_by = set.iter().fold(0, |found, cycle| found | bits[*cycle]);
            found.count += used_by.count_ones() as usize;
            found.first = found.first.or_else(|| batch.get(used_by.trailing_zeros() as usize).copied());
        }
    }
    sets.iter().map(|set| distinct.get(&in_cycles(set)).copied().unwrap_or_default()).collect()
}

/// The cycles of scopes: scopes that use one another have the same users. A scope in no cycle counts as a cycle of its own.
struct Cycles {
    /// The cycle of each scope.
    of_scope: Vec<usize>,
    /// The other cycles that use each cycle. They all come before it.
    users: Vec<Vec<usize>>,
}

/// A scope whose users are being visited.
struct Visit {
    scope: usize,
    /// The number of users that have been visited.
    visited: usize,
}

impl Cycles {
    /// Finds the cycles with Tarjan's algorithm for strongly connected components, without recursion.
    fn of(users: &[HashSet<usize>]) -> Self {
        let lists: Vec<Vec<usize>> = users.iter().map(|users| users.iter().copied().collect()).collect();
        let mut cycles = Self { of_scope: vec![usize::MAX; lists.len()], users: Vec::new() };
        // The position of each scope in the order of the visits, and the first position that each scope leads to.
        let (mut positions, mut earliest) = (vec![usize::MAX; lists.len()], vec![usize::MAX; lists.len()]);
        let mut count = 0;
        let mut open: Vec<usize> = Vec::new();
        for start in 0..lists.len() {
            let mut visits: Vec<Visit> = Vec::new();
            let mut next = Some(start).filter(|start| positions[*start] == usize::MAX);
            loop {
                if let Some(scope) = next.take() {
                    (positions[scope], earliest[scope]) = (count, count);
                    count += 1;
                    open.push(scope);
                    visits.push(Visit { scope, visited: 0 });
                }
                let Some(Visit { scope, visited }) = visits.last_mut() else { break };
                let scope = *scope;
                if let Some(user) = lists[scope].get(*visited).copied() {
                    *visited += 1;
                    if positions[user] == usize::MAX {
                        next = Some(user);
                    } else if cycles.of_scope[user] == usize::MAX {
                        earliest[scope] = earliest[scope].min(positions[user]);
                    }
                    continue;
                }
                visits.pop();
                if let Some(Visit { scope: outer, .. }) = visits.last() {
                    earliest[*outer] = earliest[*outer].min(earliest[scope]);
                }
                if earliest[scope] == positions[scope] {
                    cycles.close(&mut open, scope, &lists);
                }
            }
        }
        cycles
    }

    /// Adds the cycle of the open scopes from `first` on.
    fn close(&mut self, open: &mut Vec<usize>, first: usize, lists: &[Vec<usize>]) {
        let start = open.iter().rposition(|scope| *scope == first).unwrap_or_default();
        let scopes = open.split_off(start);
        let cycle = self.users.len();
        scopes.iter().for_each(|scope| self.of_scope[*scope] = cycle);
        let users = scopes.iter().flat_map(|scope| &lists[*scope]).map(|user| self.of_scope[*user]);
        let users: BTreeSet<usize> = users.filter(|user| *user != cycle).collect();
        self.users.push(users.into_iter().collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the operations that use `set`, found by following the users one by one.
    fn followed(users: &[HashSet<usize>], operations: &[usize], set: &BTreeSet<usize>) -> UsingOperations {
        let mut seen = set.clone();
        let mut pending: Vec<usize> = set.iter().copied().collect();
        while let Some(scope) = pending.pop() {
            pending.extend(users[scope].iter().copied().filter(|user| seen.insert(*user)));
        }
        let mut found = operations.iter().copied().filter(|operation| seen.contains(operation));
        let first = found.next();
        UsingOperations { count: usize::from(first.is_some()) + found.count(), first }
    }

    #[test]
    fn operations_are_counted_as_if_the_users_were_followed_one_by_one() {
        let mut state = 1_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for round in 0..200 {
            let (operations, components) = (random(150), 1 + random(40));
            let scopes = operations + components;
            let mut users = vec![HashSet::new(); scopes];
            for _ in 0..random(3 * scopes) {
                users[operations + random(components)].insert(random(scopes));
            }
            let sets: Vec<BTreeSet<usize>> =
                (0..20).map(|_| (0..1 + random(3)).map(|_| random(scopes)).collect()).collect();
            let operations: Vec<usize> = (0..operations).collect();
            let expected: Vec<_> = sets.iter().map(|set| followed(&users, &operations, set)).collect();
            assert_eq!(using_operations(&users, &operations, &sets), expected, "round {round}");
        }
    }

    #[test]
    fn a_chain_of_components_is_not_followed_for_each_change() {
        let length = 20_000;
        let mut users = vec![HashSet::new(); length + 1];
        (1..=length).for_each(|scope| _ = users[scope].insert(scope - 1));
        let cycles = Cycles::of(&users);
        assert_eq!(cycles.users.iter().map(Vec::len).sum::<usize>(), length);
        let sets: Vec<BTreeSet<usize>> = (0..=length).map(|scope| BTreeSet::from([scope])).collect();
        let all = vec![UsingOperations { count: 1, first: Some(0) }; length + 1];
        assert_eq!(using_operations(&users, &[0], &sets), all);
    }
}
