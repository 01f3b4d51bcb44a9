# SPDX-License-Identifier: GPL-3.0-or-later
"""data/api/openapi.json describes every route of the agent API and no other, and is sound in itself."""

import json
import pathlib
import re
import unittest

import jsonschema

TREE = pathlib.Path(__file__).resolve().parent.parent.parent


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

    def test_operations_have_names_of_their_own(self):
        names = [o["operationId"] for item in self.spec["paths"].values() for o in item.values()]
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main(verbosity=2)
