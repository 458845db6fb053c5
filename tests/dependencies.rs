//! The library alone pulls in nothing of the command: no argument parser, no terminal, no walking of files.

use std::process::Command;

#[test]
fn the_library_alone_has_no_crate_of_the_command() {
    let tree = |features: &[&str]| {
        let done = Command::new(env!("CARGO"))
            .args(["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
            .args(features)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let out = String::from_utf8(done.stdout).unwrap();
        out.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect::<Vec<_>>()
    };
    let (library, command) = (tree(&["--no-default-features"]), tree(&[]));
    for name in ["anyhow", "clap", "clap_builder", "console", "crossbeam-channel", "ctrlc", "ignore", "indicatif"] {
        assert!(command.iter().any(|krate| krate == name), "{name} is no crate of the command: mend this test");
        assert!(!library.iter().any(|krate| krate == name), "{name} is pulled in by the library alone");
    }
}
