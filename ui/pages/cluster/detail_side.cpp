// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/detail_side.h"

#include "ui/widgets/basics.h"
#include "ui/widgets/facts_lines.h"
#include "ui/widgets/flow_layout.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace tally::ui {

DetailSide::DetailSide(QWidget *parent)
    : QWidget(parent)
    , m_scroll(new QScrollArea)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_scroll);
    setMinimumWidth(300);
    clear();
}

namespace {

constexpr int linkInset = 4; ///< of a link's text in its button; everything else is indented by it

/// A word that cannot be broken must not widen the whole column.
void wrap(QLabel &label)
{
    label.setWordWrap(true);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    label.setSizePolicy(policy);
}

} // namespace

void DetailSide::clear()
{
    // What is replaced may be what was clicked: it goes when that is over.
    if (QWidget *before = m_scroll->takeWidget()) {
        before->hide();
        before->deleteLater();
    }
    m_content = new Panel(Panel::Ground::Raised);
    m_column = new QVBoxLayout(m_content);
    m_column->setContentsMargins(20 - linkInset, 14, 20, 16);
    m_column->setSpacing(8);
    m_scroll->setWidget(m_content);
}

void DetailSide::addInset(QWidget *widget)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(linkInset, 0, 0, 0);
    row->addWidget(widget);
    m_column->addLayout(row);
}

void DetailSide::showHint(const QString &hint)
{
    clear();
    auto *label = makeLabel(Face::Dense, Ink::Muted);
    label->setText(hint);
    wrap(*label);
    addInset(label);
    end();
}

void DetailSide::begin(const QString &title, const QString &subtitle)
{
    clear();
    auto *name = makeLabel(Face::Section);
    name->setText(title);
    wrap(*name);
    name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addInset(name);
    if (subtitle.isEmpty())
        return;
    auto *below = makeLabel(Face::Secondary, Ink::Muted);
    below->setText(subtitle);
    wrap(*below);
    addInset(below);
}

void DetailSide::addSection(const QString &title)
{
    m_column->addSpacing(4);
    addInset(new Line);
    auto *label = makeLabel(Face::BaseStrong);
    label->setText(title);
    wrap(*label);
    addInset(label);
}

void DetailSide::addText(const QString &text, Glyph glyph)
{
    auto *label = makeLabel(Face::Dense);
    label->setText(text);
    wrap(*label);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (glyph == Glyph::None) {
        addInset(label);
        return;
    }
    auto *row = new QHBoxLayout;
    row->setContentsMargins(linkInset, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(new GlyphMark(glyph), 0, Qt::AlignTop);
    row->addWidget(label, 1);
    m_column->addLayout(row);
}

FactsLines &DetailSide::addFacts()
{
    auto *lines = new FactsLines;
    addInset(lines);
    return *lines;
}

void DetailSide::addPath(const QString &label, const QString &path)
{
    auto *name = makeLabel(Face::Secondary, Ink::Muted);
    name->setText(label);
    addInset(name);
    auto *value = new ElidedLabel(Face::Mono, Ink::Text, Qt::ElideMiddle);
    value->setText(path);
    addInset(value);
}

LinkButton *DetailSide::makeLink(const QString &text, const Address &address, const QString &iconName)
{
    auto *link = new LinkButton(iconName);
    link->setText(text);
    link->setToolTip(text.toHtmlEscaped());
    connect(link, &QAbstractButton::clicked, this, [this, address] { Q_EMIT navigate(address); });
    return link;
}

void DetailSide::addLink(const QString &text, const Address &address, const QString &iconName)
{
    LinkButton *link = makeLink(text, address, iconName);
    link->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed); // a long name is cut
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(link);
    row->addStretch();
    m_column->addLayout(row);
}

void DetailSide::addLinks(const std::vector<std::pair<QString, Address>> &links, bool indented)
{
    auto *flow = new FlowLayout(4);
    flow->setContentsMargins(indented ? size::stateGlyph + 8 : 0, 0, 0, indented ? 4 : 0);
    for (const auto &[text, address] : links)
        flow->addWidget(makeLink(text, address));
    m_column->addLayout(flow);
}

void DetailSide::addCommand(const QString &command)
{
    addInset(new CommandLine(command));
}

void DetailSide::end()
{
    m_column->addStretch(1);
}

} // namespace tally::ui
