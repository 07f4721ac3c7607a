//! A small API, as emitted code would have it.

mod health;
mod pages;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::builder::BuilderCore;
use crate::runtime::call::Call;
use crate::runtime::client::ClientCore;
use crate::runtime::error::Error;
use crate::runtime::operation::{Method, Operation, Parameter, Style};
use crate::runtime::profile::{Auth, Profile, Scheme};
use crate::runtime::reading::Reading;
use crate::runtime::request::Request;
use crate::runtime::request_builder::Builder;
use crate::runtime::requests;
use crate::runtime::response::Payload;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::waiting::PollOptions;

use super::structs;

pub(crate) use self::health::*;
pub(crate) use self::pages::*;

pub(crate) const KEY: &str = "llx-key-1234";

/// The key where the API has one: some of its variants below have none.
const SECURITY: &[&[usize]] = &[&[0], &[]];

const fn api_key(auth: Auth) -> Scheme {
    Scheme {
        name: "api_key",
        auth,
        env: Some("PETS_API_KEY"),
    }
}

pub(crate) const BEARER: Profile = Profile {
    user_agent: "pets-rust/1.2.3",
    base_url: "https://pets.example",
    base_url_env: Some("PETS_BASE_URL"),
    schemes: &[api_key(Auth::Bearer)],
    security: SECURITY,
    usual_security: SECURITY,
    parameters: &[],
    anonymous: false,
    idempotency_header: None,
    reading: Reading::Lenient,
};
pub(crate) const WITHOUT_AUTH: Profile = Profile {
    schemes: &[],
    ..BEARER
};
pub(crate) const HEADER: Profile = Profile {
    schemes: &[api_key(Auth::Header("X-API-Key"))],
    ..BEARER
};
pub(crate) const QUERY: Profile = Profile {
    schemes: &[api_key(Auth::Query("key"))],
    ..BEARER
};
pub(crate) const COOKIE: Profile = Profile {
    schemes: &[api_key(Auth::Cookie("sid"))],
    ..BEARER
};
pub(crate) const IDEMPOTENT: Profile = Profile {
    idempotency_header: Some("Idempotency-Key"),
    reading: Reading::Lenient,
    ..BEARER
};

/// Settings for a server of a test: the key, and waits that a test can wait for.
pub(crate) fn settings(profile: &'static Profile, url: &str) -> BuilderCore {
    let builder = BuilderCore::new(profile)
        .base_url(url)
        .credential(0, KEY.to_owned());
    let policy = RetryPolicy {
        initial_backoff: Duration::from_millis(2),
        max_backoff: Duration::from_millis(8),
        ..RetryPolicy::default()
    };
    builder.retry_policy(policy)
}

/// A client for a server of a test.
pub(crate) fn client(url: &str) -> ClientCore {
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
pub(crate) struct Pets(pub(crate) ClientCore);

impl Pets {
    pub(crate) fn create(&self, body: &Pet) -> CreatePet {
        let mut call = Call::new(&self.0, &CreatePet::OPERATION);
        call.json(body);
        CreatePet::new(call)
    }

    pub(crate) fn get(&self, pet_id: &str) -> GetPet {
        let mut call = Call::new(&self.0, &GetPet::OPERATION);
        call.path::<String>("pet_id", pet_id);
        GetPet::new(call)
    }

    pub(crate) fn delete(&self, pet_id: &str) -> DeletePet {
        let mut call = Call::new(&self.0, &DeletePet::OPERATION);
        call.path::<String>("pet_id", pet_id);
        DeletePet::new(call)
    }

    pub(crate) fn list(&self) -> ListPets {
        ListPets::new(Call::new(&self.0, &ListPets::OPERATION))
    }

    pub(crate) fn page(&self) -> PagePets {
        PagePets::new(Call::new(&self.0, &PagePets::OPERATION))
    }

    pub(crate) fn cure(&self, pet_id: &str) -> CurePet {
        let mut call = Call::new(&self.0, &GetPatient::OPERATION);
        call.path::<String>("pet_id", pet_id);
        CurePet(Builder { call }, PollOptions::default())
    }
}

structs::structs! { CreatePet -> Pet }
requests::methods! { CreatePet -> Pet }

impl Request for CreatePet {
    structs::builder!();
    type Output = Pet;
    const OPERATION: Operation = Operation {
        id: "createPet",
        method: Method::POST,
        path: "/pets",
        parameters: &[],
        accept: "application/json",
        security: SECURITY,
        server: None,
        fields: &[],
        redirects: &[],
    };
    fn decode(payload: &Payload) -> Result<Pet, Error> {
        payload.json_as()
    }
}

structs::structs! { GetPet -> Pet }
requests::methods! { GetPet -> Pet }

impl Request for GetPet {
    structs::builder!();
    type Output = Pet;
    const OPERATION: Operation = Operation {
        id: "getPet",
        method: Method::GET,
        path: "/pets/{pet_id}",
        parameters: &[Parameter::path("pet_id")],
        accept: "application/json",
        security: SECURITY,
        server: None,
        fields: &[],
        redirects: &[],
    };
    fn decode(payload: &Payload) -> Result<Pet, Error> {
        payload.json_as()
    }
}

structs::structs! { DeletePet -> Option<Pet> }
requests::methods! { DeletePet -> Option<Pet> }

impl Request for DeletePet {
    structs::builder!();
    type Output = Option<Pet>;
    const OPERATION: Operation = Operation {
        id: "deletePet",
        method: Method::DELETE,
        path: "/pets/{pet_id}",
        parameters: &[Parameter::path("pet_id")],
        accept: "",
        security: SECURITY,
        server: None,
        fields: &[],
        redirects: &[],
    };
    fn decode(payload: &Payload) -> Result<Option<Pet>, Error> {
        if payload.status() == StatusCode::NO_CONTENT || payload.is_empty() {
            return Ok(None);
        }
        payload.json_as().map(Some)
    }
}

structs::structs! { ListPets -> Vec<Pet> }
requests::methods! { ListPets -> Vec<Pet> }

impl Request for ListPets {
    structs::builder!();
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
        security: SECURITY,
        server: None,
        fields: &[],
        redirects: &[],
    };
    fn decode(payload: &Payload) -> Result<Vec<Pet>, Error> {
        payload.json_as()
    }
}

impl ListPets {
    pub(crate) fn kind(mut self, kind: &str) -> Self {
        self.0.call.query::<String>("kind", kind);
        self
    }

    pub(crate) fn list(mut self, name: &'static str, items: &[&str]) -> Self {
        self.0
            .call
            .query_list::<String>(name, items.iter().copied());
        self
    }

    pub(crate) fn filter(mut self, fields: &[(&str, &str)]) -> Self {
        let fields = fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let fields: BTreeMap<String, String> = fields.collect();
        self.0
            .call
            .query::<BTreeMap<String, String>>("filter", fields);
        self
    }

    pub(crate) fn team(mut self, team: &str) -> Self {
        self.0.call.header::<String>("X-Team", team);
        self
    }

    pub(crate) fn session(mut self, session: &str) -> Self {
        self.0.call.cookie::<String>("session", session);
        self
    }

    pub(crate) fn theme(mut self, theme: &str) -> Self {
        self.0.call.cookie::<String>("theme", theme);
        self
    }
}
