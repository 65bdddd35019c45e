// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include "core/base/ascii.h"
#include "core/base/messages_journal.h"
#include "core/report/journal_view.h"

#include <cstdio>

namespace tally::cli {

int journalCommand(const Console &console, const JournalOptions &options)
{
    const std::string name = lowered(options.out);
    const bool json = name.ends_with(".json") || name == "-";
    if (!name.empty() && !json && !name.ends_with(".csv")) {
        console.say({journalDef("journal.bad-format"), {options.out}});
        return WrongCall;
    }
    const auto state = Audit::read(options.audit, RunContext({}, console.progress()));
    if (console.failed(state))
        return NothingUsable;
    const auto &journal = (*state)->journal;
    const Words words(console.language(), console.translator());
    const ClusterNames names(**state);
    if (options.out.empty()) {
        for (const JournalEntry &entry : journal) {
            const JournalLine line = journalLine(entry, words, names);
            std::printf("%6lld  %s  %s  %s %s", static_cast<long long>(entry.number), printable(entry.at).c_str(),
                printable(words.given(entry.by)).c_str(), line.event.c_str(), printable(line.subject).c_str());
            const std::string changes = printable(changesInOneLine(line, words));
            std::printf(changes.empty() ? "\n" : ": %s\n", changes.c_str());
        }
        return Done;
    }
    const std::string content = json ? writeJournalJson(journal, words, names) : writeJournalCsv(journal, words, names);
    if (console.failed(writeOutput(options.out, content)))
        return WrongCall;
    console.say({journalDef("journal.written"), {options.out}, static_cast<int>(journal.size())});
    return Done;
}

} // namespace tally::cli
