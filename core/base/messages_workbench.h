// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What core/workbench can say.
inline constexpr std::array workbenchMessages = {
    MessageDef{"call.not-yet", TALLY_MESSAGE("Errors", "%1 is not there yet.")},
    MessageDef{"call.no-input", TALLY_MESSAGE("Errors", "Name at least one --image or --cluster.")},
    //: %1 an item of a list, on a terminal
    MessageDef{"call.item", TALLY_MESSAGE("Errors", "– %1")},
    MessageDef{"call.lose-decisions",
        TALLY_MESSAGE("Errors", "Nothing was changed. Call it with --lose-decisions to do it all the same.")},
    MessageDef{"call.nobody-named",
        TALLY_MESSAGE("Errors",
            "No name was given: the journal names nobody for this. Give it with --by NAME (audit: --auditor NAME).")},
    MessageDef{"call.bad-namespace", TALLY_MESSAGE("Errors", "“%1” cannot be the name of a namespace.")},
    MessageDef{
        "call.bad-version", TALLY_MESSAGE("Errors", "“%1” is no version of Kubernetes; expected is v1.25 or latest.")},
    MessageDef{"audit.summary", TALLY_MESSAGE("Progress", "Findings: %1, sources: %2.")},
    MessageDef{"open.unknown-folder",
        TALLY_MESSAGE("Errors",
            "“%1” holds neither a container image nor a cluster export. Accepted are image archives and folders "
            "(docker save, OCI layout, dir:) and exports of kubectl as YAML or JSON, single files, folders or archives "
            "of them.")},
    MessageDef{"open.unknown-file",
        TALLY_MESSAGE("Errors",
            "“%1” looks like %2. Accepted are image archives and folders (docker save, OCI layout, dir:) and exports "
            "of kubectl as YAML or JSON, single files, folders or archives of them.")},
    MessageDef{"open.plain-text",
        TALLY_MESSAGE("Errors",
            "“%1” is a text, but no export of a cluster. Accepted are image archives and folders (docker save, OCI "
            "layout, dir:) and exports of kubectl as YAML or JSON, single files, folders or archives of them.")},
    MessageDef{"open.unknown-binary",
        TALLY_MESSAGE("Errors",
            "“%1” is a file of unknown type. Accepted are image archives and folders (docker save, OCI layout, dir:) "
            "and exports of kubectl as YAML or JSON, single files, folders or archives of them.")},
    //: %2 technical name of a file type: "YAML", "JSON (gzip)"
    MessageDef{"open.not-valid",
        TALLY_MESSAGE("Errors",
            "“%1” looks like %2 at its beginning, but is not valid as such in line %3. Accepted are image archives and "
            "folders "
            "(docker save, OCI layout, dir:) and exports of kubectl as YAML or JSON, single files, folders or archives "
            "of them.")},
    //: %2 technical name of a file type: "tar", "tar (gzip)", "zip"
    MessageDef{"open.unknown-archive",
        TALLY_MESSAGE("Errors",
            "“%1” is an archive (%2) that holds neither a container image nor a cluster export. Accepted are image "
            "archives and folders (docker save, OCI layout, dir:) and exports of kubectl as YAML or JSON, single "
            "files, folders or archives of them.")},
    MessageDef{"open.not-an-image",
        TALLY_MESSAGE("Errors", "“%1” is no container image; it looks like a cluster export. Use --cluster for it.")},
    MessageDef{"open.not-a-cluster",
        TALLY_MESSAGE("Errors", "“%1” is no cluster export; it looks like a container image. Use --image for it.")},
    //: without the contents: a manifest.json, index.json or config of an image that lies alone
    MessageDef{"open.image-part",
        TALLY_MESSAGE("Errors",
            "“%1” only describes a container image; the layers are not in it. Open the folder or archive that it "
            "belongs to (docker save, OCI layout, dir:).")},
    MessageDef{"cache.source-changed",
        TALLY_MESSAGE("Errors",
            "The content of “%1” is not what it was when it was read before, although its size and times are the same: "
            "it was altered, or the medium is failing. It was read anew, and what is shown is its content of now.")},
    MessageDef{"cache.entry-wrong",
        TALLY_MESSAGE("Errors",
            "What the image cache held about “%1” was not what the file contains: the cache was altered or is faulty. "
            "It was dropped and the file read anew.")},
    MessageDef{"cache.unusable",
        TALLY_MESSAGE("Errors", "The image cache cannot be used, so that images are read anew each time.")},
    //: %2 a date and time
    MessageDef{"cache.used",
        TALLY_MESSAGE("Errors",
            "“%1” was read before and has not changed since: this is what was found then, its digests were computed at "
            "%2. --no-cache reads it anew.")},
    //: %1 number of bytes with unit, %2 a folder
    MessageDef{"cache.usage", TALLY_MESSAGE_N("Errors", "%n image(s), %1, in %2")},
    MessageDef{"cache.not-rechecked",
        TALLY_MESSAGE("Errors",
            "The digests of “%1” could not be computed again before this report; they are those of %2. Its file is not "
            "where it was.")},
    MessageDef{"open.special-file", TALLY_MESSAGE("Errors", "“%1” is neither a file nor a folder.")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *workbenchDef(std::string_view code)
{
    return definitionIn(workbenchMessages, code);
}

} // namespace tally
