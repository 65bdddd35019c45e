// SPDX-License-Identifier: Apache-2.0
#include "core/checks/image_reference.h"

#include <algorithm>

namespace tally {

namespace {

bool isHost(std::string_view component)
{
    return component == "localhost" || component.find_first_of(".:") != std::string_view::npos;
}

bool sameName(const ImageReference &a, const ImageReference &b)
{
    const auto tag = [](const ImageReference &reference) {
        return reference.tag.empty() ? std::string_view("latest") : std::string_view(reference.tag);
    };
    return a.repository == b.repository && tag(a) == tag(b);
}

} // namespace

std::string ImageReference::text() const
{
    std::string whole = repository;
    if (!tag.empty())
        whole.append(":").append(tag);
    if (!digest.empty())
        whole.append("@").append(digest);
    return whole;
}

ImageReference parseImageReference(std::string_view reference)
{
    ImageReference parsed;
    if (const std::size_t at = reference.find('@'); at != std::string_view::npos) {
        parsed.digest = reference.substr(at + 1);
        reference = reference.substr(0, at);
    }
    const std::size_t slash = reference.rfind('/');
    const std::size_t colon = reference.rfind(':');
    if (colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash)) {
        parsed.tag = reference.substr(colon + 1);
        reference = reference.substr(0, colon);
    }
    if (reference.empty())
        return parsed;
    const std::size_t first = reference.find('/');
    if (first == std::string_view::npos)
        parsed.repository = "docker.io/library/";
    else if (!isHost(reference.substr(0, first)))
        parsed.repository = "docker.io/";
    else if (reference.starts_with("docker.io/") && reference.find('/', first + 1) == std::string_view::npos) {
        parsed.repository = "docker.io/library/";
        reference.remove_prefix(first + 1);
    }
    parsed.repository += reference;
    return parsed;
}

bool isBelowReference(std::string_view reference, std::string_view prefix)
{
    if (prefix.empty() || !reference.starts_with(prefix))
        return false;
    if (reference.find("/../") != std::string_view::npos)
        return false; // no name of an image (distribution, reference grammar); nothing is below anything then
    if (prefix.ends_with('/') || reference.size() == prefix.size())
        return true;
    if (prefix.find('/') == std::string_view::npos)
        return reference[prefix.size()] == '/'; // behind a host a colon starts a port: another registry
    return std::string_view("/:@").find(reference[prefix.size()]) != std::string_view::npos;
}

bool isImage(const Image &image, std::string_view reference)
{
    const ImageReference wanted = parseImageReference(reference);
    if (!wanted.digest.empty())
        return isImageByDigest(image, wanted.digest);
    return !wanted.repository.empty() && std::ranges::any_of(image.names, [&](const std::string &name) {
        return sameName(parseImageReference(name), wanted);
    });
}

bool isImageByDigest(const Image &image, std::string_view digest)
{
    const std::size_t at = digest.rfind('@');
    if (at != std::string_view::npos)
        digest.remove_prefix(at + 1);
    if (digest.starts_with("docker://"))
        digest.remove_prefix(9);
    return digest.find(':') != std::string_view::npos
        && (digest == image.manifestDigest || digest == image.configDigest);
}

} // namespace tally
