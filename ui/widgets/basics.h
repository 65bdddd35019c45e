// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/fonts.h"

#include <QAbstractButton>
#include <QFrame>
#include <QLabel>
#include <QToolButton>

namespace tally::ui {

/// Colour of a label's text, as a role of the palette, so that it follows a switch of the theme.
enum class Ink { Text, Muted, Accent };

/// A label that never reads markup: names from files are shown as they are.
[[nodiscard]] QLabel *makeLabel(Face face, Ink ink = Ink::Text, QWidget *parent = nullptr);

/// One line that is elided where it does not fit; the whole text stands in the tool tip and is what is read out.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(
        Face face, Ink ink = Ink::Text, Qt::TextElideMode mode = Qt::ElideRight, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::TextElideMode m_mode;
};

/// Text in the accent colour, with an icon before it; underlined under the mouse, ring with the keyboard.
class LinkButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit LinkButton(QString iconName = {}, QWidget *parent = nullptr);

    void setIconName(const QString &name);
    void setIconBehind(bool behind) { m_behind = behind; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override; ///< with the text cut in the middle

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QString m_icon;
    bool m_behind = false;
};

/// A hairline in the border colour.
class Line final : public QWidget
{
    Q_OBJECT

public:
    explicit Line(Qt::Orientation orientation = Qt::Horizontal, QWidget *parent = nullptr);
};

/// A ground in the raised or sunken colour; with a frame and rounded corners if asked for.
class Panel final : public QWidget
{
    Q_OBJECT

public:
    enum class Ground { Surface, Raised, Sunken };
    explicit Panel(Ground ground, bool framed = false, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Ground m_ground;
    bool m_framed;
};

/// "Offene Entscheidungen 8", and a link at the right.
class SectionHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit SectionHeader(QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setCount(int count);                           ///< negative: none
    [[nodiscard]] LinkButton *link() { return m_link; } ///< hidden until it has a text

private:
    QLabel *m_title;
    QLabel *m_count;
    LinkButton *m_link;
};

/// A command in monospace, and a link that copies it.
class CommandLine final : public QWidget
{
    Q_OBJECT

public:
    explicit CommandLine(const QString &command, QWidget *parent = nullptr);

    [[nodiscard]] QString command() const { return m_command; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();

    QString m_command;
    ElidedLabel *m_text;
    LinkButton *m_copy;
};

} // namespace tally::ui
