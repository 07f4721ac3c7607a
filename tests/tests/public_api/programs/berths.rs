//! A program that uses all of the crate of `edits/berths.yaml`, as its users may.

use berths::types::{
    Berth, BerthList, BerthNote, BerthPlace, BerthState, Level, LevelKind, NewBerth, Tides,
};
use berths::{Client, DateTime, Error};

pub fn client() -> Result<Client, Error> {
    Client::builder()
        .api_key("key")
        .base_url("https://berths.example.com")
        .build()
}

pub async fn calls(client: &Client) -> Result<(), Error> {
    let berths = client.berths();
    let list: BerthList = berths
        .list()
        .limit(10)
        // What becomes a `String` becomes nothing else.
        .near('q')
        .kinds(["a"])
        .depth(2.5)
        .send()
        .await?;
    list.berths.into_iter().for_each(read);
    let new = new_berth();
    let _fields: (Option<&String>, Option<&BerthPlace>) = (new.quay.as_ref(), new.place.as_ref());
    let made: Berth = berths.create(new).send().await?;
    read(made);
    let berth: Berth = berths.get("id").send().await?;
    berths.update("id", berth).send().await?;
    let tides: Tides = client.tides().list().send().await?;
    let _next: Option<String> = tides.next;
    tides.levels.into_iter().for_each(level);
    Ok(())
}

fn new_berth() -> NewBerth {
    NewBerth::new("name", 20)
        .code("ABC")
        .labels(["a"])
        .quay("north")
        .extra([("a", "b")])
        .place(BerthPlace::new("north").number(3))
        .rate(0.5)
}

pub fn berth(at: DateTime) -> Berth {
    Berth::new("id", 20, BerthState::Free).notes([BerthNote::new("text").at(at)])
}

fn read(berth: Berth) {
    let _id: String = berth.id;
    let _length: i64 = berth.length;
    match berth.state {
        BerthState::Free | BerthState::Taken | BerthState::Closed => {}
        _ => {}
    }
    for note in berth.notes.unwrap_or_default() {
        let _text: String = note.text;
        let _at: Option<DateTime> = note.at;
    }
}

fn level(level: Level) {
    let _metres: f64 = level.metres;
    let _code: Option<String> = level.code;
    let _tags: Option<Vec<String>> = level.tags;
    match level.kind {
        Some(LevelKind::Tide) | None => {}
        _ => {}
    }
}
