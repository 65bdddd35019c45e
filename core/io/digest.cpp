// SPDX-License-Identifier: Apache-2.0
#include "core/io/digest.h"

#include <openssl/evp.h>

namespace tally {

namespace {

/// EVP_sha256() would be looked up again, under a lock, for each digest that is begun.
const EVP_MD *sha256()
{
    static const EVP_MD *const algorithm = [] {
        const EVP_MD *fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        return fetched ? fetched : EVP_sha256();
    }();
    return algorithm;
}

} // namespace

struct Sha256::Context
{
    Context() { EVP_DigestInit_ex(context, sha256(), nullptr); }
    Context(const Context &) = delete;
    Context &operator=(const Context &) = delete;
    ~Context() { EVP_MD_CTX_free(context); }

    EVP_MD_CTX *context = EVP_MD_CTX_new();
};

Sha256::Sha256()
    : m_context(std::make_unique<Context>())
{
}

Sha256::Sha256(Sha256 &&) noexcept = default;
Sha256 &Sha256::operator=(Sha256 &&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes)
{
    EVP_DigestUpdate(m_context->context, bytes.data(), bytes.size());
}

std::array<std::uint8_t, 32> Sha256::finish()
{
    std::array<std::uint8_t, 32> digest{};
    EVP_DigestFinal_ex(m_context->context, digest.data(), nullptr);
    return digest;
}

std::string Sha256::hex()
{
    const auto digest = finish();
    return toHex({reinterpret_cast<const char *>(digest.data()), digest.size()});
}

struct Sha512::Context
{
    Context() { EVP_DigestInit_ex(context, EVP_sha512(), nullptr); }
    Context(const Context &) = delete;
    Context &operator=(const Context &) = delete;
    ~Context() { EVP_MD_CTX_free(context); }

    EVP_MD_CTX *context = EVP_MD_CTX_new();
};

Sha512::Sha512()
    : m_context(std::make_unique<Context>())
{
}

Sha512::~Sha512() = default;

void Sha512::update(std::string_view bytes)
{
    EVP_DigestUpdate(m_context->context, bytes.data(), bytes.size());
}

std::string Sha512::hex()
{
    std::array<char, 64> digest{};
    EVP_DigestFinal_ex(m_context->context, reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    return toHex({digest.data(), digest.size()});
}

std::string sha256Hex(std::string_view bytes)
{
    Sha256 digest;
    digest.update(bytes);
    return digest.hex();
}

std::string toHex(std::string_view bytes)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    return hex;
}

std::string sha512Hex(std::string_view bytes)
{
    Sha512 digest;
    digest.update(bytes);
    return digest.hex();
}

} // namespace tally
