// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/file_filter.h"
#include "ui/pages/images/image_keys.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLineEdit;
class QToolButton;

namespace tally::ui {

class ElidedLabel;
class SearchField;
class SegmentedControl;
class ToggleChip;

/// The tools above the file tree: which tree, a search by name or regular expression, switches for what is new,
/// changed, removed and unchanged, and on demand a line for size, rights, kind and owner.
class FileTools final : public QWidget
{
    Q_OBJECT

public:
    explicit FileTools(QWidget *parent = nullptr);

    [[nodiscard]] FileFilter filter() const;
    void clearFilter();
    [[nodiscard]] bool merged() const;
    void setMerged(bool merged); ///< emits nothing
    void toggle(Change change);
    void focusSearch();
    void setMatches(const QString &text);
    [[nodiscard]] QToolButton *columnsButton() const { return m_columns; }
    void retranslateUi();

Q_SIGNALS:
    void mergedChanged();
    void filterChanged();
    void leaveWanted(); ///< down or enter in the search field

protected:
    [[nodiscard]] bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makeSearch();
    [[nodiscard]] QWidget *makeChanges();
    [[nodiscard]] QWidget *makeAttributes();
    void fillChoices();
    void changed();
    void fit();

    SegmentedControl *m_mode;
    SearchField *m_search;
    QAction *m_expression;
    QToolButton *m_more;
    QToolButton *m_columns;
    ToggleChip *m_added;
    ToggleChip *m_changed;
    ToggleChip *m_metadata;
    ToggleChip *m_removed;
    ToggleChip *m_unchanged;
    ElidedLabel *m_matches;
    QWidget *m_attributes;
    QComboBox *m_size;
    QComboBox *m_rights;
    QComboBox *m_kind;
    QLineEdit *m_owner;
};

} // namespace tally::ui
