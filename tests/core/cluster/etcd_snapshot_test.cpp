// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/cluster_builder.h"
#include "core/cluster/etcd_snapshot.h"
#include "core/document/source_text.h"

#include "tests/core/cluster/etcd_maker.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using test::etcdDatabase;
using test::EtcdEntry;

class EtcdSnapshotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prefixesProveEncryption();
    void theLatestRevisionCounts();
    void branchesAndLongValues();
    void damagedOnesAreSaid();
    void becomesOneObject();
};

namespace {

Result<EtcdFacts> read(const std::string &bytes)
{
    return readEtcdSnapshot(*memorySource(bytes), "db", Limits());
}

const std::string plain("k8s\0hunter2", 11);

} // namespace

void EtcdSnapshotTest::prefixesProveEncryption()
{
    const auto facts = read(etcdDatabase({{"/registry/secrets/shop/db", plain},
        {"/registry/secrets/shop/tls", "k8s:enc:aescbc:v1:key1:xyz"}, {"/registry/secrets/a/b", "k8s:enc:kms:v2:p:xyz"},
        {"/registry/configmaps/shop/app", plain}, {"/registry/cilium.io/ciliumnodes/n", "{\"a\":1}"},
        {"/registry/secrets/odd/value", "neither"}, {"compact_rev_key", "1"}}));
    QVERIFY(facts);
    QCOMPARE(facts->keys, std::uint64_t(7));
    const StoredResource &secrets = facts->resources.at("secrets");
    QCOMPARE(secrets.objects, std::uint64_t(3));
    QCOMPARE(secrets.plain, std::uint64_t(1));
    QCOMPARE(secrets.encrypted, (std::map<std::string, std::uint64_t>{{"aescbc", 1}, {"kms", 1}}));
    QCOMPARE(facts->plainSecrets, std::vector<std::string>{"shop/db"});
    QCOMPARE(facts->resources.at("configmaps").plain, std::uint64_t(1));
    QCOMPARE(facts->resources.at("cilium.io/ciliumnodes").plain, std::uint64_t(1));
}

void EtcdSnapshotTest::theLatestRevisionCounts()
{
    const auto facts = read(etcdDatabase({{"/registry/secrets/shop/db", plain}, {"/registry/secrets/shop/gone", plain},
        {"/registry/secrets/shop/db", "k8s:enc:secretbox:v1:k:x"}, {"/registry/secrets/shop/gone", "", true}}));
    QVERIFY(facts);
    QCOMPARE(facts->keys, std::uint64_t(1));
    QCOMPARE(facts->revision, 5);
    QVERIFY(facts->plainSecrets.empty());
    QCOMPARE(facts->resources.at("secrets").encrypted.at("secretbox"), std::uint64_t(1));
}

void EtcdSnapshotTest::branchesAndLongValues()
{
    std::vector<EtcdEntry> entries;
    for (int i = 0; i < 200; ++i)
        entries.push_back(
            {"/registry/secrets/ns/s" + std::to_string(i), plain + std::string(i == 7 ? 20'000 : 90, 'x')});
    const auto facts = read(etcdDatabase(entries));
    QVERIFY(facts);
    QCOMPARE(facts->resources.at("secrets").plain, std::uint64_t(200));
    QCOMPARE(facts->plainSecrets.size(), std::size_t(20));
}

void EtcdSnapshotTest::damagedOnesAreSaid()
{
    std::vector<EtcdEntry> entries;
    for (int i = 0; i < 60; ++i)
        entries.push_back({"/registry/secrets/ns/s" + std::to_string(i), plain + std::string(200, 'x')});
    const std::string whole = etcdDatabase(entries);
    for (const std::size_t size :
        {whole.size() - 4096, whole.size() / 2, std::size_t(4096), std::size_t(80), std::size_t(0)})
        QVERIFY(!read(whole.substr(0, size)));
    std::string ring = whole; // a branch that leads back to itself
    const std::string own = ring.substr(2 * 4096);
    ring.replace(3 * 4096, 4096, own.substr(0, 4096));
    (void)read(ring);
    std::string meta = whole;
    meta[40] = '\x7f'; // the other meta page still is sound
    QVERIFY(read(meta));
    meta[4096 + 40] = '\x7f';
    QVERIFY(!read(meta));
    QVERIFY(!looksLikeEtcd("SQLite format 3"));
    QVERIFY(looksLikeEtcd(whole));
}

void EtcdSnapshotTest::becomesOneObject()
{
    ReadClusterOptions options;
    options.name = "etcd.db";
    const auto reading = readClusterEtcd(*memorySource(etcdDatabase({{"/registry/secrets/shop/db", plain}})), options);
    QVERIFY(reading);
    QCOMPARE(reading->form, std::string("etcd-snapshot"));
    const int index = reading->cluster->find("EtcdSnapshot", "", "etcd.db");
    QVERIFY(index >= 0);
    const Node root = reading->cluster->objects[static_cast<std::size_t>(index)].root;
    QCOMPARE(root["plainExamples"].item(0).text(), std::string_view("shop/db"));
    QCOMPARE(root["stored"].item(0)["plain"].asInt().value_or(-1), 1);
    QVERIFY(!reading->cluster->knows("Secret")); // that they are there says nothing about what they are
    for (const auto &document : reading->cluster->documents)
        QVERIFY(document->source()->view().find("hunter2") == std::string_view::npos);
}

TALLY_TEST(EtcdSnapshotTest)
#include "etcd_snapshot_test.moc"
