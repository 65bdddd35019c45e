// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tally {

/// The media type (IANA's names) of a file by its content, never by its name: "application/pdf", "image/png",
/// "text/html", "message/rfc822", the types of OpenDocument and Office Open XML, ...; "application/octet-stream" where
/// nothing is recognised, "application/x-empty" without content. `head`: the first bytes, best 64 KiB: only these are
/// looked at. A hint for people and for the preview: nothing may be run or fetched because of it.
[[nodiscard]] std::string mediaType(std::string_view head);

/// Pictures that the window can show.
[[nodiscard]] bool isPicture(std::string_view mediaType);
/// What is text, markup included: it is shown as text, letter by letter.
[[nodiscard]] bool isShownAsText(std::string_view mediaType);

} // namespace tally
