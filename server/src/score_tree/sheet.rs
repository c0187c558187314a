//! What an audit prints, and how many differences it found on the way.

use std::io::{self, Write};

/// Lines, and the differences among them.
pub(super) struct Sheet<'a, W> {
    out: &'a mut W,
    differences: u32,
}

impl<'a, W: Write> Sheet<'a, W> {
    pub(super) fn new(out: &'a mut W) -> Self {
        Self { out, differences: 0 }
    }

    /// How many differences were found.
    pub(super) fn differences(&self) -> u32 {
        self.differences
    }

    /// A line of the tree.
    pub(super) fn line(&mut self, depth: usize, words: &str) -> io::Result<()> {
        writeln!(self.out, "{}{words}", "  ".repeat(depth))
    }

    /// A line of the tree, and what is wrong with it.
    pub(super) fn checked(
        &mut self,
        depth: usize,
        words: &str,
        difference: Option<String>,
    ) -> io::Result<()> {
        let Some(difference) = difference else { return self.line(depth, words) };
        self.differences += 1;
        self.line(depth, &format!("{words}  DIFFERS: {difference}"))
    }
}
