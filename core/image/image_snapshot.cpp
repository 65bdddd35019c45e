// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_snapshot.h"
#include "core/io/packing.h"

#include "core/base/messages.h"

#include <algorithm>
#include <bit>

namespace tally {

namespace {

/// 1 knew less of packages, 2 no attributes of entries, 3 nothing of what lies beside an image. Stored audits hold
/// every format there ever was.
constexpr std::uint64_t imageFormat = 5;

void pack(PackWriter &out, const std::string &text)
{
    out.text(text);
}

void pack(PackWriter &out, const std::vector<std::string> &texts)
{
    out.number(texts.size());
    for (const std::string &text : texts)
        out.text(text);
}

void unpack(PackReader &in, std::string &text)
{
    text = in.text();
}

void unpack(PackReader &in, std::vector<std::string> &texts)
{
    texts.resize(in.count());
    for (std::string &text : texts)
        text = in.text();
}

void pack(PackWriter &out, const ImageConfig &config)
{
    for (const std::string *text :
        {&config.user, &config.workingDir, &config.author, &config.created, &config.os, &config.architecture})
        out.text(*text);
    for (const auto *texts : {&config.entrypoint, &config.cmd, &config.exposedPorts, &config.volumes})
        pack(out, *texts);
    out.number(config.env.size());
    for (const auto &[name, value] : config.env) {
        out.text(name);
        out.text(value);
    }
    out.number(config.labels.size());
    for (const auto &[name, value] : config.labels) {
        out.text(name);
        out.text(value);
    }
    out.number(config.healthcheck ? 1 : 0);
    out.number(config.healthcheckDisabled ? 1 : 0);
}

void unpack(PackReader &in, ImageConfig &config)
{
    for (std::string *text :
        {&config.user, &config.workingDir, &config.author, &config.created, &config.os, &config.architecture})
        *text = in.text();
    for (auto *texts : {&config.entrypoint, &config.cmd, &config.exposedPorts, &config.volumes})
        unpack(in, *texts);
    config.env.resize(in.count());
    for (auto &[name, value] : config.env) {
        name = in.text();
        value = in.text();
    }
    for (std::size_t left = in.count(); left > 0; --left) {
        std::string name(in.text());
        config.labels[std::move(name)] = in.text();
    }
    config.healthcheck = in.number() != 0;
    config.healthcheckDisabled = in.number() != 0;
}

void pack(PackWriter &out, const FileEntry &file)
{
    out.number(file.path.value);
    out.number(file.link.value);
    out.number(file.size);
    out.signedNumber(file.mtime);
    out.number(file.uid);
    out.number(file.gid);
    out.number(file.mode);
    out.number(static_cast<std::uint64_t>(file.type) * 2 + (file.shadowed ? 1 : 0));
    out.number(static_cast<std::uint64_t>(file.change));
}

bool unpack(PackReader &in, FileEntry &file, std::size_t strings)
{
    file.path.value = static_cast<std::uint32_t>(in.number());
    file.link.value = static_cast<std::uint32_t>(in.number());
    file.size = in.number();
    file.mtime = in.signedNumber();
    file.uid = static_cast<std::uint32_t>(in.number());
    file.gid = static_cast<std::uint32_t>(in.number());
    file.mode = static_cast<std::uint16_t>(in.number());
    const std::uint64_t type = in.number();
    file.shadowed = type % 2 != 0;
    file.type = static_cast<EntryType>(type / 2);
    const std::uint64_t change = in.number();
    file.change = static_cast<Change>(change);
    if (change > static_cast<std::uint64_t>(Change::Attributes))
        return false;
    return file.path.value < strings && file.link.value < strings
        && type / 2 <= static_cast<std::uint64_t>(EntryType::OpaqueWhiteout);
}

void pack(PackWriter &out, const Layer &layer)
{
    for (const std::string *text : {&layer.digest, &layer.diffId, &layer.mediaType, &layer.compression, &layer.command,
             &layer.created, &layer.blob})
        out.text(*text);
    out.number(layer.verified ? (*layer.verified ? 2 : 1) : 0);
    for (const std::uint64_t number : {layer.compressedBytes, layer.bytes, std::uint64_t(layer.added),
             std::uint64_t(layer.changed), std::uint64_t(layer.removed)})
        out.number(number);
    out.number(layer.files.size());
    for (const FileEntry &file : layer.files)
        pack(out, file);
    out.number(layer.readToEnd ? 1 : 0);
    out.number(layer.attributesChanged);
    out.number(layer.attributes.size());
    for (const EntryAttribute &attribute : layer.attributes) {
        out.number(attribute.entry);
        out.number(attribute.name.value);
        out.number(attribute.value.value);
    }
}

bool unpackAttributes(PackReader &in, Layer &layer, std::size_t strings)
{
    layer.attributesChanged = static_cast<std::uint32_t>(in.number());
    layer.attributes.resize(in.count());
    for (EntryAttribute &attribute : layer.attributes) {
        attribute.entry = static_cast<std::uint32_t>(in.number());
        attribute.name.value = static_cast<std::uint32_t>(in.number());
        attribute.value.value = static_cast<std::uint32_t>(in.number());
        if (attribute.entry >= layer.files.size() || attribute.name.value >= strings
            || attribute.value.value >= strings)
            return false;
    }
    return in.ok() && std::ranges::is_sorted(layer.attributes, {}, &EntryAttribute::entry);
}

bool unpack(PackReader &in, Layer &layer, std::size_t strings, std::uint64_t format)
{
    for (std::string *text : {&layer.digest, &layer.diffId, &layer.mediaType, &layer.compression, &layer.command,
             &layer.created, &layer.blob})
        *text = in.text();
    if (const std::uint64_t verified = in.number(); verified != 0)
        layer.verified = verified == 2;
    layer.compressedBytes = in.number();
    layer.bytes = in.number();
    layer.added = static_cast<std::uint32_t>(in.number());
    layer.changed = static_cast<std::uint32_t>(in.number());
    layer.removed = static_cast<std::uint32_t>(in.number());
    const std::size_t count = in.count();
    layer.files.reserve(count);
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        FileEntry file;
        if (!unpack(in, file, strings))
            return false;
        layer.files.push_back(file);
    }
    layer.readToEnd = format < 5 ? !layer.files.empty() || layer.compressedBytes > 0 : in.number() != 0;
    return in.ok() && (format < 3 || unpackAttributes(in, layer, strings));
}

void packVerdicts(PackWriter &out, const Image &image)
{
    out.number(image.verdicts.size());
    for (const BlobVerdict &verdict : image.verdicts) {
        out.text(verdict.blob);
        out.text(verdict.check);
        out.number(static_cast<std::uint64_t>(verdict.state));
        const bool reason = verdict.reason && verdict.reason->def;
        out.text(reason ? verdict.reason->def->code : "");
        pack(out, reason ? verdict.reason->args : std::vector<std::string>());
    }
}

void unpackVerdicts(PackReader &in, Image &image)
{
    image.verdicts.resize(in.count());
    for (BlobVerdict &verdict : image.verdicts) {
        verdict.blob = in.text();
        verdict.check = in.text();
        verdict.state = static_cast<VerdictState>(std::min<std::uint64_t>(in.number(), 2));
        const MessageDef *def = findMessage(in.text());
        std::vector<std::string> args;
        unpack(in, args);
        if (def)
            verdict.reason = Message{def, std::move(args)};
    }
}

void packFigures(PackWriter &out, const Image &image)
{
    for (const std::uint64_t number : {image.files, image.bytes, image.mergedBytes,
             std::bit_cast<std::uint64_t>(image.efficiency), image.wastedBytes, image.shadowedBytes})
        out.number(number);
    out.number(image.wasted.size());
    for (const WastedPath &wasted : image.wasted) {
        out.text(wasted.path);
        out.number(wasted.count);
        out.number(wasted.bytes);
    }
    out.number(image.shadowed.size());
    for (const ShadowedFile &file : image.shadowed) {
        out.text(file.path);
        out.number(file.layer);
        out.number(file.bytes);
        out.text(file.cause);
    }
    out.number(image.packages.size());
    for (const Package &package : image.packages) {
        for (const std::string *text : {&package.manager, &package.name, &package.version, &package.architecture})
            out.text(*text);
        out.number(package.layer);
    }
    out.number(image.risks.size());
    for (const Risk &risk : image.risks) {
        for (const std::string *text : {&risk.kind, &risk.path, &risk.detail})
            out.text(*text);
        out.number(risk.layer);
        out.number(risk.visible ? 1 : 0);
    }
}

void unpackFigures(PackReader &in, Image &image)
{
    image.files = in.number();
    image.bytes = in.number();
    image.mergedBytes = in.number();
    image.efficiency = std::bit_cast<double>(in.number());
    image.wastedBytes = in.number();
    image.shadowedBytes = in.number();
    image.wasted.resize(in.count());
    for (WastedPath &wasted : image.wasted) {
        wasted.path = in.text();
        wasted.count = static_cast<std::uint32_t>(in.number());
        wasted.bytes = in.number();
    }
    image.shadowed.resize(in.count());
    for (ShadowedFile &file : image.shadowed) {
        file.path = in.text();
        file.layer = static_cast<std::uint32_t>(in.number());
        file.bytes = in.number();
        file.cause = in.text();
    }
    image.packages.resize(in.count());
    for (Package &package : image.packages) {
        for (std::string *text : {&package.manager, &package.name, &package.version, &package.architecture})
            *text = in.text();
        package.layer = static_cast<std::uint32_t>(in.number());
    }
    image.risks.resize(in.count());
    for (Risk &risk : image.risks) {
        for (std::string *text : {&risk.kind, &risk.path, &risk.detail})
            *text = in.text();
        risk.layer = static_cast<std::uint32_t>(in.number());
        risk.visible = in.number() != 0;
    }
}

void packPackageDetails(PackWriter &out, const Image &image)
{
    for (const Package &package : image.packages) {
        for (const std::string *text : {&package.source, &package.sourceVersion, &package.url})
            out.text(*text);
        pack(out, package.licences);
        pack(out, package.paths);
    }
}

void unpackPackageDetails(PackReader &in, Image &image)
{
    for (Package &package : image.packages) {
        for (std::string *text : {&package.source, &package.sourceVersion, &package.url})
            *text = in.text();
        unpack(in, package.licences);
        unpack(in, package.paths);
    }
}

void packUsers(PackWriter &out, const Image &image)
{
    out.number(image.hasPasswd ? 1 : 0);
    out.number(image.users.size());
    for (const User &user : image.users) {
        out.text(user.name);
        out.number(user.uid);
        out.number(user.gid);
    }
}

void unpackUsers(PackReader &in, Image &image)
{
    image.hasPasswd = in.number() != 0;
    image.users.resize(in.count());
    for (User &user : image.users) {
        user.name = in.text();
        user.uid = static_cast<std::uint32_t>(in.number());
        user.gid = static_cast<std::uint32_t>(in.number());
    }
}

void packArtifacts(PackWriter &out, const Image &image)
{
    out.number(image.mayCarryArtifacts ? 1 : 0);
    out.number(image.artifacts.size());
    for (const ImageArtifact &artifact : image.artifacts) {
        for (const std::string *text : {&artifact.digest, &artifact.kind, &artifact.type, &artifact.subject})
            out.text(*text);
        out.number(artifact.signatures.size());
        for (const SignatureClaim &claim : artifact.signatures) {
            for (const std::string *text : {&claim.form, &claim.signature, &claim.message, &claim.predicate})
                out.text(*text);
            pack(out, claim.digests);
            pack(out, claim.subjects);
            out.number(claim.certificate ? 1 : 0);
        }
    }
    out.number(image.annotations.size());
    for (const auto &[name, value] : image.annotations) {
        out.text(name);
        out.text(value);
    }
}

void unpackArtifacts(PackReader &in, Image &image)
{
    image.mayCarryArtifacts = in.number() != 0;
    image.artifacts.resize(in.count());
    for (ImageArtifact &artifact : image.artifacts) {
        for (std::string *text : {&artifact.digest, &artifact.kind, &artifact.type, &artifact.subject})
            *text = in.text();
        artifact.signatures.resize(in.count());
        for (SignatureClaim &claim : artifact.signatures) {
            for (std::string *text : {&claim.form, &claim.signature, &claim.message, &claim.predicate})
                *text = in.text();
            unpack(in, claim.digests);
            unpack(in, claim.subjects);
            claim.certificate = in.number() != 0;
        }
    }
    for (std::size_t left = in.count(); left > 0; --left) {
        std::string name(in.text());
        image.annotations[std::move(name)] = in.text();
    }
}

/// Whoever shows these looks the layers up.
bool layersAreThere(const Image &image)
{
    const std::size_t layers = std::max<std::size_t>(image.layers.size(), 1); // without any, they say 0
    const auto fits = [&](const auto &rows) {
        return std::ranges::all_of(rows, [&](const auto &row) { return row.layer < layers; });
    };
    return fits(image.shadowed) && fits(image.packages) && fits(image.risks);
}

} // namespace

std::string packImage(const Image &image)
{
    PackWriter out;
    out.number(imageFormat);
    pack(out, image.names);
    for (const std::string *text : {&image.platform, &image.form, &image.manifestDigest, &image.configDigest,
             &image.configJson, &image.os.id, &image.os.versionId, &image.os.prettyName, &image.os.supportEnds})
        pack(out, *text);
    out.signedNumber(image.source);
    pack(out, image.config);
    out.number(image.history.size());
    for (const HistoryEntry &entry : image.history) {
        for (const std::string *text : {&entry.created, &entry.createdBy, &entry.comment})
            out.text(*text);
        out.number(entry.emptyLayer ? 1 : 0);
    }
    out.number(image.strings.size() - 1); // without the empty string, which each table has
    for (std::uint32_t i = 1; i < image.strings.size(); ++i)
        out.text(image.strings.view(StringId{i}));
    out.number(image.layers.size());
    for (const Layer &layer : image.layers)
        pack(out, layer);
    packVerdicts(out, image);
    packFigures(out, image);
    packUsers(out, image);
    packPackageDetails(out, image);
    packArtifacts(out, image);
    out.number(image.configRead ? 1 : 0);
    return out.bytes();
}

ImagePtr unpackImage(std::string_view bytes)
{
    PackReader in(bytes);
    const std::uint64_t format = in.number();
    if (format == 0 || format > imageFormat)
        return nullptr;
    auto image = std::make_shared<Image>();
    unpack(in, image->names);
    for (std::string *text : {&image->platform, &image->form, &image->manifestDigest, &image->configDigest,
             &image->configJson, &image->os.id, &image->os.versionId, &image->os.prettyName, &image->os.supportEnds})
        unpack(in, *text);
    image->source = static_cast<int>(in.signedNumber());
    unpack(in, image->config);
    image->history.resize(in.count());
    for (HistoryEntry &entry : image->history) {
        for (std::string *text : {&entry.created, &entry.createdBy, &entry.comment})
            *text = in.text();
        entry.emptyLayer = in.number() != 0;
    }
    const std::size_t strings = in.count();
    for (std::size_t i = 1; i <= strings && in.ok(); ++i) {
        if (image->strings.intern(in.text()).value != i)
            return nullptr; // a string twice: ids would no longer fit
    }
    image->layers.resize(in.count());
    for (Layer &layer : image->layers) {
        if (!unpack(in, layer, image->strings.size(), format))
            return nullptr;
    }
    unpackVerdicts(in, *image);
    unpackFigures(in, *image);
    unpackUsers(in, *image);
    if (format >= 2)
        unpackPackageDetails(in, *image);
    if (format >= 4)
        unpackArtifacts(in, *image);
    image->configRead = format < 5 ? !image->configJson.empty() : in.number() != 0;
    return in.ok() && in.atEnd() && layersAreThere(*image) ? image : nullptr;
}

} // namespace tally
