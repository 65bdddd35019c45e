// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image_space.h"

#include <QWidget>

class QLabel;

namespace tally::ui {

class SegmentedControl;
class TablePane;

/// What of the image no container sees: each file with its cause and the instruction that hid it, summed up by
/// instruction, and as dive counts.
class WastePane final : public QWidget
{
    Q_OBJECT

public:
    explicit WastePane(QWidget *parent = nullptr);

    /// index: null while it is being made; then the causes come with the next call.
    void setImage(const ImagePtr &image, const ImageIndexPtr &index);
    void retranslateUi();
    void focusSearch();

Q_SIGNALS:
    void fileWanted(const std::string &path, int layer);
    void layerWanted(int layer);

protected:
    void showEvent(QShowEvent *event) override;

private:
    enum Section { ByFile, ByInstruction, AsDive };

    void fill();
    void fillFiles();
    void fillInstructions();
    void fillDive();
    [[nodiscard]] QString instruction(int history, int layer) const;

    ImagePtr m_image;
    ImageIndexPtr m_index;
    std::vector<WasteItem> m_items;
    bool m_stale = true;
    QLabel *m_note;
    SegmentedControl *m_section;
    TablePane *m_table;
};

} // namespace tally::ui
