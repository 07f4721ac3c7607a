//! What operations are called, document by document.

use super::*;

/// Calls of operations, each written as `METHOD /path operationId`, with `[]` behind it where the response is
/// an array.
fn named(operations: &[&str]) -> Vec<String> {
    let subjects: Vec<Subject<'_>> = operations.iter().map(|text| subject(text)).collect();
    let (_, calls) = calls(&subjects, None);
    let shown = calls.into_iter().map(|call| {
        let call = call.unwrap_or_else(|| Call::new(Vec::new(), "by tag".to_owned()));
        let names = call.resource.into_iter().chain([call.method]);
        names.collect::<Vec<_>>().join(".")
    });
    shown.collect()
}

fn subject(text: &str) -> Subject<'_> {
    let (text, is_array) = match text.strip_suffix(" []") {
        Some(text) => (text, true),
        None => (text, false),
    };
    let mut words = text.split(' ');
    let http = match words.next() {
        Some("GET") => HttpMethod::Get,
        Some("PUT") => HttpMethod::Put,
        Some("PATCH") => HttpMethod::Patch,
        Some("DELETE") => HttpMethod::Delete,
        _ => HttpMethod::Post,
    };
    Subject {
        http,
        path: words.next().unwrap_or_default(),
        id: words.next(),
        tag: Some("tag"),
        deprecated: false,
        realm: None,
        response: if is_array {
            ResponseShape::Array
        } else {
            ResponseShape::Unknown
        },
    }
}

/// Checks each operation of one document: what it is, and what it is called.
fn check(expected: &[(&str, &str)]) {
    let operations: Vec<&str> = expected.iter().map(|(operation, _)| *operation).collect();
    let calls: Vec<&str> = expected.iter().map(|(_, call)| *call).collect();
    assert_eq!(named(&operations), calls);
}

#[test]
fn paths_name_resources_and_methods_verbs() {
    check(&[
        ("GET /v1/customers []", "customers.list"),
        ("POST /v1/customers", "customers.create"),
        ("GET /v1/customers/{id}", "customers.get"),
        ("POST /v1/customers/{id}", "customers.update"),
        ("DELETE /v1/customers/{id}", "customers.delete"),
        ("GET /v1/customers/{id}/cards []", "customers.cards.list"),
        ("GET /v1/customers/{id}/cards/{card}", "customers.cards.get"),
        ("POST /v1/charges/{id}/capture", "charges.capture"),
        ("GET /v1/files/{id}/content", "files.content"),
        ("POST /v1/jobs/{id}:cancel", "jobs.cancel"),
        ("POST /v1/audio/speech createSpeech", "audio.speech.create"),
        (
            "POST /v1/uploads/{id}/parts addUploadPart",
            "uploads.parts.create",
        ),
    ]);
}

#[test]
fn the_id_says_more_where_it_has_another_verb() {
    check(&[
        ("POST /runs/{id} cancelRun", "runs.cancel"),
        ("PUT /runs upsertRuns", "runs.upsert"),
        ("GET /runs searchRuns []", "runs.search"),
        ("DELETE /runs/{id} archiveRun", "runs.archive"),
        ("POST /spend_limit Updatespendlimit", "spend_limit.update"),
        ("GET /runs/{id}/status getRunStatus", "runs.get_status"),
        ("GET /usage/images usage-images []", "usage.images"),
        ("POST /login login", "login"),
        ("GET /search searchAll []", "search"),
        ("POST /refund createRefund", "refund.create"),
    ]);
}

#[test]
fn put_beside_patch_replaces() {
    check(&[
        ("PUT /pets/{id}", "pets.replace"),
        ("PATCH /pets/{id}", "pets.update"),
        ("PUT /toys/{id}", "toys.replace"),
        ("POST /toys/{id}", "toys.update"),
        ("GET /toys/{id}/owners", "toys.owners.list"),
        ("POST /oauth/token OAuth_token", "oauth.token"),
        ("DELETE /pets/{id}", "pets.delete"),
        ("DELETE /pets", "pets.delete_all"),
    ]);
}

#[test]
fn two_versions_of_a_path_keep_apart() {
    check(&[
        ("GET /v1/pets/{id}", "v1.pets.get"),
        ("GET /v2/pets/{id}", "pets.get"),
        ("GET /v1/toys/{id}", "toys.get"),
        ("GET /v10/cats/{id}", "cats.get"),
        ("GET /v9/cats/{id}", "v9.cats.get"),
    ]);
}

#[test]
fn what_has_more_parameters_says_its_last() {
    check(&[
        ("GET /images/{type} []", "images.get"),
        ("GET /images/{type}/{index}", "images.get_by_index"),
        ("POST /threads createThread", "threads.create"),
        (
            "POST /threads/runs createThreadAndRun",
            "threads.create_and_run",
        ),
        ("POST /threads/{id}/runs createRun", "threads.runs.create"),
        ("GET /threads/{id}/runs/{run} getRun", "threads.runs.get"),
        ("GET /agents/by-name/{name}", "agents.get_by_name"),
        ("GET /agents/{id}", "agents.get"),
    ]);
}

#[test]
fn flags_and_fragments_tell_operations_apart() {
    check(&[
        ("GET /files/{id}", "files.get"),
        ("GET /files/{id}?beta=true", "beta.files.get"),
        ("PUT /files/{id}#add_shared_link", "files.add_shared_link"),
        ("GET /files/{id}#shared_link", "files.get_shared_link"),
    ]);
}

#[test]
fn hierarchical_ids_name_both() {
    check(&[
        ("GET /repos/{owner}/{repo} repos/get", "repos.get"),
        (
            "GET /repos/{owner}/{repo}/commits repos/list-commits",
            "repos.list_commits",
        ),
        ("GET /user/issues issues/list", "issues.list"),
        ("GET /issues/{id} issues/get", "issues.get"),
    ]);
    check(&[
        (
            "DELETE /v3/captions youtube.captions.delete",
            "captions.delete",
        ),
        ("GET /v3/captions youtube.captions.list", "captions.list"),
    ]);
    check(&[
        ("GET /a Accounts_List []", "accounts.list"),
        (
            "POST /a/{id}/listKeys Accounts_ListKeys",
            "accounts.list_keys",
        ),
    ]);
}

#[test]
fn paths_can_be_calls() {
    check(&[
        (
            "POST /chat.postMessage chat_postMessage",
            "chat.post_message",
        ),
        (
            "GET /chat.getPermalink chat_getPermalink",
            "chat.get_permalink",
        ),
        (
            "POST /admin.users.session.reset x",
            "admin.users.session.reset",
        ),
        ("POST /auth.revoke y", "auth.revoke"),
    ]);
    check(&[
        ("POST /sendMessage", "send_message"),
        ("POST /getMe", "get_me"),
        ("POST /close", "close"),
        ("POST /banChatMember", "ban_chat_member"),
    ]);
}

#[test]
fn without_tags_a_single_call_is_the_clients() {
    let mut subjects = [
        subject("GET /health"),
        subject("POST /copyMessage copyMessage"),
        subject("GET /pets []"),
        subject("POST /pets"),
    ];
    for subject in &mut subjects {
        subject.tag = None;
    }
    let (by, calls) = calls(&subjects, None);
    assert_eq!(by, NamedBy::Path);
    let calls: Vec<Call> = calls.into_iter().flatten().collect();
    assert_eq!(calls[0], Call::new(Vec::new(), "get_health".to_owned()));
    assert_eq!(calls[1], Call::new(Vec::new(), "copy_message".to_owned()));
    assert_eq!(
        calls[2],
        Call::new(vec!["pets".to_owned()], "list".to_owned())
    );
}

#[test]
fn the_configuration_chooses() {
    let subjects = [subject("GET /a/b listB []"), subject("GET /c listC []")];
    assert_eq!(calls(&subjects, Some(NamedBy::Tag)).1, [None, None]);
}
