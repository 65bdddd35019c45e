// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/highlighter.h"

#include "ui/theme/tokens.h"

#include <QPlainTextEdit>
#include <QSet>

#include <algorithm>
#include <array>
#include <string>

namespace tally::ui {

namespace {

constexpr qsizetype longestLine = 2'000;

bool isAnyOf(std::string_view text, std::initializer_list<std::string_view> list)
{
    return std::ranges::find(list, text) != list.end();
}

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

const QSet<QStringView> &wordsOf(CodeLanguage language)
{
    static const QSet<QStringView> shell = {u"if", u"then", u"else", u"elif", u"fi", u"for", u"in", u"do", u"done",
        u"while", u"until", u"case", u"esac", u"function", u"return", u"exit", u"export", u"local", u"set", u"exec",
        u"trap", u"shift", u"break", u"continue", u"source", u"eval", u"readonly", u"unset"};
    static const QSet<QStringView> values = {u"true", u"false", u"null", u"yes", u"no"};
    static const QSet<QStringView> docker
        = {u"ADD", u"ARG", u"CMD", u"COPY", u"ENTRYPOINT", u"ENV", u"EXPOSE", u"FROM", u"HEALTHCHECK", u"LABEL",
            u"MAINTAINER", u"ONBUILD", u"RUN", u"SHELL", u"STOPSIGNAL", u"USER", u"VOLUME", u"WORKDIR"};
    static const QSet<QStringView> none;
    switch (language) {
    case CodeLanguage::Shell:
        return shell;
    case CodeLanguage::Json:
    case CodeLanguage::Yaml:
        return values;
    case CodeLanguage::Dockerfile:
        return docker;
    case CodeLanguage::Plain:
    case CodeLanguage::Config:
    case CodeLanguage::Xml:
        return none;
    }
    return none;
}

} // namespace

CodeLanguage codeLanguage(std::string_view path, std::string_view beginning)
{
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::size_t dot = name.rfind('.');
    const std::string_view suffix = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
    if (isAnyOf(suffix, {"json", "map", "webmanifest"}))
        return CodeLanguage::Json;
    if (isAnyOf(suffix, {"yaml", "yml"}))
        return CodeLanguage::Yaml;
    if (isAnyOf(suffix, {"sh", "bash", "profile", "postinst", "preinst", "prerm", "postrm"})
        || isAnyOf(name, {".bashrc", ".profile", "profile", ".env", "bash.bashrc"}))
        return CodeLanguage::Shell;
    if (name.starts_with("Dockerfile") || suffix == "dockerfile" || name == "Containerfile")
        return CodeLanguage::Dockerfile;
    if (isAnyOf(suffix, {"xml", "html", "svg", "xhtml"}) || beginning.starts_with("<?xml"))
        return CodeLanguage::Xml;
    if (isAnyOf(suffix, {"conf", "cfg", "ini", "cnf", "properties", "toml", "service", "list", "desktop", "rules"})
        || isAnyOf(name, {".npmrc", "hosts", "passwd", "group", "fstab", "os-release", "status"}))
        return CodeLanguage::Config;
    if (beginning.starts_with("#!"))
        return beginning.substr(0, 60).find("sh") != std::string_view::npos ? CodeLanguage::Shell
                                                                            : CodeLanguage::Config;
    if (beginning.starts_with("{") || beginning.starts_with("[{"))
        return CodeLanguage::Json;
    if (beginning.starts_with("---\n") || beginning.starts_with("apiVersion:"))
        return CodeLanguage::Yaml;
    return path.starts_with("/etc/") ? CodeLanguage::Config : CodeLanguage::Plain;
}

Highlighter::Highlighter(QPlainTextEdit &edit)
    : QSyntaxHighlighter(edit.document())
    , m_edit(edit)
{
}

void Highlighter::setLanguage(CodeLanguage language)
{
    m_language = language;
    rehighlight();
}

void Highlighter::paint(qsizetype from, qsizetype to, Ink ink)
{
    const Colors &colors = colorsOf(m_edit.palette());
    QTextCharFormat format;
    switch (ink) {
    case Ink::Key:
        format.setForeground(colors.accent);
        break;
    case Ink::Text:
        format.setForeground(colors.manual);
        break;
    case Ink::Comment:
        format.setForeground(colors.muted);
        format.setFontItalic(true);
        break;
    case Ink::Word:
        format.setForeground(colors.high);
        break;
    }
    setFormat(static_cast<int>(from), static_cast<int>(to - from), format);
}

void Highlighter::paintKey(const QString &text, QChar separator)
{
    qsizetype at = 0;
    while (at < text.size() && (text[at].isSpace() || (m_language == CodeLanguage::Yaml && text[at] == u'-')))
        ++at;
    const qsizetype end = text.indexOf(separator, at);
    if (end > at)
        paint(at, end, Ink::Key);
}

/// Paints a quoted text and tells where it ends.
qsizetype Highlighter::paintQuoted(const QString &text, qsizetype at)
{
    const QChar quote = text[at];
    qsizetype end = at + 1;
    while (end < text.size() && text[end] != quote)
        end += text[end] == u'\\' ? 2 : 1;
    end = std::min(end + 1, text.size());
    qsizetype next = end;
    while (next < text.size() && text[next].isSpace())
        ++next;
    const bool key = m_language == CodeLanguage::Json && next < text.size() && text[next] == u':';
    paint(at, end, key ? Ink::Key : Ink::Text);
    return end;
}

void Highlighter::paintWords(const QString &text)
{
    const QSet<QStringView> &words = wordsOf(m_language);
    const bool comments = m_language != CodeLanguage::Json;
    for (qsizetype at = 0; at < text.size();) {
        const QChar c = text[at];
        if (comments && c == u'#' && (at == 0 || text[at - 1].isSpace())) {
            paint(at, text.size(), Ink::Comment);
            return;
        }
        if (m_language == CodeLanguage::Config && at == 0 && c == u';') {
            paint(at, text.size(), Ink::Comment);
            return;
        }
        if (c == u'"' || (c == u'\'' && m_language != CodeLanguage::Json && m_language != CodeLanguage::Config)) {
            at = paintQuoted(text, at);
            continue;
        }
        if (!isWordCharacter(c)) {
            ++at;
            continue;
        }
        qsizetype end = at;
        while (end < text.size() && isWordCharacter(text[end]))
            ++end;
        const bool first = m_language != CodeLanguage::Dockerfile || text.left(at).trimmed().isEmpty();
        if (first && words.contains(QStringView(text).sliced(at, end - at)))
            paint(at, end, Ink::Word);
        at = end;
    }
}

void Highlighter::highlightTags(const QString &text)
{
    for (qsizetype at = text.indexOf(u'<'); at >= 0; at = text.indexOf(u'<', at + 1)) {
        qsizetype end = at + 1;
        while (end < text.size()
            && (isWordCharacter(text[end]) || text[end] == u'/' || text[end] == u':' || text[end] == u'-'))
            ++end;
        paint(at, end, Ink::Key);
    }
}

void Highlighter::highlightBlock(const QString &text)
{
    if (m_language == CodeLanguage::Plain || text.size() > longestLine)
        return;
    switch (m_language) {
    case CodeLanguage::Yaml:
        paintKey(text, u':');
        break;
    case CodeLanguage::Config:
        paintKey(text, u'=');
        if (text.trimmed().startsWith(u'[') && text.trimmed().endsWith(u']'))
            paint(0, text.size(), Ink::Word);
        break;
    case CodeLanguage::Xml:
        highlightTags(text);
        return;
    case CodeLanguage::Plain:
    case CodeLanguage::Shell:
    case CodeLanguage::Json:
    case CodeLanguage::Dockerfile:
        break;
    }
    paintWords(text);
}

} // namespace tally::ui
