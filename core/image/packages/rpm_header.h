// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/packages/package_readers.h"

#include <string_view>

namespace tally {

/// One header of an installed package as RPM stores it in its database (rpm.org, "RPM V4 Package format", Header:
/// number of index entries, bytes of data, entries of 16 bytes, data; big endian, without the magic of files).
/// Adds it to `out`; what cannot be read makes `out` Damaged. Keys that RPM keeps as packages ("gpg-pubkey") are no
/// software and left out. False: enough is enough.
bool addRpmHeader(std::string_view header, ReadPackages &out);

} // namespace tally
