// SPDX-License-Identifier: Apache-2.0
#include "core/image/file_tree.h"
#include "core/image/image_index.h"
#include "core/image/image_space.h"
#include "core/image/layer_stack.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>

using namespace tally;

namespace {

constexpr std::size_t maxEntries = 400;

/// Two bytes an entry: what it is, and where. Few names, so that the layers meet. 0xFF begins another layer.
std::shared_ptr<Image> imageFrom(std::string_view input)
{
    auto image = std::make_shared<Image>();
    image->layers.emplace_back();
    std::size_t entries = 0;
    for (std::size_t i = 0; i + 1 < input.size() && entries < maxEntries; i += 2) {
        const auto what = static_cast<unsigned char>(input[i]);
        auto where = static_cast<unsigned char>(input[i + 1]);
        if (what == 0xFF) {
            if (image->layers.size() < 20)
                image->layers.emplace_back();
            continue;
        }
        std::string path;
        for (unsigned depth = where % 4U + 1; depth > 0; --depth, where = static_cast<unsigned char>(where >> 2U))
            path += (path.empty() ? "" : "/") + std::string(1, static_cast<char>('a' + (where >> 2U) % 3U));
        FileEntry entry;
        entry.type = static_cast<EntryType>(what % 10U);
        entry.path = image->strings.intern(entry.type == EntryType::OpaqueWhiteout && what >= 200 ? "" : path);
        entry.link = entry.type == EntryType::Symlink ? image->strings.intern("a") : StringId{};
        entry.size = entry.type == EntryType::File ? what / 10U : 0;
        entry.mode = static_cast<std::uint16_t>(what / 100U);
        image->layers.back().files.push_back(entry);
        ++entries;
    }
    return image;
}

struct Standing
{
    int layer = -1;
    int entry = -1;
    EntryType type = EntryType::Directory;
};
using View = std::map<std::string, Standing, std::less<>>; // what a container sees; implied directories as well

void eraseBelow(View &view, const std::string &path)
{
    const std::string prefix = path.empty() ? "" : path + "/";
    for (auto it = view.lower_bound(prefix); it != view.end() && it->first.starts_with(prefix);)
        it = it->first == path ? std::next(it) : view.erase(it);
}

void place(View &view, const std::string &path, Standing standing)
{
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        const std::string above = path.substr(0, slash);
        const auto known = view.find(above);
        if (known == view.end()
            || (known->second.type != EntryType::Directory && known->second.type != EntryType::Symlink))
            view[above] = {};
    }
    const auto known = view.find(path);
    const bool wasFolder = known != view.end() && known->second.type == EntryType::Directory;
    if (known != view.end() && (!wasFolder || standing.type != EntryType::Directory))
        eraseBelow(view, path);
    view[path] = standing;
}

/// The same rules (image-spec, layer.md), said with a sorted map.
View plainMerge(const Image &image, std::size_t upTo)
{
    View view;
    for (std::size_t layer = 0; layer <= upTo; ++layer) {
        const std::vector<FileEntry> &files = image.layers[layer].files;
        for (const FileEntry &entry : files) {
            const std::string path(image.strings.view(entry.path));
            if (entry.type == EntryType::OpaqueWhiteout && (path.empty() || view.contains(path)))
                eraseBelow(view, path);
            if (entry.type == EntryType::Whiteout) {
                if (view.contains(path))
                    eraseBelow(view, path);
                view.erase(path);
            }
        }
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (files[i].type != EntryType::OpaqueWhiteout && files[i].type != EntryType::Whiteout)
                place(view, std::string(image.strings.view(files[i].path)),
                    {static_cast<int>(layer), static_cast<int>(i), files[i].type});
        }
    }
    return view;
}

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void compareViews(const Image &image, const ImageIndex &index, std::size_t upTo)
{
    const View view = plainMerge(image, upTo);
    const FileTree tree = mergedTree(index, upTo);
    std::size_t seen = 0;
    for (std::size_t node = 1; node < tree.nodes.size(); ++node) {
        if (tree.nodes[node].change == Change::Removed)
            continue;
        ++seen;
        const auto known = view.find(tree.path(node).substr(1));
        require(known != view.end());
        require(known->second.layer == tree.nodes[node].layer && known->second.entry == tree.nodes[node].entry);
    }
    require(seen == view.size());
}

} // namespace

/// The merge of layers against the same rules written down again: whatever the entries, both see the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::shared_ptr<Image> image = imageFrom({reinterpret_cast<const char *>(data), size});
    std::vector<std::vector<std::uint64_t>> contents;
    std::vector<const std::vector<std::uint64_t> *> pointers;
    for (const Layer &layer : image->layers) {
        contents.emplace_back();
        for (const FileEntry &file : layer.files)
            contents.back().push_back(file.size % 3U);
    }
    pointers.reserve(contents.size());
    for (const auto &one : contents)
        pointers.push_back(&one);
    LayerStack stack(*image, image->layers.size());
    for (Layer &layer : image->layers) {
        stack.apply(pointers);
        for (std::size_t i = 0; i < layer.files.size(); ++i)
            layer.files[i].change = stack.changes()[i];
    }
    const ImageIndexPtr index = ImageIndex::make(image);
    for (std::size_t i = 0; i < image->layers.size(); ++i) {
        compareViews(*image, *index, i);
        (void)layerTree(*index, i);
    }
    for (std::size_t layer = 0; layer < image->layers.size(); ++layer) {
        for (std::size_t i = 0; i < image->layers[layer].files.size(); ++i)
            require(index->isVisible(layer, i) == stack.isVisible(layer, i));
    }
    (void)wasteItems(*index);
    return 0;
}
