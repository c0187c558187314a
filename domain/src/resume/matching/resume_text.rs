//! A resume's text cut into words and lines that know their place.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::resume::outline::{ResumeOutline, SectionKind};
use crate::text::Span;
use crate::words::{Word, words};

/// Links and email addresses. A name in one (`github.com/ada`) says where something lies, and not what
/// the person can do. Only endings that no product has: `node.js/express` is no link.
static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) (?i: https?:// | www\. ) [^\s<>()]+ | [^\s@<>(),;]+ @ [\w-]+ (?: \.[\w-]+ )+
        | \b [a-z0-9-]+ (?: \.[a-z0-9-]+ )* \. (?: com | org | dev | edu | gov | me | co | ai | app | eu | info
            | github\.io | gitlab\.io | [a-z]{2}\.[a-z]{2} ) / [^\s<>()]*
        | (?i: \b (?: github | gitlab | bitbucket | linkedin | stackoverflow | medium | kaggle | twitter | behance )
            \. (?: com | org | io | net ) \b )",
    )
    .ok()
});

/// The longest quote, in bytes; a longer line is cut to the part that matters.
pub(super) const LONGEST_QUOTE: usize = 280;

/// A line, or a whole bullet where the outline knows one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Bytes of the text, without white space at the ends.
    pub(super) range: Range<usize>,
    /// The section it stands in.
    pub(super) section: SectionKind,
    /// Whether it is a bullet of a job.
    pub(super) is_bullet: bool,
    /// Whether it is a heading of a section.
    pub(super) is_heading: bool,
}

/// A resume's text, made ready for looking things up.
pub(super) struct ResumeText<'a> {
    pub(super) text: &'a str,
    /// Without those of links and addresses.
    pub(super) words: Vec<Word<'a>>,
    pub(super) lines: Vec<Line>,
    /// The first byte of each character.
    characters: Vec<usize>,
    addresses: Vec<Range<usize>>,
}

impl<'a> ResumeText<'a> {
    pub(super) fn new(text: &'a str, outline: &ResumeOutline) -> Self {
        let characters = text.char_indices().map(|(byte, _)| byte).collect();
        let addresses: Vec<Range<usize>> =
            ADDRESS.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.range()).collect();
        let mut words = words(text);
        words.retain(|word| !lies_in(&addresses, word.start));
        let mut resume = Self { text, words, lines: Vec::new(), characters, addresses };
        resume.lines = resume.cut(outline);
        resume
    }

    /// Whether a place lies in a link or an email address.
    pub(super) fn is_in_address(&self, place: &Range<usize>) -> bool {
        lies_in(&self.addresses, place.start)
    }

    /// The bytes of a span.
    pub(super) fn bytes(&self, span: Span) -> Range<usize> {
        let byte = |character: u32| {
            let known = usize::try_from(character).ok().and_then(|place| self.characters.get(place));
            known.copied().unwrap_or(self.text.len())
        };
        let start = byte(span.start);
        start..byte(span.end).max(start)
    }

    /// The span of bytes that begin and end characters.
    pub(super) fn span(&self, bytes: &Range<usize>) -> Span {
        let character = |byte: usize| {
            u32::try_from(self.characters.partition_point(|start| *start < byte)).unwrap_or(u32::MAX)
        };
        Span { start: character(bytes.start), end: character(bytes.end) }
    }

    /// The line that holds a byte.
    pub(super) fn line_at(&self, byte: usize) -> Option<&Line> {
        self.lines.iter().find(|line| line.range.contains(&byte))
    }

    /// The line around `found`, cut to words near it where it is long, with its span.
    pub(super) fn quote(&self, found: &Range<usize>) -> (String, Span) {
        let range = self
            .line_at(found.start)
            .map_or(found.clone(), |line| line.range.start.min(found.start)..line.range.end.max(found.end));
        let range = self.shortened(range, found);
        (self.text[range.clone()].to_owned(), self.span(&range))
    }

    fn shortened(&self, range: Range<usize>, around: &Range<usize>) -> Range<usize> {
        if range.len() <= LONGEST_QUOTE {
            return range;
        }
        let spare = LONGEST_QUOTE.saturating_sub(around.len()) / 2;
        let from = around.start.saturating_sub(spare).max(range.start);
        let to = (around.end + spare).min(range.end);
        let inside = || self.words.iter().filter(|word| word.start >= from && word.end() <= to);
        let start = inside().next().map_or(around.start, |word| word.start.min(around.start));
        let end = inside().next_back().map_or(around.end, |word| word.end().max(around.end));
        start..end
    }

    fn cut(&self, outline: &ResumeOutline) -> Vec<Line> {
        let section_at = |byte: usize| {
            let inside = |span: Span| self.bytes(span).contains(&byte);
            outline
                .sections
                .iter()
                .find(|section| inside(section.span))
                .map_or(SectionKind::Other, |at| at.kind)
        };
        let is_heading = |line: &str| {
            let mut headings = outline.sections.iter().filter_map(|section| section.heading.as_deref());
            headings.any(|heading| heading.trim() == line)
        };
        let mut bullets: Vec<Range<usize>> = outline
            .jobs
            .iter()
            .flat_map(|job| &job.bullets)
            .map(|span| self.trimmed(self.bytes(*span)))
            .filter(|bullet| !bullet.is_empty())
            .collect();
        bullets.sort_by_key(|bullet| bullet.start);
        let in_bullet = |byte: usize| bullets.iter().any(|bullet| bullet.contains(&byte));
        let mut lines: Vec<Line> = bullets
            .iter()
            .map(|range| Line {
                range: range.clone(),
                section: section_at(range.start),
                is_bullet: true,
                is_heading: false,
            })
            .collect();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let range = self.trimmed(start..start + line.len());
            start += line.len();
            let last = range.end.saturating_sub(1);
            if !range.is_empty() && !in_bullet(range.start) && !in_bullet(last) {
                let is_heading = is_heading(&self.text[range.clone()]);
                lines.push(Line { section: section_at(range.start), range, is_bullet: false, is_heading });
            }
        }
        lines.sort_by_key(|line| line.range.start);
        lines
    }

    /// Without white space and signs of lists at the ends.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let kept = text.trim_end();
        let body = kept.trim_start_matches(|c: char| c.is_whitespace() || BULLETS.contains(&c));
        let start = range.start + kept.len() - body.len();
        start..start + body.len()
    }
}

fn lies_in(ranges: &[Range<usize>], byte: usize) -> bool {
    let after = ranges.partition_point(|range| range.end <= byte);
    ranges.get(after).is_some_and(|range| range.contains(&byte))
}

/// Signs that open an item of a list.
pub(super) const BULLETS: [char; 16] =
    ['•', '◦', '▪', '●', '○', '■', '–', '—', '-', '*', '·', '‣', '⁃', '∗', '➢', '✓'];
