// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What core/image can say.
inline constexpr std::array imageMessages = {
    // signs of tampering (cli-json.md)
    MessageDef{"blob-digest-mismatch",
        TALLY_MESSAGE("Image", "The content of “%1” is not what its digest says: it should be %2, but is %3.")},
    //: diff_id: digest of the uncompressed layer in the image's configuration
    MessageDef{"diffid-mismatch",
        TALLY_MESSAGE("Image",
            "The unpacked layer “%1” is not the one that the configuration names: it should be %2, but is %3.")},
    MessageDef{"config-digest-mismatch",
        TALLY_MESSAGE("Image", "The configuration “%1” is not what its digest says: it should be %2, but is %3.")},
    MessageDef{"size-mismatch", TALLY_MESSAGE("Image", "“%1” should have %2 bytes, but has %3.")},
    MessageDef{"layer-count-mismatch",
        TALLY_MESSAGE("Image", "The manifest of “%1” names %2 layers, the configuration %3, its history %4.")},

    // why something cannot be verified
    MessageDef{"image.no-digest-known", TALLY_MESSAGE("Image", "The archive names no digest for “%1”.")},
    MessageDef{
        "image.algorithm-unknown", TALLY_MESSAGE("Image", "“%1” is named by a digest that is not computed here (%2).")},
    MessageDef{"image.no-diff-id", TALLY_MESSAGE("Image", "The configuration names no digest for the layer “%1”.")},
    MessageDef{"image.not-read", TALLY_MESSAGE("Image", "“%1” is missing or could not be read to its end.")},

    MessageDef{"image.legacy-no-digest",
        TALLY_MESSAGE("Image", "“%1”: the form of Docker before 1.10 has no digests to compare with.")},

    // signatures
    MessageDef{"signature.unknown-key", TALLY_MESSAGE("Image", "The signature fits none of the given keys.")},
    MessageDef{"signature.keyless",
        TALLY_MESSAGE("Image",
            "The signature comes with a certificate (keyless) and fits none of the given keys. Certificates are not "
            "verified here.")},
    //: %1 digest that the signature names
    MessageDef{"signature.other-image", TALLY_MESSAGE("Image", "The signature is for another image: %1.")},
    MessageDef{"signature.no-key", TALLY_MESSAGE("Image", "No public key was given to verify the signature with.")},
    //: %1 media type
    MessageDef{"signature.form-unknown",
        TALLY_MESSAGE("Image", "Signatures of the form “%1” are listed but not verified here.")},
    MessageDef{"signature.unreadable",
        TALLY_MESSAGE("Image", "The signature or what it signs is missing, damaged or too large.")},

    // diagnostics
    MessageDef{"image.blob-missing", TALLY_MESSAGE("Image", "“%1” is named by the image but missing.")},
    MessageDef{"image.blob-is-link",
        TALLY_MESSAGE("Image", "“%1” is no regular file, or a link out of the image. It was not followed.")},
    MessageDef{
        "image.layer-not-tar", TALLY_MESSAGE("Image", "The layer “%1” is no tar archive: its content looks like %2.")},
    MessageDef{"image.foreign-layer",
        TALLY_MESSAGE("Image", "The layer “%1” lies elsewhere on the network and was not fetched.")},
    MessageDef{"image.not-a-file-system",
        TALLY_MESSAGE("Image", "The layer “%1” of type “%2” holds no file system and was not opened.")},
    //: %2 media type of the manifest's content
    MessageDef{"image.artifact-skipped",
        TALLY_MESSAGE("Image", "“%1” is no container image (%2) and is not listed among the images.")},
    MessageDef{"image.platform-skipped", TALLY_MESSAGE("Image", "“%1” is for the platform %2 and was left out.")},
    MessageDef{"image.manifest-invalid", TALLY_MESSAGE("Image", "“%1” is no valid manifest of an image.")},
    MessageDef{"image.manifest-ambiguous",
        TALLY_MESSAGE("Image", "“%1” claims to be an index and a manifest at once and was refused.")},
    MessageDef{"image.config-invalid", TALLY_MESSAGE("Image", "The configuration “%1” cannot be read.")},
    MessageDef{"image.key-twice",
        TALLY_MESSAGE("Image",
            "“%1” names “%2” twice in one object. Programs differ in which one they take; shown is the last.")},
    MessageDef{"image.index-too-deep",
        TALLY_MESSAGE("Image", "The index “%1” lies deeper than the allowed %2 levels and was left out.")},
    MessageDef{"image.index-loop",
        TALLY_MESSAGE("Image", "The index “%1” contains itself; its second occurrence was left out.")},
    MessageDef{"image.index-too-large",
        TALLY_MESSAGE("Image", "The indexes of “%1” have more than the allowed %2 entries; the rest was left out.")},
    MessageDef{"image.too-many-layers",
        TALLY_MESSAGE("Image", "“%1” names %2 layers. An image with more than %3 was not read.")},
    MessageDef{"image.too-many-rows",
        TALLY_MESSAGE("Image",
            "The layer “%1” was left out: with it, the images would have more than the allowed %2 entries together.")},
    MessageDef{"image.digest-invalid", TALLY_MESSAGE("Image", "“%1” is no valid digest.")},
    MessageDef{"image.path-escapes",
        TALLY_MESSAGE("Image", "The layer “%1” has an entry whose name leads out of the image: “%2”.")},
    MessageDef{"image.invalid-whiteout",
        TALLY_MESSAGE("Image", "The layer “%1” has an invalid deletion mark: “%2”. It was left out.")},
    // programs that read tar disagree here: a scanner may see another file than the runtime
    //: long name: an entry may carry its name twice, in two extensions of the tar format
    MessageDef{"image.name-twice",
        TALLY_MESSAGE("Image",
            "The layer “%1” has an entry with two different names, which other programs read differently. Shown is "
            "what container runtimes see: “%2”.")},
    MessageDef{"image.size-twice",
        TALLY_MESSAGE("Image",
            "The layer “%1” has an entry with two different sizes, which other programs read differently: “%2”. Shown "
            "is what container runtimes see.")},
    MessageDef{"image.size-without-content",
        TALLY_MESSAGE("Image",
            "The layer “%1” has a link, directory or device with a size (“%2”). Programs disagree on whether content "
            "follows; container runtimes expect none.")},
    MessageDef{"image.owner-too-large",
        TALLY_MESSAGE("Image",
            "The layer “%1” has an entry whose owner or group is no number that Linux knows: “%2”. Shown is "
            "4294967295.")},
    MessageDef{"image.unclear-type",
        TALLY_MESSAGE("Image", "The layer “%1” has an entry whose type programs read differently: “%2”.")},
    //: PAX: extended headers of tar archives
    MessageDef{"image.global-headers",
        TALLY_MESSAGE("Image",
            "The layer “%1” has global PAX headers. Container runtimes ignore them, and so does Tallymann; other "
            "programs apply them.")},
    MessageDef{"image.data-after-end",
        TALLY_MESSAGE("Image",
            "Data follows the end of the archive in the layer “%1”. No runtime reads it; it may be hidden there.")},
    //: overlayfs: file system of the Linux kernel
    MessageDef{"image.overlay-mark",
        TALLY_MESSAGE("Image",
            "The layer “%1” has a deletion mark in the form of overlayfs instead of that of the image "
            "specification: “%2”.")},
    //: %2 name of a format: "eStargz", "zstd:chunked"
    MessageDef{"image.lazy-form",
        TALLY_MESSAGE("Image",
            "The layer “%1” has a table of contents for loading on demand (%2). It was not trusted: all of the layer "
            "was read.")},
    MessageDef{"image.duplicate-entries",
        TALLY_MESSAGE_N("Image", "The layer “%1” has %n file(s) more than once; the last entry counts.")},
    MessageDef{"image.names-too-long",
        TALLY_MESSAGE_N("Image", "The layer “%1” has %n entry(s) with overlong names, which were left out.")},
    MessageDef{"image.database-too-large",
        TALLY_MESSAGE("Image", "The package database “%1” is larger than the allowed %2 and was not read.")},
    //: %1 a Java archive, %2 a size
    MessageDef{"image.archive-too-large",
        TALLY_MESSAGE("Image", "“%1” is larger than the allowed %2: the packages inside it were not read.")},
    MessageDef{"image.packages-damaged",
        TALLY_MESSAGE("Image", "The package list “%1” is damaged. What could be read of it is listed.")},
    MessageDef{"image.packages-too-many",
        TALLY_MESSAGE("Image", "The package list “%1” has more packages than are read. The rest was left out.")},
    MessageDef{"image.packages-unreadable",
        TALLY_MESSAGE("Image", "The packages of “%1” are missing in the list: the file has a form that is not read.")},
    //: %1 path of a write-ahead log of SQLite
    MessageDef{"image.packages-pending",
        TALLY_MESSAGE("Image",
            "“%1” holds changes of the package database that are not yet written into it. They are not read: the list "
            "of packages may be out of date.")},

    //: bill of materials; %1 file, %2 number of images, %3 name of the image, %4 its platform
    MessageDef{"image.sbom-of-first",
        TALLY_MESSAGE("Image",
            "“%1” holds %2 images. The bill of materials is that of the first: %3 (%4). Choose another with "
            "--platform.")},

    MessageDef{"image.legacy-form",
        TALLY_MESSAGE("Image",
            "“%1” has the form of Docker before 1.10. It names no digests: whether its layers are those that were "
            "built cannot be told.")},
    MessageDef{"image.legacy-parent-missing",
        TALLY_MESSAGE(
            "Image", "The layer “%1” is built on “%2”, which is missing or cannot be read. The image is incomplete.")},
    //: %1 name of a layer
    MessageDef{"image.legacy-loop",
        TALLY_MESSAGE(
            "Image", "The layer “%1” is built on itself, directly or through others. The image was left out.")},

    // errors: nothing usable
    //: %2 technical name of a file type, e.g. "PDF" or "JSON"
    MessageDef{"image.not-an-image",
        TALLY_MESSAGE("Image",
            "“%1” is no container image: its content looks like %2. Accepted are docker save, OCI layouts and skopeo's "
            "dir form, also compressed.")},
    MessageDef{"image.no-manifest",

        TALLY_MESSAGE("Image",
            "“%1” is no container image: it holds neither a manifest.json nor an OCI layout. Accepted are docker save, "
            "OCI layouts and skopeo's dir form, also compressed.")},
    //: %2 name of the last entry, %3 number of bytes
    MessageDef{"image.cut-off",
        TALLY_MESSAGE("Image",
            "“%1” is cut off: it ends after %3 bytes in the middle of “%2”, and the manifest that names its parts is "
            "missing. Please have it copied or saved anew.")},
    MessageDef{"image.manifest-missing",
        TALLY_MESSAGE("Image",
            "“%1” names an image, but its manifest “%2” is missing. It was copied incompletely, or its blobs are "
            "kept elsewhere.")},
    MessageDef{"image.is-root-file-system",
        TALLY_MESSAGE("Image",
            "“%1” holds the files of a container (docker export), not an image: layers and configuration are missing. "
            "Please ask for docker save.")},
    //: schema 1: the first form of manifests in registries
    MessageDef{"image.too-old",
        TALLY_MESSAGE("Image",
            "“%1” is a manifest of the first form (schema 1), which is not read. Please save the image anew.")},
    MessageDef{"image.nothing-readable",
        TALLY_MESSAGE("Image", "“%1” names images, but none of their layers and configurations can be read.")},
    MessageDef{"image.no-image-inside", TALLY_MESSAGE("Image", "The manifest of “%1” names no container image.")},
    MessageDef{"image.platform-missing", TALLY_MESSAGE("Image", "“%1” holds no image for the platform %2.")},
    MessageDef{"image.no-such-file", TALLY_MESSAGE("Image", "There is no file “%1” in the image or layer.")},
    MessageDef{"image.no-such-layer", TALLY_MESSAGE("Image", "There is no layer %1; the last one is %2.")},
    MessageDef{"image.source-changed",
        TALLY_MESSAGE("Image", "“%1” is no longer what was analysed. Open it again to look into its files.")},
    MessageDef{"image.no-regular-file", TALLY_MESSAGE("Image", "“%1” is no regular file.")},

    // progress
    MessageDef{"image.search-length", TALLY_MESSAGE("Image", "Enter between 1 and %1 bytes to search for.")},
    MessageDef{"image.extract-exists",
        TALLY_MESSAGE("Image", "“%1” exists already. Nothing is overwritten: choose another folder.")},
    MessageDef{"image.extract-links", TALLY_MESSAGE_N("Image", "%n symbolic link(s) left out.")},
    MessageDef{"image.extract-specials", TALLY_MESSAGE_N("Image", "%n device(s) left out.")},
    MessageDef{"image.extract-renamed", TALLY_MESSAGE_N("Image", "%n name(s) changed.")},
    MessageDef{"image.extract-stripped", TALLY_MESSAGE_N("Image", "%n file(s) lost their special rights.")},
    MessageDef{"image.extract-limit", TALLY_MESSAGE("Image", "“%1” holds more than the allowed %2.")},
    MessageDef{"image.searching", TALLY_MESSAGE("Progress", "Searching the layers")},
    MessageDef{"image.extracting", TALLY_MESSAGE("Progress", "Extracting files")},
    MessageDef{"image.unpacking", TALLY_MESSAGE("Progress", "Unpacking “%1”")},
    MessageDef{"image.reading-layers", TALLY_MESSAGE("Progress", "Reading the layers of “%1”")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *imageDef(std::string_view code)
{
    return definitionIn(imageMessages, code);
}

} // namespace tally
