// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/sbom.h"

#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/image/json_text.h"
#include "core/image/packages/licence_expression.h"
#include "core/image/packages/sbom_parts.h"

#include <set>

namespace tally {

namespace {

Json property(const char *name, std::string value)
{
    Json json = Json::object();
    json["name"] = std::string(toolName) + ":" + name;
    json["value"] = std::move(value);
    return json;
}

/// Either licences one by one, each an SPDX id or a name, or one expression for all.
Json licencesJson(const std::vector<std::string> &texts)
{
    const auto all = spdxExpression(texts);
    if (all && all->compound)
        return Json::array({Json{{"expression", all->text}}});
    Json list = Json::array();
    for (const std::string &text : texts) {
        const auto expression = spdxExpression(text);
        Json licence = Json::object();
        if (expression && !expression->compound)
            licence["id"] = expression->text;
        else
            licence["name"] = text;
        Json entry = Json::object();
        entry["license"] = std::move(licence);
        list.push_back(std::move(entry));
    }
    return list;
}

class Writer
{
public:
    Writer(const Image &image, std::int64_t created)
        : m_image(image)
        , m_created(created)
    {
    }

    std::string write()
    {
        Json components = Json::array();
        if (!m_image.os.id.empty())
            components.push_back(operatingSystem());
        for (const Package &package : m_image.packages)
            components.push_back(component(package));
        Json bom = Json::object();
        bom["$schema"] = "http://cyclonedx.org/schema/bom-1.5.schema.json";
        bom["bomFormat"] = "CycloneDX";
        bom["specVersion"] = "1.5";
        bom["serialNumber"] = "";
        bom["version"] = 1;
        bom["metadata"] = metadata();
        bom["components"] = std::move(components);
        // Programs without a package, and what readers do not know, are not in the list.
        Json composition = Json::object();
        composition["aggregate"] = "incomplete";
        composition["assemblies"] = Json::array({imageReference});
        bom["compositions"] = Json::array({std::move(composition)});
        bom["serialNumber"] = "urn:uuid:" + uuidOf(identityOf(m_image) + bom.dump());
        return bom.dump(2) + "\n";
    }

private:
    static constexpr const char *imageReference = "image";

    [[nodiscard]] Json metadata() const
    {
        Json tool = Json::object();
        tool["type"] = "application";
        tool["name"] = toolName;
        tool["version"] = toolVersion;
        Json image = Json::object();
        image["type"] = "container";
        image["bom-ref"] = imageReference;
        image["name"] = toUtf8(m_image.displayName());
        if (!m_image.manifestDigest.empty() || !m_image.configDigest.empty())
            image["version"] = m_image.manifestDigest.empty() ? m_image.configDigest : m_image.manifestDigest;
        if (const std::string url = imageUrl(m_image); !url.empty())
            image["purl"] = url;
        Json properties = Json::array();
        const auto add = [&](const char *name, const std::string &value) {
            if (!value.empty())
                properties.push_back(property(name, toUtf8(value)));
        };
        add("platform", m_image.platform);
        add("manifestDigest", m_image.manifestDigest);
        add("configDigest", m_image.configDigest);
        for (const Layer &layer : m_image.layers)
            add("diffId", layer.diffId);
        image["properties"] = std::move(properties);
        Json json = Json::object();
        json["timestamp"] = rfc3339(m_created);
        json["tools"]["components"] = Json::array({std::move(tool)});
        json["component"] = std::move(image);
        return json;
    }

    Json operatingSystem()
    {
        Json json = Json::object();
        json["type"] = "operating-system";
        json["bom-ref"] = reference("os:" + m_image.os.id + "@" + m_image.os.versionId);
        json["name"] = m_image.os.id;
        if (!m_image.os.versionId.empty())
            json["version"] = m_image.os.versionId;
        if (!m_image.os.prettyName.empty())
            json["description"] = m_image.os.prettyName;
        return json;
    }

    Json component(const Package &package)
    {
        const auto [group, name] = groupAndName(package);
        Json json = Json::object();
        json["type"] = "library";
        json["bom-ref"] = reference(
            package.url.empty() ? package.manager + ":" + package.name + "@" + package.version : package.url);
        if (!group.empty())
            json["group"] = group;
        json["name"] = name;
        if (!package.version.empty())
            json["version"] = package.version;
        if (!package.licences.empty())
            json["licenses"] = licencesJson(package.licences);
        if (!package.url.empty())
            json["purl"] = package.url;
        Json properties = Json::array();
        properties.push_back(property("manager", package.manager));
        if (!package.architecture.empty())
            properties.push_back(property("architecture", package.architecture));
        if (!package.source.empty()) {
            properties.push_back(property("source", package.source));
            if (!package.sourceVersion.empty())
                properties.push_back(property("sourceVersion", package.sourceVersion));
        }
        properties.push_back(property("layer", std::to_string(package.layer)));
        if (package.layer < m_image.layers.size() && !m_image.layers[package.layer].diffId.empty())
            properties.push_back(property("layerDiffId", m_image.layers[package.layer].diffId));
        for (const std::string &path : package.paths)
            properties.push_back(property("path", path));
        json["properties"] = std::move(properties);
        return json;
    }

    /// References must differ, also where two names have one package URL.
    std::string reference(const std::string &text)
    {
        std::string unique = text;
        for (int i = 2; !m_references.insert(unique).second; ++i)
            unique = text + "#" + std::to_string(i);
        return unique;
    }

    const Image &m_image;
    std::int64_t m_created;
    std::set<std::string> m_references{imageReference};
};

} // namespace

std::string writeCycloneDx(const Image &image, std::int64_t created)
{
    return Writer(image, created).write();
}

} // namespace tally
