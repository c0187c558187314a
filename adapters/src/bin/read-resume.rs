//! The reading child alone, for the tests of this package: the product re-executes `interaura`.

use std::process::ExitCode;

fn main() -> ExitCode {
    interaura_adapters::resume_reader::read_in_child(std::env::args_os().skip(1))
}
