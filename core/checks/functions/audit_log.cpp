// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"

#include <algorithm>
#include <charconv>

namespace tally::checks {

namespace {

std::int64_t numberOf(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string sampleOf(Node list)
{
    std::vector<std::string> values;
    for (const Node item : list)
        values.emplace_back(item.text());
    return values.empty() ? "-" : joinedSome(values);
}

/// "2026-03-01T10:11:12Z" to the day: whoever wants the time looks into the log.
std::string dayOf(Node time)
{
    return std::string(time.text().substr(0, 10));
}

} // namespace

/// The table was counted while the log was read (core/cluster/audit_log.h); refused requests are no finding here.
void auditRows(CheckContext &context)
{
    const std::string table(context.check().parameter("table"));
    const bool personsOnly = context.check().parameter("persons_only") == "true";
    for (const std::size_t index : context.prepared().ofKind("AuditLog")) {
        std::size_t position = 0;
        for (const Node row : context.object(index).root[table]) {
            const std::string field = indexed(table, position++);
            const std::int64_t done = row["requests"].asInt().value_or(0) - row["refused"].asInt().value_or(0);
            const bool person = row["person"].isTrue();
            if (done <= 0 || (personsOnly && !person))
                continue;
            Draft draft = context.onObject(index, field);
            draft.node = row;
            draft.with(std::string(row[row["user"] ? "user" : "name"].text()))
                .with(std::string(row["action"].text()))
                .with(std::to_string(done))
                .with(sampleOf(row["objects"].size() > 0 ? row["objects"] : row["namespaces"]))
                .with(dayOf(row["first"]))
                .with(dayOf(row["last"]));
            context.add(std::move(draft.as(person ? "default" : "program")));
        }
    }
}

void auditPeriod(CheckContext &context)
{
    const std::int64_t longest = numberOf(context.check().parameter("longest_gap_hours"));
    const std::int64_t shortest = numberOf(context.check().parameter("least_hours"));
    for (const std::size_t index : context.prepared().ofKind("AuditLog")) {
        const Node period = context.object(index).root["period"];
        if (period["hours"].asInt().value_or(0) < shortest) {
            Draft draft = context.onObject(index, "period");
            draft.node = period;
            draft.with(std::string(period["first"].text())).with(std::string(period["last"].text()));
            context.add(std::move(draft.as("short")));
        }
        std::size_t position = 0;
        for (const Node gap : period["gaps"]) {
            const std::string field = indexed("period.gaps", position++);
            if (gap["hours"].asInt().value_or(0) < longest)
                continue;
            Draft draft = context.onObject(index, field);
            draft.node = gap;
            context.add(std::move(draft.with(std::string(gap["from"].text()))
                                      .with(std::string(gap["to"].text()))
                                      .with(std::string(gap["hours"].text()))));
        }
    }
}

void etcdPlaintext(CheckContext &context)
{
    for (const std::size_t index : context.prepared().ofKind("EtcdSnapshot")) {
        const Node root = context.object(index).root;
        std::size_t position = 0;
        for (const Node stored : root["stored"]) {
            const std::string field = indexed("stored", position++);
            if (stored["name"].text() != "secrets" || stored["plain"].asInt().value_or(0) <= 0)
                continue;
            Draft draft = context.onObject(index, field);
            draft.node = stored;
            draft.with(std::string(stored["plain"].text()))
                .with(std::string(stored["objects"].text()))
                .with(sampleOf(root["plainExamples"]));
            const bool some = stored["plain"].text() != stored["objects"].text();
            context.add(std::move(draft.as(some ? "some" : "default")));
        }
    }
}

} // namespace tally::checks
