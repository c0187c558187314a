//! The web app is carried in the binary: build it anew when the app was built.

fn main() {
    println!("cargo:rerun-if-changed=../web/dist");
}
