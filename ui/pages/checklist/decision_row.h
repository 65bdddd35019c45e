// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QButtonGroup>
#include <QWidget>

#include <array>

class QRadioButton;

namespace tally::ui {

/// The four decisions with their keys: ja 1, teilweise 2, nein 3, entbehrlich 4. Nothing is chosen at first, and the
/// program never chooses one.
class DecisionRow final : public QWidget
{
    Q_OBJECT

public:
    explicit DecisionRow(QWidget *parent = nullptr);

    void retranslateUi();
    void setStatus(Status status); ///< emits nothing
    [[nodiscard]] Status status() const;
    void choose(Status status); ///< as by the user

Q_SIGNALS:
    /// By the user only.
    void chosen();

private:
    QButtonGroup m_group;
    std::array<QRadioButton *, 4> m_buttons{};
};

} // namespace tally::ui
