// SPDX-License-Identifier: Apache-2.0
#include "core/checks/check.h"

#include "core/base/messages.h"
#include "core/catalogue/resource_reader.h"
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
        file.wrong(map[key], messageDef("resource.bad-value"), {std::string(key), word});
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
        file.wrong(node, messageDef("resource.missing-key"), {"default"});
    return messages;
}

std::vector<PartWeight> readParts(
    ResourceReader &file, Node check, const std::string &checkId, const Catalogue &catalogue)
{
    std::vector<PartWeight> parts;
    if (!check["parts"] || check["parts"].size() == 0)
        return parts; // a check about the input itself speaks about no part
    for (const Node node : file.items(check, "parts")) {
        file.onlyKeys(node, {"id", "weight"});
        PartWeight pair{file.text(node, "id"), named<Weight>(file, node, "weight", weightNames)};
        const Part *part = catalogue.part(pair.part);
        if (!part)
            file.wrong(node, messageDef("checks.unknown-part"), {checkId, pair.part});
        else if (pair.weight > strongestFor(part->partClass))
            file.wrong(node, messageDef("checks.weight-too-strong"),
                {checkId, pair.part, std::string(weightName(pair.weight))});
        if (std::ranges::find(parts, pair.part, &PartWeight::part) != parts.end())
            file.wrong(node, messageDef("resource.duplicate"), {pair.part});
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

Check readCheck(ResourceReader &file, Node node, const Catalogue &catalogue)
{
    file.onlyKeys(node,
        {"id", "template", "parameters", "severity", "subject", "needs", "title", "messages", "description",
            "remediation", "example", "not_a_deviation_when", "parts", "attack"});
    Check check;
    check.id = file.text(node, "id");
    check.function = file.text(node, "template");
    if (!check.function.empty() && !findCheckFunction(check.function))
        file.wrong(node["template"], messageDef("checks.unknown-function"), {check.id, check.function});
    check.severity = named<Severity>(file, node, "severity", severityNames);
    check.subject = file.text(node, "subject");
    check.needs = file.list(node, "needs");
    for (const std::string &need : check.needs) {
        if (!isKnownNeed(need))
            file.wrong(node["needs"], messageDef("checks.unknown-need"), {check.id, need});
    }
    check.title = file.bilingual(node, "title");
    check.messages = readMessages(file, node);
    check.description = file.bilingual(node, "description");
    check.remediation = file.bilingual(node, "remediation");
    check.example = file.optionalText(node, "example");
    check.notADeviationWhen = file.bilingual(node, "not_a_deviation_when", false);
    check.parts = readParts(file, node, check.id, catalogue);
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

Weight Check::weightOf(const PartWeight &pair, std::string_view variant) const
{
    const auto isIn = [&](std::string_view name) {
        const std::vector<std::string> &variants = parameterList(name);
        return std::ranges::find(variants, variant) != variants.end();
    };
    if (isIn("context_variants"))
        return Weight::Context;
    return isIn("indicative_variants") ? std::min(pair.weight, Weight::Indicates) : pair.weight;
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
                file.wrong(node, messageDef("resource.duplicate"), {check.id});
            set->checks.push_back(std::move(check));
        }
        TALLY_TRY(file.status());
    }
    if (set->checks.empty())
        return fail(ErrorKind::NotFound, {messageDef("checks.empty"), {}});
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
