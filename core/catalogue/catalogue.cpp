// SPDX-License-Identifier: Apache-2.0
#include "core/catalogue/catalogue.h"

#include "core/base/messages_catalogue.h"
#include "core/catalogue/resource_reader.h"
#include "core/io/digest.h"

#include <algorithm>
#include <map>
#include <set>

namespace tally {

namespace {

template<typename Value>
Value choose(ResourceReader &file, Node map, std::string_view key,
    std::initializer_list<std::pair<std::string_view, Value>> choices)
{
    const std::string word = file.text(map, key);
    for (const auto &[name, value] : choices) {
        if (word == name)
            return value;
    }
    if (!word.empty())
        file.wrong(map[key], catalogueDef("resource.bad-value"), {std::string(key), word});
    return choices.begin()->second;
}

Part readPart(ResourceReader &file, Node node)
{
    file.onlyKeys(node, {"id", "modal", "modal_en", "class", "text", "ask", "support", "fail_if"});
    Part part;
    part.id = file.text(node, "id");
    part.modal = file.text(node, "modal");
    part.modalEn = file.text(node, "modal_en");
    part.partClass = choose<PartClass>(
        file, node, "class", {{"D", PartClass::Document}, {"I", PartClass::Indication}, {"F", PartClass::Provable}});
    part.text = file.bilingual(node, "text");
    part.ask = file.bilingual(node, "ask", false);
    part.support = file.bilingual(node, "support", false);
    part.failIf = file.bilingual(node, "fail_if", false);
    return part;
}

Requirement readRequirement(ResourceReader &file, Node node)
{
    file.onlyKeys(node, {"id", "title", "level", "roles", "threats", "related", "parts"});
    Requirement requirement;
    requirement.id = file.text(node, "id");
    requirement.title = file.bilingual(node, "title");
    requirement.level
        = choose<Level>(file, node, "level", {{"B", Level::Basic}, {"S", Level::Standard}, {"H", Level::Elevated}});
    requirement.roles = file.list(node, "roles");
    requirement.threats = file.list(node, "threats");
    requirement.related = file.list(node, "related");
    for (const Node part : file.items(node, "parts")) {
        requirement.parts.push_back(readPart(file, part));
        if (!requirement.parts.back().id.starts_with(requirement.id + '.'))
            file.wrong(part, catalogueDef("resource.bad-value"), {"id", requirement.parts.back().id});
    }
    return requirement;
}

Module readModule(ResourceReader &file, std::set<std::string> &ids)
{
    file.onlyKeys(file.root(), {"schema", "edition", "module", "requirements"});
    const Node head = file.map(file.root(), "module");
    file.onlyKeys(head, {"id", "title", "role"});
    Module module;
    module.id = file.text(head, "id");
    module.title = file.bilingual(head, "title");
    if (!ids.insert(module.id).second)
        file.wrong(head, catalogueDef("resource.duplicate"), {module.id});
    for (const Node node : file.items(file.root(), "requirements")) {
        Requirement requirement = readRequirement(file, node);
        if (!requirement.id.starts_with(module.id + '.'))
            file.wrong(node, catalogueDef("resource.bad-value"), {"id", requirement.id});
        if (!ids.insert(requirement.id).second)
            file.wrong(node, catalogueDef("resource.duplicate"), {requirement.id});
        for (const Part &part : requirement.parts) {
            if (!ids.insert(part.id).second)
                file.wrong(node, catalogueDef("resource.duplicate"), {part.id});
        }
        module.requirements.push_back(std::move(requirement));
    }
    return module;
}

std::vector<Threat> readThreats(ResourceReader &file)
{
    file.onlyKeys(file.root(), {"schema", "edition", "threats"});
    std::vector<Threat> threats;
    for (const Node node : file.items(file.root(), "threats")) {
        file.onlyKeys(node, {"id", "title"});
        threats.push_back({file.text(node, "id"), file.bilingual(node, "title")});
    }
    return threats;
}

void readGuidance(ResourceReader &file, Catalogue &catalogue)
{
    file.onlyKeys(file.root(), {"schema", "edition", "guidance"});
    file.expect(file.root(), "schema", "tallymann-guidance/1");
    for (const Node node : file.items(file.root(), "guidance")) {
        file.onlyKeys(node, {"id", "concept", "attack", "remedy"});
        const std::string id = file.text(node, "id");
        Guidance guidance{
            file.bilingual(node, "concept"), file.bilingual(node, "attack"), file.bilingual(node, "remedy")};
        Requirement *known = nullptr;
        for (Module &module : catalogue.modules) {
            for (Requirement &requirement : module.requirements) {
                if (requirement.id == id)
                    known = &requirement;
            }
        }
        if (!known) {
            file.wrong(node, catalogueDef("resource.unknown-id"), {id});
            return;
        }
        if (!known->guidance.concept_.empty())
            file.wrong(node, catalogueDef("resource.duplicate"), {id});
        known->guidance = std::move(guidance);
    }
}

/// One file of resources/catalogue: a module or the threats, as its schema says.
Result<> readCatalogueFile(ResourceReader &file, Catalogue &catalogue, std::set<std::string> &ids)
{
    const std::string schema = file.text(file.root(), "schema");
    const std::string edition = file.text(file.root(), "edition");
    TALLY_TRY(file.status());
    if (catalogue.edition.empty())
        catalogue.edition = edition;
    if (catalogue.edition != edition)
        file.wrong(file.root()["edition"], catalogueDef("catalogue.editions"), {edition, catalogue.edition});
    if (schema == "tallymann-catalogue/1")
        catalogue.modules.push_back(readModule(file, ids));
    else if (schema == "tallymann-threats/1")
        catalogue.threats = readThreats(file);
    else
        file.wrong(file.root()["schema"], catalogueDef("resource.bad-value"), {"schema", schema});
    return file.status();
}

} // namespace

bool Part::isMust() const
{
    return modal == "MUSS" || modal == "MÜSSEN" || modal.starts_with("DARF");
}

std::string_view Requirement::shortId() const
{
    const std::string_view whole = id;
    return whole.substr(whole.rfind('.') + 1);
}

const Module *Catalogue::module(std::string_view id) const
{
    const auto it = std::ranges::find(modules, id, &Module::id);
    return it == modules.end() ? nullptr : &*it;
}

const Requirement *Catalogue::requirement(std::string_view id) const
{
    for (const Module &module : modules) {
        const auto it = std::ranges::find(module.requirements, id, &Requirement::id);
        if (it != module.requirements.end())
            return &*it;
    }
    return nullptr;
}

const Part *Catalogue::part(std::string_view id) const
{
    const Requirement *owner = requirementOfPart(id);
    return owner ? &*std::ranges::find(owner->parts, id, &Part::id) : nullptr;
}

const Requirement *Catalogue::requirementOfPart(std::string_view partId) const
{
    const Requirement *owner = requirement(partId.substr(0, std::min(partId.rfind('.'), partId.size())));
    if (!owner || std::ranges::find(owner->parts, partId, &Part::id) == owner->parts.end())
        return nullptr;
    return owner;
}

Result<CataloguePtr> loadCatalogue(const Resources &resources)
{
    auto catalogue = std::make_shared<Catalogue>();
    std::set<std::string> ids;
    for (const std::string &name : resources.names("catalogue/")) {
        TALLY_ASSIGN(ResourceReader file, ResourceReader::read(resources, name));
        TALLY_TRY(readCatalogueFile(file, *catalogue, ids));
    }
    if (catalogue->modules.empty())
        return fail(ErrorKind::NotFound, {catalogueDef("catalogue.empty"), {}});
    for (const std::string &name : resources.names("guidance/")) {
        TALLY_ASSIGN(ResourceReader file, ResourceReader::read(resources, name));
        readGuidance(file, *catalogue);
        TALLY_TRY(file.status());
    }
    // SYS.1.6 is what the program is for; APP.4.4 stands beside it.
    std::ranges::sort(catalogue->modules, std::ranges::greater{}, &Module::id);
    TALLY_ASSIGN(const std::string requirements, resources.digest("catalogue/"));
    TALLY_ASSIGN(const std::string guidance, resources.digest("guidance/"));
    catalogue->digest = "sha256:" + sha256Hex(requirements + '\n' + guidance + '\n');
    return CataloguePtr(std::move(catalogue));
}

} // namespace tally
