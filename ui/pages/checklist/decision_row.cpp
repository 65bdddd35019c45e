// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/decision_row.h"

#include "ui/models/requirement_state.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/key_button.h"

#include <QPainter>
#include <QRadioButton>

namespace tally::ui {

namespace {

constexpr std::array order = {Status::Ja, Status::Teilweise, Status::Nein, Status::Entbehrlich};

class DecisionButton final : public QRadioButton
{
public:
    explicit DecisionButton(int key)
        : m_key(QString::number(key))
    {
        setCursor(Qt::PointingHandCursor);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics(faceFont(Face::BaseStrong));
        return {metrics.horizontalAdvance(text()) + 36 + 10 + keyCapWidth(m_key) + 10, size::control + 2};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    [[nodiscard]] bool hitButton(const QPoint &at) const override { return rect().contains(at); }

    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Colors &colors = colorsOf(palette());
        if (!isEnabled())
            painter.setOpacity(0.55);
        const QColor ground = isChecked() ? colors.accentSoft : underMouse() ? colors.hover : colors.raised;
        painter.setPen(QPen(isChecked() ? colors.accent : colors.control, isChecked() ? 2 : 1));
        painter.setBrush(ground);
        const double inset = isChecked() ? 1 : 0.5;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), size::radius, size::radius);
        const QPointF centre(19, height() / 2.0);
        painter.setPen(QPen(isChecked() ? colors.accent : colors.control, 1.2));
        painter.setBrush(colors.raised);
        painter.drawEllipse(centre, 7, 7);
        if (isChecked()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colors.accent);
            painter.drawEllipse(centre, 4.5, 4.5);
        }
        drawKeyCap(painter, QRectF(rect()).adjusted(0, 0, -10, 0), m_key, colors.muted, colors.border);
        painter.setFont(faceFont(isChecked() ? Face::BaseStrong : Face::Base));
        painter.setPen(colors.text);
        painter.drawText(QRectF(rect()).adjusted(36, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
        if (hasFocus())
            drawFocusRing(painter, rect(), palette(), size::radius);
    }

private:
    QString m_key;
};

} // namespace

DecisionRow::DecisionRow(QWidget *parent)
    : QWidget(parent)
{
    auto *row = new FlowLayout(8, this);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    for (std::size_t i = 0; i < order.size(); ++i) {
        m_buttons[i] = new DecisionButton(static_cast<int>(i) + 1);
        m_group.addButton(m_buttons[i], static_cast<int>(i));
        row->addWidget(m_buttons[i]);
    }
    connect(&m_group, &QButtonGroup::idClicked, this, &DecisionRow::chosen);
    retranslateUi();
}

void DecisionRow::retranslateUi()
{
    for (std::size_t i = 0; i < order.size(); ++i) {
        const QString word = StateWords::word(decidedState(order[i]).value_or(StateKind::NotChecked));
        m_buttons[i]->setText(word);
        m_buttons[i]->setAccessibleName(tr("Decision: %1").arg(word));
        m_buttons[i]->updateGeometry();
    }
}

void DecisionRow::setStatus(Status status)
{
    m_group.setExclusive(false); // else the last one cannot be taken back
    for (std::size_t i = 0; i < order.size(); ++i)
        m_buttons[i]->setChecked(order[i] == status);
    m_group.setExclusive(true);
}

Status DecisionRow::status() const
{
    const int id = m_group.checkedId();
    return id < 0 ? Status::Unbearbeitet : order[static_cast<std::size_t>(id)];
}

void DecisionRow::choose(Status status)
{
    if (status == this->status() || !isEnabled())
        return;
    setStatus(status);
    Q_EMIT chosen();
}

} // namespace tally::ui
