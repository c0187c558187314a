//! How rare a word is in job posts: what every post says tells no two jobs apart.
//!
//! The stems were counted in 149 public posts of two very different employers, and the lesser of the two shares
//! counts, so that neither the employers nor their trade make a word common. Where they come from stands in
//! `adapters/library/SOURCES.md`; `scripts/build_common_words.py` counts them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// In at least half of the posts.
const IN_HALF: &str = "a about across all an and applic are as at background be below benefit build busi by care check collabor \
    communic consist custom data deliv design develop employ engin environ experi follow for from govern have \
    help high hire ident if in includ inform innov is learn leav list make manag may meet nation need new not of \
    on opportun or other our platform pleas posit problem process product program qualif qualifi qualiti relat \
    requir respons role s secur servic skill softwar solut solv special status system team technic technolog \
    that the this to understand use we will with work year you your";

/// In at least a quarter.
const IN_A_QUARTER: &str = "abil agil also analyt any architectur area avail best but can candid challeng close cloud code condit \
    continu core creat decis degre demonstr depend direct do drive driven enabl equival etc excel expertis field \
    focus group grow has how impact implement improv industri integr into it join key knowledg larg lead level \
    like limit look mani more multipl must next object one open oper organiz part partner pass peopl perform \
    project provid re receiv recruit result scale set strong success such support talent test their these \
    through time tool up upon us user valu veteran want way well where which while who within";

/// In at least an eighth.
const IN_AN_EIGHTH: &str = "abl account achiev activ addit advanc analysi analyz appli around assist autom base basic better both bring \
    capabl chang communiti complex comput concept consider contribut creativ critic cross cultur day deep defin \
    deliveri deploy desir digit disciplin distribut divers divis e effect effici end engag ensur equal execut \
    exist extern featur find first full function futur g growth increas influenc infrastructur insight interest \
    internal issu job languag leader leadership live maintain market massiv member mission model modern monitor \
    most multi offer offic onlin optim out over own particip person plan polit practic prefer present python \
    rang reach regard regul reliabl request research right run scenario schedul seek share should so sourc \
    strategi structur take them then they think togeth track transform two under vari via vision web what wide \
    write";

/// What stands in fewer posts.
const RARE: u32 = 7;

static COMMON: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    let lists = [(IN_HALF, 1), (IN_A_QUARTER, 3), (IN_AN_EIGHTH, 5)];
    lists.into_iter().flat_map(|(list, rarity)| list.split(' ').map(move |stem| (stem, rarity))).collect()
});

/// The rarity of a stem, 1 to 7: twice the logarithm (base two) of how many posts there are to one that has it.
pub(super) fn rarity(stem: &str) -> u32 {
    COMMON.get(stem).copied().unwrap_or(RARE)
}
