# Pairs of names by nomenklatura's logic-v2 (names by rigour): for each query the candidates that ../screening-peers.mjs wrote
# down are scored one by one, as yente does with those its search index gives it; what that index takes is not counted.
import json
import sys
import time

from followthemoney.proxy import EntityProxy
from nomenklatura.matching import get_algorithm

algorithm = get_algorithm("logic-v2")
config = algorithm.default_config()


def entity(id, person, names):
    schema = "Person" if person else "Company"
    return EntityProxy.from_dict({"id": id, "schema": schema, "properties": {"name": names}})


# Its tables are read when first needed.
for first in ("Anna Petrova", "Анна Петрова", "王小明"):
    algorithm.compare(entity("a", True, [first]), entity("b", True, ["Ana Petrova"]), config)
    algorithm.compare(entity("a", False, [first]), entity("b", False, ["Ana Petrova LLC"]), config)

took = []
pairs = 0
for query in json.load(open(sys.argv[1])):
    asked = entity("query", query["person"], [query["name"]])
    candidates = [entity(f"c{at}", query["person"], names) for at, names in enumerate(query["candidates"])]
    began = time.perf_counter()
    for candidate in candidates:
        algorithm.compare(asked, candidate, config)
    took.append((time.perf_counter() - began) * 1000)
    pairs += len(candidates)
print(json.dumps({"pairs": pairs, "ms": took}))
