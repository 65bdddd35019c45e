#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Validates a JSON document. usage: validate_json.py SCHEMA DOCUMENT; exit 77 where python3-jsonschema is absent."""
import json
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)


def for_python(node):
    """Patterns of ECMA 262 in Python's words: its re knows no \\p{L}."""
    if isinstance(node, dict):
        return {key: value.replace("\\p{L}", "[^\\W\\d_]").replace("\\p{N}", "\\d") if key == "pattern" and isinstance(value, str)
                else for_python(value) for key, value in node.items()}
    return [for_python(value) for value in node] if isinstance(node, list) else node


schema = for_python(json.load(open(sys.argv[1], encoding="utf-8")))
document = json.load(open(sys.argv[2], encoding="utf-8"))
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
errors = list(validator(schema, format_checker=jsonschema.FormatChecker()).iter_errors(document))
for error in errors[:10]:
    print("/".join(map(str, error.absolute_path)) + ": " + error.message[:400])
print(f"{len(errors)} error(s)")
sys.exit(1 if errors else 0)
