// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image_config.h"
#include "core/image/image_plan.h"
#include "core/image/layer_scan.h"

#include <memory>
#include <string>
#include <vector>

namespace tally {

/// A plan whose configuration was read and whose layers were scanned.
struct ScannedImage
{
    ImagePlan plan;
    std::string configText; ///< as stored; "" if missing
    ReadConfig config;
    std::string manifestText;                             ///< "" where there is none
    std::vector<std::shared_ptr<const LayerScan>> layers; ///< null where missing
    std::vector<std::string> blobs;                       ///< their names with links resolved
};

/// Builds the image: rows, verdicts, stack, waste, inventory.
[[nodiscard]] ImagePtr assembleImage(
    const ScannedImage &scanned, const ImageReadOptions &options, std::vector<Diagnostic> &diagnostics);

} // namespace tally
