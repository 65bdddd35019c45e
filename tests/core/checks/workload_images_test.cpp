// SPDX-License-Identifier: Apache-2.0
#include "core/checks/workload_images.h"
#include "tests/core/cluster/cluster_fixture.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

class WorkloadImagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joinsByDigestBeforeName();
    void aNameAloneIsSaidToBeOne();
    void replicas();

private:
    static constexpr const char *one = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
    static constexpr const char *two = "sha256:2222222222222222222222222222222222222222222222222222222222222222";
};

namespace {

ClusterPtr clusterOf(const std::string &yaml)
{
    auto reading = readText(yaml);
    return reading ? reading->cluster : nullptr;
}

ImagePtr imageOf(const std::string &name, const std::string &digest)
{
    auto image = std::make_shared<Image>();
    image->names = {name};
    image->manifestDigest = digest;
    return image;
}

std::string deployment(const std::string &image)
{
    return "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\nspec: {replicas: 3, "
           "template: {spec: {containers: [{name: c, image: '"
        + image + "'}]}}}\nstatus: {readyReplicas: 2}\n";
}

std::string pod(const std::string &digest)
{
    return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: api-5d4f-x, namespace: shop, ownerReferences: "
           "[{apiVersion: "
           "apps/v1, kind: ReplicaSet, name: api-5d4f, controller: true, uid: u}]}\nspec: {containers: [{name: c, "
           "image: "
           "app}]}\nstatus: {containerStatuses: [{name: c, imageID: 'docker-pullable://registry.example.org/app@"
        + digest + "'}]}\n";
}

} // namespace

void WorkloadImagesTest::joinsByDigestBeforeName()
{
    const ClusterPtr cluster = clusterOf(deployment("registry.example.org/app:1") + pod(two));
    QVERIFY(cluster);
    const std::vector<ImagePtr> images
        = {imageOf("registry.example.org/app:1", one), imageOf("registry.example.org/app:2", two)};
    const std::vector<WorkloadImages> all = workloadImages(*cluster, images);
    QCOMPARE(all.size(), 1U); // the Pod belongs to the Deployment, whose ReplicaSet is not there
    QCOMPARE(all[0].pods, 1U);
    QCOMPARE(all[0].containers.size(), 1U);
    const ContainerImage &container = all[0].containers[0];
    QCOMPARE(container.join, ImageJoin::ByDigest);
    QCOMPARE(container.image, 1); // what runs, not what the manifest says
    QCOMPARE(container.running, std::vector<std::string>{two});
    QCOMPARE(container.field, std::string("spec.template.spec.containers[0].image"));
}

void WorkloadImagesTest::aNameAloneIsSaidToBeOne()
{
    const std::vector<ImagePtr> images = {imageOf("registry.example.org/app:1", one)};
    const auto joinOf = [&](const std::string &reference, const std::string &more = {}) {
        const ClusterPtr cluster = clusterOf(deployment(reference) + more);
        return cluster ? workloadImages(*cluster, images).at(0).containers.at(0).join : ImageJoin::NotOpened;
    };
    QCOMPARE(joinOf("registry.example.org/app:1"), ImageJoin::ByName);
    QCOMPARE(joinOf("registry.example.org/app:1", pod(two)), ImageJoin::ByName);
    QCOMPARE(joinOf("registry.example.org/app:2"), ImageJoin::NotOpened);
    QCOMPARE(joinOf(std::string("registry.example.org/other@") + one), ImageJoin::ByDigest);
    QCOMPARE(joinOf(std::string("registry.example.org/app:1@") + two), ImageJoin::ByName);
    QCOMPARE(joinOf(std::string("registry.example.org/app@") + two), ImageJoin::NotOpened);
}

void WorkloadImagesTest::replicas()
{
    const ClusterPtr cluster = clusterOf(deployment("a")
        + "---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d, namespace: shop}\nspec: {template: {spec: "
          "{containers: []}}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: s, namespace: "
          "shop}\nspec: "
          "{template: {spec: {containers: []}}}\n");
    QVERIFY(cluster);
    const std::vector<WorkloadImages> all = workloadImages(*cluster, {});
    QCOMPARE(all[0].wanted, std::optional<std::int64_t>(3));
    QCOMPARE(all[0].ready, std::optional<std::int64_t>(2));
    QVERIFY(!all[1].wanted.has_value()); // that only a live cluster knows
    QVERIFY(!all[1].ready.has_value());
    QCOMPARE(all[2].wanted, std::optional<std::int64_t>(1));
    QVERIFY(!all[2].ready.has_value());
}

TALLY_TEST(WorkloadImagesTest)
#include "workload_images_test.moc"
