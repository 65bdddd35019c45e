// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_config.h"

#include "core/base/text_format.h"
#include "core/document/secret_rules.h"
#include "core/image/json_text.h"

#include <algorithm>

namespace tally {

namespace {

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Fingerprints of the keys that signed a release: public, whatever the name announces.
bool isFingerprint(std::string_view name, std::string_view value)
{
    return name.find("GPG_KEY") != std::string_view::npos
        && value.find_first_not_of("0123456789abcdefABCDEF ") == std::string_view::npos;
}

class ConfigReader
{
public:
    ReadConfig read(std::string_view text)
    {
        Json json = parseSmallJson(text);
        m_out.valid = json.is_object();
        if (!m_out.valid)
            return std::move(m_out);
        m_out.config.os = textAt(json, "os");
        m_out.config.architecture = textAt(json, "architecture");
        m_out.config.author = textAt(json, "author");
        m_out.config.created = textAt(json, "created");
        m_out.variant = textAt(json, "variant");
        m_out.diffIds = textsAt(memberAt(json, "rootfs"), "diff_ids");
        for (const char *part : {"config", "container_config"}) {
            if (const auto found = json.find(part); found != json.end() && found->is_object())
                readPart(*found, std::string_view(part) == "config");
        }
        readHistory(json);
        maskTexts(json);
        m_out.json = json.dump(2, ' ', false, Json::error_handler_t::replace);
        return std::move(m_out);
    }

private:
    void risk(std::string path, std::string detail)
    {
        m_out.risks.push_back({"secret", std::move(path), 0, std::move(detail)});
    }

    /// `counts`: the part that a container is started with; the other one only repeats it.
    void readPart(Json &part, bool counts)
    {
        if (auto env = part.find("Env"); env != part.end() && env->is_array()) {
            for (Json &item : *env)
                readVariable(item, counts);
        }
        if (auto labels = part.find("Labels"); labels != part.end() && labels->is_object())
            readLabels(*labels, counts);
        maskArguments(part, {"Entrypoint", "Cmd"});
        if (auto check = part.find("Healthcheck"); check != part.end() && check->is_object())
            maskArguments(*check, {"Test"});
        if (!counts)
            return;
        ImageConfig &config = m_out.config;
        config.user = textAt(part, "User");
        config.workingDir = textAt(part, "WorkingDir");
        config.entrypoint = textsAt(part, "Entrypoint");
        config.cmd = textsAt(part, "Cmd");
        config.exposedPorts = keysAt(part, "ExposedPorts");
        config.volumes = keysAt(part, "Volumes");
        const std::vector<std::string> test = textsAt(memberAt(part, "Healthcheck"), "Test");
        config.healthcheckDisabled = !test.empty() && test.front() == "NONE";
        config.healthcheck = !test.empty() && !config.healthcheckDisabled;
    }

    void readVariable(Json &item, bool counts)
    {
        if (!item.is_string())
            return;
        const std::string text = item.get<std::string>();
        const std::size_t equals = std::min(text.find('='), text.size());
        const std::string name = text.substr(0, equals);
        std::string value = text.substr(std::min(equals + 1, text.size()));
        const auto form = secretForm(value);
        const bool secret = !value.empty() && (form || nameAnnouncesSecret(name)) && !isFingerprint(name, value);
        if (secret) {
            if (counts)
                risk("Env " + visible(name), form ? std::string(*form) : "name");
            value = maskedText(characters(value));
        } else {
            value = maskSecretsInText(value);
        }
        item = name + "=" + value;
        if (counts)
            m_out.config.env.emplace_back(name, value);
    }

    void readLabels(Json &labels, bool counts)
    {
        for (auto &[name, item] : labels.items()) {
            if (!item.is_string())
                continue;
            std::string value = item.get<std::string>();
            const auto form = secretForm(value);
            if (counts && !value.empty() && (form || nameAnnouncesSecret(name)))
                risk("Label " + visible(name), form ? std::string(*form) : "name");
            value = maskedLabel(name, value);
            item = value;
            if (counts)
                m_out.config.labels.insert_or_assign(name, value);
        }
    }

    void readHistory(Json &json)
    {
        const auto history = json.find("history");
        if (history == json.end() || !history->is_array())
            return;
        for (Json &item : *history) {
            HistoryEntry entry;
            entry.created = textAt(item, "created");
            entry.comment = maskSecretsInText(textAt(item, "comment"));
            const std::string command = textAt(item, "created_by");
            entry.createdBy = maskSecretsInText(command);
            const Json &empty = memberAt(item, "empty_layer");
            entry.emptyLayer = empty.is_boolean() && empty.get<bool>();
            if (entry.createdBy != command)
                risk("History " + std::to_string(m_out.history.size() + 1), formIn(command));
            m_out.history.push_back(std::move(entry));
        }
    }

    /// The form of the first word of a command that is a credential by itself, else "name".
    static std::string formIn(std::string_view command)
    {
        std::size_t at = 0;
        while (at < command.size()) {
            const std::size_t end = std::min(command.find_first_of(" \t\n='\"", at), command.size());
            if (const auto form = secretForm(command.substr(at, end - at)))
                return std::string(*form);
            at = end + 1;
        }
        return "name";
    }

    /// Masks the words of members that together are one command.
    static void maskArguments(Json &part, std::initializer_list<const char *> keys)
    {
        std::vector<Json *> places;
        std::vector<std::string> words;
        const auto add = [&](Json &item) {
            if (!item.is_string())
                return;
            places.push_back(&item);
            words.push_back(item.get<std::string>());
        };
        for (const char *key : keys) {
            const auto member = part.find(key);
            if (member == part.end())
                continue;
            add(*member);
            if (member->is_array())
                std::ranges::for_each(*member, add);
        }
        std::vector<std::string> masked = maskSecretsInArguments(words);
        for (std::size_t i = 0; i < places.size(); ++i)
            *places[i] = std::move(masked[i]);
    }
    static std::vector<std::string> keysAt(const Json &part, const char *key)
    {
        std::vector<std::string> keys;
        if (const Json &map = memberAt(part, key); map.is_object()) {
            for (const auto &[name, value] : map.items())
                keys.push_back(name);
        }
        return keys;
    }

    /// Masks every text of the tree that was not masked by its place already. The depth of the tree is limited.
    static void maskTexts(Json &json)
    {
        std::vector<Json *> pending{&json};
        while (!pending.empty()) {
            Json &next = *pending.back();
            pending.pop_back();
            if (next.is_string()) {
                const auto &text = next.get_ref<const std::string &>();
                if (std::string masked = maskSecretsInText(text); masked != text)
                    next = std::move(masked);
            } else if (next.is_structured()) {
                for (Json &child : next)
                    pending.push_back(&child);
            }
        }
    }

    ReadConfig m_out;
};

} // namespace

std::string maskedLabel(std::string_view name, const std::string &value)
{
    if (!value.empty() && (secretForm(value) || nameAnnouncesSecret(name)))
        return maskedText(characters(value));
    return maskSecretsInText(value);
}

ReadConfig readImageConfig(std::string_view text)
{
    return ConfigReader().read(text);
}

} // namespace tally
