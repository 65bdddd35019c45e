// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/remedy.h"

#include "ui/models/words.h"

#include <algorithm>

namespace tally::ui {

namespace {

qsizetype indentOf(const QString &line)
{
    qsizetype indent = 0;
    while (indent < line.size() && line[indent] == u' ')
        ++indent;
    return indent;
}

QStringList linesOf(std::string_view text)
{
    QStringList lines = foreignLines(text).split(u'\n');
    while (!lines.isEmpty() && lines.last().trimmed().isEmpty())
        lines.removeLast();
    return lines;
}

/// "privileged" of "spec.containers[0].securityContext.privileged"; nothing for the item of a list.
QString lastKey(const std::string &field)
{
    const QString key = QString::fromStdString(field.substr(field.rfind('.') + 1));
    return key.endsWith(u']') ? QString() : key;
}

/// "key: value" or "- key: value", with a value behind it on the same line.
bool isMember(const QString &line, const QString &key)
{
    QStringView text = QStringView(line).mid(indentOf(line));
    while (text.startsWith(u"- "))
        text = text.mid(2);
    return text.size() > key.size() + 1 && text.startsWith(key) && text[key.size()] == u':'
        && text[key.size() + 1] == u' ';
}

void dedent(std::vector<CodeLine> &lines)
{
    qsizetype common = 1000;
    for (const CodeLine &line : lines) {
        if (!line.text.trimmed().isEmpty())
            common = std::min(common, indentOf(line.text));
    }
    for (CodeLine &line : lines)
        line.text.remove(0, std::min(common, indentOf(line.text)));
}

} // namespace

std::vector<CodeLine> exampleOf(const Check &check)
{
    std::vector<CodeLine> lines;
    for (const QString &line : linesOf(check.example))
        lines.push_back({line, CodeLine::Mark::Right, 0});
    return lines;
}

Remedy remedyOf(const Finding &finding, const Check *check)
{
    Remedy remedy;
    const QStringList excerpt = linesOf(finding.excerpt);
    const QString key = lastKey(finding.field);
    for (qsizetype i = 0; i < excerpt.size(); ++i) {
        const auto line = static_cast<std::size_t>(i);
        const int number = line < finding.excerptLines.size() ? static_cast<int>(finding.excerptLines[line]) : 0;
        remedy.lines.push_back({excerpt[i], CodeLine::Mark::None, number});
        if (static_cast<int>(i) != finding.excerptHit)
            continue;
        remedy.lines.back().mark = CodeLine::Mark::Hit;
        if (!check || key.isEmpty() || !isMember(excerpt[i], key))
            continue;
        for (const QString &right : linesOf(check->example)) {
            if (!isMember(right, key))
                continue;
            const QString indent(excerpt[i].indexOf(key), u' ');
            remedy.lines.back().mark = CodeLine::Mark::Wrong;
            remedy.lines.push_back({indent + right.mid(right.indexOf(key)), CodeLine::Mark::Right, 0});
            remedy.isDiff = true;
            break;
        }
    }
    dedent(remedy.lines);
    return remedy;
}

} // namespace tally::ui
