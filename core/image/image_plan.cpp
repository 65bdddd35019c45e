// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_plan.h"

#include "core/base/ascii.h"
#include "core/base/messages_image.h"
#include "core/base/messages_io.h"
#include "core/base/text_format.h"
#include "core/image/image_artifacts.h"
#include "core/image/image_config.h"
#include "core/image/json_text.h"
#include "core/image/legacy_plan.h"
#include "core/image/signature.h"
#include "core/io/digest.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace tally {

namespace {

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

std::string platformOf(const Json &platform)
{
    const std::string os = textAt(platform, "os");
    const std::string architecture = textAt(platform, "architecture");
    if (os.empty() && architecture.empty())
        return {};
    const std::string variant = textAt(platform, "variant");
    return os + "/" + architecture + (variant.empty() ? "" : "/" + variant);
}

constexpr std::uint64_t maxSignatureBytes = 64U << 20; ///< of all signatures and signed statements together
constexpr std::size_t maxReferrers = 1000;
constexpr std::size_t maxLayers = 2000; ///< Docker itself stops at 127; a manifest could name one a million times

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
        } else if (!manifest && manifest.error().kind == ErrorKind::NotFound && m_store.contains("repositories")) {
            m_out.form = folder ? "docker-folder" : "docker-archive";
            planLegacyImages(m_store, m_name, m_options, m_out);
        } else if (index.error().kind == ErrorKind::LimitExceeded) {
            return tl::unexpected(index.error());
        } else {
            return refuse(manifest);
        }
        if (m_out.plans.empty() && m_out.sawOtherPlatform)
            return fail(ErrorKind::NotFound, {imageDef("image.platform-missing"), {m_name, m_options.platform}});
        if (m_out.plans.empty()) {
            for (const Diagnostic &diagnostic : m_out.diagnostics) {
                if (diagnostic.message.def == imageDef("image.blob-missing"))
                    return fail(ErrorKind::Malformed,
                        {imageDef("image.manifest-missing"), {m_name, diagnostic.message.args[0]}});
            }
            // what kept it from being one says more than that there is none
            for (const auto severity : {Diagnostic::Severity::Error, Diagnostic::Severity::Warning}) {
                const auto why = std::ranges::find(m_out.diagnostics, severity, &Diagnostic::severity);
                if (why != m_out.diagnostics.end())
                    return fail(ErrorKind::Malformed, why->message);
            }
            return fail(ErrorKind::Unsupported, {imageDef("image.no-image-inside"), {m_name}});
        }
        for (ImagePlan &plan : m_out.plans) {
            std::ranges::copy_if(
                m_out.artifacts, std::back_inserter(plan.artifacts), [&](const ImageArtifact &artifact) {
                    return !artifact.subject.empty()
                        && (artifact.subject == plan.manifestDigest
                            || std::ranges::find(plan.ancestors, artifact.subject) != plan.ancestors.end());
                });
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
        std::vector<BlobVerdict> verdicts;  ///< on them
        std::map<std::string, std::string> annotations;
    };

    Result<ImagePlans> refuse(const Result<std::string> &manifest)
    {
        if (manifest)
            return fail(ErrorKind::Malformed, {imageDef("image.manifest-invalid"), {m_name + "/manifest.json"}});
        if (manifest.error().kind == ErrorKind::LimitExceeded)
            return tl::unexpected(manifest.error());
        const auto &names = m_store.names();
        if (!m_store.diagnostics().empty() && !names.empty()) { // broke off
            const Message &why = m_store.diagnostics().front().message;
            if (why.def != ioDef("tar.truncated") && why.def != ioDef("compression.truncated"))
                return fail(ErrorKind::Malformed, why);
            return fail(ErrorKind::Malformed,
                {imageDef("image.cut-off"),
                    {m_name, visible(toUtf8(names.back())), std::to_string(m_store.archiveBytes())}});
        }
        const auto has = [&](std::string_view folder) {
            return std::ranges::any_of(names, [&](const std::string &name) {
                return name.starts_with(folder) && (name.size() == folder.size() || name[folder.size()] == '/');
            });
        };
        const bool folder = m_store.contains("etc/passwd") || m_store.contains("etc/os-release");
        if (folder || (has("etc") && (has("usr") || has("bin"))))
            return fail(ErrorKind::Unsupported, {imageDef("image.is-root-file-system"), {m_name}});
        return fail(ErrorKind::Unsupported, {imageDef("image.no-manifest"), {m_name}});
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
                say(Diagnostic::Severity::Error, {imageDef("image.manifest-invalid"), {"manifest.json"}},
                    "manifest.json");
                continue;
            }
            if (m_out.plans.size() >= m_options.limits.maxIndexEntries)
                return tooLarge();
            if (!fewLayers(layers, "manifest.json"))
                continue;
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
            known->annotations = other.annotations;
            known->ancestors = other.ancestors;
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
        if (readManifest(manifest, "manifest.json", plan)) {
            readDirSignatures(plan.manifestDigest);
            m_out.plans.push_back(std::move(plan));
        }
    }

    /// "signature-1" ... beside the manifest (containers/image internal/signature): those of cosign begin with a NUL,
    /// the name of the format and a line feed, all others are of GPG.
    void readDirSignatures(const std::string &manifestDigest)
    {
        constexpr std::string_view magic("\0sigstore-json\n", 15);
        for (std::size_t i = 1; i <= maxSignatures; ++i) {
            const auto text = m_store.read("signature-" + std::to_string(i), m_options.limits.maxManifestBytes);
            if (!text)
                return;
            ImageArtifact artifact{"sha256:" + sha256Hex(*text), "signature", "GPG", manifestDigest};
            if (text->starts_with(magic)) {
                const std::string_view stored = std::string_view(*text).substr(magic.size());
                artifact.type = visible(toUtf8(textAt(parseSmallJson(stored), "mimeType")));
                artifact.signatures = readStoredSigning(stored);
                takeKindOfStatements(artifact);
            }
            m_out.artifacts.push_back(std::move(artifact));
        }
    }

    [[nodiscard]] std::string blobName(const std::string &digest) const
    {
        const std::size_t colon = digest.find(':');
        if (m_out.form == "docker-dir") // containers/image directory_transport.go
            return digest.starts_with("sha256:") ? digest.substr(colon + 1)
                                                 : digest.substr(0, colon) + "-" + digest.substr(colon + 1);
        return "blobs/" + digest.substr(0, colon) + "/" + digest.substr(colon + 1);
    }

    /// Folders of skopeo with several platforms keep each manifest under a name of its own.
    [[nodiscard]] std::string manifestName(const std::string &digest) const
    {
        const std::string name = blobName(digest);
        return m_out.form == "docker-dir" && m_store.contains(name + ".manifest.json") ? name + ".manifest.json" : name;
    }

    std::optional<BlobPlan> descriptor(const Json &json)
    {
        BlobPlan blob;
        blob.digest = textAt(json, "digest");
        if (!isDigest(blob.digest)) {
            say(Diagnostic::Severity::Error, {imageDef("image.digest-invalid"), {visible(toUtf8(blob.digest))}},
                visible(toUtf8(blob.digest)));
            return std::nullopt;
        }
        blob.name = blobName(blob.digest);
        blob.size = numberAt(json, "size");
        if (!blob.size && !memberAt(json, "size").is_null()) { // negative: umoci and others once believed it
            say(Diagnostic::Severity::Error, {imageDef("image.manifest-invalid"), {blob.name}}, blob.name);
            return std::nullopt;
        }
        blob.mediaType = textAt(json, "mediaType");
        const Json &urls = memberAt(json, "urls");
        blob.foreign = urls.is_array() && !urls.empty();
        blob.fileSystem = isFileSystemLayer(json);
        const Json &annotations = memberAt(json, "annotations");
        if (!memberAt(annotations, "io.github.containers.zstd-chunked.manifest-checksum").is_null())
            blob.lazyForm = "zstd:chunked";
        else if (!memberAt(annotations, "containerd.io/snapshot/stargz/toc.digest").is_null())
            blob.lazyForm = "eStargz";
        return blob;
    }

    /// False if it is no image; says why.
    bool readManifest(const Json &manifest, const std::string &name, ImagePlan &plan)
    {
        const Json &layers = memberAt(manifest, "layers");
        if (!layers.is_array() && memberAt(manifest, "fsLayers").is_array()) {
            say(Diagnostic::Severity::Error, {imageDef("image.too-old"), {name}}, name);
            return false;
        }
        const bool artifact = isArtifact(manifest);
        const bool noLayers = layers.is_null() && m_quiet; // Docker 25.0.0 (moby 47065)
        if (!artifact && ((!layers.is_array() && !noLayers) || !memberAt(manifest, "config").is_object())) {
            say(Diagnostic::Severity::Error, {imageDef("image.manifest-invalid"), {name}}, name);
            return false;
        }
        if (artifact) {
            listArtifact({plan.manifestDigest, {}, {}, {}}, &manifest);
            return false;
        }
        if (!fewLayers(layers, name))
            return false;
        for (const Json &layer : layers) {
            auto blob = descriptor(layer);
            if (!blob)
                return false;
            plan.layers.push_back(*std::move(blob));
        }
        auto config = descriptor(memberAt(manifest, "config"));
        if (!config)
            return false;
        addAnnotations(memberAt(manifest, "annotations"), plan.annotations);
        plan.config = *std::move(config);
        return true;
    }

    bool fewLayers(const Json &layers, const std::string &name)
    {
        if (layers.size() > maxLayers)
            say(Diagnostic::Severity::Error,
                {imageDef("image.too-many-layers"), {name, std::to_string(layers.size()), std::to_string(maxLayers)}},
                name);
        return layers.size() <= maxLayers;
    }

    static bool isArtifact(const Json &manifest)
    {
        const std::string type = textAt(manifest, "mediaType");
        const std::string config = textAt(memberAt(manifest, "config"), "mediaType");
        if (type == "application/vnd.oci.artifact.manifest.v1+json" || !isImageConfig(config))
            return true;
        const Json &layers = memberAt(manifest, "layers");
        const bool any = layers.is_array() && !layers.empty();
        const bool files = any && std::ranges::any_of(layers, isFileSystemLayer);
        return !files && (any || !textAt(manifest, "artifactType").empty());
    }

    /// What is no image is listed, so that nobody misses it. `manifest`: read already.
    void listArtifact(ImageArtifact artifact, const Json *manifest = nullptr)
    {
        Json read;
        if (!manifest && isDigest(artifact.digest)) {
            if (const auto text = m_store.read(manifestName(artifact.digest), m_options.limits.maxManifestBytes))
                read = parseSmallJson(*text);
            manifest = &read;
        }
        if (manifest) {
            describeArtifact(*manifest, artifact);
            const Json &layers = memberAt(*manifest, "layers");
            for (std::size_t i = 0; layers.is_array() && i < std::min(layers.size(), maxSignatures); ++i)
                readSignatures(layers[i], artifact);
            takeKindOfStatements(artifact);
        }
        const std::string where = visible(toUtf8(artifact.digest));
        say(Diagnostic::Severity::Note,
            {imageDef("image.artifact-skipped"), {where, artifact.type.empty() ? artifact.kind : artifact.type}},
            where);
        if (m_out.artifacts.size() < m_options.limits.maxIndexEntries)
            m_out.artifacts.push_back(std::move(artifact));
    }

    /// The signatures in one layer of an artifact, and what they say that it belongs to.
    void readSignatures(const Json &layer, ImageArtifact &artifact)
    {
        const std::string type = textAt(layer, "mediaType");
        const bool simple = type == "application/vnd.dev.cosign.simplesigning.v1+json";
        const bool bundle = type.starts_with("application/vnd.dev.sigstore.bundle")
            || type == "application/vnd.dsse.envelope.v1+json";
        const std::string digest = textAt(layer, "digest");
        if ((!simple && !bundle) || !isDigest(digest) || m_signatureBytes >= maxSignatureBytes)
            return;
        const auto text = m_store.read(blobName(digest), simple ? maxSignedMessage : m_options.limits.maxManifestBytes);
        if (!text)
            return;
        m_signatureBytes += text->size();
        if (artifact.subject.empty() && simple)
            artifact.subject = subjectOfPayload(*text);
        const Json &annotations = memberAt(layer, "annotations");
        std::vector<SignatureClaim> claims = bundle
            ? readSignatureBundle(*text)
            : readSimpleSigning(*text, textAt(annotations, "dev.cosignproject.cosign/signature"),
                !textAt(annotations, "dev.sigstore.cosign/certificate").empty());
        for (SignatureClaim &claim : claims) {
            if (artifact.subject.empty() && claim.subjects.size() == 1)
                artifact.subject = claim.subjects.front();
            if (artifact.signatures.size() < maxSignatures)
                artifact.signatures.push_back(std::move(claim));
        }
    }

    /// A bundle may hold a signature or a signed statement of any kind: its content tells.
    static void takeKindOfStatements(ImageArtifact &artifact)
    {
        for (const SignatureClaim &claim : artifact.signatures) {
            if (claim.predicate.empty())
                continue;
            const std::string kind = kindOfType(claim.predicate);
            artifact.kind = kind.empty() ? "attestation" : kind;
            if (artifact.type.find(claim.predicate) == std::string::npos)
                artifact.type += ", " + claim.predicate;
            return;
        }
    }

    /// Those that are not known from nearer.
    static void addAnnotations(const Json &json, std::map<std::string, std::string> &annotations)
    {
        constexpr std::size_t mostAnnotations = 200;
        constexpr std::size_t mostBytes = 4096;
        if (!json.is_object())
            return;
        for (const auto &[name, value] : json.items()) {
            const bool naming = name == "org.opencontainers.image.ref.name" || name == "io.containerd.image.name";
            if (!naming && value.is_string() && annotations.size() < mostAnnotations && name.size() <= mostBytes
                && value.get_ref<const std::string &>().size() <= mostBytes)
                annotations.try_emplace(name, maskedLabel(name, value.get<std::string>()));
        }
    }

    /// An entry of an index that says itself that it is no image.
    bool takeArtifact(const Json &entry, const std::string &tag)
    {
        const Json &annotations = memberAt(entry, "annotations");
        ImageArtifact artifact{textAt(entry, "digest"), {}, textAt(entry, "artifactType"), {}};
        artifact.subject = subjectOfTag(tag, artifact.kind);
        const std::string cosign = textAt(annotations, "kind");
        if (!artifact.subject.empty() && artifact.kind.empty()) { // the fallback tag leads to a list
            const auto text = isDigest(artifact.digest)
                ? m_store.read(manifestName(artifact.digest), m_options.limits.maxManifestBytes)
                : Result<std::string>(std::string());
            const Json list = text ? parseSmallJson(*text) : Json();
            const Json &manifests = memberAt(list, "manifests");
            for (std::size_t i = 0; manifests.is_array() && i < manifests.size() && i < maxReferrers; ++i)
                listArtifact(
                    {textAt(manifests[i], "digest"), {}, textAt(manifests[i], "artifactType"), artifact.subject});
            return true;
        }
        if (textAt(annotations, "vnd.docker.reference.type") == "attestation-manifest") {
            artifact.kind = "attestation";
            artifact.subject = textAt(annotations, "vnd.docker.reference.digest");
        } else if (cosign == "dev.cosignproject.cosign/sigs") {
            artifact.kind = "signature";
        } else if (cosign == "dev.cosignproject.cosign/atts") {
            artifact.kind = "attestation";
        } else if (artifact.subject.empty() && platformOf(memberAt(entry, "platform")) != "unknown/unknown") {
            return false;
        }
        listArtifact(std::move(artifact));
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
            say(Diagnostic::Severity::Error, {imageDef("image.manifest-ambiguous"), {name}}, name);
            return false;
        }
        if (!manifests.is_array()) {
            if (!index.is_object() || !manifests.is_null())
                say(Diagnostic::Severity::Error, {imageDef("image.manifest-invalid"), {name}}, name);
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
            if (takeArtifact(manifest, given))
                continue;
            entry.verdicts = parent.verdicts;
            addAnnotations(annotations, entry.annotations);
            addAnnotations(memberAt(index, "annotations"), entry.annotations);
            entry.annotations.insert(parent.annotations.begin(), parent.annotations.end());
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
            return say(Diagnostic::Severity::Error, {imageDef("image.digest-invalid"), {where}}, where);
        if (std::ranges::find(entry.ancestors, entry.digest) != entry.ancestors.end())
            return say(Diagnostic::Severity::Warning, {imageDef("image.index-loop"), {where}}, where);
        const auto known
            = std::ranges::find_if(plans, [&](const ImagePlan &plan) { return plan.manifestDigest == entry.digest; });
        if (known != plans.end()) {
            for (const std::string &name : entry.names) {
                if (std::ranges::find(known->names, name) == known->names.end())
                    known->names.push_back(name);
            }
            known->annotations.insert(entry.annotations.begin(), entry.annotations.end());
            known->ancestors.insert(known->ancestors.end(), entry.ancestors.begin(), entry.ancestors.end());
            return;
        }
        const std::string name = manifestName(entry.digest);
        const auto text = m_store.read(name, m_options.limits.maxManifestBytes);
        if (!text) {
            if (!m_quiet)
                say(Diagnostic::Severity::Warning, text.error().message, where);
            return;
        }
        const Json json = parseSmallJson(*text);
        const std::string type = textAt(json, "mediaType");
        if ((isIndexType(type) && isManifestType(entry.mediaType))
            || (isManifestType(type) && isIndexType(entry.mediaType)))
            return say(Diagnostic::Severity::Error, {imageDef("image.manifest-ambiguous"), {name}}, where);
        if (isIndexType(entry.mediaType) || isIndexType(type) || memberAt(json, "manifests").is_array())
            return followIndex(entry, json, *text, pending);
        if (!fitsPlatform(entry.platform, m_options.platform)) {
            m_out.sawOtherPlatform = true;
            return say(
                Diagnostic::Severity::Note, {imageDef("image.platform-skipped"), {where, entry.platform}}, where);
        }
        ImagePlan plan;
        plan.indexes = entry.verdicts;
        plan.names = entry.names;
        plan.platform = entry.platform;
        plan.form = m_out.form;
        plan.manifestDigest = entry.digest;
        plan.manifest.name = name;
        plan.manifest.digest = entry.digest;
        plan.manifest.size = entry.size;
        if (!json.is_object())
            say(Diagnostic::Severity::Error, {imageDef("image.manifest-invalid"), {name}}, where);
        else if (readManifest(json, name, plan)) {
            plan.annotations.insert(entry.annotations.begin(), entry.annotations.end());
            plan.ancestors = entry.ancestors;
            plans.push_back(std::move(plan));
        }
    }

    void followIndex(
        const IndexEntry &entry, const Json &json, const std::string &text, std::deque<IndexEntry> &pending)
    {
        const std::string where = visible(toUtf8(entry.digest));
        if (entry.ancestors.size() >= m_options.limits.maxIndexDepth)
            return say(Diagnostic::Severity::Warning,
                {imageDef("image.index-too-deep"), {where, std::to_string(m_options.limits.maxIndexDepth)}}, where);
        if (!m_followed.insert(entry.digest + "\n" + (entry.names.empty() ? "" : entry.names.back())).second)
            return;
        IndexEntry parent = entry;
        BlobPlan plan;
        plan.name = manifestName(entry.digest);
        plan.digest = entry.digest;
        plan.size = entry.size;
        for (BlobVerdict &verdict : judgeSmallBlob(plan, text, "digest", "blob-digest-mismatch")) {
            if (verdict.state == VerdictState::Wrong)
                say(Diagnostic::Severity::Error, *verdict.reason, where);
            parent.verdicts.push_back(std::move(verdict));
        }
        addEntries(json, plan.name, parent, pending);
    }

    void tooLarge()
    {
        say(Diagnostic::Severity::Warning,
            {imageDef("image.index-too-large"), {m_name, std::to_string(m_options.limits.maxIndexEntries)}}, m_name);
    }

    const BlobStore &m_store;
    const std::string &m_name;
    const ImageReadOptions &m_options;
    ImagePlans m_out;
    bool m_quiet = false;
    std::uint64_t m_signatureBytes = 0; ///< read so far
    std::set<std::string> m_followed;   ///< indexes with the name they were reached by: a diamond is walked once
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
