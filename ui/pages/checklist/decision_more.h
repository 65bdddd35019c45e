// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"
#include "ui/models/session.h"

#include <QStringList>
#include <QTimer>
#include <QWidget>

#include <map>
#include <string>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;

namespace tally::ui {

class ClassFields;
class DateField;
class ElidedLabel;
class LinkButton;

/// Below the decision: what else BSI 200-2 wants to know of it (notes, who was asked, who assessed it and when, costs,
/// residual risk) and how the auditors classify it, folded to one line until it is wanted; and the review by a second
/// person. The fields are saved when the focus leaves and after a second without a key. What cannot be saved, because a
/// date or a number is none, is kept as it was typed until the audit is closed, and waits at its requirement.
class DecisionMore final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int quietTime = 1000; ///< ms

    explicit DecisionMore(Session &session, QWidget *parent = nullptr);

    /// Saves what is open of the one before. Null: hidden.
    void setRequirement(const Requirement *requirement);
    /// The session's state has changed: takes it over, unless something is being entered.
    void refresh();
    void retranslateUi();

    void toggleDetails();
    void submit();
    void accept();
    /// Asks for the text first.
    void sendBack();
    bool save();
    [[nodiscard]] bool isUnfolded() const;
    [[nodiscard]] QString reviewText() const; ///< the state of the review in words
    [[nodiscard]] QString statusText() const;

Q_SIGNALS:
    /// Before a review: what was decided must be saved first.
    void aboutToReview();
    void navigate(const tally::ui::Address &address);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void layOut();
    void layOutFields();
    void connectFields();
    [[nodiscard]] DecisionDetail stored() const;
    [[nodiscard]] std::optional<DecisionDetail> entered();
    void load();
    [[nodiscard]] QStringList texts() const;
    void setTexts(const QStringList &texts);
    void edited();
    void takeBack();
    void showFold();
    void showReview();
    [[nodiscard]] static QString reviewWords(const Review &review, bool changed);
    void review(Review::State state, const QString &text);
    void say(const QString &text, bool warning = false);

    Session &m_session;
    const Requirement *m_requirement = nullptr;
    QTimer m_quiet;
    QString m_path;                                ///< of the audit that the drafts belong to
    std::map<std::string, QStringList> m_drafts{}; ///< what could not be saved when its requirement was left
    std::map<std::string, QStringList> m_sent{};   ///< handed over, neither saved nor refused yet
    bool m_dirty = false;
    bool m_waiting = false;

    LinkButton *m_fold;
    ElidedLabel *m_summary;
    LinkButton *m_plan;
    ElidedLabel *m_review;
    QPushButton *m_submit;
    QPushButton *m_accept;
    QPushButton *m_sendBack;
    QLabel *m_reviewNote;
    QWidget *m_textRow;
    QLineEdit *m_text;
    QPushButton *m_send;
    QWidget *m_fields;
    QScrollArea *m_scroll; ///< around them: a low window cannot show all at once
    QLabel *m_notesLabel;
    QPlainTextEdit *m_notes;
    QLabel *m_interviewedLabel;
    QLineEdit *m_interviewed;
    QLabel *m_assessorLabel;
    QLineEdit *m_assessor;
    QLabel *m_assessedLabel;
    DateField *m_assessed;
    QLabel *m_effortLabel;
    QLineEdit *m_effort;
    QLabel *m_onceLabel;
    QLineEdit *m_once;
    QLabel *m_yearlyLabel;
    QLineEdit *m_yearly;
    QLabel *m_riskLabel;
    QLineEdit *m_risk;
    ClassFields *m_class;
    QLabel *m_status;
};

} // namespace tally::ui
