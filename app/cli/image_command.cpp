// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include "core/base/messages_image.h"
#include "core/base/messages_workbench.h"
#include "core/base/text_format.h"
#include "core/image/extract_tree.h"
#include "core/image/file_tree.h"
#include "core/image/image_compare.h"
#include "core/image/image_reader.h"
#include "core/image/packages/sbom.h"
#include "core/image/signature.h"
#include "core/io/file.h"
#include "core/workbench/image_cache.h"
#include "core/workbench/image_json.h"

#include <cstdio>

namespace tally::cli {

namespace {

enum class Reading : std::uint8_t { FromCache, Anew };

Result<Opened> openImages(
    const Console &console, const ImageOptions &call, const std::string &file, Reading reading = Reading::FromCache)
{
    const ImageCache cache(ImageCache::defaultFolder());
    OpenOptions options;
    options.expect = OpenOptions::Expect::Image;
    options.platform = call.platform;
    options.cache = call.noCache ? nullptr : &cache;
    options.refreshCache = reading == Reading::Anew;
    auto opened = open(file, options, RunContext({}, console.progress()));
    if (opened)
        console.showCache(*opened);
    return opened;
}

std::vector<ImagePtr> imagesOf(const Opened &opened)
{
    std::vector<ImagePtr> images;
    for (const OpenedThing &thing : opened.things) {
        if (const auto *image = std::get_if<ImagePtr>(&thing))
            images.push_back(*image);
    }
    return images;
}

void printSignatures(const Image &image, const Console &console, std::span<const PublicKey> keys)
{
    for (const SignatureVerdict &verdict : verifySignatures(image, keys)) {
        const std::string &digest = image.artifacts[verdict.artifact].digest;
        if (verdict.state == SignatureState::Verified) {
            const PublicKey &key = keys[static_cast<std::size_t>(verdict.key)];
            std::printf("signature %.19s  verified by %s %s\n", printable(digest).c_str(), key.kind().c_str(),
                key.fingerprint().c_str());
        } else {
            std::printf("signature %.19s  NOT VERIFIED  %s\n", printable(digest).c_str(),
                printable(console.translator().text(*verdict.reason)).c_str());
        }
    }
}

void printSummary(const Image &image, const Console &console, std::span<const PublicKey> keys)
{
    const Language language = console.language();
    std::printf("%s  %s\n", printable(image.displayName()).c_str(), printable(image.platform).c_str());
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        const Layer &layer = image.layers[i];
        const char *verified = layer.verified ? (*layer.verified ? "ok" : "WRONG") : layer.readToEnd ? "?" : "UNREAD";
        std::printf("%3zu  %10s  +%u ~%u -%u  %-6s  %.100s\n", i, formatBytes(layer.bytes, language).c_str(),
            layer.added, layer.changed, layer.removed, verified, printable(layer.command).c_str());
    }
    std::printf("efficiency %.4f, wasted (as dive counts) %s, shadowed %s\n", image.efficiency,
        formatBytes(image.wastedBytes, language).c_str(), formatBytes(image.shadowedBytes, language).c_str());
    printSignatures(image, console, keys);
}

void printTree(const Image &image, int layer)
{
    if (image.layers.empty())
        return;
    const FileTree tree
        = layer >= 0 ? layerTree(image, static_cast<std::size_t>(layer)) : mergedTree(image, image.layers.size() - 1);
    for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
        const FileNode &node = tree.nodes[i];
        if (layer < 0 && node.change == Change::Removed)
            continue;
        static constexpr char marks[] = {' ', '+', '~', '-', '='}; // by Change; = only mode, owner or attributes
        const FileEntry *entry = node.layer >= 0 && node.entry >= 0
            ? &image.layers[static_cast<std::size_t>(node.layer)].files[static_cast<std::size_t>(node.entry)]
            : nullptr;
        const std::string link
            = entry && entry->link.value != 0 ? " -> " + printable(image.strings.view(entry->link)) : std::string();
        std::printf("%c %c%04o %5u:%-5u %12llu %s%s\n", layer >= 0 ? marks[static_cast<int>(node.change)] : ' ',
            typeLetter(entry ? entry->type : EntryType::Directory), entry ? static_cast<unsigned>(entry->mode) : 0755U,
            entry ? entry->uid : 0, entry ? entry->gid : 0, static_cast<unsigned long long>(node.totalBytes),
            printable(tree.path(i)).c_str(), link.c_str());
    }
}

int extractFolder(
    const Console &console, const ImageOptions &options, const Image &image, const ExtractRequest &request)
{
    const RunContext run({}, console.progress());
    const auto files = ImageFiles::open(options.file, ImagePtr(ImagePtr(), &image), {}, run); // gone before the image
    if (console.failed(files))
        return NothingUsable;
    const auto out = extractTree(**files, *ImageIndex::of(image), request, options.to, run);
    if (!out) {
        console.show(out.error());
        return out.error().kind == ErrorKind::Io ? WrongCall : NothingUsable;
    }
    for (const Message &remark : remarksOn(*out))
        console.say(remark);
    for (const Diagnostic &diagnostic : out->diagnostics)
        console.say(diagnostic.message);
    return Done;
}

int extract(const Console &console, const ImageOptions &options, const Image &image)
{
    // A folder comes with everything below it, into a new folder of its name.
    const ImageIndexPtr index = ImageIndex::of(image);
    const std::uint32_t node = index->find(options.extract);
    const std::size_t layer = options.layer >= 0 ? static_cast<std::size_t>(options.layer) : image.layers.size() - 1;
    const NodeEvent *event = node == ImageIndex::none || image.layers.empty() ? nullptr : index->eventUpTo(node, layer);
    const FileEntry *entry = event ? index->entry(*event) : nullptr;
    if (event && ImageIndex::isThere(*event) && (!entry || entry->type == EntryType::Directory))
        return extractFolder(console, options, image, {node, layer, options.layer < 0});
    auto content = extractFile(options.file, image, options.layer, options.extract, Limits{}.maxDocumentBytes);
    if (console.failed(content))
        return NothingUsable;
    const std::filesystem::path name = std::filesystem::path(options.extract).filename();
    if (name.empty() || name == "." || name == "..") {
        console.say({imageDef("image.no-such-file"), {options.extract}});
        return WrongCall;
    }
    if (console.failed(saveAtomically(std::filesystem::path(options.to) / name, *content)))
        return WrongCall;
    return Done;
}

/// Of the first image: a bill of materials describes one thing.
int writeSbom(const Console &console, const ImageOptions &options, const std::vector<ImagePtr> &images)
{
    const Image &image = *images.front();
    if (images.size() > 1)
        console.say({imageDef("image.sbom-of-first"),
            {printable(options.file), std::to_string(images.size()), printable(image.displayName()), image.platform}});
    const std::string sbom
        = options.sbom == "spdx" ? writeSpdx(image, outputTime()) : writeCycloneDx(image, outputTime());
    if (console.failed(writeOutput(options.out, sbom)))
        return WrongCall;
    return Done;
}

void printDifferences(const char *title, const std::vector<ImageDifference> &differences)
{
    std::printf("%s: %zu\n", title, differences.size());
    for (const ImageDifference &difference : differences) {
        static constexpr char marks[] = {'+', '-', '~'};
        const bool inside = difference.kind == ImageDifference::Kind::Changed
            && (difference.aspects & ImageDifference::Content) != 0 && difference.bytesBefore == difference.bytesAfter;
        std::printf("%c %s  %s%s%s%s\n", marks[static_cast<int>(difference.kind)],
            printable(difference.subject).c_str(), printable(difference.before).c_str(),
            difference.kind == ImageDifference::Kind::Changed ? " -> " : "", printable(difference.after).c_str(),
            inside ? ", another content" : "");
    }
}

/// Of the first image in each. Files of equal size can only be told apart where both were read just now.
Result<ImageComparison> comparisonOf(const Console &console, const ImageOptions &options, const Opened &first)
{
    TALLY_ASSIGN(Opened second, openImages(console, options, options.compare));
    std::vector<ImagePtr> before = imagesOf(first);
    std::vector<ImagePtr> after = imagesOf(second);
    if (before.empty() || after.empty())
        return fail(ErrorKind::Unsupported, {workbenchDef("open.not-an-image"), {options.compare}});
    ImageComparison comparison = compareImages(*before.front(), *after.front());
    if (comparison.uncomparedFiles == 0)
        return comparison;
    Opened again;
    if (first.source.cached) {
        TALLY_ASSIGN(again, openImages(console, options, options.file, Reading::Anew));
        before = imagesOf(again);
    }
    if (second.source.cached) {
        TALLY_ASSIGN(second, openImages(console, options, options.compare, Reading::Anew));
        after = imagesOf(second);
    }
    if (before.empty() || after.empty())
        return comparison;
    return compareImages(*before.front(), *after.front());
}

int compare(const Console &console, const ImageOptions &options, const Opened &first)
{
    const auto compared = comparisonOf(console, options, first);
    if (console.failed(compared))
        return NothingUsable;
    const ImageComparison &comparison = *compared;
    printDifferences("config", comparison.config);
    printDifferences("packages", comparison.packages);
    printDifferences("files", comparison.files);
    return Done;
}

} // namespace

int imageCommand(const Console &console, const ImageOptions &options)
{
    const auto keys = loadKeys(options.keys);
    if (console.failed(keys))
        return WrongCall;
    const auto opened = openImages(console, options, options.file);
    if (console.failed(opened))
        return NothingUsable;
    const std::vector<ImagePtr> images = imagesOf(*opened);
    if (options.json != "-")
        console.show(opened->diagnostics, std::span(&opened->source, 1));
    if (images.empty())
        return NothingUsable;
    for (const ImagePtr &image : images) {
        if (options.layer >= 0 && static_cast<std::size_t>(options.layer) >= image->layers.size()) {
            console.say({imageDef("image.no-such-layer"),
                {std::to_string(options.layer), std::to_string(static_cast<int>(image->layers.size()) - 1)}});
            return WrongCall;
        }
    }
    if (!options.json.empty()) {
        const auto written = writeOutput(options.json,
            writeImageJson(images, std::span(&opened->source, 1), opened->diagnostics, console.german(),
                console.english(), *keys));
        if (console.failed(written))
            return WrongCall;
    }
    if (!options.sbom.empty())
        return writeSbom(console, options, images);
    if (!options.extract.empty())
        return extract(console, options, *images.front());
    if (!options.compare.empty())
        return compare(console, options, *opened);
    if (options.json != "-") {
        for (const ImagePtr &image : images) {
            if (options.tree || options.layer >= 0)
                printTree(*image, options.layer);
            else if (options.json.empty())
                printSummary(*image, console, *keys);
        }
    }
    return Done;
}

} // namespace tally::cli
