//! A fault in one document must not end the reading of the others.

use std::{
    cell::RefCell,
    panic::{self, AssertUnwindSafe},
};

thread_local! {
    /// The fault of the document that this thread reads; `None` while it reads none.
    static FAULT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on a panic inside [`guarded`] is kept for it to report; others are printed as ever.
pub fn keep_faults_quiet() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |fault| {
        let reading =
            FAULT.with_borrow_mut(|kept| kept.as_mut().map(|kept| *kept = fault.to_string().replace('\n', " ")));
        if reading.is_none() {
            print(fault);
        }
    }));
}

/// Runs the reading of one document; a panic becomes the reason why it could not be read.
pub fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    FAULT.set(Some(String::new()));
    let done = panic::catch_unwind(AssertUnwindSafe(read));
    let fault = FAULT.take().unwrap_or_default();
    done.map_err(|_| {
        format!(
            "could not be read because of a bug in trich ({fault}); please report it, with the file if it may be shown"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_message() {
        assert_eq!(guarded(|| 1), Ok(1));
        let reason = guarded(|| assert_eq!(1 + 1, 3)).unwrap_err();
        assert!(reason.contains("bug in trich"));
    }
}
