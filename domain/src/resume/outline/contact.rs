//! Finds how to reach the person.

use std::sync::LazyLock;

use regex::Regex;

use super::dates;
use super::lines::{BULLETS, Line, plain, plain_words};
use super::titles::names_a_title;
use super::{Contact, Section, SectionKind};

/// Lines from the top that may hold the contact data where no heading comes before.
const TOP: usize = 14;

/// Lines that are searched for addresses.
const MOST_LINES: usize = 600;

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
        .expect("the pattern is valid")
});

static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\+|\(\+?|\b)\d[\d\s().\-–/*]{5,22}[\d*]").expect("the pattern is valid")
});

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    let endings = "com|org|net|io|dev|me|ai|app|edu|co|uk|de|fr|es|it|nl|ch|at|eu|in|ca|us|be|se|no|dk|pl|tech|info|page|xyz|site|design|blog|cv|url|pro|cn|jp";
    let pattern = format!(
        r"(?i)(?:https?://|www\.)[^\s,;|()<>]+|\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:{endings})\b(?:/[^\s,;|()<>]*)?"
    );
    Regex::new(&pattern).expect("the pattern is valid")
});

/// Places whose links are the person's own wherever they stand.
const PROFILES: [&str; 6] =
    ["linkedin.com/", "github.com/", "gitlab.com/", "stackoverflow.com/users/", "orcid.org/", "xing.com/"];

/// What can be found in the header, in a section of contact data, and, where it is unmistakable, elsewhere.
pub(super) fn contact_in(lines: &[Line<'_>], sections: &[Section]) -> Contact {
    let near: Vec<&Line<'_>> = lines
        .iter()
        .enumerate()
        .filter(|(at, line)| is_near(*at, line, sections))
        .map(|(_, line)| line)
        .collect();
    let mut contact = Contact::default();
    for line in lines.iter().take(MOST_LINES) {
        if !line.text.contains(['.', '@']) {
            continue;
        }
        for found in EMAIL.find_iter(line.text) {
            add(&mut contact.emails, found.as_str());
        }
        for found in LINK.find_iter(line.text).filter(|found| is_link(line.text, found)) {
            let link = found.as_str().trim_end_matches(['.', ',', '/', ':']);
            let own = PROFILES.iter().any(|profile| link.to_lowercase().contains(profile));
            let close = near.iter().any(|near| near.span == line.span);
            if close || own && contact.links.len() < 3 {
                add(&mut contact.links, link);
            }
        }
    }
    for line in &near {
        for found in phones_in(line.text) {
            add(&mut contact.phones, &found);
        }
    }
    contact.name = name_of(lines, &near, &contact.emails);
    contact.location = near.iter().find_map(|line| location_in(line.text, contact.name.as_deref()));
    contact
}

fn add(found: &mut Vec<String>, value: &str) {
    if found.len() < 10 && !found.iter().any(|known| known.eq_ignore_ascii_case(value)) {
        found.push(value.to_owned());
    }
}

fn is_near(at: usize, line: &Line<'_>, sections: &[Section]) -> bool {
    let within =
        sections.iter().find(|section| (section.span.start..section.span.end).contains(&line.span.start));
    within.is_none_or(|section| match section.kind {
        SectionKind::Header => at < 3 * TOP,
        SectionKind::Other | SectionKind::Summary => true,
        _ => at < TOP / 2,
    })
}

fn is_link(line: &str, found: &regex::Match<'_>) -> bool {
    let before = line[..found.start()].chars().next_back();
    let after = line[found.end()..].chars().next();
    before != Some('@')
        && after != Some('@')
        && !EMAIL.find_iter(line).any(|email| email.start() <= found.start() && found.end() <= email.end())
}

fn phones_in(line: &str) -> Vec<String> {
    let urls: Vec<_> = LINK.find_iter(line).map(|url| url.range()).collect();
    PHONE
        .find_iter(line)
        .filter(|found| !urls.iter().any(|url| url.contains(&found.start())))
        .map(|found| found.as_str().trim_end_matches([' ', '.', '-', '/', '(']))
        .filter(|phone| {
            let digits = phone.chars().filter(|digit| digit.is_ascii_digit() || *digit == '*').count();
            (phone.starts_with(['+', '(', '0']) || !phone.contains(['/', '–', ',']))
                && !is_decimal(phone)
                && (7..=15).contains(&digits)
                && dates::ranges_in(phone).is_empty()
                && dates::dates_in(phone).is_empty()
        })
        .map(|phone| balanced(phone).to_owned())
        .collect()
}

/// `3.66 (9.15/10.0`: marks, not numbers to call.
fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| part.chars().take_while(char::is_ascii_digit).count();
    text.split_once('.').is_some_and(|(whole, rest)| whole.len() <= 2 && digits(rest) <= 2)
}

fn balanced(phone: &str) -> &str {
    if phone.starts_with('(') && !phone.contains(')') { &phone[1..] } else { phone }
}

/// Words that no name holds.
const NOT_NAMES: [&str; 29] = [
    "resume",
    "cv",
    "curriculum",
    "vitae",
    "lebenslauf",
    "page",
    "email",
    "phone",
    "address",
    "linkedin",
    "github",
    "mobile",
    "profile",
    "contact",
    "summary",
    "portfolio",
    "street",
    "university",
    "updated",
    "last",
    "tel",
    "website",
    "date",
    "of",
    "permis",
    "ne",
    "status",
    "fields",
    "your",
];

/// A line that repeats the address of mail is the name; otherwise the first that looks like one.
fn name_of(lines: &[Line<'_>], near: &[&Line<'_>], emails: &[String]) -> Option<String> {
    let locals: Vec<String> =
        emails.iter().take(2).filter_map(|email| email.split('@').next()).map(plain).collect();
    let repeated = |name: &String| {
        let words = plain_words(name);
        words
            .iter()
            .any(|word| word.chars().count() > 3 && locals.iter().any(|local| local.contains(word.as_str())))
    };
    let mut short = lines.iter().take(MOST_LINES / 4).filter(|line| line.text.chars().count() < 90);
    let named =
        short.find_map(|line| Some(leading_name(first_part(line.text))).filter(|name| repeated(name)));
    named.or_else(|| name_in(near))
}

fn first_part(line: &str) -> &str {
    line.split(['|', '\t', ',', '•', '·', '/'])
        .map(str::trim)
        .find(|part| !part.is_empty())
        .unwrap_or_default()
}

/// The name stands at the top: two to five words that begin with capitals and are nothing else.
fn name_in(near: &[&Line<'_>]) -> Option<String> {
    near.iter().take(TOP / 2).find_map(|line| {
        let name = leading_name(first_part(line.text));
        (!name.is_empty()).then_some(name)
    })
}

fn leading_name(part: &str) -> String {
    let part = part.trim_start_matches(|sign: char| BULLETS.contains(sign) || sign == ' ');
    if is_wide_name(part) {
        return part.to_owned();
    }
    if names_a_title(part) && part.split_whitespace().count() < 4 {
        return String::new();
    }
    let words: Vec<&str> = part.split_whitespace().take_while(|word| is_name_word(word)).take(5).collect();
    let all = part.split_whitespace().count();
    let titled = words.iter().position(|word| names_a_title(word)).unwrap_or(words.len());
    let whole = words.len() == all || part.split_whitespace().nth(words.len()).is_some_and(ends_a_name);
    if (2..=5).contains(&titled) && whole { words[..titled].join(" ") } else { String::new() }
}

fn ends_a_name(word: &str) -> bool {
    word.contains(['@', ':', '(', '+', '|', '–', '-'])
        || word.chars().any(|character| character.is_ascii_digit())
        || NOT_NAMES.contains(&plain(word).as_str())
}

fn is_name_word(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ',']);
    let letters = bare.chars().all(|character| character.is_alphabetic() || "-'’.".contains(character));
    let capital = bare.chars().next().is_some_and(char::is_uppercase);
    let particle =
        ["van", "von", "de", "der", "den", "del", "da", "di", "la", "le", "bin", "al", "dos", "zu"]
            .contains(&bare);
    letters && !bare.is_empty() && (capital || particle) && !NOT_NAMES.contains(&plain(bare).as_str())
}

fn is_wide_name(part: &str) -> bool {
    let count = part.chars().filter(|character| !character.is_whitespace()).count();
    (2..=6).contains(&count)
        && part
            .chars()
            .all(|character| character.is_whitespace() || ('\u{3040}'..='\u{9fff}').contains(&character))
        && !["履歴書", "職務経歴書", "简历", "个人简历", "氏名"].contains(&part)
}

/// A town with a region or country: `Berlin, Germany`, `Atlanta, GA`, or what follows a label.
fn location_in(line: &str, name: Option<&str>) -> Option<String> {
    let rest = name.and_then(|name| line.strip_prefix(name)).unwrap_or(line);
    rest.split(['|', '•', '·', '⋄', '\t', ';', '◦', '(', ')'])
        .map(|part| part.trim_matches(|sign: char| !sign.is_alphanumeric()))
        .find_map(place_in)
}

fn place_in(part: &str) -> Option<String> {
    let (label, value) = part.split_once(':').map_or(("", part), |(label, value)| (label, value.trim()));
    let labels = [
        "location",
        "address",
        "city",
        "adresse",
        "wohnort",
        "ubicacion",
        "direccion",
        "based in",
        "mailaddress",
        "lieu",
    ];
    let labelled = labels.contains(&plain(label.trim()).as_str());
    if !labelled && !label.is_empty() {
        return None;
    }
    if labelled && !value.is_empty() && value.chars().count() < 80 && !value.contains('@') {
        return Some(value.to_owned());
    }
    is_place(value).then(|| value.to_owned())
}

/// Whether `text` reads like a town with its region or country.
pub(super) fn is_place(text: &str) -> bool {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let worded = |part: &&str| {
        let words = part.split_whitespace().count();
        (1..=3).contains(&words)
            && part.chars().next().is_some_and(char::is_uppercase)
            && part.chars().all(|character| character.is_alphabetic() || " .'’-".contains(character))
    };
    let lone = ["remote", "home office", "teletravail", "homeoffice"];
    (2..=3).contains(&parts.len())
        && parts.iter().all(worded)
        && !names_a_title(text)
        && !looks_like_skills(&parts)
        || lone.contains(&plain(text.trim()).as_str())
}

fn looks_like_skills(parts: &[&str]) -> bool {
    let companies = ["inc", "llc", "ltd", "gmbh", "corp", "university", "college", "institute"];
    parts.iter().flat_map(|part| plain_words(part)).any(|word| companies.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines_of;
    use super::super::sections::sections_of;
    use super::*;

    fn contact(text: &str) -> Contact {
        let lines = lines_of(text);
        contact_in(&lines, &sections_of(&lines))
    }

    #[test]
    fn the_usual_header_is_read() {
        let found = contact(
            "Jane Q. Doe\nSan Francisco, CA • jane.doe@mail.co.uk • (415) 555-0132 • linkedin.com/in/jane • jane.dev\nExperience\nx",
        );
        assert_eq!(found.name.as_deref(), Some("Jane Q. Doe"));
        assert_eq!(found.emails, ["jane.doe@mail.co.uk"]);
        assert_eq!(found.phones, ["(415) 555-0132"]);
        assert_eq!(found.links, ["linkedin.com/in/jane", "jane.dev"]);
        assert_eq!(found.location.as_deref(), Some("San Francisco, CA"));
    }

    #[test]
    fn a_name_ends_where_other_data_begins() {
        assert_eq!(contact("Sourabh Bajaj Email: s@b.com\nx").name.as_deref(), Some("Sourabh Bajaj"));
        assert_eq!(
            contact("Curriculum Vitae\nJEAN DE LA FONTAINE\nPoète").name.as_deref(),
            Some("JEAN DE LA FONTAINE")
        );
        assert_eq!(contact("Senior Software Engineer\nAda Lovelace").name.as_deref(), Some("Ada Lovelace"));
    }

    #[test]
    fn dates_are_no_telephone_numbers() {
        assert_eq!(contact("Ada Lovelace\n10/2016 - 03/2018\n+49 30 1234567").phones, ["+49 30 1234567"]);
    }
}
