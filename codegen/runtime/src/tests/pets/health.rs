//! Pets whose health is waited for.

use std::collections::BTreeMap;
use std::fmt;

use super::super::structs;
use super::SECURITY;
use crate::runtime::error::Error;
use crate::runtime::operation::{Method, Operation, Parameter};
use crate::runtime::request::Request;
use crate::runtime::requests;
use crate::runtime::response::Payload;
use crate::runtime::waiting::{PollOptions, Polled};

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

structs::structs! { GetPatient -> Patient }
requests::methods! { GetPatient -> Patient }

impl Request for GetPatient {
    structs::builder!();
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
        security: SECURITY,
        server: None,
        fields: &[],
        redirects: &[],
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

/// Polls until a pet is well.
#[derive(Debug)]
pub(crate) struct CurePet(
    pub(crate) requests::Builder,
    pub(crate) PollOptions<Patient>,
);

crate::runtime::waiting::methods! { CurePet -> Patient }

impl Polled for CurePet {
    type Response = Patient;
    type Request = GetPatient;
    type State = Health;
    const DONE: &'static [Health] = &[Health::Well];
    const FAILED: &'static [Health] = &[Health::Dead];

    fn state(patient: &Patient) -> Option<&Health> {
        patient.health.as_ref()
    }
}

impl CurePet {
    pub(crate) async fn send(self) -> Result<Patient, Error> {
        self.await
    }

    pub(crate) fn expand(mut self, items: &[&str]) -> Self {
        self.0
            .call
            .query_list::<String>("expand", items.iter().copied());
        self
    }

    pub(crate) fn session(mut self, session: &str) -> Self {
        self.0.call.cookie::<String>("session", session);
        self
    }
}
