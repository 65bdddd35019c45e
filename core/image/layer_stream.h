// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"
#include "core/base/progress.h"
#include "core/io/byte_source.h"
#include "core/io/digest.h"
#include "core/io/sniff.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace tally {

/// What was found out about a layer's bytes while they passed.
struct StreamDigests
{
    std::string stored;    ///< "sha256:..." of the blob as stored
    std::string unpacked;  ///< of the uncompressed stream to its very end; "" where that was not reached
    std::string stored512; ///< the same as "sha512:...", where asked for
    std::string unpacked512;
    std::uint64_t storedBytes = 0;
};

struct LayerStreamOptions
{
    std::string name; ///< in messages
    Limits limits;
    std::uint64_t expectedBytes = 0; ///< small layers get no threads
    bool sha512 = false;
    std::function<void(std::uint64_t)> passed; ///< bytes of the blob, from any thread, one call at a time
    std::function<bool()> stop;                ///< asked at each block
};

/// The uncompressed bytes of a layer, digested on the way. Of a layer of 4 MiB or more, decompression and digests have
/// a thread each beside the caller's: inflating is the wall (about 480 MB/s out of gzip on one core), and everything
/// else hides behind it on the second core. At most eight blocks wait in each queue.
class LayerStream final : public BlockReader
{
public:
    LayerStream(BlockReaderPtr blob, LayerStreamOptions options);
    ~LayerStream() override;

    /// What the first bytes say, before anything else was read. Empty if there are none or they cannot be read.
    [[nodiscard]] FileType type() const;
    [[nodiscard]] Result<Block> next() override;
    /// Ends the stream wherever it stands and its threads. Digests cover what passed: read to the end before (after an
    /// error of the compression the rest of the blob has been digested).
    [[nodiscard]] StreamDigests finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace tally
