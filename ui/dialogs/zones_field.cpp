// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/zones_field.h"

#include "ui/models/words.h"
#include "ui/pages/page.h"
#include "ui/theme/style.h"
#include "ui/widgets/basics.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

ZonesField::ZonesField(bool readOnly, QWidget *parent)
    : QWidget(parent)
    , m_readOnly(readOnly)
    , m_column(new QVBoxLayout)
    , m_add(new LinkButton(u"plus"_qs))
{
    m_add->setObjectName(u"addZone"_qs);
    m_add->setVisible(!m_readOnly);
    m_add->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_column->setSpacing(4);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(4);
    whole->addLayout(m_column);
    whole->addWidget(m_add);
    connect(m_add, &LinkButton::clicked, this, [this] {
        add({});
        m_rows.back().name->setFocus();
    });
    retranslateUi();
}

void ZonesField::show(const std::vector<NetworkZone> &zones)
{
    for (const Row &row : std::exchange(m_rows, {}))
        delete row.widget;
    for (const NetworkZone &zone : zones)
        add(zone);
}

void ZonesField::add(const NetworkZone &zone)
{
    Row row{
        new QWidget, new QLineEdit(toQString(zone.name)), new QComboBox, new QLineEdit, new LinkButton(u"close"_qs)};
    QStringList ranges;
    for (const std::string &range : zone.ranges)
        ranges.append(toQString(range));
    row.ranges->setText(ranges.join(u", "_qs));
    row.ranges->setFont(faceFont(Face::Mono));
    row.ranges->setCursorPosition(0);
    row.name->setCursorPosition(0);
    row.name->setObjectName(u"zoneName"_qs);
    row.purpose->setObjectName(u"zonePurpose"_qs);
    row.ranges->setObjectName(u"zoneRanges"_qs);
    for (int i = 0; i < 3; ++i)
        row.purpose->addItem(QString());
    row.purpose->setCurrentIndex(static_cast<int>(zone.purpose));
    auto *line = new QHBoxLayout(row.widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(row.name, 2);
    line->addWidget(row.purpose, 2);
    line->addWidget(row.ranges, 3);
    line->addWidget(row.remove);
    row.remove->setVisible(!m_readOnly);
    row.name->setReadOnly(m_readOnly);
    row.ranges->setReadOnly(m_readOnly);
    row.purpose->setEnabled(!m_readOnly);
    m_column->addWidget(row.widget);
    m_rows.push_back(row);
    retranslate(row);
    connect(row.remove, &LinkButton::clicked, this, [this, widget = row.widget] {
        std::erase_if(m_rows, [widget](const Row &each) { return each.widget == widget; });
        widget->hide();
        widget->deleteLater();
        m_add->setFocus();
    });
}

bool ZonesField::read(std::vector<NetworkZone> &zones)
{
    for (const Row &row : m_rows) {
        NetworkZone zone;
        zone.name = toUtf8String(row.name->text().trimmed());
        zone.purpose = static_cast<NetworkZone::Purpose>(row.purpose->currentIndex());
        for (const QString &range : row.ranges->text().split(u',')) {
            if (const QString value = range.trimmed(); !value.isEmpty())
                zone.ranges.push_back(toUtf8String(value));
        }
        if (zone.name.empty() && zone.ranges.empty())
            continue; // a row that was added and left empty
        if (zone.name.empty())
            return refuse(*row.name, tr("A network zone has a name."));
        if (zone.ranges.empty())
            return refuse(
                *row.ranges, tr("The zone “%1” needs addresses, such as 10.20.0.0/16.").arg(foreignText(zone.name)));
        for (const std::string &range : zone.ranges) {
            if (!isPolicyValue("ranges", range))
                return refuse(
                    *row.ranges, tr("“%1” is no range of addresses, such as 10.20.0.0/16.").arg(foreignText(range)));
        }
        zones.push_back(std::move(zone));
    }
    return true;
}

bool ZonesField::refuse(QWidget &field, const QString &why)
{
    Q_EMIT wrong(why);
    field.setFocus(Qt::OtherFocusReason);
    return false;
}

void ZonesField::retranslate(const Row &row) const
{
    row.purpose->setItemText(0, tr("Administration"));
    row.purpose->setItemText(1, tr("Access to applications"));
    row.purpose->setItemText(2, tr("Inside the cluster"));
    row.name->setPlaceholderText(tr("Name"));
    row.name->setAccessibleName(tr("Name of the zone"));
    row.purpose->setAccessibleName(tr("Purpose of the zone"));
    row.ranges->setPlaceholderText(u"10.20.0.0/16, fd00:20::/32"_qs);
    row.ranges->setAccessibleName(tr("Addresses of the zone"));
    row.remove->setAccessibleName(tr("Remove the zone"));
    row.remove->setToolTip(tr("Remove the zone"));
}

void ZonesField::retranslateUi()
{
    m_add->setText(tr("Add a zone"));
    for (const Row &row : m_rows)
        retranslate(row);
}

void ZonesField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QWidget::changeEvent(event);
}

} // namespace tally::ui
