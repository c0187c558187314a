//! The lines of an audit, and how many differences it found on the way.

use interaura_domain::ports::score_auditor::{AuditLine, AuditedEvent};

/// Lines, and the differences among them.
#[derive(Default)]
pub(super) struct Sheet {
    lines: Vec<AuditLine>,
    differences: u32,
}

impl Sheet {
    /// The lines, and how many differences were found.
    pub(super) fn into_parts(self) -> (Vec<AuditLine>, u32) {
        (self.lines, self.differences)
    }

    /// A line of the tree.
    pub(super) fn line(&mut self, depth: usize, words: &str) {
        self.checked(depth, words, None);
    }

    /// A line of the tree, and what is wrong with it.
    pub(super) fn checked(&mut self, depth: usize, words: &str, difference: Option<String>) {
        self.differences += u32::from(difference.is_some());
        self.lines.push(AuditLine { depth, text: words.to_owned(), event: None, difference });
    }

    /// The event that holds the last line.
    pub(super) fn held_by(&mut self, event: AuditedEvent) {
        if let Some(line) = self.lines.last_mut() {
            line.event = Some(event);
        }
    }
}
