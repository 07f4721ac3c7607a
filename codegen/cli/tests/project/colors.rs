//! Colours: on a terminal, where they are forced, and never against `NO_COLOR`.
//!
//! What the variables mean: <https://no-color.org> and <https://bixense.com/clicolors>.

use crate::Project;

/// Whether a run that is piped writes colours to standard output, and to standard error.
fn colors(project: &Project, arguments: &[&str], variables: &[(&str, &str)]) -> (bool, bool) {
    let mut command = project.command(arguments);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output();
    let output = output.expect("the command can be started");
    let has_colors = |text: &[u8]| text.contains(&0x1b);
    (has_colors(&output.stdout), has_colors(&output.stderr))
}

#[test]
fn colours_are_where_they_are_wanted() {
    const FORCED: (&str, &str) = ("CLICOLOR_FORCE", "1");
    let project = Project::new();
    project.put("spec/wrong/openapi.yaml", "openapi: 3.0.3\npaths: 1\n");
    project.put("generated/src/lib.rs", "// somebody has edited this\n");
    let texts: [(&[&str], (bool, bool)); 6] = [
        (&["--help"], (true, false)),
        (&[], (false, true)),
        (&["codgen"], (false, true)),
        (&["codegen", "nowhere"], (false, true)),
        (&["codegen", "wrong"], (false, true)),
        (&["codegen", "--check"], (true, true)),
    ];
    for (arguments, forced) in texts {
        let of = |variables: &[_]| colors(&project, arguments, variables);
        assert_eq!(of(&[FORCED]), forced, "{arguments:?}");
        assert_eq!(of(&[FORCED, ("NO_COLOR", "")]), forced, "{arguments:?}");
        assert_eq!(of(&[]), (false, false), "{arguments:?} piped");
        assert_eq!(
            of(&[("CLICOLOR", "1")]),
            (false, false),
            "{arguments:?} piped"
        );
        assert_eq!(
            of(&[FORCED, ("NO_COLOR", "1")]),
            (false, false),
            "{arguments:?}"
        );
    }
}
