// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/prepared.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tally::checks {

/// What ends a simple command of a shell script.
enum class CommandEnd : std::uint8_t {
    Next,         ///< ";", a line end, "&&", "||", or the end of the script
    Pipe,         ///< its output goes into the next command
    Background,   ///< "&"
    Substitution, ///< "$(", "`" or "<(": the next command's output becomes part of this one
};

/// A simple command that a container runs: "apt-get install -y curl".
struct StartCommand
{
    std::vector<std::string> words; ///< quotes, assignments in front and redirections taken away; may be empty
    CommandEnd end = CommandEnd::Next;
    std::string_view field; ///< of the container: "command", "args" or "lifecycle.postStart.exec.command"

    [[nodiscard]] std::string_view program() const; ///< base name of the first word; "" if there is none
};

/// What the manifest has a container run at its start and in postStart, seen through shells with -c, eval, and programs
/// that only start another one (tini, env, su-exec, ...; not sudo). A script is not run but only split: conditions and
/// loops are looked at as if every branch ran, the content of here-documents and of double quotes is text. Linear in
/// the length of the script; shells inside shells up to a fixed depth. Masked words are left out.
[[nodiscard]] std::vector<StartCommand> startCommands(const Container &container);

/// Base name of a path.
[[nodiscard]] std::string_view programName(std::string_view path);
[[nodiscard]] bool isShell(std::string_view program);

} // namespace tally::checks
