// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace tally::ui {

/// A sentence that must not be overlooked, on the ground of "partly", and one button that mends what it says.
class NoticeBar final : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    void setTexts(const QString &sentence, const QString &button);
    [[nodiscard]] QPushButton *button() { return m_button; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace tally::ui
