// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/digest.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <string>

namespace tally::test {

/// A folder with an OCI layout.
class Layout
{
public:
    Layout()
    {
        std::filesystem::create_directories(path() / "blobs/sha256");
        write("oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
    }
    [[nodiscard]] std::filesystem::path path() const { return m_folder.path().toStdString(); }
    void write(const std::string &name, const std::string &content) const
    {
        std::filesystem::create_directories((path() / name).parent_path());
        std::ofstream(path() / name, std::ios::binary) << content;
    }
    [[nodiscard]] std::string hexPath(const std::string &digest) const { return "blobs/sha256/" + digest.substr(7); }
    void remove(const std::string &digest) const { std::filesystem::remove(path() / hexPath(digest)); }
    std::string blob(const std::string &content) const
    {
        const std::string hex = sha256Hex(content);
        write("blobs/sha256/" + hex, content);
        return "sha256:" + hex;
    }
    nlohmann::json descriptor(const std::string &content, const std::string &type) const
    {
        return {{"mediaType", type}, {"digest", blob(content)}, {"size", content.size()}};
    }
    std::string image(const std::string &layer) const
    {
        const nlohmann::json config{
            {"os", "linux"}, {"architecture", "amd64"}, {"rootfs", {{"diff_ids", {"sha256:" + sha256Hex(layer)}}}}};
        const nlohmann::json manifest{{"schemaVersion", 2},
            {"config", descriptor(config.dump(), "application/vnd.oci.image.config.v1+json")},
            {"layers", nlohmann::json::array({descriptor(layer, "application/vnd.oci.image.layer.v1.tar")})}};
        return manifest.dump();
    }
    /// A manifest with these layers and a configuration that fits them.
    std::string manifest(const nlohmann::json &layers, const std::vector<std::string> &diffIds) const
    {
        const nlohmann::json config{{"os", "linux"}, {"architecture", "amd64"}, {"rootfs", {{"diff_ids", diffIds}}}};
        return nlohmann::json{{"schemaVersion", 2},
            {"config", descriptor(config.dump(), "application/vnd.oci.image.config.v1+json")}, {"layers", layers}}
            .dump();
    }
    void index(const nlohmann::json &manifests) const
    {
        write("index.json", nlohmann::json{{"manifests", manifests}}.dump());
    }

private:
    QTemporaryDir m_folder;
};

inline constexpr const char *manifestType = "application/vnd.oci.image.manifest.v1+json";
inline constexpr const char *indexType = "application/vnd.oci.image.index.v1+json";
inline constexpr const char *configType = "application/vnd.oci.image.config.v1+json";
inline constexpr const char *layerType = "application/vnd.oci.image.layer.v1.tar";

} // namespace tally::test
