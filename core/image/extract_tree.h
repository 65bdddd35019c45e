// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image_files.h"
#include "core/image/image_index.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tally {

/// What to write out of an image.
struct ExtractRequest
{
    std::uint32_t node = 0; ///< in the ImageIndex: a file, or a folder with everything below it
    std::size_t layer = 0;
    bool merged
        = true; ///< what a container would see with the layers up to `layer`; else what that layer itself carries
    std::uint64_t maxBytes = 64ULL << 30; ///< of all files together
};

struct ExtractOutcome
{
    std::filesystem::path path; ///< what was made
    std::uint64_t files = 0;
    std::uint64_t folders = 0;
    std::uint64_t bytes = 0;
    std::uint64_t links = 0;             ///< symbolic links, which are never made
    std::uint64_t specials = 0;          ///< devices, pipes and sockets, which are never made
    std::uint64_t renamed = 0;           ///< names that had to be changed (see safeFileName)
    std::uint64_t stripped = 0;          ///< files that had setuid, setgid or sticky bits, or file capabilities
    std::vector<Diagnostic> diagnostics; ///< files that could not be read
};

/// What of it is not as it is in the image, for people: one sentence for each kind; without the diagnostics.
[[nodiscard]] std::vector<Message> remarksOn(const ExtractOutcome &outcome);

/// Writes a file or folder of an image to `into`/<its name>, which must not exist yet (NotFound where `into` does not).
/// The root is called "rootfs". Hard links become copies of their own. Owners, times and special bits are not taken
/// over; see TreeWriter for how an image is kept from writing anywhere else. Each layer that is needed is read once.
/// A cancelled or failed extraction leaves what it has written.
/// Errors: NotFound, Io, LimitExceeded, Cancelled.
[[nodiscard]] Result<ExtractOutcome> extractTree(const ImageFiles &files, const ImageIndex &index,
    const ExtractRequest &request, const std::filesystem::path &into, const RunContext &run = {});

} // namespace tally
