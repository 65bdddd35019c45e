// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>

namespace tally {

/// What core/workbench can say.
inline constexpr std::array workbenchMessages = {
    MessageDef{"call.not-yet", TALLY_MESSAGE("Errors", "%1 is not there yet.")},
    MessageDef{"call.no-input", TALLY_MESSAGE("Errors", "Name at least one --image or --cluster.")},
    MessageDef{"call.bad-namespace", TALLY_MESSAGE("Errors", "“%1” cannot be the name of a namespace.")},
    MessageDef{
        "call.bad-version", TALLY_MESSAGE("Errors", "“%1” is no version of Kubernetes; expected is v1.25 or latest.")},
    MessageDef{"call.unknown-format",
        TALLY_MESSAGE("Errors", "The ending of “%1” names no report format. Known are .pdf, .html and .json.")},
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
    MessageDef{"open.special-file", TALLY_MESSAGE("Errors", "“%1” is neither a file nor a folder.")},
};

} // namespace tally
