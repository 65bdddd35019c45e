// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// A credential inside a text, recognised by its form alone: what is to be masked, not what stands around it.
struct SecretSpan
{
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view form; ///< static text: "jwt", "url-password", ...; "" if masked to be safe, but no sure sign
};

/// All of them in the order of the text, not overlapping. Reads each byte about once.
[[nodiscard]] std::vector<SecretSpan> findSecretForms(std::string_view text);

/// What a text is made of, as far as that rules secrets out. Most texts of an export are short words, numbers, times
/// and ids. One step a byte.
struct TextShape
{
    bool hasNoForm = false;   ///< findSecretForms() finds nothing
    bool hasNoSecret = false; ///< findSecrets() finds nothing
    bool hasPairSign = true;  ///< a line break or "="
};
[[nodiscard]] TextShape shapeOf(std::string_view text);

/// The credential of a header "Authorization: Bearer X" or "Cookie: a=X" whose name begins at `at`, in any length and
/// case, also "Authorization=...". An empty span if there is none.
[[nodiscard]] SecretSpan headerCredential(std::string_view text, std::size_t at);

/// Is the value of the header a credential: Authorization, Proxy-Authorization, Cookie, Set-Cookie? Other names, such
/// as X-Api-Key, weighName() knows.
[[nodiscard]] bool isCredentialHeader(std::string_view name, std::string_view value);
/// Cheap: false where isCredentialHeader() is for each value.
[[nodiscard]] bool mayBeCredentialHeader(std::string_view name);

/// The value of a parameter "?token=X", "&key=X" of an address; `at` is at "?" or "&". Empty if it is no credential.
[[nodiscard]] SecretSpan queryCredential(std::string_view text, std::size_t at);

/// Is this value no secret whatever its name: empty, a truth value, a reference to a variable or template, a path?
[[nodiscard]] bool isPlaceholder(std::string_view value);

/// The first `most` bytes of what is encoded (RFC 4648, section 4), up to a character that does not belong to it.
[[nodiscard]] std::string decodedBase64(std::string_view text, std::size_t most);

/// The "auth" of a docker login (config.json, .dockerconfigjson): user and password in base64.
[[nodiscard]] bool isDockerLogin(std::string_view name, std::string_view value);
[[nodiscard]] inline bool mayBeDockerLogin(std::string_view name)
{
    return name == "auth" || name == "_auth";
}

/// Like nameAnnouncesSecret(), told apart by how sure the name is.
enum class NameWeight {
    None,
    Weak, ///< "secret", "...Key", "credentials": in Kubernetes often the name of an object that holds the secret
    Token,
    Password,
};
[[nodiscard]] NameWeight weighName(std::string_view name);

/// Is the value a secret, given what its name announces? A weak name before a word such as "my-app-tls" is taken for a
/// reference, unless the name is written as a variable (CLIENT_SECRET).
[[nodiscard]] bool isSecretValue(std::string_view name, NameWeight weight, std::string_view value);

/// The same for each item of a list, whose name may stand in the plural ("adminTokens", "api_keys").
[[nodiscard]] NameWeight weighListName(std::string_view name);
[[nodiscard]] bool isSecretItem(std::string_view name, NameWeight weight, std::string_view value);

} // namespace tally
