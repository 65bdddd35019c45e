// SPDX-License-Identifier: Apache-2.0
#include "core/image/os_support.h"

#include "core/base/messages_catalogue.h"
#include "core/document/readers.h"

#include <algorithm>

namespace tally {

namespace {

constexpr const char *systemsFile = "support/operating-systems.yaml";
constexpr const char *platformsFile = "support/kubernetes.yaml";

bool isDay(std::string_view text)
{
    return text.size() == 10 && text[4] == '-' && text[7] == '-'
        && std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) == 8;
}

Error wrong(Node node, const char *fileName)
{
    return Error{ErrorKind::Malformed,
        {catalogueDef("resource.unreadable"), {fileName, std::to_string(node ? node.line() : 1)}}, {}};
}

Result<SupportTable::System> readSystem(Node node, const char *fileName)
{
    SupportTable::System system;
    system.id = node["id"].text();
    system.env = node["env"].text();
    for (const Node program : node["programs"])
        system.programs.emplace_back(program.text());
    system.support = {std::string(node["ended"].text()), node["rolling"].isTrue(), std::string(node["source"].text()),
        std::string(node["as_of"].text())};
    const bool dated = node["ended"] ? isDay(system.support.ends) : true;
    if (system.id.empty() || system.support.source.empty() || !isDay(system.support.asOf) || !dated)
        return tl::unexpected(wrong(node, fileName));
    for (const Node release : node["releases"]) {
        if (!isDay(release.text()))
            return tl::unexpected(wrong(release, fileName));
        system.releases.emplace_back(release.key(), release.text());
    }
    return system;
}

/// Takes the lists out of one file of the table.
Result<> readFile(const Resources &resources, const char *fileName,
    std::initializer_list<std::pair<const char *, std::vector<SupportTable::System> *>> lists)
{
    TALLY_ASSIGN(std::string yaml, resources.read(fileName));
    ReadOptions options;
    options.fileName = fileName;
    options.maskSecrets = false;
    TALLY_ASSIGN(const ParsedText parsed, readYaml(std::move(yaml), options));
    if (parsed.documents.size() != 1 || !parsed.diagnostics.empty())
        return tl::unexpected(wrong({}, fileName));
    const Node root = rootOf(*parsed.documents.front());
    if (root["schema"].text() != "tallymann-support/1")
        return tl::unexpected(wrong(root["schema"], fileName));
    for (const auto &[key, list] : lists) {
        for (const Node node : root[key]) {
            TALLY_ASSIGN(SupportTable::System system, readSystem(node, fileName));
            list->push_back(std::move(system));
        }
    }
    if (lists.begin()->second->empty())
        return tl::unexpected(wrong(root, fileName));
    return {};
}

} // namespace

Result<SupportTablePtr> SupportTable::read(const Resources &resources)
{
    auto table = std::make_shared<SupportTable>();
    TALLY_TRY(readFile(resources, systemsFile, {{"systems", &table->m_systems}, {"runtimes", &table->m_runtimes}}));
    const std::vector<std::string> names = resources.names("support/");
    if (std::ranges::find(names, platformsFile) != names.end())
        TALLY_TRY(readFile(resources, platformsFile, {{"platforms", &table->m_platforms}}));
    return SupportTablePtr(std::move(table));
}

SystemSupport SupportTable::platform(std::string_view id, std::string_view version) const
{
    const auto platform = std::ranges::find(m_platforms, id, &System::id);
    return platform == m_platforms.end() ? SystemSupport{} : platform->of(version);
}

SystemSupport SupportTable::find(std::string_view osId, std::string_view versionId) const
{
    const auto system = std::ranges::find(m_systems, osId, &System::id);
    if (system == m_systems.end())
        return {};
    return system->of(versionId);
}

SystemSupport SupportTable::System::of(std::string_view version) const
{
    SystemSupport found = support;
    for (const auto &[release, ends] : releases) {
        if (version.starts_with(release) && (version.size() == release.size() || version[release.size()] == '.'))
            found.ends = ends;
    }
    return found;
}

const SupportTable &builtInSupportTable()
{
    static const Result<SupportTablePtr> table = SupportTable::read(Resources());
    static const SupportTable none;
    return table ? **table : none; // a test reads it
}

} // namespace tally
