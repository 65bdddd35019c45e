// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/requirement_delegate.h"

#include "ui/models/checklist_model.h"
#include "ui/models/target_words.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/tokens.h"

#include <QPainter>

namespace tally::ui {

namespace {

constexpr int margin = 16;
constexpr int idColumn = 34;

/// Coloured where something was found; else the word recedes.
QColor wordColor(StateKind kind, bool decided, const Colors &colors)
{
    if (!decided && (kind == StateKind::Deviation || kind == StateKind::Indications))
        return colorsOf(glyphOf(kind), colors).strong;
    return colors.muted;
}

void paintBand(QPainter &painter, const QRectF &row, const QModelIndex &index, const Colors &colors)
{
    painter.setFont(faceFont(Face::SecondaryStrong));
    painter.setPen(colors.text);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
    painter.setFont(faceFont(Face::Secondary));
    painter.setPen(colors.muted);
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, index.data(ChecklistModel::CountRole).toString());
}

} // namespace

void RequirementDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = colorsOf(option.palette);
    QRectF row = QRectF(option.rect).adjusted(margin, 0, -margin, 0);
    painter->save();
    if (index.data(ChecklistModel::BandRole).toBool()) {
        paintBand(*painter, row, index, colors);
        painter->restore();
        return;
    }
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hot = option.state.testFlag(QStyle::State_MouseOver);
    const QColor ground = selected ? colors.selection : hot ? colors.hover : colors.raised;
    painter->fillRect(option.rect, ground);
    if (selected) {
        painter->fillRect(
            QRect(option.rect.left(), option.rect.top(), size::selectionMark, option.rect.height()), colors.accent);
    }
    const auto kind = static_cast<StateKind>(index.data(ChecklistModel::StateRole).toInt());
    const bool decided = index.data(ChecklistModel::DecidedRole).toBool();
    const bool stale = index.data(ChecklistModel::StaleRole).toBool();
    const bool recedes = !index.data(ChecklistModel::AppliesRole).toBool();
    const Glyph glyph = recedes ? Glyph::NotChecked : glyphOf(RequirementState{kind, decided, stale});
    drawGlyph(*painter, glyph, QRectF(row.left(), row.center().y() - 7, size::stateGlyph, size::stateGlyph),
        colorsOf(glyph, colors).strong, ground);
    row.adjust(size::stateGlyph + 8, 0, 0, 0);
    const bool strong = (!decided && !recedes) || selected || stale;
    painter->setFont(faceFont(Face::Base));
    painter->setPen(colors.muted);
    painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter, index.data(ChecklistModel::ShortIdRole).toString());
    row.adjust(idColumn, 0, 0, 0);

    //: the basis of a decision has changed
    const auto review = static_cast<ReviewStand>(index.data(ChecklistModel::ReviewRole).toInt());
    const QString word = recedes ? TargetWords::appliesNowhere()
        : stale                  ? tr("%1, changed").arg(StateWords::word(kind))
        //: %1 a decision that waits for a second person
        : review == ReviewStand::ToReview ? tr("%1, to review").arg(StateWords::word(kind))
        //: %1 a decision that a second person sent back
        : review == ReviewStand::SentBack ? tr("%1, sent back").arg(StateWords::word(kind))
                                          : StateWords::word(kind);
    painter->setFont(faceFont(strong && !decided && !recedes ? Face::SecondaryStrong : Face::Secondary));
    painter->setPen(stale ? colors.partly : wordColor(kind, decided || recedes, colors));
    painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, word);
    row.adjust(0, 0, -painter->fontMetrics().horizontalAdvance(word) - 12, 0);

    painter->setFont(faceFont(strong ? Face::BaseStrong : Face::Base));
    painter->setPen(strong ? colors.text : colors.muted);
    painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, static_cast<int>(row.width())));
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(colors.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter->restore();
}

QSize RequirementDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {200, index.data(ChecklistModel::BandRole).toBool() ? 30 : size::tableRow};
}

} // namespace tally::ui
