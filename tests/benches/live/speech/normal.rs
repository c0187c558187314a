//! Words as they are compared: one way of writing for what is said the same.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use unicode_normalization::UnicodeNormalization as _;

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// One word or contraction and what it stands for.
const SAME: [(&str, &str); 37] = [
    ("won't", "will not"),
    ("can't", "can not"),
    ("cannot", "can not"),
    ("gonna", "going to"),
    ("wanna", "want to"),
    ("gotta", "got to"),
    ("kinda", "kind of"),
    ("let's", "let us"),
    ("ain't", "is not"),
    ("y'all", "you all"),
    ("i'm", "i am"),
    ("alright", "all right"),
    ("ok", "okay"),
    ("mr", "mister"),
    ("mrs", "missus"),
    ("dr", "doctor"),
    ("st", "saint"),
    ("vs", "versus"),
    ("cause", "because"),
    ("ma'am", "madam"),
    ("o'clock", "oclock"),
    ("email", "e mail"),
    ("colour", "color"),
    ("favour", "favor"),
    ("grey", "gray"),
    ("realise", "realize"),
    ("organise", "organize"),
    ("centre", "center"),
    ("flavour", "flavor"),
    ("defence", "defense"),
    ("programme", "program"),
    // Answers, not hesitations.
    ("mhm", "mhm"),
    ("mmhm", "mhm"),
    ("mhmm", "mhm"),
    ("mmhmm", "mhm"),
    ("uhhuh", "mhm"),
    ("mmhuh", "mhm"),
];

/// Fillers, each under the sound it is written as.
const FILLERS: [(&str, &[&str]); 3] = [
    ("um", &["um", "umm", "ummm", "uhm", "erm", "em", "uhmm"]),
    ("uh", &["uh", "uhh", "uhhh", "er", "err", "ah", "ahh", "eh"]),
    ("hm", &["hm", "hmm", "hmmm", "mm", "mmm"]),
];

/// Whether a word as it is compared is a filler.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.iter().any(|(filler, _)| *filler == word)
}

/// A text as the words that are compared.
pub(super) fn words(text: &str) -> Vec<String> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\p{L}+(?:'\p{L}+)*").unwrap());
    let text = spelled_out(text);
    let mut words = Vec::new();
    for found in WORD.find_iter(&text) {
        plain(found.as_str(), &mut words);
    }
    words
}

/// Lower case, without sounds in brackets, with numbers and signs as words.
fn spelled_out(text: &str) -> String {
    static SOUND: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[[^\]]*\]|\([^)]*\)|<[^>]*>|\*[^*]*\*|♪").unwrap());
    static DOLLARS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\$(\d[\d,]*)").unwrap());
    static THOUSANDS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(\d),(\d{3})\b").unwrap());
    static DECIMAL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(\d+)\.(\d+)").unwrap());
    static ORDINAL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(\d+)(?:st|nd|rd|th)\b").unwrap());
    static DECADE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(\d{4})s\b").unwrap());
    static DIGITS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d+").unwrap());
    static INITIALS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(\p{Ll})\.(\p{Ll})\.").unwrap());
    static ANSWER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b(mm|uh|mhm|nuh)-(hmm|hm|huh|mm|uh)\b").unwrap());

    let mut text: String = text.nfkc().collect::<String>().to_lowercase().replace(['’', '‘'], "'");
    text = SOUND.replace_all(&text, " ").into_owned();
    for (sign, word) in [("%", " percent "), ("&", " and "), ("@", " at "), ("°", " degrees ")] {
        text = text.replace(sign, word);
    }
    text = DOLLARS.replace_all(&text, "$1 dollars").into_owned();
    for _ in 0..3 {
        text = THOUSANDS.replace_all(&text, "$1$2").into_owned();
    }
    let decimal = |found: &Captures<'_>| format!("{} point {}", number(&found[1]), one_by_one(&found[2]));
    text = DECIMAL.replace_all(&text, decimal).into_owned();
    text = ORDINAL.replace_all(&text, |found: &Captures<'_>| ordinal(&found[1])).into_owned();
    text = DECADE.replace_all(&text, |found: &Captures<'_>| format!("{}s", number(&found[1]))).into_owned();
    text = DIGITS.replace_all(&text, |found: &Captures<'_>| format!(" {} ", number(&found[0]))).into_owned();
    for _ in 0..3 {
        text = INITIALS.replace_all(&text, "$1 $2.").into_owned();
    }
    ANSWER.replace_all(&text, "$1$2").replace('-', " ")
}

fn plain(word: &str, words: &mut Vec<String>) {
    const IS_AFTER: [&str; 10] = ["it", "that", "what", "there", "here", "he", "she", "who", "where", "how"];
    if let Some((filler, _)) = FILLERS.iter().find(|(_, written)| written.contains(&word)) {
        words.push((*filler).to_owned());
        return;
    }
    if let Some((_, same)) = SAME.iter().find(|(written, _)| *written == word) {
        words.extend(same.split(' ').map(str::to_owned));
        return;
    }
    let parts = [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'d", "would")];
    for (ending, said) in parts {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| !stem.is_empty()) {
            words.extend([stem.to_owned(), said.to_owned()]);
            return;
        }
    }
    match word.strip_suffix("'s") {
        Some(stem) if IS_AFTER.contains(&stem) => words.extend([stem.to_owned(), "is".to_owned()]),
        Some(stem) => words.push(format!("{stem}s")),
        None => words.push(word.replace('\'', "")),
    }
}

/// Digits as they are read out: years in pairs, leading zeros and long runs one by one.
fn number(digits: &str) -> String {
    let value = match digits.parse::<usize>() {
        Ok(value) if digits.len() <= 6 && !(digits.len() > 1 && digits.starts_with('0')) => value,
        _ => return one_by_one(digits),
    };
    if matches!(value, 1_100..2_000 | 2_010..2_100) {
        let rest = match value % 100 {
            0 => "hundred".to_owned(),
            year @ 1..10 => format!("oh {}", ONES[year]),
            year => cardinal(year),
        };
        return format!("{} {rest}", cardinal(value / 100));
    }
    cardinal(value)
}

fn one_by_one(digits: &str) -> String {
    let names: Vec<_> = digits.chars().filter_map(|digit| digit.to_digit(10)).map(name_of).collect();
    names.join(" ")
}

fn name_of(digit: u32) -> &'static str {
    ONES[usize::try_from(digit).unwrap()]
}

fn cardinal(value: usize) -> String {
    let with_rest = |head: String, rest: usize| {
        if rest == 0 { head } else { format!("{head} {}", cardinal(rest)) }
    };
    match value {
        0..20 => ONES[value].to_owned(),
        20..100 => with_rest(TENS[value / 10].to_owned(), value % 10),
        100..1_000 => with_rest(format!("{} hundred", ONES[value / 100]), value % 100),
        _ => with_rest(format!("{} thousand", cardinal(value / 1_000)), value % 1_000),
    }
}

fn ordinal(digits: &str) -> String {
    let irregular = [
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("five", "fifth"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("twelve", "twelfth"),
    ];
    let words = cardinal(digits.parse().unwrap_or(0));
    let (head, last) = words.rsplit_once(' ').map_or(("", words.as_str()), |(head, last)| (head, last));
    let last = match irregular.iter().find(|(written, _)| *written == last) {
        Some((_, ordinal)) => (*ordinal).to_owned(),
        None => last.strip_suffix('y').map_or_else(|| format!("{last}th"), |stem| format!("{stem}ieth")),
    };
    format!("{head} {last}")
}
