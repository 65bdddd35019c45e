// SPDX-License-Identifier: Apache-2.0
#include "ui/models/not_checked.h"

#include "core/report/missing_inputs.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <QStringList>

#include <algorithm>

namespace tally::ui {

std::vector<NotChecked> notChecked(const AuditState &audit, const Module &module)
{
    std::vector<NotChecked> items;
    if (!audit.assessment)
        return items;
    for (const Requirement &requirement : module.requirements) {
        const auto &results = audit.assessment->requirements;
        const auto result = std::ranges::find(results, requirement.id, &RequirementResult::id);
        if (result == results.end())
            continue;
        for (const PartResult &part : result->parts) {
            for (const std::string &need : part.basis.missing) {
                auto item = std::ranges::find(items, need, &NotChecked::need);
                if (item == items.end())
                    item = items.insert(items.end(), {.need = need, .requirements = {}});
                if (item->requirements.empty() || item->requirements.back() != requirement.id)
                    item->requirements.push_back(requirement.id);
            }
        }
    }
    std::ranges::stable_sort(items, std::greater<>(), [](const NotChecked &item) { return item.requirements.size(); });
    for (NotChecked &item : items) {
        item.command = toQString(commandFor(audit, item.need));
        item.someImages = !audit.images.empty();
    }
    return items;
}

QString NotCheckedWords::sentence(const NotChecked &item)
{
    QStringList ids;
    for (const std::string &id : item.requirements)
        ids.append(shortId(id));
    if (ids.size() > 5)
        ids = ids.mid(0, 4) << u"…"_qs;
    //: something that was not handed over, and the requirements that it concerns
    return tr("%1: not seen (%2)").arg(Words::need(item.need, item.someImages), ids.join(u", "_qs));
}

} // namespace tally::ui
