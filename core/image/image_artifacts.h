// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "core/image/image_plan.h"
#include "core/image/json_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What lies beside images in an OCI layout and is told apart by types and annotations only (image-spec 1.1
/// manifest.md, buildx attestation-storage.md, cosign SIGNATURE_SPEC.md, notaryproject signature-specification.md).

/// algorithm ":" encoded (image-spec descriptor.md), for sha256 and sha512 with their exact length.
/// Anything else must not become a path.
[[nodiscard]] bool isDigest(std::string_view digest);
[[nodiscard]] bool isHex64(std::string_view text);

/// Could a layer with this descriptor hold files in a tar? The type alone may lie; what is surely something else
/// (encrypted, nydus, overlaybd, SIF, charts, models, attestations) is listed and not opened.
[[nodiscard]] bool isFileSystemLayer(const Json &descriptor);

[[nodiscard]] bool isImageConfig(std::string_view mediaType);
[[nodiscard]] bool isIndexType(std::string_view mediaType);
[[nodiscard]] bool isManifestType(std::string_view mediaType);

/// cosign's tag "sha256-<hex>.sig", or the fallback tag "sha256-<hex>" of the distribution specification: the digest of
/// the image it belongs to; "" if the tag is no such. `kind` gets "signature", "attestation", "sbom" or "".
[[nodiscard]] std::string subjectOfTag(std::string_view tag, std::string &kind);

/// "signature", "attestation", "sbom" by a media, artifact or predicate type; "" unknown.
[[nodiscard]] std::string kindOfType(std::string_view type);

/// Fills kind, type and subject from a manifest, where they are not known yet.
void describeArtifact(const Json &manifest, ImageArtifact &artifact);

/// cosign: what a signature's payload says it signs; "" if it is none.
[[nodiscard]] std::string subjectOfPayload(std::string_view payload);

/// Compares a small blob with its digest and size. `code` of the message where the digest is wrong. An empty text
/// counts as not read.
[[nodiscard]] std::vector<BlobVerdict> judgeSmallBlob(
    const BlobPlan &plan, const std::string &text, const char *check, std::string_view code);
/// One verdict on the size; none where nothing says it.
void judgeSize(const BlobPlan &plan, std::uint64_t size, std::vector<BlobVerdict> &verdicts);

} // namespace tally
