// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "core/io/public_key.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Signatures of cosign, in both forms in which they lie beside an image. Hostile input: whatever does not fit gives no
/// claim; sizes and counts are bounded. Pure.

/// A layer of cosign's signature manifest: the blob is the payload ("simple signing", cosign SIGNATURE_SPEC.md), the
/// signature stands in base64 in the layer's annotation dev.cosignproject.cosign/signature. Nothing if the payload is
/// larger than maxSignedMessage or names no image.
[[nodiscard]] std::vector<SignatureClaim> readSimpleSigning(
    std::string_view payload, std::string_view signature, bool hasCertificate);

/// The same as skopeo's dir form keeps it: one JSON object with "mimeType", "payload" in base64 and "annotations"
/// (containers/image internal/signature/sigstore.go).
[[nodiscard]] std::vector<SignatureClaim> readStoredSigning(std::string_view json);

/// A DSSE envelope (secure-systems-lab/dsse protocol.md), also inside a Sigstore bundle (sigstore/protobuf-specs
/// sigstore_bundle.proto, 0.1 to 0.3), or a bundle with a plain signature over the image's manifest. One claim for each
/// signature, at most maxSignatures.
[[nodiscard]] std::vector<SignatureClaim> readSignatureBundle(std::string_view json);

inline constexpr std::size_t maxSignedMessage = 64U << 10; ///< bytes that are kept; of longer ones only digests
inline constexpr std::size_t maxSignatures = 100;          ///< of one artifact

enum class SignatureState : std::uint8_t {
    Verified,      ///< by one of the keys, and it names this image
    UnknownKey,    ///< none of the keys fits
    OtherImage,    ///< it names another image; whether a key fits does not matter
    NotVerifiable, ///< no key was given, a form that is only listed, or damaged
};

/// What is known about one signature after keys were tried.
struct SignatureVerdict
{
    std::size_t artifact = 0; ///< index into Image::artifacts
    SignatureState state = SignatureState::NotVerifiable;
    int key = -1;                  ///< index into the keys, where verified
    std::optional<Message> reason; ///< where not
    bool certificate = false;      ///< it comes with a certificate ("keyless")
};

/// Tries all keys on all signatures of the image; artifacts of kind "signature" without any that can be verified give
/// one NotVerifiable. In the order of the artifacts. At most some thousand verifications.
/// A verified signature speaks about the image's manifest (or the index that leads to it) by its digest: that the
/// content has that digest, Image::verdicts say.
[[nodiscard]] std::vector<SignatureVerdict> verifySignatures(const Image &image, std::span<const PublicKey> keys);

} // namespace tally
