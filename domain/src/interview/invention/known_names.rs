//! Names that are told from other words even where a sentence begins with them.

/// Days and months, which a text may shorten.
pub(super) const DAYS_AND_MONTHS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Short forms that everybody knows, with words that say the same.
pub(super) const SHORT_FORMS: &[(&str, &str)] = &[
    ("icu", "intensive care"),
    ("er", "emergency room"),
    ("pr", "pull request"),
    ("mr", "merge request"),
    ("hr", "human resources"),
    ("qa", "quality assurance"),
    ("ui", "user interface"),
    ("ux", "user experience"),
    ("ux", "usability"),
    ("po", "product owner"),
    ("pm", "product manager"),
    ("vp", "vice president"),
    ("it", "information technology"),
    ("ai", "artificial intelligence"),
    ("tv", "television"),
    ("uk", "united kingdom"),
    ("us", "united states"),
    ("usa", "united states"),
    ("eu", "european union"),
];

/// Given names and well-known firms; words that also mean something else are left out.
const KNOWN: &str = "accenture adam adobe ahmed airbnb aisha alan alex alexander alice alibaba amanda amazon amy ana \
    andrea andrew angela anita anna anthony antonio apple arjun atlassian barbara barclays ben benjamin bosch boeing \
    brian carlos carol caroline catherine charles charlotte chen christina christopher cisco claire daniel david deborah \
    deloitte diana diego dmitri dropbox ebay edward elena elizabeth emily emma eric ericsson ethan eva facebook fatima \
    fernando fiona francesca gabriel george gitlab github google greg hannah harry heather helen henry hsbc huawei hugo \
    ian ibm ikea ingrid intel isabel isabella ivan jack jacob jaguar james jamie jane janet jason jennifer jessica jing \
    joao john jonathan jordan jorge jose joseph joshua juan julia julie karen karl katherine kevin klaus kpmg kumar laura \
    lauren lena leo leticia lidl linda linkedin lisa lucas lucia luis lukas lyft maria marie mark marta martin mary matthew \
    mckinsey megan mei melissa meta michael michelle microsoft miguel mike mohamed mohammed monica nadia natalie netflix \
    nicholas nicole nike nina nokia nvidia oliver olivia omar oracle pablo patricia patrick paul paula paypal pedro peter \
    pfizer philip pinterest priya pwc rachel rahul raj rebecca renault ricardo richard robert roberto ryan salesforce sam \
    samantha samsung samuel sandra sara sarah shopify siemens simon sofia sonia sony sophia sophie spotify stephanie stephen \
    steve steven stripe susan tesco tesla thomas tiktok tim toyota twitter uber unilever vanessa vikram vincent vodafone \
    volkswagen walmart wei william yahoo yuki zalando zoe";

/// Whether a lower-case word is such a name.
pub(super) fn is_known(word: &str) -> bool {
    KNOWN.split_whitespace().any(|name| name == word)
        || DAYS_AND_MONTHS.iter().any(|name| *name == word && !matches!(word, "may" | "march"))
}
