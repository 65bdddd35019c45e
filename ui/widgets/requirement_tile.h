// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/requirement_state.h"

#include <QAbstractButton>

namespace tally::ui {

/// A requirement of the overview: number, one word, state. Open ones stand out, decided ones recede.
class RequirementTile final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit RequirementTile(QWidget *parent = nullptr);

    void set(
        const QString &number, const QString &word, const QString &title, RequirementState state, bool applies = true);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {56, 62}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QString m_number;
    QString m_word;
    RequirementState m_state;
    bool m_applies = true;
};

} // namespace tally::ui
