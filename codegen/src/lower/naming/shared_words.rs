//! The words that all operation ids begin with, which tell no operation from another: `youtube` of
//! `youtube_captions_list`.

use crate::names::words;

use super::Subject;
use super::english::Verb;

/// How few ids share nothing but by chance.
const FEWEST: usize = 3;

/// How many words all ids begin with, if each has others behind them. A verb is never among these: an API
/// may do nothing but read.
pub(in super::super) fn shared_words(subjects: &[Subject<'_>]) -> usize {
    let ids: Vec<Vec<String>> = subjects.iter().filter_map(|it| it.id).map(words).collect();
    let Some(first) = ids.first().filter(|_| ids.len() >= FEWEST) else {
        return 0;
    };
    let shortest = ids.iter().map(Vec::len).min().unwrap_or(0);
    (0..shortest.saturating_sub(1))
        .take_while(|&at| {
            let word = &first[at];
            !Verb(word).is_known() && ids.iter().all(|id| id[at] == *word)
        })
        .count()
}
