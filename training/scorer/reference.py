"""The scorer as it ships, for one (question, reference, answer), written plainly in f32: the text to follow for Rust. No batches, no padding."""
import json, math, re
from pathlib import Path
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from data import STOP, content, words, sentences
import features as feat

H, MAX = 384, 254


class PairScorer:
    def __init__(self, base_dir, weights, calibration=None):
        self.tk = Tokenizer.from_file(str(Path(base_dir) / "tokenizer.json")); self.tk.no_padding(); self.tk.no_truncation()
        self.W = {k: v.float() for k, v in load_file(str(Path(base_dir) / "model.safetensors")).items() if "position_ids" not in k}
        S = {k: v.float() for k, v in load_file(str(weights)).items()}
        self.head = {k: v for k, v in S.items() if k.startswith(("match", "head"))}
        self.V = dict(self.W)                                         # merged weights
        for k, a in S.items():
            if k.endswith(".lora_a"):
                name = k[:-len(".lora_a")]
                self.V[name + ".weight"] = self.W[name + ".weight"] + S[name + ".lora_b"] @ a
            elif k.endswith(".bias_delta"):
                self.V[k[:-6]] = self.W[k[:-6]] + a
            elif k.endswith(".weight_delta"):
                self.V[k[:-6]] = self.W[k[:-6]] + a
        vocab = self.tk.get_vocab()
        self.idf = torch.zeros(len(vocab))
        for w, i in vocab.items():
            if w not in STOP and not w.startswith("[") and any(c.isalnum() for c in w) and len(w) > 1:
                self.idf[i] = math.log(max(i - 1990, 1) + 50) - 3.5
        self.cal = calibration

    def ids(self, text):
        return self.tk.encode(re.sub(r"\s+", " ", text).strip(), add_special_tokens=False).ids

    def states(self, W, ids):
        """Hidden states after layers 4, 5, 6 of the words alone (without CLS and SEP), and after layer 6 of all."""
        ids = torch.tensor([101] + ids + [102])
        n = len(ids)
        x = W["embeddings.word_embeddings.weight"][ids] + W["embeddings.token_type_embeddings.weight"][0] + W["embeddings.position_embeddings.weight"][:n]
        ln = lambda x, p: F.layer_norm(x, (H,), W[p + ".weight"], W[p + ".bias"], 1e-12)
        x = ln(x, "embeddings.LayerNorm"); out = {}
        for l in range(6):
            p = f"encoder.layer.{l}."
            lin = lambda x, n: F.linear(x, W[p + n + ".weight"], W[p + n + ".bias"])
            q, k, v = (lin(x, f"attention.self.{t}").view(n, 12, 32).transpose(0, 1) for t in ("query", "key", "value"))
            a = (torch.softmax(q @ k.transpose(1, 2) / math.sqrt(32), -1) @ v).transpose(0, 1).reshape(n, H)
            x = ln(x + lin(a, "attention.output.dense"), p + "attention.output.LayerNorm")
            x = ln(x + lin(F.gelu(lin(x, "intermediate.dense")), "output.dense"), p + "output.LayerNorm")
            out[l + 1] = x
        return {l: out[l][1:-1] for l in (4, 5, 6)}, out[6]

    @torch.no_grad()
    def __call__(self, question, reference, answer):
        q, r, a = self.ids(question)[:MAX], self.ids(reference)[:MAX], self.ids(answer)[:MAX]
        unit = lambda x: F.normalize(x, dim=-1)
        best = lambda x, y: (unit(x) @ unit(y).T).amax(1) if len(y) else torch.zeros(len(x))   # best cosine of each row of x in y
        bq, br, ba = (self.states(self.W, t)[0] for t in (q, r, a))
        idr = self.idf[torch.tensor(r, dtype=torch.long)]
        soft = []
        for l in (4, 5, 6):                                           # untouched MiniLM
            held = best(br[l], bq[l]).clamp(min=0)
            w = idr * (1 - held).clamp(0, 1)
            soft.append(float((best(br[l], ba[l]).clamp(min=0) * w).sum() / w.sum().clamp(min=1e-6)))
        r = r[:190]; idr = idr[:190]                                  # adapted MiniLM
        lr, fr = self.states(self.V, r); la, fa = self.states(self.V, a)
        held = best(br[6][:190], bq[6][:64]).clamp(min=0)
        w = idr * (1 - held).clamp(0, 1)
        if w.sum() <= 1e-3:
            w = torch.ones(len(r))
        ca, cr = (self.idf[torch.tensor(a, dtype=torch.long)] != 0).float(), (idr != 0).float()
        mean = lambda v, m: (v * m).sum() / m.sum().clamp(min=1e-6)
        f, got = [], None
        for j, l in enumerate((5, 6)):
            s = unit(lr[l]) @ unit(la[l]).T
            b, arg = (s.max(1) if len(a) else (torch.zeros(len(r)), torch.zeros(len(r), dtype=torch.long)))
            b = b.clamp(min=0); back = s.amax(0).clamp(min=0) if len(a) else torch.zeros(0)
            hit = torch.sigmoid(12 * (b - self.head["match.cut"][j]))
            f += [(mean(b, w) - .55) * 6, (mean(b, cr) - .6) * 6, (mean(back, ca) - .55) * 6, (mean(hit, w) - .4) * 3]
            # without an answer, the 'matched' vector is the state of CLS
            got = la[l][arg] if len(a) else fa[:1].expand(len(r), H)
        f = torch.stack(f)
        wn = (w / w.sum()).unsqueeze(1)
        mr, ma = fr.mean(0), fa.mean(0)                               # with CLS and SEP
        deep = torch.cat([(wn * (lr[6] - got).abs()).sum(0), (wn * lr[6] * got).sum(0), (mr - ma).abs(), mr * ma])
        z = float(self.head["head.score.weight"][0] @ deep + self.head["match.weight"][0] @ f + self.head["match.bias"][0])
        lab = (self.head["head.label.weight"] @ deep + self.head["head.label.match"] @ f + self.head["head.label.bias"]).tolist()
        out = dict(z=z, labels=lab, soft=soft, match=f.tolist())
        if self.cal:
            out.update(final_score(self.cal, question, reference, answer, z, soft))
        return out, dict(question=[101] + q + [102], reference=[101] + r + [102], answer=[101] + a + [102])


def guards(question, reference, answer, z):
    """Factors in 0..1 against an echoed question, a list of keywords, and a phrase of the reference said with the opposite sign."""
    clip = lambda x: min(1.0, max(0.0, x))
    n = len(words(answer)); cw = [feat.stem(w) for w in content(answer)]; cq = {feat.stem(w) for w in content(question)}
    share = sum(w in cq for w in cw) / max(1, len(cw))
    function = 1 - len(cw) / max(1, n)
    e = clip((share - .6) / .3) * clip(-z) if n >= 3 else 0.0
    k = clip((.15 - function) / .15) * clip(-z) if n >= 4 else 0.0
    f = feat.flips(reference, answer) * min(1.0, 25 / max(1, n))
    return 1 - .8 * e, 1 - .75 * k, 1 - .6 * f


def final_score(cal, question, reference, answer, z, soft):
    """mark: how much of the reference's content is there; right: for a verdict, compared with right_from."""
    sig = lambda v: 1 / (1 + math.exp(-v))
    ratio = min(1.0, len(words(answer)) / max(1, len(words(reference))))
    m = sig(cal["match_intercept"] + sum(w * v for w, v in zip(cal["match_weights"], list(soft) + [ratio])))
    l = sig(cal["late_intercept"] + cal["late_weight"] * z)
    g = guards(question, reference, answer, z); f = g[0] * g[1] * g[2]
    return dict(len_ratio=ratio, matched=m, late=l, guards=list(g), mark=min(cal["share_of_match"] * m + (1 - cal["share_of_match"]) * l, 2 * l) * f, right=l * f)
