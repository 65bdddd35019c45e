// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/file_tree.h"
#include "ui/jobs/job.h"

#include <QObject>

#include <deque>
#include <memory>
#include <optional>

namespace tally::ui {

using FileTreePtr = std::shared_ptr<const FileTree>;

/// The trees of an image's layers, made when they are asked for: small ones at once, big ones in a job. The last ones
/// are kept, and the neighbours of the layer that is looked at are made ahead, so that walking through the layers of a
/// big image does not wait.
class TreeStore final : public QObject
{
    Q_OBJECT

public:
    struct Wanted
    {
        ImagePtr image;
        std::size_t layer = 0;
        bool merged = false; ///< the sum up to the layer, not what the layer itself carries

        friend bool operator==(const Wanted &, const Wanted &) = default;
    };

    explicit TreeStore(QObject *parent = nullptr);

    /// The tree at once where that takes no time, else null: ready() comes later, unless something else is wanted then.
    [[nodiscard]] FileTreePtr get(const Wanted &wanted);
    [[nodiscard]] bool isBusy() const { return m_wanted.has_value(); } ///< a tree that was asked for is being made
    /// Forgets trees of images that are no longer open.
    void clear();

Q_SIGNALS:
    void ready(const tally::ui::FileTreePtr &tree);

private:
    struct Kept
    {
        Wanted what;
        FileTreePtr tree;
    };

    [[nodiscard]] FileTreePtr find(const Wanted &wanted);
    void keep(const Wanted &what, FileTreePtr tree);
    void start(const Wanted &what);
    void makeAhead();

    Job m_job;
    std::deque<Kept> m_kept; ///< the last one used in front
    std::optional<Wanted> m_wanted;
    Wanted m_last;
};

} // namespace tally::ui
