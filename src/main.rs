use std::process::ExitCode;

fn main() -> ExitCode {
    stegvis::commands::run()
}
