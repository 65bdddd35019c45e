// SPDX-License-Identifier: Apache-2.0
#include "core/image/legacy_plan.h"

#include "core/base/messages_image.h"
#include "core/base/text_format.h"
#include "core/image/image_artifacts.h"
#include "core/image/json_text.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace tally {

namespace {

constexpr std::size_t maxLayers = 2000;
constexpr std::uint64_t maxJson = 256U << 10; ///< of a layer's json, which holds one configuration

/// What one layer's json says.
struct LegacyLayer
{
    bool found = false;
    std::string parent;
    HistoryEntry history;
};

class LegacyPlanner
{
public:
    LegacyPlanner(const BlobStore &store, const std::string &name, const ImageReadOptions &options, ImagePlans &out)
        : m_store(store)
        , m_name(name)
        , m_options(options)
        , m_out(out)
    {
    }

    void plan()
    {
        const auto text = m_store.read("repositories", m_options.limits.maxManifestBytes);
        const Json repositories = text ? parseSmallJson(*text) : Json();
        if (!repositories.is_object())
            return;
        std::map<std::string, std::vector<std::string>> namesOfHead; // an id may have several tags
        std::vector<std::string> heads;
        for (const auto &[repository, tags] : repositories.items()) {
            if (!tags.is_object())
                continue;
            for (const auto &[tag, id] : tags.items()) {
                if (!id.is_string() || !isHex64(id.get_ref<const std::string &>()))
                    continue;
                std::vector<std::string> &names = namesOfHead[id.get<std::string>()];
                if (names.empty())
                    heads.push_back(id.get<std::string>());
                names.push_back(fmt::format("{}:{}", repository, tag));
            }
        }
        if (heads.size() > m_options.limits.maxIndexEntries)
            heads.resize(m_options.limits.maxIndexEntries);
        for (const std::string &head : heads)
            planImage(head, std::move(namesOfHead[head]));
        if (!m_out.plans.empty())
            say(Diagnostic::Severity::Warning, {imageDef("image.legacy-form"), {m_name}}, m_name);
    }

private:
    void say(Diagnostic::Severity severity, Message message, const std::string &where)
    {
        constexpr std::size_t mostDiagnostics = 1000;
        if (m_out.diagnostics.size() < mostDiagnostics)
            m_out.diagnostics.push_back({severity, std::move(message), m_options.sourceIndex, where});
    }

    /// Read once: the tags of one archive share most layers.
    const LegacyLayer &layer(const std::string &id)
    {
        const auto [known, isNew] = m_layers.try_emplace(id);
        LegacyLayer &layer = known->second;
        if (!isNew)
            return layer;
        const auto text = m_store.read(id + "/json", maxJson);
        const Json json = text ? parseSmallJson(*text) : Json();
        layer.found = json.is_object();
        layer.parent = textAt(json, "parent");
        layer.history.created = textAt(json, "created");
        layer.history.comment = textAt(json, "comment");
        std::string &command = layer.history.createdBy; // as Docker itself made it of such an image
        for (const std::string &word : textsAt(memberAt(json, "container_config"), "Cmd")) {
            command += command.empty() ? "" : " ";
            command += word;
        }
        return layer;
    }

    void planImage(const std::string &head, std::vector<std::string> names)
    {
        std::vector<std::string> chain; // the uppermost first
        std::set<std::string> seen;
        for (std::string id = head; !id.empty();) {
            if (!seen.insert(id).second)
                return say(Diagnostic::Severity::Error, {imageDef("image.legacy-loop"), {id}}, id);
            if (chain.size() >= maxLayers)
                return say(Diagnostic::Severity::Error,
                    {imageDef("image.too-many-layers"),
                        {head, std::to_string(chain.size() + 1), std::to_string(maxLayers)}},
                    head);
            chain.push_back(id);
            const std::string parent = layer(id).parent;
            if (!parent.empty() && (!isHex64(parent) || !layer(parent).found)) {
                const std::string shown = visible(toUtf8(parent));
                say(Diagnostic::Severity::Error, {imageDef("image.legacy-parent-missing"), {id, shown}}, id);
                break;
            }
            id = parent;
        }
        if (!layer(head).found)
            return say(Diagnostic::Severity::Error, {imageDef("image.blob-missing"), {head + "/json"}}, head);
        ImagePlan plan;
        plan.form = m_out.form;
        plan.names = std::move(names);
        plan.legacy = true;
        plan.config.name = head + "/json";
        plan.legacyConfig = configOf(head, chain);
        for (auto id = chain.rbegin(); id != chain.rend(); ++id) {
            BlobPlan blob;
            blob.name = *id + "/layer.tar";
            plan.layers.push_back(std::move(blob));
        }
        m_out.plans.push_back(std::move(plan));
    }

    /// The configuration that a later Docker would make of it, without the digests that nobody knows.
    std::string configOf(const std::string &head, const std::vector<std::string> &chain)
    {
        const auto text = m_store.read(head + "/json", maxJson);
        const Json json = text ? parseSmallJson(*text) : Json();
        Json config = Json::object();
        for (const char *key : {"architecture", "os", "created", "author", "config"}) {
            if (const Json &value = memberAt(json, key); !value.is_null())
                config[key] = value;
        }
        config["history"] = Json::array();
        for (auto id = chain.rbegin(); id != chain.rend(); ++id)
            config["history"].push_back(historyOf(layer(*id).history));
        return config.dump(-1, ' ', false, Json::error_handler_t::replace);
    }

    static Json historyOf(const HistoryEntry &entry)
    {
        Json json = Json::object();
        json["created"] = entry.created;
        json["created_by"] = entry.createdBy;
        json["comment"] = entry.comment;
        return json;
    }

    const BlobStore &m_store;
    const std::string &m_name;
    const ImageReadOptions &m_options;
    ImagePlans &m_out;
    std::map<std::string, LegacyLayer> m_layers;
};

} // namespace

void planLegacyImages(const BlobStore &store, const std::string &name, const ImageReadOptions &options, ImagePlans &out)
{
    LegacyPlanner(store, name, options, out).plan();
}

} // namespace tally
