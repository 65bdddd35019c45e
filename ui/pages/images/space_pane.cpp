// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/space_pane.h"

#include "ui/models/words.h"
#include "ui/pages/page.h"
#include "ui/text/message_translator.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/item_rows.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitters.h"
#include "ui/widgets/treemap_view.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <array>

namespace tally::ui {

/// What the grounds of the treemap mean, with sums.
class SpacePane::Legend final : public QWidget
{
public:
    struct Row
    {
        SpaceData::Origin origin = SpaceData::Origin::Once;
        QString text;
        std::uint64_t bytes = 0;
        double share = 0;
    };

    void setRows(std::vector<Row> rows)
    {
        m_rows = std::move(rows);
        QStringList said;
        for (const Row &row : m_rows)
            said.append(row.text % u' ' % bytesText(row.bytes));
        setAccessibleName(said.join(u", "));
        setFixedHeight(static_cast<int>(m_rows.size()) * rowHeight);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Colors &colors = colorsOf(palette());
        double y = 0;
        for (const Row &row : m_rows) {
            const QRectF box(0.5, y + 6.5, 14, 14);
            painter.setPen(colors.control);
            painter.setBrush(row.origin == SpaceData::Origin::Base ? colors.notCheckedSoft
                    : row.origin == SpaceData::Origin::Twice       ? colors.partlySoft
                                                                   : colors.accentSoft);
            painter.drawRoundedRect(box, 2, 2);
            if (row.origin == SpaceData::Origin::Twice) {
                painter.setPen(Qt::NoPen);
                painter.setBrush(QBrush(colors.partly, Qt::BDiagPattern));
                painter.drawRect(box.adjusted(1, 1, -1, -1));
            }
            painter.setFont(faceFont(Face::Dense));
            painter.setPen(colors.text);
            drawLine(painter, QRectF(24, y, width() - 24 - 116, rowHeight), row.text);
            drawNumber(painter, QRectF(width() - 116, y, 74, rowHeight), bytesText(row.bytes));
            painter.setPen(colors.muted);
            drawNumber(
                painter, QRectF(width() - 40, y, 40, rowHeight), QLocale().toString(row.share * 100, 'f', 0) % u" %");
            y += rowHeight;
        }
    }

private:
    static constexpr int rowHeight = 26;
    std::vector<Row> m_rows;
};

SpacePane::SpacePane(QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_job(this)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_map(new TreemapView)
    , m_way(new QHBoxLayout)
    , m_area(new SegmentedControl(2))
    , m_areaLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_name(makeLabel(Face::BaseStrong))
    , m_facts(makeLabel(Face::Dense))
    , m_showFile(new QPushButton)
    , m_legendTitle(makeLabel(Face::BaseStrong))
    , m_legend(new Legend)
    , m_largestTitle(makeLabel(Face::BaseStrong))
    , m_kind(new SegmentedControl(2))
    , m_table(makeTable(m_largest))
{
    m_splitter->addWidget(makeMap());
    m_splitter->addWidget(makeSide());
    m_splitter->setStretchFactor(0, 1);
    rememberSplitter(*m_splitter, settings, u"imageSpace"_qs, {690, 390});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_splitter);
    connect(m_map, &TreemapView::rootChanged, this, &SpacePane::showWay);
    connect(m_map, &TreemapView::currentChanged, this, &SpacePane::showChosen);
    const auto wanted
        = [this](int node) { Q_EMIT fileWanted(m_map->spaceData()->tree->path(static_cast<std::size_t>(node))); };
    connect(m_map, &TreemapView::activated, this, wanted);
    connect(m_showFile, &QAbstractButton::clicked, this, [this, wanted] {
        if (m_map->current() >= 0)
            wanted(m_map->cells()[static_cast<std::size_t>(m_map->current())].node);
    });
    connect(m_area, &SegmentedControl::chosen, this, [this](int chosen) { m_map->setByCount(chosen == 1); });
    connect(m_kind, &SegmentedControl::chosen, this, &SpacePane::fillLargest);
    connect(m_table, &QAbstractItemView::activated, this,
        [wanted](const QModelIndex &index) { wanted(index.data(SimpleTableModel::RowDataRole).toInt()); });
}

SpacePane::~SpacePane()
{
    delete m_splitter; // its views use our models while they go
}

QWidget *SpacePane::makeMap()
{
    auto *left = new Panel(Panel::Ground::Surface);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(16, 6, 14, 14);
    column->setSpacing(8);
    auto *tools = new QHBoxLayout;
    tools->setSpacing(10);
    m_way->setSpacing(4);
    tools->addLayout(m_way);
    tools->addStretch();
    tools->addWidget(m_areaLabel);
    tools->addWidget(m_area);
    m_area->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    column->addLayout(tools);
    m_map->setObjectName(u"treemap"_qs);
    column->addWidget(m_map, 1);
    return left;
}

QWidget *SpacePane::makeSide()
{
    auto *side = new Panel(Panel::Ground::Raised);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(20, 16, 20, 0);
    column->setSpacing(6);
    m_name->setWordWrap(true);
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_showFile->setDefault(true);
    column->addWidget(m_name);
    column->addWidget(m_facts);
    column->addSpacing(4);
    column->addWidget(m_showFile, 0, Qt::AlignLeft);
    column->addSpacing(10);
    column->addWidget(new Line);
    column->addSpacing(6);
    column->addWidget(m_legendTitle);
    column->addWidget(m_legend);
    column->addSpacing(10);
    column->addWidget(new Line);
    column->addSpacing(6);
    auto *head = new QHBoxLayout;
    head->addWidget(m_largestTitle);
    head->addStretch();
    head->addWidget(m_kind);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    side->setMinimumWidth(280);
    return side;
}

void SpacePane::setImage(const ImagePtr &image)
{
    if (image == m_image)
        return;
    m_image = image;
    m_map->setData(nullptr);
    if (isVisible())
        compute();
}

void SpacePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    compute();
}

void SpacePane::compute()
{
    const bool done = m_map->spaceData() && m_map->spaceData()->image == m_image;
    if (!m_image || done || m_job.isRunning())
        return; // the end of the job looks again
    m_job.start([image = m_image](const RunContext &) { return makeSpaceData(image); },
        [this](SpaceDataPtr space) {
            if (space->image == m_image)
                show(std::move(space));
            else
                compute();
        });
}

void SpacePane::show(SpaceDataPtr space)
{
    std::array<std::uint64_t, 3> sums{};
    const auto &nodes = space->tree->nodes;
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        if (space->count[i] == 1 && nodes[i].type != EntryType::Directory)
            sums[static_cast<std::size_t>(space->origin(i))] += space->bytes[i];
    }
    const double whole = static_cast<double>(std::max<std::uint64_t>(1, space->bytes[0]));
    std::vector<Legend::Row> rows;
    const auto add = [&](SpaceData::Origin origin, const QString &text) {
        const std::uint64_t bytes = sums[static_cast<std::size_t>(origin)];
        if (bytes > 0)
            rows.push_back({origin, text, bytes, static_cast<double>(bytes) / whole});
    };
    add(SpaceData::Origin::Twice, tr("also unseen in a lower layer"));
    add(SpaceData::Origin::Once, tr("added by later layers"));
    add(SpaceData::Origin::Base, tr("lowest layer"));
    m_legend->setRows(std::move(rows));
    m_map->setData(std::move(space));
    fillLargest();
}

void SpacePane::fillLargest()
{
    const SpaceDataPtr &space = m_map->spaceData();
    std::vector<SimpleTableModel::Row> rows;
    if (space) {
        for (const std::uint32_t node : m_kind->current() == 0 ? space->largestFiles : space->largestDirectories) {
            rows.push_back({{{foreignText(space->tree->path(node))},
                                {bytesText(space->bytes[node]), QVariant::fromValue<qulonglong>(space->bytes[node])}},
                static_cast<int>(node)});
        }
    }
    m_largest.setTable({{tr("Path"), false, true}, {tr("Size"), true}}, std::move(rows));
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->setColumnWidth(1, 96);
}

/// The directories from the root to what fills the map, each a way back.
void SpacePane::showWay()
{
    clearLayout(*m_way);
    const SpaceDataPtr &space = m_map->spaceData();
    if (!space)
        return;
    std::vector<int> steps;
    for (int node = m_map->root(); node >= 0; node = space->tree->nodes[static_cast<std::size_t>(node)].parent)
        steps.push_back(node);
    constexpr std::size_t most = 5;
    for (std::size_t i = steps.size(); i-- > 0;) {
        if (i + 1 < steps.size() && i >= most)
            continue;
        auto *link = new LinkButton;
        const auto &node = space->tree->nodes[static_cast<std::size_t>(steps[i])];
        link->setText(steps[i] == 0 ? tr("all directories") : foreignText(space->tree->names.view(node.name)).left(40));
        connect(link, &QAbstractButton::clicked, this, [this, to = steps[i]] { m_map->setRoot(to); });
        m_way->addWidget(link);
        if (i > 0) {
            QLabel *slash = makeLabel(Face::Secondary, Ink::Muted);
            slash->setText(u"/"_qs);
            m_way->addWidget(slash);
        }
    }
    showChosen();
}

void SpacePane::showChosen()
{
    const SpaceDataPtr &space = m_map->spaceData();
    m_showFile->setVisible(space && m_map->current() >= 0);
    if (!space) {
        m_name->clear();
        m_facts->clear();
        return;
    }
    const int cell = m_map->current();
    const auto node
        = static_cast<std::size_t>(cell < 0 ? m_map->root() : m_map->cells()[static_cast<std::size_t>(cell)].node);
    m_name->setText(node == 0 ? tr("Whole image") : foreignText(space->tree->path(node)));
    QStringList lines;
    lines.append(tr("%1 visible in %2 files").arg(bytesText(space->bytes[node]), countText(space->count[node])));
    if (space->hidden[node] > 0)
        lines.append(
            tr("%1 more lie here in lower layers, where no container sees them").arg(bytesText(space->hidden[node])));
    const FileNode &at = space->tree->nodes[node];
    if (at.layer >= 0 && at.type != EntryType::Directory)
        lines.append(tr("From layer %1").arg(at.layer + 1));
    m_facts->setText(lines.join(u'\n'));
}

void SpacePane::retranslateUi()
{
    m_area->setTexts({tr("Size"), tr("Number")});
    m_area->setName(tr("Area"));
    m_areaLabel->setText(tr("Area:"));
    m_map->setAccessibleName(tr("Treemap"));
    m_map->setAccessibleDescription(tr("Arrow keys go to the neighbour, Enter into a directory, Backspace back up."));
    m_showFile->setText(tr("Show in the file tree"));
    m_legendTitle->setText(tr("Where it comes from"));
    m_largestTitle->setText(tr("Largest"));
    m_kind->setTexts({tr("Files"), tr("Directories")});
    m_kind->setName(tr("Largest"));
    m_table->setAccessibleName(tr("Largest"));
    if (const SpaceDataPtr space = m_map->spaceData())
        show(space);
}

} // namespace tally::ui
