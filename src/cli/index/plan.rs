//! What an index run has to read: what is new or changed, and which file is the scan of which text.

use crate::cli::{extract::inputs::Input, read};
use std::{
    collections::{HashMap, HashSet},
    fs,
    path::Path,
    time::UNIX_EPOCH,
};
use trich::archive::{Known, Seen};

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The file.
    pub input: Input,
    /// What was seen of it; the reason when it cannot even be looked at.
    pub seen: Result<Seen, (Seen, String)>,
    /// The text beside it, of which it is the scan if it holds no text itself.
    pub text: Option<String>,
}

/// The work of a run.
#[derive(Debug, Default)]
pub struct Plan {
    /// What is new or has changed, in order; a scan follows its text.
    pub tasks: Vec<Task>,
    /// How many of them are as they were, and are read again all the same: their documents are outdated.
    pub outdated: usize,
    /// How many files are as they were.
    pub unchanged: usize,
    /// What the database knows and is there no longer.
    pub vanished: Vec<String>,
}

/// Compares what is on disk with what the database knows.
pub fn plan(inputs: Vec<Input>, known: &HashMap<String, Known>) -> Plan {
    let names: HashSet<String> = inputs.iter().map(|input| input.name.clone()).collect();
    let mut plan = Plan::default();
    let mut scans: HashMap<String, Task> = HashMap::new();
    let mut all = Vec::new();
    for input in inputs {
        let text = text_beside(&input.name, &names);
        let seen = seen(&input);
        let task = Task { input, seen, text };
        match &task.text {
            Some(text) => drop(scans.insert(text.clone(), task)),
            None => all.push(task),
        }
    }
    for task in all {
        let scan = scans.remove(&task.input.name);
        // The two are read together: one tells of the other.
        let changed = is_changed(&task, known) || scan.as_ref().is_some_and(|scan| is_changed(scan, known));
        let outdated = known.get(&task.input.name).is_some_and(|known| known.outdated);
        plan.outdated += usize::from(outdated && !changed);
        let changed = changed || outdated;
        for task in [Some(task), scan].into_iter().flatten() {
            if changed {
                plan.tasks.push(task);
            } else {
                plan.unchanged += 1;
            }
        }
    }
    plan.vanished = known
        .iter()
        .filter(|(path, known)| !known.vanished && !names.contains(*path))
        .map(|(p, _)| p.clone())
        .collect();
    plan.vanished.sort();
    plan
}

fn is_changed(task: &Task, known: &HashMap<String, Known>) -> bool {
    let Ok(seen) = &task.seen else { return true };
    known
        .get(&seen.path)
        .is_none_or(|known| known.vanished || known.failed || known.size != seen.size || known.mtime != seen.mtime)
}

/// The text file beside a PDF of the same name.
fn text_beside(name: &str, names: &HashSet<String>) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    if !ending.eq_ignore_ascii_case("pdf") {
        return None;
    }
    ["txt", "TXT", "text", "md"].iter().map(|text| format!("{stem}.{text}")).find(|text| names.contains(text))
}

fn seen(input: &Input) -> Result<Seen, (Seen, String)> {
    let nothing = || Seen { path: input.name.clone(), size: 0, mtime: 0 };
    if input.path == Path::new("-") {
        return Err((nothing(), "standard input is no file; name files and folders".to_owned()));
    }
    let meta = fs::metadata(&input.path).map_err(|error| (nothing(), read::reason(&error)))?;
    let mtime = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let mtime = mtime.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or_default();
    Ok(Seen { path: input.name.clone(), size: meta.len(), mtime })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> HashSet<String> {
        all.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_pdf_may_be_the_scan_of_the_text_beside_it() {
        let all = names(&["a/0001.pdf", "a/0001.txt", "b/0001.txt", "c.pdf"]);
        assert_eq!(text_beside("a/0001.pdf", &all).as_deref(), Some("a/0001.txt"));
        assert_eq!(text_beside("c.pdf", &all), None);
        assert_eq!(text_beside("b/0001.txt", &all), None);
    }
}
