// SPDX-License-Identifier: Apache-2.0
#include "core/image/key_store.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tally {

namespace {

using namespace std::string_view_literals;

constexpr auto jksMagic = "\xFE\xED\xFE\xED"sv;
constexpr auto jceksMagic = "\xCE\xCE\xCE\xCE"sv;
/// pkcs-12 bagtypes 1.2.840.113549.1.12.10.1: 1 keyBag, 2 pkcs8ShroudedKeyBag
constexpr auto keyBag = "\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x0A\x01\x01"sv;
constexpr auto shroudedKeyBag = "\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x0A\x01\x02"sv;

/// Big-endian numbers; fails for good at the first that is not all there.
class Reader
{
public:
    explicit Reader(std::string_view bytes)
        : m_bytes(bytes)
    {
    }
    std::uint32_t number(std::size_t size)
    {
        std::uint32_t value = 0;
        for (const char c : take(size))
            value = (value << 8U) | static_cast<unsigned char>(c);
        return value;
    }
    std::string_view take(std::size_t size)
    {
        m_ok = m_ok && size <= m_bytes.size();
        const std::string_view taken = m_bytes.substr(0, m_ok ? size : 0);
        m_bytes.remove_prefix(taken.size());
        return taken;
    }
    [[nodiscard]] bool ok() const { return m_ok; }

private:
    std::string_view m_bytes;
    bool m_ok = true;
};

void skipCertificate(Reader &in, std::uint32_t version)
{
    if (version == 2)
        in.take(in.number(2)); // its type
    in.take(in.number(4));
}

KeyStore readJava(std::string_view content)
{
    constexpr std::uint32_t privateKey = 1;
    constexpr std::uint32_t certificate = 2;
    constexpr std::uint32_t secretKey = 3;
    Reader in(content.substr(jksMagic.size()));
    const std::uint32_t version = in.number(4);
    const std::uint32_t entries = in.number(4);
    if (version != 1 && version != 2)
        return KeyStore::None;
    for (std::uint32_t i = 0; i < entries && in.ok(); ++i) {
        const std::uint32_t kind = in.number(4);
        in.take(in.number(2)); // alias
        in.take(8);            // date
        if (!in.ok())
            break;
        if (kind == privateKey || kind == secretKey)
            return KeyStore::Keys;
        if (kind != certificate)
            return KeyStore::Unknown;
        skipCertificate(in, version);
    }
    return in.ok() ? KeyStore::Certificates : KeyStore::Unknown;
}

/// PFX ::= SEQUENCE { version INTEGER (3), authSafe ... }, with definite or indefinite length.
bool beginsLikePfx(std::string_view head)
{
    if (head.size() < 6 || head[0] != '\x30')
        return false;
    const auto length = static_cast<unsigned char>(head[1]);
    const std::size_t more = length > 0x80U ? length - 0x80U : 0;
    return more <= 4 && head.substr(std::min(2 + more, head.size())).starts_with("\x02\x01\x03\x30"sv);
}

} // namespace

bool beginsLikeKeyStore(std::string_view head)
{
    return head.starts_with(jksMagic) || head.starts_with(jceksMagic) || beginsLikePfx(head);
}

KeyStore keyStoreIn(std::string_view content)
{
    if (content.starts_with(jksMagic) || content.starts_with(jceksMagic))
        return readJava(content);
    if (!beginsLikePfx(content))
        return KeyStore::None;
    const bool keys
        = content.find(shroudedKeyBag) != std::string_view::npos || content.find(keyBag) != std::string_view::npos;
    return keys ? KeyStore::Keys : KeyStore::Unknown;
}

} // namespace tally
