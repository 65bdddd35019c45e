// SPDX-License-Identifier: Apache-2.0
#include "core/catalogue/crosswalk.h"

#include "core/base/messages_catalogue.h"
#include "core/base/messages_scope.h"
#include "core/catalogue/resource_reader.h"

#include <algorithm>
#include <set>

namespace tally {

Crosswalk::Entry Crosswalk::entryOf(std::string_view id) const
{
    const auto found = std::ranges::find(changes, id, &Entry::from);
    if (found != changes.end())
        return *found;
    const bool ours = std::ranges::any_of(
        modules, [id](const std::string &module) { return id.size() > module.size() && id.starts_with(module + '.'); });
    return {std::string(id), ours ? std::string(id) : std::string()};
}

namespace {

/// Ids of the catalogue must be known, and nothing may be named twice; what is wrong is in file.status().
Crosswalk readCrosswalk(ResourceReader &file, const Catalogue &catalogue)
{
    file.onlyKeys(file.root(), {"schema", "from", "to", "modules", "changes"});
    file.expect(file.root(), "schema", "tallymann-crosswalk/1");
    file.expect(file.root(), "to", catalogue.edition);
    Crosswalk made;
    made.from = file.text(file.root(), "from");
    made.to = catalogue.edition;
    made.modules = file.list(file.root(), "modules");
    for (const std::string &module : made.modules) {
        if (!catalogue.module(module))
            file.wrong(file.root()["modules"], catalogueDef("resource.unknown-id"), {module});
    }
    std::set<std::string> from;
    std::set<std::string> to;
    for (const Node node : file.items(file.root(), "changes")) {
        file.onlyKeys(node, {"from", "to", "note"});
        Crosswalk::Entry entry;
        entry.from = file.text(node, "from");
        const bool taken = node["to"].exists();
        if (taken)
            entry.to = file.text(node, "to");
        entry.note = file.bilingual(node, "note", !taken);
        if (!from.insert(entry.from).second)
            file.wrong(node, catalogueDef("resource.duplicate"), {entry.from});
        if (taken && !to.insert(entry.to).second)
            file.wrong(node, catalogueDef("resource.duplicate"), {entry.to});
        if (taken && !catalogue.requirement(entry.to) && !catalogue.part(entry.to))
            file.wrong(node, catalogueDef("resource.unknown-id"), {entry.to});
        made.changes.push_back(std::move(entry));
    }
    return made;
}

} // namespace

Result<Crosswalk> loadCrosswalk(const Resources &resources, const Catalogue &catalogue, const std::string &edition)
{
    for (const std::string &name : resources.names("crosswalk/")) {
        TALLY_ASSIGN(ResourceReader file, ResourceReader::read(resources, name));
        Crosswalk crosswalk = readCrosswalk(file, catalogue);
        TALLY_TRY(file.status());
        if (crosswalk.from == edition)
            return crosswalk;
    }
    return fail(ErrorKind::NotFound, {scopeDef("crosswalk.none"), {edition, catalogue.edition}});
}

} // namespace tally
