// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/byte_source.h"
#include "core/io/sniff.h"

namespace tally {

/// The stream that `input` holds compressed. gzip (several members, RFC 1952, zero padding or rubbish after the last
/// one is read but ignored), zstd (several frames, RFC 8878, windows up to 128 MiB), xz, bzip2; any other type gives
/// `input` back. ISA-L for gzip: about 480 MB/s out per core, libzstd: about 700 MB/s.
/// `name` stands in messages. What was unpacked before a fault is delivered first.
/// next() fails with Malformed, LimitExceeded (maxExpandedBytes, maxExpansionRatio above 64 MiB) or what `input` says.
/// At the end `input` has been read to its end.
[[nodiscard]] BlockReaderPtr decompress(BlockReaderPtr input, FileType type, const Limits &limits, std::string name);

/// First bytes of a source, for sniff().
[[nodiscard]] Result<std::string> headOf(const ByteSource &source, std::size_t count = 4096);

} // namespace tally
