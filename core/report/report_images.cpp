// SPDX-License-Identifier: Apache-2.0
// Annex B: one unit per image.
#include "core/base/text_format.h"
#include "core/report/report_data.h"

#include <algorithm>
#include <cmath>

namespace tally {

namespace {

/// "1.016,7": megabytes with one decimal, without the unit.
std::string megabytes(std::uint64_t bytes, Language language)
{
    const std::uint64_t tenths = (bytes + 50'000) / 100'000;
    return formatCount(tenths / 10, language) + (language == Language::German ? "," : ".")
        + std::to_string(tenths % 10);
}

/// "0,7686".
std::string ratio(double value, Language language)
{
    const auto scaled = static_cast<std::uint64_t>(std::llround(std::clamp(value, 0.0, 1.0) * 10'000));
    std::string digits = std::to_string(scaled % 10'000);
    digits.insert(0, 4 - digits.size(), '0');
    return std::to_string(scaled / 10'000) + (language == Language::German ? "," : ".") + digits;
}

Facts headOf(const ReportData &data, const Image &image)
{
    const Words &w = data.words;
    Facts facts;
    const auto add = [&](std::string label, Runs runs) {
        facts.facts.push_back({std::move(label), {std::move(runs)}});
    };
    std::string source = data.sourceNumber(image.source) + ", " + w.form(image.form);
    if (!image.platform.empty())
        source += ", " + w.outside(image.platform, 80);
    add(w(messageDef("report.b.source")), {plain(std::move(source))});
    add(w(messageDef("report.b.user")),
        {plain(image.config.user.empty() ? w(messageDef("report.b.user-none")) : w.outside(image.config.user, 80))});
    const OperatingSystem &os = image.os;
    std::string base = !os.prettyName.empty() ? w.outside(os.prettyName, 120)
                                              : w.outside(os.id, 80) + " " + w.outside(os.versionId, 80);
    if (os.prettyName.empty() && os.id.empty())
        base = w(messageDef("report.b.base-none"));
    else if (!os.supportEnds.empty())
        base = w(messageDef("report.b.supported"), {base, w.date(os.supportEnds)});
    add(w(messageDef("report.b.base")), {plain(std::move(base))});
    add(w(messageDef("report.b.manifest")),
        {image.manifestDigest.empty() ? muted(w(messageDef("report.b.no-manifest")))
                                      : mono(w.outside(image.manifestDigest))});
    add(w(messageDef("report.b.config")),
        {image.configDigest.empty() ? muted(w(messageDef("report.b.no-manifest")))
                                    : mono(w.outside(image.configDigest))});
    return facts;
}

Cell verifiedCell(const Words &w, const std::optional<bool> &verified)
{
    if (!verified)
        return rightCell(muted(w(messageDef("report.b.l.unknown"))));
    return rightCell(*verified ? plain(w(messageDef("report.b.l.ok")))
                               : strong(w(messageDef("report.b.l.wrong")), Symbol::Deviation));
}

Table layersTable(const ReportData &data, const Image &image)
{
    const Words &w = data.words;
    const Language language = w.language();
    Table table;
    table.caption = w(messageDef("report.b.layers"));
    table.dense = true;
    const auto right = Cell::Align::Right;
    table.columns = {{w(messageDef("report.b.l.no")), 7}, {w(messageDef("report.b.l.command")), 57}, {{}, 21},
        {w(messageDef("report.b.l.size")), 15, right}, {w(messageDef("report.b.l.packed")), 15, right},
        {w(messageDef("report.b.l.added")), 13, right}, {w(messageDef("report.b.l.changed")), 13, right},
        {w(messageDef("report.b.l.removed")), 13, right}, {w(messageDef("report.b.l.verified")), 16, right}};
    std::uint64_t largest = 1;
    std::uint64_t bytes = 0;
    std::uint64_t packed = 0;
    for (const Layer &layer : image.layers) {
        largest = std::max(largest, layer.bytes);
        bytes += layer.bytes;
        packed += layer.compressedBytes;
    }
    const auto count = [&](std::uint32_t value) { return rightCell(value == 0 ? muted("–") : plain(w.count(value))); };
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        const Layer &layer = image.layers[i];
        Cell bar;
        bar.bar = static_cast<double>(layer.bytes) / static_cast<double>(largest);
        table.rows.push_back({{cell(strong(std::to_string(i))),
            cell(layer.command.empty() ? muted(w(messageDef("report.b.l.no-command")))
                                       : plain(w.outside(layer.command, 90))),
            std::move(bar), rightCell(strong(megabytes(layer.bytes, language))),
            rightCell(plain(megabytes(layer.compressedBytes, language))), count(layer.added), count(layer.changed),
            count(layer.removed), verifiedCell(w, layer.verified)}});
    }
    Table::Row sum{
        {Cell{}, cell(strong(w(messageDef("report.b.l.sum")))), Cell{}, rightCell(strong(megabytes(bytes, language))),
            rightCell(plain(megabytes(packed, language))), Cell{}, Cell{}, Cell{}, Cell{}}};
    sum.sum = true;
    table.rows.push_back(std::move(sum));
    return table;
}

void appendVerdicts(const ReportData &data, const Image &image, std::vector<Block> &blocks)
{
    const Words &w = data.words;
    if (image.verdicts.empty())
        return;
    const auto number = [&](VerdictState state) {
        return w.count(static_cast<std::uint64_t>(std::ranges::count(image.verdicts, state, &BlobVerdict::state)));
    };
    blocks.emplace_back(Paragraph{{muted(w(messageDef("report.b.verdicts"),
                                      {number(VerdictState::Verified), w.count(image.verdicts.size()),
                                          number(VerdictState::Wrong), number(VerdictState::NotVerifiable)}))},
        Paragraph::Style::Note});
    Table table;
    table.caption = w(messageDef("report.b.wrong"));
    table.columns = {{w(messageDef("report.b.verdict.blob")), 76}, {w(messageDef("report.b.verdict.check")), 22},
        {w(messageDef("report.b.verdict.reason")), 72}};
    for (const BlobVerdict &verdict : image.verdicts) {
        if (verdict.state != VerdictState::Wrong)
            continue;
        table.rows.push_back({{cell(mono(w.outside(verdict.blob))), cell(plain(w.outside(verdict.check, 80))),
            cell(strong(verdict.reason ? w.outside(w(*verdict.reason)) : w(messageDef("report.b.l.wrong")),
                Symbol::Deviation))}});
    }
    if (table.rows.empty())
        return;
    blocks.emplace_back(Heading{3, {}, w(messageDef("report.b.wrong")), {}});
    blocks.emplace_back(std::move(table));
}

Table wasteTable(const ReportData &data, const Image &image)
{
    constexpr std::size_t maxRows = 8;
    const Words &w = data.words;
    const Language language = w.language();
    Table table;
    table.caption = w(messageDef("report.b.waste"));
    table.dense = true;
    table.columns = {{w(messageDef("report.b.waste.path")), 42}, {w(messageDef("report.b.waste.layer")), 27},
        {w(messageDef("report.b.waste.size")), 13, Cell::Align::Right}};
    std::vector<const ShadowedFile *> files;
    for (const ShadowedFile &file : image.shadowed)
        files.push_back(&file);
    std::ranges::stable_sort(files, [](const ShadowedFile *a, const ShadowedFile *b) { return a->bytes > b->bytes; });
    std::uint64_t rest = image.shadowedBytes;
    for (std::size_t i = 0; i < std::min(files.size(), maxRows); ++i) {
        rest -= std::min(rest, files[i]->bytes);
        table.rows.push_back({{cell(mono(w.outside(files[i]->path, 120))),
            cell(muted(std::to_string(files[i]->layer) + ", " + w.cause(files[i]->cause))),
            rightCell(plain(megabytes(files[i]->bytes, language)))}});
    }
    if (files.size() > maxRows)
        table.rows.push_back({{cell(muted(w(messageDef("report.b.waste.more"), {w.count(files.size() - maxRows)}))),
            Cell{}, rightCell(plain(megabytes(rest, language)))}});
    Table::Row sum{{cell(strong(w(messageDef("report.b.waste.sum")))), Cell{},
        rightCell(strong(megabytes(image.shadowedBytes, language)))}};
    sum.sum = true;
    table.rows.push_back(std::move(sum));
    return table;
}

void appendWaste(const ReportData &data, const Image &image, std::vector<Block> &blocks)
{
    const Words &w = data.words;
    const Language language = w.language();
    Table efficiency;
    efficiency.caption = w(messageDef("report.b.efficiency"));
    efficiency.dense = true;
    efficiency.columns
        = {{w(messageDef("report.b.e.what")), 46}, {w(messageDef("report.b.e.value")), 36, Cell::Align::Right}};
    const auto row = [&](std::string label, std::string value) {
        efficiency.rows.push_back({{cell(plain(std::move(label))), rightCell(strong(std::move(value)))}});
    };
    row(w(messageDef("report.b.e.visible")),
        w(messageDef("report.b.e.visible-of"),
            {formatBytes(image.mergedBytes, language), formatBytes(image.bytes, language)}));
    row(w(messageDef("report.b.e.shadowed")), formatBytes(image.shadowedBytes, language));
    row(w(messageDef("report.b.e.efficiency")), ratio(image.efficiency, language));
    row(w(messageDef("report.b.e.wasted")), formatBytes(image.wastedBytes, language));
    if (image.shadowed.empty()) {
        blocks.emplace_back(Heading{3, {}, w(messageDef("report.b.waste")), {}});
        blocks.emplace_back(Paragraph{{plain(w(messageDef("report.b.waste.none")))}});
        blocks.emplace_back(Heading{3, {}, w(messageDef("report.b.efficiency")), {}});
        blocks.emplace_back(std::move(efficiency));
    } else {
        TablePair pair;
        pair.leftTitle = w(messageDef("report.b.waste"));
        pair.left = wasteTable(data, image);
        pair.rightTitle = w(messageDef("report.b.efficiency"));
        pair.right = std::move(efficiency);
        blocks.emplace_back(std::move(pair));
    }
    blocks.emplace_back(Paragraph{{muted(w(messageDef("report.b.e.note")))}, Paragraph::Style::Note});
}

void appendRisks(const ReportData &data, const Image &image, std::vector<Block> &blocks)
{
    constexpr std::size_t maxRows = 60;
    const Words &w = data.words;
    blocks.emplace_back(Heading{3, {}, w(messageDef("report.b.risks")), {}});
    if (image.risks.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(messageDef("report.b.risks.none")))}});
        return;
    }
    Table table;
    table.caption = w(messageDef("report.b.risks"));
    table.dense = true;
    table.columns = {{w(messageDef("report.b.r.kind")), 34}, {w(messageDef("report.b.r.path")), 62},
        {w(messageDef("report.b.r.detail")), 60}, {w(messageDef("report.b.r.layer")), 14, Cell::Align::Right}};
    for (std::size_t i = 0; i < std::min(image.risks.size(), maxRows); ++i) {
        const Risk &risk = image.risks[i];
        table.rows.push_back({{cell(strong(w.risk(risk.kind))), cell(mono(w.outside(risk.path))),
            risk.detail.empty() ? Cell{} : cell(plain(w.outside(risk.detail))),
            rightCell(plain(std::to_string(risk.layer)))}});
    }
    blocks.emplace_back(std::move(table));
    if (image.risks.size() > maxRows)
        blocks.emplace_back(
            Paragraph{{muted(w(messageDef("report.b.risks.more"), {w.count(image.risks.size() - maxRows)}))},
                Paragraph::Style::Note});
}

void appendPackages(const ReportData &data, const Image &image, std::vector<Block> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{3, {}, w(messageDef("report.b.packages")), {}});
    if (image.packages.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(messageDef("report.b.packages.none")))}});
    } else {
        std::map<std::string, std::pair<std::size_t, std::set<std::uint32_t>>> managers;
        for (const Package &package : image.packages) {
            auto &[count, layers] = managers[package.manager];
            ++count;
            layers.insert(package.layer);
        }
        Table table;
        table.caption = w(messageDef("report.b.packages"));
        table.dense = true;
        table.columns = {{w(messageDef("report.b.p.manager")), 60},
            {w(messageDef("report.b.p.count")), 30, Cell::Align::Right}, {w(messageDef("report.b.p.layers")), 80}};
        for (const auto &[manager, found] : managers) {
            std::vector<std::string> layers;
            for (const std::uint32_t layer : found.second)
                layers.push_back(std::to_string(layer));
            table.rows.push_back({{cell(strong(w.outside(manager, 80))), rightCell(plain(w.count(found.first))),
                cell(plain(join(layers)))}});
        }
        blocks.emplace_back(std::move(table));
    }
    blocks.emplace_back(Paragraph{{muted(w(messageDef("report.b.packages.note")))}, Paragraph::Style::Note});
}

} // namespace

void appendImages(const ReportData &data, std::vector<Block> &blocks)
{
    const Words &w = data.words;
    const std::string running = w(messageDef("report.b.short"));
    blocks.emplace_back(
        Heading{1, w(messageDef("report.b.letter")), w(messageDef("report.b")), "B", Heading::Kind::Section, running});
    const auto &images = data.audit().images;
    if (images.empty()) {
        blocks.emplace_back(Paragraph{{strong(w(messageDef("report.b.none")), Symbol::NotChecked)}});
        return;
    }
    blocks.emplace_back(
        Paragraph{{muted(w(messageDef("report.b.lead"), {w.count(images.size())}))}, Paragraph::Style::Note});
    for (std::size_t i = 0; i < images.size(); ++i) {
        const Image &image = *images[i];
        const std::string number = "B." + std::to_string(i + 1);
        blocks.emplace_back(Heading{2, number, w(messageDef("report.b.image"), {w.outside(image.displayName())}),
            number, Heading::Kind::Image, running});
        blocks.emplace_back(headOf(data, image));
        blocks.emplace_back(Heading{3, {}, w(messageDef("report.b.layers")), {}});
        blocks.emplace_back(layersTable(data, image));
        appendVerdicts(data, image, blocks);
        appendWaste(data, image, blocks);
        appendRisks(data, image, blocks);
        appendPackages(data, image, blocks);
    }
}

} // namespace tally
