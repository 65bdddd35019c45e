// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/go_to_palette.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/page_icon.h"
#include "ui/widgets/search_field.h"

#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace tally::ui {

namespace {

constexpr int mostRows = 11;
constexpr int margin = 9; // the frame and 8 px

QString iconOf(const QModelIndex &index)
{
    switch (static_cast<GoToModel::Kind>(index.data(GoToModel::KindRole).toInt())) {
    case GoToModel::Kind::Page:
    case GoToModel::Kind::Record:
        return pageIcon(index.data(GoToModel::AddressRole).value<Address>().page);
    case GoToModel::Kind::Action:
        return u"chevron-right"_qs;
    case GoToModel::Kind::Requirement:
        return u"checklist"_qs;
    case GoToModel::Kind::Check:
        return u"findings"_qs;
    case GoToModel::Kind::Object:
        return u"cluster"_qs;
    case GoToModel::Kind::Image:
        return u"images"_qs;
    case GoToModel::Kind::File:
        return u"file"_qs;
    }
    Q_UNREACHABLE();
}

class GoToDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {200, size::causeRow};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colors &colors = colorsOf(option.palette);
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, colors.selection);
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, colors.hover);
        const QRectF row = QRectF(option.rect).adjusted(12, 0, -12, 0);
        drawIcon(*painter, iconOf(index), QRectF(row.left(), row.center().y() - 8, 16, 16), colors.muted);
        painter->setFont(faceFont(Face::Secondary));
        painter->setPen(colors.muted);
        const QString detail = painter->fontMetrics().elidedText(
            index.data(GoToModel::DetailRole).toString(), Qt::ElideMiddle, static_cast<int>(row.width() * 0.35));
        painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, detail);
        const double used = painter->fontMetrics().horizontalAdvance(detail) + 12;
        const QRectF title = row.adjusted(28, 0, -used, 0);
        painter->setFont(faceFont(Face::Base));
        painter->setPen(colors.text);
        painter->drawText(title, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(
                index.data().toString(), Qt::ElideMiddle, static_cast<int>(title.width())));
        painter->restore();
    }
};

} // namespace

GoToPalette::GoToPalette(Session &session, QWidget *parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_model(session)
    , m_field(new SearchField)
    , m_list(new QListView)
    , m_nothing(makeLabel(Face::Base, Ink::Muted))
{
    setObjectName(u"goToPalette"_qs);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_field->setObjectName(u"goToField"_qs);
    m_list->setObjectName(u"goToList"_qs);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new GoToDelegate(this));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    column->addWidget(m_nothing, 1, Qt::AlignTop);
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(12, 8, 12, 8);
    m_nothing->setObjectName(u"goToNothing"_qs);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &GoToPalette::search);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { go(m_list->currentIndex()); });
    connect(m_list, &QListView::clicked, this, &GoToPalette::go);
    retranslateUi();
}

void GoToPalette::retranslateUi()
{
    m_field->setPlaceholderText(tr("Requirement, object, image, file, check, page or action"));
    m_field->setAccessibleName(tr("Go to anything"));
    m_list->setAccessibleName(tr("Hits"));
}

void GoToPalette::popUp()
{
    m_field->clear();
    search({});
    const QWidget *over = parentWidget();
    constexpr int top = 56;
    const int frame = 2 * margin + m_field->sizeHint().height() + 8;
    const int rows = std::clamp((over->height() - top - 40 - frame) / size::causeRow, 3, mostRows); // whole rows
    resize(std::min(620, over->width() - 40), frame + rows * size::causeRow);
    move(over->mapToGlobal(QPoint((over->width() - width()) / 2, top)));
    show();
    m_field->setFocus(Qt::PopupFocusReason);
}

void GoToPalette::search(const QString &text)
{
    m_model.setQuery(text);
    const bool any = m_model.rowCount() > 0;
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
    m_nothing->setText(any
            ? QString()
            : tr("Nothing is called “%1”. Numbers (A17, M-001), names of objects, images and files, words "
                 "of a check, a measure or evidence, pages and actions are looked for.")
                  .arg(text.trimmed()));
    m_list->setCurrentIndex(m_model.index(0));
}

void GoToPalette::go(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    if (const GoToAction *action = m_model.action(index)) {
        const auto work = action->run;
        hide();
        work();
        return;
    }
    const auto address = index.data(GoToModel::AddressRole).value<Address>();
    hide();
    Q_EMIT navigate(address);
}

bool GoToPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int step = key->key() == Qt::Key_Down ? 1 : key->key() == Qt::Key_Up ? -1 : 0;
        if (step != 0) {
            const int row = std::clamp(m_list->currentIndex().row() + step, 0, std::max(0, m_model.rowCount() - 1));
            m_list->setCurrentIndex(m_model.index(row));
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            hide();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

/// A line around it: what lies under it is often of the same white.
void GoToPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    painter.fillRect(rect(), colors.raised);
    painter.setPen(colors.control);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void GoToPalette::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QDialog::changeEvent(event);
}

} // namespace tally::ui
