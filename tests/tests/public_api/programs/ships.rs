//! A program that uses all of the crate of `edits/ships.yaml`, as its users may.

use harbour::papers::SendRequestForm;
use harbour::ships::{GetFailure, NoteOutput};
use harbour::types::{
    Bulk, Cargo, Crates, Flag, Missing, Name, NewShip, Note, Ship, ShipPage, ShipParts, State, Wrong,
};
use harbour::{Client, DateTime, Error, Nullable, servers, webhooks};

pub fn clients() -> Result<(Client, Client), Error> {
    let own = Client::new("key")?;
    own.set_api_key("other")?;
    let url: &str = if cfg!(test) { servers::TEST } else { servers::DEFAULT };
    let built = Client::builder().api_key("key").base_url(url).build()?;
    let _of_environment: Result<Client, Error> = Client::from_env();
    Ok((own, built))
}

pub async fn calls(client: &Client) -> Result<(), Error> {
    let ships = client.ships();
    let page: ShipPage = ships
        .list()
        .cursor("c")
        .limit(10)
        .state(State::Moored)
        .fields(["id", "name"])
        .send()
        .await?;
    read_page(page);
    let _all = ships.list().into_stream();
    let new = new_ship();
    let _owner: Option<&String> = new.owner.as_ref();
    let _berth: Option<&Nullable<String>> = new.berth.as_ref();
    let made: Ship = ships.create(new).send().await?;
    read(made);
    match ships.get("s").x_trace("t").send().await {
        Ok(ship) => read(ship),
        Err(error) => match GetFailure::of(&error) {
            Some(GetFailure::NotFound(Missing { id, .. })) => drop::<String>(id),
            Some(GetFailure::UnprocessableEntity(Wrong { reason, .. })) => drop::<String>(reason),
            _ => return Err(error),
        },
    }
    let () = ships.scrap("s", "old").send().await?;
    match ships.note("s").body(note()).send().await? {
        NoteOutput::Ok(text) => drop::<String>(text),
        NoteOutput::Accepted(note) => drop::<Note>(note),
        _ => {}
    }
    let ended: Ship = ships.wait("s").x_trace("t").send().await?;
    read(ended);
    let form = SendRequestForm::new(Vec::new()).title("papers");
    let _name: Name = client.papers().send(form).send().await?;
    Ok(())
}

pub fn received(body: &[u8]) -> Option<Ship> {
    webhooks::decode(body).ok()
}

fn new_ship() -> NewShip {
    NewShip::new("name", 7).owner("o").berth("b").note(note())
}

fn note() -> Note {
    Note::new("text").tags(["a"])
}

fn read_page(page: ShipPage) {
    let _next: Option<String> = page.next_cursor;
    page.ships.into_iter().for_each(read);
}

fn read(ship: Ship) {
    let _texts: (String, String) = (ship.id, ship.name);
    let _tonnage: i64 = ship.tonnage;
    let _built: DateTime = ship.built_at;
    let _seen: Option<DateTime> = ship.seen_at;
    match ship.state {
        State::Sailing | State::Moored | State::Scrapped => {}
        _ => {}
    }
    match ship.flag {
        Some(Flag::Value1 | Flag::Value2) | None => {}
        _ => {}
    }
    match ship.cargo {
        Some(Cargo::Bulk(Bulk { tonnes, kind, .. })) => {
            drop::<f64>(tonnes);
            drop(kind);
        }
        Some(Cargo::Crates(Crates { count, .. })) => drop::<i64>(count),
        _ => {}
    }
}

pub fn ship(at: DateTime) -> Ship {
    Ship::new(ShipParts {
        id: "i".to_owned(),
        name: "n".to_owned(),
        state: State::Sailing,
        tonnage: 7,
        built_at: at,
    })
}

pub fn others(name: Name) -> (String, ShipPage, Missing, Wrong, Bulk, Crates) {
    let page = ShipPage::new(Vec::new());
    (
        name,
        page,
        Missing::new("i"),
        Wrong::new("r"),
        Bulk::new(1.5),
        Crates::new(2),
    )
}
