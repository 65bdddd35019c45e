// SPDX-License-Identifier: Apache-2.0
#include "core/document/readers.h"
#include "core/io/file.h"

#include "tests/core/document/lane_compare.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace tally;
using namespace tally::test;

namespace {

std::vector<std::filesystem::path> filesBelow(
    const std::filesystem::path &folder, std::initializer_list<const char *> endings)
{
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
        const std::string ending = entry.path().extension().string();
        if (entry.is_regular_file() && std::ranges::find(endings, ending) != endings.end())
            files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

} // namespace

class RealDataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFileIsReadOrSaysWhy_data();
    void everyFileIsReadOrSaysWhy();
    void bothLanesAgree();
};

void RealDataTest::everyFileIsReadOrSaysWhy_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("cluster") << QStringLiteral("cluster");
    QTest::newRow("manifests") << QStringLiteral("manifests");
}

void RealDataTest::everyFileIsReadOrSaysWhy()
{
    QFETCH(QString, folder);
    const std::filesystem::path root = dataFolder() / folder.toStdString();
    TALLY_REQUIRE_DATA(root);
    int read = 0;
    for (const std::filesystem::path &path : filesBelow(root, {".yaml", ".yml", ".json"})) {
        Result<std::string> text = readFile(path, Limits{});
        QVERIFY(text.has_value());
        ReadOptions options;
        options.fileName = path.filename().string();
        const auto parsed = readYamlOrJson(*std::move(text), options);
        if (!parsed) {
            QVERIFY2(parsed.error().message.def != nullptr, path.c_str());
            qInfo("%s: %s (%s)", path.c_str(), parsed.error().message.def->code, parsed.error().detail.c_str());
            continue;
        }
        ++read;
        for (const Diagnostic &diagnostic : parsed->diagnostics)
            QVERIFY2(diagnostic.where.starts_with("line "), path.c_str());
    }
    QVERIFY(read > 0);
}

void RealDataTest::bothLanesAgree()
{
    TALLY_REQUIRE_DATA(dataFolder());
    constexpr std::uintmax_t allBytes = 12U << 20; // what yaml-cpp reads of them takes seconds
    std::uintmax_t bytes = 0;
    int taken = 0;
    int refused = 0;
    for (const std::filesystem::path &path : filesBelow(dataFolder(), {".yaml", ".yml"})) {
        Result<std::string> text = readFile(path, Limits{});
        QVERIFY(text.has_value());
        bytes += text->size();
        if (bytes > allBytes)
            break;
        const SourceText source(*std::move(text));
        const Limits limits;
        const RunContext run;
        const std::string name;
        ReadBudget budget{limits, run, name};
        for (const TextRange range : splitYamlDocuments(source)) {
            const LaneTree fast = readFast(source, range, budget);
            refused += fast.isRead ? 0 : 1;
            if (!fast.isRead)
                continue;
            ++taken;
            const LaneTree slow = readSlow(source, range, budget);
            QVERIFY2(slow.isRead, path.c_str());
            const std::string differs = difference(fast, slow, source);
            QVERIFY2(differs.empty(), (path.string() + ": " + differs).c_str());
        }
    }
    qInfo("%d documents taken, %d refused, %d MB", taken, refused, static_cast<int>(bytes >> 20U));
    QVERIFY(taken > refused);
}

TALLY_TEST(RealDataTest)
#include "real_data_test.moc"
