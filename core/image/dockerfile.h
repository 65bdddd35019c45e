// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {

/// The program that wrote a history entry, as far as its form tells.
enum class BuildTool : std::uint8_t { Unknown, Docker, BuildKit, Buildah };

/// One instruction as it may have stood in the Dockerfile.
struct DockerInstruction
{
    std::string keyword; ///< "RUN", "COPY", "FROM", ...; "" where the entry is no instruction of a Dockerfile
    std::string text; ///< the whole instruction, several lines for here-documents; free text as "# ..."; secrets masked
    std::vector<std::pair<std::string, std::string>> arguments; ///< build arguments that stood in its environment ("|2
                                                                ///< A=1 B=2"); values masked where they are secrets
    BuildTool tool = BuildTool::Unknown;
    int history = -1;                 ///< index into Image::history; -1: a layer without history
    std::optional<std::size_t> layer; ///< the layer it made; nothing: it changed the configuration only
    std::uint64_t bytes = 0;          ///< what that layer added, Layer::bytes
    std::string created;              ///< RFC 3339; "" unknown
    std::string comment;              ///< as stored, secrets masked
};

/// The history of an image read back as a Dockerfile, first instruction first: all of Image::history, then the layers
/// that it does not mention. An approximation: builds do not keep comments, line breaks, build stages or the names of
/// files on the builder.
/// Forms (image-facts.md 4): classic "/bin/sh -c #(nop)  CMD ...", "/bin/sh -c cmd", "|1 A=1 /bin/sh -c cmd"; BuildKit
/// "RUN /bin/sh -c cmd # buildkit"; buildah's comment "FROM ref"; Windows' "cmd /S /C"; other shells after SHELL.
/// O(length of the history).
[[nodiscard]] std::vector<DockerInstruction> reconstructDockerfile(const Image &image);

/// What stands in the comment above an instruction that made a layer.
using LayerHeading = std::function<std::string(const DockerInstruction &)>;

/// The same as one text, with a comment above each instruction that made a layer. Without a heading of the caller:
/// "# layer 3, 4096 bytes", the first one being layer 1.
[[nodiscard]] std::string dockerfileText(
    const std::vector<DockerInstruction> &instructions, const LayerHeading &heading = {});

/// One created_by with its comment; `shell` is the one in force ("/bin/sh -c"), which a SHELL instruction changes.
[[nodiscard]] DockerInstruction parseCreatedBy(
    std::string_view createdBy, std::string_view comment, std::string &shell);

} // namespace tally
