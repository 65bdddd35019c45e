// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/image_tables.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/theme/glyphs.h"

namespace tally::ui {

namespace {

using Cell = SimpleTableModel::Cell;
using Row = SimpleTableModel::Row;

Cell number(std::uint64_t value)
{
    return {countText(value), QVariant::fromValue<qulonglong>(value)};
}

Cell bytes(std::uint64_t value)
{
    return {bytesText(value), QVariant::fromValue<qulonglong>(value)};
}

} // namespace

QString ImageTables::causeWord(const std::string &cause)
{
    if (cause == "overwritten")
        return tr("overwritten by a later layer");
    if (cause == "removed")
        return tr("removed by a later layer");
    if (cause == "opaque")
        return tr("directory replaced by a later layer");
    if (cause == "attributes")
        return tr("only rights or owner changed");
    return foreignText(cause);
}

QString ImageTables::riskWord(const std::string &kind)
{
    if (kind == "setuid")
        return tr("setuid: runs with its owner's rights");
    if (kind == "setgid")
        return tr("setgid: runs with its group's rights");
    if (kind == "file-capability")
        return tr("file capability");
    if (kind == "world-writable")
        return tr("writable for everybody");
    if (kind == "shell")
        return tr("shell");
    if (kind == "package-manager")
        return tr("package manager");
    if (kind == "remote-access")
        return tr("remote access");
    if (kind == "secret")
        return tr("secret");
    if (kind == "device-node")
        return tr("device node");
    return foreignText(kind);
}

void ImageTables::fillWasted(SimpleTableModel &model, const Image &image)
{
    std::vector<Row> rows;
    for (const WastedPath &path : image.wasted)
        rows.push_back({{bytes(path.bytes), number(path.count), {foreignText(path.path)}}, toQString(path.path)});
    model.setTable({{tr("Size"), true}, {tr("Layers"), true}, {tr("Path"), false, true}}, std::move(rows));
}

void ImageTables::fillShadowed(SimpleTableModel &model, const Image &image)
{
    std::vector<Row> rows;
    for (const ShadowedFile &file : image.shadowed) {
        rows.push_back({{bytes(file.bytes), number(file.layer + 1U), {causeWord(file.cause)}, {foreignText(file.path)}},
            toQString(file.path)});
    }
    model.setTable({{tr("Size"), true}, {tr("Layer"), true}, {tr("Why nobody sees it")}, {tr("Path"), false, true}},
        std::move(rows));
}

void ImageTables::fillPackages(SimpleTableModel &model, const Image &image)
{
    std::vector<Row> rows;
    for (const Package &package : image.packages) {
        rows.push_back({{{foreignText(package.name)}, {foreignText(package.version)},
            {foreignText(package.architecture)}, {foreignText(package.manager)}, number(package.layer + 1U)}});
    }
    model.setTable(
        {{tr("Package")}, {tr("Version"), false, true}, {tr("Architecture")}, {tr("Manager")}, {tr("Layer"), true}},
        std::move(rows));
}

void ImageTables::fillRisks(SimpleTableModel &model, const Image &image)
{
    std::vector<Row> rows;
    for (const Risk &risk : image.risks) {
        const bool secret = risk.kind == "secret";
        rows.push_back({{{riskWord(risk.kind), {}, static_cast<int>(secret ? Glyph::High : Glyph::Medium)},
                            {foreignText(risk.path)}, number(risk.layer + 1U), {foreignText(risk.detail)}},
            toQString(risk.path)});
    }
    model.setTable({{tr("What")}, {tr("Path"), false, true}, {tr("Layer"), true}, {tr("Detail")}}, std::move(rows));
}

} // namespace tally::ui
