// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPlainTextEdit>

#include <vector>

namespace tally::ui {

/// One line of a CodeBox. The sign stands before the text, so that colour is never the only mark.
struct CodeLine
{
    enum class Mark { None, Hit, Wrong, Right };
    QString text;
    Mark mark = Mark::None;
    int number = 0; ///< in its source, 1-based; 0: none is shown

    friend bool operator==(const CodeLine &, const CodeLine &) = default;
};

/// Some lines of a file, as high as they are: marked ones tinted over the whole width, wrong ones with "−", right ones
/// with "+". To be selected and copied; foreign text must be made safe before (foreignText()).
class CodeBox final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit CodeBox(std::vector<CodeLine> lines, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override; ///< only sideways: the page around it scrolls

private:
    void tint();
    [[nodiscard]] bool isTooWide() const; ///< for the width it has: then a bar takes its height

    std::vector<CodeLine> m_lines;
};

} // namespace tally::ui
