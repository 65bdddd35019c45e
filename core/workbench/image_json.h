// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "core/io/public_key.h"
#include "core/workbench/workbench.h"

#include <span>
#include <string>

namespace tally {

/// What `tallymann-cli image --json` writes (cli-json.md): UTF-8, one document, ends with a line feed. Names of
/// environment variables only, never their values. O(entries of the lists); layers' rows are not written.
/// Signatures are verified with `keys`.
[[nodiscard]] std::string writeImageJson(std::span<const ImagePtr> images, std::span<const Source> sources,
    std::span<const Diagnostic> diagnostics, const Translator &de, const Translator &en,
    std::span<const PublicKey> keys = {});

} // namespace tally
