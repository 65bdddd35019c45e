// SPDX-License-Identifier: Apache-2.0
#include "core/workbench/image_json.h"

#include "core/image/base_image.h"
#include "core/image/dockerfile.h"
#include "core/image/image_space.h"
#include "core/image/signature.h"
#include "core/workbench/json_parts.h"

namespace tally {

namespace {

Json orNull(const std::string &text)
{
    return text.empty() ? Json(nullptr) : Json(text);
}

Json configJson(const ImageConfig &config)
{
    Json env = Json::array();
    for (const auto &[name, value] : config.env)
        env.push_back(name);
    Json labels = Json::object();
    for (const auto &[name, value] : config.labels)
        labels[name] = value;
    Json json = Json::object();
    json["user"] = config.user;
    json["env"] = std::move(env);
    json["entrypoint"] = config.entrypoint;
    json["cmd"] = config.cmd;
    json["exposedPorts"] = config.exposedPorts;
    json["volumes"] = config.volumes;
    json["labels"] = std::move(labels);
    json["workingDir"] = config.workingDir;
    json["healthcheck"] = config.healthcheck;
    return json;
}

Json layersJson(const Image &image)
{
    Json layers = Json::array();
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        const Layer &layer = image.layers[i];
        Json json = Json::object();
        json["index"] = i;
        json["digest"] = orNull(layer.digest);
        json["diffId"] = orNull(layer.diffId);
        json["verified"] = layer.verified ? Json(*layer.verified) : Json(nullptr);
        json["mediaType"] = orNull(layer.mediaType);
        json["compressedBytes"] = layer.compressedBytes;
        json["bytes"] = layer.bytes;
        json["entries"] = layer.files.size();
        json["command"] = layer.command;
        json["added"] = layer.added;
        json["changed"] = layer.changed;
        json["removed"] = layer.removed;
        json["compression"] = layer.compression;
        json["attributesChanged"] = layer.attributesChanged; // of "changed": only mode, owner or attributes
        json["readToEnd"] = layer.readToEnd;                 // false: "entries" is not all that it holds
        layers.push_back(std::move(json));
    }
    return layers;
}

std::string_view stateName(VerdictState state)
{
    switch (state) {
    case VerdictState::Verified:
        return "verified";
    case VerdictState::Wrong:
        return "wrong";
    case VerdictState::NotVerifiable:
        return "not-verifiable";
    }
    return "not-verifiable";
}

std::string_view stateName(SignatureState state)
{
    switch (state) {
    case SignatureState::Verified:
        return "verified";
    case SignatureState::UnknownKey:
        return "unknown-key";
    case SignatureState::OtherImage:
        return "other-image";
    case SignatureState::NotVerifiable:
        return "not-verifiable";
    }
    return "not-verifiable";
}

Json verdictsJson(const Image &image, const Translator &de, const Translator &en)
{
    Json verdicts = Json::array();
    for (const BlobVerdict &verdict : image.verdicts) {
        Json json = Json::object();
        json["blob"] = verdict.blob;
        json["check"] = verdict.check;
        json["state"] = stateName(verdict.state);
        json["reason"] = verdict.reason ? jsonMessage(*verdict.reason, de, en) : Json(nullptr);
        verdicts.push_back(std::move(json));
    }
    return verdicts;
}

std::string_view certaintyName(Certainty certainty)
{
    switch (certainty) {
    case Certainty::Certain:
        return "certain";
    case Certainty::Stated:
        return "stated";
    case Certainty::Probable:
        return "probable";
    }
    return "probable";
}

std::string_view clueName(BaseImageClue::Kind kind)
{
    switch (kind) {
    case BaseImageClue::Kind::Layers:
        return "layers";
    case BaseImageClue::Kind::CommonBase:
        return "common-base";
    case BaseImageClue::Kind::Label:
        return "label";
    case BaseImageClue::Kind::FromComment:
        return "from-comment";
    case BaseImageClue::Kind::RootfsTool:
        return "rootfs-tool";
    case BaseImageClue::Kind::FirstCommand:
        return "first-command";
    case BaseImageClue::Kind::OsRelease:
        return "os-release";
    }
    return "os-release";
}

/// The history read back, and what the image was built on.
void putOrigin(Json &json, const Image &image, std::span<const ImagePtr> others)
{
    json["dockerfile"] = Json::array();
    for (const DockerInstruction &one : reconstructDockerfile(image)) {
        Json row = Json::object();
        row["keyword"] = orNull(one.keyword);
        row["text"] = one.text;
        row["arguments"] = Json::object();
        for (const auto &[name, value] : one.arguments)
            row["arguments"][name] = value;
        row["layer"] = one.layer ? Json(*one.layer) : Json(nullptr);
        row["bytes"] = one.bytes;
        row["created"] = orNull(one.created);
        json["dockerfile"].push_back(std::move(row));
    }
    const BaseImage base = recognizeBase(image, others);
    json["base"] = Json::object();
    json["base"]["name"] = orNull(base.name);
    json["base"]["layers"] = base.layers == 0 ? Json(nullptr) : Json(base.layers);
    json["base"]["certainty"] = base.layers == 0 ? Json(nullptr) : Json(certaintyName(base.certainty));
    json["base"]["clues"] = Json::array();
    for (const BaseImageClue &clue : base.clues) {
        Json row = Json::object();
        row["kind"] = clueName(clue.kind);
        row["certainty"] = certaintyName(clue.certainty);
        row["name"] = orNull(clue.name);
        row["digest"] = orNull(clue.digest);
        row["layers"] = clue.layers == 0 ? Json(nullptr) : Json(clue.layers);
        json["base"]["clues"].push_back(std::move(row));
    }
}

void putWaste(Json &json, const Image &image)
{
    json["efficiency"] = image.efficiency;
    json["wastedBytes"] = image.wastedBytes;
    json["wasted"] = Json::array();
    for (const WastedPath &path : image.wasted) {
        Json row = Json::object();
        putPath(row, "path", path.path);
        row["count"] = path.count;
        row["bytes"] = path.bytes;
        json["wasted"].push_back(std::move(row));
    }
    json["shadowedBytes"] = image.shadowedBytes;
    json["shadowed"] = Json::array();
    for (const WasteItem &item : wasteItems(*ImageIndex::of(image))) {
        Json row = Json::object();
        putPath(row, "path", item.path);
        row["layer"] = item.layer;
        row["bytes"] = item.bytes;
        row["cause"] = item.cause;
        row["hidingLayer"] = item.hidingLayer < 0 ? Json(nullptr) : Json(item.hidingLayer);
        json["shadowed"].push_back(std::move(row));
    }
}

void putInventory(Json &json, const Image &image)
{
    Json os = Json::object();
    os["id"] = image.os.id;
    os["versionId"] = image.os.versionId;
    os["prettyName"] = image.os.prettyName;
    os["supportEnds"] = orNull(image.os.supportEnds);
    json["os"] = std::move(os);
    json["packages"] = Json::array();
    for (const Package &package : image.packages) {
        Json row = Json::object();
        row["manager"] = package.manager;
        row["name"] = package.name;
        row["version"] = package.version;
        row["architecture"] = package.architecture;
        row["layer"] = package.layer;
        row["licences"] = package.licences;
        row["source"] = orNull(package.source);
        row["sourceVersion"] = orNull(package.sourceVersion);
        row["purl"] = orNull(package.url);
        row["paths"] = package.paths;
        json["packages"].push_back(std::move(row));
    }
    json["risks"] = Json::array();
    for (const Risk &risk : image.risks) {
        Json row = Json::object();
        row["kind"] = risk.kind;
        putPath(row, "path", risk.path);
        row["layer"] = risk.layer;
        row["detail"] = risk.detail;
        row["visible"] = risk.visible;
        json["risks"].push_back(std::move(row));
    }
}

/// What lies beside the image and belongs to it, and whether its signatures fit the keys.
Json artifactsJson(const Image &image, std::span<const PublicKey> keys, const Translator &de, const Translator &en)
{
    Json artifacts = Json::array();
    const std::vector<SignatureVerdict> verdicts = verifySignatures(image, keys);
    for (std::size_t i = 0; i < image.artifacts.size(); ++i) {
        const ImageArtifact &artifact = image.artifacts[i];
        Json json = Json::object();
        json["digest"] = artifact.digest;
        json["kind"] = orNull(artifact.kind);
        json["type"] = artifact.type;
        json["subject"] = orNull(artifact.subject);
        json["signatures"] = Json::array();
        for (const SignatureVerdict &verdict : verdicts) {
            if (verdict.artifact != i)
                continue;
            Json row = Json::object();
            row["state"] = stateName(verdict.state);
            row["key"]
                = verdict.key < 0 ? Json(nullptr) : Json(keys[static_cast<std::size_t>(verdict.key)].fingerprint());
            row["certificate"] = verdict.certificate;
            row["reason"] = verdict.reason ? jsonMessage(*verdict.reason, de, en) : Json(nullptr);
            json["signatures"].push_back(std::move(row));
        }
        artifacts.push_back(std::move(json));
    }
    return artifacts;
}

Json imageJson(const Image &image, std::span<const ImagePtr> all, std::span<const PublicKey> keys, const Translator &de,
    const Translator &en)
{
    Json json = Json::object();
    json["names"] = image.names;
    json["platform"] = image.platform;
    json["form"] = image.form;
    json["manifestDigest"] = orNull(image.manifestDigest);
    json["configDigest"] = orNull(image.configDigest);
    json["config"] = configJson(image.config);
    json["layers"] = layersJson(image);
    json["verdicts"] = verdictsJson(image, de, en);
    json["artifacts"] = artifactsJson(image, keys, de, en);
    json["annotations"] = Json::object();
    for (const auto &[name, value] : image.annotations)
        json["annotations"][name] = value;
    json["files"] = image.files;
    json["bytes"] = image.bytes;
    json["mergedBytes"] = image.mergedBytes;
    putWaste(json, image);
    putInventory(json, image);
    putOrigin(json, image, all);
    json["source"] = jsonSource(image.source);
    return json;
}

} // namespace

std::string writeImageJson(std::span<const ImagePtr> images, std::span<const Source> sources,
    std::span<const Diagnostic> diagnostics, const Translator &de, const Translator &en,
    std::span<const PublicKey> keys)
{
    Json json = jsonHead(sources);
    json["images"] = Json::array();
    for (const ImagePtr &image : images)
        json["images"].push_back(imageJson(*image, images, keys, de, en));
    json["diagnostics"] = jsonDiagnostics(diagnostics, de, en);
    return jsonText(json);
}

} // namespace tally
