//! What of a resume a model elsewhere is shown: its work, not whom to call.

/// Fewer digits are a year or a pair of years, more are a number to call.
const PHONE_DIGITS: usize = 9;
/// A line at the head without a digit and with so few words is a name.
const NAME_WORDS: usize = 4;

/// The lines of a resume without name, addresses and numbers to call.
pub fn without_contact(lines: &[String]) -> Vec<String> {
    let is_name = |(at, line): &(usize, &String)| {
        *at == 0
            && line.split_whitespace().count() <= NAME_WORDS
            && !line.contains(|c: char| c.is_ascii_digit())
    };
    lines
        .iter()
        .enumerate()
        .filter(|one| !is_name(one) && !is_contact(one.1))
        .map(|(_, line)| line.clone())
        .collect()
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
}
