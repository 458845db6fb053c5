//! Every built-in rule shows its work: its examples show it, its counter-examples do not.

#[test]
fn every_rule_shows_its_work() {
    let proof = trich::proof::prove(trich::Rules::builtin());
    let failures: Vec<String> = proof.failures.iter().map(ToString::to_string).collect();
    assert!(proof.examples >= proof.rules / 2, "too few examples");
    assert!(failures.is_empty(), "{} of {} do not hold\n\n{}", failures.len(), proof.examples, failures.join("\n\n"));
}
