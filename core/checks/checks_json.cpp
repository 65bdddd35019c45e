// SPDX-License-Identifier: Apache-2.0
#include "core/checks/checks_json.h"

#include "core/base/text_format.h"
#include "core/base/version.h"

#include <nlohmann/json.hpp>

namespace tally {

namespace {

using Json = nlohmann::ordered_json;

Json json(const Text &text)
{
    return {{"de", text.de}, {"en", text.en}};
}

Json json(const Check &check)
{
    Json parts = Json::array();
    for (const PartWeight &pair : check.parts)
        parts.push_back({{"id", pair.part}, {"weight", weightName(pair.weight)}});
    Json parameters = Json::object();
    for (const auto &[name, values] : check.parameters)
        parameters[name] = values.size() == 1 ? Json(values.front()) : Json(values);
    Json row;
    row["id"] = check.id;
    row["severity"] = severityName(check.severity);
    if (!check.severities.empty()) {
        Json &severities = row["severities"] = Json::object();
        for (const auto &[variant, severity] : check.severities)
            severities[variant] = severityName(severity);
    }
    row["subject"] = check.subject;
    row["needs"] = check.needs;
    row["title"] = json(check.title);
    row["description"] = json(check.description);
    row["remediation"] = json(check.remediation);
    row["notADeviationWhen"] = check.notADeviationWhen.empty() ? Json() : json(check.notADeviationWhen);
    row["parts"] = std::move(parts);
    row["attack"] = check.attack;
    row["parameters"] = std::move(parameters);
    return row;
}

} // namespace

std::string writeChecksJson(const CheckSet &checks)
{
    Json whole;
    whole["format"] = 1;
    whole["tool"] = {{"name", toolName}, {"version", toolVersion}};
    whole["created"] = rfc3339(outputTime());
    whole["sources"] = Json::array();
    whole["checks"] = Json::array();
    for (const Check &check : checks.checks)
        whole["checks"].push_back(json(check));
    whole["diagnostics"] = Json::array();
    return whole.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace tally
