// SPDX-License-Identifier: Apache-2.0
#include "core/audit/entered.h"

#include "core/base/text_format.h"

#include <nlohmann/json.hpp>

namespace tally {

AuditState enter(const AuditState &state, Opened &stored)
{
    if (stored.source.addedAt.empty())
        stored.source.addedAt = rfc3339(outputTime());
    AuditState next = withSource(state, stored);
    stored.diagnostics.assign(
        next.diagnostics.begin() + static_cast<std::ptrdiff_t>(state.diagnostics.size()), next.diagnostics.end());
    return next;
}

Result<Entered> store(Database &database, const Opened &opened)
{
    TALLY_ASSIGN(const WrittenSource written, writeSource(database, opened));
    Entered change;
    change.rows.push_back({"source", written.source});
    for (const std::int64_t snapshot : written.snapshots)
        change.rows.push_back({"snapshot", snapshot});
    change.entry.event = "source-added";
    change.entry.subject = opened.source.name;
    nlohmann::ordered_json detail{
        {"sha256", opened.source.sha256}, {"bytes", opened.source.bytes}, {"form", opened.source.form}};
    if (opened.source.cached) // else they were computed when it was added
        detail["verifiedAt"] = opened.source.verifiedAt;
    change.entry.detail = detail.dump();
    return change;
}

Result<Entered> store(Database &database, const Assessment &assessment)
{
    TALLY_ASSIGN(const WrittenRun written, writeRun(database, assessment));
    Entered change;
    change.rows.push_back({"run", written.run});
    for (const std::int64_t finding : written.findings)
        change.rows.push_back({"finding", finding});
    change.entry.event = "run";
    change.entry.subject = std::to_string(written.run);
    change.entry.detail = nlohmann::ordered_json{{"findings", assessment.findings.size()},
        {"catalogue", assessment.catalogueDigest}, {"checks", assessment.checksDigest}}
                              .dump();
    return change;
}

} // namespace tally
