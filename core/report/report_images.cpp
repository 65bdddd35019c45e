// SPDX-License-Identifier: Apache-2.0
// Annex B: one unit per image.
#include "core/base/messages_report.h"
#include "core/base/text_format.h"
#include "core/checks/workload_images.h"
#include "core/image/signature.h"
#include "core/report/report_data.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace tally {

namespace {

/// One unit for all sizes of a table, so that they can be compared: by the largest.
struct SizeUnit
{
    const char *name;
    std::uint64_t bytes;

    static SizeUnit of(std::uint64_t largest)
    {
        constexpr std::uint64_t least = 10; // of a unit, for one decimal to say enough
        if (largest >= least * 1'000'000)
            return {"MB", 1'000'000};
        return largest >= least * 1'000 ? SizeUnit{"kB", 1'000} : SizeUnit{"B", 1};
    }

    /// "1.016,7": with one decimal, without the unit.
    [[nodiscard]] std::string text(std::uint64_t size, Language language) const
    {
        if (bytes == 1)
            return formatCount(size, language);
        const std::uint64_t tenth = bytes / 10;
        const std::uint64_t tenths = (size + tenth / 2) / tenth;
        return formatCount(tenths / 10, language) + (language == Language::German ? "," : ".")
            + std::to_string(tenths % 10);
    }
};

/// "0,7686".
std::string ratio(double value, Language language)
{
    const auto scaled = static_cast<std::uint64_t>(std::llround(std::clamp(value, 0.0, 1.0) * 10'000));
    std::string digits = std::to_string(scaled % 10'000);
    digits.insert(0, 4 - digits.size(), '0');
    return std::to_string(scaled / 10'000) + (language == Language::German ? "," : ".") + digits;
}

/// One line for each signature.
Facts::Fact signaturesOf(const ReportData &data, const Image &image)
{
    const Words &w = data.words;
    const AuditState &audit = data.audit();
    Facts::Fact fact{w(reportDef("b.signatures")), {}};
    for (const SignatureVerdict &verdict : verifySignatures(image, audit.keys)) {
        const KeyFile *file = audit.keyFileOf(verdict.key);
        if (verdict.state == SignatureState::Verified && file) {
            const PublicKey &key = audit.keys[static_cast<std::size_t>(verdict.key)];
            fact.lines.push_back(
                {plain(w(reportDef("b.signatures.good"), {w.outside(file->name), key.kind(), key.fingerprint()}))});
        } else {
            fact.lines.push_back(
                {strong(w(reportDef("b.signatures.not"), {verdict.reason ? w(*verdict.reason) : std::string()}),
                    Symbol::NotChecked)});
        }
    }
    if (fact.lines.empty())
        fact.lines.push_back(
            {muted(w(image.mayCarryArtifacts || !image.artifacts.empty() ? reportDef("b.signatures.none")
                                                                         : reportDef("b.signatures.unseen")))});
    return fact;
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
    add(w(reportDef("b.source")), {plain(std::move(source))});
    add(w(reportDef("b.user")),
        {plain(image.config.user.empty() ? w(reportDef("b.user-none")) : w.outside(image.config.user, 80))});
    const OperatingSystem &os = image.os;
    std::string base = !os.prettyName.empty() ? w.outside(os.prettyName, 120)
                                              : w.outside(os.id, 80) + " " + w.outside(os.versionId, 80);
    if (os.prettyName.empty() && os.id.empty())
        base = w(reportDef("b.base-none"));
    else if (!os.supportEnds.empty())
        base = w(reportDef("b.supported"), {base, w.date(os.supportEnds)});
    add(w(reportDef("b.base")), {plain(std::move(base))});
    add(w(reportDef("b.manifest")),
        {image.manifestDigest.empty() ? muted(w(reportDef("b.no-manifest"))) : mono(w.outside(image.manifestDigest))});
    add(w(reportDef("b.config")),
        {image.configDigest.empty() ? muted(w(reportDef("b.no-manifest"))) : mono(w.outside(image.configDigest))});
    facts.facts.push_back(signaturesOf(data, image));
    return facts;
}

Cell verifiedCell(const Words &w, const Layer &layer)
{
    if (!layer.verified)
        return rightCell(layer.readToEnd ? muted(w(reportDef("b.l.unknown")))
                                         : strong(w(reportDef("b.l.unread")), Symbol::NotChecked));
    return rightCell(
        *layer.verified ? plain(w(reportDef("b.l.ok"))) : strong(w(reportDef("b.l.wrong")), Symbol::Deviation));
}

/// People count layers from 1, as the window does; data formats from 0.
std::string layerNumber(std::size_t index)
{
    return std::to_string(index + 1);
}

Table layersTable(const ReportData &data, const Image &image)
{
    const Words &w = data.words;
    const Language language = w.language();
    Table table;
    table.caption = w(reportDef("b.layers"));
    table.dense = true;
    const auto right = Cell::Align::Right;
    std::uint64_t largest = 1;
    std::uint64_t bytes = 0;
    std::uint64_t packed = 0;
    for (const Layer &layer : image.layers) {
        largest = std::max(largest, layer.bytes);
        bytes += layer.bytes;
        packed += layer.compressedBytes;
    }
    const SizeUnit unit = SizeUnit::of(bytes);
    table.columns = {{w(reportDef("b.l.no")), 7}, {w(reportDef("b.l.command")), 53}, {{}, 21}, {unit.name, 15, right},
        {w(reportDef("b.l.packed")), 15, right}, {w(reportDef("b.l.added")), 13, right},
        {w(reportDef("b.l.changed")), 13, right}, {w(reportDef("b.l.removed")), 13, right},
        {w(reportDef("b.l.verified")), 20, right}};
    const auto count = [&](std::uint32_t value) { return rightCell(value == 0 ? muted("–") : plain(w.count(value))); };
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        const Layer &layer = image.layers[i];
        Cell bar;
        bar.bar = static_cast<double>(layer.bytes) / static_cast<double>(largest);
        table.rows.push_back({{cell(strong(layerNumber(i))),
            cell(layer.command.empty() ? muted(w(reportDef("b.l.no-command"))) : plain(w.outside(layer.command, 90))),
            std::move(bar), rightCell(strong(unit.text(layer.bytes, language))),
            rightCell(plain(unit.text(layer.compressedBytes, language))), count(layer.added), count(layer.changed),
            count(layer.removed), verifiedCell(w, layer)}});
    }
    Table::Row sum{
        {Cell{}, cell(strong(w(reportDef("b.l.sum")))), Cell{}, rightCell(strong(unit.text(bytes, language))),
            rightCell(plain(unit.text(packed, language))), Cell{}, Cell{}, Cell{}, Cell{}}};
    sum.sum = true;
    table.rows.push_back(std::move(sum));
    return table;
}

void appendVerdicts(const ReportData &data, const Image &image, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    if (image.verdicts.empty())
        return;
    const auto number = [&](VerdictState state) {
        return w.count(static_cast<std::uint64_t>(std::ranges::count(image.verdicts, state, &BlobVerdict::state)));
    };
    blocks.emplace_back(Paragraph{{muted(w(reportDef("b.verdicts"),
                                      {number(VerdictState::Verified), w.count(image.verdicts.size()),
                                          number(VerdictState::Wrong), number(VerdictState::NotVerifiable)}))},
        Paragraph::Style::Note});
    Table table;
    table.caption = w(reportDef("b.wrong"));
    table.columns = {{w(reportDef("b.verdict.blob")), 76}, {w(reportDef("b.verdict.check")), 22},
        {w(reportDef("b.verdict.reason")), 72}};
    for (const BlobVerdict &verdict : image.verdicts) {
        if (verdict.state != VerdictState::Wrong)
            continue;
        table.rows.push_back({{cell(mono(w.outside(verdict.blob))), cell(plain(w.outside(verdict.check, 80))),
            cell(strong(
                verdict.reason ? w.outside(w(*verdict.reason)) : w(reportDef("b.l.wrong")), Symbol::Deviation))}});
    }
    if (table.rows.empty())
        return;
    blocks.emplace_back(Heading{3, {}, w(reportDef("b.wrong")), {}});
    blocks.emplace_back(std::move(table));
}

Table wasteTable(const ReportData &data, const Image &image)
{
    constexpr std::size_t maxRows = 8;
    const Words &w = data.words;
    const Language language = w.language();
    Table table;
    table.caption = w(reportDef("b.waste"));
    table.dense = true;
    const SizeUnit unit = SizeUnit::of(image.shadowedBytes);
    table.columns = {
        {w(reportDef("b.waste.path")), 42}, {w(reportDef("b.waste.layer")), 27}, {unit.name, 13, Cell::Align::Right}};
    std::vector<const ShadowedFile *> files;
    for (const ShadowedFile &file : image.shadowed)
        files.push_back(&file);
    std::ranges::stable_sort(files, [](const ShadowedFile *a, const ShadowedFile *b) { return a->bytes > b->bytes; });
    std::uint64_t rest = image.shadowedBytes;
    for (std::size_t i = 0; i < std::min(files.size(), maxRows); ++i) {
        rest -= std::min(rest, files[i]->bytes);
        table.rows.push_back({{cell(mono(w.outside(files[i]->path, 120))),
            cell(muted(layerNumber(files[i]->layer) + ", " + w.cause(files[i]->cause))),
            rightCell(plain(unit.text(files[i]->bytes, language)))}});
    }
    if (files.size() > maxRows)
        table.rows.push_back({{cell(muted(w(reportDef("b.waste.more"), {w.count(files.size() - maxRows)}))), Cell{},
            rightCell(plain(unit.text(rest, language)))}});
    Table::Row sum{{cell(strong(w(reportDef("b.waste.sum")))), Cell{},
        rightCell(strong(unit.text(image.shadowedBytes, language)))}};
    sum.sum = true;
    table.rows.push_back(std::move(sum));
    return table;
}

void appendWaste(const ReportData &data, const Image &image, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const Language language = w.language();
    Table efficiency;
    efficiency.caption = w(reportDef("b.efficiency"));
    efficiency.dense = true;
    efficiency.columns = {{w(reportDef("b.e.what")), 46}, {w(reportDef("b.e.value")), 36, Cell::Align::Right}};
    const auto row = [&](std::string label, std::string value) {
        efficiency.rows.push_back({{cell(plain(std::move(label))), rightCell(strong(std::move(value)))}});
    };
    row(w(reportDef("b.e.visible")),
        w(reportDef("b.e.visible-of"), {formatBytes(image.mergedBytes, language), formatBytes(image.bytes, language)}));
    row(w(reportDef("b.e.shadowed")), formatBytes(image.shadowedBytes, language));
    row(w(reportDef("b.e.efficiency")), ratio(image.efficiency, language));
    row(w(reportDef("b.e.wasted")), formatBytes(image.wastedBytes, language));
    if (image.shadowed.empty()) {
        blocks.emplace_back(Heading{3, {}, w(reportDef("b.waste")), {}});
        blocks.emplace_back(Paragraph{{plain(w(reportDef("b.waste.none")))}});
        blocks.emplace_back(Heading{3, {}, w(reportDef("b.efficiency")), {}});
        blocks.emplace_back(std::move(efficiency));
    } else {
        TablePair pair;
        pair.leftTitle = w(reportDef("b.waste"));
        pair.left = wasteTable(data, image);
        pair.rightTitle = w(reportDef("b.efficiency"));
        pair.right = std::move(efficiency);
        blocks.emplace_back(std::move(pair));
    }
    blocks.emplace_back(Paragraph{{muted(w(reportDef("b.e.note")))}, Paragraph::Style::Note});
}

void appendRisks(const ReportData &data, const Image &image, std::vector<ReportBlock> &blocks)
{
    constexpr std::size_t maxRows = 60;
    const Words &w = data.words;
    blocks.emplace_back(Heading{3, {}, w(reportDef("b.risks")), {}});
    if (image.risks.empty()) {
        blocks.emplace_back(
            Paragraph{{plain(w(isReadWhole(image) ? reportDef("b.risks.none") : reportDef("b.risks.none-so-far")))}});
        return;
    }
    Table table;
    table.caption = w(reportDef("b.risks"));
    table.dense = true;
    table.columns = {{w(reportDef("b.r.kind")), 34}, {w(reportDef("b.r.path")), 62}, {w(reportDef("b.r.detail")), 60},
        {w(reportDef("b.r.layer")), 14, Cell::Align::Right}};
    for (std::size_t i = 0; i < std::min(image.risks.size(), maxRows); ++i) {
        const Risk &risk = image.risks[i];
        table.rows.push_back({{cell(strong(w.risk(risk.kind))), cell(mono(w.outside(risk.path))),
            risk.detail.empty() ? Cell{} : cell(plain(w.outside(risk.detail))),
            rightCell(plain(layerNumber(risk.layer)))}});
    }
    blocks.emplace_back(std::move(table));
    if (image.risks.size() > maxRows)
        blocks.emplace_back(Paragraph{
            {muted(w(reportDef("b.risks.more"), {w.count(image.risks.size() - maxRows)}))}, Paragraph::Style::Note});
}

void appendPackages(const ReportData &data, const Image &image, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    blocks.emplace_back(Heading{3, {}, w(reportDef("b.packages")), {}});
    if (image.packages.empty()) {
        blocks.emplace_back(Paragraph{{plain(w(reportDef("b.packages.none")))}});
    } else {
        std::map<std::string, std::pair<std::size_t, std::set<std::uint32_t>>> managers;
        for (const Package &package : image.packages) {
            auto &[count, layers] = managers[package.manager];
            ++count;
            layers.insert(package.layer);
        }
        Table table;
        table.caption = w(reportDef("b.packages"));
        table.dense = true;
        table.columns = {{w(reportDef("b.p.manager")), 60}, {w(reportDef("b.p.count")), 30, Cell::Align::Right},
            {w(reportDef("b.p.layers")), 80}};
        for (const auto &[manager, found] : managers) {
            std::vector<std::string> layers;
            for (const std::uint32_t layer : found.second)
                layers.push_back(layerNumber(layer));
            table.rows.push_back({{cell(strong(w.outside(manager, 80))), rightCell(plain(w.count(found.first))),
                cell(plain(join(layers)))}});
        }
        blocks.emplace_back(std::move(table));
    }
    blocks.emplace_back(Paragraph{{muted(w(reportDef("b.packages.note")))}, Paragraph::Style::Note});
}

/// In a report on one namespace: indexes of the images that its workloads run, as far as they were opened.
std::set<int> imagesRunIn(const ReportData &data)
{
    std::set<int> run;
    const std::string &name = data.options.choice.namespaceName;
    for (const AuditCluster &each : data.audit().clusters) {
        if (name.empty())
            break;
        for (const WorkloadImages &workload : workloadImages(*each.cluster, data.audit().images)) {
            if (each.cluster->objects[workload.object].namespaceName != name)
                continue;
            for (const ContainerImage &container : workload.containers) {
                if (container.image >= 0)
                    run.insert(container.image);
            }
        }
    }
    return run;
}

} // namespace

void appendImages(const ReportData &data, std::vector<ReportBlock> &blocks)
{
    const Words &w = data.words;
    const std::string running = w(reportDef("b.short"));
    blocks.emplace_back(Heading{1, w(reportDef("b.letter")), w(reportDef("b")), "B", Heading::Kind::Section, running});
    const auto &images = data.audit().images;
    if (images.empty()) {
        blocks.emplace_back(Paragraph{{strong(w(reportDef("b.none")), Symbol::NotChecked)}});
        return;
    }
    const std::set<int> run = imagesRunIn(data);
    const std::string &onlyNamespace = data.options.choice.namespaceName;
    blocks.emplace_back(Paragraph{
        {muted(onlyNamespace.empty() ? w(reportDef("b.lead"), {w.count(images.size())})
                                     : w(reportDef("b.namespace"),
                                         {w.outside(onlyNamespace), w.count(run.size()), w.count(images.size())}))},
        Paragraph::Style::Note});
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (!onlyNamespace.empty() && !run.contains(static_cast<int>(i)))
            continue;
        const Image &image = *images[i];
        const std::string number = "B." + std::to_string(i + 1);
        blocks.emplace_back(Heading{2, number, w(reportDef("b.image"), {w.outside(image.displayName())}), number,
            Heading::Kind::Image, running});
        blocks.emplace_back(headOf(data, image));
        blocks.emplace_back(Heading{3, {}, w(reportDef("b.layers")), {}});
        if (!isReadWhole(image))
            blocks.emplace_back(Paragraph{{strong(w(reportDef("b.unread")), Symbol::NotChecked)}});
        blocks.emplace_back(layersTable(data, image));
        appendVerdicts(data, image, blocks);
        appendWaste(data, image, blocks);
        appendRisks(data, image, blocks);
        appendPackages(data, image, blocks);
    }
}

} // namespace tally
