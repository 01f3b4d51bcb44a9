# SPDX-License-Identifier: GPL-3.0-or-later
"""data/api/openapi.json describes every route of the agent API and no other, and is sound in itself."""

import copy
import json
import pathlib
import random
import re
import sys
import unittest

import jsonschema

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests/rig"))
import schema as quick  # noqa: E402

ODD = (None, True, False, 0, 1, -1, 1.0, 1.5, 10 ** 9, "", "x", "x" * 9000, "available", [], [None], [1, "x"], {}, {"type": "x"})


class Maker:
    """Values for a schema: most fit, and mutants of them that mostly do not."""

    def __init__(self, components):
        self.components, self.random = components, random.Random(1)

    def value(self, wanted, depth=0):
        if "$ref" in wanted:
            return self.value(self.components["schemas"][wanted["$ref"].rsplit("/", 1)[-1]], depth + 1)
        for several in ("oneOf", "anyOf"):
            if several in wanted:
                ways = wanted[several] if depth < 8 else wanted[several][-1:]
                return self.value(self.random.choice(ways), depth + 1)
        if "const" in wanted or "enum" in wanted:
            return wanted["const"] if "const" in wanted else self.random.choice(wanted["enum"])
        kind = wanted.get("type", "object")
        kind = kind if isinstance(kind, str) else self.random.choice(kind)
        if kind == "object":
            return {n: self.value(s, depth + 1) for n, s in wanted.get("properties", {}).items()
                    if n in wanted.get("required", []) or depth < 8 and self.random.random() < 0.5}
        if kind == "array":
            least = wanted.get("minItems", 0)
            return [self.value(wanted.get("items", {}), depth + 1) for _ in range(least + (depth < 6))]
        if kind in ("integer", "number"):
            return wanted.get("minimum", 3)
        return {"string": "x" * wanted.get("minLength", 1), "boolean": True, "null": None}[kind]

    def mutant(self, value):
        """With something else in one place, something more or something less."""
        value = copy.deepcopy(value)
        at, places = [([value], 0)], []
        while at:
            holder, key = at.pop()
            places.append((holder, key))
            inner = holder[key]
            if isinstance(inner, (dict, list)):
                at += [(inner, k) for k in (inner if isinstance(inner, dict) else range(len(inner)))]
        holder, key = self.random.choice(places)
        whole = places[0][0]
        if self.random.random() < 0.3:
            del holder[key]
        elif isinstance(holder[key], dict) and self.random.random() < 0.5:
            holder[key]["more"] = 1
        else:
            holder[key] = self.random.choice(ODD)
        return whole[0] if whole else None


class Contract(unittest.TestCase):
    spec = json.loads((TREE / "data/api/openapi.json").read_text(encoding="utf-8"))

    def test_routes(self):
        table = (TREE / "src/server/api/routes.c").read_text(encoding="utf-8")
        served = set(re.findall(r'\{ "([A-Z]+)", "(/v1/[^"]*)"', table))
        described = {(method.upper(), path) for path, item in self.spec["paths"].items() for method in item}
        self.assertEqual(served, described)

    def test_references_and_schemas(self):
        text = json.dumps(self.spec)
        for reference in set(re.findall(r'"#/components/([^"]+)"', text)):
            kind, name = reference.split("/")
            self.assertIn(name, self.spec["components"][kind])
        for schema in self.spec["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_the_quick_judge_says_what_jsonschema_says(self):
        maker, compiler = Maker(self.spec["components"]), quick.Compiler(self.spec["components"])
        verdicts = {True: 0, False: 0}
        for name in self.spec["components"]["schemas"]:
            wanted = {"$ref": "#/components/schemas/" + name}
            slow = jsonschema.Draft202012Validator({**wanted, "components": self.spec["components"]})
            fits = compiler.compile(wanted)
            values = [maker.value(wanted) for _ in range(5)]
            values += [maker.mutant(v) for v in values for _ in range(2)] + list(ODD)
            for value in values:
                with self.subTest(name, value=value):
                    self.assertEqual(fits(value), slow.is_valid(value))
                verdicts[fits(value)] += 1
        self.assertGreater(min(verdicts.values()), 200)
        with self.assertRaises(AssertionError):
            compiler.compile({"type": "string", "format": "date"})

    def test_operations_have_names_of_their_own(self):
        names = [o["operationId"] for item in self.spec["paths"].values() for o in item.values()]
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main(verbosity=2)
