// SPDX-License-Identifier: Apache-2.0
#include "core/audit/earlier_edition.h"

#include "core/audit/predecessor.h"

namespace tally {

std::string editionKey(std::string_view edition, std::string_view id)
{
    return std::string(edition) + ':' + std::string(id);
}

namespace {

/// Of a requirement or part; editionKey() where this edition has none like it.
std::string idHere(const std::string &id, const Crosswalk &crosswalk, const Catalogue &catalogue)
{
    const std::string to = crosswalk.entryOf(id).to;
    return catalogue.requirement(to) || catalogue.part(to) ? to : editionKey(crosswalk.from, id);
}

} // namespace

std::map<std::string, Decision> throughCrosswalk(
    const std::map<std::string, Decision> &decisions, const Crosswalk &crosswalk, const Catalogue &catalogue)
{
    std::map<std::string, Decision> here;
    for (const auto &[id, decision] : decisions)
        here[idHere(id, crosswalk, catalogue)] = decision;
    return here;
}

AuditState inThisEdition(const AuditState &old, const Crosswalk &crosswalk, const Catalogue &catalogue)
{
    AuditState here = old;
    here.decisions = throughCrosswalk(predecessorOf(old, {}).decisions, crosswalk, catalogue);
    if (here.predecessor) // its exceptions and kinds still wait
        here.predecessor->decisions.clear();
    for (auto &[key, measure] : here.records.measures) {
        for (std::string &id : measure.requirements)
            id = idHere(id, crosswalk, catalogue);
    }
    here.info.title += (here.info.title.empty() ? "Edition " : ", Edition ") + crosswalk.from;
    return here;
}

Result<AuditStatePtr> readForNext(
    const std::filesystem::path &file, const Resources &resources, const Catalogue &catalogue, const RunContext &run)
{
    TALLY_ASSIGN(AuditStatePtr old, Audit::read(file, run));
    if (!old->run || old->run->edition.empty() || old->run->edition == catalogue.edition)
        return old;
    TALLY_ASSIGN(const Crosswalk crosswalk, loadCrosswalk(resources, catalogue, old->run->edition));
    return std::make_shared<const AuditState>(inThisEdition(*old, crosswalk, catalogue));
}

const Decision *notTakenOver(const AuditState &state, std::string_view edition, const std::string &id)
{
    if (!state.predecessor || state.toConfirm(id))
        return nullptr;
    const auto decided = state.decisions.find(id);
    if (decided != state.decisions.end() && decided->second.status != Status::Unbearbeitet)
        return nullptr;
    const auto earlier = state.predecessor->decisions.find(editionKey(edition, id));
    return earlier == state.predecessor->decisions.end() ? nullptr : &earlier->second;
}

} // namespace tally
