"""Plain features of (question, reference, answer) and the baselines. Cheap to repeat in Rust."""
import math, re
import numpy as np
from data import content, words, stem, NEG, NUMBER_WORDS

NAMES = ["recall", "precision", "new_recall", "echo", "log_len", "len_ratio", "negation", "numbers", "jaccard", "bigram"]


def neg_count(t):
    return sum(1 for w in words(t) if w in NEG or w.endswith("n't"))


def nums(t):
    m = {w: str(i) for i, w in enumerate(NUMBER_WORDS)}
    return {m.get(w, w) for w in re.findall(r"\d+(?:\.\d+)?|[a-z]+", t.lower()) if w[0].isdigit() or w in m}


def plain(q, r, a):
    cq, cr, ca = ({stem(w) for w in content(x)} for x in (q, r, a))
    hit = len(cr & ca)
    new = cr - cq
    wr, wa = [stem(w) for w in words(r)], [stem(w) for w in words(a)]
    br, ba = set(zip(wr, wr[1:])), set(zip(wa, wa[1:]))
    nr, na = nums(r), nums(a)
    return [hit / max(1, len(cr)), hit / max(1, len(ca)), len(new & ca) / max(1, len(new)), len((ca & cq) - cr) / max(1, len(ca)),
            math.log1p(len(wa)), min(1.0, len(wa) / max(1, len(wr))), float((neg_count(r) > 0) != (neg_count(a) > 0)),
            1.0 - len(nr & na) / len(nr) if nr else 0.0, hit / max(1, len(cr | ca)), len(br & ba) / max(1, len(br))]


class Plain:
    """plain() with what depends on one text alone kept."""
    def __init__(self, texts):
        self.t, self.c, self.row = texts, {}, {}
    def one(self, i):
        if i not in self.c:
            x = self.t[i]; w = [stem(v) for v in words(x)]
            self.c[i] = ({stem(v) for v in content(x)}, len(w), set(zip(w, w[1:])), nums(x), neg_count(x) > 0)
        return self.c[i]
    def __call__(self, key):
        if key not in self.row:
            (cq, *_), (cr, lr, br, nr, gr), (ca, la, ba, na, ga) = (self.one(i) for i in key)
            hit, new = len(cr & ca), cr - cq
            self.row[key] = (hit / max(1, len(cr)), hit / max(1, len(ca)), len(new & ca) / max(1, len(new)), len((ca & cq) - cr) / max(1, len(ca)),
                             math.log1p(la), min(1.0, la / max(1, lr)), float(gr != ga), 1.0 - len(nr & na) / len(nr) if nr else 0.0,
                             hit / max(1, len(cr | ca)), len(br & ba) / max(1, len(br)))
        return self.row[key]


def tfidf(refs, answers):
    from sklearn.feature_extraction.text import TfidfVectorizer
    v = TfidfVectorizer().fit(list(set(refs)) + list(answers))
    return np.asarray(v.transform(refs).multiply(v.transform(answers)).sum(1)).ravel()


NEGATORS = {"not", "never", "cannot", "don't", "doesn't", "isn't", "aren't", "won't", "can't", "didn't", "wasn't", "weren't", "shouldn't", "wouldn't", "couldn't"}


def spans(text):
    """Words with a mark for those that a negator directly precedes: list of (stem, negated), negators left out."""
    out, neg = [], False
    for w in words(text):
        if w in NEGATORS:
            neg = True
            if w == "cannot" or w == "can't":
                out.append(("can", False))
            continue
        out.append((stem(w), neg)); neg = False
    return out


def flips(ref, ans):
    """1.0 when the answer says a phrase of the reference with the opposite sign: 'x not y' for 'x y' (or the reverse), 'it is not true that',
    or an antonym between the same neighbours. Precise rather than complete."""
    from data import ANT
    r, a = spans(ref), spans(ans)
    rb, ab = {}, {}
    for s, b in ((r, rb), (a, ab)):
        for (x, _), (y, n) in zip(s, s[1:]):
            b.setdefault((x, y), set()).add(n)
    for k, v in ab.items():
        if k in rb and len(v) == 1 and len(rb[k]) == 1 and v != rb[k]:
            return 1.0
    low, rl = " ".join(words(ans)), " ".join(words(ref))
    for phrase in ("not true that", "not the case that", "not correct that", "it is false that", "it is wrong that"):
        if phrase in low and phrase not in rl:
            return 1.0
    rw, aw = [x for x, _ in r], [x for x, _ in a]
    ant = {stem(k): stem(v) for k, v in ANT.items()}
    for i, x in enumerate(aw):
        y = ant.get(x)
        if y and y in rw and x not in rw and y not in aw:
            j = rw.index(y)
            if (i and j and aw[i - 1] == rw[j - 1]) or (i + 1 < len(aw) and j + 1 < len(rw) and aw[i + 1] == rw[j + 1]):
                return 1.0
    return 0.0
