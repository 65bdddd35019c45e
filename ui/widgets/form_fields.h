// SPDX-License-Identifier: Apache-2.0
#pragma once

class QLabel;
class QPlainTextEdit;
class QString;
class QWidget;

namespace tally::ui {

/// The small grey label over a field of a form; its buddy is the field.
[[nodiscard]] QLabel *fieldLabel(QWidget *field);

/// A field for several lines of plain text. Tab leaves it. height: pixels; 0: as the layout wants it.
[[nodiscard]] QPlainTextEdit *textField(const QString &name, int height = 0);

} // namespace tally::ui
