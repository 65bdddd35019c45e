// SPDX-License-Identifier: Apache-2.0
#include "core/audit/step.h"

#include <nlohmann/json.hpp>

namespace tally {

namespace {

nlohmann::ordered_json toJson(const Decision &decision)
{
    return {{"status", statusName(decision.status)}, {"reason", decision.reason}, {"by", decision.by},
        {"responsible", decision.responsible}, {"until", decision.until}, {"measure", decision.measure}};
}

nlohmann::ordered_json toJson(const AuditInfo &info)
{
    return {{"organisation", info.organisation}, {"title", info.title}, {"auditor", info.auditor},
        {"targetObject", info.targetObject}, {"classification", info.classification}};
}

nlohmann::ordered_json toJson(const PolicyPtr &policy)
{
    if (!policy)
        return nullptr;
    return {{"name", policy->name}, {"sha256", policy->digest}};
}

nlohmann::ordered_json toJson(const std::vector<KeyFile> &files)
{
    auto all = nlohmann::ordered_json::array();
    for (const KeyFile &file : files) {
        for (const PublicKey &key : file.keys)
            all.push_back({{"name", file.name}, {"kind", key.kind()}, {"fingerprint", key.fingerprint()}});
    }
    return all;
}

nlohmann::ordered_json toJson(const std::vector<AskedKind> &kinds)
{
    auto all = nlohmann::ordered_json::array();
    for (const AskedKind &kind : kinds) {
        nlohmann::ordered_json json{{"kind", kind.kind}, {"group", kind.group}, {"reason", kind.reason}};
        if (kind.source != 0) // not of the first cluster
            json["source"] = kind.source;
        all.push_back(std::move(json));
    }
    return all;
}

nlohmann::ordered_json toJson(const std::optional<FindingException> &exception)
{
    if (!exception)
        return nullptr;
    nlohmann::ordered_json json{{"kind", exception->kind}, {"reason", exception->reason}, {"by", exception->by},
        {"at", exception->at}, {"expires", exception->expires}};
    if (!exception->fingerprint.empty())
        json["fingerprint"] = exception->fingerprint;
    else
        json["scope"]
            = {{"check", exception->check}, {"namespace", exception->namespaceName}, {"object", exception->object}};
    if (exception->fingerprint.empty() && !exception->cluster.empty())
        json["scope"]["cluster"] = exception->cluster;
    return json;
}

nlohmann::ordered_json toJson(const std::optional<Record> &record)
{
    if (!record)
        return nullptr;
    auto json = nlohmann::ordered_json::parse(recordToJson(*record));
    std::visit(
        [&json](const auto &value) {
            json["by"] = value.by;
            json["at"] = value.at;
        },
        *record);
    return json;
}

nlohmann::ordered_json toJson(const std::optional<Attachment> &attachment)
{
    if (!attachment)
        return nullptr;
    return {{"kind", attachmentKindName(attachment->kind)}, {"name", attachment->name}, {"title", attachment->title},
        {"note", attachment->note}, {"source", attachment->source}, {"date", attachment->date},
        {"expires", attachment->expires}, {"mediaType", attachment->mediaType}, {"bytes", attachment->bytes},
        {"sha256", attachment->sha256}, {"ids", attachment->ids}};
}

template<typename T>
std::string change(const T &before, const T &after)
{
    return nlohmann::ordered_json{{"before", toJson(before)}, {"after", toJson(after)}}.dump(
        -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace

std::string eventOf(const char *what, Way way)
{
    return std::string(what) + (way == Way::Do ? "" : way == Way::Undo ? "-undone" : "-redone");
}

std::string nameOf(const FindingException &exception)
{
    if (!exception.fingerprint.empty())
        return exception.fingerprint;
    std::string name = exception.check.empty() ? "*" : exception.check;
    for (const std::string &part : {exception.namespaceName, exception.object, exception.cluster})
        name += part.empty() ? "" : " " + part;
    return name;
}

std::string changeOf(const AuditInfo &before, const AuditInfo &after)
{
    return change(before, after);
}

std::string changeOf(const Decision &before, const Decision &after)
{
    return change(before, after);
}

std::string changeOf(const PolicyPtr &before, const PolicyPtr &after)
{
    return change(before, after);
}

std::string changeOf(const std::vector<KeyFile> &before, const std::vector<KeyFile> &after)
{
    return change(before, after);
}

std::string changeOf(const std::vector<AskedKind> &before, const std::vector<AskedKind> &after)
{
    return change(before, after);
}

std::string changeOf(const std::optional<Record> &before, const std::optional<Record> &after)
{
    return change(before, after);
}

std::string changeOf(const std::optional<FindingException> &before, const std::optional<FindingException> &after)
{
    return change(before, after);
}

std::string changeOf(const std::optional<Attachment> &before, const std::optional<Attachment> &after)
{
    return change(before, after);
}

} // namespace tally
