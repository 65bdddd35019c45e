// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>

namespace tally {

struct Progress
{
    Message phase; ///< what is being done; phases follow one another, each comes once
    std::uint64_t done = 0;
    std::uint64_t total = 0; ///< 0 while unknown, the same throughout a phase
};

/// What a long-running core function needs from its caller. Both parts are optional.
class RunContext
{
public:
    using Callback = std::function<void(const Progress &)>;

    RunContext() = default;
    explicit RunContext(std::stop_token stop, Callback onProgress = {});

    [[nodiscard]] bool stopRequested() const { return m_stop.stop_requested(); }
    /// The same to be stopped, but it reports nothing: for a step of a work that reports by itself.
    [[nodiscard]] RunContext quiet() const { return RunContext(m_stop); }

    /// May be called from several workers of a phase at once. The callback sees one report at a time, about 100 a
    /// second, `done` only growing, the start of each phase and its completion always. It must not report itself.
    void report(const Progress &progress) const;

private:
    std::stop_token m_stop;
    Callback m_onProgress;
    mutable std::mutex m_mutex; // guards the rest
    mutable Progress m_shown;
    mutable std::chrono::steady_clock::time_point m_shownAt;
};

} // namespace tally
