//! Finds the skills that a text names.
//!
//! Names are compared as sequences of tokens in a trie. Names of several words are compared by their
//! stems, so that `managing budgets` names `manage budgets`; names of one word as written. A word that
//! also means something else (Go, R, Excel) counts only in its own spelling and among other skills.

mod tokens;

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_stemmers::{Algorithm, Stemmer};

use self::tokens::{Token, tokens_of};
use super::outline::NamedSkill;
use crate::text::Span;

/// The most tokens that one name has.
const LONGEST: usize = 8;

/// Words that are skills only in this spelling and only where the words around them say so.
const AMBIGUOUS: &str = "Access Ada Airtable Alice Amber Ant Apex Apollo Arc Assembly Azure Backbone Basic Bash Bamboo Buffer \
    Canvas Chef Circle Clipper Clojure Coffee Consul Crystal Cucumber Cypress Dart Delphi Dash Docker Drift Drill Eclipse Elixir \
    Elm Ember Enzyme Excel Express Falcon Fabric Fastly Fiddler Flask Flow Flutter Forge Front Gatsby Ghost Glide Go Grunt Gulp \
    Haml Hack Harness Harvest Heap Helm Hive Hood Hug Icon Impala Insomnia Ionic Jade Jest Julia Karma Keras Keynote Kite Lasso \
    Lean Less Lighthouse Lightning Lever Looker Lever Loom Magic Make Marathon Maple Maya Mercurial Meteor Mocha Mode Monday Nest Next \
    Nim Nomad Notion Numbers Nuxt Oak Octave Office Outlook Packer Pages Pandas Parcel Parse Pascal Perl Phoenix Pig Plotly Polymer \
    Postman Presto Prism Processing Prolog Project Puppet Pyramid Quicken R C D J K Rack Rails Rake React Realm Redis Remix Rhino \
    Rocket Ruby Rust Sage Sails Salt Scheme Scratch Segment Sentry Shell Signal Sinatra Sketch Slack Slick Slim Snap Solid Spark \
    Sphinx Splash Spring Sprout Squarespace Stan Stripe Storm Surge Svelte Swagger Swift Teams Tempo Terra Think Torch Travis Truffle \
    Twig Unity Unreal Vagrant Vault Visio Vue Windows Word Yarn Zeppelin Zoom Zoho Box Dropbox Asana Trello Basecamp Base Bash \
    Scala Groovy Gradle Maven Flume Hadoop Kafka Linux Unix Oracle Tableau Apache";

/// A word of at most two letters means a skill only beside signs of a list or these words.
const BESIDE: [&str; 14] = [
    "in",
    "using",
    "with",
    "language",
    "programming",
    "and",
    "or",
    "like",
    "via",
    "developer",
    "programmer",
    "code",
    "experience",
    "developing",
];

/// Names of skills with their other spellings, made ready for finding them.
#[derive(Debug, Clone, Default)]
pub struct SkillLexicon {
    names: Vec<String>,
    /// Skills by the stems of a name of two or more tokens.
    phrases: HashMap<String, usize>,
    /// Beginnings of those names, to know when to stop.
    beginnings: HashSet<String>,
    /// Skills by a name of one token as compared.
    words: HashMap<String, usize>,
    /// The spelling that an ambiguous name of one token must have.
    spelled: HashMap<String, HashSet<String>>,
    /// Short names of capitals only: `SAN` is one, `San` is none.
    acronyms: HashSet<String>,
}

impl SkillLexicon {
    /// A lexicon of `(usual spelling, other spellings)`. The first entry to claim a spelling keeps it.
    pub fn new<N, A>(entries: impl IntoIterator<Item = (N, A)>) -> Self
    where
        N: Into<String>,
        A: IntoIterator<Item = N>,
    {
        let stemmer = Stemmer::create(Algorithm::English);
        let ambiguous: HashSet<&str> = AMBIGUOUS.split_whitespace().collect();
        let mut lexicon = Self::default();
        for (name, aliases) in entries {
            let name: String = name.into();
            let skill = lexicon.names.len();
            lexicon.add(&name, skill, &stemmer, &ambiguous);
            for alias in aliases {
                lexicon.add(&alias.into(), skill, &stemmer, &ambiguous);
            }
            lexicon.names.push(name);
        }
        lexicon
    }

    /// The number of skills.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The skills that `text` names, most mentioned first, then in the order of the text.
    pub fn find(&self, text: &str) -> Vec<NamedSkill> {
        let stemmer = Stemmer::create(Algorithm::English);
        let tokens = tokens_of(text);
        let stems: Vec<String> = tokens.iter().map(|token| stemmer.stem(&token.key).into_owned()).collect();
        let mut found: BTreeMap<usize, NamedSkill> = BTreeMap::new();
        let mut at = 0;
        while at < tokens.len() {
            let Some((skill, length)) = self.longest_at(&tokens, &stems, at) else {
                at += 1;
                continue;
            };
            let span = Span { start: tokens[at].span.start, end: tokens[at + length - 1].span.end };
            let name = self.names[skill].clone();
            found.entry(skill).or_insert(NamedSkill { name, span, mentions: 0 }).mentions += 1;
            at += length;
        }
        let mut found: Vec<NamedSkill> = found.into_values().collect();
        found.sort_by_key(|skill| (std::cmp::Reverse(skill.mentions), skill.span.start));
        found
    }

    /// The usual spelling of the skill that `name` names as a whole, whatever its case.
    pub fn canonical(&self, name: &str) -> Option<&str> {
        let tokens = tokens_of(name);
        let skill = match tokens.as_slice() {
            [] => None,
            [only] => self.words.get(&only.key),
            several => {
                let stemmer = Stemmer::create(Algorithm::English);
                let stems: Vec<String> =
                    several.iter().map(|token| stemmer.stem(&token.key).into_owned()).collect();
                self.phrases.get(&stems.join(" "))
            }
        };
        skill.and_then(|skill| self.names.get(*skill)).map(String::as_str)
    }

    fn add(&mut self, name: &str, skill: usize, stemmer: &Stemmer, ambiguous: &HashSet<&str>) {
        let tokens = tokens_of(name);
        match tokens.as_slice() {
            [] => (),
            [only] => {
                self.words.entry(only.key.clone()).or_insert(skill);
                if is_acronym(&only.written) {
                    self.acronyms.insert(only.key.clone());
                }
                if ambiguous.contains(only.written.as_str()) || only.written.chars().count() <= 2 {
                    self.spelled.entry(only.key.clone()).or_default().insert(only.written.clone());
                }
            }
            several if several.len() <= LONGEST => {
                let stems: Vec<String> =
                    several.iter().map(|token| stemmer.stem(&token.key).into_owned()).collect();
                for length in 1..stems.len() {
                    self.beginnings.insert(stems[..length].join(" "));
                }
                self.phrases.entry(stems.join(" ")).or_insert(skill);
            }
            _ => (),
        }
    }

    /// The skill with the longest name that begins at a token, and how many tokens that name has.
    fn longest_at(&self, tokens: &[Token], stems: &[String], at: usize) -> Option<(usize, usize)> {
        let mut best = self.word_at(tokens, at).map(|skill| (skill, 1));
        let mut name = stems[at].clone();
        for length in 2..=LONGEST {
            let last = at + length - 1;
            if last >= tokens.len() || tokens[last - 1].ends_item || !self.beginnings.contains(&name) {
                break;
            }
            name.push(' ');
            name.push_str(&stems[last]);
            if let Some(skill) = self.phrases.get(&name) {
                best = Some((*skill, length));
            }
        }
        best
    }

    fn word_at(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let token = &tokens[at];
        let single = token.key.strip_suffix('s').filter(|single| single.len() > 3);
        let skill = self.words.get(&token.key).or_else(|| self.words.get(single?))?;
        match self.spelled.get(&token.key) {
            Some(spellings) => {
                (spellings.contains(&token.written) && self.is_meant(tokens, at)).then_some(*skill)
            }
            None if self.acronyms.contains(&token.key) => {
                let spelled =
                    is_acronym(&token.written) || is_small(&token.written) && Self::is_listed(tokens, at);
                spelled.then_some(*skill)
            }
            None => Some(*skill),
        }
    }

    /// Whether signs of a list stand around a word, or nothing else on its line.
    fn is_listed(tokens: &[Token], at: usize) -> bool {
        let before = at.checked_sub(1).is_none_or(|at| tokens[at].ends_in_list || tokens[at].ends_line);
        before && (tokens[at].ends_in_list || tokens[at].ends_line)
    }

    /// Whether an ambiguous word in its right spelling is a skill where it stands.
    fn is_meant(&self, tokens: &[Token], at: usize) -> bool {
        let token = &tokens[at];
        let (before, after) = (at.checked_sub(1).map(|at| &tokens[at]), tokens.get(at + 1));
        let listed = before.is_some_and(|before| before.ends_in_list) || token.ends_in_list;
        let beside = |other: Option<&Token>| {
            other.is_some_and(|other| {
                BESIDE.contains(&other.key.as_str())
                    || other.key.chars().all(|sign| sign.is_ascii_digit() || sign == '.')
                    || self.words.contains_key(&other.key) && !self.spelled.contains_key(&other.key)
            })
        };
        let (follows, precedes) = (!token.opens_line && !token.opens_sentence, !token.ends_item);
        let companions = follows && beside(before) || precedes && beside(after);
        let alone = token.opens_line && token.ends_line;
        if token.written.chars().count() <= 2 {
            return listed || alone || companions;
        }
        listed || alone || companions || !token.opens_sentence && !token.opens_line
    }
}

/// Whether `written` holds two to five capitals and no small letter.
fn is_acronym(written: &str) -> bool {
    (2..=5).contains(&written.chars().count())
        && written.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit())
        && written.chars().any(char::is_uppercase)
}

fn is_small(written: &str) -> bool {
    !written.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> SkillLexicon {
        SkillLexicon::new([
            ("Rust", vec![]),
            ("Go", vec!["Golang"]),
            ("R", vec![]),
            ("C++", vec![]),
            (".NET", vec![]),
            ("Node.js", vec!["nodejs", "node js"]),
            ("CI/CD", vec!["continuous integration"]),
            ("Microsoft Excel", vec!["Excel", "MS Excel"]),
            ("manage budgets", vec![]),
            ("machine learning", vec!["ML"]),
            ("Python", vec![]),
            ("Storage area network", vec!["SAN"]),
        ])
    }

    fn names(text: &str) -> Vec<String> {
        lexicon().find(text).into_iter().map(|skill| skill.name).collect()
    }

    #[test]
    fn names_are_found_in_their_spellings_and_stems() {
        assert_eq!(names("Languages: Python, Go, R, C++, NodeJS"), ["Python", "Go", "R", "C++", "Node.js"]);
        assert_eq!(names("managing the budget; Managed budgets"), ["manage budgets"]);
        assert_eq!(names("CI/CD on .NET with golang"), ["CI/CD", ".NET", "Go"]);
        assert_eq!(names("Excel, Word"), ["Microsoft Excel"]);
    }

    #[test]
    fn common_words_are_no_skills() {
        assert_eq!(
            names("I go where rust never sleeps and excel at it. Go home. Plan R & D."),
            Vec::<String>::new()
        );
        assert_eq!(names("Go to market strategy"), Vec::<String>::new());
        assert_eq!(names("San Francisco, san"), ["Storage area network"]);
        assert_eq!(names("San Francisco"), Vec::<String>::new());
    }

    #[test]
    fn a_list_separator_ends_a_name() {
        assert_eq!(names("the machine, learning"), Vec::<String>::new());
        assert_eq!(names("machine\nlearning"), ["machine learning"]);
    }

    #[test]
    fn mentions_are_counted_and_the_first_place_is_kept() {
        let text = "Python and python; Rust";
        let found = lexicon().find(text);
        assert_eq!((found[0].name.as_str(), found[0].mentions), ("Python", 2));
        assert_eq!(found[0].span.quote(text), "Python");
        assert_eq!(lexicon().canonical("golang"), Some("Go"));
    }
}
