//! Pets in pages.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error as _};

use super::super::structs;
use super::{Pet, SECURITY};
use crate::runtime::cursor::Paging;
use crate::runtime::error::Error;
use crate::runtime::operation::{Method, Operation, Parameter};
use crate::runtime::pages::PagedRequest;
use crate::runtime::request::Request;
use crate::runtime::response::Payload;
use crate::runtime::{paging, requests};

/// A page of pets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PetPage {
    pub(crate) pets: Vec<Pet>,
    pub(crate) total: Option<u64>,
    pub(crate) next: Option<String>,
}

structs::structs! { PagePets -> PetPage }
requests::methods! { PagePets -> PetPage }

impl Request for PagePets {
    structs::builder!();
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
        security: SECURITY,
        server: None,
        fields: &[],
        redirects: &[],
    };
    fn decode(payload: &Payload) -> Result<PetPage, Error> {
        let mut members: BTreeMap<String, Member> = payload.json_as()?;
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

paging::methods! { PagePets -> PetPage, of Pet }

impl PagedRequest for PagePets {
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

impl PagePets {
    pub(crate) fn kind(mut self, kind: &str) -> Self {
        self.0.call.query::<String>("kind", kind);
        self
    }

    pub(crate) fn page(mut self, token: &str) -> Self {
        self.0.call.query::<String>("page", token);
        self
    }

    pub(crate) fn team(mut self, team: &str) -> Self {
        self.0.call.header::<String>("X-Team", team);
        self
    }
}
