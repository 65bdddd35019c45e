// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_reader.h"

#include "core/base/messages_image.h"
#include "core/base/messages_io.h"
#include "core/base/parallel.h"
#include "core/base/text_format.h"
#include "core/image/blob_store.h"
#include "core/image/image_assembly.h"
#include "core/image/image_plan.h"
#include "core/image/json_text.h"
#include "core/io/decompress.h"

#include <algorithm>
#include <map>

namespace tally {

namespace {

/// One blob that some image needs as a layer.
struct LayerJob
{
    BlobStore::Blob blob;
    bool sha512 = false; ///< something names it by that digest
    std::shared_ptr<const LayerScan> scan;
};

using LayerJobs = std::map<std::string, LayerJob>; // by name with links resolved

void addLayerSources(const ImagePlan &plan, ScannedImage &image)
{
    if (plan.layerSources.empty())
        return;
    const Json sources = parseSmallJson(plan.layerSources);
    for (std::size_t i = 0; i < image.plan.layers.size() && i < image.config.diffIds.size(); ++i) {
        BlobPlan &layer = image.plan.layers[i];
        const Json &source = memberAt(sources, image.config.diffIds[i].c_str());
        if (!source.is_object() || layer.size)
            continue;
        if (textAt(source, "digest") == layer.digest) // else the archive holds it repacked
            layer.size = numberAt(source, "size");
        layer.mediaType = textAt(source, "mediaType");
    }
}

class Reader
{
public:
    Reader(const BlobStore &store, std::string name, const ImageReadOptions &options, const RunContext &run)
        : m_store(store)
        , m_name(std::move(name))
        , m_options(options)
        , m_run(run)
    {
    }

    Result<ReadImages> read()
    {
        TALLY_ASSIGN(ImagePlans plans, planImages(m_store, m_name, m_options));
        m_out.form = plans.form;
        for (Diagnostic diagnostic : m_store.diagnostics()) {
            diagnostic.source = m_options.sourceIndex;
            m_out.diagnostics.push_back(std::move(diagnostic));
        }
        std::ranges::move(plans.diagnostics, std::back_inserter(m_out.diagnostics));
        m_out.artifacts = std::move(plans.artifacts);
        for (ImagePlan &plan : plans.plans)
            prepare(std::move(plan));
        TALLY_TRY(scanLayers());
        bool otherPlatform = plans.sawOtherPlatform;
        for (ScannedImage &image : m_images) {
            if (m_run.stopRequested())
                return tl::unexpected(cancelled());
            const std::string &os = image.config.config.os;
            if (!os.empty() && !fitsPlatform(platformOf(image), m_options.platform)) {
                otherPlatform = true;
                continue;
            }
            finish(image);
        }
        if (m_out.images.empty() && otherPlatform)
            return fail(ErrorKind::NotFound, {imageDef("image.platform-missing"), {m_name, m_options.platform}});
        if (m_out.images.empty())
            return fail(ErrorKind::Malformed, {imageDef("image.nothing-readable"), {m_name}}, reasons());
        return std::move(m_out);
    }

private:
    static std::string platformOf(const ScannedImage &image)
    {
        return image.config.config.os + "/" + image.config.config.architecture
            + (image.config.variant.empty() ? "" : "/" + image.config.variant);
    }

    [[nodiscard]] std::string reasons() const
    {
        std::string text;
        for (const Diagnostic &diagnostic : m_out.diagnostics)
            text += std::string(text.empty() ? "" : ", ") + diagnostic.message.def->code + " " + diagnostic.where;
        return text.substr(0, 1000);
    }

    void say(Diagnostic::Severity severity, Message message, const std::string &where)
    {
        m_out.diagnostics.push_back({severity, std::move(message), m_options.sourceIndex, where});
    }

    void prepare(ImagePlan plan)
    {
        ScannedImage image;
        if (plan.legacy) {
            image.config = readImageConfig(plan.legacyConfig);
        } else if (auto config = m_store.read(plan.config.name, m_options.limits.maxManifestBytes)) {
            image.configText = *std::move(config);
            image.config = readImageConfig(image.configText);
        } else {
            say(Diagnostic::Severity::Error, config.error().message, visible(toUtf8(plan.config.name)));
        }
        if (!plan.manifest.name.empty()) {
            if (auto manifest = m_store.read(plan.manifest.name, m_options.limits.maxManifestBytes))
                image.manifestText = *std::move(manifest);
        }
        const bool wanted = image.config.config.os.empty() || [&] {
            return fitsPlatform(image.config.config.os + "/" + image.config.config.architecture
                    + (image.config.variant.empty() ? "" : "/" + image.config.variant),
                m_options.platform);
        }();
        for (std::size_t i = 0; i < plan.layers.size(); ++i) {
            image.blobs.push_back(wanted ? request(plan.layers[i]) : std::string());
            const bool sha512 = i < image.config.diffIds.size() && image.config.diffIds[i].starts_with("sha512:");
            if (sha512 && !image.blobs.back().empty())
                m_jobs.at(image.blobs.back()).sha512 = true;
        }
        image.plan = std::move(plan);
        addLayerSources(image.plan, image);
        m_images.push_back(std::move(image));
    }

    /// Puts a layer on the list of what must be read; "" if it cannot.
    std::string request(const BlobPlan &layer)
    {
        const std::string where = visible(toUtf8(layer.name));
        if (!layer.fileSystem) {
            say(Diagnostic::Severity::Note,
                {imageDef("image.not-a-file-system"), {where, visible(toUtf8(layer.mediaType))}}, where);
            return {};
        }
        auto blob = m_store.find(layer.name);
        if (!blob) {
            if (layer.foreign)
                say(Diagnostic::Severity::Warning, {imageDef("image.foreign-layer"), {where}}, where);
            else
                say(Diagnostic::Severity::Error, blob.error().message, where);
            return {};
        }
        if (!layer.lazyForm.empty())
            say(Diagnostic::Severity::Note, {imageDef("image.lazy-form"), {where, layer.lazyForm}}, where);
        std::string name = blob->name;
        LayerJob &job = m_jobs.try_emplace(name, LayerJob{*std::move(blob), false, nullptr}).first->second;
        job.sha512 = job.sha512 || layer.digest.starts_with("sha512:");
        return name;
    }

    Result<> scanLayers()
    {
        std::vector<LayerJob *> jobs;
        ScanProgress progress{m_run, {imageDef("image.reading-layers"), {m_name}}, 0};
        for (auto &[name, job] : m_jobs) {
            job.scan = job.blob.scan;
            if (job.scan)
                continue;
            jobs.push_back(&job);
            progress.total += job.blob.size;
        }
        // big ones first: with the largest last one core would wait
        std::ranges::stable_sort(
            jobs, [](const LayerJob *a, const LayerJob *b) { return a->blob.size > b->blob.size; });
        parallelFor(jobs.size(), [&](std::size_t i) {
            const BlobStore::Blob &blob = jobs[i]->blob;
            if (!m_run.stopRequested())
                jobs[i]->scan = std::make_shared<LayerScan>(scanLayer(readBlocks(blob.source), blob.size,
                    visible(toUtf8(blob.name)), m_options.limits, progress, jobs[i]->sha512));
        });
        if (m_run.stopRequested())
            return tl::unexpected(cancelled());
        return {};
    }

    void finish(ScannedImage &image)
    {
        bool anything = image.config.valid;
        for (const std::string &blob : image.blobs) {
            image.layers.push_back(blob.empty() ? nullptr : m_jobs.at(blob).scan);
            auto &scan = image.layers.back();
            if (scan && scan->files.size() > m_options.limits.maxArchiveEntries - m_rows) {
                say(Diagnostic::Severity::Error,
                    {imageDef("image.too-many-rows"),
                        {visible(toUtf8(blob)), std::to_string(m_options.limits.maxArchiveEntries)}},
                    visible(toUtf8(blob)));
                scan = nullptr;
            }
            m_rows += scan ? scan->files.size() : 0;
            anything = anything || (scan && (!scan->error || !scan->files.empty()));
        }
        if (anything) {
            m_out.images.push_back(assembleImage(image, m_options, m_out.diagnostics));
            return;
        }
        for (const auto &scan : image.layers) {
            if (scan && scan->error)
                say(Diagnostic::Severity::Error, scan->error->message, m_name);
        }
        const std::string name = image.plan.names.empty() ? image.plan.manifestDigest : image.plan.names.front();
        say(Diagnostic::Severity::Error, {imageDef("image.nothing-readable"), {visible(toUtf8(name))}}, m_name);
    }

    const BlobStore &m_store;
    std::string m_name;
    const ImageReadOptions &m_options;
    const RunContext &m_run;
    ReadImages m_out;
    std::vector<ScannedImage> m_images;
    LayerJobs m_jobs;
    std::uint64_t m_rows = 0; ///< of all images: a layer counts each time it is named
};

/// Names by which an image is recognised, and those that only images have, so that the walk can end.
bool isImageMember(const std::string &name)
{
    if (name == "manifest.json" || name == "oci-layout" || name == "repositories" || name.starts_with("blobs/sha256/"))
        return true;
    const auto hex = [](std::string_view text) {
        return text.size() >= 64 && text.substr(0, 64).find_first_not_of("0123456789abcdef") == std::string_view::npos;
    };
    const std::string_view rest
        = std::string_view(name).starts_with("sha256:") ? std::string_view(name).substr(7) : name;
    return hex(rest);
}

/// The same one folder down, where "manifest.json" and "repositories" could be anything's.
bool isImageMemberInFolder(const std::string &name)
{
    const std::size_t slash = name.find('/');
    const std::string rest = slash == std::string::npos ? std::string() : name.substr(slash + 1);
    return rest != "manifest.json" && rest != "repositories" && isImageMember(rest);
}

} // namespace

Result<ReadImages> readImages(
    const ByteSourcePtr &source, const std::string &name, const ImageReadOptions &options, const RunContext &run)
{
    auto store = BlobStore::ofArchive(source, name, options.limits, run);
    if (!store && store.error().message.def == ioDef("archive.unsupported"))
        return fail(ErrorKind::Unsupported, {imageDef("image.not-an-image"), store.error().message.args});
    if (!store)
        return tl::unexpected(std::move(store).error());
    return Reader(*store, name, options, run).read();
}

Result<ReadImages> readImages(const std::filesystem::path &path, const ImageReadOptions &options, const RunContext &run)
{
    std::error_code error;
    const std::string name = visible(toUtf8(path.filename().string()));
    if (std::filesystem::is_directory(path, error)) {
        const BlobStore store = BlobStore::ofFolder(path, options.limits);
        return Reader(store, name.empty() ? visible(toUtf8(path.string())) : name, options, run).read();
    }
    TALLY_ASSIGN(const ByteSourcePtr source, openFile(path, options.limits));
    return readImages(source, name, options, run);
}

bool looksLikeImage(const std::filesystem::path &path, const Limits &limits)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        const BlobStore store = BlobStore::ofFolder(path, limits);
        if (store.contains("oci-layout") || store.contains("repositories"))
            return true;
        if (store.contains("index.json")) {
            const auto index = store.read("index.json", limits.maxManifestBytes);
            return index && memberAt(parseSmallJson(*index), "manifests").is_array();
        }
        const auto manifest = store.read("manifest.json", limits.maxManifestBytes);
        if (!manifest)
            return false;
        const Json json = parseSmallJson(*manifest);
        return json.is_array() || memberAt(json, "schemaVersion").is_number();
    }
    auto archive = Archive::open(path, limits);
    if (!archive || archive->format() != FileType::Tar)
        return false;
    ArchiveMember member;
    bool etc = false;
    bool programs = false;
    for (int i = 0; i < 10'000; ++i) {
        const auto more = archive->next(member);
        if (!more || !*more)
            break;
        const std::string name = cleanPath(member.name);
        if (isImageMember(name) || isImageMemberInFolder(name))
            return true;
        etc = etc || name.starts_with("etc/");
        programs = programs || name.starts_with("usr/bin") || name == "bin" || name.starts_with("bin/");
    }
    return etc && programs;
}

bool describesImage(std::string_view text)
{
    constexpr std::size_t mostBytes = 4U << 20; // the specification's advice for manifests
    const std::size_t begin = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (begin == std::string_view::npos || (text[begin] != '{' && text[begin] != '[') || text.size() > mostBytes)
        return false;
    const Json json = parseSmallJson(text);
    const auto hasAll = [](const Json &object, std::initializer_list<const char *> keys) {
        return object.is_object() && std::ranges::all_of(keys, [&](const char *key) { return object.contains(key); });
    };
    if (json.is_array())
        return !json.empty() && hasAll(json.front(), {"Config", "Layers"});
    return hasAll(json, {"imageLayoutVersion"}) || hasAll(json, {"schemaVersion", "manifests"})
        || hasAll(json, {"schemaVersion", "layers"}) || hasAll(json, {"schemaVersion", "fsLayers"})
        || hasAll(json, {"rootfs", "architecture"});
}

} // namespace tally
