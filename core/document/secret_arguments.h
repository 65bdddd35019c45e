// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/secret_forms.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// A credential in one of the words of a command.
struct WordSpan
{
    std::size_t word = 0;
    std::size_t begin = 0; ///< bytes inside that word
    std::size_t end = 0;
};

/// Credentials that only their place in a command tells: behind "--password", "mysql -p", "curl -u user:", as the last
/// argument of "htpasswd -b". words: program and arguments, quotes around a whole word removed or not. What is behind
/// "-p" counts only where the program takes a password so. A program may stand behind others ("sudo", "kubectl exec
/// pod --"). isVector: the words are exactly those of the command, not cut out of a text.
[[nodiscard]] std::vector<WordSpan> findArgumentSecrets(std::span<const std::string_view> words, bool isVector);

/// What the input of a program is to it, where "echo X | program" hands a credential over.
enum class InputSecret {
    None,
    Whole,       ///< "docker login --password-stdin"
    BehindColon, ///< "chpasswd", and "base64" for a header
};
[[nodiscard]] InputSecret inputSecret(std::span<const std::string_view> words);

/// Cheap: could findArgumentSecrets() find anything in these words?
[[nodiscard]] bool mayHoldArgumentSecrets(std::span<const std::string_view> words);

/// The same in a text that is, or holds, shell commands: lines, pipes, quotes, "sh -c '...'", also arrays in JSON.
/// Not sorted; may overlap. Reads each byte a few times.
[[nodiscard]] std::vector<SecretSpan> findShellSecrets(std::string_view text);

/// Credentials that only their line tells: .pgpass, .netrc, passwords in SQL. Not sorted; may overlap. Linear.
[[nodiscard]] std::vector<SecretSpan> findLineSecrets(std::string_view text);

/// Values that the name before them announces: "name=value", "name: value" and what other languages make of it, on one
/// line or on those below it. Not sorted; do not overlap. Linear.
[[nodiscard]] std::vector<SecretSpan> findPairSecrets(std::string_view text);

/// The password of "user:password@registry/name" where an image is named. Empty if there is none.
[[nodiscard]] SecretSpan imageLogin(std::string_view reference);

/// All of forms, names, lines and commands; not sorted; may overlap.
[[nodiscard]] std::vector<SecretSpan> findSecrets(std::string_view text);

/// The text with the spans (any order, may overlap) replaced by maskedText().
[[nodiscard]] std::string maskSpans(std::string_view text, std::vector<SecretSpan> spans);

} // namespace tally
