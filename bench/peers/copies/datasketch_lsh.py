# Copies by datasketch's MinHash LSH: 128 permutations over character 5-grams of text that the caller has folded, so that the peer
# is not punished for letters. Reads JSON lines {"kind": "document" | "query", "id": …, "text": …}, documents first, from a file or
# stdin; prints one JSON document: whom each query found, and the time of each step. Any candidate counts as found, at 32 bands of
# 4 rows by default, which is the most generous setting: what it does not find at that, it does not find.
#
#   pip install datasketch;  python datasketch_lsh.py [FILE] [--bands 32] [--rows 4] [--least-jaccard 0]
import argparse
import json
import sys
import time

import datasketch
from datasketch import MinHash, MinHashLSH

PERMUTATIONS = 128
GRAM = 5
BATCH = 1000

options = argparse.ArgumentParser()
options.add_argument("file", nargs="?")
options.add_argument("--bands", type=int, default=32)
options.add_argument("--rows", type=int, default=4)
options.add_argument("--least-jaccard", type=float, default=0.0)
asked = options.parse_args()
if asked.bands * asked.rows > PERMUTATIONS:
    sys.exit(f"bands * rows must be at most {PERMUTATIONS}")


def grams(text):
    whole = {text[at : at + GRAM] for at in range(max(1, len(text) - GRAM + 1))}
    return [gram.encode("utf-8") for gram in whole]


def signatures(texts):
    return list(MinHash.generator([grams(text) for text in texts], num_perm=PERMUTATIONS, seed=1))


def batches(rows):
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


index = MinHashLSH(num_perm=PERMUTATIONS, params=(asked.bands, asked.rows))
held = {}
found = {}
count = {"document": 0, "query": 0}
seconds = {"signatures": 0.0, "insert": 0.0, "query": 0.0}
candidates = 0

with open(asked.file, encoding="utf-8") if asked.file else sys.stdin as lines:
    for batch in batches(json.loads(line) for line in lines if line.strip()):
        began = time.perf_counter()
        signed = signatures([row["text"] for row in batch])
        seconds["signatures"] += time.perf_counter() - began
        for row, signature in zip(batch, signed):
            count[row["kind"]] += 1
            began = time.perf_counter()
            if row["kind"] == "document":
                index.insert(row["id"], signature, check_duplication=False)
                if asked.least_jaccard > 0:
                    held[row["id"]] = signature
                seconds["insert"] += time.perf_counter() - began
                continue
            hits = index.query(signature)
            if asked.least_jaccard > 0:
                hits = [id for id in hits if held[id].jaccard(signature) >= asked.least_jaccard]
            seconds["query"] += time.perf_counter() - began
            candidates += len(hits)
            found[row["id"]] = hits

json.dump(
    {
        "peer": "datasketch",
        "version": getattr(datasketch, "__version__", None),
        "permutations": PERMUTATIONS,
        "bands": asked.bands,
        "rows": asked.rows,
        "leastJaccard": asked.least_jaccard,
        "documents": count["document"],
        "queries": count["query"],
        "candidatesPerQuery": candidates / max(1, count["query"]),
        "signaturesPerSecond": (count["document"] + count["query"]) / max(1e-9, seconds["signatures"]),
        "insertsPerSecond": count["document"] / max(1e-9, seconds["insert"]),
        "queriesPerSecond": count["query"] / max(1e-9, seconds["query"]),
        "seconds": seconds,
        "found": found,
    },
    sys.stdout,
    ensure_ascii=False,
)
print()
