//! The `interaura` binary.

fn main() {}
