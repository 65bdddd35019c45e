// SPDX-License-Identifier: Apache-2.0
#include "core/audit/earlier_audit.h"

#include "core/audit/database.h"

#include <algorithm>
#include <optional>
#include <system_error>
#include <vector>

namespace tally {

namespace {

/// How far the journal goes behind the entry with this hash; nothing: it has no such entry.
std::optional<std::int64_t> entriesBehind(const std::filesystem::path &path, const std::string &hash)
{
    const auto database = Database::open(path, Database::Mode::ReadOnly);
    if (!database)
        return std::nullopt;
    auto statement = database->prepare(
        "SELECT (SELECT max(number) FROM journal) - number FROM journal WHERE hash = ? ORDER BY number LIMIT 1");
    if (!statement)
        return std::nullopt;
    statement->bind(0, hash);
    const auto row = statement->step();
    return row && *row ? std::optional(statement->integer(0)) : std::nullopt;
}

std::vector<std::filesystem::path> auditFilesIn(const std::filesystem::path &folder)
{
    constexpr std::size_t most = 200;
    std::vector<std::filesystem::path> files;
    std::error_code ignored;
    std::filesystem::directory_iterator each(folder, ignored);
    for (const std::filesystem::directory_iterator end; !ignored && each != end; each.increment(ignored)) {
        if (each->path().extension() == ".tally")
            files.push_back(each->path());
    }
    std::ranges::sort(files);
    files.resize(std::min(files.size(), most));
    return files;
}

} // namespace

std::filesystem::path findPredecessor(
    const AuditState &state, const std::filesystem::path &folder, const std::filesystem::path &ownFile)
{
    if (!state.predecessor || state.predecessor->journalHead.empty())
        return {};
    std::filesystem::path found;
    std::int64_t nearest = 0;
    for (const std::filesystem::path &path : auditFilesIn(folder.empty() ? "." : folder)) {
        std::error_code ignored;
        if (std::filesystem::equivalent(path, ownFile, ignored) || !isAuditFile(path))
            continue;
        const auto behind = entriesBehind(path, state.predecessor->journalHead);
        if (behind && (found.empty() || *behind < nearest)) {
            found = path;
            nearest = *behind;
        }
    }
    return found;
}

} // namespace tally
