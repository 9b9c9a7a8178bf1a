//! See `stoa help`.

use std::process::ExitCode;

use clap::Parser;
use stoa::command::Command;

#[tokio::main]
async fn main() -> ExitCode {
    match Command::parse().run().await {
        Ok(code) => code,
        Err(trouble) => {
            tell(&trouble);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "what went wrong goes to the terminal, also before the log is set up")]
fn tell(trouble: &stoa::open::Trouble) {
    eprintln!("stoa: {trouble}");
}
