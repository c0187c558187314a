"""Fits the weights of domain/src/interview/star/weights.json. See README.md."""

import argparse
import collections
import json

import numpy as np

OUTCOMES = ["none", "situation", "task", "action", "result"]
ROUNDS, RATE = 300, 0.05


def read(path):
    """Sentences by answer, in order; answers that are kept apart are left out."""
    answers = collections.OrderedDict()
    for line in open(path):
        row = json.loads(line)
        if row["split"] == "develop":
            answers.setdefault(row["id"], []).append(row)
    return list(answers.values())


def outcome(row):
    return OUTCOMES.index(max(OUTCOMES, key=lambda part: (row["parts"].get(part, 0), part)))


def names_of(answers, least):
    """Every feature, of words those that stand in so many sentences."""
    counts = collections.Counter(name for rows in answers for row in rows for name in row["features"])
    is_word = lambda name: name.startswith(("word_", "begins_"))
    return sorted(name for name, count in counts.items() if count >= least or not is_word(name))


def softmax(values):
    values = np.exp(values - values.max(1, keepdims=True))
    return values / values.sum(1, keepdims=True)


def fit(answers, least, ridge):
    names = names_of(answers, least)
    places = {name: place for place, name in enumerate(names)}
    rows = [row for rows in answers for row in rows]
    inputs = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, value in row["features"].items():
            if name in places:
                inputs[at, places[name]] = value
    wanted = np.array([outcome(row) for row in rows])
    share = np.array([max(sum(row["parts"].values()), 1) ** 0.5 for row in rows])
    share /= share.mean()
    weights = np.zeros((len(names), len(OUTCOMES)))
    slow, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, ROUNDS + 1):
        error = (softmax(inputs @ weights) - np.eye(len(OUTCOMES))[wanted]) * share[:, None]
        gradient = inputs.T @ error / len(rows) + ridge * weights
        slow = 0.9 * slow + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights -= RATE * (slow / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    follows = np.full((len(OUTCOMES) + 1, len(OUTCOMES)), 0.5)
    for rows in answers:
        before = len(OUTCOMES)
        for row in rows:
            follows[before, outcome(row)] += 1
            before = outcome(row)
    follows = np.log(follows / follows.sum(1, keepdims=True))
    usual = np.log(np.bincount(wanted, minlength=len(OUTCOMES)) / len(wanted))
    return names, weights, follows - usual


def decide(model, rows, order):
    names, weights, follows = model
    places = {name: place for place, name in enumerate(names)}
    alone = np.zeros((len(rows), len(OUTCOMES)))
    for at, row in enumerate(rows):
        for name, value in row["features"].items():
            if name in places:
                alone[at] += value * weights[places[name]]
    alone = np.log(softmax(alone))
    reached, back = alone[0] + order * follows[-1], []
    for here in alone[1:]:
        ways = reached[:, None] + order * follows[:-1]
        back.append(ways.argmax(0))
        reached = ways.max(0) + here
    way = [int(reached.argmax())]
    for best in reversed(back):
        way.append(int(best[way[-1]]))
    return [OUTCOMES[at] for at in reversed(way)]


def f1(answers, told):
    right = found = wanted = 0
    for rows, parts in zip(answers, told):
        for row, part in zip(rows, parts):
            for marked, count in row["parts"].items():
                found += count * (part != "none")
                wanted += count * (marked != "none")
                right += count * (part != "none" and part == marked)
    return 2 * right / (found + wanted)


def by_rules(rows):
    return [next(name[5:] for name in row["features"] if name[5:] in OUTCOMES and name.startswith("rule_")) for row in rows]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("features")
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--least", type=int, default=8)
    arguments.add_argument("--ridge", type=float, default=0.004)
    arguments.add_argument("--order", type=float, default=0.5)
    given = arguments.parse_args()
    answers = read(given.features)
    shuffled = np.random.RandomState(0).permutation(len(answers))
    told = [None] * len(answers)
    for fold in range(10):
        out = set(shuffled[fold::10])
        model = fit([rows for at, rows in enumerate(answers) if at not in out], given.least, given.ridge)
        for at in out:
            told[at] = decide(model, answers[at], given.order)
    print(f"answers {len(answers)}, span F1 by the rules {f1(answers, list(map(by_rules, answers))):.3f}, "
          f"on answers left out {f1(answers, told):.3f}")
    names, weights, follows = fit(answers, given.least, given.ridge)
    print(f"on the answers themselves {f1(answers, [decide((names, weights, follows), rows, given.order) for rows in answers]):.3f}")
    follows = np.round(given.order * follows, 3)
    lines = [f'    {json.dumps(name)}: {json.dumps([round(float(weight), 3) for weight in row])}'
             for name, row in zip(names, weights) if abs(row).max() >= 0.02]
    text = (f'{{\n  "about": "training/star on {len(answers)} answers marked by hand; left out, span F1 {f1(answers, told):.3f}",\n'
            f'  "first": {follows[-1].tolist()},\n  "next": {follows[:-1].tolist()},\n'
            '  "features": {\n' + ",\n".join(lines) + "\n  }\n}\n")
    open(given.out, "w").write(text)


main()
