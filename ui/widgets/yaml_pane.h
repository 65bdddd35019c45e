// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check.h"
#include "core/document/yaml_view.h"

#include <QPlainTextEdit>

#include <vector>

namespace tally::ui {

/// A mark of a finding at a line.
struct LineMark
{
    int line = 0; ///< 0-based line of the view
    Severity severity = Severity::Info;
    std::size_t finding = 0;
};

/// An object as YAML, read-only: line numbers of the source where the view follows it, glyphs of findings in the
/// margin, their lines tinted, and a strip at the right with a tick per finding. A click on a marked line chooses it.
class YamlPane final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit YamlPane(QWidget *parent = nullptr);

    /// root: the object that view was made of; only read during the call.
    void setView(const YamlView &view, Node root, std::vector<LineMark> marks);
    void clearView();
    [[nodiscard]] const std::vector<LineMark> &marks() const { return m_marks; }
    [[nodiscard]] int numberOfLine(int line) const; ///< what stands in the margin
    /// Scrolls to the line of a mark and frames it; -1 for none.
    void showMark(int mark);
    /// Scrolls to a line of the view and frames it, until a mark is shown.
    void showLine(int line);
    [[nodiscard]] int framedLine() const; ///< -1: none
    [[nodiscard]] int currentMark() const { return m_current; }

    /// For the margin and the strip, which are widgets of their own.
    void paintMargin(QPaintEvent *event);
    void paintStrip(QPaintEvent *event);
    void marginClicked(int y);
    void stripClicked(int y, int height);

Q_SIGNALS:
    void markChosen(int mark);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void layOutMargins();
    void tint();
    [[nodiscard]] int marginWidth() const;
    [[nodiscard]] int markAtLine(int line) const; ///< -1: none
    void scrollToFrame();
    void chooseLine(int line);

    class Margin;
    class Strip;

    Margin *m_margin;
    Strip *m_strip;
    std::vector<int> m_numbers;
    std::vector<LineMark> m_marks; ///< by line
    int m_current = -1;
    int m_line = -1;
};

} // namespace tally::ui
