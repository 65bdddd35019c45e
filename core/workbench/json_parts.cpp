// SPDX-License-Identifier: Apache-2.0
#include "core/workbench/json_parts.h"

#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/io/tar_header.h"

namespace tally {

std::string_view severityCode(Diagnostic::Severity severity)
{
    switch (severity) {
    case Diagnostic::Severity::Error:
        return "error";
    case Diagnostic::Severity::Warning:
        return "warning";
    case Diagnostic::Severity::Note:
        return "note";
    }
    return "note";
}

Json jsonHead(std::span<const Source> sources)
{
    Json json{{"format", 1}, {"tool", {{"name", toolName}, {"version", toolVersion}}},
        {"created", rfc3339(outputTime())}, {"sources", Json::array()}};
    for (const Source &source : sources) {
        Json entry = Json::object();
        putPath(entry, "path", source.path);
        entry["form"] = source.form;
        entry["bytes"] = source.bytes;
        entry["sha256"] = source.sha256;
        if (!source.verifiedAt.empty())
            entry["verifiedAt"] = source.verifiedAt;
        if (source.cached)
            entry["cached"] = true;
        json["sources"].push_back(std::move(entry));
    }
    return json;
}

Json jsonMessage(const Message &message, const Translator &de, const Translator &en)
{
    return {
        {"code", message.def != nullptr ? message.def->code : ""}, {"de", de.text(message)}, {"en", en.text(message)}};
}

Json jsonDiagnostics(std::span<const Diagnostic> diagnostics, const Translator &de, const Translator &en)
{
    Json array = Json::array();
    for (const Diagnostic &diagnostic : diagnostics) {
        array.push_back({{"severity", severityCode(diagnostic.severity)},
            {"code", diagnostic.message.def != nullptr ? diagnostic.message.def->code : ""},
            {"source", jsonSource(diagnostic.source)}, {"where", toUtf8(diagnostic.where)},
            {"message", jsonMessage(diagnostic.message, de, en)}});
    }
    return array;
}

void putPath(Json &object, const std::string &key, std::string_view path)
{
    object[key] = toUtf8(path);
    if (!isUtf8(path))
        object["pathBytes"] = encodeBase64(path);
}

Json jsonSource(int source)
{
    return source < 0 ? Json(nullptr) : Json(source);
}

std::string jsonText(const Json &json)
{
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace tally
