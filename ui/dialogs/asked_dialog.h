// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/asked_kinds.h"

#include <QDialog>

#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace tally::ui {

/// Asks which kinds were asked for with none there, and how that is known. Offers what the export says nothing of.
class AskedDialog final : public QDialog
{
    Q_OBJECT

public:
    /// chosen: kinds to be ticked from the start, as "NetworkPolicy" or "NetworkPolicy.networking.k8s.io".
    AskedDialog(const Cluster &cluster, std::vector<AskedKind> asked, const QStringList &chosen, const QString &auditor,
        QWidget *parent = nullptr);

    /// What was recorded before and stays ticked, and what is new with the reason and name that were entered.
    [[nodiscard]] std::vector<AskedKind> asked() const;

Q_SIGNALS:
    void recorded(const std::vector<tally::AskedKind> &asked);

protected:
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] bool hasNew() const;
    void retranslateUi();
    void validate();

    std::vector<AskedKind> m_before;
    QLabel *m_title;
    QLabel *m_lead;
    QLabel *m_kindsLabel;
    QListWidget *m_kinds;
    QLabel *m_reasonLabel;
    QLineEdit *m_reason;
    QLabel *m_byLabel;
    QLineEdit *m_by;
    QLabel *m_hint;
    QPushButton *m_cancel;
    QPushButton *m_record;
};

} // namespace tally::ui
