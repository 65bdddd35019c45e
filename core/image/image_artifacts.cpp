// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_artifacts.h"

#include "core/base/messages.h"
#include "core/base/messages_image.h"
#include "core/base/text_format.h"
#include "core/io/digest.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

using namespace std::string_view_literals;

bool isHex(std::string_view text, std::size_t length)
{
    return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

struct KindOfType
{
    std::string_view part; ///< of a media or predicate type
    const char *kind;
};

/// The first that fits; predicate types stand before the envelopes they come in.
constexpr std::array kindsOfTypes{
    KindOfType{"spdx", "sbom"},
    KindOfType{"cyclonedx", "sbom"},
    KindOfType{"syft", "sbom"},
    KindOfType{"cosign.simplesigning", "signature"},
    KindOfType{"sigstore.dev/cosign/sign/", "signature"}, // cosign 3 signs by a statement of its own
    KindOfType{"notary.signature", "signature"},
    KindOfType{"sigstore.bundle", "signature"},
    KindOfType{"jose+json", "signature"},
    KindOfType{"application/cose", "signature"},
    KindOfType{"slsa", "attestation"},
    KindOfType{"in-toto", "attestation"},
    KindOfType{"dsse", "attestation"},
};

bool hasKey(const Json &object, std::string_view part)
{
    if (!object.is_object())
        return false;
    for (const auto &item : object.items()) {
        if (item.key().find(part) != std::string::npos)
            return true;
    }
    return false;
}

} // namespace

std::string kindOfType(std::string_view type)
{
    const auto found = std::ranges::find_if(
        kindsOfTypes, [&](const KindOfType &kind) { return type.find(kind.part) != std::string_view::npos; });
    return found == kindsOfTypes.end() ? "" : found->kind;
}

bool isHex64(std::string_view text)
{
    return isHex(text, 64);
}

bool isDigest(std::string_view digest)
{
    const std::size_t colon = digest.find(':');
    if (colon == std::string_view::npos || colon == 0 || digest.size() > 512)
        return false;
    const std::string_view algorithm = digest.substr(0, colon);
    const std::string_view encoded = digest.substr(colon + 1);
    if (algorithm == "sha256")
        return isHex64(encoded);
    if (algorithm == "sha512")
        return isHex(encoded, 128);
    return encoded.size() >= 32
        && algorithm.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+._-") == std::string_view::npos
        && algorithm.find("..") == std::string_view::npos && algorithm.front() != '.'
        && encoded.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=_-")
        == std::string_view::npos;
}

bool isFileSystemLayer(const Json &descriptor)
{
    const std::string type = textAt(descriptor, "mediaType");
    if (hasKey(memberAt(descriptor, "annotations"), "containerd.io/snapshot/overlaybd")
        || type.find("+encrypted") != std::string::npos || type.find(".nydus.") != std::string::npos)
        return false;
    static constexpr std::array plain{"application/octet-stream"sv, "application/x-tar"sv, "application/tar"sv,
        "application/gzip"sv, "application/x-gzip"sv, "application/tar+gzip"sv, "application/x-tgz"sv,
        "application/zstd"sv};
    return type.empty() || type.starts_with("application/vnd.oci.image.layer.")
        || type.starts_with("application/vnd.docker.image.rootfs.")
        || type == "application/vnd.docker.container.image.rootfs.diff+x-gtar"
        || std::ranges::find(plain, type) != plain.end();
}

bool isImageConfig(std::string_view mediaType)
{
    return mediaType.empty() || mediaType == "application/vnd.oci.image.config.v1+json"
        || mediaType == "application/vnd.docker.container.image.v1+json" || mediaType == "application/octet-stream";
}

bool isIndexType(std::string_view mediaType)
{
    return mediaType == "application/vnd.oci.image.index.v1+json"
        || mediaType == "application/vnd.docker.distribution.manifest.list.v2+json";
}

bool isManifestType(std::string_view mediaType)
{
    return mediaType == "application/vnd.oci.image.manifest.v1+json"
        || mediaType == "application/vnd.docker.distribution.manifest.v2+json";
}

std::string subjectOfTag(std::string_view tag, std::string &kind)
{
    if (!tag.starts_with("sha256-") || !isHex64(tag.substr(7, 64)))
        return {};
    const std::string_view suffix = tag.substr(71);
    if (!suffix.empty() && suffix != ".sig" && suffix != ".att" && suffix != ".sbom")
        return {};
    kind = suffix == ".sig" ? "signature" : suffix == ".att" ? "attestation" : suffix == ".sbom" ? "sbom" : "";
    return "sha256:" + std::string(tag.substr(7, 64));
}

void describeArtifact(const Json &manifest, ImageArtifact &artifact)
{
    const std::string config = textAt(memberAt(manifest, "config"), "mediaType");
    std::string type = textAt(manifest, "artifactType");
    if (type.empty() && !isImageConfig(config) && config != "application/vnd.oci.empty.v1+json")
        type = config;
    std::string kind = kindOfType(type);
    std::vector<std::string> predicates;
    for (const char *list : {"layers", "blobs"}) { // the latter in the old artifact manifest
        const Json &layers = memberAt(manifest, list);
        for (std::size_t i = 0; layers.is_array() && i < std::min<std::size_t>(layers.size(), 100); ++i) {
            const Json &annotations = memberAt(layers[i], "annotations");
            for (const char *key : {"in-toto.io/predicate-type", "predicateType"}) {
                const std::string predicate = textAt(annotations, key);
                if (!predicate.empty() && std::ranges::find(predicates, predicate) == predicates.end())
                    predicates.push_back(predicate);
            }
            const std::string media = textAt(layers[i], "mediaType");
            if (type.empty())
                type = media;
            if (kind.empty())
                kind = kindOfType(media);
        }
    }
    for (std::size_t i = 0; i < predicates.size(); ++i) {
        if (i == 0)
            type.clear();
        else
            type += ", ";
        type += predicates[i];
        if (predicates.size() == 1 && !kindOfType(predicates[i]).empty())
            kind = kindOfType(predicates[i]);
    }
    if (artifact.type.empty())
        artifact.type = visible(toUtf8(type));
    if (artifact.kind.empty())
        artifact.kind = kind;
    const std::string subject = textAt(memberAt(manifest, "subject"), "digest");
    if (artifact.subject.empty() && isDigest(subject))
        artifact.subject = subject;
}

std::string subjectOfPayload(std::string_view payload)
{
    const Json json = parseSmallJson(payload);
    const std::string digest = textAt(memberAt(memberAt(json, "critical"), "image"), "docker-manifest-digest");
    return isDigest(digest) ? digest : std::string();
}

void judgeSize(const BlobPlan &plan, std::uint64_t size, std::vector<BlobVerdict> &verdicts)
{
    if (!plan.size)
        return;
    const std::string &blob = plan.digest.empty() ? plan.name : plan.digest;
    if (*plan.size == size)
        verdicts.push_back({blob, "size", VerdictState::Verified, std::nullopt});
    else
        verdicts.push_back({blob, "size", VerdictState::Wrong,
            Message{imageDef("size-mismatch"), {plan.name, std::to_string(*plan.size), std::to_string(size)}}});
}

std::vector<BlobVerdict> judgeSmallBlob(
    const BlobPlan &plan, const std::string &text, const char *check, std::string_view code)
{
    const std::string &blob = plan.digest.empty() ? plan.name : plan.digest;
    std::vector<BlobVerdict> verdicts;
    const auto unknown = [&](Message reason) {
        verdicts.push_back({blob, check, VerdictState::NotVerifiable, std::move(reason)});
        return verdicts;
    };
    if (text.empty())
        return unknown({imageDef("image.not-read"), {plan.name}});
    if (plan.digest.empty())
        return unknown({imageDef("image.no-digest-known"), {plan.name}});
    std::string actual;
    if (plan.digest.starts_with("sha256:"))
        actual = "sha256:" + sha256Hex(text);
    else if (plan.digest.starts_with("sha512:"))
        actual = "sha512:" + sha512Hex(text);
    else
        return unknown({imageDef("image.algorithm-unknown"), {plan.name, plan.digest}});
    if (actual == plan.digest)
        verdicts.push_back({blob, check, VerdictState::Verified, std::nullopt});
    else
        verdicts.push_back(
            {blob, check, VerdictState::Wrong, Message{findMessage(code), {plan.name, plan.digest, actual}}});
    judgeSize(plan, text.size(), verdicts);
    return verdicts;
}

} // namespace tally
