//! Many workers, one order: results are handed over in the order of the items, whichever is ready first.

use crossbeam_channel::{Receiver, select, unbounded};
use std::{collections::BTreeMap, sync::Arc, thread};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every item was handed over.
    All,
    /// `stop` spoke first.
    Stopped,
}

/// How many items for each worker may be under way or waiting for their turn: this bounds the memory, whatever the
/// number of items.
const WINDOW: usize = 8;

/// How many bytes of files may be under way even if they are more items: who takes the results may be busy for a while,
/// and the workers need not wait for it.
const AHEAD: u64 = 8 << 20;

/// Runs `work` on every item on `jobs` threads and gives each result to `take`, in order. Ends early when `stop` speaks
/// or `take` fails; workers that are still busy are left to themselves, so that one slow file delays no exit.
pub fn ordered<I, O, E>(
    items: Arc<[I]>,
    jobs: usize,
    stop: &Receiver<()>,
    work: impl Fn(&I) -> O + Send + Sync + 'static,
    take: impl FnMut(usize, O) -> Result<(), E>,
) -> Result<Ended, E>
where
    I: Send + Sync + 'static,
    O: Send + 'static,
{
    ordered_ahead(items, jobs, |_| u64::MAX, stop, work, take)
}

/// The same, where `take` may be busy for long: `bytes` says how large an item is, and of small ones more are under way.
pub fn ordered_ahead<I, O, E>(
    items: Arc<[I]>,
    jobs: usize,
    bytes: impl Fn(&I) -> u64,
    stop: &Receiver<()>,
    work: impl Fn(&I) -> O + Send + Sync + 'static,
    mut take: impl FnMut(usize, O) -> Result<(), E>,
) -> Result<Ended, E>
where
    I: Send + Sync + 'static,
    O: Send + 'static,
{
    let bytes = |at: usize| bytes(&items[at]).min(AHEAD + 1);
    let work = Arc::new(work);
    let (give, given) = unbounded::<usize>();
    let (done, results) = unbounded::<(usize, O)>();
    let jobs = jobs.clamp(1, items.len().max(1));
    for _ in 0..jobs {
        let (items, work, given, done) = (items.clone(), work.clone(), given.clone(), done.clone());
        thread::spawn(move || {
            for at in given {
                if done.send((at, work(&items[at]))).is_err() {
                    break;
                }
            }
        });
    }
    drop((given, done));

    let mut waiting = BTreeMap::new();
    let (mut next_given, mut next_taken, mut under_way) = (0, 0, 0);
    while next_taken < items.len() {
        while next_given < items.len()
            && (next_given - next_taken < jobs * WINDOW || under_way + bytes(next_given) <= AHEAD)
        {
            under_way += bytes(next_given);
            // The workers hold the other end as long as `give` lives.
            let _ = give.send(next_given);
            next_given += 1;
        }
        select! {
            recv(results) -> result => {
                let Ok((at, result)) = result else { break };
                waiting.insert(at, result);
            }
            recv(stop) -> _ => return Ok(Ended::Stopped),
        }
        while let Some(result) = waiting.remove(&next_taken) {
            take(next_taken, result)?;
            under_way -= bytes(next_taken);
            next_taken += 1;
        }
    }
    Ok(Ended::All)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{convert::Infallible, time::Duration};

    fn run(jobs: usize) -> Vec<u64> {
        let (_keep, stop) = unbounded();
        let items: Arc<[u64]> = (0..200).collect();
        let mut out = Vec::new();
        let slow_first = |n: &u64| {
            thread::sleep(Duration::from_micros(if n.is_multiple_of(50) { 3000 } else { 10 }));
            n * 2
        };
        let ended = ordered(items, jobs, &stop, slow_first, |_, n| {
            out.push(n);
            Ok::<(), Infallible>(())
        });
        assert_eq!(ended, Ok(Ended::All));
        out
    }

    #[test]
    fn the_order_does_not_depend_on_the_number_of_workers() {
        let wanted: Vec<u64> = (0..200).map(|n| n * 2).collect();
        assert_eq!(run(1), wanted);
        assert_eq!(run(7), wanted);
    }

    #[test]
    fn the_window_bounds_what_is_under_way() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let (_keep, stop) = unbounded();
        let begun = Arc::new(AtomicUsize::new(0));
        let counted = begun.clone();
        let items: Arc<[usize]> = (0..500).collect();
        let work = move |n: &usize| {
            counted.fetch_add(1, Ordering::SeqCst);
            if *n == 0 {
                thread::sleep(Duration::from_millis(50));
            }
        };
        let ended = ordered(items, 2, &stop, work, |at, ()| {
            assert!(begun.load(Ordering::SeqCst) <= at + 2 * WINDOW);
            Ok::<(), Infallible>(())
        });
        assert_eq!(ended, Ok(Ended::All));
    }

    #[test]
    fn more_small_items_are_under_way_and_no_more_large_ones() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        for (size, most) in [(AHEAD / 100, 100), (AHEAD, WINDOW)] {
            let (_keep, stop) = unbounded();
            let begun = Arc::new(AtomicUsize::new(0));
            let counted = begun.clone();
            let items: Arc<[u64]> = vec![size; 300].into();
            let work = move |_: &u64| {
                counted.fetch_add(1, Ordering::SeqCst);
            };
            let mut met = 0;
            let ended = ordered_ahead(
                items,
                1,
                |size| *size,
                &stop,
                work,
                |at, ()| {
                    if at == 0 {
                        thread::sleep(Duration::from_millis(50));
                    }
                    met = met.max(begun.load(Ordering::SeqCst) - at);
                    Ok::<(), Infallible>(())
                },
            );
            assert_eq!((ended, met), (Ok(Ended::All), most));
        }
    }

    #[test]
    fn a_slow_item_does_not_hold_up_a_stop() {
        let (tell, stop) = unbounded();
        tell.send(()).unwrap();
        let items: Arc<[u8]> = Arc::new([1]);
        let asleep = |_: &u8| thread::sleep(Duration::from_secs(60));
        assert_eq!(ordered(items, 1, &stop, asleep, |_, ()| Ok::<(), Infallible>(())), Ok(Ended::Stopped));
    }

    #[test]
    fn a_failure_to_take_ends_the_run() {
        let (_keep, stop) = unbounded();
        let items: Arc<[u8]> = (0..100).collect();
        let ended = ordered(items, 3, &stop, |n: &u8| *n, |at, _| if at < 5 { Ok(()) } else { Err("full") });
        assert_eq!(ended, Err("full"));
    }
}
