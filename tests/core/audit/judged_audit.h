// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QTest>

#include <filesystem>
#include <string>
#include <vector>

namespace tally::test {

[[nodiscard]] inline const Catalogue &catalogue()
{
    static const Result<CataloguePtr> loaded = loadCatalogue(Resources());
    if (!loaded)
        qFatal("the catalogue is not readable");
    return **loaded;
}

[[nodiscard]] inline const CheckSet &allChecks()
{
    static const Result<CheckSetPtr> loaded = loadChecks(Resources(), catalogue());
    if (!loaded)
        qFatal("the checks are not readable");
    return **loaded;
}

[[nodiscard]] inline CheckSet checksWithout(const std::string &id)
{
    CheckSet some = allChecks();
    std::erase_if(some.checks, [&](const Check &check) { return check.id == id; });
    some.digest = "sha256:without " + id;
    return some;
}

/// An audit in memory of these files and folders, judged.
[[nodiscard]] inline Audit judgedAudit(
    const std::vector<std::filesystem::path> &paths, const CheckSet &checks = allChecks())
{
    AuditInfo info;
    info.title = "audit";
    info.auditor = "auditor";
    auto audit = Audit::createInMemory(info);
    if (!audit)
        qFatal("no audit");
    for (const std::filesystem::path &path : paths) {
        OpenOptions options;
        options.sourceIndex = static_cast<int>(audit->state()->sources.size());
        const auto opened = open(path, options);
        if (!opened || !audit->addSource(*opened))
            qFatal("%s cannot be read", path.c_str());
    }
    const auto assessment = assess(catalogue(), checks, checkInputs(*audit->state()));
    if (!assessment || !audit->addRun(*assessment))
        qFatal("not judged");
    return *std::move(audit);
}

[[nodiscard]] inline AuditStatePtr judged(const std::filesystem::path &path, const CheckSet &checks = allChecks())
{
    return judgedAudit({path}, checks).state();
}

} // namespace tally::test
