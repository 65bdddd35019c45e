// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPalette>

namespace tally::ui {

/// The colours of the windows, one set for light and one for dark. Every colour that is painted comes from here.
/// Contrast of all text pairs is at least 4.5 : 1 (WCAG 2.1). decided (green) stands only for a person's "ja".
struct Colors
{
    QColor surface;
    QColor raised;
    QColor sunken;
    QColor border;
    QColor control;
    QColor text;
    QColor muted;
    QColor accent;
    QColor accentHover;
    QColor accentSoft;
    QColor onAccent;
    QColor selection;
    QColor hover;
    QColor critical;
    QColor high;
    QColor medium;
    QColor low;
    QColor info;
    QColor criticalSoft;
    QColor highSoft;
    QColor mediumSoft;
    QColor lowSoft;
    QColor infoSoft;
    QColor deviation;
    QColor deviationSoft;
    QColor partly;
    QColor partlySoft;
    QColor manual;
    QColor manualSoft;
    QColor notChecked;
    QColor notCheckedSoft;
    QColor decided;
    QColor decidedSoft;
    QColor paper;
    QColor desk;
};

inline const Colors lightColors = {
    .surface = QColor(0xF3, 0xF5, 0xF7),
    .raised = QColor(0xFF, 0xFF, 0xFF),
    .sunken = QColor(0xE8, 0xEC, 0xF0),
    .border = QColor(0xD8, 0xDE, 0xE4),
    .control = QColor(0x7F, 0x8B, 0x97),
    .text = QColor(0x17, 0x21, 0x2B),
    .muted = QColor(0x55, 0x62, 0x6F),
    .accent = QColor(0x1B, 0x5E, 0x8C),
    .accentHover = QColor(0x15, 0x4B, 0x70),
    .accentSoft = QColor(0xE1, 0xED, 0xF6),
    .onAccent = QColor(0xFF, 0xFF, 0xFF),
    .selection = QColor(0xD6, 0xE6, 0xF3),
    .hover = QColor(0xED, 0xF2, 0xF6),
    .critical = QColor(0x9F, 0x12, 0x39),
    .high = QColor(0xAB, 0x3D, 0x0C),
    .medium = QColor(0x7F, 0x50, 0x00),
    .low = QColor(0x46, 0x62, 0x7A),
    .info = QColor(0x4A, 0x5A, 0x8C),
    .criticalSoft = QColor(0xFB, 0xE7, 0xEC),
    .highSoft = QColor(0xFC, 0xEB, 0xE1),
    .mediumSoft = QColor(0xFA, 0xF0, 0xDA),
    .lowSoft = QColor(0xE8, 0xEE, 0xF3),
    .infoSoft = QColor(0xE9, 0xEC, 0xF6),
    .deviation = QColor(0xB3, 0x26, 0x1E),
    .deviationSoft = QColor(0xFB, 0xE9, 0xE7),
    .partly = QColor(0x7F, 0x50, 0x00),
    .partlySoft = QColor(0xFA, 0xF0, 0xDA),
    .manual = QColor(0x5B, 0x4B, 0x9A),
    .manualSoft = QColor(0xEE, 0xEB, 0xF8),
    .notChecked = QColor(0x55, 0x62, 0x6F),
    .notCheckedSoft = QColor(0xEB, 0xEE, 0xF1),
    .decided = QColor(0x19, 0x69, 0x3F),
    .decidedSoft = QColor(0xE2, 0xF2, 0xE8),
    .paper = QColor(0xFF, 0xFF, 0xFF),
    .desk = QColor(0xDD, 0xE2, 0xE7),
};

inline const Colors darkColors = {
    .surface = QColor(0x12, 0x17, 0x1D),
    .raised = QColor(0x1A, 0x21, 0x29),
    .sunken = QColor(0x0D, 0x12, 0x17),
    .border = QColor(0x2D, 0x37, 0x41),
    .control = QColor(0x6F, 0x7D, 0x8A),
    .text = QColor(0xE6, 0xEB, 0xF0),
    .muted = QColor(0xA0, 0xAD, 0xB9),
    .accent = QColor(0x7C, 0xB8, 0xE4),
    .accentHover = QColor(0x9B, 0xCB, 0xEE),
    .accentSoft = QColor(0x1A, 0x33, 0x46),
    .onAccent = QColor(0x0B, 0x1A, 0x26),
    .selection = QColor(0x20, 0x3F, 0x58),
    .hover = QColor(0x21, 0x2A, 0x33),
    .critical = QColor(0xFF, 0x8F, 0xA8),
    .high = QColor(0xFF, 0x9E, 0x6B),
    .medium = QColor(0xE8, 0xB2, 0x4A),
    .low = QColor(0x9D, 0xB6, 0xCA),
    .info = QColor(0xA6, 0xB4, 0xE8),
    .criticalSoft = QColor(0x3A, 0x1A, 0x24),
    .highSoft = QColor(0x3A, 0x24, 0x17),
    .mediumSoft = QColor(0x35, 0x2B, 0x14),
    .lowSoft = QColor(0x22, 0x30, 0x3B),
    .infoSoft = QColor(0x24, 0x2B, 0x42),
    .deviation = QColor(0xFF, 0x93, 0x89),
    .deviationSoft = QColor(0x3B, 0x1D, 0x1B),
    .partly = QColor(0xE8, 0xB2, 0x4A),
    .partlySoft = QColor(0x35, 0x2B, 0x14),
    .manual = QColor(0xBB, 0xAE, 0xF2),
    .manualSoft = QColor(0x2A, 0x25, 0x42),
    .notChecked = QColor(0xA3, 0xAF, 0xBA),
    .notCheckedSoft = QColor(0x25, 0x2D, 0x35),
    .decided = QColor(0x7C, 0xCB, 0x9B),
    .decidedSoft = QColor(0x17, 0x30, 0x1F),
    .paper = QColor(0xFF, 0xFF, 0xFF),
    .desk = QColor(0x0D, 0x12, 0x17),
};

/// The set that a palette of ours was made from: widgets and delegates ask with their own palette, so a switch of the
/// theme needs no notice.
[[nodiscard]] inline const Colors &colorsOf(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? darkColors : lightColors;
}

/// Sizes in device-independent pixels at 96 dpi.
namespace size {
inline constexpr int navigationWidth = 192;
inline constexpr int navigationCompact = 56; // icons only, in a narrow window
inline constexpr int narrowWindow = 1100;    // below it
inline constexpr int navigationRow = 36;
inline constexpr int navigationRowWithProgress = 44;
inline constexpr int navigationIcon = 18;
inline constexpr int head = 48;
inline constexpr int statusStrip = 30;
inline constexpr int pageMargin = 24;
inline constexpr int groupGap = 16;
inline constexpr int lineGap = 8;
inline constexpr int innerGap = 4;
inline constexpr int tableRow = 28;
inline constexpr int subRow = 23;
inline constexpr int causeRow = 32;
inline constexpr int sourceRow = 60;
inline constexpr int control = 32;
inline constexpr int smallControl = 26;
inline constexpr int segmented = 30;
inline constexpr int chip = 24;
inline constexpr int radius = 6;
inline constexpr int chipRadius = 5;
inline constexpr int dropZoneRadius = 8;
inline constexpr int selectionMark = 3;
inline constexpr int stateGlyph = 14;
inline constexpr int severityGlyph = 12;
inline constexpr int facets = 216;
} // namespace size

} // namespace tally::ui
