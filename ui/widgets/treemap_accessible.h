// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tally::ui {

/// Makes the rectangles of each TreemapView items of a list for screen readers. Does so once, however often called.
void installTreemapAccessible();

} // namespace tally::ui
