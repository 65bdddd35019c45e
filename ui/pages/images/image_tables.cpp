// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/image_tables.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/theme/glyphs.h"

#include <algorithm>

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
    if (kind == "compiler")
        return tr("compiler");
    if (kind == "log-file")
        return tr("log file");
    if (kind == "log-target")
        return tr("configured log file");
    if (kind == "supervised-program")
        return tr("service of a supervisor");
    return foreignText(kind);
}

void ImageTables::fillWasted(TablePane &pane, const Image &image)
{
    std::vector<Row> rows;
    for (const WastedPath &path : image.wasted)
        rows.push_back(
            {{bytes(path.bytes), number(path.count), {foreignText(path.path)}}, QByteArray::fromStdString(path.path)});
    pane.setTable({{tr("Size"), true}, {tr("Layers"), true}, {tr("Path"), false, true}}, std::move(rows), {110, 80});
}

void ImageTables::fillShadowed(TablePane &pane, const Image &image)
{
    std::vector<Row> rows;
    for (const ShadowedFile &file : image.shadowed) {
        rows.push_back({{bytes(file.bytes), number(file.layer + 1U), {causeWord(file.cause)}, {foreignText(file.path)}},
            QByteArray::fromStdString(file.path)});
    }
    pane.setTable({{tr("Size"), true}, {tr("Layer"), true}, {tr("Why nobody sees it")}, {tr("Path"), false, true}},
        std::move(rows), {110, 80, 260});
}

void ImageTables::fillPackages(TablePane &pane, const Image &image)
{
    std::vector<Row> rows;
    for (const Package &package : image.packages) {
        rows.push_back({{{foreignText(package.name)}, {foreignText(package.version)},
            {foreignText(package.architecture)}, {foreignText(package.manager)}, number(package.layer + 1U)}});
    }
    pane.setTable(
        {{tr("Package")}, {tr("Version"), false, true}, {tr("Architecture")}, {tr("Manager")}, {tr("Layer"), true}},
        std::move(rows), {280, 260, 120, 100});
}

void ImageTables::fillRisks(TablePane &pane, const Image &image)
{
    std::vector<Row> rows;
    for (const Risk &risk : image.risks) {
        const bool secret = risk.kind == "secret";
        rows.push_back({{{riskWord(risk.kind), {}, static_cast<int>(secret ? Glyph::High : Glyph::Medium)},
                            {foreignText(risk.path)}, number(risk.layer + 1U), {foreignText(risk.detail)}},
            QByteArray::fromStdString(risk.path)});
    }
    pane.setTable({{tr("What")}, {tr("Path"), false, true}, {tr("Layer"), true}, {tr("Detail")}}, std::move(rows),
        {300, 420, 80});
}

QString ImageTables::checkWord(const std::string &check)
{
    if (check == "digest")
        return tr("digest as stored");
    if (check == "diffId")
        return tr("digest unpacked");
    if (check == "size")
        return tr("size");
    if (check == "config")
        return tr("digest of the configuration");
    if (check == "count")
        return tr("number of layers");
    return foreignText(check);
}

void ImageTables::fillDigests(TablePane &pane, const Image &image, const Session &session)
{
    const auto rank = [](VerdictState state) {
        return state == VerdictState::Wrong ? 0 : state == VerdictState::NotVerifiable ? 1 : 2;
    };
    std::vector<const BlobVerdict *> verdicts;
    for (const BlobVerdict &verdict : image.verdicts)
        verdicts.push_back(&verdict);
    std::ranges::stable_sort(verdicts, {}, [&](const BlobVerdict *verdict) { return rank(verdict->state); });
    std::vector<Row> rows;
    for (const BlobVerdict *verdict : verdicts) {
        const VerdictState state = verdict->state;
        const Glyph glyph = state == VerdictState::Verified ? Glyph::Verified
            : state == VerdictState::Wrong                  ? Glyph::Deviation
                                                            : Glyph::NotChecked;
        const QString word = state == VerdictState::Verified ? tr("right")
            : state == VerdictState::Wrong                   ? tr("wrong")
                                                             : tr("not comparable");
        rows.push_back({{{word, rank(state), static_cast<int>(glyph)}, {checkWord(verdict->check)},
            {foreignText(verdict->blob)}, {verdict->reason ? session.text(*verdict->reason) : QString()}}});
    }
    pane.setTable({{tr("Verdict")}, {tr("What was compared")}, {tr("Part of the image"), false, true}, {tr("Why")}},
        std::move(rows), {150, 190, 300});
}

} // namespace tally::ui
