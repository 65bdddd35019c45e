// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tree_store.h"

#include <algorithm>

namespace tally::ui {

namespace {

constexpr std::size_t atOnce = 4'000; // entries: about 4 ms
constexpr std::size_t keptTrees = 6;  // 8 MB each for 142,000 entries

std::size_t entriesOf(const Image &image)
{
    std::size_t sum = 0;
    for (const Layer &layer : image.layers)
        sum += layer.files.size();
    return sum;
}

} // namespace

TreeStore::TreeStore(QObject *parent)
    : QObject(parent)
{
}

void TreeStore::setImage(const ImagePtr &image)
{
    if (image == m_image)
        return;
    m_image = image;
    m_index.reset();
    m_kept.clear();
    if (!image)
        return;
    if (entriesOf(*image) <= atOnce)
        m_index = ImageIndex::make(image);
    else if (!m_job.isRunning()) // else its end looks again
        start();
}

void TreeStore::start()
{
    m_job.start([image = m_image](const RunContext &) { return ImageIndex::make(image); },
        [this, image = m_image](ImageIndexPtr index) {
            if (image == m_image) {
                m_index = std::move(index);
                Q_EMIT indexed();
            } else if (isBusy()) {
                start();
            }
        });
}

FileTreePtr TreeStore::tree(std::size_t layer, bool merged)
{
    const auto found
        = std::ranges::find_if(m_kept, [&](const Kept &kept) { return kept.layer == layer && kept.merged == merged; });
    Kept kept{layer, merged, {}};
    if (found != m_kept.end()) {
        kept = std::move(*found);
        m_kept.erase(found);
    } else {
        kept.tree = std::make_shared<const FileTree>(merged ? mergedTree(*m_index, layer) : layerTree(*m_index, layer));
    }
    m_kept.push_front(std::move(kept));
    if (m_kept.size() > keptTrees)
        m_kept.pop_back();
    return m_kept.front().tree;
}

} // namespace tally::ui
