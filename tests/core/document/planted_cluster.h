// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tally::test {

/// Every planted secret holds this word; after masking nothing may.
inline constexpr const char *planted = "PLANTED";

/// A List with secrets wherever an export may have them. In a source of its own: moc 6.4 loses its way in it.
extern const char *const plantedCluster;

} // namespace tally::test
