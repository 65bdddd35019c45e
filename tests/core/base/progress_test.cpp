// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_checks.h"
#include "core/base/progress.h"

#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

using namespace tally;

class ProgressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workersReportSeldomAndNeverBackwards();
    void eachPhaseStartsAnewAndOnlyGrows();
};

void ProgressTest::workersReportSeldomAndNeverBackwards()
{
    constexpr std::uint64_t total = 200'000;
    std::vector<std::uint64_t> seen; // no lock: report() serialises
    std::atomic<std::uint64_t> done = 0;
    const RunContext run({}, [&seen](const Progress &progress) { seen.push_back(progress.done); });
    const auto work = [&run, &done] {
        for (std::uint64_t mine = ++done; mine <= total; mine = ++done)
            run.report({{checksDef("checks.running")}, mine, total});
    };

    const auto begin = std::chrono::steady_clock::now();
    {
        const std::jthread one(work);
        const std::jthread two(work);
    }
    const auto elapsed
        = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);

    QCOMPARE(std::ranges::adjacent_find(seen, std::greater_equal{}), seen.end());
    QCOMPARE(seen.back(), total);
    QVERIFY(static_cast<std::int64_t>(seen.size()) <= 2 + elapsed.count() / 10); // first, last, and 100 a second
}

void ProgressTest::eachPhaseStartsAnewAndOnlyGrows()
{
    std::vector<std::string> seen;
    const RunContext run({}, [&seen](const Progress &p) { seen.push_back(p.phase.args[0] + std::to_string(p.done)); });
    for (const char *layer : {"a", "b"}) {
        for (const std::uint64_t done : {2U, 1U, 3U}) {
            run.report({{checksDef("checks.running"), {layer}}, done, 3});
            QTest::qSleep(15); // so that it is not the throttle that drops the 1
        }
    }
    QCOMPARE(seen, (std::vector<std::string>{"a2", "a3", "b2", "b3"}));
}

TALLY_TEST(ProgressTest)
#include "progress_test.moc"
