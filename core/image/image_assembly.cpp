// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_assembly.h"

#include "core/base/messages_image.h"
#include "core/base/text_format.h"
#include "core/image/dive_efficiency.h"
#include "core/image/image_artifacts.h"
#include "core/image/inventory.h"
#include "core/image/json_text.h"
#include "core/image/layer_stack.h"
#include "core/io/digest.h"

#include <algorithm>
#include <set>

namespace tally {

namespace {

std::string compressionName(FileType type)
{
    return isCompression(type) ? std::string(fileTypeName(type)) : "none";
}

class Assembler
{
public:
    Assembler(const ScannedImage &scanned, const ImageReadOptions &options, std::vector<Diagnostic> &diagnostics)
        : m_in(scanned)
        , m_options(options)
        , m_diagnostics(diagnostics)
        , m_image(std::make_shared<Image>())
    {
    }

    ImagePtr assemble()
    {
        takeHead();
        for (std::size_t i = 0; i < m_in.plan.layers.size(); ++i)
            takeLayer(i);
        verifyCount();
        takeCommands();
        stack();
        return m_image;
    }

private:
    void takeHead()
    {
        Image &image = *m_image;
        image.names = m_in.plan.names;
        image.form = m_in.plan.form;
        image.source = m_options.sourceIndex;
        image.manifestDigest = m_in.plan.manifestDigest;
        image.config = m_in.config.config;
        image.configJson = m_in.config.json;
        image.history = m_in.config.history;
        image.risks = m_in.config.risks;
        image.platform = m_in.plan.platform;
        image.verdicts = m_in.plan.indexes;
        image.artifacts = m_in.plan.artifacts;
        image.mayCarryArtifacts = image.form.starts_with("oci-");
        image.annotations = m_in.plan.annotations;
        if (!image.config.os.empty()) {
            image.platform = image.config.os + "/" + image.config.architecture;
            if (!m_in.config.variant.empty())
                image.platform += "/" + m_in.config.variant;
        }
        image.configDigest = m_in.configText.empty() ? m_in.plan.config.digest : "sha256:" + sha256Hex(m_in.configText);
        if (!m_in.plan.manifest.digest.empty())
            take(judgeSmallBlob(m_in.plan.manifest, m_in.manifestText, "digest", "blob-digest-mismatch"));
        if (m_in.plan.legacy)
            unknown(m_in.plan.config.name, "config", {imageDef("image.legacy-no-digest"), {m_in.plan.config.name}});
        else
            take(judgeSmallBlob(m_in.plan.config, m_in.configText, "config", "config-digest-mismatch"));
        image.configRead = m_in.config.valid;
        sayIfTwice(m_in.plan.config.name, m_in.configText);
        sayIfTwice(m_in.plan.manifest.name, m_in.manifestText);
        if (!m_in.configText.empty() && !m_in.config.valid)
            say(Diagnostic::Severity::Error, {imageDef("image.config-invalid"), {m_in.plan.config.name}},
                m_in.plan.config.name);
    }

    void say(Diagnostic::Severity severity, Message message, const std::string &where)
    {
        m_diagnostics.push_back({severity, std::move(message), m_options.sourceIndex, where});
    }
    void sayIfTwice(const std::string &name, const std::string &text)
    {
        if (const std::string key = keyGivenTwice(text); !key.empty())
            say(Diagnostic::Severity::Warning, {imageDef("image.key-twice"), {name, visible(toUtf8(key))}}, name);
    }
    void verified(const std::string &blob, const char *check)
    {
        m_image->verdicts.push_back({blob, check, VerdictState::Verified, std::nullopt});
    }
    void wrong(const std::string &blob, const char *check, Message message)
    {
        m_image->verdicts.push_back({blob, check, VerdictState::Wrong, message});
        say(Diagnostic::Severity::Error, std::move(message), blob);
    }
    void unknown(const std::string &blob, const char *check, Message reason)
    {
        m_image->verdicts.push_back({blob, check, VerdictState::NotVerifiable, std::move(reason)});
    }

    /// Says what is wrong; false if anything is.
    bool take(std::vector<BlobVerdict> verdicts)
    {
        bool good = true;
        for (BlobVerdict &verdict : verdicts) {
            if (verdict.state == VerdictState::Wrong) {
                good = false;
                say(Diagnostic::Severity::Error, *verdict.reason, verdict.blob);
            }
            m_image->verdicts.push_back(std::move(verdict));
        }
        return good;
    }

    bool verifySize(const BlobPlan &plan, std::uint64_t size)
    {
        std::vector<BlobVerdict> verdicts;
        judgeSize(plan, size, verdicts);
        return take(std::move(verdicts));
    }

    void takeLayer(std::size_t index)
    {
        const BlobPlan &plan = m_in.plan.layers[index];
        Layer layer;
        layer.mediaType = plan.mediaType;
        layer.digest = plan.digest;
        layer.blob = m_in.blobs[index];
        const LayerScan *scan = m_in.layers[index].get();
        const std::string &blob = plan.digest.empty() ? plan.name : plan.digest;
        if (!scan) {
            layer.readToEnd = false;
            unknown(blob, "digest", {imageDef("image.not-read"), {plan.name}});
            m_image->layers.push_back(std::move(layer));
            m_contents.push_back(&m_none);
            m_scans.push_back(&m_noScan);
            return;
        }
        layer.digest = scan->digest;
        layer.diffId = scan->diffId;
        layer.compression = compressionName(scan->type);
        layer.compressedBytes = scan->compressedBytes;
        layer.bytes = scan->bytes;
        layer.readToEnd = !scan->error;
        copyRows(*scan, layer);
        verifyLayer(index, plan, *scan, blob, layer);
        m_image->layers.push_back(std::move(layer));
        m_contents.push_back(&scan->contents);
        m_scans.push_back(scan);
        for (Diagnostic diagnostic : scan->diagnostics) {
            if (!plan.lazyForm.empty() && diagnostic.message.def == imageDef("image.lazy-form"))
                continue; // said already: the manifest says it too
            diagnostic.source = m_options.sourceIndex;
            m_diagnostics.push_back(std::move(diagnostic));
        }
        if (scan->error)
            say(Diagnostic::Severity::Error, scan->error->message, plan.name);
    }

    void copyRows(const LayerScan &scan, Layer &layer) // and what belongs to them
    {
        std::vector<StringId> ids;
        ids.reserve(scan.strings.size());
        for (std::uint32_t i = 0; i < scan.strings.size(); ++i)
            ids.push_back(m_image->strings.intern(scan.strings.view(StringId{i})));
        layer.files = scan.files;
        for (FileEntry &entry : layer.files) {
            entry.path = ids[entry.path.value];
            entry.link = ids[entry.link.value];
        }
        layer.attributes = scan.attributes;
        for (EntryAttribute &attribute : layer.attributes) {
            attribute.name = ids[attribute.name.value];
            attribute.value = ids[attribute.value.value];
        }
        layer.contents = scan.contents;
    }

    void verifyLayer(
        std::size_t index, const BlobPlan &plan, const LayerScan &scan, const std::string &blob, Layer &layer)
    {
        bool contentVerified = false;
        bool anyWrong = false;
        const std::string &expected = plan.digest.empty() && plan.maybe == scan.digest ? plan.maybe : plan.digest;
        const std::string &actual = expected.starts_with("sha512:") ? scan.digest512 : scan.digest;
        if (expected.empty()) {
            unknown(blob, "digest", {imageDef("image.no-digest-known"), {plan.name}});
        } else if (actual.empty() || (!expected.starts_with("sha256:") && !expected.starts_with("sha512:"))) {
            unknown(blob, "digest", {imageDef("image.algorithm-unknown"), {plan.name, expected}});
        } else if (expected != actual) {
            anyWrong = true;
            wrong(blob, "digest", {imageDef("blob-digest-mismatch"), {plan.name, expected, actual}});
        } else {
            layer.digest = actual;
            verified(blob, "digest");
        }
        anyWrong = !verifySize(plan, scan.compressedBytes) || anyWrong;
        const bool known = index < m_in.config.diffIds.size();
        const std::string diffId = known ? m_in.config.diffIds[index] : std::string();
        const std::string &unpacked = diffId.starts_with("sha512:") ? scan.diffId512 : scan.diffId;
        if (!known) {
            unknown(blob, "diffId", {imageDef("image.no-diff-id"), {plan.name}});
        } else if (unpacked.empty()) {
            unknown(blob, "diffId", {imageDef("image.not-read"), {plan.name}});
        } else if (unpacked != diffId) {
            anyWrong = true;
            wrong(blob, "diffId", {imageDef("diffid-mismatch"), {plan.name, diffId, unpacked}});
        } else {
            contentVerified = true;
            layer.diffId = unpacked;
            verified(blob, "diffId");
        }
        if (anyWrong)
            layer.verified = false;
        else if (contentVerified)
            layer.verified = true;
    }

    void verifyCount()
    {
        if (!m_in.config.valid || m_in.plan.legacy)
            return;
        const std::size_t layers = m_in.plan.layers.size();
        const auto history
            = static_cast<std::size_t>(std::ranges::count(m_in.config.history, false, &HistoryEntry::emptyLayer));
        const std::string blob = m_image->configDigest;
        const bool same = layers == m_in.config.diffIds.size()
            && (m_in.config.history.empty() || history == layers); // the history is optional
        if (same)
            return verified(blob, "count");
        wrong(blob, "count",
            {imageDef("layer-count-mismatch"),
                {m_image->displayName(), std::to_string(layers), std::to_string(m_in.config.diffIds.size()),
                    std::to_string(history)}});
    }

    /// The n-th layer takes the n-th history entry that made a layer (as dive does).
    void takeCommands()
    {
        constexpr std::string_view shell = "/bin/sh -c ";
        std::size_t layer = 0;
        std::vector<std::size_t> layerOfEntry;
        for (const HistoryEntry &entry : m_image->history) {
            layerOfEntry.push_back(std::min(layer, std::max<std::size_t>(m_image->layers.size(), 1) - 1));
            if (entry.emptyLayer || layer >= m_image->layers.size())
                continue;
            std::string command = entry.createdBy;
            if (command.starts_with(shell))
                command.erase(0, shell.size());
            m_image->layers[layer].command = std::move(command);
            m_image->layers[layer].created = entry.created;
            ++layer;
        }
        const std::size_t last = std::max<std::size_t>(m_image->layers.size(), 1) - 1;
        for (Risk &risk : m_image->risks) { // those of the configuration so far
            risk.layer = static_cast<std::uint32_t>(last);
            if (risk.path.starts_with("History "))
                risk.layer = static_cast<std::uint32_t>(layerOfEntry[std::stoul(risk.path.substr(8)) - 1]);
        }
    }

    void stack()
    {
        Image &image = *m_image;
        LayerStack stack(image, image.layers.size());
        for (Layer &layer : image.layers) {
            stack.apply(m_contents);
            for (std::size_t i = 0; i < layer.files.size(); ++i)
                layer.files[i].change = stack.changes()[i];
            layer.added = stack.added();
            layer.changed = stack.changed();
            layer.attributesChanged = stack.attributesChanged();
            layer.removed = static_cast<std::uint32_t>(stack.removed().size());
            image.bytes += layer.bytes;
        }
        countVisible(stack);
        takeShadows(stack);
        DiveEfficiency dive = diveEfficiency(image);
        image.efficiency = dive.efficiency;
        image.wastedBytes = dive.wastedBytes;
        image.wasted = std::move(dive.wasted);
        takeInventory(image, m_scans, stack, m_diagnostics);
    }

    void countVisible(const LayerStack &stack)
    {
        for (std::uint32_t node = 1; node < stack.paths().size(); ++node) {
            const LayerStack::Place place = stack.placeOf(node);
            if (!stack.isVisible(node) || place.layer < 0)
                continue;
            const FileEntry &entry
                = m_image->layers[static_cast<std::size_t>(place.layer)].files[static_cast<std::size_t>(place.entry)];
            ++m_image->files;
            if (entry.type == EntryType::File)
                m_image->mergedBytes += entry.size;
        }
    }

    void takeShadows(const LayerStack &stack)
    {
        // A file whose name is gone is still there under a hard link of its layer.
        std::set<std::pair<std::size_t, std::uint32_t>> linked;
        for (std::size_t i = 0; i < m_image->layers.size(); ++i) {
            const std::vector<FileEntry> &files = m_image->layers[i].files;
            for (std::size_t k = 0; k < files.size(); ++k) {
                if (files[k].type == EntryType::Hardlink && stack.isVisible(i, k))
                    linked.emplace(i, files[k].link.value);
            }
        }
        for (const LayerStack::Shadow &shadow : stack.shadows()) {
            const auto layer = static_cast<std::size_t>(shadow.file.layer);
            const FileEntry &entry = m_image->layers[layer].files[static_cast<std::size_t>(shadow.file.entry)];
            if (!entry.shadowed && linked.contains({layer, entry.path.value})) {
                m_image->mergedBytes += entry.size;
                continue;
            }
            m_image->shadowedBytes += entry.size;
            m_image->shadowed.push_back({"/" + std::string(m_image->strings.view(entry.path)),
                static_cast<std::uint32_t>(layer), entry.size, shadow.cause});
        }
        std::ranges::sort(m_image->shadowed, [](const ShadowedFile &a, const ShadowedFile &b) {
            if (a.bytes != b.bytes)
                return a.bytes > b.bytes;
            return a.path != b.path ? a.path < b.path : a.layer < b.layer;
        });
    }

    const ScannedImage &m_in;
    const ImageReadOptions &m_options;
    std::vector<Diagnostic> &m_diagnostics;
    std::shared_ptr<Image> m_image;
    std::vector<std::uint64_t> m_none;
    LayerScan m_noScan;
    std::vector<const std::vector<std::uint64_t> *> m_contents;
    std::vector<const LayerScan *> m_scans;
};

} // namespace

ImagePtr assembleImage(
    const ScannedImage &scanned, const ImageReadOptions &options, std::vector<Diagnostic> &diagnostics)
{
    return Assembler(scanned, options, diagnostics).assemble();
}

} // namespace tally
