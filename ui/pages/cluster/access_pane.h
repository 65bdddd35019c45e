// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/access.h"
#include "ui/models/object_findings.h"
#include "ui/models/simple_table_model.h"
#include "ui/pages/cluster/cluster_pane.h"

#include <memory>
#include <optional>
#include <vector>

class QCheckBox;
class QSettings;
class QTableView;

namespace tally::ui {

class DetailSide;
class TablePane;

/// Who may do what: ready questions at the left, the subjects that answer them in the middle, at the right the way from
/// binding over role to rule.
class AccessPane final : public ClusterPane
{
    Q_OBJECT

public:
    AccessPane(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~AccessPane() override;

    void retranslateUi() override;
    /// A question by its code ("secrets"), or a subject as RbacSubject::label() says it.
    void choose(const QVariant &what) override;
    [[nodiscard]] TablePane &table() { return *m_table; }
    [[nodiscard]] QTableView &questions() { return *m_questions; }
    [[nodiscard]] QCheckBox &platform() { return *m_platform; }

protected:
    void compute() override;

private:
    struct Data
    {
        std::shared_ptr<const Access> access;
        ObjectFindings findings;
    };

    [[nodiscard]] std::optional<AccessQuestion> question() const;
    [[nodiscard]] QString questionText(std::optional<AccessQuestion> question) const;
    [[nodiscard]] QString explanation(std::optional<AccessQuestion> question) const;
    [[nodiscard]] QString kindText(SubjectKind kind) const;
    [[nodiscard]] QString nameText(const AccessSubject &subject) const;
    [[nodiscard]] QString missingText() const;
    [[nodiscard]] QString reachText(const AccessSubject &subject) const;
    [[nodiscard]] bool isListed(const AccessSubject &subject, std::optional<AccessQuestion> question) const;
    void fillQuestions();
    void fill();
    void showChosen();
    void showMissing();
    void addWhoItIs(const AccessSubject &subject);
    void addBinding(const RbacBinding &binding, const AccessPath &path);
    [[nodiscard]] QString ruleText(const RbacRule &rule) const;
    [[nodiscard]] QString lineText(std::uint32_t line) const;

    std::shared_ptr<const Access> m_access;
    ObjectFindings m_findings;
    SimpleTableModel m_questionRows;
    QTableView *m_questions;
    TablePane *m_table;
    QCheckBox *m_platform;
    DetailSide *m_side;
    QString m_wanted;
};

} // namespace tally::ui
