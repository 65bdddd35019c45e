// SPDX-License-Identifier: Apache-2.0
#include "core/audit/requests.h"

#include "core/audit/former_requests.h"

namespace tally {

namespace {

/// `what` in the other language, if it is what the catalogue asks for at this part or asked for once; else nothing.
std::string_view askedAt(const Part &part, std::string_view what, Language language)
{
    if (!part.ask.empty() && (part.ask.de == what || part.ask.en == what))
        return part.ask.in(language);
    for (const FormerRequest &former : formerRequests()) {
        if (former.part == part.id && (former.german == what || former.english == what))
            return language == Language::German ? former.german : former.english;
    }
    return {};
}

} // namespace

std::string requestText(const EvidenceRequest &request, const Catalogue &catalogue, Language language)
{
    for (const std::string &id : request.requirements) {
        if (const Part *part = catalogue.part(id)) {
            if (const std::string_view text = askedAt(*part, request.what, language); !text.empty())
                return std::string(text);
        }
        const Requirement *requirement = catalogue.requirement(id);
        for (const Part &part : requirement ? requirement->parts : std::vector<Part>()) {
            if (const std::string_view text = askedAt(part, request.what, language); !text.empty())
                return std::string(text);
        }
    }
    return request.what;
}

} // namespace tally
