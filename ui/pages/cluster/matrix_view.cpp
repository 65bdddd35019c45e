// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/matrix_view.h"

#include "ui/models/reachability_model.h"
#include "ui/pages/page.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/item_rows.h"

#include <QAbstractButton>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QResizeEvent>
#include <QStyledItemDelegate>

#include <algorithm>
#include <array>
#include <utility>

namespace tally::ui {

namespace {

constexpr int widestCell = 96;
constexpr int wordRow = 42;
constexpr int compactCell = 26;
constexpr int wordHead = 44;
constexpr int narrowestSide = 120;
constexpr int widestSide = 200;

struct Ground
{
    QColor fill;
    QColor ink;
    bool dashed = false;
};

Ground groundOf(int look, const Colors &colors)
{
    switch (look) {
    case static_cast<int>(PathState::Open):
        return {colors.deviationSoft, colors.deviation};
    case static_cast<int>(PathState::Allowed):
    case ReachabilityModel::MixedLook:
        return {colors.partlySoft, colors.partly};
    case static_cast<int>(PathState::Partly):
        return {colors.infoSoft, colors.info};
    case static_cast<int>(PathState::Unknown):
    case ReachabilityModel::BypassLook:
    case ReachabilityModel::NotSeenLook:
        return {colors.notCheckedSoft, colors.notChecked, true};
    case static_cast<int>(PathState::Blocked):
        return {colors.accentSoft, colors.accent};
    default:
        return {colors.raised, colors.muted};
    }
}

/// The mark of a cell without words: filled, half, ring, dash, so that the colour is not alone.
void drawMark(QPainter &painter, int look, const QRectF &rect, const QColor &ink)
{
    painter.setPen(QPen(ink, 1.4));
    painter.setBrush(Qt::NoBrush);
    const QPointF middle = rect.center();
    switch (look) {
    case static_cast<int>(PathState::Open):
        painter.setBrush(ink);
        painter.drawEllipse(middle, 4, 4);
        return;
    case static_cast<int>(PathState::Allowed):
        painter.drawEllipse(middle, 4, 4);
        return;
    case static_cast<int>(PathState::Partly):
    case ReachabilityModel::MixedLook:
        painter.drawEllipse(middle, 4, 4);
        painter.setBrush(ink);
        painter.drawPie(QRectF(middle.x() - 4, middle.y() - 4, 8, 8), 90 * 16, 180 * 16);
        return;
    case static_cast<int>(PathState::Blocked):
        painter.drawLine(middle + QPointF(-3.5, -3.5), middle + QPointF(3.5, 3.5));
        painter.drawLine(middle + QPointF(-3.5, 3.5), middle + QPointF(3.5, -3.5));
        return;
    case ReachabilityModel::BypassLook: {
        const std::array<QPointF, 3> past
            = {middle + QPointF(-2, -4), middle + QPointF(2.5, 0), middle + QPointF(-2, 4)};
        painter.drawPolyline(past.data(), static_cast<int>(past.size()));
        return;
    }
    case ReachabilityModel::NothingLook:
        painter.drawLine(middle + QPointF(-3, 0), middle + QPointF(3, 0));
        return;
    default:
        painter.setFont(faceFont(Face::TileStrong));
        painter.drawText(rect, Qt::AlignCenter, u"?"_qs);
    }
}

void drawCell(QPainter &painter, int look, const QRectF &cell, const QString &word, double share, const Colors &colors)
{
    const Ground ground = groundOf(look, colors);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(ground.dashed                     ? QPen(colors.control, 1, Qt::DashLine)
            : look == ReachabilityModel::NothingLook ? QPen(colors.border)
                                                     : QPen(Qt::NoPen));
    painter.setBrush(ground.fill);
    painter.drawRoundedRect(cell, 3, 3);
    if (look == ReachabilityModel::MixedLook) { // how much passes, as a bar
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground.ink);
        painter.drawRect(QRectF(cell.left() + 3, cell.bottom() - 4, (cell.width() - 6) * share, 2));
    }
    if (word.isNull()) {
        drawMark(painter, look, cell, ground.ink);
        return;
    }
    painter.setFont(faceFont(Face::Secondary));
    painter.setPen(ground.ink);
    drawLine(painter, cell.adjusted(3, 0, -3, 0), word, Qt::AlignHCenter);
}

class MatrixDelegate final : public QStyledItemDelegate
{
public:
    explicit MatrixDelegate(MatrixView &view)
        : QStyledItemDelegate(&view)
        , m_view(view)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colors &colors = colorsOf(option.palette);
        painter->save();
        const QRectF cell = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5);
        drawCell(*painter, index.data(ReachabilityModel::LookRole).toInt(), cell,
            m_view.isCompact() ? QString() : index.data().toString(),
            index.data(ReachabilityModel::ShareRole).toDouble(), colors);
        const bool current = option.state.testFlag(QStyle::State_Selected) || index == m_view.currentIndex();
        if (current || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setBrush(Qt::NoBrush);
            painter->setPen(QPen(current ? colors.accent : colors.control, current ? 2 : 1));
            painter->drawRoundedRect(cell, 3, 3);
        }
        painter->restore();
    }

private:
    const MatrixView &m_view;
};

/// Names of places: beside the rows with their pods, above the columns in two lines, or standing where there are many.
class MatrixHead final : public QHeaderView
{
public:
    MatrixHead(Qt::Orientation orientation, MatrixView &view)
        : QHeaderView(orientation, &view)
        , m_view(view)
    {
        setSectionsClickable(false);
        setHighlightSections(true);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        if (orientation() == Qt::Vertical)
            return {m_view.sideWidth(), QHeaderView::sizeHint().height()};
        return {QHeaderView::sizeHint().width(), m_view.headHeight()};
    }

protected:
    /// Without what the style draws behind the last section: a line across the room that is left.
    void paintEvent(QPaintEvent *event) override
    {
        QPainter painter(viewport());
        painter.fillRect(event->rect(), colorsOf(palette()).raised);
        const bool upright = orientation() == Qt::Vertical;
        for (int section = 0; section < count(); ++section) {
            const int at = sectionViewportPosition(section);
            const QRect rect
                = upright ? QRect(0, at, width(), sectionSize(section)) : QRect(at, 0, sectionSize(section), height());
            if (rect.intersects(event->rect()))
                paintSection(&painter, rect, section);
        }
    }

    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        const Colors &colors = colorsOf(palette());
        painter->save();
        painter->fillRect(rect, colors.raised);
        const QModelIndex current = m_view.currentIndex();
        const bool chosen = current.isValid()
            && (orientation() == Qt::Vertical ? current.row() == section : current.column() == section);
        const QString name = model()->headerData(section, orientation(), Qt::DisplayRole).toString();
        painter->setFont(faceFont(chosen ? Face::SecondaryStrong : Face::Secondary));
        painter->setPen(chosen ? colors.accent : colors.text);
        if (orientation() == Qt::Vertical) {
            QRectF line = QRectF(rect).adjusted(0, 0, -8, 0);
            if (!m_view.isCompact()) {
                painter->setFont(faceFont(chosen ? Face::DenseStrong : Face::Dense));
                drawLine(*painter, line.adjusted(0, 3, 0, -line.height() / 2), name, Qt::AlignLeft, Qt::ElideMiddle);
                painter->setFont(faceFont(Face::Tile));
                painter->setPen(colors.muted);
                line.adjust(0, line.height() / 2, 0, -4);
                drawLine(*painter, line,
                    model()->headerData(section, orientation(), ReachabilityModel::PodsRole).toString());
            } else {
                drawLine(*painter, line, name, Qt::AlignRight, Qt::ElideMiddle);
            }
        } else if (m_view.isCompact()) {
            painter->translate(rect.center().x() + 1, rect.bottom() - 4);
            painter->rotate(-90);
            drawLine(*painter, QRectF(0, -rect.width() / 2.0, rect.height() - 8, rect.width()), name, Qt::AlignLeft,
                Qt::ElideMiddle);
        } else {
            drawTwoLines(*painter, QRectF(rect).adjusted(2, 2, -2, -4), name);
        }
        painter->restore();
    }

private:
    /// A name is broken at a dash, if it has one that helps.
    static void drawTwoLines(QPainter &painter, const QRectF &rect, const QString &name)
    {
        const QFontMetrics metrics = painter.fontMetrics();
        const auto fits = [&](const QString &text) { return metrics.horizontalAdvance(text) <= rect.width(); };
        qsizetype best = -1;
        for (qsizetype dash = name.indexOf(u'-'); dash >= 0; dash = name.indexOf(u'-', dash + 1)) {
            if (fits(name.left(dash + 1)))
                best = dash;
        }
        if (fits(name) || best < 0) {
            drawLine(painter, rect.adjusted(0, rect.height() / 2, 0, 0), name, Qt::AlignHCenter, Qt::ElideMiddle);
            return;
        }
        drawLine(painter, rect.adjusted(0, 0, 0, -rect.height() / 2), name.left(best + 1), Qt::AlignHCenter);
        drawLine(
            painter, rect.adjusted(0, rect.height() / 2, 0, 0), name.mid(best + 1), Qt::AlignHCenter, Qt::ElideMiddle);
    }

    const MatrixView &m_view;
};

/// A cell of the legend with its word and what it means.
class LegendCell final : public QWidget
{
public:
    LegendCell(int look, bool marked)
        : m_look(look)
        , m_marked(marked)
    {
        m_word = look == ReachabilityModel::MixedLook ? u"40 %"_qs : ReachabilityModel::lookWord(look);
        m_meaning = ReachabilityModel::lookMeaning(look);
        setAccessibleName(m_word % u": " % m_meaning);
        const QFontMetrics metrics(faceFont(Face::Secondary));
        m_cell = metrics.horizontalAdvance(m_word) + 14 + (marked ? markWidth : 0);
        setFixedSize(m_cell + 8 + metrics.horizontalAdvance(m_meaning) + 14, 24);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Colors &colors = colorsOf(palette());
        const QRectF cell(0.5, 2.5, m_cell - 1, 19);
        if (m_marked) {
            drawCell(painter, m_look, cell, u""_qs, 0.4, colors);
            drawMark(painter, m_look, QRectF(cell.left() + 3, cell.top(), markWidth, cell.height()),
                groundOf(m_look, colors).ink);
            painter.setFont(faceFont(Face::Secondary));
            painter.setPen(groundOf(m_look, colors).ink);
            drawLine(painter, cell.adjusted(markWidth + 3, 0, -3, 0), m_word);
        } else {
            drawCell(painter, m_look, cell, m_word, 0.4, colors);
        }
        painter.setPen(colors.muted);
        painter.setFont(faceFont(Face::Secondary));
        drawLine(painter, QRectF(m_cell + 8, 0, width() - m_cell - 8, height()), m_meaning);
    }

private:
    static constexpr int markWidth = 18;

    int m_look;
    bool m_marked; ///< the cells of the picture have marks instead of words
    int m_cell = 0;
    QString m_word;
    QString m_meaning;
};

} // namespace

MatrixView::MatrixView(QWidget *parent)
    : QTableView(parent)
{
    setHorizontalHeader(new MatrixHead(Qt::Horizontal, *this));
    setVerticalHeader(new MatrixHead(Qt::Vertical, *this));
    setItemDelegate(new MatrixDelegate(*this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setCornerButtonEnabled(false);
    if (auto *corner = findChild<QAbstractButton *>(QString(), Qt::FindDirectChildrenOnly))
        corner->installEventFilter(this);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    for (QHeaderView *head : {horizontalHeader(), verticalHeader()}) {
        head->setMinimumSectionSize(20);
        head->setSectionResizeMode(QHeaderView::Fixed);
    }
}

void MatrixView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, &MatrixView::layOut);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        horizontalHeader()->viewport()->update(); // the names of the chosen cell stand out
        verticalHeader()->viewport()->update();
        viewport()->update();
    });
    layOut();
}

int MatrixView::headHeight() const
{
    return m_compact ? m_side : wordHead; // the same names, standing
}

void MatrixView::layOut()
{
    const auto *network = qobject_cast<const ReachabilityModel *>(model());
    const int columns = network ? network->columnCount() : 0;
    if (columns == 0)
        return;
    const QFontMetrics names(faceFont(Face::DenseStrong));
    m_side = 0;
    for (int row = 0; row < columns; ++row)
        m_side = std::max(
            m_side, names.horizontalAdvance(network->headerData(row, Qt::Vertical, Qt::DisplayRole).toString()));
    m_side = std::clamp(m_side + 16, narrowestSide, widestSide);
    const QFontMetrics words(faceFont(Face::Secondary));
    int least = words.horizontalAdvance(u"100 %"_qs);
    for (const int look : network->looks())
        least = std::max(least, words.horizontalAdvance(ReachabilityModel::lookWord(look)));
    // Words only where all places are seen at once: an overview is worth more.
    constexpr int scrollBar = 12;
    const int room = (width() - m_side - scrollBar) / columns;
    const bool before = std::exchange(m_compact, room < least + 12);
    horizontalHeader()->setDefaultSectionSize(m_compact ? compactCell : std::min(room, widestCell)); // all are fixed
    verticalHeader()->setDefaultSectionSize(m_compact ? compactCell : wordRow);
    const int rows = columns * verticalHeader()->defaultSectionSize();
    const bool scrolls = m_compact && room < compactCell;
    setMaximumHeight(headHeight() + rows + (scrolls ? scrollBar + 4 : 0));
    updateGeometries();
    viewport()->update();
    if (before != m_compact)
        Q_EMIT compactChanged(m_compact);
}

bool MatrixView::eventFilter(QObject *watched, QEvent *event)
{
    auto *corner = qobject_cast<QAbstractButton *>(watched);
    if (!corner || event->type() != QEvent::Paint)
        return QTableView::eventFilter(watched, event);
    QPainter painter(corner);
    const Colors &colors = colorsOf(palette());
    painter.fillRect(corner->rect(), colors.raised);
    painter.setFont(faceFont(Face::Secondary));
    painter.setPen(colors.muted);
    QRectF line = QRectF(corner->rect()).adjusted(0, 0, -8, -4);
    line.setTop(line.bottom() - 20);
    //: rows and columns of the picture that shows who reaches whom
    drawLine(painter, line, tr("from ↓   to →"), m_compact ? Qt::AlignRight : Qt::AlignLeft);
    return true;
}

void MatrixView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        layOut();
}

void MatrixView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

MatrixLegend::MatrixLegend(QWidget *parent)
    : QWidget(parent)
{
    new FlowLayout(8, this);
}

void MatrixLegend::setLooks(const std::vector<int> &looks, bool marked)
{
    clearLayout(*layout());
    for (const int look : looks) {
        if (look != ReachabilityModel::NothingLook)
            layout()->addWidget(new LegendCell(look, marked));
    }
}

} // namespace tally::ui
