// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;

namespace tally::ui {

class LinkButton;

/// What stands on a page that has nothing to show: one sentence what belongs here, one button to get it, one link to
/// the sample.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(const QString &iconName, QWidget *parent = nullptr);

    void setTexts(const QString &title, const QString &sentence);
    [[nodiscard]] QPushButton *button() { return m_button; } ///< hidden until shown by the page
    [[nodiscard]] LinkButton *link() { return m_link; }      ///< "Open sample"; hidden where the page has none to open

Q_SIGNALS:
    void sampleWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();
    void fitHeight();

    QWidget *m_block;
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_button;
    LinkButton *m_link;
};

} // namespace tally::ui
