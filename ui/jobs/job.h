// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/progress.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace tally::ui {

/// Carries the progress of a worker to the thread of the job that started it. Both share it, so neither outlives it.
class ProgressRelay final : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void progressed(const tally::Progress &progress);
};

/// One piece of work on a pool thread. The work gets values only and returns a value; it is delivered on the thread
/// this object lives in. Destroying the job stops it and waits for nothing; the result is then dropped with the last
/// reference to it.
class Job final : public QObject
{
    Q_OBJECT

public:
    explicit Job(QObject *parent = nullptr);
    ~Job() override;

    /// work(run) on a pool thread, then done(result) here. Must not be running.
    template<typename Work, typename Done>
    void start(Work work, Done done)
    {
        using Value = std::invoke_result_t<Work, const RunContext &>;
        auto slot = std::make_shared<std::optional<Value>>();
        launch([work = std::move(work), slot](const RunContext &run) mutable { slot->emplace(work(run)); },
            [slot, done = std::move(done)]() mutable { done(std::move(**slot)); });
    }
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] bool isCancelling() const { return m_running && m_stop.stop_requested(); }
    [[nodiscard]] const Progress &progress() const { return m_progress; }
    /// 0 ... 1, or -1 while unknown.
    [[nodiscard]] double fraction() const;
    /// Estimated from the current phase; -1 while unknown.
    [[nodiscard]] int secondsLeft() const;

Q_SIGNALS:
    void progressed();

private:
    void launch(std::function<void(const RunContext &)> work, std::function<void()> done);

    QFutureWatcher<void> m_watcher;
    std::stop_source m_stop;
    std::shared_ptr<ProgressRelay> m_relay;
    std::function<void()> m_done;
    Progress m_progress;
    QElapsedTimer m_phaseTimer;
    bool m_running = false;
};

} // namespace tally::ui
