// SPDX-License-Identifier: Apache-2.0
#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

namespace tally {

std::size_t workerCount()
{
    constexpr std::size_t most = 16;
    if (const char *asked = std::getenv("TALLYMANN_THREADS")) // NOLINT(concurrency-mt-unsafe): nobody calls setenv
        return std::clamp<std::size_t>(std::strtoul(asked, nullptr, 10), 1, most);
    return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most);
}

void parallelFor(std::size_t count, const std::function<void(std::size_t)> &work)
{
    parallelFor(count, [&work](std::size_t i, std::size_t /*worker*/) { work(i); });
}

void parallelFor(std::size_t count, const std::function<void(std::size_t i, std::size_t worker)> &work)
{
    const std::size_t workers = std::min(workerCount(), count);
    if (workers <= 1) {
        for (std::size_t i = 0; i < count; ++i)
            work(i, 0);
        return;
    }
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> threads;
    threads.reserve(workers);
    for (std::size_t t = 0; t < workers; ++t) {
        threads.emplace_back([&, t] {
            for (std::size_t i = next++; i < count; i = next++)
                work(i, t);
        });
    }
}

} // namespace tally
