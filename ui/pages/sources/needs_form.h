// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"

#include <QWidget>

#include <array>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tally::ui {

class LinkButton;
class SegmentedControl;

/// Protection needs of one target object, or of several at once, in words of BSI 200-2: three values, each with a
/// reason. Of several, what is left alone stays as it is in each of them. Nothing is saved before the button says so,
/// and then all of it in one step that undo takes back; what has no key yet is recorded by it.
class NeedsForm final : public QWidget
{
    Q_OBJECT

public:
    explicit NeedsForm(Session &session, QWidget *parent = nullptr);

    /// The same ones again keep what is being entered, unless they changed meanwhile. None: a new one.
    void edit(std::vector<TargetObject> targets);
    void retranslateUi();
    /// The keyboard goes to the first field.
    void begin();
    /// Says why it cannot.
    void apply();
    [[nodiscard]] QString statusText() const;
    /// Nothing is chosen: what is entered becomes a target object.
    [[nodiscard]] bool isNew() const { return m_targets.empty(); }

Q_SIGNALS:
    void closeWanted();
    /// Keys, right before they are handed to the session.
    void recorded(const QStringList &keys);

private:
    struct Value
    {
        QLabel *label = nullptr;
        SegmentedControl *need = nullptr;
        QLineEdit *reason = nullptr;
    };

    [[nodiscard]] QWidget *layOut();
    void load();
    void showTexts();
    void showWhetherReasonsAreNeeded();
    [[nodiscard]] const TargetObject *recordedAs(const TargetObject &target) const;
    [[nodiscard]] bool isRefused(const TargetObject &target);
    [[nodiscard]] bool isOne() const { return m_targets.size() <= 1; }
    [[nodiscard]] std::vector<TargetObject> entered() const;
    void say(const QString &text, bool warning = false);

    Session &m_session;
    std::vector<TargetObject> m_targets; ///< as they were when the fields were filled
    AuditStatePtr m_state;               ///< holds what recordedAs() gives
    bool m_loaded = false;
    bool m_waiting = false;

    QLabel *m_title;
    LinkButton *m_close;
    QLabel *m_list;
    QWidget *m_facts; ///< of a single one
    QLabel *m_kindLabel;
    QComboBox *m_kind;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_descriptionLabel;
    QLineEdit *m_description;
    std::array<Value, 3> m_values;
    QLabel *m_hint;
    QPushButton *m_apply;
    LinkButton *m_remove;
    QLabel *m_status;
};

} // namespace tally::ui
