// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/catalogue/crosswalk.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace tally {

/// Under this key stands what was decided by an earlier edition and is not taken over: "2022:SYS.1.6.A6". It is no id
/// of a requirement, so nothing but notTakenOver() finds it.
[[nodiscard]] std::string editionKey(std::string_view edition, std::string_view id);

/// Decisions by the ids of an earlier edition under the ids of the catalogue, where the crosswalk says what became of
/// them and the catalogue knows that; the others under editionKey().
[[nodiscard]] std::map<std::string, Decision> throughCrosswalk(
    const std::map<std::string, Decision> &decisions, const Crosswalk &crosswalk, const Catalogue &catalogue);

/// What a new audit is started from (Audit::createFrom(), takeOver()) instead of one that followed an earlier edition:
/// the same with its decisions in this edition, also those that were still to be confirmed there; its title says which
/// edition it was.
[[nodiscard]] AuditState inThisEdition(const AuditState &old, const Crosswalk &crosswalk, const Catalogue &catalogue);

/// What a new audit is started from: the audit in the file, its decisions in the edition of the catalogue. resources:
/// for the crosswalk. Errors: as Audit::read() and loadCrosswalk().
[[nodiscard]] Result<AuditStatePtr> readForNext(const std::filesystem::path &file, const Resources &resources,
    const Catalogue &catalogue, const RunContext &run = {});

/// What the predecessor decided on the id by an earlier edition, as long as nobody has decided here; null: nothing, or
/// it was taken over. edition: of the crosswalk. O(log decisions).
[[nodiscard]] const Decision *notTakenOver(const AuditState &state, std::string_view edition, const std::string &id);

} // namespace tally
