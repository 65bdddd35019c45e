// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tree_store.h"

#include <algorithm>

namespace tally::ui {

namespace {

constexpr std::size_t atOnce = 3'000;        // entries up to the layer: a few milliseconds
constexpr std::size_t keptNodes = 1'000'000; // about 60 MB

std::size_t entriesUpTo(const Image &image, std::size_t layer)
{
    std::size_t sum = 0;
    for (std::size_t i = 0; i <= layer && i < image.layers.size(); ++i)
        sum += image.layers[i].files.size();
    return sum;
}

FileTreePtr make(const TreeStore::Wanted &what)
{
    return std::make_shared<const FileTree>(
        what.merged ? mergedTree(*what.image, what.layer) : layerTree(*what.image, what.layer));
}

} // namespace

TreeStore::TreeStore(QObject *parent)
    : QObject(parent)
{
}

FileTreePtr TreeStore::get(const Wanted &wanted)
{
    m_wanted.reset();
    m_last = wanted;
    if (FileTreePtr tree = find(wanted)) {
        makeAhead();
        return tree;
    }
    if (entriesUpTo(*wanted.image, wanted.layer) <= atOnce) {
        FileTreePtr tree = make(wanted);
        keep(wanted, tree);
        return tree;
    }
    m_wanted = wanted;
    start(wanted);
    return {};
}

FileTreePtr TreeStore::find(const Wanted &wanted)
{
    const auto found = std::ranges::find(m_kept, wanted, &Kept::what);
    if (found == m_kept.end())
        return {};
    Kept kept = std::move(*found);
    m_kept.erase(found);
    m_kept.push_front(std::move(kept));
    return m_kept.front().tree;
}

void TreeStore::keep(const Wanted &what, FileTreePtr tree)
{
    m_kept.push_front({what, std::move(tree)});
    std::size_t nodes = 0;
    for (std::size_t i = 0; i < m_kept.size(); ++i) {
        nodes += m_kept[i].tree->nodes.size();
        if (i >= 3 && nodes > keptNodes) {
            m_kept.resize(i);
            return;
        }
    }
}

void TreeStore::start(const Wanted &what)
{
    if (m_job.isRunning())
        return; // its end looks for what is wanted then
    m_job.start([what](const RunContext &) { return make(what); },
        [this, what](FileTreePtr tree) {
            if (what.image != m_last.image)
                tree.reset();
            else
                keep(what, tree);
            if (m_wanted && *m_wanted == what && tree) {
                m_wanted.reset();
                Q_EMIT ready(tree);
            } else if (m_wanted) {
                start(*m_wanted);
            }
            makeAhead();
        });
}

void TreeStore::makeAhead()
{
    if (m_wanted || m_job.isRunning() || !m_last.image)
        return;
    if (entriesUpTo(*m_last.image, m_last.layer) <= atOnce)
        return;
    Wanted next = m_last;
    for (const int step : {1, -1}) {
        next.layer = m_last.layer + static_cast<std::size_t>(step); // wraps below 0 and is then out of range
        if (next.layer < m_last.image->layers.size() && std::ranges::find(m_kept, next, &Kept::what) == m_kept.end()
            && entriesUpTo(*next.image, next.layer) > atOnce) {
            start(next);
            return;
        }
    }
}

void TreeStore::clear()
{
    m_kept.clear();
    m_wanted.reset();
    m_last = {};
}

} // namespace tally::ui
