// SPDX-License-Identifier: Apache-2.0
#include "core/audit/earlier_edition.h"

#include "core/audit/predecessor.h"

namespace tally {

std::string editionKey(std::string_view edition, std::string_view id)
{
    return std::string(edition) + ':' + std::string(id);
}

std::map<std::string, Decision> throughCrosswalk(
    const std::map<std::string, Decision> &decisions, const Crosswalk &crosswalk, const Catalogue &catalogue)
{
    std::map<std::string, Decision> here;
    for (const auto &[id, decision] : decisions) {
        const std::string to = crosswalk.entryOf(id).to;
        const bool known = catalogue.requirement(to) || catalogue.part(to);
        here[known ? to : editionKey(crosswalk.from, id)] = decision;
    }
    return here;
}

AuditState inThisEdition(const AuditState &old, const Crosswalk &crosswalk, const Catalogue &catalogue)
{
    AuditState here = old;
    here.decisions = throughCrosswalk(predecessorOf(old).decisions, crosswalk, catalogue);
    here.predecessor.reset();
    here.info.title += (here.info.title.empty() ? "Edition " : ", Edition ") + crosswalk.from;
    return here;
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
