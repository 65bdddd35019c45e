#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command line as a shell sees it. usage: cli_test.py CASE CLI SOURCE_FOLDER DATA_FOLDER; exit 77: skipped, said why."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

CASE, CLI = sys.argv[1], sys.argv[2]
SOURCE, DATA = pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4])
SAMPLE = SOURCE / "resources" / "sample"
problems = []


def check(condition, text):
    if not condition:
        problems.append(text)


def run(*arguments, environment=None, timeout=300):
    return subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
                          env={**os.environ, "XDG_CACHE_HOME": str(pathlib.Path(temporary) / "cache"), **(environment or {})})


def need(path):
    if not path.exists():
        print(f"skipped: {path} is absent")
        sys.exit(77)
    return path


def sample_image(folder):
    out = pathlib.Path(folder) / "portal.tar"
    subprocess.run([sys.executable, SAMPLE / "make-image.py", out], check=True)
    return out


def keys(value, wanted, what):
    found = [key for key in value if key in wanted]
    check(found == wanted, f"{what}: keys {found}, wanted {wanted} in this order")


HEAD = ["format", "tool", "created", "sources"]


def contract(folder):
    """cli-json.md, key by key."""
    image = json.loads(run("image", sample_image(folder), "--json", "-").stdout)
    keys(image, [*HEAD, "images", "diagnostics"], "image")
    keys(image["images"][0], ["names", "platform", "form", "manifestDigest", "configDigest", "config", "layers", "verdicts", "files", "bytes", "mergedBytes",
                              "efficiency", "wastedBytes", "wasted", "shadowedBytes", "shadowed", "os", "packages", "risks"], "image")
    keys(image["images"][0]["layers"][0], ["index", "digest", "diffId", "verified", "mediaType", "compressedBytes", "bytes", "entries", "command", "added",
                                           "changed", "removed"], "layer")
    check(all(layer["verified"] is True for layer in image["images"][0]["layers"]), "layers of the sample image are not verified")
    check("DB_PASSWORD" in image["images"][0]["config"]["env"], "env names are missing")

    cluster = json.loads(run("cluster", SAMPLE / "cluster", "--json", "-").stdout)
    keys(cluster, [*HEAD, "objects", "namespaces", "kubernetesVersion", "live", "completeness", "workloads", "diagnostics"], "cluster")
    keys(cluster["workloads"][0], ["apiVersion", "kind", "namespace", "name", "containers", "images", "controlledBy", "podSecurity"], "workload")
    check(cluster["objects"]["total"] == sum(cluster["objects"]["byKind"].values()), "objects do not add up")

    checks = json.loads(run("checks", "--json", "-").stdout)
    keys(checks, [*HEAD, "checks"], "checks")
    check(len(checks["checks"]) >= 71, f"{len(checks['checks'])} checks")
    keys(checks["checks"][0], ["id", "severity", "subject", "needs", "title", "description", "remediation", "notADeviationWhen", "parts", "attack", "parameters"],
         "check")

    report = pathlib.Path(folder) / "r.json"
    result = run("audit", "--image", sample_image(folder), "--cluster", SAMPLE / "cluster", "--report", report)
    check(result.returncode == 0, f"audit: exit {result.returncode}: {result.stderr}")
    audit = json.loads(report.read_text("utf-8"))
    keys(audit, [*HEAD, "edition", "run", "requirements", "findings", "diagnostics"], "audit")
    keys(audit["findings"][0], ["id", "check", "severity", "parts", "attack", "source", "file", "line", "column", "object", "also", "container", "field", "image",
                                "layer", "path", "message", "excerpt", "accepted"], "finding")
    keys(audit["requirements"][0], ["id", "level", "proposal", "decision", "parts"], "requirement")
    keys(audit["requirements"][0]["parts"][0], ["id", "modal", "class", "proposal", "basis", "findings", "decision"], "part")
    allowed = {"deviation", "no-deviation-found", "partly-checked", "manual", "organisational", "not-checked"}
    for requirement in audit["requirements"]:
        check(requirement["proposal"] in allowed and requirement["decision"] is None, f"{requirement['id']}: {requirement['proposal']}")
    check(len({finding["id"] for finding in audit["findings"]}) == len(audit["findings"]), "two findings have the same id")
    for finding in audit["findings"]:
        check(finding["message"]["de"] and finding["message"]["en"] and "%" not in finding["message"]["code"], f"message of {finding['check']}")


def sbom(folder):
    """Both bills of materials name the packages of the sample image, and twice the same bytes come out."""
    image = sample_image(folder)
    packages = json.loads(run("image", image, "--json", "-").stdout)["images"][0]["packages"]
    names = sorted(package["name"] for package in packages)
    check(len(names) > 3, f"only {len(names)} packages")
    out = pathlib.Path(folder) / "bom.json"
    result = run("image", image, "--sbom", "cyclonedx", "-o", out)
    check(result.returncode == 0 and not result.stdout, result.stderr)
    bom = json.loads(out.read_text("utf-8"))
    check(bom["specVersion"] == "1.5", "no CycloneDX 1.5")
    check(sorted(c["name"] for c in bom["components"] if c["type"] == "library") == names, "CycloneDX names other packages")
    check(bom["metadata"]["timestamp"] == "2026-11-22T01:02:03Z", f"time: {bom['metadata']['timestamp']}")
    check(run("image", image, "--sbom", "cyclonedx").stdout == out.read_text("utf-8"), "a second run differs")
    spdx = json.loads(run("image", image, "--sbom", "spdx", "--out", "-").stdout)
    check(spdx["spdxVersion"] == "SPDX-2.3", "no SPDX 2.3")
    check(sorted(p["name"] for p in spdx["packages"] if p["primaryPackagePurpose"] == "LIBRARY") == names, "SPDX names other packages")


def every_input(folder):
    """Everything under images and cluster: read, or refused with a reason; never a crash, never a hang."""
    need(DATA / "images")
    roots = [DATA / "images", DATA / "cluster", DATA / "manifests"]
    tried = 0
    for root in roots:
        paths = [p for p in sorted(root.rglob("*")) if p.is_dir() or p.suffix in (".tar", ".gz", ".zip", ".tgz", ".json", ".yaml", ".yml", "")]
        paths = [p for p in paths if len(p.relative_to(root).parts) <= 3]
        command = "image" if root.name == "images" else "cluster"
        for path in paths:
            result = run(command, path, "--json", "-", timeout=240)
            tried += 1
            check(result.returncode in (0, 3), f"{command} {path}: exit {result.returncode}: {result.stderr[-300:]}")
            if result.returncode == 0:
                json.loads(result.stdout)
            else:
                check(len(result.stderr.strip()) > 20, f"{path}: refused without a reason")
    check(tried > 300, f"only {tried} inputs tried")
    print(f"{tried} inputs")


def proposals(report):
    audit = json.loads(report.read_text("utf-8"))
    return {part["id"]: part["proposal"] for requirement in audit["requirements"] for part in requirement["parts"]}


def missing_kind(folder):
    """Without NetworkPolicy in the export the parts that need it are not checked, never "no deviation"."""
    import shutil
    whole, cut = pathlib.Path(folder) / "whole.json", pathlib.Path(folder) / "cut.json"
    export = pathlib.Path(folder) / "export"
    shutil.copytree(SAMPLE / "cluster", export)
    run("audit", "--cluster", export, "--report", whole)
    (export / "networkpolicies.yaml").unlink()
    result = run("audit", "--cluster", export, "--report", cut)
    check(result.returncode == 0, result.stderr)
    before, after = proposals(whole), proposals(cut)
    check(before["SYS.1.6.A5.3"] != "not-checked", "A5.3 is not checked even with NetworkPolicies")
    check(after["SYS.1.6.A5.3"] == "not-checked", f"A5.3 without NetworkPolicies: {after['SYS.1.6.A5.3']}")
    for part, proposal in after.items():
        check(not (proposal == "no-deviation-found" and before[part] != "no-deviation-found"), f"{part} became greener by leaving a kind out")


def exit_codes(folder):
    image = sample_image(folder)
    cases = [
        (0, ["audit", "--image", image]),
        (1, ["audit", "--image", image, "--fail-on", "info"]),
        (2, ["audit"]),
        (2, ["nonsense"]),
        (2, ["audit", "--image", image, "--evidence", image]),
        (2, ["audit", "--image", image, "--report", f"{folder}/a.doc"]),
        (2, ["audit", "--image", image, "--report", f"{folder}/no/such/folder/a.json"]),
        (3, ["audit", "--image", f"{folder}/missing.tar"]),
        (3, ["image", SAMPLE / "cluster"]),
        (2, ["image", image, "--sbom", "csv"]),
        (2, ["image", image, "--out", f"{folder}/a.json"]),
        (2, ["image", image, "--sbom", "spdx", "--out", f"{folder}/no/such/folder/a.json"]),
        (3, ["cluster", image]),
        (0, ["--help"]),
        (0, ["--version"]),
        (0, ["export-script"]),
        (2, ["export-script", "--namespaces", "a;rm"]),
        (3, ["verify", image]),
    ]
    for code, arguments in cases:
        result = run(*arguments)
        check(result.returncode == code, f"{arguments}: exit {result.returncode}, wanted {code}: {result.stderr[-200:]}")
    good, report = pathlib.Path(folder) / "a.tally", pathlib.Path(folder) / "still.json"
    result = run("audit", "--image", image, "--image", f"{folder}/missing.tar", "--save", good, "--report", report)
    check(result.returncode == 3 and report.exists(), "one unusable input must not keep the other outputs back")
    head = run("verify", good).stdout.strip()
    check(run("verify", good, "--expect", head).returncode == 0, "verify with the right head")
    check(run("verify", good, "--expect", "0" * 64).returncode == 1, "verify with another head")
    check(run("verify", good, "--expect", head.upper()).returncode == 0, "verify with the right head in capitals")
    check(run("verify", good, "--expect", "").returncode == 2, "verify with an empty head, as of a variable not set")
    subprocess.run(["sqlite3", good, "UPDATE source SET bytes = bytes + 1"], check=True)
    changed = run("verify", good)
    check(changed.returncode == 1 and "source" in changed.stderr, f"a changed row: {changed.stderr}")


def reports(folder):
    """The way of the issue: image and cluster of others, PDF and JSON, both languages."""
    image, cluster = need(DATA / "images/dive/test-docker-image.tar"), need(DATA / "cluster/kubevious-getall/data-big")
    out = pathlib.Path(folder)
    result = run("audit", "--image", image, "--cluster", cluster, "--save", out / "a.tally", "--report", out / "a.pdf", "--report", out / "a.json",
                 "--report", out / "a.html", "--lang", "de")
    check(result.returncode == 0, result.stderr)
    check(run("report", out / "a.tally", "--out", out / "b.pdf", "--lang", "en").returncode == 0, "English report of the stored audit")
    for name, words in (("a.pdf", ["SYS.1.6.A17", "nicht geprüft"]), ("b.pdf", ["SYS.1.6.A17", "not checked"])):
        check(subprocess.run(["qpdf", "--check", out / name], capture_output=True).returncode == 0, f"qpdf --check {name}")
        text = subprocess.run(["pdftotext", out / name, "-"], capture_output=True, text=True).stdout
        for word in words:
            check(word in text, f"{name} lacks {word}")
        check(str(folder) not in text, f"{name} holds a path of this machine")
    again = run("report", out / "a.tally", "--out", out / "c.json")
    check(again.returncode == 0, again.stderr)
    first, second = json.loads((out / "a.json").read_text("utf-8")), json.loads((out / "c.json").read_text("utf-8"))
    check(first["findings"] == second["findings"] and first["requirements"] == second["requirements"], "a reopened audit reports something else")


SUFFIXES = ["pdf", "html", "xlsx", "csv", "json", "sarif", "oscal.json", "vna", "posture.csv", "zip"]


def exports(folder):
    """Every format, twice the same; the archive's checksums; answers in a workbook read back."""
    image, out = sample_image(folder), pathlib.Path(folder)
    result = run("audit", "--image", image, "--cluster", SAMPLE / "cluster", "--save", out / "a.tally", "--auditor", "A. Uditor", "--lang", "de")
    check(result.returncode == 0, result.stderr)
    result = run("report", out / "a.tally", *[word for suffix in SUFFIXES for word in ("--out", out / f"a.{suffix}")], "--lang", "de")
    check(result.returncode == 0, result.stderr)
    result = run("report", out / "a.tally", "--out", out / "b.zip", "--lang", "de")
    check(result.returncode == 0, result.stderr)
    check((out / "a.zip").read_bytes() == (out / "b.zip").read_bytes(), "two runs write different archives")
    with zipfile.ZipFile(out / "a.zip") as archive:
        written = {name: archive.read(name) for name in archive.namelist()}
    for suffix in SUFFIXES:
        content = (out / f"a.{suffix}").read_bytes()
        check(len(content) > 1000, f".{suffix} is nearly empty")
        if suffix != "zip":
            inside = written.get(f"de/audit.{suffix}", written.get(f"audit.{suffix}"))
            check(content == inside, f".{suffix} is another one in the archive")
        if suffix != "json":  # whose contract is the path as it was given
            check(str(folder).encode() not in content, f".{suffix} holds a path of this machine")
    check(run("report", out / "a.tally", "--out", out / "a.txt").returncode == 2, "an unknown format is no wrong call")
    unpacked = out / "unpacked"
    with zipfile.ZipFile(out / "a.zip") as archive:
        archive.extractall(unpacked)
    sums = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=unpacked, capture_output=True, text=True)
    check(sums.returncode == 0 and sums.stdout.count(": OK") == 44, f"sha256sum -c: {sums.stdout}{sums.stderr}")

    result = run("answers", out / "a.tally", out / "a.xlsx", "--lang", "en")
    check(result.returncode == 0 and not result.stdout, f"an untouched workbook has answers: {result.stdout}{result.stderr}")
    filled = out / "filled.xlsx"
    fill(out / "a.xlsx", filled, {"SYS.1.6.A1": {"J": "ja", "K": "Handbuch, Kapitel 3"}, "SYS.1.6.A2": {"J": "nein"}})
    result = run("answers", out / "a.tally", filled, "--lang", "en")
    check(result.returncode == 1 and "SYS.1.6.A1\n  status: not yet assessed -> yes" in result.stdout, f"preview: {result.stdout}{result.stderr}")
    check("SYS.1.6.A2" in result.stderr, f"what is refused is not said: {result.stderr}")
    check("--apply" in result.stderr, f"not said how to apply: {result.stderr}")
    result = run("answers", out / "a.tally", filled, "--apply", "--by", "I. Nterview", "--lang", "en")
    check(result.returncode == 1, result.stderr)
    run("report", out / "a.tally", "--out", out / "c.json")
    decided = {each["id"]: each["decision"] for each in json.loads((out / "c.json").read_text("utf-8"))["requirements"] if each["decision"]}
    check(list(decided) == ["SYS.1.6.A1"] and decided["SYS.1.6.A1"]["by"] == "I. Nterview", f"decided: {decided}")
    fill(out / "a.xlsx", filled, {"SYS.1.6.A1": {"J": "entbehrlich", "K": "anders"}})
    result = run("answers", out / "a.tally", filled, "--apply", "--lang", "en")
    check(result.returncode == 1 and "SYS.1.6.A1 was decided anew" in result.stderr, f"no conflict: {result.stdout}{result.stderr}")
    check(run("verify", out / "a.tally").returncode == 0, "the journal does not fit")
    check(run("answers", out / "a.tally", out / "a.pdf").returncode == 3, "a PDF is a workbook")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 0h40v10H0z" fill="#123456"/></svg>'


def kinds(folder):
    """Kinds of reports, excerpts that say so, the house's look kept in the audit, and what is refused."""
    out = pathlib.Path(folder)
    audit = out / "a.tally"
    run("audit", "--cluster", SAMPLE / "cluster", "--save", audit, "--auditor", "A. Uditor", "--lang", "en")

    def html(*arguments):
        result = run("--lang", "en", "report", audit, "--out", out / "r.html", *arguments)
        check(result.returncode == 0, f"{arguments}: {result.stderr}")
        return (out / "r.html").read_text("utf-8")

    def refused(code, words, *arguments):
        result = run("--lang", "en", "report", audit, *arguments)
        check(result.returncode == code and words in result.stderr, f"{arguments}: {result.returncode} {result.stderr}")

    titles = {"audit": "Audit report", "management": "Management summary", "short": "Short report", "deficiencies": "List of deficiencies",
              "plan": "Implementation plan", "unchecked": "List of what was not checked", "evidence": "Evidence list", "requests": "Evidence request list"}
    for kind, title in titles.items():
        page = html("--kind", kind)
        check(title in page and "(excerpt)" not in page, f"--kind {kind}")
        pdf = out / f"{kind}.pdf"
        check(run("report", audit, "--kind", kind, "--out", pdf).returncode == 0, f"--kind {kind} as PDF")
        check(subprocess.run(["qpdf", "--check", pdf], capture_output=True).returncode == 0, f"qpdf --check {kind}.pdf")
    pages = subprocess.run(["pdfinfo", out / "management.pdf"], capture_output=True, text=True).stdout
    check(re.search(r"Pages:\s+2\n", pages), f"management summary: {pages}")

    page = html("--section", "summary,A", "--only-open")
    check("Left out: 2" in page and "Only open items" in page and 'id="r-s4"' not in page, "an excerpt does not say so")
    refused(2, "“novel” is no kind", "--kind", "novel", "--out", out / "x.pdf")
    refused(2, "no section", "--section", "prologue", "--out", out / "x.pdf")
    refused(2, "no sections", "--kind", "plan", "--section", "1", "--out", out / "x.pdf")
    refused(2, "no namespace “nowhere”", "--namespace", "nowhere", "--out", out / "x.pdf")
    refused(2, "for PDF and HTML", "--kind", "plan", "--out", out / "x.csv")
    refused(2, "no paper", "--paper", "A5", "--out", out / "x.pdf")
    check(not (out / "x.pdf").exists() and not (out / "x.csv").exists(), "something was written all the same")

    logo, bad = out / "logo.svg", out / "bad.svg"
    logo.write_text(SVG)
    bad.write_text(SVG.replace("<path", "<script>x</script><path"))
    refused(2, "more than a drawing", "--logo", bad, "--out", out / "x.pdf")
    refused(2, "x.png", "--logo", out / "x.png", "--out", out / "x.pdf")
    look = ["--logo", logo, "--letterhead", "Stadtwerke Musterhafen", "--letterhead", "Am Kai 3", "--classification", "TLP:RED", "--paper", "letter",
            "--signature", "Head: Jana Beck"]
    page = html(*look)
    check("data:image/svg+xml;base64," in page and "Am Kai 3" in page and "TLP:RED" in page and "Jana Beck" in page, "the look is not in the report")
    check("Am Kai 3" not in html(), "a look that nobody kept is there again")
    html(*look, "--keep-look")
    check("Am Kai 3" in html() and "TLP:RED" in html(), "a look that was kept is gone")
    check(run("verify", audit).returncode == 0, "the audit is not consistent after that")
    page = html("--logo", "", "--letterhead", "")
    check("data:image" not in page and "Am Kai 3" not in page, "the kept look cannot be left out")

    def difference(*arguments):
        result = run("--lang", "en", "compare", audit, audit, "--out", out / "d.html", *arguments)
        check(result.returncode == 0, f"compare {arguments}: {result.stderr}")
        return (out / "d.html").read_text("utf-8")

    before = run("verify", audit).stdout
    page = difference()
    check("Am Kai 3" in page and "TLP:RED" in page, "differences do not look as the newer audit keeps it")
    page = difference("--logo", "", "--letterhead", "Am Markt 1", "--classification", "TLP:GREEN")
    check("data:image" not in page and "Am Markt 1" in page and "Am Kai 3" not in page and "TLP:GREEN" in page and "TLP:RED" not in page,
          "differences do not look as the call wants it")
    check(run("verify", audit).stdout == before, "comparing changed the audit")
    for wrong in (["--logo", bad], ["--paper", "A5"]):
        check(run("compare", audit, audit, "--out", out / "x.pdf", *wrong).returncode == 2 and not (out / "x.pdf").exists(), f"compare {wrong}")
    for paper, points in (("a4", "595"), ("letter", "612 x 792")):
        run("compare", audit, audit, "--out", out / "d.pdf", "--paper", paper)
        pages = subprocess.run(["pdfinfo", out / "d.pdf"], capture_output=True, text=True).stdout
        check(f"Page size:       {points}" in pages, f"compare --paper {paper}: {pages}")


def modules(folder):
    """An audit in which two modules were judged: each has its report, alone and in the archive of everything."""
    out = pathlib.Path(folder)
    audit = out / "a.tally"
    run("audit", "--cluster", SAMPLE / "cluster", "--save", audit, "--auditor", "A. Uditor", "--title", "First", "--lang", "en")
    only = run("--lang", "en", "report", audit, "--out", out / "only.html")
    check(only.returncode == 0 and not (out / "only.APP.4.4.html").exists() and "module" not in only.stderr, f"nobody judged APP.4.4: {only.stderr}")
    run("report", audit, "--out", out / "a.xlsx", "--lang", "de")
    fill(out / "a.xlsx", out / "filled.xlsx", {"SYS.1.6.A1": {"J": "ja", "K": "Handbuch, Kapitel 3"}, "APP.4.4.A3.1": {"J": "nein", "K": "kein Konzept"}})
    result = run("answers", audit, out / "filled.xlsx", "--apply", "--by", "I. Nterview", "--lang", "en")
    check(result.returncode == 0, f"answers: {result.stdout}{result.stderr}")

    both = run("--lang", "en", "report", audit, "--out", out / "r.html", "--out", out / "r.csv")
    pages = {name: (out / name).read_text("utf-8") for name in ("r.html", "r.APP.4.4.html")}
    check(both.returncode == 0 and "r.APP.4.4.html" in both.stderr and "Several modules were judged" in both.stderr, f"two modules: {both.stderr}")
    check("module SYS.1.6" in pages["r.html"] and "Handbuch, Kapitel 3" in pages["r.html"], "the first file is not about SYS.1.6")
    check("module APP.4.4" in pages["r.APP.4.4.html"] and "kein Konzept" in pages["r.APP.4.4.html"], "the second file is not about APP.4.4")
    one = run("--lang", "en", "report", audit, "--out", out / "one.html", "--module", "app.4.4")
    check(one.returncode == 0 and (out / "one.html").read_text("utf-8") == pages["r.APP.4.4.html"], f"--module: {one.stderr}")
    check("none of these reports: SYS.1.6" in one.stderr and not (out / "one.APP.4.4.html").exists(), f"not said what is left out: {one.stderr}")
    for words, arguments in (("Known are SYS.1.6, APP.4.4", ["--module", "SYS.9"]), ("whole audit", ["--module", "APP.4.4", "--kind", "evidence"]),
                             ("compare", ["--earlier", audit])):
        wrong = run("--lang", "en", "report", audit, "--out", out / "x.html", *arguments)
        check(wrong.returncode == 2 and words in wrong.stderr and not (out / "x.html").exists(), f"{arguments}: {wrong.returncode} {wrong.stderr}")
    wrong = run("--lang", "en", "report", audit, "--out", out / "x.json", "--module", "APP.4.4")
    check(wrong.returncode == 2 and "for PDF and HTML" in wrong.stderr, f"--module of JSON: {wrong.stderr}")

    def archive(name, *arguments):
        result = run("--lang", "en", "report", audit, "--out", out / name, *arguments)
        check(result.returncode == 0, f"{name}: {result.stderr}")
        with zipfile.ZipFile(out / name) as content:
            return {each: content.read(each) for each in content.namelist()}, result.stderr

    inside, said = archive("all.zip")
    check(said == "", f"an archive that lacks nothing says: {said}")
    for name in ("audit.pdf", "audit.APP.4.4.pdf", "plan.APP.4.4.html", "unchecked.pdf", "evidence.pdf", "requests.xlsx", "journal.csv"):
        check(f"de/{name}" in inside and f"en/{name}" in inside, f"the archive lacks {name}")
    head = run("verify", audit).stdout.split()[0]
    check(json.loads(inside["en/journal.json"])["head"] == head and head in inside["README.txt"].decode(), "the archive does not tell the journal's head")
    difference = run("--lang", "en", "compare", audit, audit, "--out", out / "d.html")
    check(difference.returncode == 0 and (out / "d.APP.4.4.html").exists() and "d.APP.4.4.html" in difference.stderr, f"compare: {difference.stderr}")
    check(not any("difference" in name for name in inside), "a difference report of an audit that was started from no other")
    earlier = out / "earlier.tally"
    earlier.write_bytes(audit.read_bytes())
    wrong = run("--lang", "en", "report", audit, "--out", out / "x.zip", "--earlier", out / "a.xlsx")
    check(wrong.returncode == 2 and not (out / "x.zip").exists(), f"--earlier FILE is no audit: {wrong}")
    inside, _ = archive("named.zip", "--earlier", earlier)
    check("de/difference.APP.4.4.pdf" in inside and "difference.json" in inside, "--earlier gives no difference report")


def fill(before, after, answers):
    """Types texts into cells of the sheet of requirements: {id: {column: text}}."""
    with zipfile.ZipFile(before) as source:
        members = {name: source.read(name) for name in source.namelist()}
    texts = re.findall(r"<si><t[^>]*>(.*?)</t></si>", members["xl/sharedStrings.xml"].decode(), re.S)
    sheet = members["xl/worksheets/sheet2.xml"].decode()
    rows = {texts[int(index)]: row for row, index in re.findall(r'<c r="A(\d+)"[^>]*t="s"><v>(\d+)</v></c>', sheet)}
    for name, cells in answers.items():
        for column, text in cells.items():
            place = column + rows[name]
            sheet, count = re.subn(rf'<c r="{place}"[^>]*?(/>|>.*?</c>)', f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>', sheet)
            check(count == 1, f"no cell {place}")
    members["xl/worksheets/sheet2.xml"] = sheet.encode()
    with zipfile.ZipFile(after, "w") as target:
        for name, content in members.items():
            target.writestr(name, content)


def threads(folder):
    """One thread and several give the same bytes, and so do two runs: of the PDF, too, whatever order Qt's hashes have."""
    image = sample_image(folder)
    outputs = []
    for count in ("1", "4"):
        reports = [pathlib.Path(folder) / f"{count}.{form}" for form in ("json", "pdf")]
        result = run("audit", "--image", image, "--report", reports[0], "--report", reports[1], environment={"TALLYMANN_THREADS": count})
        check(result.returncode == 0, result.stderr)
        outputs.append([report.read_bytes() for report in reports])
        result = run("audit", "--image", image, "--cluster", SAMPLE / "cluster", "--report", reports[0], environment={"TALLYMANN_THREADS": count})
        check(result.returncode == 0, result.stderr)
        outputs[-1].append(reports[0].read_bytes())
    check(outputs[0] == outputs[1], "1 and 4 threads give different reports")


def cache(folder):
    """An image that was read before is there at once, says so, and is read anew for a report."""
    image = sample_image(folder)
    kept = {"XDG_CACHE_HOME": str(pathlib.Path(folder) / "kept")}

    def read(*arguments):
        result = run("image", image, "--json", "-", *arguments, environment=kept)
        check(result.returncode == 0, result.stderr)
        return json.loads(result.stdout), result.stderr

    store = pathlib.Path(kept["XDG_CACHE_HOME"]) / "tallymann" / "images"
    first, _ = read()
    for _ in range(100):  # a file that has just been written is not kept
        if store.exists():
            break
        first, _ = read()
    again, said = read()
    check("cached" not in first["sources"][0], "read for the first time, and said to come from the cache")
    check(again["sources"][0].get("cached") is True and again["sources"][0]["verifiedAt"], "not said to come from the cache")
    check(again["sources"][0]["verifiedAt"] != "2026-11-22T01:02:03Z", "the date of the outputs is kept for that of the digests")
    check("--no-cache" in said, f"standard error says nothing of the cache: {said}")
    check(first["images"] == again["images"] and first["diagnostics"] == again["diagnostics"], "the cache gives something else")
    check("cached" not in read("--no-cache")[0]["sources"][0], "--no-cache uses the cache")
    check(oct(store.stat().st_mode & 0o777) == "0o700", "others can list the cache")
    check([oct(each.stat().st_mode & 0o777) for each in store.iterdir()] == ["0o600"], "others can read the cache")

    motd = run("image", image, "--extract", "/etc/passwd", "--to", folder, environment=kept)
    check(motd.returncode == 0 and (pathlib.Path(folder) / "passwd").stat().st_size > 0, f"no file out of a cached image: {motd.stderr}")
    tree = run("image", image, "--tree", environment=kept).stdout
    check(tree == run("image", image, "--tree", "--no-cache").stdout and len(tree) > 100, "another tree out of the cache")
    other = pathlib.Path(folder) / "other.tar"
    other.write_bytes(image.read_bytes())
    same = run("image", image, "--compare", other, environment=kept).stdout
    check("files: 0" in same, f"two copies differ: {same}")

    audit, report = pathlib.Path(folder) / "a.tally", pathlib.Path(folder) / "r.json"
    run("audit", "--image", image, "--report", report, environment=kept)
    check("cached" not in json.loads(report.read_text("utf-8"))["sources"][0], "a report of digests that were not computed for it")
    saved = run("audit", "--image", image, "--save", audit, environment=kept)
    check("--no-cache" in saved.stderr, "an audit without a report did not use the cache")
    run("report", audit, "--out", report, environment=kept)
    check("cached" not in json.loads(report.read_text("utf-8"))["sources"][0], "the digests were not computed before the report")
    check(run("verify", audit).returncode == 0, "the audit is not consistent after that")
    before = audit.read_bytes()
    differences = run("compare", audit, audit, "--lang", "en", "--out", report)
    check(differences.returncode == 0 and "New: 0" in differences.stdout, f"an audit differs from itself: {differences}")
    told = json.loads(report.read_text("utf-8"))
    check(told["counts"]["same"] == len(told["findings"]) > 0, f"findings of an audit and itself: {told['counts']}")
    check(audit.read_bytes() == before, "an audit that was compared was changed")
    check(run("compare", audit, image).returncode == 3, "an image was compared as an audit")
    check(run("compare", audit).returncode == 2, "one audit was compared with nothing")
    audit.unlink()
    run("audit", "--image", image, "--save", audit, environment=kept)
    hidden = image.rename(pathlib.Path(folder) / "gone.tar")
    run("report", audit, "--out", report, environment=kept)
    check(json.loads(report.read_text("utf-8"))["sources"][0].get("cached") is True, "a report does not say that its digests are old")
    html = pathlib.Path(folder) / "r.html"
    run("--lang", "en", "report", audit, "--out", html, environment=kept)
    check("not computed again" in html.read_text("utf-8"), "a report for people does not say that its digests are old")
    hidden.rename(image)

    check(int(run("cache", environment=kept).stderr.split()[0]) >= 1, "cache does not count")
    run("cache", "--clear", environment=kept)
    check(list(store.iterdir()) == [], "cache --clear leaves something")
    for _ in range(100):  # as above: the file was just renamed
        unusable = run("image", image, "--json", "-", environment={"XDG_CACHE_HOME": "/dev/null/cache"})
        if unusable.stderr:
            break
    check(unusable.returncode == 0 and json.loads(unusable.stdout)["images"], "an unusable cache folder stops the program")
    check(unusable.stderr != "", "nobody learns that the cache cannot be used")


def evidence(folder):
    """What is attached comes out again as it was, under harmless names, and nothing is overwritten."""
    folder = pathlib.Path(folder)
    audit, out = folder / "a.tally", folder / "out"
    run("audit", "--image", sample_image(folder), "--save", audit)
    note = folder / "a note;rm.txt"
    note.write_text("what was said")
    big = folder / "big.bin"
    big.write_bytes(bytes(range(256)) * 8192)
    added = run("--lang", "en", "evidence", audit, "--add", note, "--for", "A3", "SYS.1.6.A17.2", "--title", "Interview", "--expires", "2027-11-22")
    check(added.returncode == 0 and "N-001" in added.stderr and "masked" in added.stderr, f"--add: {added}")
    again = run("--lang", "en", "evidence", audit, "--add", note, "--for", "A4")
    check(again.returncode == 0 and "exactly this content already" in again.stderr, f"the same content: {again.stderr}")
    check(run("evidence", audit, "--add", big).returncode == 0, "--add of a second file")
    check(run("evidence", audit, "--add", "https://wiki.example/concept", "--for", "A1").returncode == 0, "--add of a link")
    check(run("evidence", audit, "--add", folder / "missing").returncode == 3, "a file that is not there")
    check(run("evidence", audit, "--add", note, "--for", "A99").returncode == 2, "a requirement that does not exist")
    listed = run("evidence", audit).stdout
    check("Interview" in listed and "SYS.1.6.A17.2 SYS.1.6.A4" in listed and len(listed.splitlines()) == 3, f"list: {listed}")
    check(run("verify", audit).returncode == 0, "the audit is not consistent after that")
    check(run("evidence", audit, "--to", out).returncode == 0, "--to")
    names = sorted(each.name for each in out.iterdir())
    check(names == ["N-001_a_note_rm.txt", "N-002_big.bin", "N-003_https_wiki.example_concept.url.txt", "SHA256SUMS"], f"names {names}")
    check((out / "N-002_big.bin").read_bytes() == big.read_bytes(), "another content came out")
    sums = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=out, capture_output=True, text=True)
    check(sums.returncode == 0, f"sha256sum: {sums.stdout}")
    check(run("evidence", audit, "--to", out).returncode == 2, "something is overwritten")
    report = folder / "r.pdf"
    run("--lang", "en", "report", audit, "--out", report)
    embedded = subprocess.run(["qpdf", "--list-attachments", report], capture_output=True, text=True).stdout
    check("N-002_big.bin" in embedded, f"not embedded: {embedded}")


def sign(folder):
    """Signed off with a key and without, verified by this program and by openssl; the journal comes out in both formats."""
    folder = pathlib.Path(folder)
    audit = folder / "a.tally"

    def openssl(*arguments):
        return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True)

    run("audit", "--image", sample_image(folder), "--save", audit)
    check(run("sign", audit).returncode == 2, "signed off by nobody")
    plain = run("--lang", "en", "sign", audit, "--by", "A. Auditor", "--purpose", "draft")
    check(plain.returncode == 0 and re.fullmatch(r"[0-9a-f]{64}\n", plain.stdout), f"without a key: {plain}")
    check("undecided" in plain.stderr, f"open points are not named: {plain.stderr}")
    said = run("--lang", "en", "verify", audit)
    check(said.returncode == 0 and "without a signature by A. Auditor" in said.stderr, f"verify: {said}")
    kinds = {"ed25519": ("-algorithm", "ed25519"), "ec": ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
             "rsa": ("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")}
    for kind, how in kinds.items():
        key, public = folder / f"{kind}.pem", folder / f"{kind}.pub"
        secret = folder / "passphrase"
        secret.write_text("right\nnot this\n")
        made = openssl("genpkey", *how, "-aes256", "-pass", "pass:right", "-out", key)
        check(made.returncode == 0, f"openssl genpkey: {made.stderr}")
        openssl("pkey", "-in", key, "-passin", "pass:right", "-pubout", "-out", public)
        check(run("sign", audit, "--by", "B. Boss", "--key", key).returncode == 2, f"{kind}: signed without a passphrase")
        signed = run("--lang", "en", "sign", audit, "--by", "B. Boss", "--key", key, "--passphrase-file", secret, "--detached")
        check(signed.returncode == 0, f"{kind}: {signed}")
        text, signature = folder / "a.tally.signoff.txt", folder / "a.tally.sig"
        check(f"Journal head: {signed.stdout.strip()}\n" in text.read_text("utf-8"), f"{kind}: another head in the text")
        arguments = ["pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin", "-in", text, "-sigfile", signature] if kind == "ed25519" \
            else ["dgst", "-sha256", "-verify", public, "-signature", signature, text]
        check(openssl(*arguments).returncode == 0, f"{kind}: openssl does not verify it")
        check((folder / "a.tally.pub.pem").read_text() == public.read_text(), f"{kind}: another public key")
        said = run("--lang", "en", "verify", audit, "--key", public)
        check(said.returncode == 0 and "Not changed since." in said.stderr, f"{kind}: verify: {said}")
        text.write_text(text.read_text("utf-8").replace("B. Boss", "C. Chief"))
        check(openssl(*arguments).returncode != 0, f"{kind}: openssl verifies a forged text")
    openssl("genpkey", "-algorithm", "ed25519", "-out", folder / "other.pem")
    openssl("pkey", "-in", folder / "other.pem", "-pubout", "-out", folder / "other.pub")
    check(run("verify", audit, "--key", folder / "other.pub").returncode == 1, "verified with a key that signed nothing")
    html = folder / "r.html"
    run("--lang", "en", "report", audit, "--out", html)
    page = html.read_text("utf-8")
    check("B. Boss" in page and "Not changed since." in page, "the report does not name the sign-off")
    note = folder / "note.txt"
    note.write_text("later")
    run("evidence", audit, "--add", note)
    said = run("--lang", "en", "verify", audit, "--key", folder / "rsa.pub")
    check(said.returncode == 1 and "Changed after the sign-off" in said.stderr, f"changed since, and not said: {said}")
    check(run("verify", audit).returncode == 0, "a change after the sign-off is no damage")
    run("--lang", "en", "report", audit, "--out", html)
    check("Changed after the sign-off" in html.read_text("utf-8"), "the report does not say that it was changed since")

    csv, out = folder / "j.csv", folder / "j.json"
    check(run("journal", audit, "--out", csv).returncode == 0 and csv.read_bytes().startswith(b"\xef\xbb\xbf"), "journal as CSV")
    run("--lang", "en", "journal", audit, "--out", out)
    journal = json.loads(out.read_text("utf-8"))
    check([each["event"] for each in journal["entries"]].count("signed-off") == 4, "sign-offs are missing in the JSON")
    check(journal["head"] == run("verify", audit).stdout.split()[0], "another head in the JSON")
    check("Signed off" in run("--lang", "en", "journal", audit).stdout, "journal as lines")
    check(run("journal", audit, "--out", folder / "j.txt").returncode == 2, "a format that there is not")


def clusters(folder):
    """Two clusters in one audit: judged one by one, put together and named by a person."""
    folder = pathlib.Path(folder)

    def export(name, uid, privileged):
        out = folder / name
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": "shop", "uid": f"web-{uid}"},
               "spec": {"containers": [{"name": "c", "image": "i", "securityContext": {"privileged": privileged}}]}}
        space = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-system", "uid": uid}}
        out.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": [space, pod]}), "utf-8")
        return out

    audit, report = folder / "two.tally", folder / "two.json"
    result = run("audit", "--cluster", export("prod.json", "u1", True), "--cluster", export("staging.json", "u2", False), "--save", audit,
                 "--report", report)
    check(result.returncode == 0, f"audit: exit {result.returncode}: {result.stderr}")
    made = json.loads(report.read_text("utf-8"))
    check([each["name"] for each in made["clusters"]] == ["prod.json", "staging.json"], f"clusters: {made['clusters']}")
    where = {finding["cluster"] for finding in made["findings"] if finding["check"] == "POD-PRIVILEGED"}
    check(where == {"u1"}, f"privileged in {where}")
    listed = run("clusters", audit).stdout
    check("prod.json" in listed and "u2" in listed and "  2  staging.json" in listed, listed)
    named = run("clusters", audit, "--name", "2=Staging", "--by", "A. Uditor").stdout
    check("Staging  u2" in named, named)
    for wrong in ("9=1", "1=1", "staging", "=", "1=", "2=x"):
        check(run("clusters", audit, "--assign", wrong).returncode == 2, f"taken: {wrong}")
    together = run("clusters", audit, "--assign", "2=1")
    check(together.returncode == 0 and "u2" not in together.stdout, together.stdout + together.stderr)
    check(run("report", audit, "--out", report).returncode == 0, "no report")
    made = json.loads(report.read_text("utf-8"))
    check(len(made["clusters"]) == 1 and made["clusters"][0]["sources"] == [0, 1], f"clusters: {made['clusters']}")
    check("2  staging.json" in run("clusters", audit, "--assign", "2=new").stdout, "not apart again")
    check(len(run("clusters", audit).stdout.splitlines()) == 4, "not two clusters again")
    check(run("verify", audit).returncode == 0, "the journal does not vouch for it")


def scope(folder):
    """Target objects out of the sources, their protection needs, and answers by the edition before."""
    folder = pathlib.Path(folder)
    audit = folder / "a.tally"
    run("audit", "--cluster", SAMPLE / "cluster", "--save", audit)
    before = run("scope", audit).stdout
    check("application kundenportal" in before and not re.search(r"^T-", before, re.M), f"proposed: {before}")
    recorded = run("scope", audit, "--record").stdout
    check(len(re.findall(r"^T-", recorded, re.M)) == len(before.splitlines()), f"recorded: {recorded}")
    stated = run("scope", audit, "--need", "kundenportal=very-high,high,normal: Kundendaten", "--by", "A. Uditor")
    check(stated.returncode == 0 and "kundenportal  very-high,high,normal" in stated.stdout, f"--need: {stated}")
    for wrong in ("nobody=high,high,high", "kundenportal=high,high", "kundenportal=much,high,high", "kundenportal"):
        check(run("scope", audit, "--need", wrong).returncode == 2, f"taken: {wrong}")
    head = run("verify", audit).stdout
    for unreasoned in ("kundenportal=very-high,very-high,normal", "kundenportal=high,high,normal: Kundendaten"):
        refused = run("--lang", "en", "scope", audit, "--need", unreasoned)
        check(refused.returncode == 2 and "of “kundenportal”" in refused.stderr, f"without a reason: {unreasoned}: {refused}")
    check(run("verify", audit).stdout == head, "what was refused stands in the journal")
    for form in ("r.json", "r.oscal.json", "r.xlsx"):
        run("report", audit, "--out", folder / form)
    targets = json.loads((folder / "r.json").read_text("utf-8"))["targets"]
    check([each["confidentiality"] for each in targets if each["name"] == "kundenportal" and each["kind"] == "application"] == [{"need": "very-high", "reason": "Kundendaten"}], f"targets: {targets}")
    check(len(targets) == len(before.splitlines()), "target objects are missing in the JSON")
    oscal = json.loads((folder / "r.oscal.json").read_text("utf-8"))["assessment-results"]["results"][0]
    check(len(oscal["local-definitions"]["inventory-items"]) == len(targets), "target objects are missing in OSCAL")
    check(run("answers", audit, folder / "r.xlsx").returncode == 0, "a workbook with target objects is not read back")
    report = folder / "r.html"
    run("--lang", "en", "report", audit, "--out", report)
    text = report.read_text("utf-8")
    check("Kundendaten" in text and "very high" in text, "the report does not say so")
    check(run("verify", audit).returncode == 0, "the journal does not fit")

    book = folder / "2022.xlsx"
    rows = [["Anforderung", "Status", "Begründung"], ["SYS.1.6.A17", "nein", "Agenten"], ["SYS.1.6.A6.4", "ja", ""], ["SYS.1.6.A6", "ja", ""]]
    cells = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows)
    with zipfile.ZipFile(book, "w") as target:
        target.writestr("xl/worksheets/one.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
        target.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="S" sheetId="1" r:id="x"/></sheets></workbook>')
        target.writestr("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="x" Target="/xl/worksheets/one.xml"/></Relationships>')
    preview = run("--lang", "en", "answers", audit, book, "--edition", "2022")
    check("SYS.1.6.A6.4 -> SYS.1.6.A6.5: yes" in preview.stdout and "SYS.1.6.A17 -> SYS.1.6.A17: no" in preview.stdout, f"preview: {preview}")
    check("SYS.1.6.A6: no answer is taken over" in preview.stderr and preview.returncode == 1, f"not taken: {preview}")
    check(run("answers", audit, book, "--edition", "2019", "--apply").returncode == 3, "an edition without a crosswalk")
    check(run("answers", audit, book, "--edition", "2022", "--apply").returncode == 1, "--apply")
    run("report", audit, "--out", folder / "r.json")
    decided = [each["id"] for each in json.loads((folder / "r.json").read_text("utf-8"))["requirements"] if each["decision"]]
    check(decided == [], f"decided without a person: {decided}")
    check(run("verify", audit).returncode == 0, "the journal does not fit after that")
    check(run("answers", audit, book, "--edition", "2022", "--apply").returncode == 3, "taken over twice")


with tempfile.TemporaryDirectory() as temporary:
    globals()[CASE](temporary)
print("\n".join(problems) or "fine")
sys.exit(1 if problems else 0)
