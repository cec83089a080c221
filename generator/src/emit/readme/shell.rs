//! The section about the program for shells.

use crate::ir::{Api, OptionTarget, kebab};

/// The text of the section, before and after the sample call.
const TEXT: [&str; 2] = [
    "\
## From a shell

With the feature `cli`, the crate has a program with a command for each operation. Arguments and scalar members of a JSON body are
options; an option for a list is repeated. `--body` takes a whole body: JSON, the name of a file with it, or `-` for standard input.
The body of the response goes to standard output, and its status to standard error. `--help` describes each command and option.

",
    "
`--dry-run` prints the request as a `curl` command, with `***` in place of secrets, and sends nothing. A secret is never an argument:
the options that end in `-env` name an environment variable with it. `--base-url`, or `--server` and the options for its variables,
choose the server. `--completions bash` prints completions, for other shells too.

| Exit code | Meaning |
|---|---|
| 0 | The service reports a success, or `--dry-run` printed the request. |
| 1 | The service reports a failure, or its response cannot be read. |
| 2 | The arguments are wrong, or a credential is missing. |
| 3 | No response was received. |
| 4 | The request violates the document, and was not sent. |
",
];

/// Returns the section with a sample call of the first operation. Returns `None` if the crate has no program.
pub fn section(apis: &[Api], name: &str, is_single: bool) -> Option<String> {
    let (api, line) = apis.iter().find_map(|api| Some((api, api.command_line.as_ref()?)))?;
    let (command, place) = (line.commands.first()?, api.layout.operations.first());
    let mut words = vec![format!("cargo run --features cli --bin {name} --")];
    if !is_single {
        words.push(kebab(&api.module));
    }
    if api.layout.split {
        words.extend(place.map(|place| kebab(&api.layout.groups[place.group.0].module)));
    }
    words.push(command.name.clone());
    words.extend(
        command.options.iter().filter(|option| option.is_required).map(|option| format!("--{} …", option.name)),
    );
    let has_member = command.options.iter().any(|option| matches!(option.target, OptionTarget::Member(_)));
    let has_body = api.operations.first()?.arguments.iter().any(|argument| argument.required && argument.is_body());
    if has_body && !has_member {
        words.push("--body …".to_owned());
    }
    words.extend(line.credentials.first().map(|option| format!("--{} VARIABLE", option.name)));
    let [before, after] = TEXT;
    Some(format!("{before}```sh\n{}\n```\n{after}", words.join(" ")))
}
