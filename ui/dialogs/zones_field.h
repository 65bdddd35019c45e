// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/policy.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace tally::ui {

class LinkButton;

/// The network zones of a house policy: a row for each, with name, purpose and addresses.
class ZonesField final : public QWidget
{
    Q_OBJECT

public:
    explicit ZonesField(bool readOnly, QWidget *parent = nullptr);

    void show(const std::vector<NetworkZone> &zones);
    /// Appends what stands in the rows, those left empty aside. False: the row that is wrong has the focus then, and
    /// wrong() says why.
    [[nodiscard]] bool read(std::vector<NetworkZone> &zones);
    void retranslateUi();

Q_SIGNALS:
    void wrong(const QString &why);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        QWidget *widget;
        QLineEdit *name;
        QComboBox *purpose;
        QLineEdit *ranges;
        LinkButton *remove;
    };

    void add(const NetworkZone &zone);
    bool refuse(QWidget &field, const QString &why);
    void retranslate(const Row &row) const;

    bool m_readOnly;
    std::vector<Row> m_rows;
    QVBoxLayout *m_column;
    LinkButton *m_add;
};

} // namespace tally::ui
