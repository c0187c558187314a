"""Settings: 'base' and what each variant changes."""
BASE = dict(full=False, r=16, alpha=32, bias=True, lora_from=0, flags=False, head="mix", drop=0.1, use_q=True, q_cap=40, q_drop=0.1, alt=0.2,
            steps=400, wide=0, deep_drop=0.0, split=0, ms=False, lr_set=1e-2, late=False, deep=True, lr=5e-4, lr_head=1e-3, lr_bias=5e-4, wd=0.01, ema=0.99, rank=0.5, label=0.3, short_len=104, long_len=256,
            gs=8, ks=8, gl=4, kl=6, syn=(2, 2), syn_w=1.0, comp=0.25, w_short=dict(beetle=0.4, scientsbank=0.6), seed=11, log=False, eval_len=(256,))
V = dict(
    final=dict(late=True, steps=300, deep_drop=0.3, lr=2.5e-4),
    base={}, flags=dict(flags=True), full=dict(full=True, lr=5e-5), r8=dict(r=8, alpha=16), r32=dict(r=32, alpha=64), noq=dict(use_q=False),
    noaug=dict(syn=(0, 0), comp=0.0, alt=0.0), lin3=dict(head="lin3"), L384=dict(long_len=384, eval_len=(256, 384)), lr2=dict(lr=2e-4),
    lr10=dict(lr=1e-3), noalt=dict(alt=0.0), norank=dict(rank=0.0), rank1=dict(rank=1.0), s1400=dict(steps=1400), s350=dict(steps=350),
    late=dict(late=True, steps=300, deep_drop=0.3), nodeep=dict(deep=False), lr1=dict(lr=1e-4), s200=dict(steps=200),
    wide=dict(wide=16), dd3=dict(deep_drop=0.3), split3=dict(split=3), bi=dict(split=6, ms=True), ms=dict(ms=True), low3=dict(lora_from=3), wd1=dict(wd=0.1),
    nolabel=dict(label=0.0), drop2=dict(drop=0.2), alt4=dict(alt=0.4),
)


def get(name):
    c = dict(BASE)
    for part in name.split("+"):
        c.update(V[part])
    return c
