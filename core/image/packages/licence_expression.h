// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

struct LicenceExpression
{
    std::string text;
    bool compound = false; ///< more than one id
};

/// What a package says about its licence as an SPDX licence expression (SPDX 2.3, annex D), where all of it is known:
/// ids of the SPDX list in any case, what Debian (copyright-format/1.0: "GPL-2+", "Expat") and RPM ("GPLv2+") call
/// them, joined by "or", "and", "with". Nothing where a part is not known: never a guess.
[[nodiscard]] std::optional<LicenceExpression> spdxExpression(std::string_view text);

/// All of them at once: "(MIT OR Apache-2.0) AND ISC". Nothing where one is not known or there is none.
[[nodiscard]] std::optional<LicenceExpression> spdxExpression(const std::vector<std::string> &texts);

} // namespace tally
