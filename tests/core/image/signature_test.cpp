// SPDX-License-Identifier: Apache-2.0
#include "core/image/signature.h"

#include "core/image/image_reader.h"
#include "core/image/image_snapshot.h"
#include "tests/core/image/image_builder.h"
#include "tests/core/image/layout_builder.h"
#include "tests/support/signing_key.h"
#include "tests/support/test_registry.h"

#include <QByteArray>
#include <QTest>

using namespace tally;
using namespace tally::test;
using namespace std::string_literals;
using Object = nlohmann::json;

/// Signatures as cosign leaves them beside an image, made here with fresh keys.
class SignatureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void simpleSigning();
    void aSignatureForAnotherImage();
    void severalSignatures();
    void certificatesAreNoKeys();
    void signedStatementInABundle();
    void provenanceKeepsNoContent();
    void signatureOverTheManifest();
    void notationIsListedOnly();
    void signedIndex();
    void dirForm();
    void snapshotsVerifyAlike();
    void damagedOnes_data();
    void damagedOnes();
};

namespace {

constexpr const char *simpleType = "application/vnd.dev.cosign.simplesigning.v1+json";
constexpr const char *bundleType = "application/vnd.dev.sigstore.bundle.v0.3+json";

std::string layer(const std::string &content = "hello")
{
    return TarBuilder().folder("etc").file("etc/motd", content).bytes();
}

std::string base64(const std::string &bytes)
{
    return QByteArray::fromStdString(bytes).toBase64().toStdString();
}

std::string payloadFor(const std::string &digest)
{
    return Object{
        {"critical",
            {{"identity", {{"docker-reference", "registry.example.org/app"}}},
                {"image", {{"docker-manifest-digest", digest}}}, {"type", "cosign container image signature"}}},
        {"optional", nullptr}}
        .dump();
}

/// A layer of cosign's manifest.
Object signedLayer(const Layout &layout, const std::string &payload, const std::string &signature)
{
    Object layer = layout.descriptor(payload, simpleType);
    layer["annotations"] = {{"dev.cosignproject.cosign/signature", base64(signature)}};
    return layer;
}

/// The manifest of signatures, tagged as cosign does.
Object signatures(const Layout &layout, const std::string &imageDigest, const Object &layers)
{
    const std::vector<std::string> diffIds(layers.size(), "sha256:" + sha256Hex("x"));
    Object entry = layout.descriptor(layout.manifest(layers, diffIds), manifestType);
    entry["annotations"] = {{"org.opencontainers.image.ref.name", "sha256-" + imageDigest.substr(7) + ".sig"}};
    return entry;
}

Object imageIn(const Layout &layout)
{
    return layout.descriptor(layout.image(layer()), manifestType);
}

/// A referrer of the image with one layer of this type.
Object referrer(const Layout &layout, const Object &image, const std::string &content, const char *type = bundleType)
{
    const Object manifest{{"schemaVersion", 2}, {"mediaType", manifestType}, {"artifactType", type},
        {"config", layout.descriptor("{}", "application/vnd.oci.empty.v1+json")},
        {"layers", Object::array({layout.descriptor(content, type)})}, {"subject", image}};
    return layout.descriptor(manifest.dump(), manifestType);
}

Object envelope(const SigningKey &key, const std::string &statement)
{
    const std::string type = "application/vnd.in-toto+json";
    const std::string covered = "DSSEv1 " + std::to_string(type.size()) + " " + type + " "
        + std::to_string(statement.size()) + " " + statement;
    return {{"payloadType", type}, {"payload", base64(statement)},
        {"signatures", Object::array({Object{{"sig", base64(key.sign(covered))}}})}};
}

std::string statementOn(const std::string &digest, const char *predicate)
{
    return Object{{"_type", "https://in-toto.io/Statement/v1"}, {"predicateType", predicate},
        {"subject", Object::array({Object{{"digest", {{"sha256", digest.substr(7)}}}}})}, {"predicate", {{"x", 1}}}}
        .dump();
}

ImagePtr readOne(const Layout &layout)
{
    const auto read = readImages(layout.path());
    return read ? read->images.at(0) : nullptr;
}

/// "verified 0, unknown-key, ..."
std::string verdictsOf(const Image &image, const std::vector<PublicKey> &keys)
{
    std::string text;
    for (const SignatureVerdict &verdict : verifySignatures(image, keys)) {
        static constexpr std::array names{"verified", "unknown-key", "other-image", "not-verifiable"};
        text += (text.empty() ? "" : ", ") + std::string(names[static_cast<std::size_t>(verdict.state)]);
        if (verdict.state == SignatureState::Verified)
            text += " " + std::to_string(verdict.key);
        if (verdict.reason.has_value() == (verdict.state == SignatureState::Verified))
            text += " WITHOUT A REASON";
    }
    return text;
}

std::vector<PublicKey> publicKeys(const std::vector<SigningKey> &signers)
{
    std::vector<PublicKey> keys;
    keys.reserve(signers.size());
    for (const SigningKey &signer : signers)
        keys.push_back(PublicKey::read(signer.publicPem(), "key").value().at(0));
    return keys;
}

} // namespace

void SignatureTest::simpleSigning()
{
    for (const SigningKey &key : {SigningKey::ec(), SigningKey::rsa(), SigningKey::ed25519()}) {
        const Layout layout;
        const Object image = imageIn(layout);
        const std::string payload = payloadFor(image["digest"]);
        layout.index(Object::array({image,
            signatures(layout, image["digest"], Object::array({signedLayer(layout, payload, key.sign(payload))}))}));
        const ImagePtr read = readOne(layout);
        QVERIFY(read);
        QVERIFY(read->mayCarryArtifacts);
        const SigningKey other = SigningKey::ec();
        QCOMPARE(verdictsOf(*read, publicKeys({key})), "verified 0"s);
        QCOMPARE(verdictsOf(*read, publicKeys({other, key})), "verified 1"s);
        QCOMPARE(verdictsOf(*read, publicKeys({other})), "unknown-key"s);
        QCOMPARE(verdictsOf(*read, {}), "not-verifiable"s);
    }
}

void SignatureTest::aSignatureForAnotherImage()
{
    const Layout layout;
    const Object image = imageIn(layout);
    const SigningKey key = SigningKey::ec();
    const std::string payload = payloadFor("sha256:" + sha256Hex("another"));
    layout.index(Object::array({image,
        signatures(layout, image["digest"], Object::array({signedLayer(layout, payload, key.sign(payload))}))}));
    QCOMPARE(verdictsOf(*readOne(layout), publicKeys({key})), "other-image"s);
}

void SignatureTest::severalSignatures()
{
    const Layout layout;
    const Object image = imageIn(layout);
    const SigningKey ours = SigningKey::ec();
    const SigningKey theirs = SigningKey::rsa();
    const std::string payload = payloadFor(image["digest"]);
    layout.index(Object::array({signatures(layout, image["digest"],
                                    Object::array({signedLayer(layout, payload, theirs.sign(payload)),
                                        signedLayer(layout, payload, ours.sign(payload))})),
        image}));
    const ImagePtr read = readOne(layout);
    QCOMPARE(verdictsOf(*read, publicKeys({ours})), "unknown-key, verified 0"s);
    QCOMPARE(verdictsOf(*read, publicKeys({ours, theirs})), "verified 1, verified 0"s);
}

void SignatureTest::certificatesAreNoKeys()
{
    const Layout layout;
    const Object image = imageIn(layout);
    const std::string payload = payloadFor(image["digest"]);
    Object layer = signedLayer(layout, payload, SigningKey::ec().sign(payload));
    layer["annotations"]["dev.sigstore.cosign/certificate"] = "-----BEGIN CERTIFICATE-----\n";
    layout.index(Object::array({image, signatures(layout, image["digest"], Object::array({layer}))}));
    const std::vector<SignatureVerdict> verdicts = verifySignatures(*readOne(layout), publicKeys({SigningKey::ec()}));
    QCOMPARE(verdicts.size(), std::size_t(1));
    QCOMPARE(verdicts[0].state, SignatureState::UnknownKey);
    QVERIFY(verdicts[0].certificate);
    QCOMPARE(verdicts[0].reason->def->code, "signature.keyless");
}

void SignatureTest::signedStatementInABundle()
{
    const Layout layout;
    const Object image = imageIn(layout);
    const SigningKey key = SigningKey::ed25519();
    const Object bundle{{"mediaType", bundleType}, {"verificationMaterial", {{"publicKey", {{"hint", "x"}}}}},
        {"dsseEnvelope", envelope(key, statementOn(image["digest"], "https://sigstore.dev/cosign/sign/v1"))}};
    layout.index(Object::array({image, referrer(layout, image, bundle.dump())}));
    const ImagePtr read = readOne(layout);
    QCOMPARE(read->artifacts.size(), std::size_t(1));
    QCOMPARE(read->artifacts[0].kind, "signature"s);
    QVERIFY(!read->artifacts[0].signatures.at(0).message.empty());
    QCOMPARE(verdictsOf(*read, publicKeys({key})), "verified 0"s);
    QCOMPARE(verdictsOf(*read, publicKeys({SigningKey::ed25519()})), "unknown-key"s);
}

void SignatureTest::provenanceKeepsNoContent()
{
    const Layout layout;
    const Object image = imageIn(layout);
    const SigningKey key = SigningKey::ec();
    const Object dsse = envelope(key, statementOn(image["digest"], "https://slsa.dev/provenance/v1"));
    const Object bundle{{"mediaType", bundleType}, {"dsseEnvelope", dsse}};
    layout.index(Object::array({image, referrer(layout, image, bundle.dump()),
        referrer(layout, image, dsse.dump(), "application/vnd.dsse.envelope.v1+json")}));
    const ImagePtr read = readOne(layout);
    QCOMPARE(read->artifacts.size(), std::size_t(2));
    for (const ImageArtifact &artifact : read->artifacts) {
        QCOMPARE(artifact.kind, "attestation"s);
        QCOMPARE(artifact.signatures.size(), std::size_t(1));
        QCOMPARE(artifact.signatures[0].predicate, "https://slsa.dev/provenance/v1"s);
        QVERIFY(artifact.signatures[0].message.empty());
    }
    QCOMPARE(verdictsOf(*read, publicKeys({key})), "verified 0, verified 0"s);
    QCOMPARE(verdictsOf(*read, publicKeys({SigningKey::ed25519()})), "not-verifiable, not-verifiable"s);
}

void SignatureTest::signatureOverTheManifest()
{
    const Layout layout;
    const std::string manifest = layout.image(layer());
    const Object image = layout.descriptor(manifest, manifestType);
    const SigningKey key = SigningKey::ec();
    const std::string digest = QByteArray::fromHex(QByteArray::fromStdString(sha256Hex(manifest))).toStdString();
    const Object bundle{{"mediaType", bundleType},
        {"messageSignature",
            {{"messageDigest", {{"algorithm", "SHA2_256"}, {"digest", base64(digest)}}},
                {"signature", base64(key.sign(manifest))}}}};
    layout.index(Object::array({image, referrer(layout, image, bundle.dump())}));
    QCOMPARE(verdictsOf(*readOne(layout), publicKeys({key})), "verified 0"s);
}

void SignatureTest::notationIsListedOnly()
{
    const Layout layout;
    const Object image = imageIn(layout);
    layout.index(Object::array({image, referrer(layout, image, "jws", "application/jose+json")}));
    const ImagePtr read = readOne(layout);
    const std::vector<SignatureVerdict> verdicts = verifySignatures(*read, publicKeys({SigningKey::ec()}));
    QCOMPARE(verdicts.size(), std::size_t(1));
    QCOMPARE(verdicts[0].state, SignatureState::NotVerifiable);
    QCOMPARE(verdicts[0].reason->def->code, "signature.form-unknown");
}

void SignatureTest::signedIndex()
{
    const Layout layout;
    Object image = imageIn(layout);
    image["platform"] = {{"os", "linux"}, {"architecture", "amd64"}};
    image["annotations"] = {{"org.opencontainers.image.version", "2"}, {"team", "shop"}};
    const Object several
        = layout.descriptor(Object{{"mediaType", indexType}, {"manifests", Object::array({image})},
                                {"annotations",
                                    {{"org.opencontainers.image.base.name", "registry.example.org/base:1"},
                                        {"org.opencontainers.image.version", "1"}}}}
                                .dump(),
            indexType);
    const SigningKey key = SigningKey::ec();
    const std::string payload = payloadFor(several["digest"]);
    layout.index(Object::array({several,
        signatures(layout, several["digest"], Object::array({signedLayer(layout, payload, key.sign(payload))}))}));
    const ImagePtr read = readOne(layout);
    QCOMPARE(read->artifacts.size(), std::size_t(1)); // cosign signs the index unless told otherwise
    QCOMPARE(verdictsOf(*read, publicKeys({key})), "verified 0"s);
    QCOMPARE(read->annotations.at("org.opencontainers.image.version"), "2"s);
    QCOMPARE(read->annotations.at("team"), "shop"s);
    QCOMPARE(std::string(statedAt(*read, "org.opencontainers.image.base.name")), "registry.example.org/base:1"s);
}

void SignatureTest::dirForm()
{
    const Layout layout;
    std::filesystem::remove(layout.path() / "oci-layout");
    const std::string manifest = layout.image(layer());
    for (const auto &file : std::filesystem::directory_iterator(layout.path() / "blobs/sha256"))
        std::filesystem::copy(file.path(), layout.path() / file.path().filename());
    layout.write("manifest.json", manifest);
    const SigningKey key = SigningKey::ec();
    const std::string payload = payloadFor("sha256:" + sha256Hex(manifest));
    layout.write("signature-1", "GPG or whatever");
    layout.write("signature-2",
        "\0sigstore-json\n"s
            + Object{{"mimeType", simpleType}, {"payload", base64(payload)},
                {"annotations", {{"dev.cosignproject.cosign/signature", base64(key.sign(payload))}}}}
                  .dump());
    const ImagePtr read = readOne(layout);
    QVERIFY(read);
    QCOMPARE(read->form, "docker-dir"s);
    QCOMPARE(verdictsOf(*read, publicKeys({key})), "not-verifiable, verified 0"s);
    QVERIFY(!read->mayCarryArtifacts);
}

void SignatureTest::snapshotsVerifyAlike()
{
    const Layout layout;
    Object image = imageIn(layout);
    image["annotations"] = {{"org.opencontainers.image.title", "app"}, {"api.token", "Zx81mNq0vPw3kLs9"}};
    const SigningKey key = SigningKey::ec();
    const std::string payload = payloadFor(image["digest"]);
    layout.index(Object::array({image,
        signatures(layout, image["digest"], Object::array({signedLayer(layout, payload, key.sign(payload))}))}));
    const ImagePtr read = readOne(layout);
    const std::string packed = packImage(*read);
    const ImagePtr stored = unpackImage(packed);
    QVERIFY(stored);
    QCOMPARE(packImage(*stored), packed);
    QVERIFY(stored->mayCarryArtifacts);
    QCOMPARE(verdictsOf(*stored, publicKeys({key})), "verified 0"s);
    QCOMPARE(stored->annotations.at("org.opencontainers.image.title"), "app"s);
    QVERIFY(packed.find("Zx81mNq0vPw3kLs9") == std::string::npos);
}

void SignatureTest::damagedOnes_data()
{
    QTest::addColumn<QByteArray>("bundle");
    QTest::newRow("no JSON") << QByteArray("bundle");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no payload") << QByteArray(R"({"payloadType":"x","signatures":[{"sig":"AAAA"}]})");
    QTest::newRow("payload is no base64")
        << QByteArray(R"({"payloadType":"x","payload":"!","signatures":[{"sig":"AA"}]})");
    QTest::newRow("no signatures") << QByteArray(R"({"payloadType":"x","payload":"e30=","signatures":{}})");
    QTest::newRow("an empty signature") << QByteArray(
        R"({"payloadType":"x","payload":"e30=","signatures":[{"sig":""}]})");
    QTest::newRow("a huge signature") << QByteArray(
        R"({"payloadType":"x","payload":"e30=","signatures":[{"sig":")" + QByteArray(100'000, 'A') + "\"}]}");
    QTest::newRow("a digest of the wrong length") << QByteArray(
        R"({"messageSignature":{"messageDigest":{"algorithm":"SHA2_256","digest":"AA=="},"signature":"AAAA"}})");
}

void SignatureTest::damagedOnes()
{
    QFETCH(QByteArray, bundle);
    QVERIFY(readSignatureBundle(bundle.toStdString()).empty());
    const Layout layout;
    const Object image = imageIn(layout);
    layout.index(Object::array({image, referrer(layout, image, bundle.toStdString())}));
    const ImagePtr read = readOne(layout);
    QVERIFY(read);
    QCOMPARE(verdictsOf(*read, publicKeys({SigningKey::ec()})), "not-verifiable"s);
}

TALLY_TEST(SignatureTest)
#include "signature_test.moc"
