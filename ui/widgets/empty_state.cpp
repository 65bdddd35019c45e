// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/empty_state.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"

#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace tally::ui {

namespace {

class BigIcon final : public QWidget
{
public:
    BigIcon(QString name, QWidget *parent)
        : QWidget(parent)
        , m_name(std::move(name))
    {
        setFixedSize(44, 44);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        drawIcon(painter, m_name, QRectF(rect()).adjusted(2, 2, -2, -2), colorsOf(palette()).muted);
    }

private:
    QString m_name;
};

} // namespace

EmptyState::EmptyState(const QString &iconName, QWidget *parent)
    : QWidget(parent)
    , m_title(makeLabel(Face::Section))
    , m_sentence(makeLabel(Face::Base))
    , m_button(new QPushButton)
    , m_link(new LinkButton)
{
    m_sentence->setWordWrap(true);
    m_button->setDefault(true);
    m_button->hide();
    m_link->hide();
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    column->addWidget(new BigIcon(iconName, this));
    column->addSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->addSpacing(8);
    column->addWidget(m_button, 0, Qt::AlignLeft);
    column->addWidget(m_link, 0, Qt::AlignLeft);
    auto *block = new QWidget;
    block->setLayout(column);
    block->setFixedWidth(480);
    auto *whole = new QVBoxLayout(this);
    whole->addStretch(2);
    whole->addWidget(block, 0, Qt::AlignHCenter);
    whole->addStretch(3);
}

void EmptyState::setTexts(const QString &title, const QString &sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
}

} // namespace tally::ui
