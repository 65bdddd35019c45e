// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

namespace tally {

/// What the formats for other programs say: CSV, XLSX, SARIF, OSCAL, verinice, CISO Assistant, the archive of all of
/// them; and the reading of answers in an XLSX.
inline constexpr MessageDef exportMessages[] = {
    // names of the formats, for somebody who chooses one
    MessageDef{"export.format.pdf", TALLY_MESSAGE("Exports", "Audit report to read and sign (PDF)")},
    MessageDef{"export.format.html", TALLY_MESSAGE("Exports", "Accessible web page (HTML)")},
    MessageDef{"export.format.xlsx", TALLY_MESSAGE("Exports", "Workbook to fill in and read back (XLSX)")},
    MessageDef{"export.format.csv", TALLY_MESSAGE("Exports", "Findings as a table (CSV)")},
    MessageDef{"export.format.json", TALLY_MESSAGE("Exports", "Everything, for scripts (JSON)")},
    MessageDef{"export.format.sarif", TALLY_MESSAGE("Exports", "Findings for developers’ tools (SARIF)")},
    MessageDef{"export.format.oscal", TALLY_MESSAGE("Exports", "Assessment results for GRC tools (OSCAL)")},
    MessageDef{"export.format.vna", TALLY_MESSAGE("Exports", "IT-Grundschutz check for verinice (VNA)")},
    //: %1 ids of parts with their results: "SYS.1.6.A21.4: compliant; ..."
    MessageDef{"export.posture.others",
        TALLY_MESSAGE("Exports", "Parts that CISO Assistant numbers in another way and that have no row here: %1.")},
    MessageDef{"export.format.posture", TALLY_MESSAGE("Exports", "Status per requirement for CISO Assistant (CSV)")},
    MessageDef{"export.format.zip", TALLY_MESSAGE("Exports", "All of these in both languages (ZIP)")},

    //: %1 name of a file, %2 endings
    MessageDef{
        "export.unknown-format", TALLY_MESSAGE("Errors", "The ending of “%1” names no report format. Known are %2.")},

    // columns of tables
    MessageDef{"export.col.severity", TALLY_MESSAGE("Exports", "Severity")},
    MessageDef{"export.col.check", TALLY_MESSAGE("Exports", "Check")},
    MessageDef{"export.col.cause", TALLY_MESSAGE("Exports", "Cause")},
    MessageDef{"export.col.parts", TALLY_MESSAGE("Exports", "Parts of requirements")},
    MessageDef{"export.col.namespace", TALLY_MESSAGE("Exports", "Namespace")},
    MessageDef{"export.col.kind", TALLY_MESSAGE("Exports", "Kind")},
    MessageDef{"export.col.object", TALLY_MESSAGE("Exports", "Object")},
    MessageDef{"export.col.container", TALLY_MESSAGE("Exports", "Container")},
    MessageDef{"export.col.field", TALLY_MESSAGE("Exports", "Field")},
    MessageDef{"export.col.image", TALLY_MESSAGE("Exports", "Image")},
    MessageDef{"export.col.layer", TALLY_MESSAGE("Exports", "Layer")},
    MessageDef{"export.col.path", TALLY_MESSAGE("Exports", "Path in the image")},
    MessageDef{"export.col.source", TALLY_MESSAGE("Exports", "Source")},
    MessageDef{"export.col.file", TALLY_MESSAGE("Exports", "File")},
    MessageDef{"export.col.line", TALLY_MESSAGE("Exports", "Line")},
    MessageDef{"export.col.message", TALLY_MESSAGE("Exports", "What was found")},
    MessageDef{"export.col.remediation", TALLY_MESSAGE("Exports", "How to remedy it")},
    MessageDef{"export.col.attack", TALLY_MESSAGE("Exports", "ATT&CK")},
    MessageDef{"export.col.decision", TALLY_MESSAGE("Exports", "Decision")},
    MessageDef{"export.col.exception", TALLY_MESSAGE("Exports", "Exception")},
    MessageDef{"export.col.finding", TALLY_MESSAGE("Exports", "Id of the finding")},
    MessageDef{"export.col.id", TALLY_MESSAGE("Exports", "Id")},
    MessageDef{"export.col.requirement", TALLY_MESSAGE("Exports", "Requirement or part")},
    MessageDef{"export.col.level", TALLY_MESSAGE("Exports", "Level")},
    MessageDef{"export.col.modal", TALLY_MESSAGE("Exports", "Modal verb")},
    MessageDef{"export.col.ask", TALLY_MESSAGE("Exports", "What to ask for")},
    MessageDef{"export.col.proposal", TALLY_MESSAGE("Exports", "Proposal of the program")},
    MessageDef{"export.col.findings", TALLY_MESSAGE("Exports", "Findings")},
    MessageDef{"export.col.status", TALLY_MESSAGE("Exports", "Status")},
    MessageDef{"export.col.reason", TALLY_MESSAGE("Exports", "Reason")},
    MessageDef{"export.col.responsible", TALLY_MESSAGE("Exports", "Responsible")},
    MessageDef{"export.col.until", TALLY_MESSAGE("Exports", "Until")},
    MessageDef{"export.col.measure", TALLY_MESSAGE("Exports", "Measure")},
    MessageDef{"export.col.by", TALLY_MESSAGE("Exports", "Decided by")},
    MessageDef{"export.col.at", TALLY_MESSAGE("Exports", "Decided on")},
    MessageDef{"export.col.not-seen", TALLY_MESSAGE("Exports", "What was not seen, and why")},
    MessageDef{"export.col.commands", TALLY_MESSAGE("Exports", "How it can be obtained")},
    MessageDef{"export.col.number", TALLY_MESSAGE("Exports", "No.")},
    MessageDef{"export.col.name", TALLY_MESSAGE("Exports", "Name")},
    MessageDef{"export.col.form", TALLY_MESSAGE("Exports", "Form")},
    MessageDef{"export.col.bytes", TALLY_MESSAGE("Exports", "Bytes")},
    MessageDef{"export.col.sha256", TALLY_MESSAGE("Exports", "SHA-256")},
    MessageDef{"export.col.added", TALLY_MESSAGE("Exports", "Added")},
    MessageDef{"export.col.verified", TALLY_MESSAGE("Exports", "Digests computed")},
    MessageDef{"export.col.time", TALLY_MESSAGE("Exports", "Time (UTC)")},
    MessageDef{"export.col.person", TALLY_MESSAGE("Exports", "Person")},
    MessageDef{"export.col.event", TALLY_MESSAGE("Exports", "Event")},
    MessageDef{"export.col.subject", TALLY_MESSAGE("Exports", "Subject")},
    MessageDef{"export.col.hash", TALLY_MESSAGE("Exports", "Hash of the entry")},

    // cells
    //: %1 kind of exception ("accepted"), %2 reason
    MessageDef{"export.exception", TALLY_MESSAGE("Exports", "%1: %2")},
    //: %1 kind of exception ("accepted"), %2 date, %3 reason
    MessageDef{"export.exception-until", TALLY_MESSAGE("Exports", "%1 until %2: %3")},
    //: %1 date, %2 kind, %3 reason
    MessageDef{"export.exception-expired", TALLY_MESSAGE("Exports", "expired on %1 (%2: %3)")},
    MessageDef{"export.weight.proves", TALLY_MESSAGE("Exports", "proves")},
    MessageDef{"export.weight.indicates", TALLY_MESSAGE("Exports", "indicates")},
    MessageDef{"export.weight.context", TALLY_MESSAGE("Exports", "context")},
    MessageDef{"export.no-check", TALLY_MESSAGE("Exports", "No check of the program speaks about this part.")},
    MessageDef{"export.no-run", TALLY_MESSAGE("Exports", "The checks have not run yet.")},
    MessageDef{"export.stale", TALLY_MESSAGE("Exports", "%1: outdated, evidence has changed since")},

    // sheets of a workbook: at most 31 characters, none of [ ] : * ? / and backslash
    MessageDef{"export.sheet.overview", TALLY_MESSAGE("Exports", "Overview")},
    MessageDef{"export.sheet.requirements", TALLY_MESSAGE("Exports", "Requirements")},
    MessageDef{"export.sheet.findings", TALLY_MESSAGE("Exports", "Findings")},
    MessageDef{"export.sheet.not-checked", TALLY_MESSAGE("Exports", "Not checked")},
    MessageDef{"export.sheet.sources", TALLY_MESSAGE("Exports", "Sources")},
    MessageDef{"export.sheet.journal", TALLY_MESSAGE("Exports", "Journal")},

    // first sheet
    MessageDef{"export.overview.title", TALLY_MESSAGE("Exports", "IT-Grundschutz check")},
    MessageDef{"export.overview.organisation", TALLY_MESSAGE("Exports", "Audited institution")},
    MessageDef{"export.overview.audit", TALLY_MESSAGE("Exports", "Audit")},
    MessageDef{"export.overview.object", TALLY_MESSAGE("Exports", "Subject of the audit")},
    MessageDef{"export.overview.auditor", TALLY_MESSAGE("Exports", "Auditor")},
    MessageDef{"export.overview.classification", TALLY_MESSAGE("Exports", "Classification")},
    MessageDef{"export.overview.edition", TALLY_MESSAGE("Exports", "Edition of the compendium")},
    MessageDef{"export.overview.run", TALLY_MESSAGE("Exports", "Last run of the checks")},
    MessageDef{"export.overview.created", TALLY_MESSAGE("Exports", "As of")},
    MessageDef{"export.overview.head", TALLY_MESSAGE("Exports", "Head of the journal")},
    MessageDef{"export.overview.tool", TALLY_MESSAGE("Exports", "Made with")},
    MessageDef{"export.overview.status", TALLY_MESSAGE("Exports", "Decisions about requirements")},
    MessageDef{"export.overview.proposal", TALLY_MESSAGE("Exports", "Proposals of the program")},
    MessageDef{"export.overview.severity", TALLY_MESSAGE("Exports", "Findings by severity")},
    MessageDef{"export.overview.sum", TALLY_MESSAGE("Exports", "Sum")},
    MessageDef{"export.overview.how", TALLY_MESSAGE("Exports", "How to fill this in")},
    MessageDef{"export.overview.how-1",
        TALLY_MESSAGE("Exports",
            "On the sheet “%1”, the columns with a light ground can be changed: status, reason, responsible, until, "
            "measure. Everything else is locked.")},
    MessageDef{"export.overview.how-2",
        TALLY_MESSAGE("Exports",
            "“%1” and “%2” need a reason where the requirement is to be met; “%3” always does. What the program "
            "proposes is no decision: a person decides.")},
    MessageDef{"export.overview.how-3",
        TALLY_MESSAGE("Exports",
            "Save the workbook as XLSX. Tallymann reads it back on the page Report, or with “%1”, and shows what would "
            "change before anything does.")},
    MessageDef{"export.status-prompt",
        TALLY_MESSAGE("Exports", "Choose one of the words of the list. Negative and dispensable need a reason.")},
    MessageDef{"export.until-prompt", TALLY_MESSAGE("Exports", "A date such as 2027-03-31.")},
    MessageDef{"export.status-wrong", TALLY_MESSAGE("Exports", "Only the words of the list are possible here.")},

    // SARIF and OSCAL
    MessageDef{"export.sarif.sources",
        TALLY_MESSAGE("Exports", "The files as they were handed over to the auditor; where they lie is not recorded.")},
    MessageDef{"export.oscal.title", TALLY_MESSAGE("Exports", "Assessment results: %1")},
    MessageDef{"export.oscal.plan",
        TALLY_MESSAGE("Exports",
            "There is no assessment plan in OSCAL. The audit follows the requirements of BSI IT-Grundschutz, edition "
            "%1.")},
    MessageDef{"export.oscal.plan-title", TALLY_MESSAGE("Exports", "Basis of the audit")},
    MessageDef{"export.oscal.result",
        TALLY_MESSAGE("Exports",
            "Proposals of the program and decisions of people. Only a person’s decision makes a requirement satisfied; "
            "what was not checked is not satisfied.")},
    MessageDef{"export.oscal.controls",
        TALLY_MESSAGE(
            "Exports", "Requirements of BSI IT-Grundschutz, edition %1, by their ids; the texts are paraphrases.")},
    MessageDef{"export.oscal.proposal", TALLY_MESSAGE("Exports", "Proposal of the program: %1.")},
    //: %1 status, %2 person, %3 day
    MessageDef{"export.oscal.decision", TALLY_MESSAGE("Exports", "Decided: %1, by %2 on %3.")},
    MessageDef{"export.oscal.no-decision", TALLY_MESSAGE("Exports", "No person has decided yet.")},
    MessageDef{"export.oscal.no-statement",
        TALLY_MESSAGE("Exports", "No proven deviation; a person found that it is not met.")},
    MessageDef{"export.oscal.source", TALLY_MESSAGE("Exports", "Source %1 of the audit, form %2, %3 bytes.")},
    MessageDef{"export.oscal.target", TALLY_MESSAGE("Exports", "What was audited.")},
    MessageDef{"export.oscal.subject", TALLY_MESSAGE("Exports", "Object of the audited system.")},
    MessageDef{"export.oscal.tool", TALLY_MESSAGE("Exports", "Program that read the sources and ran the checks.")},

    // archive of everything
    MessageDef{"export.zip.readme",
        TALLY_MESSAGE("Exports",
            "One audit in all formats. SHA256SUMS holds a checksum for each file: “sha256sum -c SHA256SUMS” compares "
            "them. Files under evidence/ are as they were attached to the audit.")},

    //: %1 a file, %2 a module: "SYS.1.6 Containerisation"
    MessageDef{"export.zip.module", TALLY_MESSAGE("Exports", "%1 and its like are about %2.")},
    MessageDef{"export.zip.lists",
        TALLY_MESSAGE("Exports",
            "Beside the reports: the list of what was not checked, the evidence list, the requests to the audited "
            "institution (requests.xlsx is to be filled in), the implementation plan, and the journal.")},
    //: %1 digits of a hash
    MessageDef{"export.zip.head",
        TALLY_MESSAGE("Exports", "Head of the journal, for “tallymann-cli verify AUDIT --expect HEAD”: %1")},
    //: %1 title of an audit
    MessageDef{"export.zip.difference",
        TALLY_MESSAGE("Exports", "difference.pdf says what changed since the earlier audit “%1”.")},
    //: %1 title of an audit
    MessageDef{"export.zip.no-earlier",
        TALLY_MESSAGE("Exports",
            "There is no difference report: this audit was started from “%1”, whose file was not found beside it. "
            "“tallymann-cli report --earlier FILE” names it.")},
    //: %1 title of an audit, %2 why
    MessageDef{"export.zip.not-compared",
        TALLY_MESSAGE("Exports", "There is no difference report: the earlier audit “%1” cannot be compared. %2")},
    //: %1 an amount: "512 MiB"
    MessageDef{"export.zip.no-files",
        TALLY_MESSAGE("Exports",
            "The attached files are not in here: together they have more than %1. “tallymann-cli evidence AUDIT --to "
            "FOLDER” writes them out.")},

    // which module a report is about
    //: %1 what was typed, %2 modules
    MessageDef{"module.unknown", TALLY_MESSAGE("Errors", "“%1” is no module. Known are %2.")},
    //: %1 kind of report: "Evidence list"
    MessageDef{
        "module.of-audit", TALLY_MESSAGE("Errors", "%1: this kind is about the whole audit; no module can be chosen.")},
    //: %1 name of a file, %2 a module
    MessageDef{"module.written", TALLY_MESSAGE("Progress", "“%1”: %2")},
    MessageDef{"module.each",
        TALLY_MESSAGE("Progress",
            "Several modules were judged in this audit, and each has a report of its own; --module chooses among "
            "them.")},
    //: %1 modules
    MessageDef{"module.left-out",
        TALLY_MESSAGE("Progress",
            "Judged in this audit as well, and in none of these reports: %1. Without --module each module gets its "
            "own.")},
    MessageDef{"earlier.zip-only",
        TALLY_MESSAGE("Errors",
            "--earlier is for an archive (.zip). A difference report by itself is written by “tallymann-cli "
            "compare”.")},
    //: %1 modules with numbers: "SYS.1.6: 1,254, APP.4.4: 1,250"
    MessageDef{"module.findings", TALLY_MESSAGE("Exports", "Findings by module: %1. One finding can concern several.")},

    // decisions whose basis has changed
    //: %1 status, %2 person, %3 day
    MessageDef{"export.outdated",
        TALLY_MESSAGE("Exports",
            "Outdated: decided %1 by %2 on %3; what that rested on has changed since. Not assessed until it is "
            "confirmed or renewed.")},
    MessageDef{"export.overview.outdated", TALLY_MESSAGE("Exports", "outdated, to be confirmed or renewed")},

    // answers that are read back
    //: %1 name of the file
    MessageDef{"answers.no-workbook",
        TALLY_MESSAGE(
            "Errors", "“%1” is no workbook that was exported from an audit: it has no sheet with requirements.")},
    MessageDef{"answers.damaged", TALLY_MESSAGE("Errors", "The workbook “%1” is damaged: %2 cannot be read.")},
    MessageDef{"answers.too-large", TALLY_MESSAGE("Errors", "The workbook “%1” has more cells than the allowed %2.")},
    MessageDef{
        "answers.newer", TALLY_MESSAGE("Errors", "The workbook “%1” was written by a newer version of the program.")},
    MessageDef{"answers.other-edition",
        TALLY_MESSAGE("Errors", "The workbook “%1” follows edition %2 of the compendium, this audit edition %3.")},
    MessageDef{"answers.other-audit",
        TALLY_MESSAGE("Errors",
            "The workbook “%1” was exported from another audit: its journal head is not in the journal of this one.")},
    MessageDef{"answers.unknown-id", TALLY_MESSAGE("Errors", "“%1” is no requirement of this audit.")},
    MessageDef{"answers.twice", TALLY_MESSAGE("Errors", "“%1” stands here a second time; the first one counts.")},
    MessageDef{"answers.bad-status", TALLY_MESSAGE("Errors", "“%1” is no status. Possible are: %2.")},
    MessageDef{"answers.bad-date", TALLY_MESSAGE("Errors", "“%1” is no date. Expected is one such as 2027-03-31.")},
    MessageDef{
        "answers.formula", TALLY_MESSAGE("Errors", "A formula stands where a text is expected. Only values are read.")},
    //: %1 requirement
    MessageDef{"answers.conflict",
        TALLY_MESSAGE("Errors",
            "%1 was decided anew in the audit since the workbook was exported. The answer of the workbook is not "
            "taken; "
            "compare both and decide.")},
    MessageDef{"answers.cut",
        TALLY_MESSAGE("Errors", "%1 has a text in the audit that is too long for a workbook. Change it in the audit.")},
    MessageDef{"answers.state-lost",
        TALLY_MESSAGE(
            "Errors", "The hidden column that says what was exported for %1 was changed. Its answer is not taken.")},
    // on the command line
    MessageDef{"answers.nothing", TALLY_MESSAGE("Progress", "No answer in the workbook differs from the audit.")},
    MessageDef{"answers.would-change",
        TALLY_MESSAGE_N("Progress", "%n decision(s) would change. Nothing was written: --apply does that.")},
    MessageDef{"answers.changed", TALLY_MESSAGE_N("Progress", "%n decision(s) changed.")},
    //: %1 sheet, %2 cell, %3 why
    MessageDef{"answers.problem", TALLY_MESSAGE("Progress", "%1!%2: %3")},
    MessageDef{"answers.read-only", TALLY_MESSAGE("Errors", "The audit can only be read: nothing was changed.")},
    MessageDef{"pdf.failed", TALLY_MESSAGE("Errors", "The PDF could not be written: %1.")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *exportDef(std::string_view code)
{
    return definitionIn(exportMessages, code);
}

} // namespace tally
