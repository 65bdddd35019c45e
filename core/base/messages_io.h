// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What core/io can say.
inline constexpr std::array ioMessages = {
    MessageDef{
        "folder.too-many-files", TALLY_MESSAGE("Errors", "The folder “%1” holds more than the allowed %2 files.")},
    //: %1 name of the archive, %2 English text of the archive library
    MessageDef{"archive.damaged", TALLY_MESSAGE("Errors", "The archive “%1” is damaged: %2.")},
    //: %2 technical name of a file type, e.g. "PDF" or "JSON"
    MessageDef{"archive.unsupported",
        TALLY_MESSAGE("Errors", "“%1” is no archive that can be read: its content looks like %2.")},
    MessageDef{
        "archive.too-many-entries", TALLY_MESSAGE("Errors", "The archive “%1” has more than the allowed %2 entries.")},
    MessageDef{"tar.truncated", TALLY_MESSAGE("Errors", "The archive “%1” ends in the middle of an entry.")},
    MessageDef{"tar.header-invalid",
        TALLY_MESSAGE("Errors", "The archive “%1” has an invalid header. What follows it was not read.")},
    //: PAX: extended headers of tar archives
    MessageDef{"tar.pax-invalid",
        TALLY_MESSAGE("Errors",
            "The archive “%1” has an invalid extended header (PAX), which container runtimes refuse. What follows it "
            "was not read.")},
    //: sparse file: one with holes that take no space
    MessageDef{"tar.sparse-invalid",
        TALLY_MESSAGE(
            "Errors", "The archive “%1” has a sparse file that is described wrongly. What follows it was not read.")},
    MessageDef{"tar.too-large",
        TALLY_MESSAGE("Errors",
            "The archive “%1” has an extended header or a sparse file beyond the allowed size. What follows it was not "
            "read.")},
    //: %1 name of the compressed file, %2 "gzip", "zstd", "xz" or "bzip2"
    MessageDef{"compression.damaged", TALLY_MESSAGE("Errors", "The %2 compression of “%1” is damaged: %3.")},
    MessageDef{"compression.truncated", TALLY_MESSAGE("Errors", "“%1” ends in the middle of its %2 compression.")},
    MessageDef{"compression.too-large", TALLY_MESSAGE("Errors", "“%1” unpacks to more than the allowed %2.")},
    MessageDef{"compression.bomb",
        TALLY_MESSAGE("Errors", "“%1” unpacks to more than %2 times its size. Reading was stopped: it may be a bomb.")},

    // keys that signatures are verified with
    MessageDef{"key.is-private",
        TALLY_MESSAGE("Errors",
            "“%1” holds a private key. It is not needed to verify signatures and should not be handed over: please "
            "give "
            "the public key.")},
    MessageDef{"key.unsupported",
        TALLY_MESSAGE("Errors",
            "“%1” holds a key that is not used here. Accepted are ECDSA (P-256, P-384, P-521), RSA from 2048 bits and "
            "Ed25519.")},
    MessageDef{"key.unreadable",
        TALLY_MESSAGE("Errors", "“%1” holds no public key in PEM form (BEGIN PUBLIC KEY), or a damaged one.")},
    MessageDef{"key.too-many", TALLY_MESSAGE("Errors", "“%1” holds more than the allowed %2 keys.")},

    //: %1 what the library said
    MessageDef{"zip.not-written", TALLY_MESSAGE("Errors", "The archive could not be written: %1")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *ioDef(std::string_view code)
{
    return definitionIn(ioMessages, code);
}

} // namespace tally
