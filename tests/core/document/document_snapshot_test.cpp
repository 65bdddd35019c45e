// SPDX-License-Identifier: Apache-2.0
#include "core/document/document_snapshot.h"

#include "core/io/packing.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

class DocumentSnapshotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTreeComesBackWithItsPlaces();
    void commentsStayBehind();
    void damagedBytesNeverCrash();
};

namespace {

constexpr const char *text = "kind: Pod # token: abc123secret\n"
                             "metadata: {name: web, labels: {}}\n"
                             "spec:\n"
                             "  containers:\n"
                             "  - name: \"a\"\n"
                             "    args: [x, 'y', ~]\n";

std::string packed()
{
    const auto parsed = readYaml(text, {});
    PackWriter out;
    packDocument(out, *parsed->documents.at(0));
    return out.bytes();
}

void compare(Node a, Node b)
{
    QCOMPARE(a.index(), b.index());
    QCOMPARE(a.kind(), b.kind());
    QCOMPARE(a.key(), b.key());
    QCOMPARE(a.text(), b.text());
    QCOMPARE(a.line(), b.line());
    QCOMPARE(a.column(), b.column());
    QCOMPARE(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        compare(a.item(i), b.item(i));
}

} // namespace

void DocumentSnapshotTest::theTreeComesBackWithItsPlaces()
{
    const auto parsed = readYaml(text, {});
    QVERIFY(parsed);
    const std::string bytes = packed();
    PackReader in(bytes);
    const DocumentPtr document = unpackDocument(in);
    QVERIFY(document);
    QVERIFY(in.atEnd());
    compare(rootOf(*parsed->documents.at(0)), rootOf(*document));
    QCOMPARE(rootOf(*document)["spec"]["containers"].item(0)["name"].line(), 5U);
}

void DocumentSnapshotTest::commentsStayBehind()
{
    QVERIFY(packed().find("abc123secret") == std::string::npos);
}

void DocumentSnapshotTest::damagedBytesNeverCrash()
{
    const std::string bytes = packed();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        PackReader cut(std::string_view(bytes).substr(0, i));
        QVERIFY(!unpackDocument(cut));
        for (const int bit : {1, 4, 0x80}) {
            std::string damaged = bytes;
            damaged[i] = static_cast<char>(damaged[i] ^ bit);
            PackReader in(damaged);
            if (const DocumentPtr document = unpackDocument(in); document && document->nodeCount() > 0)
                compare(rootOf(*document), rootOf(*document)); // walks all of it
        }
    }
}

TALLY_TEST(DocumentSnapshotTest)
#include "document_snapshot_test.moc"
