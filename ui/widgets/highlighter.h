// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSyntaxHighlighter>

#include <string_view>

class QPlainTextEdit;

namespace tally::ui {

enum class CodeLanguage { Plain, Config, Shell, Json, Yaml, Dockerfile, Xml };

/// By the name of the file, else by its first line ("#!/bin/sh", "{", "<?xml").
[[nodiscard]] CodeLanguage codeLanguage(std::string_view path, std::string_view beginning);

/// Keys, texts, comments and words of a language in three colours of the theme. It reads line by line and knows no
/// grammar: enough to find one's way. Lines above 2,000 characters stay plain.
class Highlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit Highlighter(QPlainTextEdit &edit);

    void setLanguage(CodeLanguage language);
    [[nodiscard]] CodeLanguage language() const { return m_language; }

protected:
    void highlightBlock(const QString &text) override;

private:
    enum class Ink { Key, Text, Comment, Word };

    void paint(qsizetype from, qsizetype to, Ink ink);
    void paintKey(const QString &text, QChar separator);
    qsizetype paintQuoted(const QString &text, qsizetype at);
    void paintWords(const QString &text);
    void highlightTags(const QString &text);

    QPlainTextEdit &m_edit;
    CodeLanguage m_language = CodeLanguage::Plain;
};

} // namespace tally::ui
