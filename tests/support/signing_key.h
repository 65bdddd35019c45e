// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <string>
#include <string_view>

namespace tally::test {

/// A fresh pair of keys that signs as cosign does. Made anew in each run: no key lies in the repository.
class SigningKey
{
public:
    SigningKey() = default;
    static SigningKey ec(const char *curve = "P-256") { return SigningKey(EVP_EC_gen(curve), EVP_sha256()); }
    static SigningKey rsa(unsigned bits = 2048) { return SigningKey(EVP_RSA_gen(bits), EVP_sha256()); }
    static SigningKey ed25519() { return SigningKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), nullptr); }
    SigningKey with(const EVP_MD *digest) const
    {
        SigningKey other = *this;
        other.m_digest = digest;
        return other;
    }

    [[nodiscard]] std::string publicPem() const { return pem(PEM_write_bio_PUBKEY); }
    [[nodiscard]] std::string privatePem() const
    {
        return pem([](BIO *bio, EVP_PKEY *key) {
            return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
        });
    }
    [[nodiscard]] std::string encryptedPem(const std::string &passphrase) const
    {
        return pem([&passphrase](BIO *bio, EVP_PKEY *key) {
            return PEM_write_bio_PKCS8PrivateKey(
                bio, key, EVP_aes_256_cbc(), passphrase.data(), static_cast<int>(passphrase.size()), nullptr, nullptr);
        });
    }
    /// Raw bytes.
    [[nodiscard]] std::string sign(std::string_view message) const
    {
        EVP_MD_CTX *context = EVP_MD_CTX_new();
        EVP_DigestSignInit(context, nullptr, m_digest, nullptr, m_key.get());
        std::size_t size = 0;
        const auto *bytes = reinterpret_cast<const unsigned char *>(message.data());
        EVP_DigestSign(context, nullptr, &size, bytes, message.size());
        std::string signature(size, '\0');
        EVP_DigestSign(context, reinterpret_cast<unsigned char *>(signature.data()), &size, bytes, message.size());
        EVP_MD_CTX_free(context);
        signature.resize(size);
        return signature;
    }

private:
    SigningKey(EVP_PKEY *key, const EVP_MD *digest)
        : m_key(key, EVP_PKEY_free)
        , m_digest(digest)
    {
    }
    template<typename Write>
    [[nodiscard]] std::string pem(Write write) const
    {
        BIO *bio = BIO_new(BIO_s_mem());
        write(bio, m_key.get());
        char *bytes = nullptr;
        const long size = BIO_get_mem_data(bio, &bytes);
        std::string text(bytes, static_cast<std::size_t>(size));
        BIO_free(bio);
        return text;
    }

    std::shared_ptr<EVP_PKEY> m_key;
    const EVP_MD *m_digest = nullptr; // null: the algorithm's own
};

} // namespace tally::test
