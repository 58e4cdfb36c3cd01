#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| stegvis_fuzz::run("draw", data));
