// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image_reader.h"
#include "core/io/digest.h"

#include "tests/support/tar_builder.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace tally::test {

/// A docker archive made of layers that are given as tars.
struct DockerArchive
{
    std::vector<std::string> layers;
    nlohmann::json config = nlohmann::json::object();
    std::vector<std::string> blobs{}; ///< as stored; those of `layers` where empty
    std::string configName{};         ///< "<digest>.json" where empty
    std::string tag = "example:1";

    [[nodiscard]] std::string bytes() const
    {
        nlohmann::json stored = config;
        stored["os"] = "linux";
        stored["architecture"] = "amd64";
        if (!stored.contains("rootfs")) {
            stored["rootfs"]["diff_ids"] = nlohmann::json::array();
            for (const std::string &layer : layers)
                stored["rootfs"]["diff_ids"].push_back("sha256:" + sha256Hex(layer));
        }
        const std::string text = stored.dump();
        const std::string name = configName.empty() ? sha256Hex(text) + ".json" : configName;
        nlohmann::json entry{{"Config", name}, {"RepoTags", {tag}}, {"Layers", nlohmann::json::array()}};
        TarBuilder tar;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const std::string member = "layer" + std::to_string(i) + "/layer.tar";
            entry["Layers"].push_back(member);
            tar.file(member, blobs.empty() ? layers[i] : blobs[i]);
        }
        tar.file(name, text);
        tar.file("manifest.json", nlohmann::json::array({entry}).dump());
        return tar.bytes();
    }
};

[[nodiscard]] inline Result<ReadImages> readBytes(std::string bytes, const ImageReadOptions &options = {})
{
    return readImages(memorySource(std::move(bytes)), "sample.tar", options);
}

/// The only image of a docker archive with these layers.
[[nodiscard]] inline ImagePtr imageOf(std::vector<std::string> layers, nlohmann::json config = nlohmann::json::object())
{
    auto read = readBytes(DockerArchive{std::move(layers), std::move(config)}.bytes());
    return read && read->images.size() == 1 ? read->images.front() : nullptr;
}

[[nodiscard]] inline bool says(const std::vector<Diagnostic> &diagnostics, std::string_view code)
{
    for (const Diagnostic &diagnostic : diagnostics) {
        if (diagnostic.message.def->code == code)
            return true;
    }
    return false;
}

} // namespace tally::test
