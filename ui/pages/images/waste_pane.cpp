// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/waste_pane.h"

#include "ui/models/layers_model.h"
#include "ui/models/words.h"
#include "ui/pages/images/image_tables.h"
#include "ui/pages/table_pane.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace tally::ui {

namespace {

SimpleTableModel::Cell bytes(std::uint64_t value)
{
    return {bytesText(value), QVariant::fromValue<qulonglong>(value)};
}

} // namespace

WastePane::WastePane(QWidget *parent)
    : QWidget(parent)
    , m_note(makeLabel(Face::Base))
    , m_section(new SegmentedControl(3))
    , m_table(new TablePane)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(size::pageMargin, 10, size::pageMargin, 2);
    head->setSpacing(16);
    m_note->setWordWrap(true);
    head->addWidget(m_note, 1);
    head->addWidget(m_section);
    m_section->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    connect(m_section, &SegmentedControl::chosen, this, &WastePane::fill);
    connect(m_table, &TablePane::activated, this, [this](const QVariant &row) {
        const auto number = static_cast<std::size_t>(row.toInt());
        if (m_section->current() == ByFile && number < m_items.size())
            Q_EMIT fileWanted(m_items[number].path, static_cast<int>(m_items[number].layer));
        else if (m_section->current() == ByInstruction && row.toInt() >= 0)
            Q_EMIT layerWanted(row.toInt());
        else if (m_section->current() == AsDive && number < m_image->wasted.size())
            Q_EMIT fileWanted(m_image->wasted[number].path, -1);
    });
}

void WastePane::setImage(const ImagePtr &image, const ImageIndexPtr &index)
{
    if (image == m_image && index == m_index)
        return;
    m_image = image;
    m_index = index;
    m_stale = true;
    if (isVisible())
        fill();
}

void WastePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        fill();
}

void WastePane::focusSearch()
{
    m_table->focusSearch();
}

QString WastePane::instruction(int history, int layer) const
{
    if (history >= 0 && static_cast<std::size_t>(history) < m_image->history.size())
        return shortInstruction(m_image->history[static_cast<std::size_t>(history)].createdBy);
    if (layer >= 0 && static_cast<std::size_t>(layer) < m_image->layers.size())
        return shortInstruction(m_image->layers[static_cast<std::size_t>(layer)].command);
    return {};
}

void WastePane::fill()
{
    if (!m_image)
        return;
    if (m_stale)
        m_items = m_index ? wasteItems(*m_index) : std::vector<WasteItem>();
    m_stale = false;
    m_note->setText(m_image->shadowedBytes == 0
            ? tr("Every byte of this image can be seen by a container: nothing is wasted.")
            : tr("%1 in %2 files are in the image, but no container ever sees them. Counted exactly.")
                  .arg(bytesText(m_image->shadowedBytes), countText(m_image->shadowed.size())));
    switch (m_section->current()) {
    case ByFile:
        fillFiles();
        break;
    case ByInstruction:
        fillInstructions();
        break;
    default:
        fillDive();
    }
}

void WastePane::fillFiles()
{
    std::vector<SimpleTableModel::Row> rows;
    rows.reserve(m_items.size());
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const WasteItem &item = m_items[i];
        const QString by = item.hidingLayer < 0
            ? QString()
            : tr("layer %1: %2")
                  .arg(QString::number(item.hidingLayer + 1), instruction(item.hiddenByHistory, item.hidingLayer));
        rows.push_back({{bytes(item.bytes), {QString::number(item.layer + 1), item.layer}, {foreignText(item.path)},
                            {ImageTables::causeWord(item.cause)}, {by}},
            static_cast<int>(i)});
    }
    m_table->setTable({{tr("Size"), true}, {tr("In layer"), true}, {tr("Path"), false, true},
                          {tr("Why nobody sees it")}, {tr("Through")}},
        std::move(rows), {100, 100, 330, 220});
    m_table->setNote(tr("Enter shows the file in the layer that carries it."));
}

void WastePane::fillInstructions()
{
    std::vector<SimpleTableModel::Row> rows;
    for (const WasteOfInstruction &each : wasteByInstruction(m_items)) {
        rows.push_back({{bytes(each.bytes), {countText(each.files), each.files}, bytes(each.removedBytes),
                            bytes(each.overwrittenBytes), bytes(each.attributesBytes),
                            {QString::number(each.hidingLayer + 1), each.hidingLayer},
                            {instruction(each.history, each.hidingLayer)}},
            each.hidingLayer});
    }
    m_table->setTable(
        {{tr("Size"), true}, {tr("Files"), true}, {tr("removed"), true}, {tr("overwritten"), true},
            {tr("rights, owner"), true}, {tr("Layer"), true}, {tr("Instruction that hides it"), false, true}},
        std::move(rows), {100, 80, 100, 110, 120, 70});
    m_table->setNote(tr("What to change in the Dockerfile: remove in the instruction that creates, set rights with "
                        "COPY --chmod and --chown. Enter shows the layer."));
}

void WastePane::fillDive()
{
    std::vector<SimpleTableModel::Row> rows;
    for (std::size_t i = 0; i < m_image->wasted.size(); ++i) {
        const WastedPath &path = m_image->wasted[i];
        rows.push_back(
            {{bytes(path.bytes), {countText(path.count), path.count}, {foreignText(path.path)}}, static_cast<int>(i)});
    }
    m_table->setTable(
        {{tr("Size"), true}, {tr("Layers"), true}, {tr("Path"), false, true}}, std::move(rows), {110, 80});
    m_table->setNote(tr("As dive counts, for comparison: %1 in paths that several layers carry; efficiency %2 %. It "
                        "counts the copy that is kept and misses removed directories.")
                         .arg(bytesText(m_image->wastedBytes), QLocale().toString(m_image->efficiency * 100, 'f', 2)));
}

void WastePane::retranslateUi()
{
    m_section->setTexts({tr("By file"), tr("By instruction"), tr("As dive counts")});
    m_section->setName(tr("How it is summed up"));
    m_table->setName(tr("Invisible bytes"));
    fill();
}

} // namespace tally::ui
