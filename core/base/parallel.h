// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace tally {

/// Number of workers that parallel work uses: hardware threads, at least 1, at most 16.
/// The environment variable TALLYMANN_THREADS overrides it (tests compare 1 with n).
[[nodiscard]] std::size_t workerCount();

/// Calls work(i) once for each i in [0, count), on up to workerCount() threads, and returns when all are done.
/// work must not throw; write results to slot i and merge afterwards, so that the outcome does not depend on the
/// threads.
void parallelFor(std::size_t count, const std::function<void(std::size_t)> &work);
/// The same; also tells work which worker calls it, below workerCount(), so that each can have a store of its own. What
/// is in that must not be seen in the outcome.
void parallelFor(std::size_t count, const std::function<void(std::size_t i, std::size_t worker)> &work);

} // namespace tally
