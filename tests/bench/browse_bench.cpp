// SPDX-License-Identifier: Apache-2.0
// What the image browser waits for. browse_bench IMAGE [NEEDLE]
// Compare the content search with: time grep -raF NEEDLE UNPACKED_TREE >/dev/null; for compressed layers with the time
// that igzip -dc or zstd -dc need for all of them.

#include "core/image/content_search.h"
#include "core/image/file_history.h"
#include "core/image/file_query.h"
#include "core/image/file_tree.h"
#include "core/image/image_space.h"
#include "core/workbench/image_cache.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

using namespace tally;

namespace {

template<typename Work>
double milliseconds(int times, const Work &work)
{
    std::vector<double> all;
    for (int i = 0; i < times; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        all.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::ranges::sort(all);
    return all[all.size() / 2];
}

void views(const ImagePtr &image)
{
    ImageIndexPtr index;
    std::printf("index            %8.2f ms\n", milliseconds(5, [&] { index = ImageIndex::make(image); }));
    FileTree tree;
    double merged = 0;
    double own = 0;
    for (std::size_t layer = 0; layer < image->layers.size(); ++layer) {
        own = std::max(own, milliseconds(5, [&] { tree = layerTree(*index, layer); }));
        merged = std::max(merged, milliseconds(5, [&] { tree = mergedTree(*index, layer); }));
    }
    std::printf("paths %zu, nodes of the last view %zu\n", index->size(), tree.nodes.size());
    std::printf("layer view       %8.2f ms (slowest layer)\nmerged view      %8.2f ms\n", own, merged);
    const auto filter = [&](const char *what, const FileQuery &query) {
        std::size_t count = 0;
        const double view = milliseconds(9, [&] {
            const std::vector<char> matched = matchNodes(*index, tree, query);
            count = static_cast<std::size_t>(std::ranges::count(matched, 1));
        });
        std::size_t hits = 0;
        const double all = milliseconds(9, [&] { hits = searchFiles(*index, query)->size(); });
        std::printf("filter %-9s %8.2f ms (%zu)   all layers %8.2f ms (%zu)\n", what, view, count, all, hits);
    };
    filter("name", {.text = "read"});
    filter("path", {.text = "share/doc"});
    filter("predicate", {.matches = [](std::string_view path) { return path.ends_with(".so.1"); }});
    filter("setuid", {.anyMode = 06000});
    filter("size", {.minBytes = 1U << 20});
    std::printf("space            %8.2f ms\n", milliseconds(5, [&] { (void)spaceUse(*index); }));
    std::size_t waste = 0;
    std::printf("waste            %8.2f ms", milliseconds(5, [&] { waste = wasteItems(*index).size(); }));
    std::printf(" (%zu)\n", waste);
    std::printf("history          %8.3f ms\n", milliseconds(5, [&] { (void)fileHistory(*index, "/etc/passwd"); }));
}

void contents(const char *path, const ImagePtr &image, const std::string &needle)
{
    ImageFilesPtr files;
    std::printf("open the source  %8.2f ms\n", milliseconds(3, [&] { files = *ImageFiles::open(path, image); }));
    for (const bool exact : {true, false}) {
        ContentSearch found;
        const double time = milliseconds(3, [&] {
            auto search = searchContents(*files, {.bytes = needle, .caseSensitive = exact, .maxHits = 10'000'000});
            if (search)
                found = *std::move(search);
        });
        std::printf("content search%s %8.0f ms, %zu hits in %llu files, %.0f MB, %.2f GB/s\n", exact ? "  " : " i",
            time, found.hits.size(), static_cast<unsigned long long>(found.files),
            static_cast<double>(found.bytes) / 1e6, static_cast<double>(found.bytes) / 1e6 / time);
    }
    if (const auto place = findFile(*image, -1, "/etc/passwd"))
        std::printf("one file         %8.2f ms\n", milliseconds(3, [&] { (void)files->content(*place, 1U << 20); }));
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "browse_bench IMAGE [NEEDLE]\n");
        return 2;
    }
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "tallymann-browse-bench";
    const ImageCache cache(folder);
    OpenOptions options;
    options.cache = &cache;
    options.refreshCache = true;
    Opened opened;
    const double first = milliseconds(1, [&] {
        if (auto result = open(argv[1], options))
            opened = *std::move(result);
    });
    options.refreshCache = false;
    if (opened.things.empty() || !std::holds_alternative<ImagePtr>(opened.things.front())) {
        std::fprintf(stderr, "no image\n");
        return 3;
    }
    std::printf("%s\nfirst opening    %8.0f ms\n", argv[1], first);
    const double again = milliseconds(5, [&] { opened = *open(argv[1], options); });
    std::printf("opened again     %8.2f ms (%s)\n", again, opened.source.cached ? "out of the cache" : "not cached");
    cache.clear();
    const ImagePtr image = std::get<ImagePtr>(opened.things.front());
    views(image);
    contents(argv[1], image, argc > 2 ? argv[2] : "needle in a haystack");
    return 0;
}
