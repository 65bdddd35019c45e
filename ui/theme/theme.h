// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QPalette>

class QApplication;

namespace tally::ui {

enum class ThemeMode { System, Light, Dark };

/// Dresses the application: style, palette, base font, and the style sheet for inputs and progress bars. Widgets learn
/// of a switch by QEvent::PaletteChange. One per application, made by main.
class Theme final : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QApplication &application);

    void setMode(ThemeMode mode);
    [[nodiscard]] ThemeMode mode() const { return m_mode; }
    [[nodiscard]] bool isDark() const;

private:
    QApplication &m_application;
    QPalette m_system; ///< as the desktop set it, before we touched it
    ThemeMode m_mode = ThemeMode::System;
};

[[nodiscard]] QPalette makePalette(bool dark);

} // namespace tally::ui
