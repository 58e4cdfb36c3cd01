//! What is read of files: of real writers, written by hand, torn, and of any bytes at all.

#[path = "reading/files.rs"]
mod files;
#[path = "reading/fit.rs"]
mod fit;
#[path = "reading/fit_file.rs"]
mod fit_file;
#[path = "reading/gpx.rs"]
mod gpx;
#[path = "reading/laws.rs"]
mod laws;
#[path = "reading/limits.rs"]
mod limits;
#[path = "reading/tcx.rs"]
mod tcx;
#[path = "reading/totals.rs"]
mod totals;
