"""The run that ships: folds, left-out sets and all sets at once, seeds averaged into one set of low-rank weights."""
import json, pickle, time
from pathlib import Path
import numpy as np
import torch
from safetensors.torch import save_file
import variants

RANK, SEEDS = 32, 3


def soup(net, members, scale, rank, lam=1.0):
    """Mean of the members' weights; the mean low-rank change is cut back to one rank. Rounded to fp16, as shipped."""
    P = {}
    for k, v in net.E.items():
        if k.endswith(".lora_a"):
            b = net.E[k[:-1] + "b"]
            A = torch.cat([v[m] for m in members]).double().cpu()                                  # [S*r, in]
            B = torch.cat([b[m] for m in members], 1).double().cpu() * (scale * lam / len(members))  # [out, S*r]
            qb, rb = torch.linalg.qr(B); qa, ra = torch.linalg.qr(A.T)
            u, s, vt = torch.linalg.svd(rb @ ra.T)
            n = min(rank, len(s)); root = s[:n].sqrt()
            P[k[:-1] + "b"] = torch.nn.functional.pad((qb @ u[:, :n]) * root, (0, rank - n))
            P[k] = torch.nn.functional.pad((root[:, None] * vt[:n]) @ qa.T, (0, 0, 0, rank - n))
        elif not k.endswith(".lora_b"):
            P[k] = v[members].double().mean(0).cpu() * (lam if "_delta" in k else 1.0)
    return {k: v.half().float() for k, v in P.items()}


def train_stage(args, d, tok, ln, cont, bench, wide, base, device, out, t0):
    import train as TR
    from model import LateScorer, LateAssembler
    cfg = dict(variants.get("final"), **json.loads(args.set))
    names = [("fold", f) for f in range(TR.FOLDS)] + [("all", 0)]
    plan = [n for n in names for _ in range(SEEDS)] + [("without", s) for s in TR.TRAIN]
    asm = LateAssembler(tok, wide.ln, cont, device, cfg, wide.flat, wide.off)
    print(f"training {len(plan)} models at {time.time() - t0:.0f}s", flush=True)
    net = TR.train(d, asm, plan, cfg, base, device, cfg["seed"], log=lambda s: print(s, flush=True), wide=wide)
    print(f"trained at {time.time() - t0:.0f}s", flush=True)
    rank = min(RANK, cfg["r"] * SEEDS)
    groups = [[i for i, p in enumerate(plan) if p == n] for n in names] + [[i] for i, p in enumerate(plan) if p[0] == "without"]
    short = names + [p for p in plan if p[0] == "without"]
    scale = cfg["alpha"] / cfg["r"]
    scfg = dict(cfg, r=rank, alpha=rank)
    all_ix = short.index(("all", 0))
    pred = {}
    for lam in (1.0, 0.6):
        soups = [soup(net, g, scale, rank, lam) for g in groups]
        if lam == 1.0:
            save_file({k: v.half().contiguous() for k, v in soups[all_ix].items() if not k.startswith("set.")}, out / "scorer.safetensors")
            save_file({k: v[groups[all_ix]].float().cpu().contiguous() for k, v in net.E.items()}, out / "members.safetensors")
            print(f"weights saved at {time.time() - t0:.0f}s; set shift {soups[all_ix]['set.shift'].tolist()} scale {soups[all_ix]['set.scale'].tolist()}", flush=True)
        m = LateScorer(base, scfg, 1, device)
        m.E = {k: torch.stack([s[k] for s in soups]).to(device) for k in m.P}
        for which in (("fold", "without") if lam == 1.0 else ("fold",)):
            z, lab = TR.oof(m, asm, short, bench, scfg, device, 10 ** 6, True, which)
            pred[f"z_{which}_{lam}"], pred[f"lab_{which}_{lam}"] = z.astype(np.float32), lab.astype(np.float32)
            if which == "fold": print(f"lambda {lam}: " + TR.short(bench.report(1 / (1 + np.exp(-0.6 * z)))) + f" ({time.time() - t0:.0f}s)", flush=True)
        np.savez_compressed(out / "predictions.npz", soft=bench.soft_new, raw=np.concatenate([bench.cos, bench.soft, bench.plain], 1).astype(np.float32),
                            tfidf=bench.tfidf.astype(np.float32), **pred)
    json.dump(dict(cfg=cfg, rank=rank, seeds=SEEDS, plan=[list(map(str, p)) for p in short]), open(out / "train.json", "w"))
    print(f"done at {time.time() - t0:.0f}s", flush=True)


def finish(args, out, device):
    import finish as FI
    FI.run(args, out, device)
