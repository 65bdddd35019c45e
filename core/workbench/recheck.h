// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workbench/workbench.h"

namespace tally {

/// What became of an analysis out of the cache when its source was read anew, with all digests.
struct Recheck
{
    enum class Outcome : std::uint8_t {
        Same,
        SourceChanged, ///< another SHA-256, although size and times of the file were as before
        EntryWrong,    ///< the source is the same, but not what was kept of it: a forged or faulty entry
    };

    Opened fresh; ///< to go on with; says in its diagnostics what differed
    Outcome outcome = Outcome::Same;
};

/// For the background, and before each report. As open(), which it calls; the cache gets the new analysis, so that the
/// old one is never used again. `cached`: of images, as the cache or an audit has it.
[[nodiscard]] Result<Recheck> recheck(const Opened &cached, const OpenOptions &options, const RunContext &run = {});

/// The same at a low priority, so that whoever works meanwhile does not notice. Starts threads of its own.
[[nodiscard]] Result<Recheck> recheckQuietly(
    const Opened &cached, const OpenOptions &options, const RunContext &run = {});

/// The image again from its source, with what tells equal contents apart (Layer::contents), which neither the cache
/// nor an audit keeps. Reads the whole source. Null where the source no longer gives this very image.
[[nodiscard]] Result<ImagePtr> readContents(
    const Image &image, const std::filesystem::path &source, const RunContext &run = {});

} // namespace tally
