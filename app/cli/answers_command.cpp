// SPDX-License-Identifier: Apache-2.0
#include "app/cli/adding.h"
#include "app/cli/commands.h"

#include "core/audit/requests.h"
#include "core/base/ascii.h"
#include "core/base/messages_exports.h"
#include "core/base/messages_journal.h"
#include "core/base/messages_scope.h"
#include "core/report/answers.h"
#include "core/report/earlier_answers.h"
#include "core/report/journal_view.h"
#include "core/report/record_sheets.h"
#include "ui/pdf/report_export.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tally::cli {

namespace {

/// In which the list of requests can be written, besides as a workbook.
constexpr std::array requestFormats = {ReportFormat::Pdf, ReportFormat::Html};

/// "status: no -> yes", one line per field that differs.
void print(const Answer &answer, const Words &words)
{
    std::printf("%s\n", answer.id.c_str());
    const auto field = [](const char *name, std::string_view before, std::string_view after) {
        if (before != after)
            std::printf("  %s: %s -> %s\n", name, printable(before).c_str(), printable(after).c_str());
    };
    field("status", words.status(answer.before.status), words.status(answer.after.status));
    field("reason", answer.before.reason, answer.after.reason);
    field("responsible", answer.before.responsible, answer.after.responsible);
    field("until", answer.before.until, answer.after.until);
    field("measure", answer.before.measure, answer.after.measure);
}

/// A measure or a request, in the words of the journal.
void print(const RecordAnswer &answer, const Words &words, const Catalogue &catalogue)
{
    const bool measure = typeOf(answer.after) == RecordType::Measure;
    const std::string title = measure
        ? std::get<Measure>(answer.after).title
        : requestText(std::get<EvidenceRequest>(answer.after), catalogue, words.language());
    std::printf("%s %s\n", answer.before ? keyOf(answer.after).c_str() : "+", printable(title).c_str());
    JournalEntry entry;
    entry.event = recordEvent(typeOf(answer.after));
    entry.detail = R"({"before":)" + (answer.before ? recordToJson(*answer.before) : "null") + R"(,"after":)"
        + recordToJson(answer.after) + "}";
    for (const JournalChange &change : journalLine(entry, words).changes)
        std::printf("  %s: %s -> %s\n", change.field.c_str(), printable(change.before).c_str(),
            printable(change.after).c_str());
}

/// How many of each kind would change, or did.
void sayCounts(const Console &console, bool done, std::size_t decisions, std::size_t measures, std::size_t requests)
{
    const auto say = [&console](std::size_t count, const MessageDef *what) {
        if (count > 0)
            console.say({what, {}, static_cast<int>(count)});
    };
    say(decisions, done ? exportDef("answers.changed") : exportDef("answers.would-change"));
    say(measures, done ? journalDef("book.changed-measures") : journalDef("book.would-change-measures"));
    say(requests, done ? journalDef("book.changed-requests") : journalDef("book.would-change-requests"));
}

/// Answers that followed an earlier edition arrive as those of a predecessor do.
int earlierAnswers(const Console &console, const AnswersOptions &options, const Rules &rules, Audit &audit)
{
    const Limits limits;
    const auto file = openFile(options.workbook, limits);
    if (console.failed(file))
        return NothingUsable;
    const Resources resources = options.resources.empty() ? Resources() : Resources(options.resources);
    const auto crosswalk = loadCrosswalk(resources, *rules.catalogue, options.edition);
    if (console.failed(crosswalk))
        return NothingUsable;
    const std::string name(baseName(options.workbook));
    const auto read
        = readEarlierAnswers(*file, name, *crosswalk, *rules.catalogue, console.german(), console.english(), limits);
    if (console.failed(read))
        return NothingUsable;
    int taken = 0;
    const Words words(console.language(), console.translator());
    for (const EarlierAnswers::Answer &answer : read->answers) {
        const std::string &note = answer.note.in(console.language());
        if (answer.to.empty()) {
            console.say({scopeDef("crosswalk.not-taken"),
                {printable(answer.from),
                    note.empty() ? console.translator().text({scopeDef("crosswalk.unknown")}) : note}});
            continue;
        }
        ++taken;
        std::printf("%s -> %s: %s%s%s\n", printable(answer.from).c_str(), answer.to.c_str(),
            words.status(answer.decision.status).c_str(), note.empty() ? "" : "  ", note.c_str());
    }
    for (const AnswerProblem &problem : read->problems)
        console.say({exportDef("answers.problem"),
            {printable(problem.sheet), problem.cell, console.translator().text(problem.why)}});
    if (taken == 0) {
        console.say({scopeDef("crosswalk.nothing")});
        return Reached;
    }
    if (!options.apply) {
        console.say({scopeDef("crosswalk.would"), {options.edition}, taken});
    } else if (audit.readOnly()) {
        console.say({exportDef("answers.read-only")});
        return NothingUsable;
    } else if (console.failed(audit.takeOver(asAudit(*read, name, *crosswalk, *rules.catalogue)))) {
        return NothingUsable;
    } else {
        console.say({scopeDef("crosswalk.done"), {options.edition}, taken});
    }
    return read->problems.empty() && taken == static_cast<int>(read->answers.size()) ? Done : Reached;
}

} // namespace

int answersCommand(const Console &console, const AnswersOptions &options)
{
    const auto rules = loadRules(options.resources);
    if (console.failed(rules))
        return WrongCall;
    auto audit = Audit::open(options.audit);
    if (console.failed(audit))
        return NothingUsable;
    audit->setActor(options.by);
    if (options.by.empty() && options.apply)
        sayNobodyNamed(console);
    if (!options.edition.empty())
        return earlierAnswers(console, options, *rules, *audit);
    const Limits limits;
    const auto file = openFile(options.workbook, limits);
    if (console.failed(file))
        return NothingUsable;
    const AuditStatePtr state = audit->state();
    const auto answers = readAnswers(*file, std::string(baseName(options.workbook)),
        {*state, *rules->catalogue, *rules->checks}, console.german(), console.english(), limits);
    if (console.failed(answers))
        return NothingUsable;
    const Words words(console.language(), console.translator());
    for (const Answer &answer : answers->changed)
        print(answer, words);
    for (const RecordAnswer &answer : answers->records)
        print(answer, words, *rules->catalogue);
    for (const AnswerProblem &problem : answers->problems)
        console.say({exportDef("answers.problem"),
            {printable(problem.sheet), problem.cell, console.translator().text(problem.why)}});
    const auto measures = static_cast<std::size_t>(std::ranges::count_if(
        answers->records, [](const RecordAnswer &each) { return typeOf(each.after) == RecordType::Measure; }));
    if (answers->changed.empty() && answers->records.empty()) {
        console.say({exportDef("answers.nothing")});
    } else if (!options.apply) {
        sayCounts(console, false, answers->changed.size(), measures, answers->records.size() - measures);
    } else if (audit->readOnly()) {
        console.say({exportDef("answers.read-only")});
        return NothingUsable;
    } else {
        audit->setCatalogue(rules->catalogue);
        const AppliedAnswers applied = applyAnswers(*audit, *answers, options.by);
        for (std::size_t i = 0; i < applied.refused.size(); ++i) { // a full disk refuses each with the same words
            if (i == 0 || applied.refused[i].why != applied.refused[i - 1].why)
                console.say(applied.refused[i].why);
        }
        sayCounts(console, true, applied.done, applied.measures, applied.requests);
        if (!applied.refused.empty())
            return Reached;
    }
    return answers->problems.empty() ? Done : Reached;
}

int requestsCommand(
    const Console &console, const std::string &path, const std::string &output, const std::string &resources)
{
    const auto rules = loadRules(resources);
    const std::string name = lowered(output);
    const bool workbook = name.ends_with(".xlsx");
    if (console.failed(rules))
        return WrongCall;
    const auto format = workbook ? Result<ReportFormat>(ReportFormat::Xlsx) : reportFormat(output, requestFormats);
    if (console.failed(format))
        return WrongCall;
    const auto state = Audit::read(path, RunContext({}, console.progress()));
    if (console.failed(state))
        return NothingUsable;
    ReportOptions options;
    options.language = console.language();
    options.kind = ReportOptions::Kind::Requests;
    const ReportInput input{**state, *rules->catalogue, *rules->checks};
    const auto content = workbook ? writeRequestsXlsx(input, options, console.translator())
                                  : ui::renderReport(*format, input, options);
    const auto written = content ? writeOutput(output, *content) : Result<>(tl::unexpected(content.error()));
    if (console.failed(written))
        return WrongCall;
    return Done;
}

} // namespace tally::cli
