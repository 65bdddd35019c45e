// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <cstddef>
#include <string_view>

namespace tally {

/// What the kinds of reports, their choices and their look say. None of these codes is stored: they need not be found
/// again by findMessage().
inline constexpr MessageDef reportTexts[] = {
    // kinds: a name, and what each is good for
    MessageDef{"kind.audit", TALLY_MESSAGE("ReportKinds", "Audit report")},
    MessageDef{"kind.audit.for",
        TALLY_MESSAGE("ReportKinds", "Everything: what was audited, each requirement, each finding, the journal.")},
    MessageDef{"kind.management", TALLY_MESSAGE("ReportKinds", "Management summary")},
    MessageDef{"kind.management.for",
        TALLY_MESSAGE("ReportKinds", "Two pages for those who decide: how it stands, what weighs most, what to do.")},
    // a kind of report, and the module that it is about
    MessageDef{"kind.titled", TALLY_MESSAGE("ReportKinds", "%1: %2")},
    MessageDef{"kind.short", TALLY_MESSAGE("ReportKinds", "Short report")},
    MessageDef{"kind.short.for",
        TALLY_MESSAGE("ReportKinds", "Summary, scope, overview, implementation plan and signatures.")},
    MessageDef{"kind.deficiencies", TALLY_MESSAGE("ReportKinds", "List of deficiencies")},
    MessageDef{"kind.deficiencies.for",
        TALLY_MESSAGE("ReportKinds", "Summary, scope, implementation plan and all findings by cause.")},
    MessageDef{"kind.plan", TALLY_MESSAGE("ReportKinds", "Implementation plan")},
    MessageDef{"kind.plan.for",
        TALLY_MESSAGE("ReportKinds", "The measures with their dates and people, and the risks that are accepted.")},
    MessageDef{"kind.evidence", TALLY_MESSAGE("ReportKinds", "Evidence list")},
    MessageDef{"kind.evidence.for",
        TALLY_MESSAGE("ReportKinds", "What was attached, from whom, for which requirement, with SHA-256.")},
    MessageDef{"kind.requests", TALLY_MESSAGE("ReportKinds", "Evidence request list")},
    MessageDef{"kind.requests.for",
        TALLY_MESSAGE(
            "ReportKinds", "What was asked for and is not there yet, for the audited institution to fill in.")},
    MessageDef{"kind.unchecked", TALLY_MESSAGE("ReportKinds", "List of what was not checked")},
    MessageDef{"kind.unchecked.for",
        TALLY_MESSAGE("ReportKinds", "What nobody has looked at, why, and the command that fetches what is missing.")},
    //: %1 what was typed, %2 names that are known
    MessageDef{"kind.unknown", TALLY_MESSAGE("ReportKinds", "“%1” is no kind of report. Known are %2.")},
    //: %1 what was typed, %2 names that are known
    MessageDef{"section.unknown", TALLY_MESSAGE("ReportKinds", "“%1” is no section of a report. Known are %2.")},
    //: %1 name of a kind of report: "Evidence list"
    MessageDef{"choice.no-sections", TALLY_MESSAGE("ReportKinds", "%1: this kind has no sections to choose from.")},
    //: %1 name of a kind of report, %2 name of a section
    MessageDef{"choice.no-section", TALLY_MESSAGE("ReportKinds", "%1: this kind does not have the section “%2”.")},
    //: %1 name of a kind of report
    MessageDef{"choice.no-open", TALLY_MESSAGE("ReportKinds", "%1: this kind cannot be limited to open items.")},
    //: %1 name of a kind of report
    MessageDef{"choice.no-namespace", TALLY_MESSAGE("ReportKinds", "%1: this kind cannot be limited to a namespace.")},
    //: %1 a namespace
    MessageDef{"choice.unknown-namespace",
        TALLY_MESSAGE("ReportKinds", "The audit holds no namespace “%1”. A report of it would be empty.")},
    //: %1 name of a file
    MessageDef{"choice.whole-only",
        TALLY_MESSAGE("ReportKinds",
            "“%1”: kinds of reports, modules, sections and filters are for PDF and HTML. This format always holds "
            "everything.")},
    //: %1 what was typed
    MessageDef{"look.paper", TALLY_MESSAGE("ReportKinds", "“%1” is no paper. Known are a4 and letter.")},

    // logo
    //: %1 name of a file, %2 a number of KiB
    MessageDef{
        "logo.too-large", TALLY_MESSAGE("ReportKinds", "The logo “%1” is too large: it may have at most %2 KiB.")},
    //: %1 name of a file, %2 and %3 its width and height, %4 the most
    MessageDef{"logo.pixels",
        TALLY_MESSAGE("ReportKinds", "The logo “%1” has %2 × %3 pixels; at most %4 each way are taken.")},
    //: %1 name of a file
    MessageDef{"logo.kind",
        TALLY_MESSAGE("ReportKinds", "“%1” is neither a PNG nor an SVG. Other pictures are not taken as a logo.")},
    //: %1 name of a file
    MessageDef{
        "logo.malformed", TALLY_MESSAGE("ReportKinds", "The logo “%1” is damaged: it cannot be read as a picture.")},
    //: %1 name of a file, %2 what in it: "<script>"
    MessageDef{"logo.refused",
        TALLY_MESSAGE("ReportKinds",
            "The logo “%1” holds more than a drawing (%2). Scripts, animations, embedded pictures and links are not "
            "taken. Save it as a plain SVG or as a PNG.")},
    //: %1 name of a file
    MessageDef{"logo.no-size",
        TALLY_MESSAGE("ReportKinds", "The logo “%1” says nothing about its size: viewBox, or width and height.")},

    // excerpts
    MessageDef{"excerpt", TALLY_MESSAGE("ReportKinds", "Excerpt")},
    //: %1 kind of report: "Audit report"
    MessageDef{"excerpt.kind", TALLY_MESSAGE("ReportKinds", "%1 (excerpt)")},
    //: %1 version: "Version of 20 Nov 2026 (draft)"
    MessageDef{"excerpt.version", TALLY_MESSAGE("ReportKinds", "%1, excerpt")},
    MessageDef{"excerpt.lead",
        TALLY_MESSAGE("ReportKinds",
            "This is an excerpt; the cover says what is left out. The numbers in the summary and in the overview are "
            "those of the whole audit.")},
    //: %1 sections: "1, 2, A", %2 those that are left out
    MessageDef{"excerpt.sections", TALLY_MESSAGE("ReportKinds", "Sections of the report here: %1. Left out: %2.")},
    //: %1 and %2 numbers
    MessageDef{"excerpt.open",
        TALLY_MESSAGE("ReportKinds",
            "Only open items: requirements without a decision, with an outdated one, with “no” or “partially”; "
            "findings that nobody has set aside; measures that are not done.")},
    //: %1 a namespace
    MessageDef{"excerpt.namespace",
        TALLY_MESSAGE("ReportKinds",
            "Only the namespace “%1”: its findings, the requirements that they concern, and the images that it runs. "
            "Measures, evidence and journal are those of the whole audit.")},
    //: %1 and %2 numbers
    MessageDef{"excerpt.findings", TALLY_MESSAGE("ReportKinds", "Findings not shown: %1 of %2.")},
    //: %1 and %2 numbers
    MessageDef{"excerpt.requirements", TALLY_MESSAGE("ReportKinds", "Requirements not shown: %1 of %2.")},
    //: %1 and %2 numbers
    MessageDef{"excerpt.measures", TALLY_MESSAGE("ReportKinds", "Measures not shown: %1 of %2.")},
    MessageDef{"filtered", TALLY_MESSAGE("ReportKinds", "Filtered:")},
    MessageDef{"filtered.open", TALLY_MESSAGE("ReportKinds", "only open items")},
    //: %1 a namespace
    MessageDef{"filtered.namespace", TALLY_MESSAGE("ReportKinds", "namespace “%1”")},
    //: %1 and %2 numbers of findings
    MessageDef{"filtered.some", TALLY_MESSAGE("ReportKinds", "%1 of %2 findings")},
    MessageDef{"filtered.none", TALLY_MESSAGE("ReportKinds", "Nothing is left with this choice.")},
    MessageDef{"filtered.state",
        TALLY_MESSAGE(
            "ReportKinds", "The line with the verdict counts all findings; the tables hold the chosen ones.")},

    // management summary
    MessageDef{"m.tiles", TALLY_MESSAGE("ReportKinds", "Verdict for each requirement")},
    MessageDef{"m.tiles.note",
        TALLY_MESSAGE("ReportKinds",
            "One field for each requirement. Above: what the program proposes. Below: what the auditors decided. "
            "Patterns as in the two charts.")},
    //: %1 short id of a requirement, %2 proposal, %3 decision
    MessageDef{"m.tiles.alt", TALLY_MESSAGE("ReportKinds", "%1: proposal %2, decision %3")},
    MessageDef{"m.two", TALLY_MESSAGE("ReportKinds", "What weighs most, and what to do")},
    MessageDef{"m.two.short", TALLY_MESSAGE("ReportKinds", "What to do")},
    MessageDef{"m.causes", TALLY_MESSAGE("ReportKinds", "The worst causes")},
    MessageDef{"m.causes.what", TALLY_MESSAGE("ReportKinds", "Cause, and what it means")},
    MessageDef{"m.causes.severity", TALLY_MESSAGE("ReportKinds", "Severity")},
    MessageDef{"m.causes.bar", TALLY_MESSAGE("ReportKinds", "Findings")},
    MessageDef{"m.causes.none", TALLY_MESSAGE("ReportKinds", "No check raised a finding in the data seen.")},
    //: %1 a number
    MessageDef{"m.causes.more", TALLY_MESSAGE("ReportKinds", "%1 more causes stand in the audit report, annex A.")},
    MessageDef{"m.measures", TALLY_MESSAGE("ReportKinds", "The measures that matter")},
    MessageDef{"m.measures.none",
        TALLY_MESSAGE("ReportKinds", "No measure is planned yet. Who does what until when is still open.")},
    MessageDef{"m.measures.done", TALLY_MESSAGE("ReportKinds", "All measures are done.")},
    //: %1 a number
    MessageDef{
        "m.measures.more", TALLY_MESSAGE("ReportKinds", "%1 more open measures stand in the implementation plan.")},
    //: %1 measures in all, %2 done, %3 overdue
    MessageDef{"m.measures.count", TALLY_MESSAGE("ReportKinds", "Measures in all: %1, done: %2, overdue: %3.")},
    //: %1 a number
    MessageDef{"m.not.more", TALLY_MESSAGE("ReportKinds", "%1 more stand in the list of what was not checked.")},

    MessageDef{"m.sections",
        TALLY_MESSAGE("ReportKinds", "Sections and annexes that are named here are those of the audit report.")},

    // where a document lacks what others refer to
    MessageDef{"alone.documents-effect", TALLY_MESSAGE("ReportKinds", "not checked by the program")},
    MessageDef{"alone.none",
        TALLY_MESSAGE("ReportKinds",
            "Everything that the checks need was there. Documents and interviews have to show what the program cannot "
            "see.")},
    MessageDef{"alone.exceptions",
        TALLY_MESSAGE("ReportKinds",
            "An exception hides nothing: the finding stays, marked. A part stays a deviation, unless all findings "
            "that prove it are false alarms; then a person decides. Expired exceptions count no more.")},

    // severities that an auditor judged otherwise than the program
    //: %1 severity as judged, %2 the program's, %3 a person, %4 a date, %5 the reason
    MessageDef{"judged.line", TALLY_MESSAGE("ReportKinds", "Severity: %1 (program: %2), judged by %3 on %4: %5")},
    //: %1 severities with numbers: "critical: 11, low: 1", %2 a number
    MessageDef{
        "judged.cause", TALLY_MESSAGE("ReportKinds", "By severity: %1. Judged differently from the program: %2.")},
    //: %1 a severity, %2 a number
    MessageDef{"judged.count", TALLY_MESSAGE("ReportKinds", "%1: %2")},
    //: %1 a number
    MessageDef{"judged.row", TALLY_MESSAGE("ReportKinds", "severity judged differently from the program: %1")},
    //: %1 to %3 numbers
    MessageDef{"judged.all",
        TALLY_MESSAGE("ReportKinds",
            "Findings whose severity the auditors judged differently from the program: %1. Critical by the program: "
            "%2, as judged: %3. The reasons stand in annex A of the audit report.")},
    //: %1 a number
    MessageDef{"judged.sheet",
        TALLY_MESSAGE("ReportKinds",
            "Severities as the auditors judged them; differently from the program: %1. The sheet of findings says "
            "why.")},
    MessageDef{"judged.col.program", TALLY_MESSAGE("ReportKinds", "Severity by the program")},
    MessageDef{"judged.col.reason", TALLY_MESSAGE("ReportKinds", "Reason for another severity")},
    MessageDef{"judged.col.by", TALLY_MESSAGE("ReportKinds", "Severity judged by")},
    MessageDef{"judged.col.at", TALLY_MESSAGE("ReportKinds", "Severity judged on")},

    // decisions whose basis has changed; the word is that of report.s4.box.stale-label
    //: %1 a decision or the number of a requirement
    MessageDef{"outdated.of", TALLY_MESSAGE("ReportKinds", "%1 (outdated)")},
    //: %1 a number, %2 numbers of requirements
    MessageDef{"outdated.all",
        TALLY_MESSAGE("ReportKinds",
            "Outdated decisions, not counted as decided: %1 (%2). Their basis has changed since; they have to be "
            "confirmed or renewed.")},
    //: %1 a number
    MessageDef{"outdated.figure", TALLY_MESSAGE("ReportKinds", "requirements decided; outdated besides: %1")},

    // of a chart
    MessageDef{"outdated.legend", TALLY_MESSAGE("ReportKinds", "outdated")},
    MessageDef{"outdated.meaning",
        TALLY_MESSAGE("ReportKinds",
            "decided, but what that rested on has changed since; counts as open until it is confirmed or renewed")},
    MessageDef{
        "outdated.tiles", TALLY_MESSAGE("ReportKinds", "White with falling lines below: the decision is outdated.")},

    // findings of an audit with several modules
    //: %1, %2 and %3 numbers
    MessageDef{"findings.figure",
        TALLY_MESSAGE("ReportKinds", "findings on this module (causes: %1), critical: %2; on other modules only: %3")},

    // requests for evidence
    //: %1 where a document is: "DMS, folder 12"
    MessageDef{"requests.where", TALLY_MESSAGE("ReportKinds", "Where: %1")},

    // comparison: deviations where the earlier audit did not look at everything
    MessageDef{"known", TALLY_MESSAGE("ReportKinds", "Deviations that are known only now")},
    MessageDef{"known.lead",
        TALLY_MESSAGE("ReportKinds",
            "The earlier audit did not look at these in full: nobody can tell whether they got worse or were so "
            "before.")},
    //: %1 a number
    MessageDef{"known.worse-none",
        TALLY_MESSAGE("ReportKinds",
            "No requirement that was fully looked at before got worse. Deviations that are known only now: %1, listed "
            "below.")},
    MessageDef{"known.direction", TALLY_MESSAGE("ReportKinds", "now known: deviation")},

    // implementation plan alone
    MessageDef{"plan.none",
        TALLY_MESSAGE("ReportKinds",
            "Nothing is planned yet: there is no measure, no decision names one, and no risk is accepted.")},
    MessageDef{"plan.start", TALLY_MESSAGE("ReportKinds", "Recorded")},
    //: %1 and %2 dates
    MessageDef{"plan.timeline",
        TALLY_MESSAGE("ReportKinds",
            "Each bar runs from the day on which the measure was recorded to the day by which it is to be done. Thin "
            "lines: first days of months. Thick line: %1. The chart ends on %2.")},
    //: %1 a number
    MessageDef{"plan.timeline.more",
        TALLY_MESSAGE("ReportKinds", "%1 more open measures with a date stand in the table above only.")},
    //: %1 a number
    MessageDef{"plan.timeline.undated",
        TALLY_MESSAGE("ReportKinds", "Open measures without a date, which no chart can show: %1.")},

    // list of what was not checked
    MessageDef{"u.lead",
        TALLY_MESSAGE("ReportKinds",
            "What is missing never counts as met. This list names what was not looked at, why, and how it can be "
            "obtained.")},
    MessageDef{"u.parts", TALLY_MESSAGE("ReportKinds", "Parts of requirements")},
    MessageDef{"u.missing", TALLY_MESSAGE("ReportKinds", "Missing input")},
    MessageDef{"u.missing.what", TALLY_MESSAGE("ReportKinds", "What is missing, and why")},
    MessageDef{"u.missing.parts", TALLY_MESSAGE("ReportKinds", "Parts that need it")},
    MessageDef{"u.missing.how", TALLY_MESSAGE("ReportKinds", "How to get it")},
    MessageDef{"u.missing.none", TALLY_MESSAGE("ReportKinds", "Everything that the checks need was there.")},
    MessageDef{"u.no-run",
        TALLY_MESSAGE("ReportKinds", "The checks have not run yet: nothing at all has been checked by the program.")},
    MessageDef{"u.commands", TALLY_MESSAGE("ReportKinds", "Commands")},
    MessageDef{"u.commands.lead",
        TALLY_MESSAGE("ReportKinds",
            "To be run by the audited institution; they read and change nothing. What they write is added to the audit "
            "as a further source.")},
    MessageDef{"u.commands.all",
        TALLY_MESSAGE("ReportKinds",
            "Or everything at once: this script asks for each kind in a file of its own, keeps errors, and leaves out "
            "the values of Secrets.")},
    MessageDef{"u.how.file", TALLY_MESSAGE("ReportKinds", "ask the institution for it; there is no command")},
    MessageDef{"u.how.below", TALLY_MESSAGE("ReportKinds", "with the long command below")},
    MessageDef{"u.how.policy", TALLY_MESSAGE("ReportKinds", "enter it in the audit: house policy, or --policy FILE")},
    MessageDef{"u.how.key", TALLY_MESSAGE("ReportKinds", "add the public key to the audit, or --key FILE")},
    MessageDef{"u.how.again",
        TALLY_MESSAGE("ReportKinds", "hand over the whole image again; it could not be read to its end")},
    MessageDef{"u.how.apart", TALLY_MESSAGE("ReportKinds", "hand over each cluster’s export by itself")},
    MessageDef{"u.how.layout",
        TALLY_MESSAGE(
            "ReportKinds", "hand over the image as an OCI layout with its signatures: cosign save --dir FOLDER IMAGE")},
    MessageDef{"u.by-part", TALLY_MESSAGE("ReportKinds", "Not or only partly checked, by part")},
    MessageDef{
        "u.by-part.none", TALLY_MESSAGE("ReportKinds", "No part is left out or only partly checked for want of data.")},
    MessageDef{"u.by-part.part", TALLY_MESSAGE("ReportKinds", "Part")},
    MessageDef{"u.by-part.text", TALLY_MESSAGE("ReportKinds", "What it demands")},
    MessageDef{"u.by-part.why", TALLY_MESSAGE("ReportKinds", "State and reason")},
    MessageDef{"u.no-check", TALLY_MESSAGE("ReportKinds", "no check of the program speaks about it")},
    MessageDef{"u.people", TALLY_MESSAGE("ReportKinds", "Left to people")},
    MessageDef{"u.people.lead",
        TALLY_MESSAGE("ReportKinds",
            "The program cannot decide these parts, whatever data it gets. Those without a decision are still open.")},
    MessageDef{"u.people.ask", TALLY_MESSAGE("ReportKinds", "What to ask for")},
    MessageDef{"u.people.state", TALLY_MESSAGE("ReportKinds", "Decision of the auditors")},
    MessageDef{"u.people.none", TALLY_MESSAGE("ReportKinds", "There are no such parts.")},
    MessageDef{"u.sources", TALLY_MESSAGE("ReportKinds", "Not or not fully read")},
    MessageDef{"u.sources.none", TALLY_MESSAGE("ReportKinds", "All sources were read in full.")},
    MessageDef{"u.namespaces", TALLY_MESSAGE("ReportKinds", "Namespaces that the export does not cover: %1")},
    MessageDef{"u.images", TALLY_MESSAGE("ReportKinds", "Images that run and were not handed over: %1")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *textDef(std::string_view code)
{
    return definitionIn(reportTexts, code);
}

} // namespace tally
