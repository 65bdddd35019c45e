// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/public_key.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

/// A private key to sign with: the kinds that PublicKey verifies. It lives in memory only, and is overwritten there
/// when the last copy goes. Cheap to copy.
class PrivateKey
{
public:
    /// PEM (RFC 7468): "PRIVATE KEY", "ENCRYPTED PRIVATE KEY" (PKCS #8), "RSA PRIVATE KEY" or "EC PRIVATE KEY". `name`
    /// stands in messages. The passphrase is not looked at where the key needs none. Errors: Malformed (no such key, or
    /// another passphrase), Unsupported (a kind or size that is not verified, or a form of another program),
    /// LimitExceeded. needsPassphrase() says whether a person is to be asked first. Takes up to a second where the key
    /// is encrypted.
    [[nodiscard]] static Result<PrivateKey> read(
        std::string_view pem, const std::string &name, const std::string &passphrase = {});
    /// Whether read() wants a passphrase for this text. Cheap.
    [[nodiscard]] static bool needsPassphrase(std::string_view pem);

    /// Raw bytes, as PublicKey::verify() takes them: Ed25519 signs the message, the others its SHA-256; of ECDSA a DER
    /// sequence, of RSA PKCS #1 1.5. Nothing if the library refuses.
    [[nodiscard]] std::optional<std::string> sign(std::string_view message) const;
    [[nodiscard]] const PublicKey &publicKey() const { return m_public; }
    [[nodiscard]] const std::string &publicPem() const { return m_publicPem; }

private:
    struct Handle;
    PrivateKey(std::shared_ptr<const Handle> handle, PublicKey publicKey, std::string publicPem);

    std::shared_ptr<const Handle> m_handle;
    PublicKey m_public;
    std::string m_publicPem;
};

} // namespace tally
