// SPDX-License-Identifier: Apache-2.0

#include "core/base/messages_image.h"
#include "tests/core/image/image_builder.h"
#include "tests/core/image/layout_builder.h"
#include "tests/support/compress.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace tally;
using namespace tally::test;
using namespace std::string_literals;
using Object = nlohmann::json;

/// The forms in which images are handed over, with the peculiarities of the tools that write them.
class ImageFormsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kanikoAndCrane();
    void severalImagesShareALayer();
    void docker25();
    void docker25WithoutLayersInTheManifest();
    void dockerDir();
    void ociLayoutAsFolderAndTar();
    void sha512();
    void mediaTypesLie_data();
    void mediaTypesLie();
    void layersThatAreNoFileSystems_data();
    void layersThatAreNoFileSystems();
    void anEStargzLayerIsNamedOnce();
    void chunkedLayersAreReadWhole();
    void nestedIndexes();
    void alteredNestedIndex();
    void indexThatSaysItIsAManifest();
    void missingBlobs();
    void buildxAttestation();
    void cosign();
    void cosignSaveDir();
    void notationAndReferrers();
    void rootFileSystems();
};

namespace {

std::string layer(const std::string &content = "hello")
{
    return TarBuilder().folder("etc").file("etc/motd", content).bytes();
}

std::string diffId(const std::string &tar)
{
    return "sha256:" + sha256Hex(tar);
}

std::string configOf(const std::vector<std::string> &diffIds)
{
    return Object{{"os", "linux"}, {"architecture", "amd64"}, {"rootfs", {{"diff_ids", diffIds}}}}.dump();
}

/// "digest verified, diffId wrong, ..." of all verdicts, sorted and without repetition.
std::string verdicts(const Image &image)
{
    std::set<std::string> lines;
    for (const BlobVerdict &verdict : image.verdicts) {
        const char *state = verdict.state == VerdictState::Verified ? "verified"
            : verdict.state == VerdictState::Wrong                  ? "wrong"
                                                                    : "unknown";
        lines.insert(verdict.check + " " + state);
    }
    std::string text;
    for (const std::string &line : lines)
        text += (text.empty() ? "" : ", ") + line;
    return text;
}

const std::string allGood = "config verified, count verified, diffId verified, digest verified, size verified";

std::string dockerManifest(const std::string &config, const std::vector<std::string> &layers)
{
    return Object::array({{{"Config", config}, {"RepoTags", {"a:1"}}, {"Layers", layers}}}).dump();
}

} // namespace

void ImageFormsTest::kanikoAndCrane()
{
    const std::string stored = gzipOf(layer());
    const std::string zstd = zstdOf(layer("two"));
    const std::string config = configOf({diffId(layer()), diffId(layer("two")), diffId(layer())});
    const std::string name = "sha256:" + sha256Hex(config);
    const std::string one = sha256Hex(stored) + ".tar.gz";
    const std::string two = sha256Hex(zstd) + ".tar.zst";
    const auto read = readBytes(TarBuilder()
                                    .file(name, config)
                                    .file(one, stored)
                                    .file(two, zstd)
                                    .file("manifest.json", dockerManifest(name, {one, two, one}))
                                    .bytes());
    QVERIFY(read);
    QCOMPARE(verdicts(*read->images[0]), "config verified, count verified, diffId verified, digest verified"s);
    QCOMPARE(read->images[0]->layers.size(), std::size_t{3}); // the third is not repeated in the archive
    QCOMPARE(read->images[0]->layers[2].files.size(), std::size_t{2});
}

void ImageFormsTest::severalImagesShareALayer()
{
    const std::string config = configOf({diffId(layer())});
    const std::string name = sha256Hex(config) + ".json";
    const Object manifest = Object::array({{{"Config", name}, {"RepoTags", {"a:1"}}, {"Layers", {"x/layer.tar"}}},
        {{"Config", name}, {"RepoTags", nullptr}, {"Layers", {"y/layer.tar"}}}});
    const auto read = readBytes(TarBuilder()
                                    .symlink("y/layer.tar", "../x/layer.tar")
                                    .file("./x/layer.tar", layer())
                                    .file(name, config)
                                    .file("./manifest.json", manifest.dump())
                                    .bytes());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{2});
    QCOMPARE(read->images[1]->layers[0].blob, "x/layer.tar"s);
    QCOMPARE(read->images[1]->layers[0].verified, std::optional(true));
    QVERIFY(read->images[1]->names.empty());
}

namespace {

/// docker save of Docker 25 and later: both forms in one tar.
std::string docker25Archive(const Object &layersInManifest, bool otherPlatform)
{
    TarBuilder tar;
    const auto blob = [&](const std::string &content) {
        tar.file("blobs/sha256/" + sha256Hex(content), content);
        return "sha256:" + sha256Hex(content);
    };
    const std::string config = configOf({diffId(layer())});
    blob(config);
    blob(layer());
    const Object manifest{{"schemaVersion", 2},
        {"config", {{"mediaType", configType}, {"digest", "sha256:" + sha256Hex(config)}, {"size", config.size()}}},
        {"layers", layersInManifest}};
    Object manifests = Object::array({{{"mediaType", manifestType}, {"digest", blob(manifest.dump())},
        {"size", manifest.dump().size()}, {"annotations", {{"io.containerd.image.name", "docker.io/library/a:1"}}}}});
    if (otherPlatform)
        manifests.push_back({{"mediaType", manifestType}, {"digest", "sha256:" + sha256Hex("absent")}, {"size", 9},
            {"platform", {{"os", "linux"}, {"architecture", "s390x"}}}});
    const Object nested{{"schemaVersion", 2}, {"mediaType", indexType}, {"manifests", manifests}};
    tar.file("index.json",
        Object{{"schemaVersion", 2},
            {"manifests",
                Object::array(
                    {{{"mediaType", indexType}, {"digest", blob(nested.dump())}, {"size", nested.dump().size()}}})}}
            .dump());
    tar.file("oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
    tar.file(
        "manifest.json", dockerManifest("blobs/sha256/" + sha256Hex(config), {"blobs/sha256/" + sha256Hex(layer())}));
    return tar.bytes();
}

} // namespace

void ImageFormsTest::docker25()
{
    const Object layers
        = Object::array({{{"mediaType", layerType}, {"digest", diffId(layer())}, {"size", layer().size()}}});
    const auto read = readBytes(docker25Archive(layers, true));
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    QCOMPARE(verdicts(*read->images[0]), allGood);
    QVERIFY(!read->images[0]->manifestDigest.empty());
    QVERIFY(read->diagnostics.empty()); // the platform that was never pulled is normal
}

void ImageFormsTest::docker25WithoutLayersInTheManifest()
{
    for (const Object &layers : {Object(nullptr), Object::array()}) {
        const auto read = readBytes(docker25Archive(layers, false));
        QVERIFY(read);
        QCOMPARE(read->images.size(), std::size_t{1});
        QCOMPARE(read->images[0]->layers.size(), std::size_t{1});
        QCOMPARE(read->images[0]->layers[0].verified, std::optional(true));
        QVERIFY(read->diagnostics.empty());
    }
}

void ImageFormsTest::dockerDir()
{
    const Layout folder;
    std::filesystem::remove(folder.path() / "oci-layout");
    const std::string config = configOf({diffId(layer())});
    folder.write(sha256Hex(config), config);
    folder.write(sha256Hex(layer()), layer());
    folder.write("version", "Directory Transport Version: 1.1\n");
    folder.write("signature-1", "x");
    folder.write("manifest.json",
        Object{{"schemaVersion", 2}, {"mediaType", "application/vnd.docker.distribution.manifest.v2+json"},
            {"config",
                {{"mediaType", "application/vnd.docker.container.image.v1+json"},
                    {"digest", "sha256:" + sha256Hex(config)}, {"size", config.size()}}},
            {"layers",
                Object::array({{{"mediaType", "application/vnd.docker.image.rootfs.diff.tar.gzip"},
                    {"digest", diffId(layer())}, {"size", layer().size()}}})}}
            .dump());
    const auto read = readImages(folder.path());
    QVERIFY(read);
    QCOMPARE(read->form, "docker-dir"s);
    QCOMPARE(verdicts(*read->images[0]), allGood);
    QCOMPARE(read->images[0]->layers[0].compression, "none"s); // podman's are not compressed, whatever the type says
}

void ImageFormsTest::ociLayoutAsFolderAndTar()
{
    const Layout layout;
    layout.index(Object::array({layout.descriptor(layout.image(layer()), manifestType)}));
    layout.write("unknown/file", "is no error");
    const auto folder = readImages(layout.path());
    QVERIFY(folder);
    QCOMPARE(folder->form, "oci-layout"s);
    TarBuilder tar;
    for (const auto &file : std::filesystem::recursive_directory_iterator(layout.path())) {
        if (file.is_regular_file())
            tar.file("./" + std::filesystem::relative(file.path(), layout.path()).string(),
                readAll(*openFile(file.path(), {}).value(), 1U << 20, "x").value());
    }
    const auto archive = readBytes(tar.bytes());
    QVERIFY(archive);
    QCOMPARE(archive->form, "oci-archive"s);
    for (const auto &read : {folder, archive, readBytes(gzipOf(tar.bytes())), readBytes(zstdOf(tar.bytes()))}) {
        QVERIFY(read);
        QCOMPARE(verdicts(*read->images[0]), allGood);
        QVERIFY(read->diagnostics.empty());
    }
}

void ImageFormsTest::sha512()
{
    const auto read = [](const std::string &stored) {
        const Layout layout;
        const auto blob = [&](const std::string &content, const std::string &under, const char *type) {
            layout.write("blobs/sha512/" + sha512Hex(under), content);
            return Object{{"mediaType", type}, {"digest", "sha512:" + sha512Hex(under)}, {"size", content.size()}};
        };
        const Object entry = blob(stored, layer(), layerType);
        const std::string config = configOf({"sha512:" + sha512Hex(layer())});
        const std::string manifest = Object{{"schemaVersion", 2}, {"config", blob(config, config, configType)},
            {"layers",
                Object::array({entry})}}.dump();
        layout.index(Object::array({blob(manifest, manifest, manifestType)}));
        return readImages(layout.path());
    };
    const auto good = read(layer());
    QVERIFY(good);
    QCOMPARE(verdicts(*good->images[0]), allGood);
    QCOMPARE(good->images[0]->layers[0].digest, "sha512:" + sha512Hex(layer()));
    const auto altered = read(layer("HELLO"));
    QVERIFY(altered);
    QVERIFY(says(altered->diagnostics, "blob-digest-mismatch"));
    QVERIFY(says(altered->diagnostics, "diffid-mismatch"));
}

void ImageFormsTest::mediaTypesLie_data()
{
    QTest::addColumn<QString>("type");
    for (const char *type : {"application/vnd.oci.image.layer.v1.tar", "application/vnd.oci.image.layer.v1.tar+zstd",
             "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
             "application/vnd.docker.image.rootfs.diff.tar.zstd",
             "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "application/octet-stream",
             "application/gzip", ""})
        QTest::newRow(type) << QString::fromLatin1(type);
}

void ImageFormsTest::mediaTypesLie()
{
    QFETCH(QString, type);
    const Layout layout;
    const std::string stored = gzipOf(layer());
    layout.index(Object::array({layout.descriptor(
        layout.manifest(Object::array({layout.descriptor(stored, type.toStdString())}), {diffId(layer())}),
        manifestType)}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(read->images[0]->layers[0].compression, "gzip"s);
    QCOMPARE(verdicts(*read->images[0]), allGood);
}

void ImageFormsTest::layersThatAreNoFileSystems_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("annotation");
    QTest::newRow("encrypted") << "application/vnd.oci.image.layer.v1.tar+gzip+encrypted" << QString();
    QTest::newRow("nydus") << "application/vnd.oci.image.layer.nydus.blob.v1" << QString();
    QTest::newRow("overlaybd") << "application/vnd.oci.image.layer.v1.tar"
                               << "containerd.io/snapshot/overlaybd/blob-digest";
    QTest::newRow("SIF") << "application/vnd.sylabs.sif.layer.v1.sif" << QString();
    QTest::newRow("wasm") << "application/wasm" << QString();
}

void ImageFormsTest::layersThatAreNoFileSystems()
{
    QFETCH(QString, type);
    QFETCH(QString, annotation);
    const Layout layout;
    Object odd = layout.descriptor("no tar at all", type.toStdString());
    if (!annotation.isEmpty())
        odd["annotations"] = {{annotation.toStdString(), "x"}};
    const Object good = layout.descriptor(layer(), layerType);
    layout.index(Object::array({layout.descriptor(
        layout.manifest(Object::array({good, odd}), {diffId(layer()), diffId("x")}), manifestType)}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    QVERIFY(says(read->diagnostics, "image.not-a-file-system"));
    QVERIFY(!says(read->diagnostics, "image.layer-not-tar"));
    QCOMPARE(read->images[0]->layers.size(), std::size_t{2});
    QCOMPARE(read->images[0]->layers[1].mediaType, type.toStdString());
    QVERIFY(!read->images[0]->layers[1].verified);
}

void ImageFormsTest::anEStargzLayerIsNamedOnce()
{
    const Layout layout;
    const std::string tar = TarBuilder().file("a", "1").file("stargz.index.json", "{}").bytes();
    Object entry = layout.descriptor(tar, "application/vnd.oci.image.layer.v1.tar");
    entry["annotations"] = {{"containerd.io/snapshot/stargz/toc.digest", "sha256:0"}};
    layout.index(
        Object::array({layout.descriptor(layout.manifest(Object::array({entry}), {diffId(tar)}), manifestType)}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(std::ranges::count(read->diagnostics, imageDef("image.lazy-form"),
                 [](const Diagnostic &diagnostic) { return diagnostic.message.def; }),
        1);
}

void ImageFormsTest::chunkedLayersAreReadWhole()
{
    const Layout layout;
    // the table of contents in a skippable frame names a file that is not there, and not the one that is
    const std::string toc("\x50\x2a\x4d\x18\x1c\0\0\0{\"entries\":[{\"name\":\"lie\"}]}", 36);
    Object entry = layout.descriptor(zstdOf(layer()) + toc, "application/vnd.oci.image.layer.v1.tar+zstd");
    entry["annotations"] = {{"io.github.containers.zstd-chunked.manifest-checksum", "sha256:0"}};
    layout.index(
        Object::array({layout.descriptor(layout.manifest(Object::array({entry}), {diffId(layer())}), manifestType)}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QVERIFY(says(read->diagnostics, "image.lazy-form"));
    QCOMPARE(read->images[0]->layers[0].files.size(), std::size_t{2});
    QCOMPARE(verdicts(*read->images[0]), allGood);
}

void ImageFormsTest::nestedIndexes()
{
    const Layout layout;
    Object entry = layout.descriptor(layout.image(layer()), manifestType);
    for (int depth = 1; depth <= 6; ++depth) {
        entry = layout.descriptor(
            Object{{"mediaType", indexType}, {"manifests", Object::array({entry})}}.dump(), indexType);
        layout.index(Object::array({entry}));
        const auto read = readImages(layout.path());
        QCOMPARE(read.has_value(), depth <= 4);
        if (read)
            QCOMPARE(verdicts(*read->images[0]), allGood);
    }
}

void ImageFormsTest::alteredNestedIndex()
{
    const Layout layout;
    const Object nested{{"manifests", Object::array({layout.descriptor(layout.image(layer()), manifestType)})}};
    const Object entry = layout.descriptor(nested.dump(), indexType);
    layout.write(layout.hexPath(entry["digest"]), nested.dump() + " ");
    layout.index(Object::array({entry}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QVERIFY(says(read->diagnostics, "blob-digest-mismatch"));
    QVERIFY(std::ranges::any_of(read->images[0]->verdicts, [&](const BlobVerdict &verdict) {
        return verdict.state == VerdictState::Wrong && verdict.blob == entry["digest"].get<std::string>();
    }));
}

void ImageFormsTest::indexThatSaysItIsAManifest()
{
    const Layout layout;
    const Object lie{{"mediaType", indexType}, {"manifests", Object::array()}};
    layout.index(Object::array(
        {layout.descriptor(lie.dump(), manifestType), layout.descriptor(layout.image(layer()), manifestType)}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    QVERIFY(says(read->diagnostics, "image.manifest-ambiguous"));
}

void ImageFormsTest::missingBlobs()
{
    const Layout layout;
    const Object one = layout.descriptor(layer("1"), layerType);
    const Object two = layout.descriptor(layer("2"), layerType);
    Object foreign = layout.descriptor(layer("3"), "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    foreign["urls"] = {"https://example.org/layer"};
    const Object absent{{"mediaType", manifestType}, {"digest", diffId("absent")}, {"size", 6}};
    layout.index(Object::array({absent,
        layout.descriptor(layout.manifest(Object::array({one, two, foreign}),
                              {diffId(layer("1")), diffId(layer("2")), diffId(layer("3"))}),
            manifestType)}));
    layout.remove(two["digest"]);
    layout.remove(foreign["digest"]);
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QVERIFY(says(read->diagnostics, "image.blob-missing"));
    QVERIFY(says(read->diagnostics, "image.foreign-layer"));
    const Image &image = *read->images[0];
    QCOMPARE(image.layers.size(), std::size_t{3});
    QCOMPARE(image.layers[0].verified, std::optional(true));
    QCOMPARE(image.layers[1].verified, std::nullopt);
    QVERIFY(image.layers[0].readToEnd && !image.layers[1].readToEnd && !image.layers[2].readToEnd);
    QVERIFY(verdicts(image).find("digest unknown") != std::string::npos);
}

void ImageFormsTest::buildxAttestation()
{
    const Layout layout;
    const Object image = layout.descriptor(layout.image(layer()), manifestType);
    Object statement = layout.descriptor("{}", "application/vnd.in-toto+json");
    statement["annotations"] = {{"in-toto.io/predicate-type", "https://slsa.dev/provenance/v1"}};
    Object attestation = layout.descriptor(layout.manifest(Object::array({statement}), {diffId("{}")}), manifestType);
    attestation["platform"] = {{"os", "unknown"}, {"architecture", "unknown"}};
    attestation["annotations"]
        = {{"vnd.docker.reference.type", "attestation-manifest"}, {"vnd.docker.reference.digest", image["digest"]}};
    layout.index(Object::array({image, attestation}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    const Image &found = *read->images[0];
    QCOMPARE(found.artifacts.size(), std::size_t{1});
    QCOMPARE(found.artifacts[0].kind, "attestation"s);
    QCOMPARE(found.artifacts[0].type, "https://slsa.dev/provenance/v1"s);
    QCOMPARE(found.artifacts[0].digest, attestation["digest"].get<std::string>());
    QVERIFY(says(read->diagnostics, "image.artifact-skipped"));
}

namespace {

/// cosign's signatures have the configuration of an image: only the layer's type tells.
Object cosignSignature(const Layout &layout, const std::string &signedDigest)
{
    const std::string payload = Object{{"critical", {{"image", {{"docker-manifest-digest", signedDigest}}}}}}.dump();
    return layout.descriptor(
        layout.manifest(Object::array({layout.descriptor(payload, "application/vnd.dev.cosign.simplesigning.v1+json")}),
            {diffId(payload)}),
        manifestType);
}

} // namespace

void ImageFormsTest::cosign()
{
    const Layout layout;
    const Object image = layout.descriptor(layout.image(layer()), manifestType);
    const std::string hex = image["digest"].get<std::string>().substr(7);
    Object signature = cosignSignature(layout, "sha256:" + hex);
    signature["annotations"] = {{"org.opencontainers.image.ref.name", "sha256-" + hex + ".sig"}};
    Object sbom = layout.descriptor(
        layout.manifest(Object::array({layout.descriptor("{}", "text/spdx+json")}), {diffId("{}")}), manifestType);
    sbom["annotations"] = {{"org.opencontainers.image.ref.name", "sha256-" + hex + ".sbom"}};
    layout.index(Object::array({image, signature, sbom}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    QCOMPARE(read->images[0]->artifacts.size(), std::size_t{2});
    QCOMPARE(read->images[0]->artifacts[0].kind, "signature"s);
    QCOMPARE(read->images[0]->artifacts[1].kind, "sbom"s);
}

void ImageFormsTest::cosignSaveDir()
{
    const Layout layout;
    Object image = layout.descriptor(layout.image(layer()), manifestType);
    image["annotations"] = {{"kind", "dev.cosignproject.cosign/image"}};
    Object signature = cosignSignature(layout, image["digest"]);
    signature["annotations"] = {{"kind", "dev.cosignproject.cosign/sigs"}};
    layout.index(Object::array({signature, image}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    QCOMPARE(read->images[0]->artifacts.size(), std::size_t{1}); // by what the payload says it signs
    QCOMPARE(read->images[0]->artifacts[0].kind, "signature"s);
}

void ImageFormsTest::notationAndReferrers()
{
    const Layout layout;
    const Object image = layout.descriptor(layout.image(layer()), manifestType);
    const Object notation{{"schemaVersion", 2},
        {"config", layout.descriptor("{}", "application/vnd.cncf.notary.signature")},
        {"layers", Object::array({layout.descriptor("jose", "application/jose+json")})}, {"subject", image}};
    const Object bundle{{"schemaVersion", 2}, {"artifactType", "application/vnd.dev.sigstore.bundle.v0.3+json"},
        {"config", layout.descriptor("{}", "application/vnd.oci.empty.v1+json")},
        {"layers", Object::array({layout.descriptor("bundle", "application/vnd.dev.sigstore.bundle.v0.3+json")})}};
    const Object helm{{"schemaVersion", 2},
        {"config", layout.descriptor("{}", "application/vnd.cncf.helm.config.v1+json")},
        {"layers", Object::array({layout.descriptor("chart", "application/vnd.cncf.helm.chart.content.v1.tar+gzip")})}};
    Object referrers = layout.descriptor(
        Object{{"mediaType", indexType}, {"manifests", Object::array({layout.descriptor(bundle.dump(), manifestType)})}}
            .dump(),
        indexType);
    referrers["annotations"]
        = {{"org.opencontainers.image.ref.name", "sha256-" + image["digest"].get<std::string>().substr(7)}};
    layout.index(Object::array({image, layout.descriptor(notation.dump(), manifestType), referrers,
        layout.descriptor(helm.dump(), manifestType)}));
    const auto read = readImages(layout.path());
    QVERIFY(read);
    QCOMPARE(read->images.size(), std::size_t{1});
    QCOMPARE(read->artifacts.size(), std::size_t{3});
    QCOMPARE(read->images[0]->artifacts.size(), std::size_t{2});
    for (const ImageArtifact &artifact : read->images[0]->artifacts)
        QCOMPARE(artifact.kind, "signature"s);
}

void ImageFormsTest::rootFileSystems()
{
    const auto exported = readBytes(TarBuilder().folder("./etc").file("./etc/passwd", "x").folder("./usr").bytes());
    QVERIFY(!exported);
    QCOMPARE(exported.error().message.def->code, "image.is-root-file-system");
    const Layout folder;
    std::filesystem::remove(folder.path() / "oci-layout");
    folder.write("etc/passwd", "x");
    const auto unpacked = readImages(folder.path());
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().message.def->code, "image.is-root-file-system");
}

TALLY_TEST(ImageFormsTest)
#include "image_forms_test.moc"
