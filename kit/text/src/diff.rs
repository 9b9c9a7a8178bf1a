//! What changed between two versions of a text.

/// Lines of one version that the other does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Stands in both.
    Same(String),
    /// Came in.
    Added(String),
    /// Went out.
    Removed(String),
}

/// Longer texts are compared by their halves only roughly: every line of the old one goes, every line of the new one comes.
const CELLS_MAX: usize = 4_000_000;

/// Compares line by line: the longest common subsequence.
pub fn lines(old: &str, new: &str) -> Vec<Change> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let same = |lines: &[&str]| lines.iter().map(|line| Change::Same((*line).to_owned())).collect::<Vec<_>>();
    let mut out = same(&old[..start]);
    out.extend(middle(&old[start..old.len() - end], &new[start..new.len() - end]));
    out.extend(same(&old[old.len() - end..]));
    out
}

fn middle(old: &[&str], new: &[&str]) -> Vec<Change> {
    let removed = |line: &str| Change::Removed(line.to_owned());
    let added = |line: &str| Change::Added(line.to_owned());
    if old.len().saturating_mul(new.len()) > CELLS_MAX {
        return old.iter().map(|l| removed(l)).chain(new.iter().map(|l| added(l))).collect();
    }
    // length[i][j]: the longest common subsequence of old[i..] and new[j..].
    let width = new.len() + 1;
    let mut length = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            length[i * width + j] = if old[i] == new[j] {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            out.push(Change::Same(old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && length[(i + 1) * width + j] >= length[i * width + j + 1]) {
            out.push(removed(old[i]));
            i += 1;
        } else {
            out.push(added(new[j]));
            j += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn says_what_came_and_went() {
        let changes = lines("a\nb\nc", "a\nx\nc");
        assert_eq!(
            changes,
            [
                Change::Same("a".into()),
                Change::Removed("b".into()),
                Change::Added("x".into()),
                Change::Same("c".into())
            ]
        );
    }

    proptest! {
        #[test]
        fn both_versions_can_be_read_back(old in "[ab\n]{0,20}", new in "[ab\n]{0,20}") {
            let changes = lines(&old, &new);
            let pick = |skip_added: bool| changes.iter().filter_map(|change| match change {
                Change::Same(line) => Some(line.clone()),
                Change::Added(line) => (!skip_added).then(|| line.clone()),
                Change::Removed(line) => skip_added.then(|| line.clone()),
            }).collect::<Vec<_>>();
            prop_assert_eq!(pick(true), old.lines().map(str::to_owned).collect::<Vec<_>>());
            prop_assert_eq!(pick(false), new.lines().map(str::to_owned).collect::<Vec<_>>());
        }
    }
}
