// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What core/document can say. Where a text ends with %2, that is the parser's own English.
inline constexpr std::array documentMessages = {
    MessageDef{"document.reading", TALLY_MESSAGE("Progress", "Reading “%1”")},
    MessageDef{"document.empty", TALLY_MESSAGE("Errors", "“%1” holds no YAML or JSON document.")},
    MessageDef{
        "document.encoding", TALLY_MESSAGE("Errors", "The text of “%1” is neither valid UTF-8 nor valid UTF-16.")},
    MessageDef{"document.control-character",
        TALLY_MESSAGE("Errors", "A document in “%1” contains a control character that YAML forbids.")},
    MessageDef{"document.yaml-invalid", TALLY_MESSAGE("Errors", "A document in “%1” is not valid YAML: %2")},
    MessageDef{"document.json-invalid", TALLY_MESSAGE("Errors", "A document in “%1” is not valid JSON: %2")},
    MessageDef{"document.too-deep", TALLY_MESSAGE("Errors", "A document in “%1” is nested deeper than %2 levels.")},
    MessageDef{"document.too-many-nodes", TALLY_MESSAGE("Errors", "“%1” has more than the allowed %2 values.")},
    MessageDef{"document.alias-bomb",
        TALLY_MESSAGE("Errors", "The aliases of a YAML document in “%1” expand to more than the allowed %2 values.")},
    MessageDef{"document.alias-unknown",
        TALLY_MESSAGE("Errors", "A YAML document in “%1” refers to an anchor that is not complete.")},
    MessageDef{"document.not-in-parts",
        TALLY_MESSAGE("Errors",
            "“%1” is larger than what is read in one piece, and is no List and no stream of objects: it cannot be read "
            "in parts.")},
    //: %2 e.g. "PodList"
    MessageDef{"document.late-kind",
        TALLY_MESSAGE("Errors",
            "The List in “%1” says only at its end that it is a %2, which is too late for a file of this size. Ask for "
            "it as a List with kinds (kubectl get -o json).")},
    MessageDef{"document.complex-key",
        TALLY_MESSAGE(
            "Errors", "A YAML document in “%1” uses a list or map as a key, which Kubernetes does not know.")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *documentDef(std::string_view code)
{
    return definitionIn(documentMessages, code);
}

} // namespace tally
