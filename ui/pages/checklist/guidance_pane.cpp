// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/guidance_pane.h"

#include "ui/models/words.h"
#include "ui/pages/page.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

void addText(QVBoxLayout &column, const QString &title, const QString &text)
{
    if (text.isEmpty())
        return;
    QLabel *head = makeLabel(Face::BaseStrong);
    head->setText(title);
    QLabel *body = makeLabel(Face::Base);
    body->setText(text);
    body->setWordWrap(true);
    body->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column.addWidget(head);
    column.addSpacing(4);
    column.addWidget(body);
    column.addSpacing(size::groupGap);
}

} // namespace

GuidancePane::GuidancePane(QWidget *parent)
    : QWidget(parent)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *content = new QWidget;
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(20, 16, 20, 16);
    m_column->setSpacing(0);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(makeScrollArea(content));
    setMinimumWidth(240);
    setFocusPolicy(Qt::ClickFocus); // what has the keyboard where the list stands back
}

void GuidancePane::setRequirement(const Requirement *requirement, const Catalogue &catalogue)
{
    clearLayout(*m_column);
    auto *head = new QHBoxLayout;
    QLabel *title = makeLabel(Face::Section);
    title->setText(tr("Guidance"));
    auto *close = new QToolButton;
    close->setIcon(icon(u"close"_qs));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close the guidance"));
    connect(close, &QToolButton::clicked, this, &GuidancePane::closeWanted);
    head->addWidget(title);
    head->addStretch();
    head->addWidget(close);
    m_column->addLayout(head);
    m_column->addSpacing(12);
    if (requirement) {
        const Language language = applicationLanguage();
        addText(*m_column, tr("What it is about"), toQString(requirement->guidance.concept_.in(language)));
        addText(*m_column, tr("How it is attacked"), toQString(requirement->guidance.attack.in(language)));
        addText(*m_column, tr("What helps"), toQString(requirement->guidance.remedy.in(language)));
        QStringList threats;
        for (const std::string &id : requirement->threats) {
            const auto known = std::ranges::find(catalogue.threats, id, &Threat::id);
            threats.append(known == catalogue.threats.end()
                    ? toQString(id)
                    : QString(toQString(id) % u"  " % toQString(known->title.in(language))));
        }
        addText(*m_column, tr("Elementary threats"), threats.join(u'\n'));
        QStringList related;
        for (const std::string &id : requirement->related)
            related.append(toQString(id));
        addText(*m_column, tr("See also"), related.join(u", "));
    }
    m_column->addStretch();
}

} // namespace tally::ui
