// SPDX-License-Identifier: Apache-2.0
#include "core/checks/check.h"

#include "core/base/messages_catalogue.h"
#include "core/base/messages_checks.h"
#include "core/catalogue/resource_reader.h"
#include "core/checks/finding.h"
#include "core/checks/needs.h"
#include "core/checks/registry.h"
#include "core/io/digest.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tally {

namespace {

constexpr std::array<std::string_view, 5> severityNames{"info", "low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 3> weightNames{"context", "indicates", "proves"};

template<typename Value, std::size_t Count>
Value named(ResourceReader &file, Node map, std::string_view key, const std::array<std::string_view, Count> &names)
{
    const std::string word = file.text(map, key);
    const auto it = std::ranges::find(names, word);
    if (it != names.end())
        return static_cast<Value>(it - names.begin());
    if (!word.empty())
        file.wrong(map[key], catalogueDef("resource.bad-value"), {std::string(key), word});
    return Value{};
}

Weight strongestFor(PartClass partClass)
{
    switch (partClass) {
    case PartClass::Provable:
        return Weight::Proves;
    case PartClass::Indication:
        return Weight::Indicates;
    case PartClass::Document:
        break;
    }
    return Weight::Context;
}

/// Placeholders beyond %9 or a lone % would come out as they stand.
std::map<std::string, Text> readMessages(ResourceReader &file, Node check)
{
    std::map<std::string, Text> messages;
    const Node node = file.map(check, "messages");
    if (!node.isMap())
        return messages;
    for (const Node member : node)
        messages.emplace(member.key(), file.bilingual(node, member.key()));
    if (!messages.contains("default"))
        file.wrong(node, catalogueDef("resource.missing-key"), {"default"});
    return messages;
}

/// What a pair says about single variants: no more than it says at all, and only of variants that the check has.
void readVariants(ResourceReader &file, Node node, const Check &check, PartWeight &pair)
{
    if (!node["variants"])
        return;
    const Node variants = file.map(node, "variants");
    for (const Node member : variants) {
        const auto weight = named<Weight>(file, variants, member.key(), weightNames);
        if (weight > pair.weight)
            file.wrong(
                member, checksDef("checks.weight-too-strong"), {check.id, pair.part, std::string(weightName(weight))});
        if (!check.messages.contains(std::string(member.key())))
            file.wrong(member, catalogueDef("resource.bad-value"), {"variants", std::string(member.key())});
        pair.variants.emplace(member.key(), weight);
    }
}

std::vector<PartWeight> readParts(ResourceReader &file, Node node, const Check &check, const Catalogue &catalogue)
{
    std::vector<PartWeight> parts;
    if (!node["parts"] || node["parts"].size() == 0)
        return parts; // a check about the input itself speaks about no part
    for (const Node entry : file.items(node, "parts")) {
        file.onlyKeys(entry, {"id", "weight", "variants", "system"});
        PartWeight pair{file.text(entry, "id"), named<Weight>(file, entry, "weight", weightNames)};
        const Part *part = catalogue.part(pair.part);
        if (!part)
            file.wrong(entry, checksDef("checks.unknown-part"), {check.id, pair.part});
        else if (pair.weight > strongestFor(part->partClass))
            file.wrong(entry, checksDef("checks.weight-too-strong"),
                {check.id, pair.part, std::string(weightName(pair.weight))});
        readVariants(file, entry, check, pair);
        if (entry["system"])
            pair.inSystem = named<Weight>(file, entry, "system", weightNames);
        if (std::ranges::find(parts, pair.part, &PartWeight::part) != parts.end())
            file.wrong(entry, catalogueDef("resource.duplicate"), {pair.part});
        parts.push_back(std::move(pair));
    }
    return parts;
}

std::map<std::string, std::vector<std::string>> readParameters(ResourceReader &file, Node check)
{
    std::map<std::string, std::vector<std::string>> parameters;
    if (!check["parameters"])
        return parameters;
    const Node node = file.map(check, "parameters");
    for (const Node member : node)
        parameters.emplace(member.key(), file.list(node, member.key()));
    return parameters;
}

/// Of variants that the check has.
void readSeverities(ResourceReader &file, Node node, Check &check)
{
    if (!node["severities"])
        return;
    const Node severities = file.map(node, "severities");
    for (const Node member : severities) {
        if (!check.messages.contains(std::string(member.key())))
            file.wrong(member, catalogueDef("resource.bad-value"), {"severities", std::string(member.key())});
        check.severities.emplace(member.key(), named<Severity>(file, severities, member.key(), severityNames));
    }
}

Check readCheck(ResourceReader &file, Node node, const Catalogue &catalogue)
{
    file.onlyKeys(node,
        {"id", "template", "parameters", "severity", "severities", "subject", "needs", "title", "messages",
            "description", "remediation", "example", "not_a_deviation_when", "parts", "attack"});
    Check check;
    check.id = file.text(node, "id");
    check.function = file.text(node, "template");
    if (!check.function.empty() && !findCheckFunction(check.function))
        file.wrong(node["template"], checksDef("checks.unknown-function"), {check.id, check.function});
    check.severity = named<Severity>(file, node, "severity", severityNames);
    check.subject = file.text(node, "subject");
    check.needs = file.list(node, "needs");
    for (const std::string &need : check.needs) {
        if (!isKnownNeed(need))
            file.wrong(node["needs"], checksDef("checks.unknown-need"), {check.id, need});
    }
    check.title = file.bilingual(node, "title");
    check.messages = readMessages(file, node);
    readSeverities(file, node, check);
    check.description = file.bilingual(node, "description");
    check.remediation = file.bilingual(node, "remediation");
    check.example = file.optionalText(node, "example");
    check.notADeviationWhen = file.bilingual(node, "not_a_deviation_when", false);
    check.parts = readParts(file, node, check, catalogue);
    check.attack = file.list(node, "attack");
    check.parameters = readParameters(file, node);
    return check;
}

} // namespace

std::string_view severityName(Severity severity)
{
    return severityNames[static_cast<std::size_t>(severity)];
}

std::string_view weightName(Weight weight)
{
    return weightNames[static_cast<std::size_t>(weight)];
}

std::string_view Check::parameter(std::string_view name) const
{
    const std::vector<std::string> &values = parameterList(name);
    return values.empty() ? std::string_view() : std::string_view(values.front());
}

const std::vector<std::string> &Check::parameterList(std::string_view name) const
{
    static const std::vector<std::string> none;
    const auto it = parameters.find(std::string(name));
    return it == parameters.end() ? none : it->second;
}

Severity Check::severityOf(std::string_view variant) const
{
    const auto own = severities.find(variant);
    return own == severities.end() ? severity : own->second;
}

Weight Check::weightOf(const PartWeight &pair, const Finding &finding) const
{
    const auto isIn = [&](std::string_view name) {
        const std::vector<std::string> &variants = parameterList(name);
        return std::ranges::find(variants, finding.variant) != variants.end();
    };
    Weight weight = pair.weight;
    if (const auto own = pair.variants.find(finding.variant); own != pair.variants.end())
        weight = own->second;
    else if (isIn("context_variants"))
        weight = Weight::Context;
    else if (isIn("indicative_variants"))
        weight = std::min(weight, Weight::Indicates);
    return finding.systemNamespace ? std::min(weight, pair.inSystem) : weight;
}

const Check *CheckSet::find(std::string_view id) const
{
    const auto it = std::ranges::lower_bound(checks, id, {}, &Check::id);
    return it == checks.end() || it->id != id ? nullptr : &*it;
}

Result<CheckSetPtr> loadChecks(const Resources &resources, const Catalogue &catalogue)
{
    auto set = std::make_shared<CheckSet>();
    for (const std::string &name : resources.names("checks/")) {
        TALLY_ASSIGN(ResourceReader file, ResourceReader::read(resources, name));
        file.onlyKeys(file.root(), {"schema", "checks"});
        file.expect(file.root(), "schema", "tallymann-checks/1");
        for (const Node node : file.items(file.root(), "checks")) {
            Check check = readCheck(file, node, catalogue);
            if (std::ranges::find(set->checks, check.id, &Check::id) != set->checks.end())
                file.wrong(node, catalogueDef("resource.duplicate"), {check.id});
            set->checks.push_back(std::move(check));
        }
        TALLY_TRY(file.status());
    }
    if (set->checks.empty())
        return fail(ErrorKind::NotFound, {checksDef("checks.empty"), {}});
    std::ranges::sort(set->checks, {}, &Check::id);
    TALLY_ASSIGN(set->digest, resources.digest("checks/"));
    if (!resources.names("support/").empty()) {
        TALLY_ASSIGN(set->support, SupportTable::read(resources));
        TALLY_ASSIGN(const std::string digest, resources.digest("support/"));
        set->digest = "sha256:" + sha256Hex(set->digest + '\n' + digest + '\n');
    }
    return CheckSetPtr(std::move(set));
}

} // namespace tally
