// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/facts_legend.h"

#include "ui/models/namespaces_model.h"
#include "ui/pages/cluster/cluster_delegates.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

#include <QPainter>

#include <array>

namespace tally::ui {

FactsLegend::FactsLegend(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FactsLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    painter.setFont(faceFont(Face::Secondary));
    constexpr std::array facts
        = {NamespaceFact::Absent, NamespaceFact::Partial, NamespaceFact::NotChecked, NamespaceFact::Present};
    const double half = (width() - 32) / 2.0;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const std::size_t column = i % 2;
        const std::size_t row = i / 2;
        const QRectF cell(16 + half * static_cast<double>(column), 8 + 22 * static_cast<double>(row), half, 20);
        drawFact(
            painter, static_cast<int>(facts[i]), QRectF(cell.left(), cell.top() + 3, 14, 14), palette(), colors.raised);
        painter.setPen(colors.muted);
        painter.drawText(
            cell.adjusted(22, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, NamespacesModel::factWord(facts[i]));
    }
}

} // namespace tally::ui
