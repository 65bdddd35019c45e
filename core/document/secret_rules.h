// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Does this name of a variable, key or flag announce a credential ("DB_PASSWORD", "apiToken", "--client-secret")?
/// Not for references to one ("passwordSecretName", "tokenFile", "secretKeyRef").
[[nodiscard]] bool nameAnnouncesSecret(std::string_view name);

/// What kind of credential the value looks like by its form alone: "private-key", "jwt", "aws-access-key",
/// "github-token", "url-password", "password-hash", ... Nothing if by none. Precise: prose, digests, UUIDs, references
/// are none.
[[nodiscard]] std::optional<std::string_view> secretForm(std::string_view value);

/// What stands in place of a secret: tells the length, never a part of the value: "‹masked: 24 characters›".
[[nodiscard]] std::string maskedText(std::size_t characters);
/// The same with what may be told about it (secret_facts.h): "‹masked: 24 characters; note›".
[[nodiscard]] std::string maskedText(std::size_t characters, std::string_view note);

/// The text with everything masked that looks like a secret, also "name=value", "--name value", "user:password@host",
/// headers of HTTP, and what is a credential by its place in a command ("mysql -pX", "curl -u user:X") inside longer
/// texts (shell commands, history entries). Returns the text unchanged if nothing was found; masks nothing twice.
[[nodiscard]] std::string maskSecretsInText(std::string_view text);

/// The same for the words of one command, as "command" and "args" of a container or Entrypoint and Cmd of an image have
/// them: what a word is, the words before it may say.
[[nodiscard]] std::vector<std::string> maskSecretsInArguments(std::span<const std::string> arguments);

} // namespace tally
