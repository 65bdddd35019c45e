// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_snapshot.h"
#include "core/image/signature.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace tally;

namespace {

/// Keys of the corpus, so that the verification itself runs as well.
std::vector<PublicKey> keysOf(std::string_view pem)
{
    auto keys = PublicKey::read(pem, "fuzz");
    return keys ? *std::move(keys) : std::vector<PublicKey>();
}

} // namespace

/// Parts separated by NUL LF: keys in PEM, a signature or bundle, the signature's annotation.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view rest(reinterpret_cast<const char *>(data), size);
    const auto next = [&] {
        const std::size_t end = std::min(rest.find(std::string_view("\0\n", 2)), rest.size());
        const std::string_view part = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 2, rest.size()));
        return part;
    };
    const std::vector<PublicKey> keys = keysOf(next());
    const std::string_view content = next();
    const std::string_view annotation = next();
    Image image;
    for (std::vector<SignatureClaim> claims :
        {readSignatureBundle(content), readSimpleSigning(content, annotation, false), readStoredSigning(content)}) {
        ImageArtifact artifact{"sha256:0", "signature", "cosign", {}};
        if (!claims.empty() && !claims.front().subjects.empty())
            artifact.subject = claims.front().subjects.front();
        artifact.signatures = std::move(claims);
        image.artifacts.push_back(std::move(artifact));
    }
    for (const SignatureVerdict &verdict : verifySignatures(image, keys)) {
        const bool verified = verdict.state == SignatureState::Verified;
        if (verified == verdict.reason.has_value() || verified != (verdict.key >= 0))
            std::abort();
    }
    if (!unpackImage(packImage(image)))
        std::abort();
    return 0;
}
