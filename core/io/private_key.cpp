// SPDX-License-Identifier: Apache-2.0
#include "core/io/private_key.h"

#include "core/base/messages_journal.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace tally {

namespace {

struct FreeBio
{
    void operator()(BIO *bio) const { BIO_free(bio); }
};
struct FreeDigest
{
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

/// OpenSSL asks for the passphrase; it is never asked for on a terminal.
int givePassphrase(char *buffer, int size, int /*writing*/, void *user)
{
    const auto &passphrase = *static_cast<const std::string *>(user);
    const std::size_t length = std::min(passphrase.size(), static_cast<std::size_t>(std::max(size, 0)));
    std::memcpy(buffer, passphrase.data(), length);
    return static_cast<int>(length);
}

std::string publicPemOf(EVP_PKEY *key)
{
    const std::unique_ptr<BIO, FreeBio> bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_PUBKEY(bio.get(), key) != 1)
        return {};
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

} // namespace

struct PrivateKey::Handle
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

PrivateKey::PrivateKey(std::shared_ptr<const Handle> handle, PublicKey publicKey, std::string publicPem)
    : m_handle(std::move(handle))
    , m_public(std::move(publicKey))
    , m_publicPem(std::move(publicPem))
{
}

bool PrivateKey::needsPassphrase(std::string_view pem)
{
    return pem.find("BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos
        || (pem.find("PRIVATE KEY-----") != std::string_view::npos
            && pem.find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos);
}

Result<PrivateKey> PrivateKey::read(std::string_view pem, const std::string &name, const std::string &passphrase)
{
    constexpr std::size_t mostBytes = 1U << 20;
    if (pem.size() > mostBytes)
        return fail(ErrorKind::LimitExceeded, {journalDef("key.too-large"), {name}});
    if (pem.find("BEGIN OPENSSH PRIVATE KEY-----") != std::string_view::npos)
        return fail(ErrorKind::Unsupported, {journalDef("key.openssh"), {name}});
    const bool encrypted = needsPassphrase(pem);
    if (encrypted && passphrase.empty())
        return fail(ErrorKind::Malformed, {journalDef("key.passphrase-wanted"), {name}});
    const std::unique_ptr<BIO, FreeBio> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    std::string given = passphrase;
    EVP_PKEY *found = bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, givePassphrase, &given) : nullptr;
    OPENSSL_cleanse(given.data(), given.size());
    ERR_clear_error();
    if (!found) {
        if (encrypted)
            return fail(ErrorKind::Malformed, {journalDef("key.wrong-passphrase"), {name}});
        return fail(ErrorKind::Malformed, {journalDef("key.no-private"), {name}});
    }
    auto handle = std::make_shared<Handle>(found);
    std::string publicPem = publicPemOf(found);
    auto keys = PublicKey::read(publicPem, name);
    if (!keys)
        return tl::unexpected(std::move(keys).error());
    return PrivateKey(std::move(handle), std::move(keys->front()), std::move(publicPem));
}

std::optional<std::string> PrivateKey::sign(std::string_view message) const
{
    const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
    const EVP_MD *digest = m_public.needsMessage() ? nullptr : EVP_sha256();
    const auto *bytes = reinterpret_cast<const unsigned char *>(message.data());
    std::size_t size = 0;
    std::string signature;
    bool good = context && EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, m_handle->key) == 1
        && EVP_DigestSign(context.get(), nullptr, &size, bytes, message.size()) == 1;
    if (good) {
        signature.resize(size);
        good = EVP_DigestSign(
                   context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, bytes, message.size())
            == 1;
        signature.resize(size);
    }
    ERR_clear_error();
    return good ? std::optional(std::move(signature)) : std::nullopt;
}

} // namespace tally
