// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/file_tools.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/theme/icons.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/toggle_chip.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace tally::ui {

namespace {

constexpr std::array<std::uint64_t, 6> sizes = {0, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};

constexpr int chipGap = 4;

constexpr unsigned links = FileFilter::bit(EntryType::Symlink) | FileFilter::bit(EntryType::Hardlink);
constexpr unsigned special = FileFilter::bit(EntryType::CharDevice) | FileFilter::bit(EntryType::BlockDevice)
    | FileFilter::bit(EntryType::Fifo) | FileFilter::bit(EntryType::Socket);
constexpr std::array<unsigned, 5> kinds
    = {FileFilter::allTypes, FileFilter::bit(EntryType::File), FileFilter::bit(EntryType::Directory), links, special};

QToolButton *makeTool(const QString &iconName, const QString &name)
{
    auto *button = new QToolButton;
    button->setIcon(icon(iconName));
    button->setObjectName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QHBoxLayout *tightRow(QWidget *widget)
{
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    return row;
}

} // namespace

FileTools::FileTools(QWidget *parent)
    : QWidget(parent)
    , m_mode(new SegmentedControl(2))
    , m_search(new SearchField)
    , m_expression(new QAction(this))
    , m_more(makeTool(u"filter"_qs, u"moreFilters"_qs))
    , m_columns(makeTool(u"columns"_qs, u"columns"_qs))
    , m_added(new ToggleChip(ToggleChip::Tone::Added, u'+'))
    , m_changed(new ToggleChip(ToggleChip::Tone::Changed, u'~'))
    , m_metadata(new ToggleChip(ToggleChip::Tone::Changed, u'≈'))
    , m_removed(new ToggleChip(ToggleChip::Tone::Removed, u'−'))
    , m_unchanged(new ToggleChip(ToggleChip::Tone::Neutral, u'='))
    , m_matches(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_size(new QComboBox)
    , m_rights(new QComboBox)
    , m_kind(new QComboBox)
    , m_owner(new QLineEdit)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 12, 6);
    column->setSpacing(6);
    column->addWidget(makeSearch());
    column->addWidget(makeChanges());
    m_attributes = makeAttributes();
    column->addWidget(m_attributes);
    m_attributes->hide();
}

QWidget *FileTools::makeSearch()
{
    auto *line = new QWidget;
    QHBoxLayout *row = tightRow(line);
    m_expression->setCheckable(true);
    m_expression->setIcon(icon(u"expression"_qs));
    m_search->addAction(m_expression, QLineEdit::TrailingPosition);
    m_search->setObjectName(u"fileFilter"_qs);
    m_search->installEventFilter(this);
    m_more->setCheckable(true);
    m_columns->setPopupMode(QToolButton::InstantPopup);
    row->addWidget(m_mode);
    row->addWidget(m_search, 1);
    row->addWidget(m_more);
    row->addWidget(m_columns);
    connect(m_mode, &SegmentedControl::chosen, this, &FileTools::mergedChanged);
    connect(m_search, &QLineEdit::textChanged, this, &FileTools::changed);
    connect(m_expression, &QAction::toggled, this, &FileTools::changed);
    connect(m_more, &QToolButton::toggled, this, [this](bool on) {
        m_attributes->setVisible(on);
        if (!on && filter().narrowsAttributes()) { // what cannot be seen must not narrow anything
            for (QComboBox *box : {m_size, m_rights, m_kind})
                box->setCurrentIndex(0);
            m_owner->clear();
        }
    });
    return line;
}

QWidget *FileTools::makeChanges()
{
    auto *line = new QWidget;
    QHBoxLayout *row = tightRow(line);
    row->setSpacing(chipGap);
    for (ToggleChip *chip : {m_added, m_changed, m_metadata, m_removed, m_unchanged}) {
        row->addWidget(chip);
        connect(chip, &QAbstractButton::toggled, this, &FileTools::changed);
    }
    m_metadata->setObjectName(u"showAttributeChanges"_qs);
    m_unchanged->setObjectName(u"showUnchanged"_qs);
    m_matches->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addSpacing(6);
    row->addWidget(m_matches, 1);
    return line;
}

QWidget *FileTools::makeAttributes()
{
    auto *line = new QWidget;
    QHBoxLayout *row = tightRow(line);
    for (QComboBox *box : {m_size, m_rights, m_kind}) {
        box->setMinimumContentsLength(6);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        row->addWidget(box, 1);
        connect(box, &QComboBox::currentIndexChanged, this, &FileTools::changed);
    }
    m_owner->setMaximumWidth(110);
    m_owner->setObjectName(u"ownerFilter"_qs);
    row->addWidget(m_owner);
    connect(m_owner, &QLineEdit::textChanged, this, &FileTools::changed);
    return line;
}

void FileTools::fillChoices()
{
    const auto fill = [](QComboBox *box, const QStringList &texts) {
        const QSignalBlocker blocker(box);
        const int current = std::max(0, box->currentIndex());
        box->clear();
        box->addItems(texts);
        box->setCurrentIndex(current);
    };
    QStringList sizeTexts = {tr("any size")};
    for (const std::uint64_t size : sizes) {
        if (size > 0)
            sizeTexts.append(tr("from %1").arg(bytesText(size)));
    }
    fill(m_size, sizeTexts);
    fill(m_rights, {tr("any rights"), tr("setuid or setgid"), tr("writable for everybody"), tr("executable")});
    fill(m_kind, {tr("any kind"), tr("files"), tr("directories"), tr("links"), tr("devices, pipes, sockets")});
}

void FileTools::retranslateUi()
{
    const auto withKeys = [](const QString &text, ImageCommand command) -> QString {
        return text % u" (" % ImageKeyWords::keysOf(command) % u')';
    };
    m_search->setPlaceholderText(tr("Search files"));
    m_search->setAccessibleName(tr("Search files"));
    m_search->setToolTip(withKeys(tr("Part of a name; of the path where it has a slash"), ImageCommand::Filter));
    m_expression->setText(tr("Regular expression on the whole path"));
    m_more->setToolTip(tr("Filter by size, rights, kind and owner"));
    m_more->setAccessibleName(m_more->toolTip());
    m_columns->setToolTip(tr("Choose columns"));
    m_columns->setAccessibleName(m_columns->toolTip());
    m_added->setText(tr("new"));
    m_changed->setText(tr("changed"));
    //: short, of a file of which only rights, owner, time or extended attributes have changed
    m_metadata->setText(tr("attributes"));
    m_removed->setText(tr("removed"));
    m_unchanged->setText(tr("unchanged"));
    m_added->setToolTip(withKeys(tr("Show what is new"), ImageCommand::ToggleAdded));
    m_changed->setToolTip(withKeys(tr("Show what is changed"), ImageCommand::ToggleChanged));
    m_metadata->setToolTip(tr("Show where only rights, owner, time or attributes are changed, not the content"));
    m_removed->setToolTip(withKeys(tr("Show what is removed"), ImageCommand::ToggleRemoved));
    m_unchanged->setToolTip(withKeys(tr("Show what is unchanged"), ImageCommand::ToggleUnchanged));
    for (ToggleChip *chip : {m_added, m_changed, m_metadata, m_removed, m_unchanged})
        chip->updateGeometry();
    m_size->setAccessibleName(tr("Size"));
    m_rights->setAccessibleName(tr("Rights"));
    m_kind->setAccessibleName(tr("Kind"));
    //: user id and group id
    m_owner->setPlaceholderText(tr("uid:gid"));
    m_owner->setAccessibleName(tr("Owner"));
    m_owner->setToolTip(tr("Numbers of user and group, e.g. 1000:50, 0 or :33"));
    fillChoices();
    fit();
}

/// Where the pane is narrow the words give way: the marks stay, and the tool tips say the rest.
void FileTools::fit()
{
    constexpr int roomForSearch = 110;
    constexpr int roomForCount = 64;
    const int inside = contentsRect().width() - 24; // what the margins leave
    m_mode->setTexts({tr("This layer"), tr("Sum up to here")});
    const bool wide
        = m_mode->sizeHint().width() + m_more->sizeHint().width() + m_columns->sizeHint().width() + roomForSearch + 18
        <= inside;
    if (!wide)
        //: short for "This layer" and "Sum up to here"
        m_mode->setTexts({tr("Layer"), tr("Sum")});
    m_mode->setName(tr("What the tree shows"));
    m_mode->setToolTip(tr("This layer alone, or all layers up to it"));
    int words = roomForCount;
    for (ToggleChip *chip : {m_added, m_changed, m_metadata, m_removed, m_unchanged}) {
        chip->setCompact(false);
        words += chip->sizeHint().width() + chipGap;
    }
    for (ToggleChip *chip : {m_added, m_changed, m_metadata, m_removed, m_unchanged})
        chip->setCompact(words > inside);
}

void FileTools::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

FileFilter FileTools::filter() const
{
    FileFilter filter;
    filter.text = m_search->text().trimmed();
    filter.regular = m_expression->isChecked();
    filter.minBytes = sizes[static_cast<std::size_t>(std::max(0, m_size->currentIndex()))];
    filter.rights = static_cast<FileFilter::Rights>(std::max(0, m_rights->currentIndex()));
    filter.types = kinds[static_cast<std::size_t>(std::max(0, m_kind->currentIndex()))];
    (void)readOwner(m_owner->text(), filter);
    const auto hide = [&filter](const ToggleChip *chip, Change change) {
        if (!chip->isChecked())
            filter.changes &= ~FileFilter::bit(change);
    };
    hide(m_added, Change::Added);
    hide(m_changed, Change::Changed);
    hide(m_metadata, Change::Attributes);
    hide(m_removed, Change::Removed);
    hide(m_unchanged, Change::Unchanged);
    return filter;
}

void FileTools::clearFilter()
{
    m_search->clear();
    m_more->setChecked(false);
    for (ToggleChip *chip : {m_added, m_changed, m_metadata, m_removed, m_unchanged})
        chip->setChecked(true);
}

void FileTools::changed()
{
    Q_EMIT filterChanged();
}

bool FileTools::merged() const
{
    return m_mode->current() == 1;
}

void FileTools::setMerged(bool merged)
{
    m_mode->setCurrent(merged ? 1 : 0);
}

void FileTools::toggle(Change change)
{
    switch (change) {
    case Change::Unchanged:
        m_unchanged->toggle();
        break;
    case Change::Added:
        m_added->toggle();
        break;
    case Change::Changed: // dive's key knows no difference
        m_changed->toggle();
        m_metadata->setChecked(m_changed->isChecked());
        break;
    case Change::Attributes:
        m_metadata->toggle();
        break;
    case Change::Removed:
        m_removed->toggle();
        break;
    }
}

void FileTools::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void FileTools::setMatches(const QString &text)
{
    m_matches->setText(text);
}

bool FileTools::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            Q_EMIT leaveWanted();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace tally::ui
