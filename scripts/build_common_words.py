"""Prints the word stems that job posts of every kind share, for `domain/src/resume/matching/rarity.rs`.

`build_common_words.py <jobs.jsonl>` needs the package snowballstemmer. A stem stands in the first of three lists
that it is common enough for: in at least a half, a quarter or an eighth of the posts of either source.
"""

import json
import re
import sys

import snowballstemmer

STEM = snowballstemmer.stemmer("english").stemWord
SHARES = [1 / 2, 1 / 4, 1 / 8]


def stems(text: str) -> set[str]:
    words = re.findall(r"[^\W_]+", text.lower())
    return {STEM(word) if len(word) > 3 else word for word in words if word.isascii() and word.isalpha()}


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as rows:
        posts = [json.loads(row) for row in rows]
    sources: dict[bool, list[set[str]]] = {True: [], False: []}
    for post in posts:
        sources["microsoft" in post["source"]].append(stems(post["description"]))
    common: list[list[str]] = [[] for _ in SHARES]
    for stem in sorted(set().union(*sources[True])):
        share = min(sum(stem in post for post in source) / len(source) for source in sources.values())
        kind = next((place for place, least in enumerate(SHARES) if share >= least), None)
        if kind is not None:
            common[kind].append(stem)
    for found in common:
        print(" ".join(found), end="\n\n")


if __name__ == "__main__":
    main()
