// SPDX-License-Identifier: Apache-2.0
#include "core/image/base_image.h"

#include "core/image/dockerfile.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

using Kind = BaseImageClue::Kind;

/// How many of the first layers are the same, by the digests of what they unpack to.
std::size_t sharedLayers(const Image &a, const Image &b)
{
    std::size_t count = 0;
    while (count < a.layers.size() && count < b.layers.size() && !a.layers[count].diffId.empty()
        && a.layers[count].diffId == b.layers[count].diffId)
        ++count;
    return count;
}

/// Layers made by the history entries 0 ... `last`.
std::size_t layersUpTo(const Image &image, std::size_t last)
{
    std::size_t layers = 0;
    for (std::size_t i = 0; i <= last && i < image.history.size(); ++i)
        layers += image.history[i].emptyLayer ? 0 : 1;
    return std::min(layers, image.layers.size());
}

class Recognizer
{
public:
    Recognizer(const Image &image, std::span<const ImagePtr> others)
        : m_image(image)
        , m_others(others)
    {
    }

    BaseImage recognize()
    {
        byLayers();
        byLabels();
        byHistory();
        byOsRelease();
        std::ranges::stable_sort(m_base.clues, {}, [](const BaseImageClue &clue) {
            return std::pair(clue.kind == Kind::CommonBase ? Certainty::Stated : clue.certainty, clue.kind);
        });
        for (const BaseImageClue &clue : m_base.clues) {
            if (m_base.layers == 0 && clue.layers > 0 && clue.kind != Kind::CommonBase) {
                m_base.layers = clue.layers;
                m_base.certainty = clue.certainty;
            }
            if (m_base.name.empty() && clue.kind != Kind::CommonBase)
                m_base.name = clue.name;
        }
        return std::move(m_base);
    }

private:
    void byLayers()
    {
        std::vector<BaseImageClue> whole;
        for (const ImagePtr &other : m_others) {
            if (!other || other.get() == &m_image || other->configDigest == m_image.configDigest)
                continue;
            const std::size_t shared = sharedLayers(m_image, *other);
            if (shared == 0)
                continue;
            const bool all = shared == other->layers.size();
            // An image of the same layers is its twin with another configuration: no telling which was first.
            const Kind kind = all && shared < m_image.layers.size() ? Kind::Layers : Kind::CommonBase;
            BaseImageClue clue{kind, Certainty::Certain, other->displayName(),
                other->manifestDigest.empty() ? other->configDigest : other->manifestDigest, shared, -1};
            (kind == Kind::Layers ? whole : m_base.clues).push_back(std::move(clue));
        }
        std::ranges::stable_sort(whole, std::ranges::greater(), &BaseImageClue::layers); // the nearest first
        m_base.clues.insert(m_base.clues.begin(), whole.begin(), whole.end());
    }

    void byLabels()
    {
        const auto label = [&](const char *key) { return std::string(statedAt(m_image, key)); };
        const std::string name = label("org.opencontainers.image.base.name");
        const std::string digest = label("org.opencontainers.image.base.digest");
        if (!name.empty() || !digest.empty())
            m_base.clues.push_back({Kind::Label, Certainty::Stated, name, digest, 0, -1});
    }

    void byHistory()
    {
        static constexpr std::array tools = {"debuerreotype", "debian.sh", "mmdebstrap", "apko", "rootfs.tar",
            "buildroot", "bazel build", "image-factory", "koji"};
        bool sawCommand = false;
        std::string shell = "/bin/sh -c";
        for (std::size_t i = 0; i < m_image.history.size(); ++i) {
            const HistoryEntry &entry = m_image.history[i];
            if (entry.comment.starts_with("FROM "))
                m_base.clues.push_back({Kind::FromComment, Certainty::Stated, entry.comment.substr(5), {},
                    i == 0 ? 0 : layersUpTo(m_image, i - 1), static_cast<int>(i)});
            const bool tool = std::ranges::any_of(tools, [&](const char *name) {
                return entry.createdBy.find(name) != std::string::npos || entry.comment.find(name) != std::string::npos;
            });
            if (tool && layersUpTo(m_image, i) == 1 && !entry.emptyLayer)
                m_base.clues.push_back({Kind::RootfsTool, Certainty::Probable, {}, {}, 1, static_cast<int>(i)});
            if (sawCommand)
                continue;
            const std::string keyword = parseCreatedBy(entry.createdBy, entry.comment, shell).keyword;
            const std::size_t layers = layersUpTo(m_image, i);
            const bool goesOn = layers > 0 && i + 1 < m_image.history.size();
            if (keyword != "CMD")
                continue;
            sawCommand = true;
            if (goesOn)
                m_base.clues.push_back({Kind::FirstCommand, Certainty::Probable, {}, {}, layers, static_cast<int>(i)});
        }
    }

    void byOsRelease()
    {
        const OperatingSystem &os = m_image.os;
        if (!os.prettyName.empty() || !os.id.empty())
            m_base.clues.push_back({Kind::OsRelease, Certainty::Probable,
                os.prettyName.empty() ? os.id + " " + os.versionId : os.prettyName, {}, 0, -1});
    }

    const Image &m_image;
    std::span<const ImagePtr> m_others;
    BaseImage m_base;
};

} // namespace

BaseImage recognizeBase(const Image &image, std::span<const ImagePtr> others)
{
    return Recognizer(image, others).recognize();
}

} // namespace tally
