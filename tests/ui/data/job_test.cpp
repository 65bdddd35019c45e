// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_checks.h"
#include "tests/support/test_registry.h"
#include "ui/jobs/job.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace tally;
using namespace tally::ui;

class JobTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversOnItsOwnThread();
    void canBeCancelled();
    void mayDieWhileItsWorkRuns();
};

void JobTest::deliversOnItsOwnThread()
{
    Job job;
    QThread *worked = nullptr;
    QThread *delivered = nullptr;
    int result = 0;
    QSignalSpy progress(&job, &Job::progressed);
    job.start(
        [&worked](const RunContext &run) {
            worked = QThread::currentThread();
            run.report({{checksDef("checks.running")}, 2, 4});
            return 42;
        },
        [&](int value) { result = value, delivered = QThread::currentThread(); });
    QTRY_COMPARE(result, 42);
    QCOMPARE(delivered, thread());
    QVERIFY(worked != thread());
    QVERIFY(!job.isRunning());
}

void JobTest::canBeCancelled()
{
    Job job;
    bool stopped = false;
    bool done = false;
    job.start(
        [](const RunContext &run) {
            while (!run.stopRequested())
                QThread::yieldCurrentThread();
            return true;
        },
        [&](bool seen) { stopped = seen, done = true; });
    QVERIFY(job.isRunning());
    job.cancel();
    QVERIFY(job.isCancelling());
    QTRY_VERIFY(done);
    QVERIFY(stopped);
}

void JobTest::mayDieWhileItsWorkRuns()
{
    const auto stopped = std::make_shared<std::atomic<bool>>(false);
    bool delivered = false;
    {
        Job job;
        job.start(
            [stopped](const RunContext &run) {
                while (!run.stopRequested())
                    QThread::yieldCurrentThread();
                *stopped = true;
                return 1;
            },
            [&delivered](int) { delivered = true; });
    }
    QTRY_VERIFY(*stopped);
    QCoreApplication::sendPostedEvents();
    QVERIFY(!delivered);
}

TALLY_TEST(JobTest)
#include "job_test.moc"
