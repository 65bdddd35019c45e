// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image_plan.h"

namespace tally {

/// The images of an archive that Docker before 1.10 wrote: `repositories` ({"name": {"tag": id}}) and a folder for each
/// layer with `json` (Docker image specification v1.0) and `layer.tar`; the layers of an image are found by the
/// `parent` of each json. Fills plans and diagnostics of `out`; none where `repositories` is not so. The ids are random
/// numbers or digests of something else: nothing of such an image can be verified.
void planLegacyImages(
    const BlobStore &store, const std::string &name, const ImageReadOptions &options, ImagePlans &out);

} // namespace tally
