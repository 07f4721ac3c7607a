//! A small API, as emitted code would have it.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::builder::ClientBuilder;
use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::operation::{Endpoint, Method, Operation, Parameter, Style};
use crate::page_marks::Paging;
use crate::pages::Paged;
use crate::profile::{Auth, Profile};
use crate::request::Request;
use crate::response::Payload;
use crate::retry::RetryPolicy;
use crate::waiting::{Waited, Waiting};

pub(crate) const KEY: &str = "llx-key-1234";

pub(crate) const BEARER: Profile = Profile {
    user_agent: "pets-rust/1.2.3",
    base_url: "https://pets.example",
    base_url_env: Some("PETS_BASE_URL"),
    api_key_env: Some("PETS_API_KEY"),
    auth: Auth::Bearer,
    idempotency_header: None,
};
pub(crate) const WITHOUT_AUTH: Profile = Profile {
    auth: Auth::None,
    api_key_env: None,
    ..BEARER
};
pub(crate) const HEADER: Profile = Profile {
    auth: Auth::Header("X-API-Key"),
    ..BEARER
};
pub(crate) const QUERY: Profile = Profile {
    auth: Auth::Query("key"),
    ..BEARER
};
pub(crate) const COOKIE: Profile = Profile {
    auth: Auth::Cookie("sid"),
    ..BEARER
};
pub(crate) const IDEMPOTENT: Profile = Profile {
    idempotency_header: Some("Idempotency-Key"),
    ..BEARER
};

/// Settings for a server of a test: the key, and waits that a test can wait for.
pub(crate) fn settings(profile: &'static Profile, url: &str) -> ClientBuilder {
    let builder = ClientBuilder::new(profile)
        .base_url(url)
        .credential(KEY.to_owned());
    let policy = RetryPolicy {
        first_wait: Duration::from_millis(2),
        longest_wait: Duration::from_millis(8),
        ..RetryPolicy::default()
    };
    builder.retry_policy(policy)
}

/// A client for a server of a test.
pub(crate) fn client(url: &str) -> Client {
    settings(&BEARER, url).build().expect("good settings")
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pet {
    pub(crate) name: String,
    pub(crate) tag: Option<String>,
}

impl Pet {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            tag: None,
        }
    }
}

impl Serialize for Pet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        if let Some(tag) = &self.tag {
            map.serialize_entry("tag", tag)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Pet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PetVisitor)
    }
}

struct PetVisitor;

impl<'de> Visitor<'de> for PetVisitor {
    type Value = Pet;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("object Pet")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pet, A::Error> {
        let (mut name, mut tag) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "name" => name = Some(map.next_value()?),
                "tag" => tag = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let name = name.ok_or_else(|| A::Error::missing_field("name"))?;
        Ok(Pet { name, tag })
    }
}

/// The methods of the sample's one resource.
pub(crate) struct Pets(pub(crate) Client);

impl Pets {
    pub(crate) fn create(&self, body: &Pet) -> Request<CreatePet> {
        let mut call = Call::new(&self.0, &CreatePet::OPERATION);
        call.json(body);
        Request::new(call)
    }

    pub(crate) fn get(&self, pet_id: &str) -> Request<GetPet> {
        let mut call = Call::new(&self.0, &GetPet::OPERATION);
        call.path::<String>("pet_id", pet_id);
        Request::new(call)
    }

    pub(crate) fn delete(&self, pet_id: &str) -> Request<DeletePet> {
        let mut call = Call::new(&self.0, &DeletePet::OPERATION);
        call.path::<String>("pet_id", pet_id);
        Request::new(call)
    }

    pub(crate) fn list(&self) -> Request<ListPets> {
        Request::new(Call::new(&self.0, &ListPets::OPERATION))
    }

    pub(crate) fn page(&self) -> Request<PagePets> {
        Request::new(Call::new(&self.0, &PagePets::OPERATION))
    }

    pub(crate) fn cure(&self, pet_id: &str) -> Waiting<CurePet> {
        let mut call = Call::new(&self.0, &GetPatient::OPERATION);
        call.path::<String>("pet_id", pet_id);
        Waiting::new(call)
    }
}

pub(crate) enum CreatePet {}

impl Endpoint for CreatePet {
    type Output = Pet;
    const OPERATION: Operation = Operation {
        id: "createPet",
        method: Method::POST,
        path: "/pets",
        parameters: &[],
        accept: "application/json",
    };
    fn decode(payload: &Payload) -> Result<Pet, Error> {
        payload.json()
    }
}

pub(crate) enum GetPet {}

impl Endpoint for GetPet {
    type Output = Pet;
    const OPERATION: Operation = Operation {
        id: "getPet",
        method: Method::GET,
        path: "/pets/{pet_id}",
        parameters: &[Parameter::path("pet_id")],
        accept: "application/json",
    };
    fn decode(payload: &Payload) -> Result<Pet, Error> {
        payload.json()
    }
}

pub(crate) enum DeletePet {}

impl Endpoint for DeletePet {
    type Output = Option<Pet>;
    const OPERATION: Operation = Operation {
        id: "deletePet",
        method: Method::DELETE,
        path: "/pets/{pet_id}",
        parameters: &[Parameter::path("pet_id")],
        accept: "",
    };
    fn decode(payload: &Payload) -> Result<Option<Pet>, Error> {
        if payload.status() == StatusCode::NO_CONTENT || payload.is_empty() {
            return Ok(None);
        }
        payload.json().map(Some)
    }
}

pub(crate) enum ListPets {}

impl Endpoint for ListPets {
    type Output = Vec<Pet>;
    const OPERATION: Operation = Operation {
        id: "listPets",
        method: Method::GET,
        path: "/pets",
        parameters: &[
            Parameter::query("kind"),
            Parameter::query("tags"),
            Parameter::query("colors").explode(false),
            Parameter::query("sizes").style(Style::SpaceDelimited),
            Parameter::query("places").style(Style::PipeDelimited),
            Parameter::query("filter").style(Style::DeepObject),
            Parameter::header("X-Team"),
            Parameter::cookie("session"),
            Parameter::cookie("theme"),
        ],
        accept: "application/json",
    };
    fn decode(payload: &Payload) -> Result<Vec<Pet>, Error> {
        payload.json()
    }
}

impl Request<ListPets> {
    pub(crate) fn kind(mut self, kind: &str) -> Self {
        self.call.query::<String>("kind", kind);
        self
    }

    pub(crate) fn list(mut self, name: &'static str, items: &[&str]) -> Self {
        self.call.query_list::<String>(name, items.iter().copied());
        self
    }

    pub(crate) fn filter(mut self, fields: &[(&str, &str)]) -> Self {
        let fields = fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let fields: BTreeMap<String, String> = fields.collect();
        self.call
            .query::<BTreeMap<String, String>>("filter", fields);
        self
    }

    pub(crate) fn team(mut self, team: &str) -> Self {
        self.call.header::<String>("X-Team", team);
        self
    }

    pub(crate) fn session(mut self, session: &str) -> Self {
        self.call.cookie::<String>("session", session);
        self
    }

    pub(crate) fn theme(mut self, theme: &str) -> Self {
        self.call.cookie::<String>("theme", theme);
        self
    }
}

/// A page of pets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PetPage {
    pub(crate) pets: Vec<Pet>,
    pub(crate) total: Option<u64>,
    pub(crate) next: Option<String>,
}

pub(crate) enum PagePets {}

impl Endpoint for PagePets {
    type Output = PetPage;
    const OPERATION: Operation = Operation {
        id: "pagePets",
        method: Method::GET,
        path: "/pets",
        parameters: &[
            Parameter::query("kind"),
            Parameter::query("page"),
            Parameter::header("X-Team"),
        ],
        accept: "application/json",
    };
    fn decode(payload: &Payload) -> Result<PetPage, Error> {
        let mut members: BTreeMap<String, Member> = payload.json()?;
        let mut take = |name| members.remove(name).unwrap_or_default();
        Ok(PetPage {
            pets: take("pets").pets,
            total: take("total").number,
            next: take("next").text,
        })
    }
}

/// A member of a page, whatever it is.
#[derive(Default)]
struct Member {
    pets: Vec<Pet>,
    number: Option<u64>,
    text: Option<String>,
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        let pets = value.as_array().cloned().unwrap_or_default();
        let pets = pets.into_iter().map(serde_json::from_value);
        Ok(Self {
            pets: pets.collect::<Result<_, _>>().map_err(D::Error::custom)?,
            number: value.as_u64(),
            text: value.as_str().map(str::to_owned),
        })
    }
}

impl Paged for PagePets {
    type Item = Pet;
    const PAGING: Paging = Paging::Token {
        parameter: "page",
        field: "next",
    };

    fn count(page: &Self::Output) -> usize {
        page.pets.len()
    }

    fn items(page: Self::Output) -> Vec<Pet> {
        page.pets
    }

    fn next(page: &Self::Output) -> Option<String> {
        page.next.clone()
    }
}

impl Request<PagePets> {
    pub(crate) fn kind(mut self, kind: &str) -> Self {
        self.call.query::<String>("kind", kind);
        self
    }

    pub(crate) fn page(mut self, token: &str) -> Self {
        self.call.query::<String>("page", token);
        self
    }

    pub(crate) fn team(mut self, team: &str) -> Self {
        self.call.header::<String>("X-Team", team);
        self
    }
}

/// How a pet does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Health {
    Ill,
    Well,
    Dead,
    UnknownValue(String),
}

impl fmt::Display for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ill => "ILL",
            Self::Well => "WELL",
            Self::Dead => "DEAD",
            Self::UnknownValue(text) => text,
        })
    }
}

/// A pet at the vet's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Patient {
    pub(crate) health: Option<Health>,
}

impl Patient {
    pub(crate) fn new(health: Health) -> Self {
        let health = Some(health);
        Self { health }
    }
}

pub(crate) enum GetPatient {}

impl Endpoint for GetPatient {
    type Output = Patient;
    const OPERATION: Operation = Operation {
        id: "getPatient",
        method: Method::GET,
        path: "/patients/{pet_id}",
        parameters: &[
            Parameter::path("pet_id"),
            Parameter::query("expand"),
            Parameter::cookie("session"),
        ],
        accept: "application/json",
    };
    fn decode(payload: &Payload) -> Result<Patient, Error> {
        let mut members: BTreeMap<String, Option<String>> = payload.json()?;
        let health = members.remove("health").flatten();
        let health = health.map(|text| match text.as_str() {
            "ILL" => Health::Ill,
            "WELL" => Health::Well,
            "DEAD" => Health::Dead,
            _ => Health::UnknownValue(text),
        });
        Ok(Patient { health })
    }
}

/// Stands for waiting until a pet is well.
pub(crate) enum CurePet {}

impl Waited for CurePet {
    type Answer = Patient;
    type Endpoint = GetPatient;
    type State = Health;
    const DONE: &'static [Health] = &[Health::Well];
    const FAILED: &'static [Health] = &[Health::Dead];

    fn state(answer: &Patient) -> Option<&Health> {
        answer.health.as_ref()
    }
}

impl Waiting<CurePet> {
    pub(crate) fn expand(mut self, items: &[&str]) -> Self {
        self.call
            .query_list::<String>("expand", items.iter().copied());
        self
    }

    pub(crate) fn session(mut self, session: &str) -> Self {
        self.call.cookie::<String>("session", session);
        self
    }
}
