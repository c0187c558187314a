//! Cuts a job post into sentences that know their section.
//!
//! Posts come with headings on lines of their own, or as one long line whose headings stand in the
//! running text (`… in Azure. Qualifications 5+ years …`).

use std::sync::LazyLock;

use regex::Regex;

use crate::role::Need;

/// What a part of a post is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    /// Before the first heading.
    Opening,
    /// What the person will do.
    Duties,
    /// What is asked for.
    Required,
    /// What helps.
    Preferred,
    /// Benefits, notices, the company.
    Aside,
}

/// A sentence or item of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Passage<'a> {
    pub(super) text: &'a str,
    pub(super) region: Region,
    cue: Option<Need>,
}

impl Passage<'_> {
    /// Whether what this passage names is required. Where a post has a section of requirements
    /// (`asked`), what only its other parts name is not.
    pub(super) fn need(&self, asked: bool) -> Need {
        match (self.region, self.cue) {
            (_, Some(Need::Nice)) | (Region::Preferred, _) => Need::Nice,
            (Region::Opening | Region::Duties | Region::Aside, None) if asked => Need::Nice,
            (Region::Opening | Region::Duties | Region::Aside | Region::Required, _) => Need::Must,
        }
    }
}

/// The first that fits counts.
const HEADINGS: [(Region, &str); 4] = [
    (
        Region::Aside,
        "benefits(?:/perks)?|perks|about (?:us|the company|the team)|who we are|what we offer|we offer|compensation|\
         how to apply|equal opportunity.*|employment requirements|application process|conditions? of employment",
    ),
    (
        Region::Preferred,
        "(?:preferred|desired|additional|bonus|optional) (?:skills?|qualifications?|requirements?|experience)|\
         nice[ -]to[ -]haves?|bonus points|what would help|it['’]s a plus",
    ),
    (
        Region::Required,
        "(?:(?:basic|minimum|required|key|mandatory|essential|other) )?(?:qualifications?|requirements?)|\
         (?:required|key|essential|technical|your) (?:skills?|experience)|what (?:you['’]ll need|we['’]re looking for|\
         you bring|you need)|who you are|about you|you (?:have|bring)|skills?(?: (?:and|&) experience)?|\
         specialized experience",
    ),
    (
        Region::Duties,
        "(?:key |your |typical )?(?:responsibilities|duties|objectives?(?: #\\d)?)|what you['’]ll do|the role|your role|\
         role summary|job summary|day to day",
    ),
];

/// Headings whose content is one paragraph of no interest.
const NOTICES: &str = "salary(?: range)?|basic information|who may apply|locations?|work schedule|appointment type|\
    security clearance|travel requirements?|number of vacancies|promotion potential|supervisory status|job title|\
    series (?:&|and) grade|opening and closing.*|job announcement.*";

/// A longer line that begins like a notice is a post on one line.
const LONGEST_NOTICE: usize = 160;

/// A heading in running text; only a colon makes `Skills` one.
const INLINE: &str = "(?:^|[\\s.!•:])((?:(?:Basic|Minimum|Required|Preferred|Desired|Additional|Key|Other) )?\
    (?:Responsibilities|Qualifications?|Requirements|Duties)|(?:Required|Preferred|Desired|Key) Skills|Skills:)\
    (?::|\\s+[\\p{Lu}\\d•]|:?$)";

/// Sentences that are about no work, wherever they stand.
const ASIDE: &str = "(?i)equal[ -]opportunity|without regard to|reasonable accommodation|accommodation request|\
    veteran status|sexual orientation|background (?:check|investigation)|security screening|screening requirements|\
    benefits(?:/perks)? listed|health insurance|sick leave|401\\(k\\)|salary|selective service|direct deposit|\
    trial period|criminal histor|citizens? (?:or|and) nationals|e-verify|drug test|\
    (?:application|our hiring) process|(?:submit|send|complet|review)\\w* (?:your |an |the |all )?applications?|\
    direct[ -]hire|cover letter|qualification determinations|^(?:in return,? )?we (?:also )?offer\\b|\\bwe offer you\\b|\
    (?:training|learning) (?:budget|allowance)|paid (?:holidays?|vacation|leave|time off)";

const NICE: &str = "(?i)\\b(?:preferred|preferably|a plus|is plus|bonus|nice[ -]to[ -]have|desir(?:ed|able)|\
    advantage(?:ous)?|ideally|recommended|optional|helpful|not required|beneficial|would be great)\\b";

const MUST: &str = "(?i)\\b(?:required|must(?:[ -]have)?|essential|mandatory|minimum|at least|\\d+\\+? years)\\b|\\d\\+ years";

struct Patterns {
    headings: Vec<(Region, Regex)>,
    notice: Regex,
    inline: Regex,
    aside: Regex,
    nice: Regex,
    must: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| patterns().ok());

fn patterns() -> Result<Patterns, regex::Error> {
    let heading = |(region, heading): &(Region, &str)| {
        Ok((*region, Regex::new(&format!("(?i)^\\W*(?:{heading})\\W*$"))?))
    };
    Ok(Patterns {
        headings: HEADINGS.iter().map(heading).collect::<Result<_, regex::Error>>()?,
        notice: Regex::new(&format!("(?i)^\\W*(?:{NOTICES})\\W*(?:$|:)"))?,
        inline: Regex::new(INLINE)?,
        aside: Regex::new(ASIDE)?,
        nice: Regex::new(NICE)?,
        must: Regex::new(MUST)?,
    })
}

/// The sentences of a post, in order, without its headings.
pub(super) fn passages(post: &str) -> Vec<Passage<'_>> {
    let Some(patterns) = PATTERNS.as_ref() else { return Vec::new() };
    let mut region = Region::Opening;
    let mut found = Vec::new();
    let mut lines = post.lines().peekable();
    while let Some(line) = lines.next() {
        if line.len() <= LONGEST_NOTICE && patterns.notice.is_match(line) {
            let content_follows = line.split_once(':').is_none_or(|(_, rest)| rest.trim().is_empty());
            while lines.next_if(|line| line.trim().is_empty()).is_some() {}
            while content_follows && lines.next_if(|line| patterns.is_content(line)).is_some() {}
            continue;
        }
        if let Some(named) = patterns.region_of(line) {
            region = named;
            continue;
        }
        let mut start = 0;
        for heading in patterns.inline.captures_iter(line).filter_map(|captures| captures.get(1)) {
            found.extend(patterns.sentences(&line[start..heading.start()], region));
            region = patterns.region_of(heading.as_str()).unwrap_or(region);
            start = heading.end();
        }
        found.extend(patterns.sentences(&line[start..], region));
    }
    found
}

impl Patterns {
    fn region_of(&self, heading: &str) -> Option<Region> {
        self.headings.iter().find(|(_, pattern)| pattern.is_match(heading)).map(|(region, _)| *region)
    }

    /// Whether a line belongs to the paragraph before it.
    fn is_content(&self, line: &str) -> bool {
        !line.trim().is_empty() && self.region_of(line).is_none() && !self.notice.is_match(line)
    }

    fn sentences<'a>(&self, text: &'a str, region: Region) -> Vec<Passage<'a>> {
        split(text)
            .map(|text| {
                let cue = if self.nice.is_match(text) {
                    Some(Need::Nice)
                } else {
                    self.must.is_match(text).then_some(Need::Must)
                };
                let region = if self.aside.is_match(text) { Region::Aside } else { region };
                Passage { text, region, cue }
            })
            .collect()
    }
}

/// Sentences and items. A full stop within a name (`Node.js`, ` .NET`) ends none.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut ends = Vec::new();
    let mut previous = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((place, character)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        let opens = next.is_whitespace() || next.is_uppercase() || next == '•';
        let ends_sentence = matches!(character, '.' | '!' | '?') && opens && !previous.is_whitespace();
        if ends_sentence || matches!(character, '•' | ';') {
            ends.push(place + character.len_utf8());
        }
        previous = character;
    }
    ends.push(text.len());
    let mut start = 0;
    ends.into_iter().filter_map(move |end| {
        let sentence =
            text[start..end].trim_matches(|c: char| c.is_whitespace() || matches!(c, '•' | '-' | '*' | ':'));
        start = end;
        (!sentence.is_empty()).then_some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_offered_is_not_asked_for() {
        let post = "- Mentoring of junior engineers\n\nWe offer a 30 day holiday and a training budget. You offer advice.";
        let asides: Vec<&str> = passages(post)
            .into_iter()
            .filter(|passage| passage.region == Region::Aside)
            .map(|passage| passage.text)
            .collect();
        assert_eq!(asides, ["We offer a 30 day holiday and a training budget."]);
    }

    #[test]
    fn headings_in_running_text_part_it() {
        let post = "We build tools. Responsibilities Design services. Qualifications • 7+ years of Java, Python or C++• \
                    Node.js required. Preferred Skills: .NET and Go";
        let found: Vec<(Region, &str)> =
            passages(post).into_iter().map(|passage| (passage.region, passage.text)).collect();
        assert_eq!(
            found,
            [
                (Region::Opening, "We build tools."),
                (Region::Duties, "Design services."),
                (Region::Required, "7+ years of Java, Python or C++"),
                (Region::Required, "Node.js required."),
                (Region::Preferred, ".NET and Go"),
            ]
        );
    }

    #[test]
    fn headings_on_lines_of_their_own_part_a_post() {
        let post = "Nurse\n\nWhat you’ll do:\nWound care\n\nRequirements\n- ICU\n\nNice to have\n- Spanish\n\nBenefits\nGym";
        let regions: Vec<Region> = passages(post).into_iter().map(|passage| passage.region).collect();
        assert_eq!(
            regions,
            [Region::Opening, Region::Duties, Region::Required, Region::Preferred, Region::Aside]
        );
    }

    #[test]
    fn a_notice_is_one_paragraph() {
        let post = "Location: Leeds\n\nWork schedule:\n\nFull time.\n\nWe teach.\n\nSalary range\n£30,000\n\nDuties\nMarking";
        let found: Vec<&str> = passages(post).into_iter().map(|passage| passage.text).collect();
        assert_eq!(found, ["We teach.", "Marking"]);
    }

    #[test]
    fn a_cue_in_the_sentence_is_stronger_than_its_section() {
        let post = "Requirements\nSQL\nPower BI is a plus\nDuties\nReports\nYou must speak French";
        let needs: Vec<Need> = passages(post).iter().map(|passage| passage.need(true)).collect();
        assert_eq!(needs, [Need::Must, Need::Nice, Need::Nice, Need::Must]);
    }

    #[test]
    fn legal_notices_are_asides() {
        let post = "Qualifications\nWe are an equal opportunity employer and like Java.";
        assert_eq!(passages(post)[0].region, Region::Aside);
    }
}
