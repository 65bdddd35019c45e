// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSettings;
class QSplitter;

namespace tally::ui {

class NeedsForm;
class NoticeBar;
class SegmentedControl;
class TablePane;

/// What is audited: target objects and their protection needs, and those that the sources suggest.
class ScopePane final : public QWidget
{
    Q_OBJECT

public:
    ScopePane(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~ScopePane() override;

    void retranslateUi();
    /// Of an audit that is open.
    void setState(const AuditState &state);
    /// The recorded target object with this key, which is then edited; nothing happens where there is none.
    void choose(const QString &key);
    /// The keyboard goes to the list.
    void begin();

private:
    enum class Shown { All, Recorded, Proposed };

    void layOut(QSettings &settings);
    void showTable();
    void showHead(const AuditState &state);
    void chosenChanged();
    void takeAll();
    void beginNew();
    void closeForm();
    [[nodiscard]] std::vector<TargetObject> chosen() const;

    std::vector<TargetObject> m_targets; ///< behind the rows
    std::vector<QString> m_keys;         ///< of their rows
    std::size_t m_recorded = 0;          ///< the first ones
    QStringList m_wanted;                ///< keys of what is being recorded, to be chosen when it is there
    bool m_showing = false;

    Session &m_session;
    QLabel *m_count;
    SegmentedControl *m_filter;
    QPushButton *m_new;
    NoticeBar *m_carried; ///< of the earlier audit, to be confirmed
    NoticeBar *m_proposals;
    QLabel *m_lead;
    QSplitter *m_splitter;
    TablePane *m_table;
    NeedsForm *m_form;
};

} // namespace tally::ui
