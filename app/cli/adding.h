// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "core/audit/audit.h"

#include <string>
#include <vector>

namespace tally::cli {

/// How inputs are added to an audit.
struct Adding
{
    OpenOptions::Expect expect = OpenOptions::Expect::Anything;
    bool noCache = false;
    bool refreshCache = false; ///< OpenOptions::refreshCache
    std::string saved{};       ///< the audit's file, for what is said; "" none
    bool supersede = false;    ///< a newer export of a cluster takes the place of the older ones; else that is offered
};

/// Opens one input and adds it to the audit. False: nothing usable in it.
[[nodiscard]] bool addInput(
    const Console &console, Audit &audit, const std::string &path, const Adding &how, const RunContext &run);
/// A new run over everything that counts.
[[nodiscard]] Result<> judgeAll(Audit &audit, const Rules &rules, const RunContext &run = {});

/// False: what people said of single findings would be lost by the changes, which is said, and was not agreed to.
[[nodiscard]] bool isAccepted(
    const Console &console, const AuditState &state, const std::vector<AuditChange> &changes, bool agreed);
/// That the journal names nobody for what is changed now.
void sayNobodyNamed(const Console &console);
/// "withdrawn by ..., ...: ..."
[[nodiscard]] std::string withdrawnText(const Console &console, const SourceWithdrawal &withdrawal);

} // namespace tally::cli
