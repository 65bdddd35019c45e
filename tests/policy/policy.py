#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rules of the house that no compiler checks. usage: policy.py RULE SOURCE_FOLDER; prints what breaks the rule."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

MODULES = ["base", "io", "document", "image", "cluster", "catalogue", "checks", "assessment", "workbench", "audit", "report"]
# image and cluster stand beside each other
BESIDE = {("image", "cluster"), ("cluster", "image")}


def files(root, *patterns):
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            if "build" not in path.relative_to(root).parts[:1]:
                yield path


def sources(root):
    yield from files(root, "core/**/*.h", "core/**/*.cpp", "ui/**/*.h", "ui/**/*.cpp", "app/**/*.h", "app/**/*.cpp", "tests/**/*.h", "tests/**/*.cpp")


def spdx(root):
    for path in sources(root):
        if "SPDX-License-Identifier: Apache-2.0" not in path.read_text("utf-8").split("\n", 2)[0]:
            yield f"{path}: first line has no SPDX identifier"
    for path in files(root, "resources/catalogue/*.yaml", "resources/checks/*.yaml", "resources/guidance/*.yaml", "resources/policy/*.yaml"):
        if "SPDX-License-Identifier: CC-BY-4.0" not in path.read_text("utf-8").split("\n", 2)[0]:
            yield f"{path}: first line has no SPDX identifier"
    for path in files(root, "installer/*.sh", ".ci/run", "**/CMakeLists.txt", "cmake/*.cmake"):
        if "SPDX-License-Identifier" not in path.read_text("utf-8")[:200]:
            yield f"{path}: no SPDX identifier"


def layers(root):
    for path in files(root, "core/**/*.h", "core/**/*.cpp"):
        here = path.relative_to(root / "core").parts[0]
        for include in re.findall(r'#include ["<]([^">]+)[">]', path.read_text("utf-8")):
            if re.match(r"Q[A-Z]|ui/|app/", include):
                yield f"{path}: core includes {include}"
            there = include.split("/")[1] if include.startswith("core/") else None
            if there and (MODULES.index(there) > MODULES.index(here) or (here, there) in BESIDE):
                yield f"{path}: {here} includes {include}, which lies above it"
    for path in files(root, "ui/**/*.h", "ui/**/*.cpp"):
        for include in re.findall(r'#include ["<]([^">]+)[">]', path.read_text("utf-8")):
            if re.match(r"archive|yaml-cpp|simdjson|sqlite3|app/", include):
                yield f"{path}: ui includes {include}"


FORBIDDEN = [
    (r"processEvents\(|QEventLoop\b", "nested event loops make jobs re-entrant", ("ui",)),
    (r"(dialog|box|Dialog|Box)[\w()]*(\.|->)exec\(", "open() dialogs instead", ("ui", "app")),
    (r"\.arg\([^()]*(\([^()]*\))*[^()]*\)\s*\.arg\(", "chained arg() substitutes what arguments bring along", ("core", "ui", "app")),
    (r"std::views::|std::ranges::views|<format>", "does not compile with clang 14", ("core", "ui", "app")),
    (r"\bTODO\b|\bFIXME\b|\bXXX\b", "unfinished work belongs into an issue", ("core", "ui", "app", "tests")),
    (r"std::ofstream|\bfopen\(|QSaveFile", "only saveAtomically() writes files", ("core", "ui", "app")),
]


def forbidden(root):
    for path in sources(root):
        top = path.relative_to(root).parts[0]
        text = path.read_text("utf-8")
        for pattern, why, where in FORBIDDEN:
            if top in where:
                for match in re.finditer(pattern, text):
                    yield f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match.group(0)!r}: {why}"


def machine_paths(root):
    pattern = re.compile(r"/(home|Users|work|root)/[a-z]|deb\.debian\.org|proxy\.golang|pypi\.org/simple")
    allowed = ("resources/sample/", "tests/", "resources/checks/")  # paths inside invented images and pods
    for path in files(root, "*", "*/**/*"):
        name = path.relative_to(root).as_posix()
        if path.is_file() and name != ".git" and not name.startswith((".git/", "build", "demo/", "LICENSES/", *allowed)):
            try:
                text = path.read_text("utf-8")
            except UnicodeDecodeError:
                continue
            for match in pattern.finditer(text):
                if not re.search(r'["`\'/ ]/root/', text[max(0, match.start() - 2):match.end()]):  # /root of an image is no path of ours
                    yield f"{path}: {match.group(0)}"


def lupdate_program():
    for candidate in ("lupdate", "/usr/lib/qt6/bin/lupdate"):
        if found := shutil.which(candidate):
            return found
    sys.exit("lupdate is missing")


def translations(root):
    names = sorted(str(path) for path in files(root, "core/**/*.h", "core/**/*.cpp", "ui/**/*.h", "ui/**/*.cpp", "app/**/*.cpp"))
    options = ["-tr-function-alias", "QT_TRANSLATE_NOOP+=TALLY_MESSAGE,QT_TRANSLATE_N_NOOP+=TALLY_MESSAGE_N", "-locations", "none", "-no-obsolete", "-I", str(root)]
    with tempfile.TemporaryDirectory() as folder:
        listing = pathlib.Path(folder) / "files.lst"
        listing.write_text("\n".join(names), "utf-8")
        for language, extra in (("de", []), ("en", ["-pluralonly"])):
            original = root / "translations" / f"tallymann_{language}.ts"
            copy = pathlib.Path(folder) / original.name
            shutil.copy(original, copy)
            subprocess.run([lupdate_program(), *options, *extra, f"@{listing}", "-ts", str(copy)], check=True, capture_output=True)
            fresh = messages(copy)
            for key in sorted(fresh.keys() ^ messages(original).keys()):
                yield f"{original}: run update_translations for {key}"
            for (context, source), (kind, texts) in sorted(fresh.items()):
                if kind or not all(texts):
                    yield f"{original}: {context}: {source!r} is not translated"
                for text in texts if language == "de" else []:
                    wanted, got = placeholders(source), placeholders(text or "")
                    if wanted - {"%n"} != got - {"%n"}:
                        yield f"{original}: {context}: {source!r} and {text!r} have different placeholders"


def messages(path):
    found = {}
    for context in ElementTree.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            translation = message.find("translation")
            forms = [form.text for form in translation.findall("numerusform")] or [translation.text]
            found[context.findtext("name"), message.findtext("source")] = translation.get("type"), forms
    return found


def placeholders(text):
    return set(re.findall(r"%[1-9n]", text))


def house_policy(root):
    """Schema, page and example of a house's policy know the entries that the program knows."""
    import jsonschema
    import yaml

    folder = root / "resources" / "policy"
    schema = json.loads((folder / "policy.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    example = yaml.safe_load((folder / "example.yaml").read_text("utf-8"))
    for error in validator.iter_errors(example):
        yield f"example.yaml: {error.message}"
    declared = re.search(r"policyEntries = \{(.*?)\}", (root / "core/checks/policy.h").read_text("utf-8"), re.S).group(1)
    page = (folder / "README.md").read_text("utf-8")
    for entry in set(re.findall(r'"(\w+)"', declared)) ^ (set(schema["properties"]) - {"schema"}):
        yield f"{entry} stands only in one of policy.h and policy.schema.json"
    for entry in schema["properties"].keys() - {"schema"}:
        if f"`{entry}`" not in page or entry not in example:
            yield f"{entry} is missing in README.md or example.yaml"
    wrong = [{"allowedRegistry": []}, {"allowedRegistries": ["https://a.example"]}, {"forbiddenPackages": ["*"]}, {"requiredLabels": ["a b"]},
             {"minimumReplicas": 0}, {"maximumImageAgeDays": "90"}, {"cpuLimits": "yes"}, {"zones": [{"name": "a", "purpose": "fun", "ranges": ["10.0.0.0/8"]}]}]
    for one in wrong:
        if validator.is_valid(one):
            yield f"the schema takes {one}"


def desktop_files(root):
    folder = root / "installer" / "linux"
    for command in (["desktop-file-validate", folder / "tallymann.desktop"], ["appstreamcli", "validate", "--no-net", folder / "org.tallymann.Tallymann.metainfo.xml"]):
        if not shutil.which(command[0]):
            yield f"{command[0]} is missing: run installer/dependencies.sh"
            continue
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode:
            yield result.stdout + result.stderr


def sample(root):
    """The sample is what its scripts write: the same bytes everywhere."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = []
        for name in ("one.tar", "two.tar"):
            subprocess.run([sys.executable, root / "resources/sample/make-image.py", f"{folder}/{name}"], check=True)
            outputs.append(pathlib.Path(folder, name).read_bytes())
        if outputs[0] != outputs[1]:
            yield "make-image.py: two runs differ"
    result = subprocess.run([sys.executable, root / "resources/sample/make-cluster.py", "--check"], capture_output=True, text=True)
    if result.returncode:
        yield result.stdout + result.stderr


if __name__ == "__main__":
    problems = list(globals()[sys.argv[1]](pathlib.Path(sys.argv[2])))
    print("\n".join(problems) or "fine")
    sys.exit(1 if problems else 0)
