// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/archive.h"
#include "core/io/zip_writer.h"
#include "core/report/workbook_reader.h"

#include <QRegularExpression>

#include <string>
#include <utility>
#include <vector>

namespace tally::test {

using Members = std::vector<std::pair<std::string, std::string>>;

inline Members membersOf(const std::string &zip)
{
    Members members;
    auto archive = Archive::open(memorySource(zip), "test.zip", {});
    for (ArchiveMember member; archive->next(member).value();)
        members.emplace_back(member.name, archive->content(1U << 28).value());
    return members;
}

inline std::string zipOf(const Members &members)
{
    std::string bytes;
    auto zip = ZipWriter::create([&bytes](std::string_view piece) {
        bytes += piece;
        return Result<>();
    });
    for (const auto &[name, content] : members) {
        if (!zip->add(name, content))
            return {};
    }
    return zip->finish() ? bytes : std::string();
}

/// The workbook with another content in one cell of a sheet, counted from 1, as if a person had typed it: by default
/// the sheet of requirements.
inline std::string withCell(
    const std::string &xlsx, const std::string &cell, const std::string &inner, const std::string &type, int sheet = 2)
{
    Members members = membersOf(xlsx);
    for (auto &[name, content] : members) {
        if (name != "xl/worksheets/sheet" + std::to_string(sheet) + ".xml")
            continue;
        QString xml = QString::fromStdString(content);
        const QRegularExpression old(
            QStringLiteral("<c r=\"%1\"[^>]*?(/>|>.*?</c>)").arg(QString::fromStdString(cell)));
        const QString fresh
            = QStringLiteral("<c r=\"%1\" t=\"%2\">%3</c>")
                  .arg(QString::fromStdString(cell), QString::fromStdString(type), QString::fromStdString(inner));
        const auto match = old.match(xml);
        if (!match.hasMatch())
            return {};
        xml.replace(match.capturedStart(), match.capturedLength(), fresh);
        content = xml.toStdString();
    }
    return zipOf(members);
}

inline std::string withText(const std::string &xlsx, const std::string &cell, const std::string &text, int sheet = 2)
{
    return withCell(xlsx, cell, "<is><t>" + text + "</t></is>", "inlineStr", sheet);
}

/// Number of the row that holds the id, as the sheet counts.
inline std::string rowOf(const std::string &xlsx, const std::string &id, int sheet = 2)
{
    const Workbook book = readWorkbook(memorySource(xlsx), "a.xlsx", {}).value();
    for (const auto &[row, cells] : book.sheets.at(static_cast<std::size_t>(sheet) - 1).rows) {
        const auto cell = cells.find(0);
        if (cell != cells.end() && cell->second.text == id)
            return std::to_string(row + 1);
    }
    return "0";
}

} // namespace tally::test
