"""MiniLM with LoRA and a scoring head, for M models at once.

All trained tensors carry a leading axis M (folds, left-out sets, seeds), so that one GPU trains them together;
frozen MiniLM tensors are shared. M = 1 is the plain network.
"""
import math
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

H, LAYERS, HEADS, FFN = 384, 6, 12, 1536
CLS, SEP = 101, 102
LINEARS = [("attention.self.query", H, H), ("attention.self.key", H, H), ("attention.self.value", H, H),
           ("attention.output.dense", H, H), ("intermediate.dense", H, FFN), ("output.dense", FFN, H)]
NORMS = ["attention.output.LayerNorm", "output.LayerNorm"]
# segment types: 0 question (with CLS), 1 reference, 2 answer; with flags: 1/2 reference without/with match in the answer,
# 3 answer new, 4 answer matches reference, 5 answer matches only the question
N_SETS = 5
SHIFT = [-0.3, -0.5, 0.6, 0.8, -0.2]        # where the sets' mean marks lie: beetle, scientsbank, saf, nn, composites


def types(cfg):
    return 6 if cfg["flags"] else 3


class Scorer:
    def __init__(self, base_path, cfg, M, device, seed=0):
        self.cfg, self.M, self.dev = cfg, M, device
        w = load_file(base_path)
        self.W = {k: v.float().to(device) for k, v in w.items() if k != "embeddings.position_ids"}
        g = torch.Generator().manual_seed(seed)
        P = {}
        rows = torch.zeros(types(cfg), H)
        P["types"] = rows
        for l in range(LAYERS):
            p = f"encoder.layer.{l}."
            for name, i, o in LINEARS:
                if cfg["full"]:
                    P[p + name + ".delta"] = torch.zeros(o, i)
                elif l >= cfg.get("lora_from", 0):
                    P[p + name + ".lora_a"] = (torch.rand(cfg["r"], i, generator=g) * 2 - 1) * math.sqrt(3.0 / i)
                    P[p + name + ".lora_b"] = torch.zeros(o, cfg["r"])
                if cfg["bias"]:
                    P[p + name + ".bias_delta"] = torch.zeros(o)
            if cfg["bias"]:
                for n in NORMS:
                    P[p + n + ".weight_delta"] = torch.zeros(H)
                    P[p + n + ".bias_delta"] = torch.zeros(H)
        d = self.head_in()
        P["head.score.weight"] = torch.randn(1, d, generator=g) * 0.01
        P["head.score.bias"] = torch.zeros(1)
        P["head.label.weight"] = torch.randn(3, d, generator=g) * 0.01
        P["head.label.bias"] = torch.zeros(3)
        if cfg["wide"]:
            P["wide.weight"] = torch.zeros(1, cfg["wide"])
        if cfg["ms"]:
            P["match.weight"] = torch.tensor([[1.0, 0.5, 1.0]])
        P["set.scale"] = torch.zeros(N_SETS)
        P["set.shift"] = torch.tensor(SHIFT)
        self.P = {k: v.unsqueeze(0).repeat(M, *[1] * v.dim()).to(device).requires_grad_() for k, v in P.items()}

    def head_in(self):
        return {"lin3": 3, "mix": 5}[self.cfg["head"]] * H

    def lin(self, P, x, p, name, cdt):
        """x: [M, N, in]"""
        W = self.W[p + name + ".weight"].to(cdt)
        b = self.W[p + name + ".bias"]
        y = F.linear(x, W)
        key = p + name
        if key + ".delta" in P:
            y = y + torch.bmm(x, P[key + ".delta"].to(cdt).transpose(1, 2))
        if key + ".lora_a" in P:
            a = P[key + ".lora_a"].to(cdt).transpose(1, 2); bb = P[key + ".lora_b"].to(cdt).transpose(1, 2)
            y = y + torch.bmm(torch.bmm(x, a), bb) * (self.cfg["alpha"] / self.cfg["r"])
        bias = b.expand(x.shape[0], -1)
        if key + ".bias_delta" in P:
            bias = bias + P[key + ".bias_delta"]
        return y + bias.to(cdt).unsqueeze(1)

    def norm(self, P, x, key, cdt):
        w, b = self.W[key + ".weight"].expand(x.shape[0], -1), self.W[key + ".bias"].expand(x.shape[0], -1)
        if key + ".weight_delta" in P:
            w = w + P[key + ".weight_delta"]; b = b + P[key + ".bias_delta"]
        return F.layer_norm(x, (H,), eps=1e-12) * w.to(cdt).unsqueeze(1) + b.to(cdt).unsqueeze(1)

    def forward(self, P, ids, typ, mask, seg, train=False, cdt=torch.float32, wide=None):
        """ids, typ, mask, seg: [M, B, L]; seg is -1 pad, 0 CLS/question/SEP, 1 reference, 2 answer tokens, 3 SEP. -> score [M,B], labels [M,B,3]"""
        M, B, L = ids.shape
        W = self.W
        drop = self.cfg["drop"] if train else 0.0
        base = W["embeddings.token_type_embeddings.weight"]
        first_ans = 3 if self.cfg["flags"] else 2
        rows = torch.cat([base[0:1].expand(first_ans, -1), base[1:2].expand(types(self.cfg) - first_ans, -1)])
        tt = rows.unsqueeze(0) + P["types"]                                   # [M, T, H]
        tv = torch.gather(tt, 1, typ.reshape(M, B * L, 1).expand(-1, -1, H))
        x = W["embeddings.word_embeddings.weight"][ids.reshape(M, B * L)] + tv
        x = x + W["embeddings.position_embeddings.weight"][:L].repeat(B, 1).unsqueeze(0)
        x = F.layer_norm(x, (H,), W["embeddings.LayerNorm.weight"], W["embeddings.LayerNorm.bias"], 1e-12).to(cdt)
        x = F.dropout(x, drop, train)
        am = mask.reshape(M * B, 1, 1, L).expand(-1, 1, L, -1)
        if self.cfg["split"]:                                                  # lower layers: reference and answer apart
            last = (seg == 2) | (mask & (seg == 0) & (torch.arange(L, device=ids.device) > torch.argmax((seg == 1).int() * torch.arange(L, device=ids.device), -1, keepdim=True) + 1))
            part = torch.where(mask, last.int(), -1)
            apart = (part.unsqueeze(-1) == part.unsqueeze(-2)).reshape(M * B, 1, L, L)
        for l in range(LAYERS):
            p = f"encoder.layer.{l}."
            def heads(n):
                return self.lin(P, x, p, "attention.self." + n, cdt).view(M * B, L, HEADS, H // HEADS).transpose(1, 2)
            a = F.scaled_dot_product_attention(heads("query"), heads("key"), heads("value"), attn_mask=apart if l < self.cfg["split"] else am, dropout_p=drop)
            a = a.transpose(1, 2).reshape(M, B * L, H)
            a = F.dropout(self.lin(P, a, p, "attention.output.dense", cdt), drop, train)
            x = self.norm(P, x + a, p + NORMS[0], cdt)
            h = F.gelu(self.lin(P, x, p, "intermediate.dense", cdt))
            h = F.dropout(self.lin(P, h, p, "output.dense", cdt), drop, train)
            x = self.norm(P, x + h, p + NORMS[1], cdt)
        x = x.view(M, B, L, H).float()
        def mean(which):
            m = (seg == which).float().unsqueeze(-1)
            return (x * m).sum(2) / m.sum(2).clamp(min=1.0)
        c, r, a = x[:, :, 0], mean(1), mean(2)
        f = torch.cat([c, r, a] + ([(r - a).abs(), r * a] if self.cfg["head"] == "mix" else []), -1)
        f = F.dropout(f, drop, train)
        z = torch.bmm(f, P["head.score.weight"].transpose(1, 2)) + P["head.score.bias"].unsqueeze(1)
        if self.cfg["ms"]:
            xn = F.normalize(x, dim=-1)
            sim = torch.einsum("mbih,mbjh->mbij", xn, xn)
            inr, ina = seg == 1, seg == 2
            rec = (sim.masked_fill(~ina.unsqueeze(-2), -1).amax(-1) * inr).sum(-1) / inr.sum(-1).clamp(min=1)
            pre = (sim.masked_fill(~inr.unsqueeze(-2), -1).amax(-1) * ina).sum(-1) / ina.sum(-1).clamp(min=1)
            sc = torch.stack([rec, pre, F.cosine_similarity(r, a, dim=-1)], -1) - 0.6
            z = z + 4 * torch.bmm(sc, P["match.weight"].transpose(1, 2))
        if self.cfg["wide"]:
            if train and self.cfg["deep_drop"] > 0:
                z = z * (torch.rand(M, B, 1, device=z.device) >= self.cfg["deep_drop"])
            z = z + torch.bmm(wide, P["wide.weight"].transpose(1, 2))
        y = torch.bmm(f, P["head.label.weight"].transpose(1, 2)) + P["head.label.bias"].unsqueeze(1)
        return z.squeeze(-1), y


class Assembler:
    """Builds inputs on the device from a table of tokenised texts."""
    def __init__(self, tok, length, content, device, cfg):
        self.tok, self.len, self.content, self.dev, self.cfg = tok.to(device), length.to(device), content.to(device), device, cfg

    def __call__(self, q, r, a, L, use_q=True):
        """q, r, a: [..] text ids -> ids, typ, mask, seg of shape [.., L]"""
        cap = self.cfg["q_cap"]
        lq0, lr0, la0 = self.len[q], self.len[r], self.len[a]
        lq = lq0.clamp(max=cap) if use_q else torch.zeros_like(lq0)
        room = L - 4 - lq
        lr = torch.minimum(lr0, torch.maximum(room // 2, room - la0))
        la = torch.minimum(la0, room - lr)
        pos = torch.arange(L, device=self.dev).expand(*q.shape, L)
        lq, lr, la, q, r, a, lq0 = (t.unsqueeze(-1) for t in (lq, lr, la, q, r, a, lq0))
        e1 = 1 + lq; e2 = e1 + 1 + lr; e3 = e2 + 1 + la                       # positions of the three SEP
        T = self.tok.shape[1] - 1
        tq = self.tok[q, (pos - 1 + lq0 - lq).clamp(0, T)]                    # the end of a long question is kept
        tr = self.tok[r, (pos - e1 - 1).clamp(0, T)]
        ta = self.tok[a, (pos - e2 - 1).clamp(0, T)]
        inq, inr, ina = (pos >= 1) & (pos < e1), (pos > e1) & (pos < e2), (pos > e2) & (pos < e3)
        ids = torch.zeros_like(pos)
        ids = torch.where(pos == 0, CLS, ids)
        ids = torch.where((pos == e1) | (pos == e2) | (pos == e3), SEP, ids)
        ids = torch.where(inq, tq.long(), ids); ids = torch.where(inr, tr.long(), ids); ids = torch.where(ina, ta.long(), ids)
        mask = pos <= e3
        seg = torch.where(inr, 1, torch.where(ina, 2, torch.where(mask, 0, -1)))
        if self.cfg["flags"]:
            c = self.content[ids]
            eq = (ids.unsqueeze(-1) == ids.unsqueeze(-2)) & c.unsqueeze(-1)
            in_ans = (eq & ina.unsqueeze(-2)).any(-1); in_ref = (eq & inr.unsqueeze(-2)).any(-1); in_q = (eq & inq.unsqueeze(-2)).any(-1)
            typ = torch.zeros_like(ids)
            typ = torch.where((pos > e1) & (pos <= e2), 1, typ); typ = torch.where(inr & in_ans, 2, typ)
            typ = torch.where((pos > e2) & (pos <= e3), 3, typ); typ = torch.where(ina & in_q, 5, typ); typ = torch.where(ina & in_ref, 4, typ)
        else:
            typ = torch.where(pos <= e1, 0, torch.where(pos <= e2, 1, 2))
            typ = torch.where(mask, typ, 0)
        return ids, typ, mask, seg


class LateScorer(Scorer):
    """Reference and answer are encoded apart; each reference token looks for its best match in the answer."""
    LAYERS_USED = (5, 6)

    def __init__(self, base_path, cfg, M, device, seed=0):
        super().__init__(base_path, dict(cfg, head="mix", ms=False, wide=0), M, device, seed)
        self.cfg = cfg
        for k in [k for k in self.P if k.startswith("head") or k == "types"]:
            del self.P[k]
        g = torch.Generator().manual_seed(seed + 1)
        d = 4 * H
        P = {"match.weight": torch.tensor([[1.0, 0.0, 0.0, 0.0] * 2]), "match.cut": torch.full((2,), 0.6), "match.bias": torch.zeros(1),
             "head.score.weight": torch.randn(1, d, generator=g) * 0.01, "head.label.weight": torch.randn(3, d, generator=g) * 0.01,
             "head.label.match": torch.zeros(3, 8), "head.label.bias": torch.zeros(3)}
        if cfg["wide"]:
            P["wide.weight"] = torch.zeros(1, cfg["wide"])
        self.P.update({k: v.unsqueeze(0).repeat(M, *[1] * v.dim()).to(device).requires_grad_() for k, v in P.items()})

    def encode(self, P, ids, mask, train, cdt):
        M, B, L = ids.shape
        W, drop, out = self.W, self.cfg["drop"] if train else 0.0, {}
        x = W["embeddings.word_embeddings.weight"][ids.reshape(M, B * L)] + W["embeddings.token_type_embeddings.weight"][0]
        x = x + W["embeddings.position_embeddings.weight"][:L].repeat(B, 1).unsqueeze(0)
        x = F.layer_norm(x, (H,), W["embeddings.LayerNorm.weight"], W["embeddings.LayerNorm.bias"], 1e-12).to(cdt)
        x = F.dropout(x, drop, train)
        am = mask.reshape(M * B, 1, 1, L).expand(-1, 1, L, -1)
        for l in range(LAYERS):
            p = f"encoder.layer.{l}."
            def heads(n):
                return self.lin(P, x, p, "attention.self." + n, cdt).view(M * B, L, HEADS, H // HEADS).transpose(1, 2)
            a = F.scaled_dot_product_attention(heads("query"), heads("key"), heads("value"), attn_mask=am, dropout_p=drop)
            a = a.transpose(1, 2).reshape(M, B * L, H)
            a = F.dropout(self.lin(P, a, p, "attention.output.dense", cdt), drop, train)
            x = self.norm(P, x + a, p + NORMS[0], cdt)
            h = F.gelu(self.lin(P, x, p, "intermediate.dense", cdt))
            h = F.dropout(self.lin(P, h, p, "output.dense", cdt), drop, train)
            x = self.norm(P, x + h, p + NORMS[1], cdt)
            if l + 1 in self.LAYERS_USED:
                out[l + 1] = x.view(M, B, L, H).float()
        return out

    def matches(self, R, A, wr, cr, ca, ina, inr, cut):
        """-> [.., 4] features and the matched answer vectors"""
        sim = torch.matmul(F.normalize(R, dim=-1), F.normalize(A, dim=-1).transpose(-1, -2))
        best, arg = sim.masked_fill(~ina.unsqueeze(-2), 0).max(-1)
        back = sim.masked_fill(~inr.unsqueeze(-1), 0).amax(-2)
        mean = lambda v, m: (v * m).sum(-1) / m.sum(-1).clamp(min=1e-6)
        new, rec, pre = mean(best, wr), mean(best, cr), mean(back, ca)
        hit = mean(torch.sigmoid(12 * (best - cut)), wr)
        f = torch.stack([(new - 0.55) * 6, (rec - 0.6) * 6, (pre - 0.55) * 6, (hit - 0.4) * 3], -1)
        return f, torch.gather(A, 2, arg.unsqueeze(-1).expand(-1, -1, -1, H))

    def forward(self, P, ids_r, mask_r, ids_a, mask_a, wr, cr, ca, inr, ina, train=False, cdt=torch.float32, wide=None):
        r, a = self.encode(P, ids_r, mask_r, train, cdt), self.encode(P, ids_a, mask_a, train, cdt)
        fs = []
        for j, l in enumerate(self.LAYERS_USED):
            f, got = self.matches(r[l], a[l], wr, cr, ca, ina, inr, P["match.cut"][:, j, None, None, None].squeeze(-1))
            fs.append(f)
        f = torch.cat(fs, -1)
        R, A = r[6], a[6]
        w = wr.unsqueeze(-1) / wr.sum(-1).clamp(min=1e-6)[..., None, None]
        mr, ma = ((x * m.unsqueeze(-1)).sum(2) / m.sum(2).clamp(min=1).unsqueeze(-1) for x, m in ((R, mask_r.float()), (A, mask_a.float())))
        deep = torch.cat([(w * (R - got).abs()).sum(2), (w * R * got).sum(2), (mr - ma).abs(), mr * ma], -1)
        drop = self.cfg["drop"] if train else 0.0
        deep = F.dropout(deep, drop, train)
        dot = lambda x, n: torch.bmm(x, P[n].transpose(1, 2))
        zd = dot(deep, "head.score.weight") * (1.0 if self.cfg["deep"] else 0.0)
        if train and self.cfg["deep_drop"] > 0:
            zd = zd * (torch.rand(*zd.shape[:2], 1, device=zd.device) >= self.cfg["deep_drop"])
        z = zd + dot(f, "match.weight") + P["match.bias"].unsqueeze(1)
        if self.cfg["wide"]:
            z = z + dot(wide, "wide.weight")
        y = dot(deep, "head.label.weight") + dot(f, "head.label.match") + P["head.label.bias"].unsqueeze(1)
        self.last = f
        return z.squeeze(-1), y


class LateAssembler:
    """Inputs of LateScorer. Weights of reference tokens come from the untouched MiniLM: rarity times how little the question holds them."""
    def __init__(self, tok, length, content, device, cfg, flat, off):
        self.tok, self.len, self.content, self.dev, self.cfg = tok.to(device), length.to(device), content.to(device), device, cfg
        self.flat, self.off, self.train = flat, off.to(device), False
        rank = torch.arange(len(content), dtype=torch.float32)
        self.idf = torch.where(content, torch.log((rank - 1990).clamp(min=1) + 50) - 3.5, torch.zeros(())).to(device)

    def __call__(self, q, r, a, L, use_q=True):
        capr, capa = ((46, 78) if L == self.cfg["short_len"] else (158, 206)) if self.train else (190, 254)
        lr, la, lq = self.len[r].clamp(max=capr), self.len[a].clamp(max=capa), self.len[q].clamp(max=64)
        def block(t, l):
            n = -(-(int(l.max()) + 2) // 8) * 8
            pos = torch.arange(n, device=self.dev).expand(*t.shape, n); l = l.unsqueeze(-1)
            body = self.tok[t.unsqueeze(-1), (pos - 1).clamp(0, self.tok.shape[1] - 1)].long()
            inn = (pos >= 1) & (pos <= l)
            return torch.where(pos == 0, CLS, torch.where(pos == l + 1, SEP, torch.where(inn, body, 0))), pos <= l + 1, inn, pos
        ir, mr, inr, pr = block(r, lr); ia, ma, ina, _ = block(a, la)
        pq = torch.arange(max(1, int(lq.max())), device=self.dev); inq = pq < lq.unsqueeze(-1)
        lim = len(self.flat) - 1
        vr = self.flat[(self.off[r].unsqueeze(-1) + pr - 1).clamp(0, lim)]; vq = self.flat[(self.off[q].unsqueeze(-1) + pq).clamp(0, lim)]
        s = torch.matmul(vr, vq.transpose(-1, -2)).float().masked_fill(~inq.unsqueeze(-2), 0).amax(-1)
        wr = self.idf[ir] * inr * (1 - s).clamp(0, 1)
        wr = torch.where(wr.sum(-1, keepdim=True) > 1e-3, wr, inr.float())
        return ir, mr, ia, ma, wr, (self.content[ir] & inr).float(), (self.content[ia] & ina).float(), inr, ina
