// SPDX-License-Identifier: Apache-2.0
#include "core/audit/requests.h"

namespace tally {

std::string requestText(const EvidenceRequest &request, const Catalogue &catalogue, Language language)
{
    const auto isOwn = [&request](const Part &part) {
        return !part.ask.empty()
            && (part.ask.in(Language::German) == request.what || part.ask.in(Language::English) == request.what);
    };
    for (const std::string &id : request.requirements) {
        if (const Part *part = catalogue.part(id); part && isOwn(*part))
            return part->ask.in(language);
        const Requirement *requirement = catalogue.requirement(id);
        for (const Part &part : requirement ? requirement->parts : std::vector<Part>()) {
            if (isOwn(part))
                return part.ask.in(language);
        }
    }
    return request.what;
}

} // namespace tally
