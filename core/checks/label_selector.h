// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/document.h"

namespace tally {

/// Does a map of labels hold everything that the map of a Service's selector asks for? An empty or absent one selects
/// nothing.
[[nodiscard]] bool selectsByMap(Node selector, Node labels);

/// LabelSelector of meta/v1: matchLabels and matchExpressions together. An empty one selects everything, an absent one
/// nothing. An operator that nobody knows counts as met.
[[nodiscard]] bool selectsByLabelSelector(Node selector, Node labels);

} // namespace tally
