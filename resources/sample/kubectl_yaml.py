# SPDX-License-Identifier: Apache-2.0
"""Writes YAML the way `kubectl get -o yaml` prints it.

Block style, keys sorted, lists not indented below their key, no line folding, multi-line strings
as literals, quotes only where a plain scalar would not read back as the same string.
"""
import re

# What YAML 1.1 readers take for something else than a string: kubectl puts these in double quotes.
_NOT_A_STRING = re.compile(
    r"""^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE
    |y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF
    |[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)
    |[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
    |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?
    |<<|=)?$""",
    re.VERBOSE,
)
_FIRST = set("-?:,[]{}#&*!|>'\"%@`")


def _scalar(value):
    if value is True:
        return "true"
    if value is False:
        return "false"
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value)
    if _NOT_A_STRING.match(value):
        return '"' + value + '"'
    if any(ord(c) < 0x20 for c in value):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + escaped.replace("\t", "\\t").replace("\n", "\\n") + '"'
    # "-", "?" and ":" may begin a plain scalar when no blank follows.
    bad_start = value[0] in _FIRST and not (value[0] in "-?:" and len(value) > 1 and value[1] not in " ")
    if bad_start or value != value.strip() or ": " in value or " #" in value or value.endswith(":"):
        return "'" + value.replace("'", "''") + "'"
    return value


def _literal(value, indent):
    chomp = "" if value.endswith("\n") else "-"
    if value.endswith("\n\n"):
        chomp = "+"
    pad = " " * indent
    body = value[:-1] if value.endswith("\n") else value
    return "|" + chomp + "\n" + "\n".join(pad + line if line else "" for line in body.split("\n"))


def _is_literal(value):
    return isinstance(value, str) and "\n" in value and not value.startswith((" ", "\n")) and "\t" not in value


def _lines(value, indent, out):
    pad = " " * indent
    if isinstance(value, dict):
        for key in sorted(value):
            _entry(pad + _scalar(key) + ":", value[key], indent, out)
    else:
        for item in value:
            if isinstance(item, (dict, list)) and item:
                nested = []
                _lines(item, indent + 2, nested)
                nested[0] = pad + "- " + nested[0][indent + 2:]
                out.extend(nested)
            elif isinstance(item, (dict, list)):
                out.append(pad + "- " + ("{}" if isinstance(item, dict) else "[]"))
            elif _is_literal(item):
                out.append(pad + "- " + _literal(item, indent + 2))
            else:
                out.append(pad + "- " + _scalar(item))


def _entry(head, value, indent, out):
    if isinstance(value, dict):
        if not value:
            out.append(head + " {}")
            return
        out.append(head)
        _lines(value, indent + 2, out)
    elif isinstance(value, list):
        if not value:
            out.append(head + " []")
            return
        out.append(head)
        _lines(value, indent, out)
    elif _is_literal(value):
        out.append(head + " " + _literal(value, indent + 2))
    else:
        out.append(head + " " + _scalar(value))


def dump(value):
    """The document as text, ending in a line feed."""
    out = []
    _lines(value, 0, out)
    return "\n".join(out) + "\n"
