// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/records.h"
#include "core/base/language.h"
#include "core/catalogue/catalogue.h"

#include <string>

namespace tally {

/// What the request asks for. A text that is the catalogue's own, today's or an earlier one, in either language, for a
/// part that the request names (or that belongs to a requirement that it names) is given in `language`; whatever a
/// person typed stays as it is. O(parts that it names).
[[nodiscard]] std::string requestText(const EvidenceRequest &request, const Catalogue &catalogue, Language language);

} // namespace tally
