// SPDX-License-Identifier: Apache-2.0
#include "core/io/public_key.h"

#include "core/base/messages_base.h"
#include "core/base/messages_io.h"
#include "core/io/digest.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <optional>

namespace tally {

namespace {

struct FreeContext
{
    void operator()(EVP_PKEY_CTX *context) const { EVP_PKEY_CTX_free(context); }
};
struct FreeBio
{
    void operator()(BIO *bio) const { BIO_free(bio); }
};

struct Algorithm
{
    std::string_view prefix;
    const EVP_MD *(*digest)();
};
constexpr std::array algorithms
    = {Algorithm{"sha256:", EVP_sha256}, Algorithm{"sha384:", EVP_sha384}, Algorithm{"sha512:", EVP_sha512}};

const unsigned char *bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

std::string rawBytes(std::string_view hex)
{
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        const auto digit = [&](std::size_t at) {
            const char c = hex[at];
            return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
        };
        bytes += static_cast<char>(digit(i) * 16U + digit(i + 1));
    }
    return bytes;
}

/// "ECDSA P-256"; nothing for what is not verified here.
std::optional<std::string> kindOf(EVP_PKEY *key)
{
    constexpr int leastBits = 2048;
    constexpr int mostBits = 16384; // OpenSSL's own bound: larger ones only cost time
    if (EVP_PKEY_is_a(key, "ED25519") == 1)
        return "Ed25519";
    if (EVP_PKEY_is_a(key, "RSA") == 1) {
        const int bits = EVP_PKEY_get_bits(key);
        if (bits < leastBits || bits > mostBits)
            return std::nullopt;
        return "RSA " + std::to_string(bits);
    }
    if (EVP_PKEY_is_a(key, "EC") != 1)
        return std::nullopt;
    std::array<char, 64> group{};
    std::size_t length = 0;
    if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &length) != 1)
        return std::nullopt;
    const std::string_view name(group.data(), length);
    if (name == "prime256v1")
        return "ECDSA P-256";
    if (name == "secp384r1")
        return "ECDSA P-384";
    if (name == "secp521r1")
        return "ECDSA P-521";
    return std::nullopt;
}

std::string fingerprintOf(EVP_PKEY *key)
{
    unsigned char *der = nullptr;
    const int length = i2d_PUBKEY(key, &der);
    if (length <= 0)
        return {};
    std::string text = "sha256:" + sha256Hex({reinterpret_cast<const char *>(der), static_cast<std::size_t>(length)});
    OPENSSL_free(der);
    return text;
}

int noPassword(char * /*buffer*/, int /*size*/, int /*writing*/, void * /*user*/)
{
    return 0; // never ask on the terminal
}

} // namespace

struct PublicKey::Handle
{
    explicit Handle(EVP_PKEY *of)
        : key(of)
    {
    }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;
    ~Handle() { EVP_PKEY_free(key); }

    EVP_PKEY *key;
};

Result<std::vector<PublicKey>> PublicKey::read(std::string_view pem, const std::string &name)
{
    constexpr std::size_t mostBytes = 1U << 20;
    if (pem.size() > mostBytes)
        return fail(ErrorKind::LimitExceeded, {baseDef("file.too-large"), {name, std::to_string(mostBytes)}});
    if (pem.find("PRIVATE KEY-----") != std::string_view::npos)
        return fail(ErrorKind::Unsupported, {ioDef("key.is-private"), {name}});
    const std::unique_ptr<BIO, FreeBio> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    std::vector<PublicKey> keys;
    std::size_t announced = 0;
    for (std::size_t at = pem.find("PUBLIC KEY-----"); at != std::string_view::npos;
         at = pem.find("PUBLIC KEY-----", at + 1))
        ++announced; // beginning and end of each
    while (EVP_PKEY *found = PEM_read_bio_PUBKEY(bio.get(), nullptr, noPassword, nullptr)) {
        PublicKey key;
        key.m_handle = std::make_shared<Handle>(found);
        const std::optional<std::string> kind = kindOf(found);
        key.m_fingerprint = fingerprintOf(found);
        if (!kind || key.m_fingerprint.empty())
            return fail(ErrorKind::Unsupported, {ioDef("key.unsupported"), {name}});
        key.m_kind = *kind;
        if (keys.size() >= maxKeys)
            return fail(ErrorKind::LimitExceeded, {ioDef("key.too-many"), {name, std::to_string(maxKeys)}});
        keys.push_back(std::move(key));
    }
    ERR_clear_error();
    if (keys.empty() || keys.size() * 2 != announced) // one that is damaged must not go unnoticed
        return fail(ErrorKind::Malformed, {ioDef("key.unreadable"), {name}});
    return keys;
}

bool PublicKey::needsMessage() const
{
    return m_kind == "Ed25519";
}

bool PublicKey::verify(std::string_view message, std::string_view signature) const
{
    if (!needsMessage())
        return verifyDigests(signableDigests(message), signature);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const bool good = EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, m_handle->key) == 1
        && EVP_DigestVerify(context, bytesOf(signature), signature.size(), bytesOf(message), message.size()) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return good;
}

bool PublicKey::verifyDigests(const std::vector<std::string> &digests, std::string_view signature) const
{
    if (needsMessage())
        return false;
    for (const Algorithm &algorithm : algorithms) {
        const bool fits = algorithm.prefix == "sha256:" || (algorithm.prefix == "sha384:" && m_kind == "ECDSA P-384")
            || (algorithm.prefix == "sha512:" && m_kind == "ECDSA P-521");
        if (!fits)
            continue;
        for (const std::string &digest : digests) {
            if (!digest.starts_with(algorithm.prefix))
                continue;
            const std::string raw = rawBytes(std::string_view(digest).substr(algorithm.prefix.size()));
            const std::unique_ptr<EVP_PKEY_CTX, FreeContext> context(
                EVP_PKEY_CTX_new_from_pkey(nullptr, m_handle->key, nullptr));
            const bool ready = context && EVP_PKEY_verify_init(context.get()) == 1
                && (!m_kind.starts_with("RSA") || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1)
                && EVP_PKEY_CTX_set_signature_md(context.get(), algorithm.digest()) == 1;
            const bool good = ready
                && EVP_PKEY_verify(context.get(), bytesOf(signature), signature.size(), bytesOf(raw), raw.size()) == 1;
            ERR_clear_error();
            if (good)
                return true;
        }
    }
    return false;
}

std::vector<std::string> signableDigests(std::string_view message)
{
    std::vector<std::string> digests;
    for (const Algorithm &algorithm : algorithms) {
        std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
        unsigned length = 0;
        if (EVP_Digest(message.data(), message.size(), bytes.data(), &length, algorithm.digest(), nullptr) == 1)
            digests.push_back(std::string(algorithm.prefix)
                + toHex({reinterpret_cast<const char *>(bytes.data()), static_cast<std::size_t>(length)}));
    }
    return digests;
}

} // namespace tally
