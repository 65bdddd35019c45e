// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/job.h"

#include <QtConcurrent>

#include <cmath>
#include <utility>

namespace tally::ui {

Job::Job(QObject *parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        m_running = false;
        m_relay.reset();
        const auto done = std::exchange(m_done, {});
        if (done)
            done();
    });
}

Job::~Job()
{
    cancel();
}

void Job::launch(std::function<void(const RunContext &)> work, std::function<void()> done)
{
    Q_ASSERT(!m_running);
    m_running = true;
    m_stop = {};
    m_progress = {};
    m_phaseTimer.start();
    m_done = std::move(done);
    m_relay = std::make_shared<ProgressRelay>();
    connect(m_relay.get(), &ProgressRelay::progressed, this, [this, relay = m_relay.get()](const Progress &progress) {
        if (relay != m_relay.get()) // a report of the run before may still be in the event queue
            return;
        if (!(progress.phase == m_progress.phase))
            m_phaseTimer.restart();
        m_progress = progress;
        Q_EMIT progressed();
    });
    m_watcher.setFuture(QtConcurrent::run([stop = m_stop.get_token(), relay = m_relay, work = std::move(work)] {
        const RunContext run(stop, [&relay](const Progress &progress) { Q_EMIT relay->progressed(progress); });
        work(run);
    }));
}

void Job::cancel()
{
    m_stop.request_stop();
}

double Job::fraction() const
{
    if (m_progress.total == 0)
        return -1;
    return static_cast<double>(m_progress.done) / static_cast<double>(m_progress.total);
}

int Job::secondsLeft() const
{
    const double part = fraction();
    const auto spent = m_phaseTimer.elapsed();
    if (part <= 0.02 || spent < 1000)
        return -1;
    return static_cast<int>(std::lround(static_cast<double>(spent) / 1000 * (1 - part) / part));
}

} // namespace tally::ui
