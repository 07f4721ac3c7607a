//! Edits of what the configuration says of single operations, fields, servers and credentials.

use super::{Edit, SHIPS, config};

/// What stands in front of what an edit adds.
const LAST: &str = "[operations.getShip]\nname = \"get\"\n";

pub const EDITS: &[Edit] = &[
    config(
        "a parameter that is skipped",
        &[(
            LAST,
            "[operations.getShip]\nname = \"get\"\nparameters.x-trace.skip = true\n",
        )],
    ),
    config(
        "another name of a setter",
        &[(
            "[operations.listShips]\n",
            "[operations.listShips]\nparameters.limit.name = \"most\"\n",
        )],
    ),
    config(
        "a default for an optional parameter",
        &[(
            "[operations.listShips]\n",
            "[operations.listShips]\nparameters.limit.default = 20\n",
        )],
    ),
    config(
        "a parameter that is always sent",
        &[(
            "[operations.listShips]\n",
            "[operations.listShips]\nparameters.limit = { default = 20, skip = true }\n",
        )],
    ),
    config(
        "a default for a required parameter",
        &[(
            LAST,
            "[operations.getShip]\nname = \"get\"\n\n[operations.scrapShip.parameters]\nreason.default = \"old\"\n",
        )],
    ),
    config(
        "a timeout and retries of an operation",
        &[(
            LAST,
            "[operations.getShip]\nname = \"get\"\ntimeout = 5\nmax-retries = 1\n",
        )],
    ),
    config(
        "a field that is skipped",
        &[(
            LAST,
            "[operations.getShip]\nname = \"get\"\n\n[types.Ship]\nfields.flag.skip = true\n",
        )],
    ),
    config(
        "a server that the description lacks",
        &[(
            LAST,
            "[operations.getShip]\nname = \"get\"\n\n[[servers]]\nurl = \"https://eu.example.com\"\nname = \"eu\"\n",
        )],
    ),
    config(
        "another default server",
        &[(
            LAST,
            "[operations.getShip]\nname = \"get\"\n\n[[servers]]\nurl = \"https://eu.example.com\"\ndefault = true\n",
        )],
    ),
    Edit {
        name: "a credential that the description lacks",
        base: &SHIPS,
        of_spec: &[(
            "      operationId: scrapShip\n",
            "      operationId: scrapShip\n      security: [{ guard: [] }]\n",
        )],
        of_config: &[(
            LAST,
            "[operations.getShip]\nname = \"get\"\n\n[credentials.guard]\nscheme = \"query\"\nparameter = \"guard_key\"\n",
        )],
    },
    config(
        "another interval of a wait",
        &[(
            "failed = [\"scrapped\"]\n",
            "failed = [\"scrapped\"]\ninterval = 5\n",
        )],
    ),
];
