// SPDX-License-Identifier: Apache-2.0
#include "core/base/text_format.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/image_helpers.h"
#include "core/image/signature.h"

#include <algorithm>
#include <set>

namespace tally::checks {

namespace {

constexpr std::size_t shortDigest = 19; // "sha256:" and twelve digits, as docker shows them

/// What lies beside the image, a line each.
std::string artifactLines(const Image &image)
{
    PathList lines;
    for (const ImageArtifact &artifact : image.artifacts)
        lines.add((artifact.kind.empty() ? "artifact" : artifact.kind) + ": " + artifact.digest.substr(0, shortDigest)
            + "  " + toUtf8(artifact.type));
    return lines.excerpt();
}

std::string kindsBeside(const Image &image)
{
    std::set<std::string> kinds;
    for (const ImageArtifact &artifact : image.artifacts)
        kinds.insert(artifact.kind.empty() ? toUtf8(artifact.type) : artifact.kind);
    return joined({kinds.begin(), kinds.end()});
}

Draft onArtifacts(CheckContext &context, std::size_t image)
{
    Draft draft = context.onImage(image);
    draft.field = "artifacts";
    draft.excerpt = artifactLines(*context.images()[image]);
    return draft;
}

/// Verdicts on the image's signatures proper: a signed statement is evidence of another kind.
std::vector<SignatureVerdict> signatureVerdicts(const Image &image, std::span<const PublicKey> keys)
{
    std::vector<SignatureVerdict> verdicts = verifySignatures(image, keys);
    std::erase_if(verdicts,
        [&](const SignatureVerdict &verdict) { return image.artifacts[verdict.artifact].kind != "signature"; });
    return verdicts;
}

bool allAre(const std::vector<SignatureVerdict> &verdicts, SignatureState state)
{
    return std::ranges::all_of(verdicts, [&](const SignatureVerdict &verdict) { return verdict.state == state; });
}

bool anyIs(const std::vector<SignatureVerdict> &verdicts, SignatureState state)
{
    return std::ranges::any_of(verdicts, [&](const SignatureVerdict &verdict) { return verdict.state == state; });
}

bool isAltered(const Image &image)
{
    return std::ranges::any_of(
        image.verdicts, [](const BlobVerdict &verdict) { return verdict.state == VerdictState::Wrong; });
}

std::string keyNames(std::span<const PublicKey> keys)
{
    std::vector<std::string> names;
    for (const PublicKey &key : keys)
        names.push_back(key.kind() + " " + key.fingerprint().substr(0, shortDigest));
    return joined(names);
}

/// A statement whose type is known, and is none of how the image was built or what is in it.
bool isOtherStatement(const ImageArtifact &artifact)
{
    return artifact.type.find("://") != std::string::npos && artifact.type.find("slsa") == std::string::npos
        && artifact.type.find("provenance") == std::string::npos && artifact.type.find("spdx") == std::string::npos
        && artifact.type.find("cyclonedx") == std::string::npos;
}

} // namespace

bool hasSignature(const Image &image)
{
    return std::ranges::any_of(
        image.artifacts, [](const ImageArtifact &artifact) { return artifact.kind == "signature"; });
}

bool hasAttestation(const Image &image)
{
    return std::ranges::any_of(image.artifacts, [](const ImageArtifact &artifact) {
        return artifact.kind == "sbom" || (artifact.kind == "attestation" && !isOtherStatement(artifact));
    });
}

void imageSignature(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        if (!isContainerImage(image) || (!image.mayCarryArtifacts && !hasSignature(image)))
            continue;
        if (!hasSignature(image)) {
            Draft draft = onArtifacts(context, i);
            if (!image.artifacts.empty())
                draft.with(kindsBeside(image)).as("others");
            context.add(std::move(draft));
            continue;
        }
        const std::vector<SignatureVerdict> verdicts = signatureVerdicts(image, {});
        if (allAre(verdicts, SignatureState::OtherImage)) {
            const Message &reason = *verdicts.front().reason;
            context.add(std::move(onArtifacts(context, i).with(reason.args.front()).as("other-image")));
        }
    }
}

void imageSignatureKey(CheckContext &context)
{
    const std::span<const PublicKey> keys = context.prepared().input().keys;
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        const std::vector<SignatureVerdict> verdicts = signatureVerdicts(image, keys);
        if (!isContainerImage(image) || verdicts.empty() || allAre(verdicts, SignatureState::OtherImage))
            continue; // IMG-SIGNATURE
        Draft draft = onArtifacts(context, i).with(std::to_string(verdicts.size())).with(keyNames(keys));
        if (anyIs(verdicts, SignatureState::Verified)) {
            if (isAltered(image))
                context.add(std::move(draft.as("altered")));
            continue;
        }
        if (!anyIs(verdicts, SignatureState::UnknownKey))
            draft.as("not-verifiable");
        else if (std::ranges::all_of(verdicts, &SignatureVerdict::certificate))
            draft.as("keyless");
        context.add(std::move(draft));
    }
}

void imageAttestation(CheckContext &context)
{
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        if (!isContainerImage(image) || !image.mayCarryArtifacts || hasAttestation(image))
            continue;
        Draft draft = onArtifacts(context, i);
        if (!image.artifacts.empty())
            draft.with(kindsBeside(image)).as("others");
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
