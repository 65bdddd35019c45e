// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/basics.h"

#include <QWidget>

namespace tally::ui {

/// Shouts: a red field over the whole width with a sign, a sentence in bold, one below it, and a link.
class Banner final : public QWidget
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    void setTexts(const QString &title, const QString &text, const QString &link);

Q_SIGNALS:
    void linkClicked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_title;
    QLabel *m_text;
    LinkButton *m_link;
};

} // namespace tally::ui
