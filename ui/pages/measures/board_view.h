// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QWidget>

#include <array>

class QLabel;
class QListWidget;

namespace tally::ui {

/// Measures as cards in one column per state. Cards are dragged from column to column, or moved by Ctrl+Left and
/// Ctrl+Right; the plain arrow keys move between cards.
class BoardView final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int stateCount = 4;

    explicit BoardView(QWidget *parent = nullptr);

    void setState(const AuditState &state);
    void retranslateUi();
    /// "" none. Emits nothing.
    void setCurrent(const QString &key);
    [[nodiscard]] QString current() const; ///< of the column that has the keyboard, or had it last
    [[nodiscard]] QListWidget &column(Measure::State state);

Q_SIGNALS:
    void chosen(const QString &key);
    void opened(const QString &key); ///< Enter, double click
    void moved(const QString &key, int state);

private:
    void goSideways(int from, int by);

    std::array<QListWidget *, stateCount> m_columns{};
    std::array<QLabel *, stateCount> m_titles{};
    std::array<QLabel *, stateCount> m_counts{};
    bool m_filling = false;
};

} // namespace tally::ui
