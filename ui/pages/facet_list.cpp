// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/facet_list.h"

#include "ui/pages/page.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/style.h"
#include "ui/widgets/basics.h"

#include <QAbstractButton>
#include <QPainter>
#include <QStyleOption>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr std::size_t mostValues = 10; ///< per facet, the most frequent; chosen ones always

Glyph severityGlyph(const std::string &value)
{
    for (const Severity severity :
        {Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
        if (severityName(severity) == value)
            return glyphOf(severity);
    }
    return Glyph::None;
}

/// Check box, glyph, text elided in the middle, count at the right.
class FacetRow final : public QAbstractButton
{
public:
    FacetRow(const QString &text, int count, Glyph glyph)
        : m_count(count)
        , m_glyph(glyph)
    {
        setText(text);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAccessibleName(text % u", " % QString::number(count));
        setToolTip(text.toHtmlEscaped());
    }

    [[nodiscard]] QSize sizeHint() const override { return {150, 25}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {80, 25}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Colors &colors = colorsOf(palette());
        QStyleOptionButton box;
        box.initFrom(this);
        box.rect = QRect(0, height() / 2 - 8, 16, 16);
        box.state.setFlag(QStyle::State_On, isChecked());
        style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter, this);
        double left = 24;
        if (m_glyph != Glyph::None) {
            drawGlyph(painter, m_glyph, QRectF(left, height() / 2.0 - 5.5, 11, 11), colorsOf(m_glyph, colors).strong,
                colors.surface);
            left += 20;
        }
        painter.setFont(faceFont(Face::Dense));
        painter.setPen(m_count == 0 && !isChecked() ? colors.muted : colors.text);
        const QString count = QString::number(m_count);
        const double used = painter.fontMetrics().horizontalAdvance(count) + 10;
        const QRectF place(left, 0, width() - left - used, height());
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, static_cast<int>(place.width())));
        painter.setPen(colors.muted);
        drawNumber(painter, QRectF(0, 0, width() - 2, height()), count);
        if (hasFocus())
            drawFocusRing(painter, rect(), palette(), 4);
    }

private:
    int m_count;
    Glyph m_glyph;
};

} // namespace

FacetList::FacetList(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(16, 12, 12, 16);
    m_column->setSpacing(0);
}

QString FacetList::name(Facet facet) const
{
    switch (facet) {
    case Facet::Severity:
        return tr("Severity");
    case Facet::Requirement:
        return tr("Requirement");
    case Facet::Namespace:
        return tr("Namespace");
    case Facet::Image:
        return tr("Image");
    case Facet::Technique:
        return tr("Technique");
    case Facet::State:
        return tr("State");
    case Facet::Owner:
        return tr("Owner");
    case Facet::Cluster:
        return tr("Cluster");
    }
    Q_UNREACHABLE();
}

void FacetList::show(const FilteredFindings &result, const FindingFilter &filter, const Session &session)
{
    clearLayout(*m_column);
    for (std::size_t i = 0; i < facetCount; ++i) {
        const auto facet = static_cast<Facet>(i);
        const auto &values = result.facets[i];
        if (values.empty())
            continue;
        auto *head = makeLabel(Face::SecondaryStrong, Ink::Muted);
        head->setText(name(facet));
        head->setContentsMargins(0, 10, 0, 4);
        m_column->addWidget(head);
        std::size_t shown = 0;
        for (const FacetValue &value : values) {
            const bool chosen = filter.of(facet).contains(value.value);
            if (++shown > mostValues && !chosen)
                continue;
            auto *row = new FacetRow(facetText(facet, value.value, session.catalogue(), session.module().id),
                value.count, facet == Facet::Severity ? severityGlyph(value.value) : Glyph::None);
            row->setChecked(chosen);
            connect(row, &QAbstractButton::toggled, this,
                [this, facet, text = value.value](bool on) { Q_EMIT toggled(facet, text, on); });
            m_column->addWidget(row);
        }
        if (values.size() > mostValues) {
            auto *more = new ElidedLabel(Face::Secondary, Ink::Muted);
            more->setText(tr("%n more, use the filter", nullptr, static_cast<int>(values.size() - mostValues)));
            more->setContentsMargins(24, 2, 0, 0);
            m_column->addWidget(more);
        }
    }
    m_column->addStretch();
}

} // namespace tally::ui
