# Copies by text-dedup's MinHash with its own defaults (250 permutations, 5-grams, threshold 0.7): its embed_func and optimal_param, and
# the tables its main() fills, asked document by document, as main() only removes duplicates of a whole data set. It splits text at
# what is no letter, so the caller's folded text is given to it with a blank behind each character. Any shared band counts as found.
# Reads and prints what datasketch_lsh.py does.
#
#   pip install text-dedup;  python text_dedup_minhash.py FILE
import json
import sys
import time
from collections import defaultdict
from importlib.metadata import version

import numpy as np
from text_dedup.minhash import SIGNATURE_COLUMN, embed_func
from text_dedup.utils import optimal_param, sha1_hash

PERMUTATIONS, GRAM, THRESHOLD = 250, 5, 0.7
DTYPE, MAX_HASH, PRIME = np.uint64, np.uint32((1 << 32) - 1), np.uint64((1 << 61) - 1)
bands, rows = optimal_param(THRESHOLD, PERMUTATIONS, false_positive_weight=0.5, false_negative_weight=0.5)
random = np.random.RandomState(42)
given = {
    "num_perm": PERMUTATIONS,
    "ngram_size": GRAM,
    "min_length": GRAM,
    "hashranges": [(at * rows, (at + 1) * rows) for at in range(bands)],
    "permutations": (
        random.randint(1, PRIME, size=(PERMUTATIONS,), dtype=DTYPE),
        random.randint(0, PRIME, size=(PERMUTATIONS,), dtype=DTYPE),
    ),
    "hash_func": lambda token: sha1_hash(token, d=32),
    "dtype": DTYPE,
    "max_hash": MAX_HASH,
    "modulo_prime": PRIME,
}
tables = [defaultdict(set) for _ in range(bands)]
found = {}
count = {"document": 0, "query": 0}
seconds = {"document": 0.0, "query": 0.0}
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        row = json.loads(line)
        text = " ".join(row["text"])
        began = time.process_time()
        signature = embed_func(text, row["id"], **given)[SIGNATURE_COLUMN]
        if row["kind"] == "document":
            for table, band in zip(tables, signature):
                table[band].add(row["id"])
        else:
            found[row["id"]] = list(set().union(*(table.get(band, ()) for table, band in zip(tables, signature))))
        seconds[row["kind"]] += time.process_time() - began
        count[row["kind"]] += 1

json.dump(
    {
        "peer": "text-dedup MinHash",
        "version": version("text-dedup"),
        "bands": bands,
        "rows": rows,
        "candidatesPerQuery": sum(map(len, found.values())) / max(1, count["query"]),
        "insertsPerSecond": count["document"] / max(1e-9, seconds["document"]),
        "queriesPerSecond": count["query"] / max(1e-9, seconds["query"]),
        "found": found,
    },
    sys.stdout,
)
print()
