//! What of a resume a model elsewhere is shown: its work, not whom to call.

/// Fewer digits are a year or a pair of years, more are a number to call.
const PHONE_DIGITS: usize = 9;
/// A line at the head without a digit and with so few words is a name.
const NAME_WORDS: usize = 4;
/// Addresses stand in so many lines at the head.
const HEAD_LINES: usize = 8;
/// What a resume may have as its title.
const TITLES: [&str; 7] =
    ["curriculum vitae", "curriculum vitæ", "cv", "resume", "résumé", "lebenslauf", "personal details"];
/// What streets are called.
const STREETS: [&str; 22] = [
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "ln",
    "drive",
    "dr",
    "boulevard",
    "blvd",
    "court",
    "ct",
    "square",
    "terrace",
    "close",
    "apt",
    "apartment",
    "flat",
    "suite",
    "highway",
];

/// The lines of a resume without name, addresses and numbers to call, and without its title.
pub fn without_contact(lines: &[String]) -> Vec<String> {
    let titles = lines.iter().take_while(|line| is_title(line)).count();
    let is_name = |at: usize, line: &str| {
        // What is behind a comma are degrees.
        let name = line.split([',', '|', '·']).next().unwrap_or(line);
        at == 0
            && name.split_whitespace().count() <= NAME_WORDS
            && !line.contains(|c: char| c.is_ascii_digit())
    };
    lines[titles..]
        .iter()
        .enumerate()
        .filter(|(at, line)| {
            !(is_name(*at, line) || is_contact(line) || *at < HEAD_LINES && is_address(line))
        })
        .map(|(_, line)| line.clone())
        .collect()
}

fn is_title(line: &str) -> bool {
    let plain = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    plain.is_empty() || TITLES.contains(&plain.as_str())
}

/// Whether a line begins with the number of a house, and names a street.
fn is_address(line: &str) -> bool {
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let is_number = |word: &String| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 5;
    let begins = words.iter().take(3).any(is_number);
    begins && words.len() <= 12 && words.iter().skip(1).any(|word| STREETS.contains(&word.as_str()))
}

fn is_contact(line: &str) -> bool {
    let lower = line.to_lowercase();
    let address = ["@", "://", "www.", "linkedin.com", "github.com"].iter().any(|sign| lower.contains(sign));
    let labelled = ["phone", "tel", "mobile", "address", "born", "date of birth", "nationality", "marital"]
        .iter()
        .any(|label| lower.strip_prefix(label).is_some_and(|rest| rest.trim_start().starts_with([':', '.'])));
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let digits = line.chars().filter(char::is_ascii_digit).count();
    address || labelled || digits >= PHONE_DIGITS && digits >= letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_to_call_stays_here() {
        let lines = [
            "Ada Example",
            "ada@example.org | +44 20 7946 0958",
            "+44 20 7946 0958",
            "Date of birth: 1 May 1990",
            "linkedin.com/in/ada",
            "Backend engineer, Northwind, 2019 to 2023",
            "Cut 40 minutes to 5 for 1,200 users in 2021",
        ];
        let lines: Vec<String> = lines.map(ToOwned::to_owned).to_vec();
        assert_eq!(without_contact(&lines), lines[5..]);
    }

    fn kept(lines: &[&str]) -> Vec<String> {
        without_contact(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_title_hides_no_name() {
        let lines = [
            "Curriculum Vitae",
            "Ada Lovelace",
            "12 High Street, Leeds",
            "Apt 4, 90 Mill Rd",
            "Backend engineer, Northwind, 2019 to 2023",
        ];
        assert_eq!(kept(&lines), ["Backend engineer, Northwind, 2019 to 2023"]);
    }

    #[test]
    fn degrees_hide_no_name() {
        let work =
            "Led 12 people at Wall Street for 3 years and moved 40 services to Kubernetes in two countries";
        assert_eq!(kept(&["Ada Lovelace, BSc (Hons), PMP, CSM", work]), [work]);
    }
}
