// SPDX-License-Identifier: Apache-2.0
#include "core/catalogue/role_name.h"

#include <array>
#include <string>
#include <utility>

namespace tally {

Text roleName(std::string_view german)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 1> english
        = {{{"IT-Betrieb", "IT Operations"}}};
    for (const auto &[de, en] : english) {
        if (de == german)
            return {std::string(de), std::string(en)};
    }
    return {std::string(german), std::string(german)};
}

} // namespace tally
