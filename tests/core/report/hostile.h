// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/core/report/report_fixture.h"

namespace tally::test {

/// Names that a hostile export or a careless person brings along: 500 characters without a break, right-to-left, emoji,
/// markup, placeholders, formulas, control characters, bytes that are not UTF-8, what XML cannot hold.
[[nodiscard]] const std::vector<std::string> &hostileTexts();

/// The fixture with these in every text that comes from outside.
[[nodiscard]] ReportFixture makeHostileFixture();

/// Runs python3-jsonschema on the JSON with a schema of shared/data/schemas. "" valid; "skip: ..." where module or
/// schema are absent; else what is wrong.
[[nodiscard]] std::string validateJson(const std::string &json, const std::string &schema);

/// Where the text is not valid XML 1.0 or not UTF-8; "" fine.
[[nodiscard]] std::string xmlProblem(const std::string &xml);

} // namespace tally::test
