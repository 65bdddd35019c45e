// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/sbom_parts.h"

#include "core/image/packages/package_url.h"
#include "core/io/digest.h"

namespace tally {

std::string uuidOf(std::string_view text)
{
    std::string hex = sha256Hex(text).substr(0, 32);
    hex[12] = '8';
    hex[16] = "89ab"[(hex[16] <= '9' ? hex[16] - '0' : hex[16] - 'a' + 10) % 4];
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-"
        + hex.substr(20);
}

std::string imageUrl(const Image &image)
{
    if (image.manifestDigest.empty() || image.names.empty())
        return {};
    std::string_view name = image.names.front();
    name = name.substr(0, name.find('@'));
    name = name.substr(name.rfind('/') + 1);
    const std::size_t colon = name.rfind(':');
    const std::string tag(colon == std::string_view::npos ? std::string_view{} : name.substr(colon + 1));
    name = name.substr(0, colon);
    if (name.empty())
        return {};
    return "pkg:oci/" + percentEncoded(name) + "@" + percentEncoded(image.manifestDigest)
        + (tag.empty() ? "" : "?tag=" + percentEncoded(tag));
}

std::pair<std::string, std::string> groupAndName(const Package &package)
{
    const char separator = package.manager == "npm" ? '/' : ':';
    const std::size_t at = package.name.find(separator);
    const bool splits = (package.manager == "npm" && package.name.starts_with('@')) || package.manager == "java";
    if (!splits || at == std::string::npos)
        return {{}, package.name};
    return {package.name.substr(0, at), package.name.substr(at + 1)};
}

std::string identityOf(const Image &image)
{
    std::string text = image.platform + "\n" + image.manifestDigest + "\n" + image.configDigest + "\n";
    for (const Layer &layer : image.layers)
        text += layer.diffId + "\n";
    return text;
}

} // namespace tally
