// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/style.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QPainter>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>
#include <QToolButton>

namespace tally::ui {

namespace {

QRectF half(const QRect &rect)
{
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

void drawFrame(QPainter &painter, const QRectF &rect, const QColor &pen, const QColor &brush, double radius)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(pen.isValid() ? QPen(pen, 1) : QPen(Qt::NoPen));
    painter.setBrush(brush);
    painter.drawRoundedRect(rect, radius, radius);
}

void drawButtonPanel(const QStyleOption &option, QPainter &painter)
{
    const Colors &colors = colorsOf(option.palette);
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    const bool primary = button && button->features.testFlag(QStyleOptionButton::DefaultButton);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool hot = enabled && option.state.testFlag(QStyle::State_MouseOver);
    const bool down = option.state.testAnyFlags(QStyle::State_Sunken | QStyle::State_On);
    painter.save();
    if (primary) {
        QColor ground = hot || down ? colors.accentHover : colors.accent;
        if (!enabled)
            ground.setAlphaF(0.45F);
        drawFrame(painter, half(option.rect), {}, ground, size::radius);
    } else {
        const QColor ground = down ? colors.selection : hot ? colors.hover : colors.raised;
        drawFrame(painter, half(option.rect), enabled ? colors.control : colors.border, ground, size::radius);
    }
    painter.restore();
}

void drawButtonLabel(const QStyleOptionButton &button, QPainter &painter, const Style &style)
{
    const Colors &colors = colorsOf(button.palette);
    const bool primary = button.features.testFlag(QStyleOptionButton::DefaultButton);
    const bool menu = button.features.testFlag(QStyleOptionButton::HasMenu);
    const bool enabled = button.state.testFlag(QStyle::State_Enabled);
    painter.save();
    if (primary) {
        QFont strong = painter.font();
        strong.setWeight(QFont::DemiBold);
        painter.setFont(strong);
    }
    const QFontMetrics metrics = painter.fontMetrics();
    const int icon = button.icon.isNull() ? 0 : 16 + (button.text.isEmpty() ? 0 : 8);
    const int arrow = menu ? 20 : 0; // Fusion draws it with the frame
    const int text = metrics.size(Qt::TextShowMnemonic, button.text).width();
    const int wanted = icon + text + arrow;
    const int left = button.rect.left() + std::max(8, (button.rect.width() - wanted) / 2);
    const QIcon::Mode mode = enabled ? QIcon::Normal : QIcon::Disabled;
    if (icon > 0)
        button.icon.paint(&painter, QRect(left, button.rect.center().y() - 7, 16, 16), Qt::AlignCenter, mode);
    QPalette palette = button.palette;
    if (primary) {
        palette.setColor(QPalette::ButtonText, colors.onAccent);
        palette.setColor(QPalette::Disabled, QPalette::ButtonText, colors.onAccent);
    }
    const QRect place(left + icon, button.rect.top(), button.rect.right() - left - icon - arrow, button.rect.height());
    style.drawItemText(&painter, place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, palette, enabled,
        button.text, QPalette::ButtonText);
    painter.restore();
}

void drawCheck(const QStyleOption &option, QPainter &painter, bool round)
{
    const Colors &colors = colorsOf(option.palette);
    const bool on = option.state.testFlag(QStyle::State_On);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const QRectF rect = half(option.rect);
    painter.save();
    if (!enabled)
        painter.setOpacity(0.5);
    drawFrame(painter, rect, on ? colors.accent : colors.control, on && !round ? colors.accent : colors.raised,
        round ? rect.width() / 2 : 4);
    if (on && round) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.accent);
        painter.drawEllipse(rect.center(), rect.width() * 0.28, rect.height() * 0.28);
    } else if (on) {
        painter.setPen(QPen(colors.onAccent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const double w = rect.width();
        const QPointF o = rect.topLeft();
        painter.drawPolyline(
            QPolygonF({o + QPointF(w * .24, w * .52), o + QPointF(w * .43, w * .72), o + QPointF(w * .77, w * .3)}));
    }
    painter.restore();
}

void drawHeaderSection(const QStyleOption &option, QPainter &painter)
{
    const Colors &colors = colorsOf(option.palette);
    painter.fillRect(option.rect, colors.raised);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors.border);
}

/// Row ground of item views, also under the branches of a tree.
void drawRow(const QStyleOptionViewItem &option, QPainter &painter)
{
    const Colors &colors = colorsOf(option.palette);
    if (option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(option.rect, colors.selection);
    else if (option.state.testFlag(QStyle::State_MouseOver) && option.state.testFlag(QStyle::State_Enabled))
        painter.fillRect(option.rect, colors.hover);
}

void drawScrollBar(const QStyleOptionSlider &option, QPainter &painter)
{
    const Colors &colors = colorsOf(option.palette);
    if (option.maximum <= option.minimum)
        return;
    const bool upright = option.orientation == Qt::Vertical;
    const double length = upright ? option.rect.height() : option.rect.width();
    const double range = option.maximum - option.minimum + option.pageStep;
    const double handle = std::max(28.0, length * option.pageStep / range);
    const double at = (length - handle) * (option.sliderPosition - option.minimum) / (option.maximum - option.minimum);
    const QRectF rect = upright
        ? QRectF(option.rect.x() + 3, option.rect.y() + at + 2, option.rect.width() - 6, handle - 4)
        : QRectF(option.rect.x() + at + 2, option.rect.y() + 3, handle - 4, option.rect.height() - 6);
    QColor color = colors.control;
    if (!option.state.testFlag(QStyle::State_MouseOver))
        color.setAlphaF(0.6F);
    painter.save();
    drawFrame(painter, rect, {}, color, 3);
    painter.restore();
}

} // namespace

void drawFocusRing(QPainter &painter, const QRectF &rect, const QPalette &palette, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colorsOf(palette).accent, 2));
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

Style::Style()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_qs))
{
}

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
        drawButtonPanel(*option, *painter);
        return;
    case PE_PanelButtonTool:
        if (option->state.testAnyFlags(State_MouseOver | State_Sunken | State_On)
            && option->state.testFlag(State_Enabled)) {
            painter->save();
            drawFrame(*painter, half(option->rect), {}, colorsOf(option->palette).hover, size::radius);
            painter->restore();
        }
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheck(*option, *painter, false);
        return;
    case PE_IndicatorRadioButton:
        drawCheck(*option, *painter, true);
        return;
    case PE_FrameDefaultButton:
        return;
    case PE_FrameFocusRect:
        // QTreeView names no widget when it frames a whole row. What stood outside of the row would stay when it is
        // left.
        if (!widget || qobject_cast<const QAbstractItemView *>(widget)) {
            painter->save();
            painter->setPen(QPen(colorsOf(option->palette).accent, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
            painter->restore();
        } else {
            drawFocusRing(*painter, option->rect.adjusted(-2, -2, 2, 2), option->palette, size::radius);
        }
        return;
    case PE_PanelItemViewRow:
    case PE_PanelItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            if (element == PE_PanelItemViewItem || option->state.testFlag(State_Selected))
                drawRow(*item, *painter);
            return;
        }
        break;
    case PE_IndicatorBranch:
        if (option->state.testFlag(State_Children)) {
            const QPointF centre = QRectF(option->rect).center();
            drawIcon(*painter, option->state.testFlag(State_Open) ? u"chevron-down"_qs : u"chevron-right"_qs,
                QRectF(centre.x() - 6, centre.y() - 6, 12, 12), colorsOf(option->palette).muted);
        }
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        drawHeaderSection(*option, *painter);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, colorsOf(option->palette).border);
        return;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            drawButtonLabel(*button, *painter, *this);
            return;
        }
        break;
    case CE_ComboBoxLabel:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option); combo && !combo->editable) {
            const QRect place = option->rect.adjusted(12, 0, -28, 0);
            painter->setPen(option->palette.color(QPalette::ButtonText));
            painter->drawText(place, Qt::AlignVCenter | Qt::TextSingleLine,
                option->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, place.width()));
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const Colors &colors = colorsOf(option->palette);
    if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option); slider && control == CC_ScrollBar) {
        drawScrollBar(*slider, *painter);
        return;
    }
    if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option); combo && control == CC_ComboBox) {
        painter->save();
        const bool hot
            = option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled) && !combo->editable;
        drawFrame(*painter, half(option->rect), colors.control, hot ? colors.hover : colors.raised, size::radius);
        drawIcon(*painter, u"chevron-down"_qs,
            QRectF(option->rect.right() - 22, option->rect.center().y() - 5.5, 12, 12), colors.muted);
        painter->restore();
        if (option->state.testFlag(State_HasFocus))
            drawFocusRing(*painter, QRectF(option->rect), option->palette, size::radius);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 12;
    case PM_SplitterWidth:
        return 1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_TreeViewIndentation:
        return 20;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_ScrollView_FrameOnlyAroundContents:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_ComboBox_Popup:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        return {result.width() + 20, std::max(result.height(), size::control)};
    case CT_ComboBox:
        return {result.width() + 24, std::max(result.height(), size::control)};
    case CT_LineEdit:
        return {result.width(), std::max(result.height(), size::control)};
    case CT_HeaderSection:
        return {result.width(), size::tableRow};
    case CT_MenuItem:
        return {result.width(), std::max(result.height(), size::tableRow)};
    default:
        return result;
    }
}

} // namespace tally::ui
