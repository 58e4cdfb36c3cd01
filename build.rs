//! Sees to it that the server is compiled anew when something that is embedded in it came or went, such as the assets
//! after `make assets`: by themselves, only files that were there before are followed.

fn main() {
    for folder in ["assets/dist", "exercises", "locales"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
