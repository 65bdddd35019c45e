// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"
#include "ui/pages/checklist/part_panel.h"

#include <QMimeData>
#include <QWidget>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace tally::ui {

class Chip;
class DropHint;
class ElidedLabel;
class KeyButton;
class LinkButton;

/// One requirement: its head, and its parts below each other.
class RequirementView final : public QWidget
{
    Q_OBJECT

public:
    explicit RequirementView(Session &session, QWidget *parent = nullptr);

    /// The same one again keeps what is unfolded and where it is scrolled to.
    void setRequirement(const Requirement *requirement);
    void retranslateUi();
    void showPart(const QString &partId);
    /// For the findings page: the cause that has the keyboard, else the strongest one.
    [[nodiscard]] QString currentCheck() const;
    /// The part that has the keyboard, else the only one that is unfolded; "" without.
    [[nodiscard]] QString currentPart() const;
    [[nodiscard]] const std::vector<PartPanel *> &parts() const { return m_parts; }

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);
    void guidanceWanted();
    void stepWanted(int by);
    /// data: what was dropped on it; null where it has to be asked for. id: of the part or requirement.
    void attachWanted(const QMimeData *data, const QString &id);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void layOut();
    void fillHead();
    void fitHead();
    void showWhere();
    void fillParts(bool sameRequirement);
    void measure();

    Session &m_session;
    const Requirement *m_requirement = nullptr;
    QLabel *m_id;
    ElidedLabel *m_title;
    Chip *m_chip;
    ElidedLabel *m_facts;
    QLabel *m_where; ///< where it applies, of those that depend on protection needs
    LinkButton *m_toScope;
    ElidedLabel *m_factsBelow; ///< the same, where there is no room beside the buttons
    KeyButton *m_guidance;
    KeyButton *m_previous;
    KeyButton *m_next;
    bool m_narrow = false;
    QScrollArea *m_scroll;
    QVBoxLayout *m_column;
    std::vector<PartPanel *> m_parts;
    DropHint *m_dropHint;
    std::vector<Attachment> m_evidence; ///< of the requirement, as it is shown
    AssessmentPtr m_shown;              ///< what the parts were filled from
    Language m_language = Language::German;
};

} // namespace tally::ui
