// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace tally {

/// What a key store holds, as far as it tells without its password.
enum class KeyStore : std::uint8_t {
    None,         ///< no key store
    Keys,         ///< private or secret keys
    Certificates, ///< certificates only: what one trusts, no secret
    Unknown,      ///< a key store whose content is encrypted or damaged
};

/// Java's JKS and JCEKS by their entries (sun.security.provider.JavaKeyStore), PKCS#12 by the types of its bags
/// (RFC 7292, appendix D; programs encrypt the keys in their bags and leave the bags' types readable).
/// O(entries), at most the size of the content.
[[nodiscard]] KeyStore keyStoreIn(std::string_view content);

/// By the first bytes: is it worth a look at the whole?
[[nodiscard]] bool beginsLikeKeyStore(std::string_view head);

} // namespace tally
