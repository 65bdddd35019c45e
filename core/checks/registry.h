// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <cstdint>
#include <string_view>

namespace tally {

/// One template: states what it finds through the context. Must not throw, must not depend on the order of workloads.
using CheckFunction = void (*)(CheckContext &);

enum class Judges : std::uint8_t {
    All,      ///< called once
    Each,     ///< each workload of CheckContext::share() by itself: called for one share of them after the other, while
              ///< what stands in them is still in the processor's cache. What it prepares must be cheap or shared().
    Template, ///< like Each. What it says depends on nothing but what alike.h lists, and its drafts are made by
              ///< onContainer() and onPod() and name no other objects: not called for what is alike another one.
    TemplateAndImages, ///< Template where no images are opened, else Each: it also looks at which of them run
};

struct RegisteredCheck
{
    std::string_view name;
    CheckFunction function;
    Judges judges = Judges::All;
};

/// nullptr if there is none of that name. Lives as long as the program.
[[nodiscard]] const RegisteredCheck *findCheckFunction(std::string_view name);

} // namespace tally
