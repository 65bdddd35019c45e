// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

namespace tally {

/// The journal in words, sign-offs, and the workbook's sheets of measures and requests.
inline constexpr MessageDef journalMessages[] = {
    // private keys
    MessageDef{"key.too-large", TALLY_MESSAGE("Errors", "“%1” is too large for a key.")},
    MessageDef{"key.openssh",
        TALLY_MESSAGE("Errors",
            "“%1” is a key of OpenSSH. Sign with a PEM key: openssl genpkey -algorithm ed25519 -aes256 -out key.pem")},
    MessageDef{
        "key.passphrase-wanted", TALLY_MESSAGE("Errors", "The key “%1” is encrypted: its passphrase is needed.")},
    MessageDef{"key.wrong-passphrase",
        TALLY_MESSAGE("Errors", "The key “%1” could not be opened: the passphrase is wrong, or the file is damaged.")},
    MessageDef{"key.no-private",
        TALLY_MESSAGE("Errors", "“%1” holds no private key in PEM form (“-----BEGIN PRIVATE KEY-----”).")},

    // sign-off
    MessageDef{"signoff.nameless", TALLY_MESSAGE("Errors", "Say who signs off.")},
    MessageDef{"signoff.moved",
        TALLY_MESSAGE("Errors",
            "The audit has changed meanwhile; nothing was signed off. Look at what is signed off, and sign again.")},
    MessageDef{"signoff.not-signed", TALLY_MESSAGE("Errors", "The key could not sign. Nothing was signed off.")},
    //: %1 number of a journal entry
    MessageDef{"signoff.unreadable", TALLY_MESSAGE("Errors", "The sign-off in journal entry %1 cannot be read.")},
    //: %1 number of a journal entry
    MessageDef{"signoff.other-head",
        TALLY_MESSAGE("Errors", "The sign-off in journal entry %1 belongs to another audit or to another head.")},
    //: %1 number of a journal entry
    MessageDef{"signoff.bad",
        TALLY_MESSAGE("Errors", "The signature in journal entry %1 does not fit what was signed off there.")},
    //: %1 person, %2 time, %3 head of the journal, shortened
    MessageDef{"signoff.unsigned",
        TALLY_MESSAGE("Report", "Signed off without a signature by %1 on %2 UTC, journal head %3.")},
    //: %1 person, %2 time, %3 head of the journal, shortened
    MessageDef{"signoff.signed", TALLY_MESSAGE("Report", "Signed off by %1 on %2 UTC, journal head %3.")},
    //: %1 kind of key, %2 fingerprint
    MessageDef{"signoff.good", TALLY_MESSAGE("Report", "The signature fits. Key: %1, %2")},
    MessageDef{"signoff.whose-key",
        TALLY_MESSAGE("Report",
            "Whose key it is, this file does not prove: compare its fingerprint, or verify with the public key.")},
    MessageDef{"signoff.known-key", TALLY_MESSAGE("Report", "It was signed with the key that was given.")},
    MessageDef{"signoff.no-known-key",
        TALLY_MESSAGE("Report", "None of the sign-offs was signed with the key that was given.")},
    MessageDef{"signoff.unchanged", TALLY_MESSAGE("Report", "Not changed since.")},
    MessageDef{"signoff.changed", TALLY_MESSAGE_N("Report", "Changed after the sign-off: %n journal entry(s).")},
    MessageDef{"signoff.none", TALLY_MESSAGE("Report", "Not signed off.")},
    MessageDef{"signoff.title", TALLY_MESSAGE("Report", "Sign-off")},
    MessageDef{"signoff.person", TALLY_MESSAGE("Report", "Signed off by")},
    MessageDef{"signoff.time", TALLY_MESSAGE("Report", "Time")},
    MessageDef{"signoff.purpose", TALLY_MESSAGE("Report", "Purpose")},
    MessageDef{"signoff.head", TALLY_MESSAGE("Report", "Journal head that was signed off")},
    MessageDef{"signoff.signature", TALLY_MESSAGE("Report", "Digital signature")},
    MessageDef{"signoff.key", TALLY_MESSAGE("Report", "Key")},
    MessageDef{"signoff.since", TALLY_MESSAGE("Report", "Since then")},
    MessageDef{"signoff.has-none", TALLY_MESSAGE("Report", "none: a name and a date, without a signature")},
    MessageDef{"signoff.fits", TALLY_MESSAGE("Report", "good: it fits the text and the journal")},
    MessageDef{"signoff.fits-not", TALLY_MESSAGE("Report", "does not fit: do not rely on this sign-off")},
    MessageDef{"report.event.signed-off", TALLY_MESSAGE("Report", "Signed off")},
    // settings that people do not take for one, journalEvent()
    MessageDef{"report.event.classification", TALLY_MESSAGE("Report", "Classification")},
    MessageDef{"report.event.verdict", TALLY_MESSAGE("Report", "Overall verdict")},
    MessageDef{"report.event.most-important", TALLY_MESSAGE("Report", "Choice of the most important deviations")},
    // on the command line
    MessageDef{"sign.done", TALLY_MESSAGE("Progress", "Signed off. The head that was signed: %1")},
    MessageDef{"sign.exported",
        TALLY_MESSAGE("Progress", "The signed text is in “%1”, the signature in “%2”, the public key in “%3”.")},
    MessageDef{"sign.exported-text", TALLY_MESSAGE("Progress", "The text of the sign-off is in “%1”.")},
    MessageDef{"sign.passphrase", TALLY_MESSAGE("Progress", "Passphrase of %1: ")},
    MessageDef{"sign.read-only", TALLY_MESSAGE("Errors", "The audit can only be read: nothing was signed off.")},
    MessageDef{"sign.open", TALLY_MESSAGE("Progress", "Still open: %1")},

    // what still stands open at a sign-off
    MessageDef{"open.undecided", TALLY_MESSAGE_N("Report", "%1: %n requirement(s) undecided")},
    MessageDef{"open.stale", TALLY_MESSAGE_N("Report", "%n decision(s) whose basis has changed since")},
    MessageDef{"open.reviews", TALLY_MESSAGE_N("Report", "%n review(s) submitted and not answered")},
    MessageDef{"open.sent-back", TALLY_MESSAGE_N("Report", "%n requirement(s) sent back by the second person")},
    MessageDef{"open.carried", TALLY_MESSAGE_N("Report", "%n answer(s) of the earlier audit not confirmed")},
    MessageDef{"open.requests", TALLY_MESSAGE_N("Report", "%n request(s) for evidence unanswered")},
    MessageDef{
        "open.not-judged", TALLY_MESSAGE("Report", "Sources or rules have changed since the last run of the checks")},
    MessageDef{"open.cached", TALLY_MESSAGE_N("Report", "%n source(s) whose digests are those of an earlier reading")},
    MessageDef{"open.must", TALLY_MESSAGE_N("Report", "%n decision(s) that break a rule about reasons")},

    // the journal in words: names of what changed
    MessageDef{"journal.f.status", TALLY_MESSAGE("Report", "Status")},
    MessageDef{"journal.f.reason", TALLY_MESSAGE("Report", "Reason")},
    MessageDef{"journal.f.by", TALLY_MESSAGE("Report", "Entered by")},
    MessageDef{"journal.f.responsible", TALLY_MESSAGE("Report", "Responsible")},
    MessageDef{"journal.f.until", TALLY_MESSAGE("Report", "Done by")},
    MessageDef{"journal.f.measure", TALLY_MESSAGE("Report", "Measure")},
    MessageDef{"journal.f.notes", TALLY_MESSAGE("Report", "Notes")},
    MessageDef{"journal.f.interviewed", TALLY_MESSAGE("Report", "Interviewed")},
    MessageDef{"journal.f.assessedOn", TALLY_MESSAGE("Report", "Assessed on")},
    MessageDef{"journal.f.assessor", TALLY_MESSAGE("Report", "Assessor")},
    MessageDef{"journal.f.costOnce", TALLY_MESSAGE("Report", "Costs once, €")},
    MessageDef{"journal.f.costYearly", TALLY_MESSAGE("Report", "Costs a year, €")},
    MessageDef{"journal.f.effortHours", TALLY_MESSAGE("Report", "Effort, hours")},
    MessageDef{"journal.f.residualRisk", TALLY_MESSAGE("Report", "Residual risk")},
    MessageDef{"journal.f.state", TALLY_MESSAGE("Report", "State")},
    MessageDef{"journal.f.text", TALLY_MESSAGE("Report", "Text")},
    MessageDef{"journal.f.title", TALLY_MESSAGE("Report", "Title")},
    MessageDef{"journal.f.description", TALLY_MESSAGE("Report", "Description")},
    MessageDef{"journal.f.requirements", TALLY_MESSAGE("Report", "Requirements")},
    MessageDef{"journal.f.checks", TALLY_MESSAGE("Report", "Checks")},
    MessageDef{"journal.f.fingerprints", TALLY_MESSAGE("Report", "Findings")},
    MessageDef{"journal.f.priority", TALLY_MESSAGE("Report", "Priority")},
    MessageDef{"journal.f.owner", TALLY_MESSAGE("Report", "Responsible")},
    MessageDef{"journal.f.due", TALLY_MESSAGE("Report", "Done by")},
    MessageDef{"journal.f.doneOn", TALLY_MESSAGE("Report", "Done on")},
    MessageDef{"journal.f.what", TALLY_MESSAGE("Report", "What is asked for")},
    MessageDef{"journal.f.whom", TALLY_MESSAGE("Report", "Of whom")},
    MessageDef{"journal.f.askedOn", TALLY_MESSAGE("Report", "Asked on")},
    MessageDef{"journal.f.answer", TALLY_MESSAGE("Report", "Answer")},
    MessageDef{"journal.f.location", TALLY_MESSAGE("Report", "Where the document is")},
    MessageDef{"journal.f.evidence", TALLY_MESSAGE("Report", "Evidence")},
    MessageDef{"journal.f.name", TALLY_MESSAGE("Report", "Name")},
    MessageDef{"journal.f.kind", TALLY_MESSAGE("Report", "Kind")},
    MessageDef{"journal.f.confidentiality", TALLY_MESSAGE("Report", "Confidentiality")},
    MessageDef{"journal.f.integrity", TALLY_MESSAGE("Report", "Integrity")},
    MessageDef{"journal.f.availability", TALLY_MESSAGE("Report", "Availability")},
    MessageDef{"journal.f.severity", TALLY_MESSAGE("Report", "Severity")},
    MessageDef{"journal.f.value", TALLY_MESSAGE("Report", "Value")},
    MessageDef{"journal.f.note", TALLY_MESSAGE("Report", "Note")},
    MessageDef{"journal.f.source", TALLY_MESSAGE("Report", "Source")},
    MessageDef{"journal.f.date", TALLY_MESSAGE("Report", "Date")},
    MessageDef{"journal.f.expires", TALLY_MESSAGE("Report", "Valid until")},
    MessageDef{"journal.f.ids", TALLY_MESSAGE("Report", "Evidence for")},
    MessageDef{"journal.f.organisation", TALLY_MESSAGE("Report", "Organisation")},
    MessageDef{"journal.f.auditor", TALLY_MESSAGE("Report", "Auditor")},
    MessageDef{"journal.f.targetObject", TALLY_MESSAGE("Report", "Target object")},
    MessageDef{"journal.f.classification", TALLY_MESSAGE("Report", "Classification")},
    MessageDef{"journal.f.bytes", TALLY_MESSAGE("Report", "Size")},
    MessageDef{"journal.f.form", TALLY_MESSAGE("Report", "Form")},
    MessageDef{"journal.f.findings", TALLY_MESSAGE("Report", "Findings")},
    MessageDef{"journal.f.language", TALLY_MESSAGE("Report", "Language")},
    MessageDef{"journal.f.verifiedAt", TALLY_MESSAGE("Report", "Digests computed")},
    MessageDef{"journal.f.scope", TALLY_MESSAGE("Report", "Covers")},
    MessageDef{"journal.f.decisions", TALLY_MESSAGE("Report", "Answers to be confirmed")},
    MessageDef{"journal.f.successor", TALLY_MESSAGE("Report", "Number of the source that takes its place")},
    MessageDef{"journal.f.from", TALLY_MESSAGE("Report", "Carried over from")},
    MessageDef{"journal.f.all", TALLY_MESSAGE("Report", "All of them")},
    // values
    MessageDef{"journal.v.review.submitted", TALLY_MESSAGE("Report", "submitted")},
    MessageDef{"journal.v.review.accepted", TALLY_MESSAGE("Report", "accepted")},
    MessageDef{"journal.v.review.sent-back", TALLY_MESSAGE("Report", "sent back")},
    MessageDef{"journal.v.request.open", TALLY_MESSAGE("Report", "open")},
    MessageDef{"journal.v.need.not-stated", TALLY_MESSAGE("Report", "not stated")},
    MessageDef{"journal.v.need.normal", TALLY_MESSAGE("Report", "normal")},
    MessageDef{"journal.v.need.high", TALLY_MESSAGE("Report", "high")},
    MessageDef{"journal.v.need.very-high", TALLY_MESSAGE("Report", "very high")},
    MessageDef{"journal.v.target.cluster", TALLY_MESSAGE("Report", "cluster")},
    MessageDef{"journal.v.target.host", TALLY_MESSAGE("Report", "host")},
    MessageDef{"journal.v.target.image", TALLY_MESSAGE("Report", "image")},
    MessageDef{"journal.v.target.application", TALLY_MESSAGE("Report", "application")},
    MessageDef{"journal.v.target.namespace", TALLY_MESSAGE("Report", "namespace")},
    // settings: which export belongs to which cluster; the value is another export of it, or the same one
    //: %1 an export
    MessageDef{"journal.cluster-of", TALLY_MESSAGE("Report", "Same cluster as the export “%1”")},
    //: %1 an export
    MessageDef{
        "journal.cluster-kept", TALLY_MESSAGE("Report", "Same cluster as the export “%1”, because of decisions on it")},
    //: %1 an export
    MessageDef{"journal.cluster-name", TALLY_MESSAGE("Report", "Name of the cluster of the export “%1”")},
    // kinds of change, to filter by
    MessageDef{"journal.k.audit", TALLY_MESSAGE("Report", "Audit")},
    MessageDef{"journal.k.source", TALLY_MESSAGE("Report", "Sources and runs")},
    MessageDef{"journal.k.decision", TALLY_MESSAGE("Report", "Decisions")},
    MessageDef{"journal.k.review", TALLY_MESSAGE("Report", "Reviews")},
    MessageDef{"journal.k.finding", TALLY_MESSAGE("Report", "Findings and exceptions")},
    MessageDef{"journal.k.measure", TALLY_MESSAGE("Report", "Measures")},
    MessageDef{"journal.k.evidence", TALLY_MESSAGE("Report", "Evidence and requests")},
    MessageDef{"journal.k.house", TALLY_MESSAGE("Report", "Scope and house rules")},
    MessageDef{"journal.k.report", TALLY_MESSAGE("Report", "Reports and sign-offs")},
    // columns of the exported journal
    MessageDef{"journal.c.event", TALLY_MESSAGE("Report", "Change")},
    MessageDef{"journal.c.subject", TALLY_MESSAGE("Report", "Of what")},
    MessageDef{"journal.c.field", TALLY_MESSAGE("Report", "Field")},
    MessageDef{"journal.c.before", TALLY_MESSAGE("Report", "Old")},
    MessageDef{"journal.c.after", TALLY_MESSAGE("Report", "New")},
    //: %1 field, %2 old and %3 new value
    MessageDef{"journal.change", TALLY_MESSAGE("Report", "%1: %2 → %3")},
    //: %1 field, %2 value
    MessageDef{"journal.set", TALLY_MESSAGE("Report", "%1: %2")},
    MessageDef{"journal.nothing", TALLY_MESSAGE("Report", "(empty)")},
    MessageDef{"journal.written", TALLY_MESSAGE_N("Progress", "%n journal entry(s) written to “%1”.")},
    MessageDef{"journal.bad-format", TALLY_MESSAGE("Errors", "“%1” is neither .csv nor .json.")},

    // workbook: measures and requests
    MessageDef{"book.sheet.measures", TALLY_MESSAGE("Report", "Measures")},
    MessageDef{"book.sheet.requests", TALLY_MESSAGE("Report", "Requests")},
    MessageDef{"book.measures.how",
        TALLY_MESSAGE("Report", "Yellow cells can be changed. A new measure goes into one of the empty lines below.")},
    MessageDef{"book.requests.how",
        TALLY_MESSAGE("Report",
            "Please fill in the yellow cells: whether it is there, a remark, and where the document is. Then send the "
            "file back.")},
    MessageDef{"book.col.file", TALLY_MESSAGE("Report", "Where the document is")},
    MessageDef{"book.col.remark", TALLY_MESSAGE("Report", "Remark")},
    MessageDef{"book.col.handed", TALLY_MESSAGE("Report", "Handed over")},
    MessageDef{"book.bad-state", TALLY_MESSAGE("Errors", "“%1” is no state. These are: %2.")},
    MessageDef{"book.bad-priority", TALLY_MESSAGE("Errors", "“%1” is no priority. These are: %2.")},
    MessageDef{"book.bad-number", TALLY_MESSAGE("Errors", "“%1” is no whole number from 0 to 999,999,999,999.")},
    MessageDef{"book.unknown-key", TALLY_MESSAGE("Errors", "The audit has no “%1” any more.")},
    MessageDef{"book.conflict",
        TALLY_MESSAGE(
            "Errors", "%1 was changed in the workbook and in the audit since the export. Decide which counts.")},
    MessageDef{"book.twice", TALLY_MESSAGE("Errors", "%1 stands there twice; the first line counts.")},
    MessageDef{"book.state-lost",
        TALLY_MESSAGE(
            "Errors", "The hidden column that says what was exported for %1 was changed. The line is not taken over.")},
    MessageDef{
        "book.cut", TALLY_MESSAGE("Errors", "A text of %1 is longer than a cell can hold. Change it in the program.")},
    MessageDef{"book.new-untitled", TALLY_MESSAGE("Errors", "A new measure needs a title.")},
    MessageDef{"book.unknown-requirement", TALLY_MESSAGE("Errors", "There is no requirement “%1”.")},
    MessageDef{"book.would-change-measures",
        TALLY_MESSAGE_N("Progress", "%n measure(s) would change or be added. Nothing was written: --apply does that.")},
    MessageDef{"book.would-change-requests",
        TALLY_MESSAGE_N("Progress", "%n request(s) would change. Nothing was written: --apply does that.")},
    MessageDef{"verify.no-head",
        TALLY_MESSAGE("Errors", "“%1” is no head of a journal: that has 64 hexadecimal digits, as reports print it.")},
    MessageDef{"book.changed-measures", TALLY_MESSAGE_N("Progress", "%n measure(s) changed or added.")},
    MessageDef{"book.changed-requests", TALLY_MESSAGE_N("Progress", "%n request(s) changed.")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *journalDef(std::string_view code)
{
    return definitionIn(journalMessages, code);
}

} // namespace tally
