"""Loads the graded sets and builds the tables of texts, real items, synthetic items and hostile test items."""
import hashlib, json, random, re
from pathlib import Path
import numpy as np
import templates as T

FILES = {"beetle": "semeval2013-beetle", "scientsbank": "semeval2013-scientsbank", "saf": "saf-english", "nn": "nn-exam",
         "mohler": "mohler2011", "carousel": "carousel-k12"}
TRAIN = ["beetle", "scientsbank", "saf", "nn"]
SETS = TRAIN + ["comp", "mohler", "carousel"]      # comp: composites made of training questions
SET_ID = {s: i for i, s in enumerate(SETS)}
FOLDS = 5

STOP = set("""a an the and or but if of to in on at by for with from as is are was were be been being am it its this that these those there
he she they them their his her we us our you your i me my do does did has have had will would can could should may might must shall so than
then too very just also into onto out up down over under about which who whom what when where why how because while during each any some
such no not nor only own same s t don now d ll m o re ve y all both more most other""".split())
NUMBER_WORDS = "zero one two three four five six seven eight nine ten".split()
NEG = {"not", "no", "never", "none", "cannot", "n't", "without", "neither", "nor", "nothing", "cant", "dont", "doesnt", "isnt", "wont", "arent", "didnt"}
ANTONYMS = [("increase", "decrease"), ("increases", "decreases"), ("increased", "decreased"), ("more", "less"), ("open", "closed"), ("before", "after"),
            ("higher", "lower"), ("high", "low"), ("same", "different"), ("first", "last"), ("positive", "negative"), ("always", "never"),
            ("faster", "slower"), ("fast", "slow"), ("larger", "smaller"), ("large", "small"), ("add", "remove"), ("top", "bottom"),
            ("beginning", "end"), ("left", "right"), ("connected", "disconnected"), ("complete", "incomplete"), ("better", "worse"),
            ("longer", "shorter"), ("hot", "cold"), ("heavier", "lighter"), ("maximum", "minimum"), ("minimize", "maximize"), ("easy", "hard"),
            ("static", "dynamic"), ("public", "private"), ("input", "output"), ("inside", "outside"), ("true", "false"), ("greater", "smaller"),
            ("bigger", "smaller"), ("supervised", "unsupervised"), ("linear", "nonlinear"), ("strong", "weak"), ("full", "empty"), ("light", "dark")]
ANT = {}
for a_, b_ in ANTONYMS:
    ANT.setdefault(a_, b_); ANT.setdefault(b_, a_)
AUX = "is are was were can will should would could must has have had does do did may might".split()


def words(t):
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", t.lower())


def stem(w):
    for suf in ("ingly", "edly", "ing", "ies", "ied", "es", "ed", "ly", "s"):
        if w.endswith(suf) and len(w) - len(suf) >= 3:
            return w[: -len(suf)]
    return w


def content(t):
    return [w for w in words(t) if w not in STOP and (len(w) > 1 or w.isdigit())]


def sentences(t):
    parts = re.split(r"(?<=[.!?;])\s+|\n+|(?:^|\s)[-●•]\s+", t)
    return [p.strip() for p in parts if p and len(p.strip()) > 2]


def negate(text, rng):
    """Turns the sense of one sentence; returns (text, share of the words that the sentence makes up) or None."""
    ss = sentences(text)
    if not ss:
        return None
    i = rng.randrange(len(ss))
    ws = ss[i].split()
    low = [re.sub(r"[^a-z']", "", w.lower()) for w in ws]
    ops = []
    negs = [k for k, w in enumerate(low) if w in ("not", "never", "cannot") or w.endswith("n't")]
    if negs:
        ops.append(("drop", negs))
    else:
        aux = [k for k, w in enumerate(low) if w in AUX and k + 1 < len(ws)]
        if aux:
            ops.append(("not", aux)); ops.append(("not", aux))
        elif len(ws) >= 3:
            ops.append(("false", None))
    ants = [k for k, w in enumerate(low) if w in ANT]
    if ants and len(ants) <= 2:
        ops.append(("ant", ants))
    if not ops:
        return None
    op, ks = rng.choice(ops)
    if op == "drop":
        k = rng.choice(ks); w = low[k]
        if w in ("not", "never"):
            ws.pop(k)
        elif w in ("cannot", "can't"):
            ws[k] = "can"
        else:
            ws[k] = re.sub(r"n't", "", ws[k]) or "do"
    elif op == "not":
        k = ks[0]; ws.insert(k + 1, "not")
    elif op == "false":
        ws = rng.choice([["It", "is", "not", "true", "that"], ["It", "is", "not", "the", "case", "that"], ["not"]]) + ws
    else:
        k = rng.choice(ks); ws[k] = re.sub(low[k], ANT[low[k]], ws[k].lower())
    share = len(ss[i].split()) / max(1, len(text.split()))
    ss[i] = " ".join(ws)
    return " ".join(ss), share


def swap_number(text, rng):
    hits = list(re.finditer(r"\b\d+(?:\.\d+)?\b", text)) + list(re.finditer(r"\b(?:" + "|".join(NUMBER_WORDS) + r")\b", text, re.I))
    if not hits:
        return None
    m = rng.choice(hits); w = m.group(0)
    if w[0].isdigit():
        new = str(int(float(w)) + rng.choice([1, 2, 3, 5, 10]))
    else:
        new = rng.choice([n for n in NUMBER_WORDS if n != w.lower()])
    return text[: m.start()] + new + text[m.end():]


def keyword_list(text, rng, most=14):
    ks = list(dict.fromkeys(content(text)))
    if len(ks) < 4:
        return None
    rng.shuffle(ks)
    return rng.choice([", ", " "]).join(ks[:most])


def spoken(text, rng):
    """The same answer as if transcribed from speech; the mark stays."""
    ws = text.split()
    if rng.random() < 0.7:
        ws = [w.rstrip(".,;:!?") if rng.random() < 0.7 else w for w in ws]
    if rng.random() < 0.5:
        ws = [w.lower() for w in ws]
    out = []
    rate = rng.choice([0.0, 0.04, 0.08])
    for w in ws:
        if rng.random() < rate:
            out.append(rng.choice(T.SPOKEN_MID))
        out.append(w)
    t = " ".join(out)
    if rng.random() < 0.6:
        t = rng.choice(T.SPOKEN_OPEN) + t
    if rng.random() < 0.6:
        t = t + ("" if t.endswith((".", "!", "?")) else ".") + rng.choice(T.SPOKEN_CLOSE)
    return t


class Table:
    """Interned texts, tokenised once."""
    def __init__(self):
        self.text, self.index = [], {}
    def add(self, t):
        t = re.sub(r"\s+", " ", t or "").strip()
        if t not in self.index:
            self.index[t] = len(self.text); self.text.append(t)
        return self.index[t]


class Data:
    def __init__(self, folder, seed=7, tiny=False):
        rng = random.Random(seed)
        self.tab = tab = Table()
        self.empty = tab.add("")
        self.items = []          # real: dict(set, gid, q, ref, ans, y, three, id, fold)
        self.groups = []         # one per question id: dict(set, q, refs, full, syn, fold, items)
        self.meta = {}
        key = {}
        for s, f in FILES.items():
            for line in open(Path(folder) / (f + ".jsonl"), encoding="utf-8"):
                r = json.loads(line)
                if tiny and (int(hashlib.md5(r["question"].encode()).hexdigest(), 16) % (6 if s == "scientsbank" else 1) or random.Random(r["id"]).random() > 0.08):
                    continue
                k = (s, r["question_id"], r["question"])
                if k not in key:
                    key[k] = len(self.groups)
                    refs = r.get("reference_answers") or [r["reference_answer"]]
                    self.groups.append(dict(set=s, qtext=r["question"], q=tab.add(r["question"]), refs=[tab.add(x) for x in refs],
                                            items=[], full=[], syn=[], fold=-1))
                g = self.groups[key[k]]
                y = r["score"] / r["scale_max"]
                three = {"correct": 2, "contradictory": 1, "incorrect": 0}.get(r.get("label"), -1) if s in ("beetle", "scientsbank") else -1
                g["items"].append(len(self.items))
                a = tab.add(r["answer"])
                if y >= 0.999 and 4 <= len(words(r["answer"])) <= 150:
                    g["full"].append(a)
                self.items.append(dict(set=s, gid=key[k], q=g["q"], ref=tab.add(r["reference_answer"]), ans=a, y=y, three=three, id=r["id"],
                                       graders=r.get("grader_scores")))
        self._folds(rng)
        for g in self.groups:
            self._synthetic(g, rng)
        self._composites(rng, 60 if tiny else 3000)
        self._hostile(random.Random(seed + 1000))

    def _folds(self, rng):
        for s in TRAIN:
            by_q = {}
            for gi, g in enumerate(self.groups):
                if g["set"] == s:
                    by_q.setdefault(g["qtext"].strip().lower(), []).append(gi)
            qs = list(by_q); rng.shuffle(qs)
            qs.sort(key=lambda q: -sum(len(self.groups[g]["items"]) for g in by_q[q]))
            load = [0] * FOLDS
            for q in qs:
                f = load.index(min(load))
                for gi in by_q[q]:
                    self.groups[gi]["fold"] = f; load[f] += len(self.groups[gi]["items"])
        for it in self.items:
            it["fold"] = self.groups[it["gid"]]["fold"]

    def _other_answer(self, g, rng):
        """An answer to another question of the same fold whose reference shares few words."""
        mine = set(content(self.tab.text[g["refs"][0]]))
        for _ in range(8):
            o = self.groups[rng.randrange(len(self.groups))]
            if o is g or o["fold"] != g["fold"] or o["fold"] < 0 or o["qtext"] == g["qtext"]:
                continue
            theirs = set(content(self.tab.text[o["refs"][0]]))
            if len(mine & theirs) / max(1, min(len(mine), len(theirs))) < 0.2:
                return self.items[rng.choice(o["items"])]["ans"]
        return None

    def _synthetic(self, g, rng):
        tab, t = self.tab, self.tab.text
        if g["fold"] < 0:
            return
        def add(kind, ref, text, y, three=-1, w=1.0, ref_text=None):
            if text is None:
                return
            r = tab.add(ref_text) if ref_text is not None else ref
            g["syn"].append((kind, r, tab.add(text), y, three, w))
        n = len(g["refs"]); q = g["qtext"]
        for k in range(4):
            ref = g["refs"][rng.randrange(n)]; rt = t[ref]; other = g["refs"][rng.randrange(n)]
            add("reference", ref, t[other], 1.0, 2)
            add("echo", ref, rng.choice(T.ECHO).format(q=q), 0.0, 0)
            add("keywords", ref, keyword_list(rt, rng), 0.1, 0)
            if k < 2:
                add("keywords", ref, keyword_list(q + " " + rt, rng, 20), 0.1, 0)
            c = content(rt)
            if len(c) >= 5:
                add("oneword", ref, rng.choice(c), 0.05, 0)
            add("dontknow", ref, rng.choice(T.DONT_KNOW), 0.0, 0)
            add("essay", ref, rng.choice(T.TRAIN_ESSAYS), 0.0, 0)
            inj = rng.choice(T.TRAIN_INJECTIONS)
            add("injection", ref, rng.choice([inj, inj, inj + " " + rng.choice(T.TRAIN_INJECTIONS), q + " " + inj]), 0.0, 0)
            o = self._other_answer(g, rng)
            if o is not None:
                add("other", ref, t[o], 0.0, 0)
            for src in ([rt] if k < 2 else []) + ([t[rng.choice(g["full"])], t[rng.choice(g["full"])]] if g["full"] else []):
                ng = negate(src, rng)
                if ng:
                    text, share = ng
                    y = max(0.1, 1.0 - 1.5 * share) if share < 0.6 else 0.1
                    add("negated", ref, text, y, 1 if share > 0.6 else -1)
                    add("kept", ref, src, 1.0, 2)              # its right twin, in the same draw of kinds
            ng = negate(rt, rng)
            if ng and ng[1] > 0.5:                             # both negated: right; only the reference negated: wrong
                add("both-negated", None, ng[0], 1.0, 2, ref_text=ng[0])
                add("ref-negated", None, rt, 0.1, 1, ref_text=ng[0])
            sw = swap_number(rt, rng)
            if sw:
                add("number", ref, sw, 0.35)
            ss = sentences(rt)
            if len(ss) >= 3:
                keep = sorted(rng.sample(range(len(ss)), rng.randrange(1, len(ss))))
                part = " ".join(ss[i] for i in keep)
                add("part", ref, part, min(1.0, len(words(part)) / max(1, len(words(rt)))))
            for _ in range(4):
                it = self.items[rng.choice(g["items"])]
                add("spoken", ref, spoken(t[it["ans"]], rng), it["y"], it["three"])

    def _composites(self, rng, total=3000):
        """Several questions of one set and fold joined: the reference is a list of points, the mark their mean."""
        self.comps = []
        by = {}
        for gi, g in enumerate(self.groups):
            if g["fold"] >= 0:
                by.setdefault((g["set"], g["fold"]), []).append(g)
        ks = list(by)
        wts = [{"beetle": 1, "scientsbank": 2.5, "nn": 0.7, "saf": 0.5}[k[0]] for k in ks]
        t = self.tab.text
        while len(self.comps) < total:
            k = rng.choices(ks, wts)[0]
            n = rng.choice([2, 3, 3, 4, 5]) if k[0] in ("beetle", "scientsbank") else 2
            gs = by[k]
            if len(gs) < n:
                continue
            gs = rng.sample(gs, n)
            its = []
            for g in gs:
                pool = g["items"]
                if rng.random() < 0.5:                                # balance the marks
                    want = rng.random() < 0.6
                    pool = [i for i in pool if (self.items[i]["y"] > 0.5) == want] or pool
                its.append(self.items[rng.choice(pool)])
            refs = [t[rng.choice(g["refs"]) if rng.random() < 0.5 else it["ref"]] for g, it in zip(gs, its)]
            if sum(len(words(r)) for r in refs) > 150 and rng.random() < 0.999:
                continue
            style = rng.choice(["- ", "n", ""])
            ref = " ".join((f"{i + 1}. " if style == "n" else style) + r for i, r in enumerate(refs))
            order = list(range(n)); rng.shuffle(order)
            missing = rng.randrange(n) if rng.random() < 0.4 else -1     # one point not spoken to at all
            parts = [t[its[i]["ans"]] for i in order if i != missing]
            ans = " ".join(p if p.endswith((".", "!", "?")) else p + "." for p in parts)
            if len(words(ans)) > 220 and rng.random() < 0.999:
                continue
            ys = [0.0 if i == missing else its[i]["y"] for i in range(n)]
            if rng.random() < 0.4:
                ans = spoken(ans, rng)
            q = rng.choice([gs[0]["qtext"], " ".join(g["qtext"] for g in gs), ""])
            self.comps.append(dict(set="comp", src=k[0], fold=k[1], q=self.tab.add(q), ref=self.tab.add(ref), ans=self.tab.add(ans),
                                   y=float(np.mean(ys)), points=n))

    def _hostile(self, rng):
        """Hostile answers to every question, with templates that training never sees."""
        self.hostile = []
        t = self.tab.text
        for gi, g in enumerate(self.groups):
            ref = g["refs"][0]; rt = t[ref]; q = g["qtext"]
            full = [self.items[i]["ans"] for i in g["items"] if self.items[i]["y"] >= 0.999 and len(words(t[self.items[i]["ans"]])) >= 4]
            def add(kind, text, base=None):
                if text is not None:
                    self.hostile.append(dict(set=g["set"], fold=g["fold"], gid=gi, kind=kind, q=g["q"], ref=ref, ans=self.tab.add(text),
                                             base=-1 if base is None else base))
            add("right", rt)
            for e in rng.sample(T.TEST_ECHO, 2): add("echo", e.format(q=q))
            add("keywords", keyword_list(rt, rng)); add("keywords", keyword_list(rt + " " + q, rng, 25))
            c = content(rt)
            if len(c) >= 5: add("oneword", rng.choice(c))
            add("dontknow", rng.choice(T.TEST_DONT_KNOW))
            for e in rng.sample(T.TEST_ESSAYS, 2): add("essay", e)
            for e in rng.sample(T.TEST_INJECTIONS, 2): add("injection", e)
            ng = negate(rt, rng)
            if ng and ng[1] > 0.6: add("negated-reference", ng[0], ref)
            for a in rng.sample(full, min(3, len(full))):
                ng = negate(t[a], rng)
                if ng and ng[1] > 0.6: add("negated-right", ng[0], a)
            sw = swap_number(rt, rng)
            if sw: add("number", sw, ref)
            o = None
            for _ in range(20):
                x = self.groups[rng.randrange(len(self.groups))]
                if x["set"] == g["set"] and x["qtext"] != q:
                    mine, theirs = set(content(rt)), set(content(t[x["refs"][0]]))
                    if len(mine & theirs) / max(1, min(len(mine), len(theirs))) < 0.2:
                        o = x; break
            if o: add("other", t[self.items[rng.choice(o["items"])]["ans"]])
            if full:
                a = rng.choice(full)
                add("spoken-right", spoken(t[a], rng), a)
