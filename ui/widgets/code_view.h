// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/highlighter.h"

#include <QPlainTextEdit>

namespace tally::ui {

/// Text to read, with line numbers; plain text only. A line can be pointed at.
class CodeView final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit CodeView(QWidget *parent = nullptr);

    void setText(const QString &text, CodeLanguage language);
    void setNumbered(bool numbered);
    /// Tints the line and brings it into sight; 1-based, 0: none.
    void showLine(int line);
    void paintMargin(QPaintEvent *event); ///< for the margin, a widget of its own

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void layOutMargin();
    void tint();
    [[nodiscard]] int marginWidth() const;

    class Margin;

    Margin *m_margin;
    Highlighter *m_highlighter;
    bool m_numbered = true;
    int m_line = 0;
};

/// "00000010  48 65 6c 6c 6f 0a …  |Hello.|" for each 16 bytes, at most `limit` bytes.
[[nodiscard]] QString hexText(std::string_view bytes, std::size_t limit);

} // namespace tally::ui
