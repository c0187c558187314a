#!/usr/bin/env python3
"""Builds adapters/library/skills.tsv: one skill a line, `name<TAB>alias|alias`.

Usage: scripts/build_skills.py <folder with ESCO, O*NET and tech alias files>

Sources, best first; the first to claim a spelling keeps it:
  scripts/skills_common.tsv  written by hand: common skills with the spellings that resumes use
  O*NET 29.3                 names of technologies that two or more occupations use, or hot ones
  Microsoft tech names       names of several words
  ESCO 1.1                   labels of two to five words, and long single ones
Attribution stands in adapters/library/SOURCES.md.
"""
import collections
import csv
import gzip
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "adapters/library/skills.tsv"

VENDORS = (
    "Microsoft Adobe Apache Oracle IBM Google Atlassian Autodesk Apple Amazon Cisco Intuit SAP Bentley ESRI Mozilla "
    "Trimble Epic HP Dell Corel Symantec Citrix VMware Sage Siemens"
).split()
# Names that say nothing on a resume, or that mean something else there.
JUNK = set(
    """a access-method algorithm base basic big bot brightness buffer business commerce comprehension computer database
    deadlock design desktop display document e-mail email english facebook file firefox first-class framework front
    graph graphics internet item key language law light line linkedin list mail map mark math media memory message mobile
    model music network news note number object office online page paper pattern people phone plan platform point power
    print process product program project record report robot safari science search service site social software sound
    source space speech state store stream study survey system table task team tech test text theory thing tiktok time
    tool track trade traffic transport tree twitter type unit user utilities value video view voice web windows word work
    writing youtube year""".split()
)
# Acronyms that are read as words or as something else.
WORDS = set("all and are art ask bar bat can car cat day doe etc fit for gas get let map may not now one out the".split())
GENERIC = re.compile(
    r"^(web browser|email|e-mail|spreadsheet|word processing|presentation|database|data base|inventory|calendar|"
    r"scheduling|accounting|billing|time|mapping|graphics|internet|operating system|computer|a |an |the )", re.I
)


def plain(name):
    return re.sub(r"[^a-z0-9+#]+", " ", name.lower()).strip()


def rows(path, delimiter):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


class Skills:
    def __init__(self):
        self.aliases = {}
        self.claimed = {}

    def add(self, name, aliases=()):
        name = " ".join(name.split()).strip(" .,")
        known = self.claimed.get(plain(name))
        if known is None:
            if not plain(name):
                return
            self.claimed[plain(name)] = name
            self.aliases[name] = []
            known = name
        for alias in aliases:
            alias = " ".join(alias.split()).strip()
            if plain(alias) and (plain(alias) not in self.claimed or self.claimed[plain(alias)] == known):
                if plain(alias) != plain(known) and alias not in self.aliases[known]:
                    self.aliases[known].append(alias)
                self.claimed.setdefault(plain(alias), known)


def common(skills):
    for line in (ROOT / "scripts/skills_common.tsv").read_text(encoding="utf-8").splitlines():
        name, _, aliases = line.partition("\t")
        skills.add(name, [alias for alias in aliases.split("|") if alias])


def onet(skills, folder):
    uses, hot = collections.Counter(), set()
    for row in rows(folder / "onet29.3_technology_skills.tsv.gz", "\t"):
        uses[row["Example"]] += 1
        if row["Hot Technology"] == "Y":
            hot.add(row["Example"])
    for name, count in sorted(uses.items(), key=lambda item: (item[0] not in hot, -item[1], item[0])):
        if name not in hot and count < 2:
            continue
        bare = re.sub(r" software$", "", name)
        generic = bare != name and bare.lower() == bare[0].lower() + bare[1:]
        if bare in ("Epic Systems", "Google", "Corel Presentation") or plain(bare) in JUNK or GENERIC.match(bare) or generic or len(bare) > 60:
            continue
        aliases = []
        short = re.match(r"^(.+ )([A-Z][A-Z0-9/+-]{1,6})$", bare)
        if short and "".join(word[0] for word in short[1].split()).upper().endswith(short[2][-2:]):
            known = len(short[2]) > 2 and short[2].lower() not in WORDS
            aliases += [short[1].strip(), short[2]] if known else [short[1].strip()]
        vendor, _, rest = bare.partition(" ")
        # One plain word behind a maker's name (`Oracle Designer`) is a word of its own.
        marked = " " in rest or re.search(r".[A-Z0-9]", rest) or name in hot
        if vendor in VENDORS and marked and len(plain(rest)) > 4 and plain(rest) not in JUNK:
            aliases.append(rest)
        skills.add(bare, aliases)


def microsoft(skills, folder):
    with gzip.open(folder / "ms_tech_skills_aliases.json.gz", "rt", encoding="utf-8") as file:
        names = json.load(file)
    for key, aliases in sorted(names.items()):
        name = key.replace("--", " ").replace("-", " ")
        if 2 <= len(name.split()) <= 4 and not GENERIC.match(name) and len(name) < 40:
            skills.add(name, [alias.replace("-", " ") for alias in aliases if len(alias) > 2])


def esco(skills, folder):
    with gzip.open(folder / "esco_skill_preferred_labels_v1.1.0.txt.gz", "rt", encoding="utf-8") as file:
        labels = [line.strip() for line in file]
    for label in labels:
        words = re.sub(r"\s*\(.*?\)", "", label).split()
        text = " ".join(words)
        if 2 <= len(words) <= 5 or len(words) == 1 and len(text) >= 9 and plain(text) not in JUNK:
            skills.add(text)


def main():
    folder = pathlib.Path(sys.argv[1])
    skills = Skills()
    common(skills)
    onet(skills, folder)
    microsoft(skills, folder)
    esco(skills, folder)
    lines = [f"{name}\t{'|'.join(aliases)}".rstrip() for name, aliases in skills.aliases.items()]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} skills, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
