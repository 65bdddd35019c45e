// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/saved_filters.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

namespace tally::ui {

namespace {

constexpr const char *page = "findings";
constexpr int longestName = 80;

} // namespace

SavedFilters::SavedFilters(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_button(new LinkButton(u"chevron-down"_qs))
    , m_name(new QLineEdit)
{
    m_button->setObjectName(u"savedFilters"_qs);
    m_button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_name->setObjectName(u"filterName"_qs);
    m_name->setMaxLength(longestName);
    m_name->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_name);
    column->addWidget(m_button);
    connect(m_button, &LinkButton::clicked, this, &SavedFilters::popUp);
    connect(m_name, &QLineEdit::returnPressed, this, &SavedFilters::save);
    auto *leave = new QAction(m_name);
    leave->setShortcut(Qt::Key_Escape);
    leave->setShortcutContext(Qt::WidgetShortcut);
    connect(leave, &QAction::triggered, m_name, &QWidget::hide);
    m_name->addAction(leave);
}

void SavedFilters::setFilter(const FindingFilter &filter)
{
    m_filter = filter;
}

void SavedFilters::retranslateUi()
{
    m_button->setText(tr("Saved filters"));
    m_name->setPlaceholderText(tr("Name, then Enter"));
    m_name->setAccessibleName(tr("Name of the filter"));
}

void SavedFilters::popUp()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const AuditStatePtr state = m_session.state();
    QMenu *remove = nullptr;
    for (const auto &[name, filter] : state->records.filters) {
        if (filter.page != page)
            continue;
        const QString title = foreignText(name).replace(u'&', u"&&"_qs);
        menu->addAction(title, this, [this, data = filter.data] { Q_EMIT chosen(filterFromText(data)); });
        if (!remove)
            remove = new QMenu(tr("Remove"), menu);
        remove->addAction(title, this, [this, key = name] { m_session.remove(RecordType::SavedFilter, key); });
    }
    if (menu->isEmpty())
        menu->addAction(tr("None saved yet"))->setEnabled(false);
    menu->addSeparator();
    QAction *keep = menu->addAction(tr("Save this filter"), this, [this] {
        m_name->show();
        m_name->setFocus(Qt::OtherFocusReason);
    });
    keep->setEnabled(!m_filter.isEmpty() && !m_session.isReadOnly());
    if (remove) {
        menu->addMenu(remove);
        remove->setEnabled(!m_session.isReadOnly());
    }
    menu->popup(m_button->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void SavedFilters::save()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty())
        return;
    SavedFilter filter;
    filter.key = toUtf8String(name);
    filter.page = page;
    filter.data = toText(m_filter);
    m_session.put(Record(std::move(filter)));
    m_name->clear();
    m_name->hide();
    m_button->setFocus(Qt::OtherFocusReason);
}

} // namespace tally::ui
