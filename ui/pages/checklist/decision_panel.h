// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <map>

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace tally::ui {

class DateField;
class DecisionRow;
class KeyButton;

/// Where a person decides about a requirement. What is entered is saved when the focus leaves, after one second
/// without a key, and with saveAndNext(); "saved" stands here only after the session has said so. What may not be
/// saved yet (a reason is missing) is kept here and said to be unsaved. A decision whose basis has changed is marked;
/// it is saved anew only when asked for. Who decided, and when, stands below; as long as nobody has said who decides
/// here, the first decision asks for it and waits for the answer.
class DecisionPanel final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int quietTime = 1000; ///< ms

    explicit DecisionPanel(Session &session, QWidget *parent = nullptr);

    /// Saves what is open of the one before. Null: nothing to decide.
    void setRequirement(const Requirement *requirement);
    /// The session's state has changed: takes over what was decided, unless something is being entered.
    void refresh();
    void retranslateUi();
    /// There is little height: that the basis of a decision has changed is said by the button that confirms it, in the
    /// last line, and not in lines of its own.
    void setLow(bool low);

    void choose(Status status);
    /// Saves and asks for the next requirement; says why it cannot.
    void saveAndNext();
    /// Saves what has been entered, if it may be saved. False: it may not.
    bool save();
    [[nodiscard]] bool isDirty() const; ///< what stands here differs from what is stored
    [[nodiscard]] QString statusText() const;
    [[nodiscard]] QString decidedText() const; ///< who decided and when; "" where nothing is decided

Q_SIGNALS:
    void nextWanted();
    void nameGiven(const QString &name); ///< who decides here from now on; the session knows it already

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void layOut();
    void placeFields(bool narrow);
    void fitHead();
    void connectFields();
    void load(const Decision &decision);
    [[nodiscard]] Decision entered() const;
    [[nodiscard]] Decision stored() const;
    void edited();
    void say(const QString &text, bool warning = false);
    [[nodiscard]] QString whyNot() const; ///< in words; "" if it may be saved
    void showState();
    void showDecided(const Decision &decision);
    /// What an earlier audit decided, as long as nobody has here; null: nothing.
    [[nodiscard]] const Decision *toConfirm() const;
    void showNotTakenOver(const Decision &before);
    void showToConfirm(const Decision &before);
    void placeConfirm(bool folded);
    [[nodiscard]] bool isNameMissing() const; ///< for what is entered now
    void askForName();
    void takeName();
    void fillCompleters();

    Session &m_session;
    const Requirement *m_requirement = nullptr;
    QString m_path;                           ///< of the audit that the drafts belong to
    std::map<std::string, Decision> m_drafts; ///< entered, not stored (yet)
    QTimer m_quiet;
    bool m_waiting = false; ///< handed over, saved() has not come yet
    QString m_failure;      ///< why what stands here could not be saved; "" it was not tried, or it could

    QLabel *m_title;
    DecisionRow *m_choice;
    QLabel *m_proposal;
    QWidget *m_stale;
    QLabel *m_staleText;
    QPushButton *m_confirm;
    QLabel *m_reasonLabel;
    QLabel *m_responsibleLabel;
    QLabel *m_untilLabel;
    QLabel *m_measureLabel;
    QPlainTextEdit *m_reason;
    QLineEdit *m_responsible;
    DateField *m_until;
    QLineEdit *m_measure;
    QLabel *m_decided;
    QLabel *m_status;
    QWidget *m_who;
    QLabel *m_whoLabel;
    QLineEdit *m_name;
    QPushButton *m_nameGiven;
    QPointer<QWidget> m_before; ///< had the keyboard before the name was asked for
    KeyButton *m_next;
    QGridLayout *m_fields = nullptr;
    QHBoxLayout *m_foot = nullptr;
    bool m_narrow = false;
    bool m_low = false;
    bool m_folded = false; ///< the button that confirms stands in m_foot
};

} // namespace tally::ui
