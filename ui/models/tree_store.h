// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/file_tree.h"
#include "ui/jobs/job.h"

#include <QObject>

#include <deque>
#include <memory>

namespace tally::ui {

using FileTreePtr = std::shared_ptr<const FileTree>;

/// The index of the image that is looked at, and trees of its layers. The index of a small image is made at once, that
/// of a big one in a job; from then on a tree takes a few milliseconds. The last trees are kept.
class TreeStore final : public QObject
{
    Q_OBJECT

public:
    explicit TreeStore(QObject *parent = nullptr);

    void setImage(const ImagePtr &image); ///< null: none
    /// Null while it is being made: indexed() comes then.
    [[nodiscard]] const ImageIndexPtr &index() const { return m_index; }
    [[nodiscard]] bool isBusy() const { return m_image && !m_index; }
    /// What the layer carries, or the sum up to it (`merged`). Needs the index.
    [[nodiscard]] FileTreePtr tree(std::size_t layer, bool merged);

Q_SIGNALS:
    void indexed();

private:
    struct Kept
    {
        std::size_t layer = 0;
        bool merged = false;
        FileTreePtr tree;
    };

    void start();

    Job m_job;
    ImagePtr m_image;
    ImageIndexPtr m_index;
    std::deque<Kept> m_kept; ///< the last one used in front
};

} // namespace tally::ui
