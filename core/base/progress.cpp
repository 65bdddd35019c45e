// SPDX-License-Identifier: Apache-2.0
#include "core/base/progress.h"

#include <utility>

namespace tally {

namespace {

constexpr std::chrono::milliseconds reportInterval{10};

} // namespace

RunContext::RunContext(std::stop_token stop, Callback onProgress)
    : m_stop(std::move(stop))
    , m_onProgress(std::move(onProgress))
{
}

void RunContext::report(const Progress &progress) const
{
    if (!m_onProgress)
        return;

    const std::scoped_lock lock(m_mutex);
    const auto now = std::chrono::steady_clock::now();
    if (progress.phase == m_shown.phase) {
        const bool completed = progress.done == progress.total;
        if (progress.done <= m_shown.done || (!completed && now - m_shownAt < reportInterval))
            return;
    }
    m_shown = progress;
    m_shownAt = now;
    m_onProgress(progress);
}

} // namespace tally
