// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/theme.h"

#include "ui/theme/focus_marker.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QApplication>

namespace tally::ui {

namespace {

QString inputStyleSheet(const Colors &c)
{
    const QString rules = uR"(
QLineEdit, QPlainTextEdit[input="true"], QDateEdit {
    background: %1; border: 1px solid %2; border-radius: 6px; padding: 3px 9px; color: %3;
    selection-background-color: %4; selection-color: %3; }
QLineEdit { min-height: 24px; }
QLineEdit:focus, QPlainTextEdit[input="true"]:focus, QDateEdit:focus {
    border: 2px solid %5; padding: 2px 8px; }
QDateEdit { min-height: 24px; }
QDateEdit::drop-down { border: none; width: 0px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: none; background: transparent; padding: 0px 8px; min-height: 0px; }
QLineEdit:disabled { border-color: %6; color: %7; }
QProgressBar { border: none; border-radius: 3px; background: %6; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { border-radius: 3px; background: %5; }
QToolTip { background: %1; color: %3; border: 1px solid %2; padding: 4px; }
)"_qs;
    return rules.arg(c.raised.name(), c.control.name(), c.text.name(), c.selection.name(), c.accent.name(),
        c.border.name(), c.muted.name());
}

} // namespace

QPalette makePalette(bool dark)
{
    const Colors &c = dark ? darkColors : lightColors;
    QPalette palette;
    palette.setColor(QPalette::Window, c.surface);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.raised);
    palette.setColor(QPalette::AlternateBase, c.sunken);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Button, c.raised);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.text);
    palette.setColor(QPalette::Highlight, c.selection);
    palette.setColor(QPalette::HighlightedText, c.text);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::ToolTipBase, c.raised);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Light, c.raised);
    palette.setColor(QPalette::Midlight, c.hover);
    palette.setColor(QPalette::Mid, c.border);
    palette.setColor(QPalette::Dark, c.control);
    palette.setColor(QPalette::Shadow, c.desk);
    QColor off = c.muted;
    off.setAlphaF(0.55F);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, off);
    return palette;
}

Theme::Theme(QApplication &application)
    : QObject(&application)
    , m_application(application)
    , m_system(application.palette())
{
    QApplication::setStyle(new Style);
    QApplication::setFont(faceFont(Face::Base));
    setMode(ThemeMode::System);
    new FocusMarker(application, this);
}

bool Theme::isDark() const
{
    switch (m_mode) {
    case ThemeMode::System:
        return m_system.color(QPalette::Window).lightness() < 128;
    case ThemeMode::Light:
        return false;
    case ThemeMode::Dark:
        return true;
    }
    Q_UNREACHABLE();
}

void Theme::setMode(ThemeMode mode)
{
    m_mode = mode;
    QApplication::setPalette(makePalette(isDark()));
    m_application.setStyleSheet(inputStyleSheet(isDark() ? darkColors : lightColors));
}

} // namespace tally::ui
