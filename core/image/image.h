// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/string_table.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

enum class EntryType : std::uint8_t {
    File,
    Directory,
    Symlink,
    Hardlink,
    CharDevice,
    BlockDevice,
    Fifo,
    Socket,
    Whiteout,       ///< ".wh.NAME": hides NAME of lower layers; `name` is NAME
    OpaqueWhiteout, ///< ".wh..wh..opq": hides all lower children of its directory; `name` is empty
};

/// As tar and ls write it: "-dlhcbps"; a mark of what is hidden has none and is "-".
[[nodiscard]] char typeLetter(EntryType type);

/// How an entry relates to what the layers below show at its path.
enum class Change : std::uint8_t {
    Unchanged, ///< same type, mode, owner, extended attributes and content; the time alone does not count
    Added,
    Changed, ///< another type, content, link target or device
    Removed,
    Attributes, ///< only mode, owner or extended attributes differ
};

/// One tar entry of a layer. Small: a million of them is normal. Names are raw bytes, not necessarily UTF-8.
struct FileEntry
{
    StringId path; ///< full path without leading or trailing slash, "usr/bin/perl"; for Whiteout the hidden path, for
                   ///< OpaqueWhiteout the directory
    StringId link; ///< target of symlinks and hardlinks; else empty
    std::uint64_t size = 0;
    std::int64_t mtime = 0; ///< seconds since 1970
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::uint16_t mode = 0; ///< permission bits with setuid, setgid, sticky (07777)
    EntryType type = EntryType::File;
    bool shadowed = false;         ///< a later entry of the same path in the same layer replaces it
    Change change = Change::Added; ///< never Removed
};
static_assert(sizeof(FileEntry) <= 40);

/// An extended attribute of an entry, or the numbers of a device. Rare, so they stand beside the rows.
struct EntryAttribute
{
    std::uint32_t entry = 0; ///< index into Layer::files
    StringId name;           ///< "security.capability", "user.mime_type"; "device" for the numbers of a device
    StringId value; ///< readable: "cap_net_raw+ep", "char 1:3", text with secrets masked, else hexadecimal; of a long
                    ///< one the beginning and the SHA-256

    friend auto operator<=>(const EntryAttribute &, const EntryAttribute &) = default;
};

enum class VerdictState : std::uint8_t { Verified, Wrong, NotVerifiable };

/// One comparison of what the image says with what was computed.
struct BlobVerdict
{
    std::string blob;  ///< digest or member name
    std::string check; ///< "digest", "diffId", "size", "config", "count"
    VerdictState state = VerdictState::NotVerifiable;
    std::optional<Message> reason;
};

/// One signature out of an artifact, with what is needed to verify it against a key at any later time (signature.h).
struct SignatureClaim
{
    std::string form;                  ///< "simple-signing", "dsse", "message"
    std::string signature;             ///< raw bytes
    std::string message;               ///< the bytes that were signed; "" where only their digests are kept
    std::vector<std::string> digests;  ///< "sha256:...", "sha384:...", "sha512:..." of the bytes that were signed
    std::vector<std::string> subjects; ///< digests of what it says it speaks about
    std::string predicate;             ///< type of the statement; "" none
    bool certificate = false;          ///< comes with a certificate: its key is nobody's for long
};

/// A signature, attestation, SBOM or other thing that lies beside images and belongs to one. Recognised and listed by
/// its types; whether a signature is valid is not judged here.
struct ImageArtifact
{
    std::string digest;  ///< of its manifest
    std::string kind;    ///< "signature", "attestation", "sbom", "" other
    std::string type;    ///< media, artifact or predicate types as they stand
    std::string subject; ///< digest of the manifest, or of an index around it, that it belongs to; "" unknown
    std::vector<SignatureClaim> signatures{};
};

struct Layer
{
    std::string digest; ///< of the blob as stored, "sha256:..."; computed
    std::string diffId; ///< of the uncompressed tar; computed
    /// true: what was unpacked is what the config names (diff_id), and the blob what the manifest names, as far as it
    /// does; false: one of them is not; nothing: not unpacked, or the config names nothing.
    std::optional<bool> verified;
    /// Unpacked to its end. Else `files` is not all that it holds (missing, cut off, encrypted, above a limit), and
    /// nothing may be concluded from what is not among them.
    bool readToEnd = true;
    std::string mediaType;   ///< "" in docker archives
    std::string blob;        ///< name of the blob inside the source, links resolved; "" if missing
    std::string compression; ///< "none", "gzip", "zstd", "xz", "bzip2"
    std::uint64_t compressedBytes = 0;
    std::uint64_t bytes = 0; ///< sum of the entries' sizes, hardlinks as stored (dive's layer size)
    std::string command;     ///< created_by of its history entry without "/bin/sh -c "; "" if none
    std::string created;     ///< RFC 3339
    std::uint32_t added = 0; ///< against the sum of the layers below
    std::uint32_t changed = 0;
    std::uint32_t removed = 0;
    std::uint32_t attributesChanged = 0;    ///< of `changed`: only mode, owner or extended attributes
    std::vector<FileEntry> files;           ///< tar order
    std::vector<EntryAttribute> attributes; ///< by entry; several of one entry by the bytes of their names
    /// For each of files what tells whether contents are equal, within this run of the program only (ContentHash);
    /// empty where the image comes from a snapshot. Never stored, never shown.
    std::vector<std::uint64_t> contents;
};

/// The attributes of one entry. O(log of the layer's attributes).
[[nodiscard]] std::span<const EntryAttribute> attributesOf(const Layer &layer, std::uint32_t entry);

struct HistoryEntry
{
    std::string created;
    std::string createdBy;
    std::string comment;
    bool emptyLayer = false;
};

/// The image's configuration as far as evidence needs it. Values of environment variables are kept only where they are
/// no secrets.
struct ImageConfig
{
    std::string user;
    std::vector<std::pair<std::string, std::string>> env; ///< name, value; secrets masked
    std::vector<std::string> entrypoint;
    std::vector<std::string> cmd;
    std::vector<std::string> exposedPorts;
    std::vector<std::string> volumes;
    std::map<std::string, std::string> labels;
    std::string workingDir;
    bool healthcheck = false;
    bool healthcheckDisabled = false; ///< HEALTHCHECK NONE
    std::string author;
    std::string created;
    std::string os;
    std::string architecture;
};

struct WastedPath
{
    std::string path; ///< with leading slash, as dive prints it
    std::uint32_t count = 0;
    std::uint64_t bytes = 0;
};

struct ShadowedFile
{
    std::string path;
    std::uint32_t layer = 0; ///< where the invisible bytes lie
    std::uint64_t bytes = 0;
    std::string cause; ///< "overwritten", "removed", "opaque", "attributes"
};

/// Installed software as a package database, or the metadata that a package brings along, says.
struct Package
{
    std::string manager; ///< "dpkg", "apk", "rpm", "npm", "python", "go", "java"
    std::string name;    ///< as its ecosystem writes it: "@scope/name", "group:artifact", "github.com/owner/module"
    std::string version; ///< with epoch and release: "1:9.2p1-2", "0:4.18.0-1.fc40"
    std::string architecture{};
    std::uint32_t layer = 0; ///< the last layer that wrote its database entry

    std::vector<std::string> licences{}; ///< as the package says: SPDX expressions, short names, or free text
    std::string source{};                ///< name of the source package, where the database tells it
    std::string sourceVersion{};
    std::string url{};                ///< package URL (github.com/package-url/purl-spec); "" where it cannot be known
    std::vector<std::string> paths{}; ///< files that say so, "/var/lib/dpkg/status"; sorted, at most maxPackagePaths
};
inline constexpr std::size_t maxPackagePaths = 100;

struct Risk
{
    std::string kind; ///< "setuid", "setgid", "file-capability", "world-writable", "shell", "package-manager",
                      ///< "remote-access", "secret", "device-node", ...
    std::string path; ///< "/usr/bin/su"; for secrets of the configuration "Env NAME", "Label NAME", "History 3"
    std::uint32_t layer = 0;
    std::string detail;  ///< never a secret's value: its form; "cap_net_raw+ep"; the mode in octal digits; ...
    bool visible = true; ///< false: a later layer removes or replaces the file; its bytes are still in the image
};

/// An entry of the visible /etc/passwd.
struct User
{
    std::string name;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
};

struct OperatingSystem
{
    std::string id;
    std::string versionId;
    std::string prettyName;
    std::string supportEnds; ///< ISO date from resources; "" unknown
};

/// One image of one platform with its layers, all digests computed. Immutable after reading, shared between threads.
struct Image
{
    std::vector<std::string> names; ///< "repo:tag"
    std::string platform;           ///< "linux/amd64"; "" unknown
    std::string form;               ///< "docker-archive", "oci-layout", "oci-archive", "docker-dir", ...
    int source = -1;                ///< index into the sources
    std::string manifestDigest;     ///< "" where the form has none
    std::string configDigest;
    ImageConfig config;
    std::string configJson; ///< pretty-printed config, secrets masked
    bool configRead = true; ///< false: missing or no JSON, and what `config` does not say means nothing
    std::vector<HistoryEntry> history;
    std::vector<Layer> layers;
    std::vector<BlobVerdict> verdicts;
    std::vector<ImageArtifact> artifacts; ///< that belong to this image
    /// The form can carry signatures and attestations, and they were looked for: only then does their absence mean
    /// anything, and little (who exports an image must want them along).
    bool mayCarryArtifacts = false;
    /// org.opencontainers.image.* and others of the manifest, of its entry in the index and of the indexes around it;
    /// the nearest counts. Secrets masked. Without those that name it (names).
    std::map<std::string, std::string> annotations;
    StringTable strings; ///< paths and links of all layers

    std::uint64_t files = 0;       ///< entries of the merged view
    std::uint64_t bytes = 0;       ///< sum of the layers' bytes
    std::uint64_t mergedBytes = 0; ///< regular files visible in the merged view
    double efficiency = 1;         ///< dive's definition, bit-equal (image-facts.md 1.2)
    std::uint64_t wastedBytes = 0;
    std::vector<WastedPath> wasted;
    std::uint64_t shadowedBytes = 0; ///< exact
    std::vector<ShadowedFile> shadowed;
    OperatingSystem os;
    std::vector<Package> packages;
    std::vector<Risk> risks;
    std::vector<User> users; ///< of the visible /etc/passwd
    bool hasPasswd = false;

    Image() = default;
    Image(const Image &) = delete;
    Image &operator=(const Image &) = delete;

    /// First name, else the short config digest.
    [[nodiscard]] std::string displayName() const;
};

using ImagePtr = std::shared_ptr<const Image>;

/// Whether the configuration was read, and every layer to its end. O(layers).
[[nodiscard]] bool isReadWhole(const Image &image);

/// What the image says of itself under this name: the label of its configuration, else the annotation of its manifest;
/// "" where it says nothing. (OCI image-spec annotations.md: both mean the same.)
[[nodiscard]] std::string_view statedAt(const Image &image, const std::string &name);

} // namespace tally
