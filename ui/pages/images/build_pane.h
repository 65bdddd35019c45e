// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/base_image.h"
#include "core/image/dockerfile.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace tally::ui {

class CodeView;
class SegmentedControl;
class TablePane;

/// How the image was made: on what it was built, its instructions read back as a Dockerfile, each with the layer it
/// made, and the configuration as it stands.
class BuildPane final : public QWidget
{
    Q_OBJECT

public:
    explicit BuildPane(QWidget *parent = nullptr);

    /// others: images that may be its base.
    void setImage(const ImagePtr &image, const std::vector<ImagePtr> &others);
    void retranslateUi();

    /// On what the image was built, and how sure that is, in a sentence; "" if nothing is known.
    [[nodiscard]] static QString baseText(const BaseImage &base);

Q_SIGNALS:
    void layerWanted(int layer);

private:
    [[nodiscard]] QWidget *makeInstructions();
    void fill();
    void showInstruction(int number);

    ImagePtr m_image;
    BaseImage m_base;
    std::vector<DockerInstruction> m_instructions;
    QLabel *m_baseText;
    SegmentedControl *m_section;
    QStackedWidget *m_stack;
    TablePane *m_table;
    QLabel *m_lineTitle;
    CodeView *m_text;
    CodeView *m_config;
};

} // namespace tally::ui
