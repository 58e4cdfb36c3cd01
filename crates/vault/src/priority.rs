//! Which threads go first when there are more than processors.

use std::cell::Cell;

/// How far a reading thread steps back (0 is where all begin, 19 the end). At 10 it gets a tenth of the time of a thread that
/// did not, as long as that one wants any.
const NICENESS: i32 = 10;

thread_local! {
    static STEPPED_BACK: Cell<bool> = const { Cell::new(false) };
}

/// Lets the threads of the event loops, which answer what costs nothing, and the writer, for whom all wait, go before this
/// one. On Linux the priority is one of the thread, not of the process; where it cannot be changed it stays as it is.
pub(crate) fn behind_the_event_loops() {
    if !STEPPED_BACK.replace(true) {
        let _ = rustix::process::setpriority_process(None, NICENESS);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::thread;

    use rustix::process::getpriority_process;

    use super::{NICENESS, behind_the_event_loops};

    #[test]
    fn a_thread_steps_back_and_the_others_stay() {
        let before = getpriority_process(None);
        let stepped = thread::spawn(|| {
            behind_the_event_loops();
            getpriority_process(None)
        });
        assert!(matches!(stepped.join(), Ok(Ok(NICENESS..=19))));
        assert_eq!(getpriority_process(None), before);
    }
}
