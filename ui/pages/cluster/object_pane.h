// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"
#include "ui/models/cluster_objects_model.h"
#include "ui/models/session.h"
#include "ui/widgets/yaml_pane.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace tally::ui {

class ElidedLabel;
class Chip;

/// An object as YAML with its findings at their lines; below it the finding that is chosen.
class ObjectPane final : public QWidget
{
    Q_OBJECT

public:
    explicit ObjectPane(Session &session, QWidget *parent = nullptr);

    /// object: index into the cluster's objects, -1 none.
    void setObject(int object, const std::vector<std::size_t> &findings);
    void showFinding(const QString &fingerprint);
    /// Frames the line of a field of the object, "rules[2].verbs"; the chosen finding stays.
    void showField(const QString &field);
    void retranslateUi();
    [[nodiscard]] YamlPane &yaml() { return *m_yaml; }

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);

private:
    void layOut();
    void step(int by);
    void choose(int mark);
    void showChosen();
    [[nodiscard]] const Finding *chosen() const;
    [[nodiscard]] QString messageText(const Finding &finding) const;

    Session &m_session;
    int m_object = -1;
    int m_mark = -1;
    ElidedLabel *m_name;
    ElidedLabel *m_kind;
    QToolButton *m_previous;
    QToolButton *m_next;
    QLabel *m_position;
    YamlPane *m_yaml;
    QWidget *m_footer;
    Chip *m_severity;
    QLabel *m_title;
    QLabel *m_text;
    QWidget *m_parts;
    QPushButton *m_open;
    QPushButton *m_copy;
};

/// The line at which a finding is marked: that of its field, or of the nearest field above that exists; 0 if there is
/// none. field is that of the object itself, not of what it controls.
[[nodiscard]] int lineOfField(const YamlView &view, Node root, std::string_view field);

} // namespace tally::ui
