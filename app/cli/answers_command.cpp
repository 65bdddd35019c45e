// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include "core/base/ascii.h"
#include "core/base/messages_exports.h"
#include "core/report/answers.h"

#include <cstdio>

namespace tally::cli {

namespace {

/// "status: nein -> ja", one line per field that differs.
void print(const Answer &answer)
{
    std::printf("%s\n", answer.id.c_str());
    const auto field = [](const char *name, std::string_view before, std::string_view after) {
        if (before != after)
            std::printf("  %s: %s -> %s\n", name, printable(before).c_str(), printable(after).c_str());
    };
    field("status", statusName(answer.before.status), statusName(answer.after.status));
    field("reason", answer.before.reason, answer.after.reason);
    field("responsible", answer.before.responsible, answer.after.responsible);
    field("until", answer.before.until, answer.after.until);
    field("measure", answer.before.measure, answer.after.measure);
}

} // namespace

int answersCommand(const Console &console, const AnswersOptions &options)
{
    const auto rules = loadRules(options.resources);
    if (!rules) {
        console.show(rules.error());
        return WrongCall;
    }
    auto audit = Audit::open(options.audit);
    if (!audit) {
        console.show(audit.error());
        return NothingUsable;
    }
    const Limits limits;
    const auto file = openFile(options.workbook, limits);
    if (!file) {
        console.show(file.error());
        return NothingUsable;
    }
    const AuditStatePtr state = audit->state();
    const auto answers = readAnswers(*file, std::string(baseName(options.workbook)),
        {*state, *rules->catalogue, *rules->checks}, console.german(), console.english(), limits);
    if (!answers) {
        console.show(answers.error());
        return NothingUsable;
    }
    for (const Answer &answer : answers->changed)
        print(answer);
    for (const AnswerProblem &problem : answers->problems)
        console.say({exportDef("answers.problem"),
            {printable(problem.sheet), problem.cell, console.translator().text(problem.why)}});
    if (answers->changed.empty()) {
        console.say({exportDef("answers.nothing")});
    } else if (!options.apply) {
        console.say({exportDef("answers.would-change"), {}, static_cast<int>(answers->changed.size())});
    } else if (audit->readOnly()) {
        console.say({exportDef("answers.read-only")});
        return NothingUsable;
    } else {
        const AppliedAnswers applied = applyAnswers(*audit, *answers, options.by);
        for (const AnswerProblem &refused : applied.refused)
            console.say(refused.why);
        console.say({exportDef("answers.changed"), {}, static_cast<int>(applied.done)});
        if (!applied.refused.empty())
            return Reached;
    }
    return answers->problems.empty() ? Done : Reached;
}

} // namespace tally::cli
