// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/sbom.h"

#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/image/json_text.h"
#include "core/image/packages/licence_expression.h"
#include "core/image/packages/sbom_parts.h"
#include "core/io/digest.h"

#include <map>

namespace tally {

namespace {

constexpr const char *noAssertion = "NOASSERTION";

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
        Json packages = Json::array();
        Json relationships = Json::array();
        const auto relate = [&](const char *from, const char *how, const std::string &to) {
            Json relation = Json::object();
            relation["spdxElementId"] = from;
            relation["relationshipType"] = how;
            relation["relatedSpdxElement"] = to;
            relationships.push_back(std::move(relation));
        };
        packages.push_back(imagePackage());
        relate("SPDXRef-DOCUMENT", "DESCRIBES", imageId);
        if (!m_image.os.id.empty()) {
            packages.push_back(operatingSystem());
            relate(imageId, "CONTAINS", osId);
        }
        for (std::size_t i = 0; i < m_image.packages.size(); ++i) {
            const std::string id = "SPDXRef-Package-" + std::to_string(i + 1);
            packages.push_back(package(m_image.packages[i], id));
            relate(imageId, "CONTAINS", id);
        }
        Json document = Json::object();
        document["spdxVersion"] = "SPDX-2.3";
        document["dataLicense"] = "CC0-1.0";
        document["SPDXID"] = "SPDXRef-DOCUMENT";
        document["name"] = toUtf8(m_image.displayName());
        document["documentNamespace"] = "";
        document["creationInfo"]["created"] = rfc3339(m_created);
        document["creationInfo"]["creators"]
            = Json::array({"Tool: " + std::string(toolName) + "-" + std::string(toolVersion)});
        document["packages"] = std::move(packages);
        document["relationships"] = std::move(relationships);
        if (!m_unknown.empty())
            document["hasExtractedLicensingInfos"] = extracted();
        document["documentNamespace"] = "urn:uuid:" + uuidOf(identityOf(m_image) + document.dump());
        return document.dump(2) + "\n";
    }

private:
    static constexpr const char *imageId = "SPDXRef-Image";
    static constexpr const char *osId = "SPDXRef-OperatingSystem";

    static Json base(const std::string &name, const std::string &id, const std::string &version, const char *purpose)
    {
        Json json = Json::object();
        json["name"] = name;
        json["SPDXID"] = id;
        if (!version.empty())
            json["versionInfo"] = version;
        json["downloadLocation"] = noAssertion;
        json["filesAnalyzed"] = false;
        json["primaryPackagePurpose"] = purpose;
        return json;
    }

    static void putUrl(Json &json, const std::string &url)
    {
        if (url.empty())
            return;
        Json reference = Json::object();
        reference["referenceCategory"] = "PACKAGE-MANAGER";
        reference["referenceType"] = "purl";
        reference["referenceLocator"] = url;
        json["externalRefs"] = Json::array({std::move(reference)});
    }

    [[nodiscard]] Json imagePackage() const
    {
        const std::string &version = m_image.manifestDigest.empty() ? m_image.configDigest : m_image.manifestDigest;
        Json json = base(toUtf8(m_image.displayName()), imageId, version, "CONTAINER");
        if (!m_image.platform.empty())
            json["comment"] = "platform " + toUtf8(m_image.platform) + ", configuration " + m_image.configDigest;
        putUrl(json, imageUrl(m_image));
        return json;
    }

    [[nodiscard]] Json operatingSystem() const
    {
        Json json = base(m_image.os.id, osId, m_image.os.versionId, "OPERATING-SYSTEM");
        if (!m_image.os.prettyName.empty())
            json["description"] = m_image.os.prettyName;
        return json;
    }

    Json package(const Package &package, const std::string &id)
    {
        Json json = base(package.name, id, package.version, "LIBRARY");
        json["licenseConcluded"] = noAssertion;
        json["licenseDeclared"] = licence(package.licences);
        json["copyrightText"] = noAssertion;
        std::string info = package.manager + ", layer " + std::to_string(package.layer);
        for (std::size_t i = 0; i < package.paths.size() && i < 10; ++i)
            info += (i == 0 ? ": " : ", ") + package.paths[i];
        if (!package.source.empty())
            info += "; built from " + package.source + " " + package.sourceVersion;
        json["sourceInfo"] = info;
        putUrl(json, package.url);
        return json;
    }

    std::string licence(const std::vector<std::string> &texts)
    {
        if (texts.empty())
            return noAssertion;
        if (const auto all = spdxExpression(texts))
            return all->text;
        std::string result;
        for (const std::string &text : texts) {
            const auto expression = spdxExpression(text);
            std::string part = expression ? expression->text : reference(text);
            if (texts.size() > 1 && part.find(" OR ") != std::string::npos)
                part.insert(0, 1, '(').push_back(')');
            result += (result.empty() ? "" : " AND ") + part;
        }
        return result;
    }

    /// Letters, digits, '.' and '-' only; the digest keeps texts apart that differ in others.
    std::string reference(const std::string &text)
    {
        std::string id = "LicenseRef-";
        for (const char c : text.substr(0, 40)) {
            const bool plain
                = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
            id += plain ? c : '-';
        }
        id += "-" + sha256Hex(text).substr(0, 8);
        m_unknown.emplace(id, text);
        return id;
    }

    [[nodiscard]] Json extracted() const
    {
        Json list = Json::array();
        for (const auto &[id, text] : m_unknown) {
            Json json = Json::object();
            json["licenseId"] = id;
            json["extractedText"] = text;
            json["name"] = text;
            list.push_back(std::move(json));
        }
        return list;
    }

    const Image &m_image;
    std::int64_t m_created;
    std::map<std::string, std::string> m_unknown; ///< text by LicenseRef
};

} // namespace

std::string writeSpdx(const Image &image, std::int64_t created)
{
    return Writer(image, created).write();
}

} // namespace tally
