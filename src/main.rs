//! The command `trich`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
