// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"
#include "tests/core/checks/check_case.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QFile>
#include <QTest>

using namespace tally;
using namespace tally::test;

/// Findings that a person looked up in the files of real exports, to the line.
class GoldenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realExports_data();
    void realExports();
};

void GoldenTest::realExports_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("golden");
    QTest::newRow("kubevious") << "cluster/kubevious-getall/data-big"
                               << "kubevious-data-big.txt";
    QTest::newRow("harvester") << "cluster/harvester-bundle"
                               << "harvester-bundle.txt";
}

void GoldenTest::realExports()
{
    QFETCH(QString, folder);
    QFETCH(QString, golden);
    const std::filesystem::path path = dataFolder() / folder.toStdString();
    TALLY_REQUIRE_DATA(path);

    ReadClusterOptions options;
    options.name = "export";
    const auto reading = readClusterFolder(path, options);
    QVERIFY(reading);
    CheckInput input;
    input.cluster = reading->cluster.get();
    QStringList found;
    for (const Finding &finding : findingsOf(allChecks(), input))
        found << QString::fromStdString(
            finding.check + " | " + describe(finding) + " | " + finding.file + " | " + std::to_string(finding.line));

    QFile file(QString::fromStdString((sourceFolder() / "tests/core/checks/golden").string()) + u'/' + golden);
    QVERIFY(file.open(QIODevice::ReadOnly));
    int rows = 0;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (line.startsWith(u'#'))
            continue;
        ++rows;
        QVERIFY2(found.contains(line), qPrintable(line));
    }
    QVERIFY(rows >= 5);
}

TALLY_TEST(GoldenTest)
#include "golden_test.moc"
