// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// A public key to verify signatures with: ECDSA on P-256, P-384 and P-521, RSA (2048 to 16384 bits, PKCS #1 1.5) and
/// Ed25519, by OpenSSL. Cheap to copy; safe to use from several threads.
class PublicKey
{
public:
    /// PEM, "PUBLIC KEY" (RFC 7468) or "RSA PUBLIC KEY" (PKCS #1); several one after another. `name` stands in
    /// messages. Errors: Malformed (none inside, or damaged), Unsupported (a private key, a kind or size that is not
    /// verified), LimitExceeded (more than maxKeys).
    [[nodiscard]] static Result<std::vector<PublicKey>> read(std::string_view pem, const std::string &name);
    static constexpr std::size_t maxKeys = 100;

    /// Does the signature fit the message? Both are raw bytes; of ECDSA a DER sequence. With SHA-256, as cosign does
    /// (sigstore signature package), for P-384 and P-521 also SHA-384 and SHA-512 (sigstore algorithm registry).
    [[nodiscard]] bool verify(std::string_view message, std::string_view signature) const;
    /// The same where only digests of the message are known, "sha256:..." and so on; never true for Ed25519, which
    /// signs the message itself.
    [[nodiscard]] bool verifyDigests(const std::vector<std::string> &digests, std::string_view signature) const;
    [[nodiscard]] bool needsMessage() const;

    [[nodiscard]] const std::string &kind() const { return m_kind; }               ///< "ECDSA P-256", "RSA 3072", ...
    [[nodiscard]] const std::string &fingerprint() const { return m_fingerprint; } ///< "sha256:..." of the DER form

private:
    struct Handle;
    PublicKey() = default;

    std::shared_ptr<const Handle> m_handle;
    std::string m_kind;
    std::string m_fingerprint;
};

/// "sha256:...", "sha384:...", "sha512:..." of a message: what verifyDigests() takes.
[[nodiscard]] std::vector<std::string> signableDigests(std::string_view message);

} // namespace tally
