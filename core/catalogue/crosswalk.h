// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"
#include "core/catalogue/catalogue.h"

#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What became of the requirements and parts of an earlier edition. resources/crosswalk/ holds one file for each.
struct Crosswalk
{
    struct Entry
    {
        std::string from; ///< requirement or part, as the earlier edition numbers it
        std::string to;   ///< as the catalogue does; "" no answer is taken over
        Text note{};      ///< what is different; may be empty where `to` is not

        friend bool operator==(const Entry &, const Entry &) = default;
    };

    std::string from; ///< edition, "2022"
    std::string to;   ///< edition of the catalogue
    std::vector<std::string> modules;
    std::vector<Entry> changes; ///< what is not named has kept its id and its meaning

    /// Of ids outside its modules: no answer, without a note. Whether the catalogue knows an id that was kept is for
    /// the caller to ask. O(changes).
    [[nodiscard]] Entry entryOf(std::string_view id) const;
};

/// The crosswalk from that edition to the catalogue's: a file of resources/crosswalk/. Errors: NotFound where there is
/// none; else they name file, line and what is wrong.
[[nodiscard]] Result<Crosswalk> loadCrosswalk(
    const Resources &resources, const Catalogue &catalogue, const std::string &edition);

} // namespace tally
