// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"
#include "ui/models/session.h"

#include <QStringList>
#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>
#include <string>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace tally::ui {

class DateField;
class LinkButton;

/// One measure in full, to be changed. What is entered is saved when the focus leaves and after a second without a key;
/// a new one as soon as it has a title. "Saved" stands here only after the session has said so.
class MeasureForm final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int quietTime = 1000; ///< ms

    explicit MeasureForm(Session &session, QWidget *parent = nullptr);

    /// Saves what is open of the one before. A measure without a key is new.
    void edit(const Measure &measure);
    /// Nothing is edited any more; what was open is saved.
    void close();
    /// The session's state has changed: takes it over, unless something is being entered.
    void refresh();
    void retranslateUi();
    /// The keyboard goes to the title.
    void begin();
    [[nodiscard]] std::string key() const { return m_measure ? m_measure->key : std::string(); }
    [[nodiscard]] bool isOpen() const { return m_measure.has_value(); }
    /// False: what stands here cannot be saved; the form says why.
    bool save();
    [[nodiscard]] QString statusText() const;

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);
    void created(const QString &key);
    void closeWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void layOut();
    void connectFields();
    void load();
    void keepDraft();
    [[nodiscard]] QStringList texts() const;
    void setTexts(const QStringList &texts);
    void showLinks();
    void edited();
    void stateChosen();
    void say(const QString &text, bool warning = false);
    /// What stands in the fields; nothing, and said why, where a field cannot be read.
    [[nodiscard]] std::optional<Measure> entered();
    [[nodiscard]] std::optional<std::vector<std::string>> enteredRequirements();

    Session &m_session;
    std::optional<Measure> m_measure;            ///< as it was when the fields were filled
    QString m_path;                              ///< of the audit that the drafts belong to
    std::map<std::string, QStringList> m_drafts; ///< what could not be saved when its measure was left
    QTimer m_quiet;
    bool m_dirty = false;
    bool m_waiting = false;

    QLabel *m_head;
    QLabel *m_from; ///< the earlier audit that it comes from
    LinkButton *m_close;
    QLabel *m_titleLabel = nullptr;
    QPlainTextEdit *m_title;
    QLabel *m_descriptionLabel = nullptr;
    QPlainTextEdit *m_description;
    QLabel *m_priorityLabel = nullptr;
    QComboBox *m_priority;
    QLabel *m_stateLabel = nullptr;
    QComboBox *m_state;
    QLabel *m_ownerLabel = nullptr;
    QLineEdit *m_owner;
    QLabel *m_dueLabel = nullptr;
    DateField *m_due;
    QLabel *m_doneLabel = nullptr;
    DateField *m_done;
    QLabel *m_requirementsLabel = nullptr;
    QLineEdit *m_requirements;
    QLabel *m_effortLabel = nullptr;
    QLineEdit *m_effort;
    QLabel *m_onceLabel = nullptr;
    QLineEdit *m_once;
    QLabel *m_yearlyLabel = nullptr;
    QLineEdit *m_yearly;
    QVBoxLayout *m_links;
    LinkButton *m_remove;
    QLabel *m_status;
};

} // namespace tally::ui
