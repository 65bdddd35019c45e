// SPDX-License-Identifier: Apache-2.0
#include "core/base/large_vector.h"
#include "core/base/parallel.h"

#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <numeric>

using namespace tally;

class ParallelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachIsDoneOnceByAWorker_data();
    void eachIsDoneOnceByAWorker();
    void largeVectorsKeepWhatTheyHold();
};

void ParallelTest::eachIsDoneOnceByAWorker_data()
{
    QTest::addColumn<QByteArray>("threads");
    QTest::newRow("one") << QByteArray("1");
    QTest::newRow("three") << QByteArray("3");
}

/// What a worker has for itself is touched by one thread at a time.
void ParallelTest::eachIsDoneOnceByAWorker()
{
    QFETCH(QByteArray, threads);
    constexpr std::size_t count = 20'000;
    qputenv("TALLYMANN_THREADS", threads);
    std::vector<std::size_t> own(workerCount(), 0); // no atomics: a second thread at one of them would lose counts
    std::vector<int> done(count, 0);
    parallelFor(count, [&](std::size_t i, std::size_t worker) {
        ++own.at(worker);
        ++done[i];
    });
    qunsetenv("TALLYMANN_THREADS");
    QCOMPARE(std::accumulate(own.begin(), own.end(), std::size_t{0}), count);
    QVERIFY(std::ranges::all_of(done, [](int times) { return times == 1; }));
}

void ParallelTest::largeVectorsKeepWhatTheyHold()
{
    constexpr std::uint32_t many = 3'000'000; // 12 MB: beyond where large pages are asked for
    LargeVector<std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < many; ++i)
        numbers.push_back(i);
    numbers.resize(many + 1);
    numbers.back() = many;
    const LargeVector<std::uint32_t> copy = numbers;
    numbers.clear();
    numbers.shrink_to_fit();
    QCOMPARE(copy.size(), std::size_t{many} + 1);
    for (std::uint32_t i = 0; i <= many; ++i)
        QVERIFY(copy[i] == i);
}

TALLY_TEST(ParallelTest)
#include "parallel_test.moc"
