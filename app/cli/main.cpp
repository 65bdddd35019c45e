// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "core/base/version.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QGuiApplication>

#include <clocale>
#include <cstdio>
#include <exception>
#include <memory>

using namespace tally;
using namespace tally::cli;

namespace {

struct Call
{
    AuditOptions audit;
    ImageOptions image;
    ClusterOptions cluster;
    AnswersOptions answers;
    ScopeOptions scope;
    ClustersOptions clusters;
    SourcesOptions sources;
    CompareCall compare;
    EvidenceOptions evidence;
    SignOptions sign;
    VerifyOptions verify;
    JournalOptions journal;
    ReportCall report;
    std::string file;
    std::string json;
    std::string resources;
    std::string namespaces;
    std::string language;
    bool clear = false;
};

void addModules(CLI::App &command, std::vector<std::string> &modules)
{
    command
        .add_option("--module", modules,
            "PDF and HTML about this module, e.g. APP.4.4; separate several by commas (default: each one that was "
            "judged, the first in the file that is named, APP.4.4 beside it in FILE.APP.4.4.pdf)")
        ->delimiter(',')
        ->allow_extra_args(false);
}

void addAudit(CLI::App &app, Call &call)
{
    CLI::App *command = app.add_subcommand("audit", "Open images and cluster exports, run all checks, write reports");
    command->add_option("--image", call.audit.images, "Container image: archive or folder of any form");
    command->add_option("--cluster", call.audit.clusters, "Cluster export: file, folder or archive");
    command->add_option("--evidence", call.audit.evidence, "Result of another tool (not yet)");
    command->add_option("--policy", call.audit.policy, "The house's own rules, YAML")
        ->check([](const std::string &file) { return file.empty() ? std::string("names no file") : std::string(); });
    command->add_option("--key", call.audit.keys, "Public key (PEM) that the images should be signed with");
    command->add_option("--asked", call.audit.asked,
        "Kind that was asked for with none there, and how that is known: \"NetworkPolicy: kubectl get, 12 Nov\"");
    command->add_option("--from", call.audit.from,
        "Start from this earlier audit (.tally): its answers, exceptions and protection needs are to be confirmed, "
        "open "
        "measures and the house's settings are carried over; says what is and what is not");
    command->add_flag("--supersede", call.audit.supersede,
        "An export of a cluster that is in the audit already takes the place of the older one");
    command->add_option("--save", call.audit.save, "Write an audit file (.tally) that the window opens");
    command->add_option("--report", call.audit.reports,
        "Write a report; its suffix decides the format: .pdf .html .xlsx .csv .json .sarif .oscal.json .vna "
        ".posture.csv .zip");
    addModules(*command, call.audit.modules);
    command->add_option("--fail-on", call.audit.failOn, "Exit with 1 if a finding is at least this severe")
        ->check(CLI::IsMember({"critical", "high", "medium", "low", "info"}));
    command->add_option("--organisation", call.audit.organisation, "Name of the audited organisation");
    command->add_option("--title", call.audit.title, "Title of the audit");
    command->add_option("--auditor", call.audit.auditor, "Who audits, and is at work now: stands in the journal");
    command->add_flag("--no-cache", call.audit.noCache, "Neither use nor keep what was found in images before");
    command->add_option(
        "--resources", call.audit.resources, "Folder with catalogue, checks and guidance instead of the built-in ones");
}

void addImage(CLI::App &app, Call &call)
{
    CLI::App *command = app.add_subcommand("image", "Show what a container image consists of");
    command->add_option("FILE", call.image.file, "Archive or folder")->required();
    command->add_option("--json", call.image.json, "Write JSON to a file, or - for standard output");
    command->add_flag("--no-cache", call.image.noCache, "Neither use nor keep what was found in images before");
    command->add_flag("--tree", call.image.tree, "Print the file tree");
    command->add_option("--layer", call.image.layer, "The tree of this layer only, counted from 0")
        ->check(CLI::NonNegativeNumber);
    command->add_option(
        "--platform", call.image.platform, "Only this platform of a multi-platform image, e.g. linux/arm64");
    CLI::Option *extract = command->add_option("--extract", call.image.extract, "Take this file out of the image");
    extract->needs(command->add_option("--to", call.image.to, "Folder for --extract"));
    command->add_option("--compare", call.image.compare, "Compare with this image");
    command->add_option("--key", call.image.keys, "Verify signatures with this public key (PEM)");
    CLI::Option *sbom = command->add_option("--sbom", call.image.sbom, "Write the packages as a bill of materials")
                            ->check(CLI::IsMember({"cyclonedx", "spdx"}));
    command->add_option("-o,--out", call.image.out, "File for --sbom (default: - for standard output)")->needs(sbom);
}

void addEvidence(CLI::App &app, Call &call)
{
    EvidenceOptions &evidence = call.evidence;
    CLI::App *command = app.add_subcommand("evidence", "List, add or write out the evidence that an audit file keeps");
    command->add_option("AUDIT", evidence.file, "Audit file (.tally)")->required();
    CLI::Option *add = command->add_option("--add", evidence.add, "Keep this file, or this link (https://...)");
    for (CLI::Option *about :
        {command->add_option("--for", evidence.ids, "Requirement or part that it is evidence for, e.g. SYS.1.6.A3"),
            command->add_option("--title", evidence.title, "What it shows"),
            command->add_option("--note", evidence.note, "Note"),
            command->add_option("--source", evidence.source, "From whom it is, or where it was found"),
            command->add_option("--date", evidence.date, "Date of the evidence, 2026-11-22 (default: of the file)"),
            command->add_option("--expires", evidence.expires, "Last day on which it counts, 2027-11-22")})
        about->needs(add);
    command->add_option("--by", evidence.by, "Who keeps it; without it the journal says that nobody was named")
        ->needs(add);
    command->add_option("--to", evidence.to, "Write all of it into this folder, with SHA256SUMS; overwrites nothing");
}

void addTrust(CLI::App &app, Call &call)
{
    SignOptions &sign = call.sign;
    CLI::App *command = app.add_subcommand("sign", "Sign off an audit at the head of its journal");
    command->add_option("AUDIT", sign.audit, "Audit file (.tally)")->required();
    command->add_option("--by", sign.by, "Who signs off; without it, --detached writes out the last sign-off");
    command->add_option("--key", sign.key, "Private key (PEM: Ed25519, ECDSA or RSA); without it: a name and a date");
    command->add_option("--purpose", sign.purpose, "What for, e.g. \"audit finished\"");
    command->add_option("--passphrase-file", sign.passphraseFile,
        "File whose first line is the key's passphrase (default: asked for on the terminal)");
    command->add_flag("--detached", sign.detached,
        "Write text, signature and public key beside the audit: AUDIT.signoff.txt, AUDIT.sig, AUDIT.pub.pem");
    command->add_option("--resources", sign.resources, "Folder with catalogue and checks instead of the built-in ones");

    CLI::App *journal = app.add_subcommand("journal", "Show or write out who changed what when");
    journal->add_option("AUDIT", call.journal.audit, "Audit file (.tally)")->required();
    journal->add_option("--out", call.journal.out, "Write it to this file: .csv or .json");

    CLI::App *requests
        = app.add_subcommand("requests", "Write the list of requested evidence, for the audited party to fill in");
    requests->add_option("AUDIT", call.file, "Audit file (.tally)")->required();
    requests->add_option("--out", call.json, "File: .xlsx (can be read back with answers), .pdf or .html")->required();
    requests->add_option(
        "--resources", call.resources, "Folder with catalogue and checks instead of the built-in ones");
}

void addLook(CLI::App &command, LookCall &look)
{
    command.add_option("--paper", look.paper, "a4 or letter");
    command.add_option("--classification", look.classification, "Mark on each page: TLP:AMBER, VS-NfD, ...");
    command.add_option("--logo", look.logo, "PNG or SVG of at most 256 KiB; \"\" for none");
    command.add_option("--letterhead", look.letterhead, "A line of the letterhead; repeat for more")
        ->allow_extra_args(false);
}

void addReport(CLI::App &app, Call &call)
{
    ReportCall &report = call.report;
    CLI::App *command = app.add_subcommand("report", "Write a report of an audit file");
    command->add_option("AUDIT", report.audit, "Audit file (.tally)")->required();
    command
        ->add_option("--out", report.outputs,
            "Report file: .pdf .html .xlsx .csv .json .sarif .oscal.json .vna .posture.csv .zip")
        ->required();
    command->add_option("--kind", report.kind,
        "Of PDF and HTML: audit, management (two pages), short, deficiencies, plan, unchecked, evidence, requests "
        "(default: audit)");
    command
        ->add_option("--section", report.sections,
            "Only these sections: summary, scope, overview, requirements, plan, signatures, findings, images, terms; "
            "or 1 to 6, A, B, C. The report says that it is an excerpt")
        ->delimiter(',')
        ->allow_extra_args(false);
    command->add_flag("--only-open", report.onlyOpen,
        "Only what is still open: requirements, findings and measures. The report says so");
    command->add_option("--namespace", report.namespaceName, "Only findings in this namespace. The report says so");
    addModules(*command, report.modules);
    command->add_option("--earlier", report.earlier,
        "Audit file of the earlier audit, for the difference report in a .zip (default: found beside the audit)");
    addLook(*command, report.look);
    command->add_option("--signature", report.signatures, "Who signs, \"ROLE\" or \"ROLE: NAME\"; repeat for more")
        ->allow_extra_args(false);
    command->add_flag("--keep-look", report.keep,
        "Keep paper, classification, logo, letterhead and signatures in the audit file for later reports");
    command->add_option(
        "--resources", report.resources, "Folder with catalogue and checks instead of the built-in ones");
}

void addOthers(CLI::App &app, Call &call)
{
    CLI::App *cluster = app.add_subcommand("cluster", "Show what a cluster export holds, and judge its pods");
    cluster->add_option("FILE", call.cluster.file, "File, folder or archive")->required();
    cluster->add_option("--json", call.cluster.json, "Write JSON to a file, or - for standard output");
    cluster->add_option("--pod-security-version", call.cluster.podSecurityVersion,
        "Judge pods as this Kubernetes version did, e.g. v1.25");

    CLI::App *checks = app.add_subcommand("checks", "List the checks");
    checks->add_option("--json", call.json, "Write JSON to a file, or - for standard output");
    checks->add_option("--resources", call.resources, "Folder with catalogue and checks instead of the built-in ones");

    CLI::App *script
        = app.add_subcommand("export-script", "Print a read-only shell script that exports a cluster for an audit");
    script->add_option("--namespaces", call.namespaces, "Only these namespaces, separated by commas");

    CLI::App *answers = app.add_subcommand("answers", "Show what the answers in a workbook (.xlsx) would change");
    answers->add_option("AUDIT", call.answers.audit, "Audit file (.tally)")->required();
    answers->add_option("FILE", call.answers.workbook, "Workbook that was exported from it and filled in")->required();
    answers->add_flag("--apply", call.answers.apply, "Decide so");
    answers->add_option("--edition", call.answers.edition,
        "The workbook is not of this audit: its answers follow this edition of the compendium, e.g. 2022, and are to "
        "be "
        "confirmed here");
    answers->add_option("--by", call.answers.by, "Who decided; without it the journal says that nobody was named");
    answers->add_option(
        "--resources", call.answers.resources, "Folder with catalogue and checks instead of the built-in ones");

    CLI::App *scope = app.add_subcommand("scope", "List target objects and protection needs, or record them");
    scope->add_option("AUDIT", call.scope.audit, "Audit file (.tally)")->required();
    scope->add_flag("--record", call.scope.record, "Record what the sources suggest");
    scope->add_option("--need", call.scope.needs,
        "Protection needs of a recorded target object, as NAME=CONFIDENTIALITY,INTEGRITY,AVAILABILITY with the words "
        "not-stated, normal, high, very-high, and a reason after a colon, which high, very-high and lower ones than "
        "before need: \"payments=very-high,high,normal: card data\"");
    scope->add_option("--by", call.scope.by, "Who says so; without it the journal says that nobody was named");

    CLI::App *clusters = app.add_subcommand(
        "clusters", "List the clusters of an audit with their exports, or say what belongs together");
    clusters->add_option("AUDIT", call.clusters.audit, "Audit file (.tally)")->required();
    clusters->add_option("--assign", call.clusters.assign,
        "Which cluster an export belongs to, by the numbers of the list: \"2=1\" is the one of export 1, \"2=new\" one "
        "of its own; judges anew");
    clusters->add_option("--name", call.clusters.names, "What the cluster of an export is called: \"2=staging\"");
    clusters->add_flag("--lose-decisions", call.clusters.loseDecisions,
        "Assign also where exceptions, ratings and measures on single findings no longer hold then");
    clusters->add_option("--by", call.clusters.by, "Who says so; without it the journal says that nobody was named");
    clusters->add_option(
        "--resources", call.clusters.resources, "Folder with catalogue and checks instead of the built-in ones");

    SourcesOptions &sources = call.sources;
    CLI::App *command = app.add_subcommand("sources", "List the sources of an audit, add some, or withdraw them");
    command->add_option("AUDIT", sources.audit, "Audit file (.tally)")->required();
    command->add_option("--add", sources.add, "Image or cluster export; judges anew");
    command->add_flag("--supersede", sources.supersede,
        "An export of a cluster that is in the audit already takes the place of the older ones, which are withdrawn");
    command->add_option("--withdraw", sources.withdraw,
        "The source no longer counts, and why, by its number in the list: \"2: shows the old cluster\"; it stays in "
        "the audit; judges anew");
    command->add_option("--restore", sources.restore, "The withdrawn source counts again, by its number");
    command->add_flag("--lose-decisions", sources.loseDecisions,
        "Withdraw also where exceptions, ratings and measures on single findings no longer hold then");
    command->add_option("--by", sources.by, "Who says so; without it the journal says that nobody was named");
    command->add_option(
        "--resources", sources.resources, "Folder with catalogue and checks instead of the built-in ones");

    CLI::App *verify = app.add_subcommand("verify", "Check an audit file against its journal");
    verify->add_option("AUDIT", call.verify.audit, "Audit file (.tally)")->required();
    verify->add_option("--expect", call.verify.head, "Head of the journal as a report printed it");
    verify->add_option("--key", call.verify.keys,
        "Public key (PEM): exit with 1 unless a sign-off was signed with it and nothing changed since");

    addTrust(app, call);

    CLI::App *cache = app.add_subcommand("cache", "Show where and how much is kept of images that were read before");
    cache->add_flag("--clear", call.clear, "Remove all of it");

    CLI::App *compare = app.add_subcommand("compare", "Show what changed from one audit to the next");
    compare->add_option("OLD", call.compare.before, "Audit file (.tally) of the earlier audit")->required();
    compare->add_option("NEW", call.compare.after, "Audit file of the newer one")->required();
    compare->add_option("--out", call.compare.outputs, "Write a difference report: .pdf .html .json");
    addModules(*compare, call.compare.modules);
    addLook(*compare, call.compare.look);
    compare->add_flag(
        "--across-clusters", call.compare.acrossClusters, "Compare by names although these are two clusters");
    compare->add_option(
        "--resources", call.compare.resources, "Folder with catalogue and checks instead of the built-in ones");
}

int dispatch(const CLI::App &app, const Call &call)
{
    const Console console(chooseLanguage(call.language));
    if (app.got_subcommand("audit"))
        return auditCommand(console, call.audit);
    if (app.got_subcommand("image"))
        return imageCommand(console, call.image);
    if (app.got_subcommand("clusters"))
        return clustersCommand(console, call.clusters);
    if (app.got_subcommand("cluster"))
        return clusterCommand(console, call.cluster);
    if (app.got_subcommand("evidence"))
        return evidenceCommand(console, call.evidence);
    if (app.got_subcommand("checks"))
        return checksCommand(console, call.json, call.resources);
    if (app.got_subcommand("export-script"))
        return exportScriptCommand(console, call.namespaces);
    if (app.got_subcommand("report"))
        return reportCommand(console, call.report);
    if (app.got_subcommand("answers"))
        return answersCommand(console, call.answers);
    if (app.got_subcommand("scope"))
        return scopeCommand(console, call.scope);
    if (app.got_subcommand("sources"))
        return sourcesCommand(console, call.sources);
    if (app.got_subcommand("verify"))
        return verifyCommand(console, call.verify);
    if (app.got_subcommand("sign"))
        return signCommand(console, call.sign);
    if (app.got_subcommand("requests"))
        return requestsCommand(console, call.file, call.json, call.resources);
    if (app.got_subcommand("journal"))
        return journalCommand(console, call.journal);
    if (app.got_subcommand("cache"))
        return cacheCommand(console, call.clear);
    return compareCommand(console, call.compare);
}

} // namespace

int main(int argc, char *argv[])
try {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen"); // fonts and PDF need a QGuiApplication, but no display
    // What Qt has to say about displays and run-time folders is nothing for the user of a command line.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    CLI::App app("Tallymann: audits containers and clusters against BSI IT-Grundschutz SYS.1.6");
    app.set_version_flag("--version", std::string(toolName) + " " + std::string(toolVersion));
    app.require_subcommand(1);
    app.fallthrough();
    Call call;
    app.add_option("--lang", call.language, "Language of messages and reports: de or en (default: the locale)")
        ->check(CLI::IsMember({"de", "en"}));
    addAudit(app, call);
    addImage(app, call);
    addEvidence(app, call);
    addReport(app, call);
    addOthers(app, call);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? Done : WrongCall;
    }
    int qtArguments = 1; // not those of the call: Qt would take --platform for itself
    const std::unique_ptr<QCoreApplication> qt = app.got_subcommand("cluster") || app.got_subcommand("image")
        ? std::make_unique<QCoreApplication>(qtArguments, argv) // who draws nothing need not look for fonts
        : std::make_unique<QGuiApplication>(qtArguments, argv);
    std::setlocale(LC_NUMERIC, "C"); // NOLINT(concurrency-mt-unsafe): before any thread; Qt has set the user's
    return dispatch(app, call);
} catch (const std::exception &error) { // out of memory, at worst: everything else answers with a message
    std::fprintf(stderr, "tallymann-cli: %s\n", error.what());
    return NothingUsable;
}
