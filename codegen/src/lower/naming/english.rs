//! Words of English, as far as names of operations need them.

/// What an operation does, in the words that operation ids and last segments of paths begin with.
const VERBS: &str = "\
    accept acknowledge activate add aggregate analyze append apply approve archive assign attach \
    authenticate authorize ban block build bulk calculate cancel capture change charge check claim \
    classify clear clone close commit compact compare complete compute confirm connect contains \
    convert copy count create deactivate decline decrypt delete deny deploy destroy detach disable \
    disconnect dismiss download downgrade duplicate edit enable encrypt enqueue erase estimate \
    evaluate execute exists expire export extend extract fail fetch finalize find finish follow \
    forward generate get grant hangup hide import increment index ingest insert inspect install \
    invalidate invite invoke issue join kick kill leave link list load lock login logout lookup \
    mark merge migrate modify move mute notify open parse patch pause pay pin ping play poll post \
    preview process promote publish pull purge push put query queue read rebuild reboot receive \
    recover refer refresh refund register reject release reload remix remove rename render renew \
    reopen reorder replace replay reply report request reschedule resend reset resize resolve \
    restart restore resume retrieve retry revert review revoke rollback rotate run sample save \
    schedule scan search seek send set share show shuffle sign simulate skip split start stop \
    store stream submit subscribe suggest summarize suspend swap sync synchronize terminate test \
    toggle touch track train transfer translate trash trigger unarchive unassign unban unblock \
    undo unfollow unhide uninstall unlink unlock unmute unpin unpublish unshare unsubscribe \
    unsuspend untrash update upgrade upload upsert validate verify view void vote watch withdraw";

/// Words for making something, which a `POST` does anyway.
const CREATE: &str = "\
    add assign create insert invite make new post put register save start store submit upload";

/// Words for reading something, which a `GET` does anyway.
const READ: &str = "\
    describe display fetch find get index list load query read retrieve return returns show view";

/// Of the words for reading those for a single thing.
const READ_ONE: &str = "\
    describe read retrieve show view";

/// Words for changing something, which a `PATCH` or a `PUT` does anyway.
const UPDATE: &str = "\
    alter change edit modify patch post put save set update";

/// Words for removing something, which a `DELETE` does anyway.
const DELETE: &str = "\
    delete destroy drop erase remove unassign";

/// Words that lead to a noun, and say nothing without it.
const DANGLING: &str = "\
    a an and as at by for from in into of on or the to via with";

/// Whether a word is one of these, between which there are spaces.
fn is_one_of(word: &str, words: &str) -> bool {
    words.split(' ').any(|it| it == word)
}

/// What a word says of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verb<'w>(pub &'w str);

impl Verb<'_> {
    /// Whether it is one at all.
    pub(super) fn is_known(self) -> bool {
        [VERBS, CREATE, READ, UPDATE, DELETE]
            .iter()
            .any(|words| is_one_of(self.0, words))
    }

    pub(super) fn creates(self) -> bool {
        is_one_of(self.0, CREATE)
    }

    pub(super) fn reads(self) -> bool {
        is_one_of(self.0, READ)
    }

    pub(super) fn reads_one(self) -> bool {
        is_one_of(self.0, READ_ONE)
    }

    pub(super) fn updates(self) -> bool {
        is_one_of(self.0, UPDATE)
    }

    pub(super) fn deletes(self) -> bool {
        is_one_of(self.0, DELETE)
    }

    /// Whether it says what no HTTP method says by itself.
    pub(super) fn says_more(self) -> bool {
        is_one_of(self.0, VERBS)
    }
}

/// The longest verb that a word begins with, where words were written without a break between them.
pub(super) fn verb_before<'w>(word: &'w str, nouns: &[String]) -> Option<(&'w str, &'w str)> {
    let ends = (2..word.len())
        .rev()
        .filter(|&end| word.is_char_boundary(end));
    ends.map(|end| word.split_at(end)).find(|(verb, rest)| {
        Verb(verb).is_known()
            && nouns
                .iter()
                .any(|noun| noun.len() > 2 && rest.starts_with(noun.as_str()))
    })
}

/// A word in the singular, by the commonest rules.
pub(in super::super) fn singular(word: &str) -> String {
    let es = ["ses", "xes", "zes", "ches", "shes"];
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        format!("{stem}y")
    } else if let Some(stem) = word
        .strip_suffix("es")
        .filter(|_| es.iter().any(|ending| word.ends_with(ending)))
    {
        stem.to_owned()
    } else if let Some(stem) = word
        .strip_suffix('s')
        .filter(|stem| !stem.is_empty() && !stem.ends_with(['s', 'u', 'i']))
    {
        stem.to_owned()
    } else {
        word.to_owned()
    }
}

/// Whether a word is in the plural, by the same rules.
pub(super) fn is_plural(word: &str) -> bool {
    singular(word) != word
}

/// Takes off the words at the end that lead to a noun which isn't there, as long as something stays.
pub(in super::super) fn without_dangling(words: &mut Vec<String>) {
    while words.len() > 1 && words.last().is_some_and(|last| is_one_of(last, DANGLING)) {
        words.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singulars() {
        for (plural, one) in [
            ("policies", "policy"),
            ("boxes", "box"),
            ("watches", "watch"),
            ("dishes", "dish"),
            ("files", "file"),
            ("status", "status"),
            ("address", "address"),
            ("analysis", "analysis"),
            ("s", "s"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }

    #[test]
    fn words_that_lead_to_nothing_go() {
        let cut = |name: &str| {
            let mut words: Vec<String> = name.split('_').map(str::to_owned).collect();
            without_dangling(&mut words);
            words.join("_")
        };
        assert_eq!(cut("retrieve_a"), "retrieve");
        assert_eq!(cut("add_rules_to_the"), "add_rules");
        assert_eq!(cut("to"), "to");
        assert_eq!(cut("list_all"), "list_all");
    }

    #[test]
    fn a_verb_is_found_without_a_break_behind_it() {
        let nouns = ["spend".to_owned(), "organization".to_owned()];
        let split = verb_before("updateorganizationspend", &nouns);
        assert_eq!(split, Some(("update", "organizationspend")));
        assert_eq!(verb_before("compactconversation", &nouns), None);
    }
}
