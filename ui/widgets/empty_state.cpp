// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/empty_state.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"

#include <QEvent>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int blockWidth = 480;

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
    , m_block(new QWidget)
    , m_title(makeLabel(Face::Section))
    , m_sentence(makeLabel(Face::Base))
    , m_button(new QPushButton)
    , m_link(new LinkButton)
{
    m_sentence->setWordWrap(true);
    m_button->setDefault(true);
    m_button->hide();
    m_link->hide();
    m_link->setObjectName(u"openSampleLink"_qs);
    connect(m_link, &LinkButton::clicked, this, &EmptyState::sampleWanted);
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    column->addWidget(new BigIcon(iconName, this));
    column->addSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->addSpacing(8);
    column->addWidget(m_button, 0, Qt::AlignLeft);
    column->addWidget(m_link, 0, Qt::AlignLeft);
    m_block->setLayout(column);
    m_block->setFixedWidth(blockWidth);
    auto *whole = new QVBoxLayout(this);
    whole->addStretch(2);
    whole->addWidget(m_block, 0, Qt::AlignHCenter);
    whole->addStretch(3);
    retranslateUi();
}

void EmptyState::setTexts(const QString &title, const QString &sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    fitHeight();
}

/// A layout that centres its item asks it for a height without a width: a wrapped sentence would lose its lines.
void EmptyState::fitHeight()
{
    const QMargins margins = m_block->layout()->contentsMargins();
    const int height = m_sentence->heightForWidth(blockWidth - margins.left() - margins.right());
    m_sentence->setMinimumHeight(std::max(0, height)); // -1 before there is a sentence
}

void EmptyState::retranslateUi()
{
    m_link->setText(tr("Open the sample instead"));
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    else if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitHeight();
    QWidget::changeEvent(event);
}

} // namespace tally::ui
