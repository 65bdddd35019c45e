// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/image_tables.h"

#include "ui/models/file_tree_model.h"
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
    if (cause == "same")
        return tr("the same file again in a later layer");
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

void ImageTables::fillPackages(TablePane &pane, const Image &image)
{
    std::vector<Row> rows;
    rows.reserve(image.packages.size());
    for (const Package &package : image.packages) {
        QStringList licences;
        for (const std::string &licence : package.licences)
            licences.append(foreignText(licence));
        const std::string path = package.paths.empty() ? std::string() : package.paths.front();
        rows.push_back({{{foreignText(package.name)}, {foreignText(package.version)},
                            {foreignText(package.architecture)}, {foreignText(package.manager)},
                            number(package.layer + 1U), {licences.join(u", ")}, {foreignText(package.url)}},
            QByteArray::fromStdString(path)});
    }
    pane.setTable({{tr("Package")}, {tr("Version"), false, true}, {tr("Architecture")}, {tr("Manager")},
                      {tr("Layer"), true}, {tr("Licence")}, {tr("Package URL"), false, true}},
        std::move(rows), {210, 190, 100, 104, 70, 160});
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

void ImageTables::fillElf(TablePane &pane, const ElfSummary &elf)
{
    std::vector<Row> rows;
    const auto add = [&rows](const QString &what, const QString &value, Glyph glyph = Glyph::None) {
        if (!value.isEmpty())
            rows.push_back({{{what}, {value, {}, static_cast<int>(glyph)}}});
    };
    const auto yes = [](bool on) { return on ? tr("yes") : tr("no"); };
    const auto guard = [](bool on) { return on ? Glyph::None : Glyph::Indications; };
    add(tr("Kind"), foreignText(elf.type));
    add(tr("Machine"), tr("%1, %2 bit").arg(foreignText(elf.machine), QString::number(elf.bits)));
    add(tr("System interface"), foreignText(elf.osAbi));
    add(tr("Interpreter"), foreignText(elf.interpreter));
    add(tr("Linked statically"), yes(elf.isStatic));
    for (const std::string &library : elf.needed)
        add(tr("Needs"), foreignText(library));
    add(tr("Own name"), foreignText(elf.soname));
    add(tr("Search path"), foreignText(elf.runPath), elf.runPath.empty() ? Glyph::None : Glyph::Indications);
    add(tr("Can be placed anywhere (PIE)"), yes(elf.pie), guard(elf.pie));
    if (elf.noExecStack)
        add(tr("Stack without execution"), yes(*elf.noExecStack), guard(*elf.noExecStack));
    add(tr("Relocations read-only (RELRO)"),
        elf.relro == ElfSummary::Relro::Full          ? tr("fully")
            : elf.relro == ElfSummary::Relro::Partial ? tr("partly")
                                                      : tr("no"),
        guard(elf.relro != ElfSummary::Relro::None));
    add(tr("Guards its stack (canary)"), yes(elf.canary), guard(elf.canary));
    add(tr("Symbols removed"), yes(elf.stripped));
    add(tr("Debug information"), yes(elf.debugInfo));
    add(tr("Written in Go"), elf.goBuild ? tr("yes") : QString());
    add(tr("Build id"), foreignText(elf.buildId));
    pane.setNote(elf.truncated ? tr("Only the beginning was read: something may be missing here.") : QString());
    pane.setTable({{tr("What")}, {tr("Value")}}, std::move(rows), {240});
}

void ImageTables::fillMembers(TablePane &pane, const FilePreview &preview)
{
    std::vector<Row> rows;
    for (const PreviewMember &member : preview.members) {
        rows.push_back({{{foreignText(member.name)}, bytes(member.bytes),
            {modeText(member.directory    ? EntryType::Directory
                    : member.link.empty() ? EntryType::File
                                          : EntryType::Symlink,
                member.mode)},
            {foreignText(member.link)}}});
    }
    pane.setNote(preview.moreMembers ? tr("There is more in this archive than is listed here.") : QString());
    pane.setTable(
        {{tr("Name"), false, true}, {tr("Size"), true}, {tr("Rights"), false, true}, {tr("Leads to"), false, true}},
        std::move(rows), {260, 90, 110});
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
