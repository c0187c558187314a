#!/usr/bin/env python3
"""Trains and measures the pair scorer.  python train.py --out OUT [--data DIR] [--base DIR]   (see CARD.md)

Without --sweep: five folds, one set left out, all sets, the stack, and everything that ships. With --sweep NAMES: figures of variants.
"""
import argparse, csv, hashlib, json, math, os, random, sys, time
from pathlib import Path
import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from data import Data, TRAIN, SET_ID, FOLDS, STOP, words
import features as feat
from model import Scorer, Assembler, LateScorer, LateAssembler, H, N_SETS
import variants

LONG = ["saf", "nn", "comp"]
SOFT_LAYERS = (4, 5, 6)
SOFT = ["soft4", "soft5", "soft6", "low5", "cos_residual"]


# ---------------------------------------------------------------- inputs on the device
def build(args, device):
    d = Data(args.data, tiny=args.tiny)
    tk = Tokenizer.from_file(str(Path(args.base) / "tokenizer.json")); tk.no_padding(); tk.no_truncation()
    enc = tk.encode_batch(d.tab.text, add_special_tokens=False)
    T = 384
    tok = np.zeros((len(enc), T), np.int16); ln = np.zeros(len(enc), np.int64)
    for i, e in enumerate(enc):
        v = e.ids[:T]; tok[i, :len(v)] = v; ln[i] = len(v)
    vocab = tk.get_vocab()
    cont = np.zeros(len(vocab), bool)
    for w, i in vocab.items():
        cont[i] = w not in STOP and not w.startswith("[") and any(ch.isalnum() for ch in w) and (len(w) > 1)
    d.tk, d.vocab = tk, vocab
    return d, torch.from_numpy(tok), torch.from_numpy(ln), torch.from_numpy(cont)


# ---------------------------------------------------------------- what each model learns from
def models_of(plan):
    """plan: list of ('fold', f) | ('without', set) | ('all', seed)"""
    def allowed(m, set_name, fold):
        if fold < 0:
            return False
        return not ((m[0] == "fold" and fold == m[1]) or (m[0] == "without" and set_name == m[1]))
    return [lambda s, f, m=m: allowed(m, s, f) for m in plan]


KIND_W = {"spoken": 2.0, "negated": 2.5, "both-negated": 1.0, "keywords": 1.2, "reference": 0.7, "echo": 0.7, "oneword": 0.7, "dontknow": 0.5,
          "essay": 0.6, "injection": 0.7, "other": 0.9, "number": 0.6, "part": 1.0}
TWIN = {"negated": "kept", "both-negated": "ref-negated"}


def schedule(d, plan, cfg, seed):
    """Index arrays for every step: short [S,M,Gs*K] and long [S,M,Gl*K'] of (q, ref, ans, y, three, set, weight)."""
    out = []
    for m, ok in enumerate(models_of(plan)):
        rng = random.Random(seed * 1000 + m * (0 if cfg.get("same_data") else 1))
        by = {s: [g for g in d.groups if g["set"] == s and ok(s, g["fold"])] for s in TRAIN}
        wt = {s: [len(g["items"]) ** 0.5 for g in by[s]] for s in TRAIN}
        comps = [c for c in d.comps if ok(c["src"], c["fold"])]
        for g in d.groups:
            if "kinds" not in g:
                g["kinds"] = {}
                for x in g["syn"]:
                    g["kinds"].setdefault(x[0], []).append(x)
        def group(s, k, n_syn):
            rows = []
            if s == "comp":
                for c in rng.sample(comps, k):
                    rows.append((c["q"], c["ref"], c["ans"], c["y"], -1, 4, 1.0))
                return rows
            g = rng.choices(by[s], wt[s])[0]
            q = d.empty if rng.random() < cfg["q_drop"] else g["q"]
            alt = rng.choice(g["full"]) if g["full"] and rng.random() < cfg["alt"] else None
            its = g["items"]
            for i in (rng.sample(its, k - n_syn) if len(its) >= k - n_syn else rng.choices(its, k=k - n_syn)):
                it = d.items[i]
                ref = alt if alt is not None else (it["ref"] if rng.random() < 0.6 else rng.choice(g["refs"]))
                rows.append((q, ref, it["ans"], it["y"], it["three"], SET_ID[s], 1.0))
            kinds = [x for x in KIND_W if x in g["kinds"]]
            while len(rows) < k:
                kd = rng.choices(kinds, [KIND_W[x] for x in kinds])[0]
                j = rng.randrange(len(g["kinds"][kd]))
                x = g["kinds"][kd][j]
                rows.append((q, x[1], x[2], x[3], x[4], SET_ID[s], x[5] * cfg["syn_w"]))
                if kd in TWIN and len(rows) < k:
                    x = g["kinds"][TWIN[kd]][j]
                    rows.append((q, x[1], x[2], x[3], x[4], SET_ID[s], x[5] * cfg["syn_w"]))
            return rows
        ns, nl = cfg["syn"]
        sets_s = [s for s in ("beetle", "scientsbank") if by[s]]; w_s = [cfg["w_short"][s] for s in sets_s]
        sets_l = [s for s in LONG if s == "comp" and cfg["comp"] > 0 or by.get(s)]; w_l = [{"saf": 0.4, "nn": 0.35, "comp": cfg["comp"]}[s] for s in sets_l]
        S, L = [], []
        for _ in range(cfg["steps"]):
            S.append([r for _ in range(cfg["gs"]) for r in group(rng.choices(sets_s, w_s)[0], cfg["ks"], ns)])
            L.append([r for _ in range(cfg["gl"]) for r in group(rng.choices(sets_l, w_l)[0], cfg["kl"], nl)])
        out.append((np.array(S, np.float32), np.array(L, np.float32)))
    return np.stack([o[0] for o in out], 1), np.stack([o[1] for o in out], 1)


# ---------------------------------------------------------------- wide features
def rarity(content):
    """MiniLM's vocabulary is ordered by frequency: the index of a word piece stands for how rare it is."""
    rank = torch.arange(len(content), dtype=torch.float32)
    return torch.where(content, torch.log((rank - 1990).clamp(min=1) + 50) - 3.5, torch.zeros(()))


class Wide:
    """Features beside the network: cosines and soft token matches of the untouched MiniLM, and plain counts. Standardised."""
    NAMES = ["cos_ref", "cos_question", "match_recall", "match_new", "match_precision", "match_low"] + feat.NAMES

    def __init__(self, d, W, tok, ln, cont, device):
        self.plain, self.dev, self.cont = feat.Plain(d.tab.text), device, cont
        self.tok, self.ln = tok, torch.clamp(ln, max=254)
        self.vec, self.flats, self.off = encode_all(W, tok, self.ln, device)
        self.flat = self.flats[6]
        self.idf = rarity(cont)
        self.vec_d = torch.from_numpy(self.vec).to(device)
        self.mu = self.sd = None

    @torch.no_grad()
    def raw(self, keys, log=None):
        keys = np.asarray(keys, np.int64).reshape(-1, 3)
        P = np.array([self.plain(tuple(k)) for k in keys.tolist()], np.float32).reshape(len(keys), -1)
        out = np.zeros((len(keys), 6), np.float32)
        tot = self.ln[keys[:, 1]] * 1000 + self.ln[keys[:, 2]]
        order = torch.argsort(tot).numpy()
        i = 0
        while i < len(order):
            lm = int(self.ln[keys[order[i:i + 512], 1:]].max()) if len(order) else 0
            n = max(8, min(512, 6_000_000 // max(1, lm * lm))); ix = order[i:i + n]; i += n
            q, r, a = (torch.from_numpy(keys[ix, j]) for j in range(3))
            lr, la = self.ln[r], self.ln[a]; mr, ma = max(1, int(lr.max())), max(1, int(la.max()))
            ar, aa = torch.arange(mr), torch.arange(ma)
            inr, ina = (ar < lr[:, None]).to(self.dev), (aa < la[:, None]).to(self.dev)
            lim = len(self.flat) - 1
            vr = self.flat[(self.off[r][:, None] + ar).clamp(max=lim).to(self.dev)].float(); va = self.flat[(self.off[a][:, None] + aa).clamp(max=lim).to(self.dev)].float()
            sim = torch.bmm(vr, va.transpose(1, 2))
            tr, tq = self.tok[r][:, :mr].long(), self.tok[q][:, :64].long()
            ta = self.tok[a][:, :ma].long()
            cr = (self.cont[tr]).to(self.dev) & inr
            ca = (self.cont[ta]).to(self.dev) & ina
            nw = cr & ~(tr[:, :, None] == tq[:, None, :]).any(-1).to(self.dev)
            best_r = sim.masked_fill(~ina[:, None, :], 0).amax(2); best_a = sim.masked_fill(~inr[:, :, None], 0).amax(1)
            mean = lambda v, m: (v * m).sum(1) / m.sum(1).clamp(min=1)
            rec, new, pre = mean(best_r, cr), mean(best_r, nw), mean(best_a, ca)
            new = torch.where(nw.any(1), new, rec)
            low = torch.where(cr.any(1), best_r.masked_fill(~cr, 2).sort(1).values.gather(1, ((cr.sum(1) - 1).clamp(min=0) // 4)[:, None])[:, 0], rec).clamp(max=1)
            R, A, Q = (self.vec_d[t.to(self.dev)] for t in (r, a, q))
            out[ix] = torch.stack([(R * A).sum(1), (Q * A).sum(1), rec, new, pre, low], 1).cpu().numpy()
        return np.concatenate([out, P], 1)

    @torch.no_grad()
    def soft(self, keys):
        """Soft recall of what the reference adds to the question, from the untouched MiniLM (layers 4 to 6): see CARD.md."""
        keys = np.asarray(keys, np.int64).reshape(-1, 3)
        out = np.zeros((len(keys), len(SOFT)), np.float32)
        order = torch.argsort(self.ln[keys[:, 1]] * 1000 + self.ln[keys[:, 2]]).numpy()
        dev, i = self.dev, 0
        while i < len(order):
            lm = int(self.ln[keys[order[i:i + 512]][:, 1:]].max())
            ix = order[i:i + max(8, min(512, 5_000_000 // max(1, lm * lm)))]; i += len(ix)
            q, r, a = (torch.from_numpy(keys[ix, j]) for j in range(3))
            n = [max(1, int(self.ln[t].max())) for t in (q, r, a)]
            inq, inr, ina = ((torch.arange(m) < self.ln[t][:, None]).to(dev) for m, t in zip(n, (q, r, a)))
            tr = self.tok[r][:, :n[1]].long()
            c = self.cont[tr].to(dev) & inr; w = self.idf[tr].to(dev) * inr
            cols = []
            for l in SOFT_LAYERS:
                fl = self.flats[l]
                vq, vr, va = (fl[(self.off[t][:, None] + torch.arange(m)).clamp(max=len(fl) - 1).to(dev)].float() for m, t in zip(n, (q, r, a)))
                best = torch.bmm(vr, va.transpose(1, 2)).masked_fill(~ina[:, None, :], 0).amax(2)
                held = torch.bmm(vr, vq.transpose(1, 2)).masked_fill(~inq[:, None, :], 0).amax(2)
                wn = w * (1 - held).clamp(0, 1)
                cols.append((best * wn).sum(1) / wn.sum(1).clamp(min=1e-6))
                if l == 5:
                    low = best.masked_fill(~c, 2).sort(1).values.gather(1, ((c.sum(1) - 1).clamp(min=0) // 4)[:, None])[:, 0].clamp(max=1)
            R, A, Q = (self.vec_d[t.to(dev)] for t in (r, a, q))
            res = F.cosine_similarity(R - (R * Q).sum(1, keepdim=True) * Q, A - (A * Q).sum(1, keepdim=True) * Q)
            out[ix] = torch.stack(cols + [low, res], 1).cpu().numpy()
        return out

    def fit(self, X):
        self.mu, self.sd = X.mean(0), X.std(0) + 1e-6
    def __call__(self, keys):
        return np.clip((self.raw(keys) - self.mu) / self.sd, -4, 4).astype(np.float32)


# ---------------------------------------------------------------- training
def loss_of(cfg, P, z, lab, rows, K):
    """z [M,B], rows [M,B,7]"""
    y, three, s, w = rows[..., 3], rows[..., 4].long(), rows[..., 5].long(), rows[..., 6]
    zz = z * torch.exp(torch.gather(P["set.scale"], 1, s)) + torch.gather(P["set.shift"], 1, s)
    bce = F.binary_cross_entropy_with_logits(zz, y, reduction="none")
    floor = -(torch.special.xlogy(y, y) + torch.special.xlogy(1 - y, 1 - y))
    loss = ((bce - floor) * w).mean(1)
    if cfg["rank"] > 0:
        M, B = z.shape
        zg, yg = z.view(M, B // K, K), y.view(M, B // K, K)
        dz, dy = zg.unsqueeze(-1) - zg.unsqueeze(-2), yg.unsqueeze(-1) - yg.unsqueeze(-2)
        pm = (dy > 0.05).float() * dy.clamp(min=0)
        loss = loss + cfg["rank"] * (F.softplus(-dz) * pm).sum((1, 2, 3)) / pm.sum((1, 2, 3)).clamp(min=1e-3)
    if cfg["label"] > 0:
        ce = F.cross_entropy(lab.transpose(1, 2), three.clamp(min=0), reduction="none") * (three >= 0)
        loss = loss + cfg["label"] * ce.sum(1) / (three >= 0).sum(1).clamp(min=1)
    return loss


def wide_table(wide, S, L, device):
    """Features of every (q, ref, ans) in the schedule, and where each row finds its own."""
    k = np.concatenate([x[..., :3].reshape(-1, 3) for x in (S, L)]).astype(np.int64)
    u, inv = np.unique(k, axis=0, return_inverse=True)
    inv = inv.reshape(-1); n = S[..., 0].size
    return torch.from_numpy(wide(u)).to(device), inv[:n].reshape(S.shape[:-1]), inv[n:].reshape(L.shape[:-1])


def train(d, asm, plan, cfg, base, device, seed, log=print, wide=None):
    M = len(plan)
    torch.manual_seed(seed)
    net = (LateScorer if cfg["late"] else Scorer)(base, cfg, M, device, seed)
    asm.train = True
    S, L = schedule(d, plan, cfg, seed)
    if cfg["wide"]:
        WT, iS, iL = wide_table(wide, S, L, device)
        log(f"    {len(WT)} different rows")
    cdt = torch.bfloat16 if device.type == "cuda" else torch.float32
    lrs = {}
    for k in net.P:
        kind = "set" if k.startswith(("set", "wide") + (("match",) if cfg["late"] else ())) else "head" if k.startswith(("head", "types", "match")) else ("bias" if "bias_delta" in k or "weight_delta" in k else "main")
        lrs.setdefault(kind, []).append(k)
    base_lr = {"set": cfg["lr_set"], "head": cfg["lr_head"], "bias": cfg["lr_bias"], "main": cfg["lr"]}
    opt = torch.optim.AdamW([dict(params=[net.P[k] for k in v], lr=base_lr[n], weight_decay=cfg["wd"] if n != "bias" else 0.0, kind=n)
                             for n, v in lrs.items()], betas=(0.9, 0.98), fused=device.type == "cuda")
    ema = {k: v.detach().clone() for k, v in net.P.items()}
    plist, elist = list(net.P.values()), list(ema.values())
    steps, warm = cfg["steps"], max(1, int(0.06 * cfg["steps"]))
    t0 = time.time(); run = 0.0
    for i in range(steps):
        f = min(1.0, (i + 1) / warm) * (0.5 * (1 + math.cos(math.pi * max(0, i - warm) / max(1, steps - warm))))
        for g in opt.param_groups:
            g["lr"] = base_lr[g["kind"]] * f
        opt.zero_grad(set_to_none=True)
        tot = 0
        for rows, K, ml, which in ((S[i], cfg["ks"], cfg["short_len"], 0), (L[i], cfg["kl"], cfg["long_len"], 1)):
            wd = WT[torch.from_numpy((iS, iL)[which][i]).to(device)] if cfg["wide"] else None
            rows = torch.from_numpy(rows).to(device)
            x = asm(rows[..., 0].long(), rows[..., 1].long(), rows[..., 2].long(), ml, cfg["use_q"])
            z, lab = net.forward(net.P, *x, train=True, cdt=cdt, wide=wd)
            loss = loss_of(cfg, net.P, z, lab, rows, K)
            reg = 0.01 * (net.P["set.scale"] ** 2).sum(1)
            (loss + reg).sum().backward()
            tot = tot + loss.detach().mean()
        sq = sum((p.grad.flatten(1) ** 2).sum(1) for p in plist if p.grad is not None)
        c = (1.0 / (sq.sqrt() + 1e-6)).clamp(max=1.0)
        for p in plist:
            if p.grad is not None:
                p.grad.mul_(c.view(-1, *[1] * (p.dim() - 1)))
        opt.step()
        torch._foreach_lerp_(elist, [p.detach() for p in plist], 1 - min(cfg["ema"], (1 + i) / (10 + i)))
        if i % 100 == 99 or i == steps - 1:
            log(f"    step {i + 1} loss {float(tot):.3f} {time.time() - t0:.0f}s")
    net.E = ema
    asm.train = False
    return net


@torch.no_grad()
def predict(net, asm, m, rows, L, use_q, device, P=None, cdt=torch.float32, wide=None):
    """rows: list of (q, ref, ans) -> z [n], labels [n,3]"""
    P = P or {k: v[m:m + 1] for k, v in net.E.items()}
    r = torch.tensor(rows, dtype=torch.long, device=device)
    tot = asm.len[r[:, 1]] + asm.len[r[:, 2]] + (asm.len[r[:, 0]].clamp(max=net.cfg["q_cap"]) if use_q else 0) + 4
    order = torch.argsort(tot)
    z = torch.zeros(len(rows)); lab = torch.zeros(len(rows), 3)
    i = 0
    while i < len(order):
        n = 256 if device.type == "cuda" else 16
        ix = order[i:i + n].to(r.device)
        ml = min(L, int(math.ceil(int(tot[ix].max()) / 8) * 8))
        x = asm(r[ix, 0], r[ix, 1], r[ix, 2], ml, use_q)
        wd = torch.from_numpy(wide[ix.cpu().numpy()]).to(device).unsqueeze(0) if net.cfg["wide"] else None
        zz, ll = net.forward(P, *[t.unsqueeze(0) for t in x], cdt=cdt, wide=wd)
        z[ix.cpu()] = zz[0].float().cpu(); lab[ix.cpu()] = ll[0].float().cpu()
        i += n
    return z.numpy(), lab.numpy()


@torch.no_grad()
def encode_all(W, tok, ln, device):
    """Untouched MiniLM on every text alone: sentence vectors [N,H], token vectors (unit, half) in one row after another, offsets."""
    N = len(ln); vec = torch.zeros(N, H)
    off = torch.cat([torch.zeros(1, dtype=torch.long), torch.cumsum(ln, 0)[:-1]])
    flat = {l: torch.zeros(int(ln.sum()) + 1, H, dtype=torch.float16, device=device) for l in SOFT_LAYERS}
    order = torch.argsort(ln); step = 256 if device.type == "cuda" else 32
    for i in range(0, N, step):
        ix = order[i:i + step]
        l = ln[ix]; ml = int(l.max()) + 2; B = len(ix)
        pos = torch.arange(ml).expand(B, ml)
        body = tok[ix][:, (torch.arange(ml) - 1).clamp(0, tok.shape[1] - 1)].long()
        ids = torch.where(pos == 0, 101, torch.where(pos == (l + 1)[:, None], 102, torch.where(pos <= l[:, None], body, 0))).to(device)
        mask = (pos <= (l + 1)[:, None]).to(device)
        x = W["embeddings.word_embeddings.weight"][ids] + W["embeddings.token_type_embeddings.weight"][0] + W["embeddings.position_embeddings.weight"][:ml]
        x = F.layer_norm(x, (H,), W["embeddings.LayerNorm.weight"], W["embeddings.LayerNorm.bias"], 1e-12)
        for k in range(6):
            p = f"encoder.layer.{k}."
            hd = lambda n: F.linear(x, W[p + f"attention.self.{n}.weight"], W[p + f"attention.self.{n}.bias"]).view(B, ml, 12, 32).transpose(1, 2)
            a = F.scaled_dot_product_attention(hd("query"), hd("key"), hd("value"), attn_mask=mask[:, None, None, :]).transpose(1, 2).reshape(B, ml, H)
            x = F.layer_norm(x + F.linear(a, W[p + "attention.output.dense.weight"], W[p + "attention.output.dense.bias"]), (H,),
                             W[p + "attention.output.LayerNorm.weight"], W[p + "attention.output.LayerNorm.bias"], 1e-12)
            h = F.linear(F.gelu(F.linear(x, W[p + "intermediate.dense.weight"], W[p + "intermediate.dense.bias"])), W[p + "output.dense.weight"], W[p + "output.dense.bias"])
            x = F.layer_norm(x + h, (H,), W[p + "output.LayerNorm.weight"], W[p + "output.LayerNorm.bias"], 1e-12)
            if k + 1 in SOFT_LAYERS:
                inner = ((pos >= 1) & (pos <= l[:, None]))
                flat[k + 1][(off[ix][:, None] + pos - 1)[inner].to(device)] = F.normalize(x, dim=-1)[inner.to(device)].half()
        vec[ix] = F.normalize((x * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True), dim=-1).cpu()
    return vec.numpy(), flat, off


# ---------------------------------------------------------------- figures
LEVELS = {"beetle": 1, "scientsbank": 1, "carousel": 1, "nn": 2, "saf": 4, "mohler": 5, "comp": 4}
BINARY = ("beetle", "scientsbank", "carousel")


def f1(y, p):
    from sklearn.metrics import f1_score
    return f1_score(y, p, average="macro")


def threshold(y, p):
    c = np.unique(np.quantile(p, np.linspace(0.05, 0.95, 37)))
    return max(c, key=lambda t: f1(y, p > t))


def figures(s, y, p, t=0.5):
    from scipy.stats import pearsonr, spearmanr
    from sklearn.metrics import cohen_kappa_score
    k = LEVELS[s]
    o = dict(n=len(y), r=float(pearsonr(y, p)[0]), spearman=float(spearmanr(y, p)[0]), rmse=float(np.sqrt(np.mean((y - np.clip(p, 0, 1)) ** 2))))
    o["qwk"] = float(cohen_kappa_score(np.round(y * k).astype(int), np.clip(np.round(p * k), 0, k).astype(int) if k > 1 else (p > t).astype(int), weights="quadratic"))
    if s in BINARY:
        yy = y > 0.5
        o["f1"] = float(f1(yy, p > t)); o["acc"] = float(np.mean(yy == (p > t)))
        tt = threshold(yy, p); o["f1_best"] = float(f1(yy, p > tt)); o["acc_best"] = float(np.mean(yy == (p > tt)))
    return o


class Stack:
    """Logistic regression on few features with soft marks; one intercept per set, one shared for the product."""
    def __init__(self, C=1.0):
        self.C = C
    def fit(self, X, y, sets, w):
        from sklearn.linear_model import LogisticRegression
        self.mu, self.sd = X.mean(0), X.std(0) + 1e-6
        self.names = sorted(set(sets))
        D = np.stack([(sets == n) for n in self.names], 1).astype(float) * 3
        Z = np.concatenate([(X - self.mu) / self.sd, D], 1)
        Z2 = np.concatenate([Z, Z]); yy = np.r_[np.ones(len(y)), np.zeros(len(y))]; ww = np.r_[w * y, w * (1 - y)]
        keep = ww > 1e-9
        m = LogisticRegression(C=self.C, fit_intercept=False, max_iter=500).fit(Z2[keep], yy[keep], sample_weight=ww[keep])
        k = X.shape[1]
        self.coef = m.coef_[0][:k]; self.inter = dict(zip(self.names, m.coef_[0][k:] * 3))
        return self
    def logit(self, X, s=None):
        b = self.inter[s] if s in self.inter else np.mean([self.inter[n] for n in self.names])
        return (X - self.mu) / self.sd @ self.coef + b
    def __call__(self, X, s=None):
        return 1 / (1 + np.exp(-self.logit(X, s)))


def set_weights(sets):
    w = np.zeros(len(sets))
    for n in set(sets):
        w[sets == n] = 1000.0 / (sets == n).sum()
    return w


class Bench:
    """All rows to be scored, with plain features and baselines, once."""
    def __init__(self, d, wide):
        self.d = d; emb = wide.vec
        R = []
        for it in d.items: R.append(dict(kind="real", src=it["set"], **{k: it[k] for k in ("set", "fold", "q", "ref", "ans", "y", "id", "gid")}))
        for c in d.comps: R.append(dict(kind="comp", y=c["y"], id="", gid=-1, **{k: c[k] for k in ("set", "fold", "q", "ref", "ans", "src")}))
        for h in d.hostile: R.append(dict(kind=h["kind"], y=-1.0, id="", src=h["set"], **{k: h[k] for k in ("set", "fold", "q", "ref", "ans", "gid", "base")}))
        for h in d.hostile:
            if h["base"] >= 0: R.append(dict(kind="base:" + h["kind"], y=-1.0, id="", src=h["set"], set=h["set"], fold=h["fold"], q=h["q"], ref=h["ref"], ans=h["base"], gid=h["gid"]))
        self.R = R
        self.rows = [(r["q"], r["ref"], r["ans"]) for r in R]
        self.set = np.array([r["set"] for r in R]); self.kind = np.array([r["kind"] for r in R]); self.fold = np.array([r["fold"] for r in R])
        self.src = np.array([r["src"] for r in R]); self.y = np.array([r["y"] for r in R])
        t = d.tab.text
        raw = wide.raw(self.rows)
        self.cos, self.soft, self.plain = raw[:, :2], raw[:, 2:6], raw[:, 6:]
        self.soft_new = wide.soft(self.rows)
        real = np.array([r["kind"] == "real" and r["fold"] >= 0 for r in R])
        wide.fit(np.concatenate([raw[real & (self.set == s)][:700] for s in TRAIN]))
        self.wide = np.clip((raw - wide.mu) / wide.sd, -4, 4).astype(np.float32)
        self.tfidf = np.zeros(len(R))
        for s in set(self.set):
            ix = np.where((self.set == s) & (self.kind != "comp") | (self.set == s) & (s == "comp"))[0]
            self.tfidf[ix] = feat.tfidf([t[self.rows[i][1]] for i in ix], [t[self.rows[i][2]] for i in ix])
        self.old = np.concatenate([self.cos, self.tfidf[:, None], self.plain], 1)[:, :11 + 2]

    def real(self, s):
        return (self.kind == ("comp" if s == "comp" else "real")) & (self.set == s)

    def crossfit(self, X, C=1.0, hostile=True):
        """Stack fitted on the other folds (sets of training); mohler and carousel by the stack of all folds."""
        p = np.zeros(len(self.R)); y = self.y.copy(); use = self.y >= 0
        if hostile:
            bad = np.isin(self.kind, ["echo", "essay", "injection", "keywords", "oneword", "dontknow", "negated-right", "negated-reference", "other"])
            y[bad] = 0.05; use |= bad & (self.fold >= 0)
            good = np.isin(self.kind, ["right", "spoken-right"]); y[good] = 1.0; use |= good & (self.fold >= 0)
        use &= self.fold >= 0
        st = np.where(self.kind == "real", self.set, np.where(self.kind == "comp", "comp", "hostile"))
        self.stacks = []
        for f in list(range(FOLDS)) + [-1]:
            tr = use & (self.fold != f)
            w = set_weights(st[tr]); w[st[tr] == "hostile"] *= 0.5
            S = Stack(C).fit(X[tr], y[tr], st[tr], w)
            S.names = [n for n in S.names if n in ("saf", "nn", "comp")]       # the shared intercept: graded sets
            te = self.fold == f
            p[te] = S(X[te])
            self.stacks.append(S)
        return p

    def report(self, p, per_set_scale=True):
        o = {}
        for s in ["beetle", "scientsbank", "saf", "nn", "comp", "mohler", "carousel"]:
            ix = self.real(s)
            if s in BINARY and s != "carousel":                   # threshold from the other folds
                th = np.zeros(len(p))
                for f in range(FOLDS):
                    th[ix & (self.fold == f)] = threshold(self.y[ix & (self.fold != f)] > 0.5, p[ix & (self.fold != f)])
                q = p[ix]; o[s] = figures(s, self.y[ix], q)
                o[s]["f1_set"] = float(f1(self.y[ix] > 0.5, q > th[ix]))
            else:
                o[s] = figures(s, self.y[ix], p[ix])
                if s == "carousel":
                    b = self.real("beetle") | self.real("scientsbank")
                    t = threshold(self.y[b] > 0.5, p[b]); o[s]["acc_shared"] = float(np.mean((self.y[ix] > 0.5) == (p[ix] > t)))
        return o

    def hostile_report(self, p):
        o = {}
        for part, sel in (("train sets, out of fold", self.fold >= 0), ("mohler+carousel", self.fold < 0)):
            full = sel & (self.kind == "real") & (self.y >= 0.999)
            med = np.median(p[full])
            res = {"full marks": dict(mean=float(p[full].mean()), p10=float(np.quantile(p[full], 0.1)))}
            for k in ["right", "spoken-right", "echo", "keywords", "oneword", "dontknow", "essay", "injection", "other", "negated-reference", "negated-right", "number"]:
                ix = sel & (self.kind == k)
                if ix.sum() == 0: continue
                v = p[ix]
                res[k] = dict(n=int(ix.sum()), mean=float(v.mean()), p90=float(np.quantile(v, 0.9)), above_half=float((v > 0.5).mean()),
                              above_median_right=float((v > med).mean()))
                b = sel & (self.kind == "base:" + k)
                if b.sum(): res[k]["drop_from_base"] = float(p[b].mean() - v.mean()); res[k]["lower_than_base"] = float((p[b] > v).mean())
            o[part] = res
        return o


def short(o):
    g = lambda s, k: f"{o[s].get(k, float('nan')):.3f}"
    return (f"beetle F1 {g('beetle','f1_set')} (r {g('beetle','r')}) | sb F1 {g('scientsbank','f1_set')} (r {g('scientsbank','r')}) | saf r {g('saf','r')} | "
            f"nn r {g('nn','r')} | comp r {g('comp','r')} | mohler r {g('mohler','r')} | carousel acc {g('carousel','acc_shared')} best {g('carousel','acc_best')}")


def oof(net, asm, plan, bench, cfg, device, L, use_q=True, which="fold"):
    """Each row by the model that did not see its question (which = fold), or by models without its set (which = without)."""
    z = np.zeros(len(bench.R)); lab = np.zeros((len(bench.R), 3))
    for m, (kind, v) in enumerate(plan):
        if kind == "fold" and which == "fold": ix = np.where(bench.fold == v)[0]
        elif kind == "all" and which == "fold": ix = np.where(bench.fold < 0)[0]
        elif kind == "without" and which == "without": ix = np.where((bench.src == v) & (bench.fold >= 0))[0]
        else: continue
        if len(ix) == 0: continue
        a, b = predict(net, asm, m, [bench.rows[i] for i in ix], L, use_q, device, wide=bench.wide[ix])
        n_same = sum(1 for k2, v2 in plan if (k2, v2 if kind != "all" else 0) == (kind, v if kind != "all" else 0))
        z[ix] += a / n_same; lab[ix] += b / n_same
    return z, lab


def columns(bench, z, lab):
    return np.concatenate([z[:, None], (lab[:, 2:3] - np.maximum(lab[:, 0:1], lab[:, 1:2])), lab[:, 2:3] - lab[:, 1:2], bench.wide], 1)


COLUMNS = ["cross", "label_margin", "label_contra"] + Wide.NAMES


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True, help="folder of the graded sets, one .jsonl each"); ap.add_argument("--base", required=True, help="folder of all-MiniLM-L6-v2")
    ap.add_argument("--out", default="out"); ap.add_argument("--sweep", default=""); ap.add_argument("--seconds", type=float, default=1e9)
    ap.add_argument("--set", default="{}", help="JSON of settings that override (for tests)"); ap.add_argument("--stage", default="all", choices=["all", "train", "finish"]); ap.add_argument("--tiny", action="store_true", help="a sliver of the data, to try the program"); ap.add_argument("--folds", type=int, default=FOLDS)
    args = ap.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cuda.matmul.allow_tf32 = bool(args.sweep); torch.backends.cudnn.allow_tf32 = bool(args.sweep)
    out = Path(args.out); out.mkdir(parents=True, exist_ok=True)
    t0 = time.time()
    import stages
    if args.stage == "finish":
        return stages.finish(args, out, device)
    d, tok, ln, cont = build(args, device)
    base = Path(args.base) / "model.safetensors"
    probe = Scorer(base, variants.get("base"), 1, device)
    wide = Wide(d, probe.W, tok, ln, cont, device)
    bench = Bench(d, wide)
    print(f"data {time.time() - t0:.0f}s on {device}; {len(bench.R)} rows", flush=True)
    if args.sweep:
        def line(name, p, extra=None):
            o = bench.report(p); print(f"{name}: {short(o)}", flush=True)
            return o
        res = {"tfidf": line("tfidf", bench.tfidf), "old": line("old", bench.crossfit(bench.old)), "new": line("new features, no network", bench.crossfit(bench.wide)), "new-real": line("new features, no network, no hostile", bench.crossfit(bench.wide, hostile=False))}
        # a set's own scaling does not matter for r; the stack uses one slope for all
        for name in args.sweep.split(","):
            if time.time() - t0 > args.seconds: print("out of time before", name); break
            cfg = dict(variants.get(name), **json.loads(args.set))
            plan = [("fold", f) for f in range(args.folds)] + [("all", 0)]
            asm = LateAssembler(tok, wide.ln, cont, device, cfg, wide.flat, wide.off) if cfg["late"] else Assembler(tok, ln, cont, device, cfg)
            t1 = time.time()
            net = train(d, asm, plan, cfg, base, device, cfg["seed"], log=lambda s: print(s, flush=True) if cfg["log"] else None, wide=wide)
            tt = time.time() - t1
            for L in cfg["eval_len"]:
                z, lab = oof(net, asm, plan, bench, cfg, device, L, cfg["use_q"])
                X = columns(bench, z, lab)
                a = line(f"{name}@{L} raw", 1 / (1 + np.exp(-z))); b = line(f"{name}@{L} stack", bench.crossfit(X))
                h = bench.hostile_report(1 / (1 + np.exp(-z)))["train sets, out of fold"]
                print("   hostile (raw) above half: " + " ".join(f"{k} {v.get('above_half', v['mean']):.2f}" for k, v in h.items())
                      + f" | neg<base {h['negated-right'].get('lower_than_base', 0):.2f}", flush=True)
                res[f"{name}@{L}"] = dict(raw=a, stack=b, hostile=h, train_s=tt, weights=dict(zip(COLUMNS, bench.stacks[-1].coef.tolist())))
                np.savez_compressed(out / f"oof-{name}-{L}.npz", z=z.astype(np.float32), lab=lab.astype(np.float32))
            print(f"   {name}: train {tt:.0f}s, all {time.time() - t1:.0f}s; sets scale {np.exp(net.E['set.scale'][-1].cpu().numpy()).round(2)} shift {net.E['set.shift'][-1].cpu().numpy().round(2)}"
                  + (f" mem {torch.cuda.max_memory_allocated() / 2**30:.1f}G" if device.type == "cuda" else ""), flush=True)
            tag = hashlib.md5(args.sweep.encode()).hexdigest()[:6]
            json.dump(res, open(out / f"sweep-{tag}.json", "w"))
            del net
        return
    stages.train_stage(args, d, tok, ln, cont, bench, wide, base, device, out, t0)
    if args.stage == "all":
        stages.finish(args, out, device)


if __name__ == "__main__":
    main()
