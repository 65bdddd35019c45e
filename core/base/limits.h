// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace tally {

/// What a reader may spend on one input. Inputs are hostile; every reader takes these, none works without.
struct Limits
{
    std::uint64_t maxInputBytes = 64ULL << 30;            ///< one file that is opened
    std::uint64_t maxDocumentBytes = (4ULL << 30) - 4096; ///< one YAML or JSON file (simdjson's and our offsets' limit)
    std::uint64_t maxNodes = 400'000'000;                 ///< nodes of all documents of one file
    std::uint64_t maxWholeBytes
        = 256ULL << 20;                        ///< of YAML and JSON that is read in one piece; what is larger, in parts
    std::uint64_t windowBytes = 48ULL << 20;   ///< of such a part, about
    std::uint64_t maxPartBytes = 1ULL << 30;   ///< of a part that cannot be cut smaller: one object
    std::uint64_t maxKeptBytes = 12ULL << 30;  ///< of what is kept of a text that is read in parts
    std::uint64_t maxAliasedNodes = 1'000'000; ///< nodes that YAML aliases expand to, per document
    std::uint32_t maxDepth = 200;              ///< nesting of YAML and JSON
    std::uint64_t maxArchiveEntries = 5'000'000;   ///< members of an archive, entries of a layer
    std::uint64_t maxExpandedBytes = 256ULL << 30; ///< what one compressed input may inflate to
    std::uint32_t maxExpansionRatio = 2000;        ///< inflated / compressed, judged above 64 MiB inflated
    std::uint32_t maxManifestBytes = 4U << 20;     ///< manifest, config, index (containers/image: iolimits)
    std::uint32_t maxCaptureBytes = 1U << 20;      ///< file content kept while a layer is read
    std::uint32_t maxPathBytes = 16U << 10;        ///< path of an archive entry
    std::uint32_t maxIndexDepth = 4;               ///< nested OCI indexes
    std::uint32_t maxIndexEntries = 10'000;        ///< entries of all OCI indexes together
    std::uint32_t maxFolderFiles = 1'000'000;      ///< files of a folder that is opened
    std::uint32_t maxNestedArchives = 2;           ///< archive in archive

    /// Small enough that a fuzzer's input cannot make a run long.
    [[nodiscard]] static constexpr Limits forFuzzing()
    {
        Limits limits;
        limits.maxInputBytes = 1U << 20;
        limits.maxDocumentBytes = 1U << 20;
        limits.maxNodes = 200'000;
        limits.maxPartBytes = 1U << 20;
        limits.maxKeptBytes = 16U << 20;
        limits.maxAliasedNodes = 10'000;
        limits.maxArchiveEntries = 2'000;
        limits.maxExpandedBytes = 16U << 20;
        limits.maxIndexEntries = 100;
        limits.maxFolderFiles = 100;
        return limits;
    }
};

} // namespace tally
