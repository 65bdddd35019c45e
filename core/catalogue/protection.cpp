// SPDX-License-Identifier: Apache-2.0
#include "core/catalogue/protection.h"

#include <algorithm>

namespace tally {

Protection protectionOf(const Requirement &requirement)
{
    const auto anyPartSays = [&requirement](std::string_view words) {
        return std::ranges::any_of(
            requirement.parts, [words](const Part &part) { return part.text.de.find(words) != std::string::npos; });
    };
    if (requirement.level == Level::Elevated)
        return anyPartSays("sehr hohem Schutzbedarf") ? Protection::VeryHigh : Protection::Elevated;
    return anyPartSays("Schutzbedarf") ? Protection::Compared : Protection::None;
}

} // namespace tally
