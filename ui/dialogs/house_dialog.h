// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "ui/dialogs/choosers.h"

#include <QDialog>

#include <functional>
#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace tally::ui {

class LinkButton;
class SegmentedControl;
class ZonesField;

/// What the house lays down: a field for each entry of its policy, and the public keys of its images. Whatever stays
/// empty is not laid down. A file that was loaded and not changed stays that very file, with its name and digest.
class HouseDialog final : public QDialog
{
    Q_OBJECT

public:
    using TextOf = std::function<QString(const Message &)>;

    HouseDialog(FileChooser &files, TextOf textOf, const AuditState &state, bool readOnly, QWidget *parent = nullptr);

    /// What stands in the fields: null where nothing is laid down; nothing where a field is wrong, which is said then.
    [[nodiscard]] std::optional<PolicyPtr> policy();
    [[nodiscard]] const std::vector<KeyFile> &keyFiles() const { return m_keyFiles; }
    void loadPolicy(const QString &path);
    void addKeys(const QStringList &paths);

Q_SIGNALS:
    void chosen(const tally::PolicyPtr &policy, const std::vector<tally::KeyFile> &keys);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct List
    {
        const char *entry;
        std::vector<std::string> Policy::*values;
        QLabel *label;
        QPlainTextEdit *edit;
    };

    [[nodiscard]] QWidget *makeForm();
    void makeFooter(QVBoxLayout &column);
    void show(const Policy &policy);
    void showKeys();
    void apply();
    void savePolicy(const QString &path);
    [[nodiscard]] bool readLists(Policy &policy);
    [[nodiscard]] bool readNumber(QLineEdit &field, int most, std::optional<int> &number);
    void refuse(QWidget &field, const QString &why);
    void say(const QString &text);
    void retranslateUi();

    FileChooser &m_files;
    TextOf m_textOf;
    bool m_readOnly;
    PolicyPtr m_loaded; ///< what the fields were filled with
    std::vector<KeyFile> m_keyFiles;
    std::vector<List> m_lists;
    QLabel *m_title;
    QLabel *m_lead;
    QLabel *m_origin;
    QLabel *m_replicasLabel;
    QLineEdit *m_replicas;
    QLabel *m_ageLabel;
    QLineEdit *m_age;
    QLabel *m_cpuLabel;
    SegmentedControl *m_cpu;
    QLabel *m_zonesLabel;
    ZonesField *m_zones;
    QLabel *m_keysLabel;
    QVBoxLayout *m_keyRows;
    LinkButton *m_addKeys;
    QLabel *m_problem;
    LinkButton *m_load;
    LinkButton *m_save;
    QPushButton *m_cancel;
    QPushButton *m_apply;
};

} // namespace tally::ui
