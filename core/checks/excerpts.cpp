// SPDX-License-Identifier: Apache-2.0
#include "core/checks/excerpts.h"

#include "core/base/parallel.h"
#include "core/document/yaml_view.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

namespace tally {

namespace {

constexpr std::size_t excerptLines = 7;

/// A finding whose excerpt is to be rendered.
struct Wanted
{
    std::uint32_t object;
    Node place;
    Finding *finding;
};

/// Those of one object, in the order of their places.
void renderObject(std::span<const Wanted> wanted, const Object &object, YamlExcerpts &excerpts)
{
    constexpr std::size_t nodesOfExcerpt = 64; // that rendering one alone looks at, about
    const auto places = static_cast<std::size_t>(1
        + std::inner_product(wanted.begin() + 1, wanted.end(), wanted.begin(), std::ptrdiff_t{0}, std::plus<>(),
            [](const Wanted &a, const Wanted &b) { return a.place == b.place ? 0 : 1; }));
    const bool whole = places > 1 && object.root.descendants() <= places * nodesOfExcerpt;
    if (whole)
        excerpts.show(object.root);
    const Finding *last = nullptr;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        Finding &finding = *wanted[i].finding;
        if (i > 0 && wanted[i].place == wanted[i - 1].place) {
            finding.excerpt = last->excerpt;
            finding.excerptLines = last->excerptLines;
            finding.excerptHit = last->excerptHit;
        } else if (whole) {
            finding.excerptHit = excerpts.around(wanted[i].place, excerptLines, finding.excerpt, finding.excerptLines);
        } else {
            finding.excerptHit = excerpts.aroundAlone(
                object.root, wanted[i].place, excerptLines, finding.excerpt, finding.excerptLines);
        }
        last = &finding;
    }
}

void renderAll(std::span<const Wanted> wanted, const Cluster &cluster)
{
    YamlExcerpts excerpts;
    while (!wanted.empty()) {
        const std::uint32_t object = wanted.front().object;
        const auto end = std::ranges::find_if(wanted, [&](const Wanted &other) { return other.object != object; });
        const auto count = static_cast<std::size_t>(end - wanted.begin());
        renderObject(wanted.first(count), cluster.objects[object], excerpts);
        wanted = wanted.subspan(count);
    }
}

/// In the order of objects and places.
std::vector<Wanted> takeWanted(std::span<Folded> found)
{
    std::vector<Wanted> wanted;
    for (Folded &each : found) {
        for (std::size_t i = 0; i < each.findings.size(); ++i) {
            if (const Node place = std::exchange(each.places[i], {}))
                wanted.push_back({static_cast<std::uint32_t>(each.objects[i]), place, &each.findings[i]});
        }
    }
    std::ranges::sort(wanted, [](const Wanted &a, const Wanted &b) {
        return std::pair(a.object, a.place.index()) < std::pair(b.object, b.place.index());
    });
    return wanted;
}

} // namespace

void addExcerpts(std::span<Folded> found, const Cluster &cluster)
{
    renderAll(takeWanted(found), cluster);
}

void addExcerptsByAll(std::span<Folded> found, const Cluster &cluster, const RunContext &run)
{
    const std::vector<Wanted> wanted = takeWanted(found);
    // Pieces of the work end where an object does.
    constexpr std::size_t enough = 256;
    std::vector<std::size_t> ends{0};
    for (std::size_t i = 1; i < wanted.size(); ++i) {
        if (i - ends.back() >= enough && wanted[i].object != wanted[i - 1].object)
            ends.push_back(i);
    }
    ends.push_back(wanted.size());
    parallelFor(ends.size() - 1, [&](std::size_t piece) {
        if (!run.stopRequested())
            renderAll(std::span<const Wanted>(wanted).subspan(ends[piece], ends[piece + 1] - ends[piece]), cluster);
    });
}

} // namespace tally
