// SPDX-License-Identifier: Apache-2.0
#include "app/cli/adding.h"
#include "app/cli/commands.h"

#include "core/audit/attachment_export.h"
#include "core/base/messages_audit.h"
#include "core/base/text_format.h"

#include <cstdio>

namespace tally::cli {

namespace {

/// "SYS.1.6.A3", or "A3" of the only module that has it first.
std::string fullId(const Rules &rules, const std::string &id)
{
    for (const Module &module : rules.catalogue->modules) {
        for (const std::string &each : {id, module.id + "." + id}) {
            if (rules.catalogue->requirement(each) || rules.catalogue->requirementOfPart(each))
                return each;
        }
    }
    return {};
}

Result<NewAttachment> contentOf(const std::string &what)
{
    if (what.starts_with("http://") || what.starts_with("https://"))
        return NewAttachment::fromLink(what);
    return NewAttachment::fromFile(what);
}

int add(const Console &console, Audit &audit, const EvidenceOptions &call)
{
    const auto rules = loadRules({});
    if (console.failed(rules))
        return WrongCall;
    std::vector<std::string> ids;
    for (const std::string &wanted : call.ids) {
        ids.push_back(fullId(*rules, wanted));
        if (ids.back().empty()) {
            console.say({auditDef("audit.unknown-requirement"), {wanted}});
            return WrongCall;
        }
    }
    console.say({auditDef("attachment.not-masked")});
    int code = Done;
    for (const std::string &what : call.add) {
        auto made = contentOf(what);
        if (!made) {
            console.show(made.error());
            code = NothingUsable;
            continue;
        }
        Attachment &about = made->about;
        about.ids = ids;
        about.title = call.title;
        about.note = call.note;
        about.source = call.source;
        about.date = call.date.empty() ? about.date : call.date;
        about.expires = call.expires;
        const auto added = audit.addAttachment(*made, RunContext({}, console.progress()));
        if (!added) {
            console.show(added.error());
            code = NothingUsable;
            continue;
        }
        const Attachment *kept = findAttachment(audit.state()->attachments, added->key);
        console.say({added->wasThere ? auditDef("attachment.was-there") : auditDef("attachment.added"),
            {added->key, kept ? kept->displayName() : about.name}});
    }
    return code;
}

int writeTo(const Console &console, const Audit &audit, const std::string &folder)
{
    const auto exported = exportAttachments(audit, folder, RunContext({}, console.progress()));
    if (console.failed(exported))
        return WrongCall;
    for (const Message &problem : exported->problems)
        console.say(problem);
    console.say({auditDef("attachment.exported"), {folder}, static_cast<int>(exported->files.size())});
    return exported->problems.empty() ? Done : Reached;
}

void list(const Console &console, const AuditState &state)
{
    for (const Attachment &each : state.attachments) {
        std::string ids;
        for (const std::string &id : each.ids)
            ids += (ids.empty() ? "" : " ") + id;
        std::printf("%-6s %-8s %10s  %s  %s  [%s]\n", each.key.c_str(),
            std::string(attachmentKindName(each.kind)).c_str(), formatBytes(each.bytes, console.language()).c_str(),
            each.sha256.c_str(), printable(each.displayName()).c_str(), printable(ids).c_str());
    }
}

} // namespace

int evidenceCommand(const Console &console, const EvidenceOptions &call)
{
    auto audit = Audit::open(call.file);
    if (console.failed(audit))
        return NothingUsable;
    int code = Done;
    audit->setActor(call.by);
    if (!call.add.empty() && call.by.empty())
        sayNobodyNamed(console);
    if (!call.add.empty())
        code = add(console, *audit, call);
    if (!call.to.empty() && code != WrongCall)
        code = std::max(code, writeTo(console, *audit, call.to));
    if (call.add.empty() && call.to.empty())
        list(console, *audit->state());
    return code;
}

} // namespace tally::cli
