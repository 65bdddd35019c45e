// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_plan.h"

#include "core/base/messages.h"
#include "core/base/text_format.h"
#include "core/image/json_text.h"
#include "core/io/digest.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace tally {

namespace {

bool isHex64(std::string_view text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// OCI descriptor.md: algorithm ":" encoded. Anything else must not become a path.
bool isDigest(std::string_view digest)
{
    const std::size_t colon = digest.find(':');
    if (colon == std::string_view::npos || colon == 0 || digest.size() > 512)
        return false;
    const std::string_view algorithm = digest.substr(0, colon);
    const std::string_view encoded = digest.substr(colon + 1);
    if (algorithm == "sha256")
        return isHex64(encoded);
    return encoded.size() >= 32
        && algorithm.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+._-") == std::string_view::npos
        && encoded.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=_-")
        == std::string_view::npos;
}

std::string_view baseName(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// What a docker archive's file name says about its content.
BlobPlan dockerBlob(const std::string &name)
{
    BlobPlan blob;
    blob.name = name;
    std::string_view base = baseName(name);
    if (base.starts_with("sha256:"))
        base.remove_prefix(7);
    const std::string hex(base.substr(0, 64));
    if (!isHex64(hex))
        return blob;
    const std::string_view suffix = base.substr(64);
    // "<hex>.tar" is written by podman and skopeo after the diff_id, by others after something else
    if (suffix == ".tar")
        blob.maybe = "sha256:" + hex;
    else if (suffix.empty() || suffix == ".json" || suffix == ".tar.gz" || suffix == ".tgz" || suffix == ".tar.zst")
        blob.digest = "sha256:" + hex;
    return blob;
}

bool isFileSystemLayer(const std::string &mediaType)
{
    if (mediaType.empty())
        return true;
    const bool layer = mediaType.starts_with("application/vnd.oci.image.layer.")
        || mediaType.starts_with("application/vnd.docker.image.rootfs.");
    return layer && mediaType.find("+encrypted") == std::string::npos;
}

bool isImageConfig(const std::string &mediaType)
{
    return mediaType.empty() || mediaType == "application/vnd.oci.image.config.v1+json"
        || mediaType == "application/vnd.docker.container.image.v1+json" || mediaType == "application/octet-stream";
}

bool isIndexType(const std::string &mediaType)
{
    return mediaType == "application/vnd.oci.image.index.v1+json"
        || mediaType == "application/vnd.docker.distribution.manifest.list.v2+json";
}

std::string platformOf(const Json &platform)
{
    const std::string os = textAt(platform, "os");
    const std::string architecture = textAt(platform, "architecture");
    if (os.empty() && architecture.empty())
        return {};
    const std::string variant = textAt(platform, "variant");
    return os + "/" + architecture + (variant.empty() ? "" : "/" + variant);
}

class Planner
{
public:
    Planner(const BlobStore &store, const std::string &name, const ImageReadOptions &options)
        : m_store(store)
        , m_name(name)
        , m_options(options)
    {
    }

    Result<ImagePlans> plan()
    {
        const auto manifest = m_store.read("manifest.json", m_options.limits.maxManifestBytes);
        const auto index = m_store.read("index.json", m_options.limits.maxManifestBytes);
        const bool folder = m_store.isFolder();
        const Json manifestJson = manifest ? parseSmallJson(*manifest) : Json();
        if (manifestJson.is_array()) {
            m_out.form = folder ? "docker-folder" : "docker-archive";
            planDocker(manifestJson);
            if (index)
                addFromIndex(*index);
        } else if (index) {
            m_out.form = folder ? "oci-layout" : "oci-archive";
            walkIndex(*index, m_out.plans);
        } else if (manifestJson.is_object()) {
            m_out.form = "docker-dir";
            planDir(*manifest, manifestJson);
        } else {
            return refuse(manifest);
        }
        if (m_out.plans.empty() && m_out.sawOtherPlatform)
            return fail(ErrorKind::NotFound, {messageDef("image.platform-missing"), {m_name, m_options.platform}});
        if (m_out.plans.empty()) {
            for (const Diagnostic &diagnostic : m_out.diagnostics) {
                if (diagnostic.message.def == messageDef("image.blob-missing"))
                    return fail(ErrorKind::Malformed,
                        {messageDef("image.manifest-missing"), {m_name, diagnostic.message.args[0]}});
            }
            const bool damaged = std::ranges::any_of(m_out.diagnostics,
                [](const Diagnostic &diagnostic) { return diagnostic.severity == Diagnostic::Severity::Error; });
            return fail(damaged ? ErrorKind::Malformed : ErrorKind::Unsupported,
                {messageDef("image.no-image-inside"), {m_name}});
        }
        return std::move(m_out);
    }

private:
    struct IndexEntry
    {
        std::string digest;
        std::optional<std::uint64_t> size;
        std::string mediaType;
        std::vector<std::string> names;
        std::string platform;
        std::vector<std::string> ancestors; ///< digests of the indexes around it
    };

    Result<ImagePlans> refuse(const Result<std::string> &manifest)
    {
        if (manifest)
            return fail(ErrorKind::Malformed, {messageDef("image.manifest-invalid"), {"manifest.json"}});
        if (manifest.error().kind == ErrorKind::LimitExceeded)
            return tl::unexpected(manifest.error());
        if (m_store.contains("repositories"))
            return fail(ErrorKind::Unsupported, {messageDef("image.too-old"), {m_name}});
        const auto &names = m_store.names();
        if (!m_store.diagnostics().empty() && !names.empty()) { // broke off
            const Message &why = m_store.diagnostics().front().message;
            if (why.def != messageDef("tar.truncated") && why.def != messageDef("compression.truncated"))
                return fail(ErrorKind::Malformed, why);
            return fail(ErrorKind::Malformed,
                {messageDef("image.cut-off"),
                    {m_name, visible(toUtf8(names.back())), std::to_string(m_store.archiveBytes())}});
        }
        const auto has = [&](std::string_view folder) {
            return std::ranges::any_of(names, [&](const std::string &name) {
                return name.starts_with(folder) && (name.size() == folder.size() || name[folder.size()] == '/');
            });
        };
        if (has("etc") && (has("usr") || has("bin")))
            return fail(ErrorKind::Unsupported, {messageDef("image.is-root-file-system"), {m_name}});
        return fail(ErrorKind::Unsupported, {messageDef("image.no-manifest"), {m_name}});
    }

    void say(Diagnostic::Severity severity, Message message, const std::string &where)
    {
        if (m_out.diagnostics.size() < 1000)
            m_out.diagnostics.push_back({severity, std::move(message), m_options.sourceIndex, where});
    }

    void planDocker(const Json &manifest)
    {
        for (const Json &entry : manifest) {
            const std::string config = textAt(entry, "Config");
            const Json &layers = memberAt(entry, "Layers");
            if (!entry.is_object() || config.empty() || !layers.is_array()) {
                say(Diagnostic::Severity::Error, {messageDef("image.manifest-invalid"), {"manifest.json"}},
                    "manifest.json");
                continue;
            }
            if (m_out.plans.size() >= m_options.limits.maxIndexEntries)
                return tooLarge();
            ImagePlan plan;
            plan.form = m_out.form;
            plan.names = textsAt(entry, "RepoTags");
            plan.config = dockerBlob(config);
            for (const std::string &layer : textsAt(entry, "Layers"))
                plan.layers.push_back(dockerBlob(layer));
            if (const Json &sources = memberAt(entry, "LayerSources"); sources.is_object())
                plan.layerSources = sources.dump();
            m_out.plans.push_back(std::move(plan));
        }
    }

    /// Docker 25 and later writes both. Its own list counts; the index adds digests, and images that the list lacks.
    void addFromIndex(const std::string &index)
    {
        std::vector<ImagePlan> others;
        m_quiet = true; // platforms whose blobs were never pulled are normal here
        walkIndex(index, others);
        m_quiet = false;
        for (ImagePlan &other : others) {
            const auto known = std::ranges::find_if(m_out.plans, [&](const ImagePlan &plan) {
                return plan.config.digest == other.config.digest && !plan.config.digest.empty();
            });
            if (known == m_out.plans.end()) {
                if (!other.layers.empty() && m_store.contains(other.config.name)) {
                    other.form = m_out.form;
                    m_out.plans.push_back(std::move(other));
                }
                continue;
            }
            if (known->layers.size() != other.layers.size())
                continue; // Docker 25.0.0 wrote manifests without layers (moby 47065)
            known->manifestDigest = other.manifestDigest;
            known->manifest = other.manifest;
            known->config.size = other.config.size;
            if (known->platform.empty())
                known->platform = other.platform;
            for (std::size_t i = 0; i < other.layers.size(); ++i) {
                if (known->layers[i].name == other.layers[i].name)
                    known->layers[i] = other.layers[i];
            }
        }
    }

    void planDir(const std::string &text, const Json &manifest)
    {
        ImagePlan plan;
        plan.manifestDigest = "sha256:" + sha256Hex(text);
        plan.manifest.name = "manifest.json";
        plan.form = m_out.form;
        if (isIndexType(textAt(manifest, "mediaType")) || memberAt(manifest, "manifests").is_array()) {
            walkIndex(text, m_out.plans);
            return;
        }
        if (readManifest(manifest, "manifest.json", plan))
            m_out.plans.push_back(std::move(plan));
    }

    std::string blobName(const std::string &digest) const
    {
        const std::size_t colon = digest.find(':');
        if (m_out.form == "docker-dir")
            return digest.substr(colon + 1);
        return "blobs/" + digest.substr(0, colon) + "/" + digest.substr(colon + 1);
    }

    std::optional<BlobPlan> descriptor(const Json &json)
    {
        BlobPlan blob;
        blob.digest = textAt(json, "digest");
        if (!isDigest(blob.digest)) {
            say(Diagnostic::Severity::Error, {messageDef("image.digest-invalid"), {visible(toUtf8(blob.digest))}},
                visible(toUtf8(blob.digest)));
            return std::nullopt;
        }
        blob.name = blobName(blob.digest);
        blob.size = numberAt(json, "size");
        blob.mediaType = textAt(json, "mediaType");
        const Json &urls = memberAt(json, "urls");
        blob.foreign = urls.is_array() && !urls.empty();
        return blob;
    }

    /// False if it is no image; says why.
    bool readManifest(const Json &manifest, const std::string &name, ImagePlan &plan)
    {
        const Json &layers = memberAt(manifest, "layers");
        if (!layers.is_array() && memberAt(manifest, "fsLayers").is_array()) {
            say(Diagnostic::Severity::Error, {messageDef("image.too-old"), {name}}, name);
            return false;
        }
        const std::string artifact = textAt(manifest, "artifactType");
        const std::string configType = textAt(memberAt(manifest, "config"), "mediaType");
        std::string strange = !artifact.empty() ? artifact : !isImageConfig(configType) ? configType : "";
        if (strange.empty() && textAt(manifest, "mediaType") == "application/vnd.oci.artifact.manifest.v1+json")
            strange = textAt(manifest, "mediaType");
        if (strange.empty() && (!layers.is_array() || !memberAt(manifest, "config").is_object())) {
            say(Diagnostic::Severity::Error, {messageDef("image.manifest-invalid"), {name}}, name);
            return false;
        }
        std::vector<BlobPlan> blobs;
        bool anyFileSystem = layers.empty();
        for (const Json &layer : layers) {
            auto blob = descriptor(layer);
            if (!blob)
                return false;
            const bool fileSystem = isFileSystemLayer(blob->mediaType);
            anyFileSystem = anyFileSystem || fileSystem;
            if (!fileSystem && strange.empty() && !anyFileSystem)
                strange = blob->mediaType;
            blobs.push_back(*std::move(blob));
        }
        if (!strange.empty() && (!anyFileSystem || !isImageConfig(configType) || layers.empty())) {
            say(Diagnostic::Severity::Note, {messageDef("image.artifact-skipped"), {name, visible(toUtf8(strange))}},
                name);
            return false;
        }
        auto config = descriptor(memberAt(manifest, "config"));
        if (!config)
            return false;
        plan.config = *std::move(config);
        plan.layers = std::move(blobs);
        return true;
    }

    void walkIndex(const std::string &text, std::vector<ImagePlan> &plans)
    {
        std::deque<IndexEntry> pending;
        if (!addEntries(parseSmallJson(text), "index.json", {}, pending))
            return;
        std::size_t seen = 0;
        while (!pending.empty()) {
            if (++seen > m_options.limits.maxIndexEntries)
                return tooLarge();
            const IndexEntry entry = std::move(pending.front());
            pending.pop_front();
            follow(entry, pending, plans);
        }
    }

    bool addEntries(
        const Json &index, const std::string &name, const IndexEntry &parent, std::deque<IndexEntry> &pending)
    {
        const Json &manifests = memberAt(index, "manifests");
        if (memberAt(index, "layers").is_array() || memberAt(index, "config").is_object()) {
            say(Diagnostic::Severity::Error, {messageDef("image.manifest-ambiguous"), {name}}, name);
            return false;
        }
        if (!manifests.is_array()) {
            if (!index.is_object() || !manifests.is_null())
                say(Diagnostic::Severity::Error, {messageDef("image.manifest-invalid"), {name}}, name);
            return false;
        }
        std::vector<IndexEntry> entries;
        for (const Json &manifest : manifests) {
            const Json &annotations = memberAt(manifest, "annotations");
            IndexEntry entry;
            entry.digest = textAt(manifest, "digest");
            entry.size = numberAt(manifest, "size");
            entry.mediaType = textAt(manifest, "mediaType");
            entry.names = parent.names;
            std::string given = textAt(annotations, "io.containerd.image.name");
            if (given.empty())
                given = textAt(annotations, "org.opencontainers.image.ref.name");
            if (!given.empty() && std::ranges::find(entry.names, given) == entry.names.end())
                entry.names.push_back(given);
            entry.platform = platformOf(memberAt(manifest, "platform"));
            entry.ancestors = parent.ancestors;
            if (!parent.digest.empty())
                entry.ancestors.push_back(parent.digest);
            const bool attestation = textAt(annotations, "vnd.docker.reference.type") == "attestation-manifest";
            const bool fallback = given.starts_with("sha256-") && isHex64(given.substr(7, 64));
            if (attestation || fallback || entry.platform == "unknown/unknown") {
                say(Diagnostic::Severity::Note,
                    {messageDef("image.artifact-skipped"),
                        {visible(toUtf8(entry.digest)),
                            attestation    ? "attestation-manifest"
                                : fallback ? given
                                           : "unknown/unknown"}},
                    visible(toUtf8(entry.digest)));
                continue;
            }
            if (pending.size() + entries.size() > m_options.limits.maxIndexEntries) {
                tooLarge();
                break;
            }
            entries.push_back(std::move(entry));
        }
        pending.insert(
            pending.begin(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
        return true;
    }

    void follow(const IndexEntry &entry, std::deque<IndexEntry> &pending, std::vector<ImagePlan> &plans)
    {
        const std::string where = visible(toUtf8(entry.digest));
        if (!isDigest(entry.digest))
            return say(Diagnostic::Severity::Error, {messageDef("image.digest-invalid"), {where}}, where);
        if (std::ranges::find(entry.ancestors, entry.digest) != entry.ancestors.end())
            return say(Diagnostic::Severity::Warning, {messageDef("image.index-loop"), {where}}, where);
        const auto known
            = std::ranges::find_if(plans, [&](const ImagePlan &plan) { return plan.manifestDigest == entry.digest; });
        if (known != plans.end()) {
            for (const std::string &name : entry.names) {
                if (std::ranges::find(known->names, name) == known->names.end())
                    known->names.push_back(name);
            }
            return;
        }
        const std::string name = blobName(entry.digest);
        const auto text = m_store.read(name, m_options.limits.maxManifestBytes);
        if (!text) {
            if (!m_quiet)
                say(Diagnostic::Severity::Warning, text.error().message, where);
            return;
        }
        const Json json = parseSmallJson(*text);
        const bool index = isIndexType(entry.mediaType) || memberAt(json, "manifests").is_array();
        if (index) {
            if (entry.ancestors.size() >= m_options.limits.maxIndexDepth)
                return say(Diagnostic::Severity::Warning,
                    {messageDef("image.index-too-deep"), {where, std::to_string(m_options.limits.maxIndexDepth)}},
                    where);
            if (m_followed.insert(entry.digest + "\n" + (entry.names.empty() ? "" : entry.names.back())).second)
                addEntries(json, name, entry, pending);
            return;
        }
        if (!fitsPlatform(entry.platform, m_options.platform)) {
            m_out.sawOtherPlatform = true;
            return say(
                Diagnostic::Severity::Note, {messageDef("image.platform-skipped"), {where, entry.platform}}, where);
        }
        ImagePlan plan;
        plan.names = entry.names;
        plan.platform = entry.platform;
        plan.form = m_out.form;
        plan.manifestDigest = entry.digest;
        plan.manifest.name = name;
        plan.manifest.digest = entry.digest;
        plan.manifest.size = entry.size;
        if (!json.is_object())
            say(Diagnostic::Severity::Error, {messageDef("image.manifest-invalid"), {name}}, where);
        else if (readManifest(json, name, plan))
            plans.push_back(std::move(plan));
    }

    void tooLarge()
    {
        say(Diagnostic::Severity::Warning,
            {messageDef("image.index-too-large"), {m_name, std::to_string(m_options.limits.maxIndexEntries)}}, m_name);
    }

    const BlobStore &m_store;
    const std::string &m_name;
    const ImageReadOptions &m_options;
    ImagePlans m_out;
    bool m_quiet = false;
    std::set<std::string> m_followed; ///< indexes with the name they were reached by: a diamond is walked once
};

} // namespace

bool fitsPlatform(std::string_view platform, std::string_view wanted)
{
    return wanted.empty() || platform.empty() || platform == wanted
        || (platform.starts_with(wanted) && platform[wanted.size()] == '/');
}

Result<ImagePlans> planImages(const BlobStore &store, const std::string &name, const ImageReadOptions &options)
{
    return Planner(store, name, options).plan();
}

} // namespace tally
