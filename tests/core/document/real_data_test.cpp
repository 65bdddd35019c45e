// SPDX-License-Identifier: Apache-2.0
#include "core/document/readers.h"
#include "core/document/secret_arguments.h"
#include "core/io/file.h"

#include "tests/core/document/lane_compare.h"
#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <set>

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
    void shapesRuleOutSecrets();
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
    int dropped = 0;
    for (const std::filesystem::path &path : filesBelow(dataFolder(), {".yaml", ".yml"})) {
        Result<std::string> text = readFile(path, Limits{});
        QVERIFY(text.has_value());
        bytes += text->size();
        if (bytes > allBytes)
            break;
        SourceText source(*std::move(text));
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
            LaneTree slow = readSlow(source, range, budget);
            QVERIFY2(slow.isRead, path.c_str());
            const std::string differs = difference(fast, slow, source);
            QVERIFY2(differs.empty(), (path.string() + ": " + differs).c_str());
            LaneTree dropping = readFast(source, range, budget, ManagedFields::Drop);
            QVERIFY2(dropping.isRead, path.c_str());
            dropped += static_cast<int>(slow.part.nodes.size() - dropping.part.nodes.size());
            mask(dropping, source, range);
            mask(slow, source, range);
            const std::string differsMasked = difference(dropping, slow, source);
            QVERIFY2(differsMasked.empty(), (path.string() + ", masked: " + differsMasked).c_str());
        }
    }
    qInfo("%d documents taken, %d refused, %d nodes dropped by the lane, %d MB", taken, refused, dropped,
        static_cast<int>(bytes >> 20U));
    QVERIFY(taken > refused && dropped > 0);
}

/// Texts that masking passes over by their shape are those in which it would find nothing.
void RealDataTest::shapesRuleOutSecrets()
{
    TALLY_REQUIRE_DATA(dataFolder());
    constexpr std::uintmax_t allBytes = 16U << 20;
    std::uintmax_t bytes = 0;
    std::set<std::string> seen;
    std::size_t passed = 0;
    for (const std::filesystem::path &path : filesBelow(dataFolder(), {".yaml", ".yml", ".json"})) {
        Result<std::string> text = readFile(path, Limits{});
        QVERIFY(text.has_value());
        bytes += text->size();
        if (bytes > allBytes)
            break;
        ReadOptions options;
        options.maskSecrets = false;
        const auto parsed = readYamlOrJson(*std::move(text), options);
        if (!parsed)
            continue;
        for (const DocumentPtr &document : parsed->documents) {
            for (std::uint32_t i = 0; i < document->nodeCount(); ++i)
                seen.emplace(Node(*document, i).text());
        }
    }
    for (const std::string &value : seen) {
        const TextShape shape = shapeOf(value);
        passed += shape.hasNoForm ? 1 : 0;
        QVERIFY2(!shape.hasNoForm || findSecretForms(value).empty(), value.c_str());
        QVERIFY2(!shape.hasNoSecret || findSecrets(value).empty(), value.c_str());
        QCOMPARE(shape.hasPairSign, value.find_first_of("\n=") != std::string::npos);
    }
    qInfo("%zu of %zu different texts passed over", passed, seen.size());
    QVERIFY(passed * 4 > seen.size());
}

TALLY_TEST(RealDataTest)
#include "real_data_test.moc"
