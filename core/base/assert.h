// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>

/// For mistakes of the programmer, never for input. On in debug builds.
#define TALLY_ASSERT(condition) assert(condition)
