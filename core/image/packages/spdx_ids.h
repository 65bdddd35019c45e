// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tally {

/// The id of the SPDX License List in its own spelling, whatever the case of the text; "" if there is none.
[[nodiscard]] std::string_view spdxLicenceId(std::string_view text);
/// The same for exceptions ("Classpath-exception-2.0").
[[nodiscard]] std::string_view spdxExceptionId(std::string_view text);

} // namespace tally
