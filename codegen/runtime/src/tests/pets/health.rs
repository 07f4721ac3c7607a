//! Pets whose health is waited for.

use std::collections::BTreeMap;
use std::fmt;

use super::SECURITY;
use crate::error::Error;
use crate::operation::{Endpoint, Method, Operation, Parameter};
use crate::response::Payload;
use crate::waiting::{Polled, Poller};

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
        security: SECURITY,
        server: None,
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

impl Polled for CurePet {
    type Answer = Patient;
    type Endpoint = GetPatient;
    type State = Health;
    const DONE: &'static [Health] = &[Health::Well];
    const FAILED: &'static [Health] = &[Health::Dead];

    fn state(answer: &Patient) -> Option<&Health> {
        answer.health.as_ref()
    }
}

impl Poller<CurePet> {
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
