// SPDX-License-Identifier: Apache-2.0
#include "ui/models/finding_filter.h"

#include "core/checks/attack.h"
#include "ui/models/short_titles.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace tally::ui {

bool FindingFilter::isEmpty() const
{
    return check.empty() && text.isEmpty() && std::ranges::all_of(chosen, [](const auto &set) { return set.empty(); });
}

std::vector<std::string> facetValues(
    Facet facet, const Finding &finding, const AuditState &audit, const CheckSet &checks)
{
    switch (facet) {
    case Facet::Severity:
        return {std::string(severityName(finding.severity))};
    case Facet::Requirement: {
        std::vector<std::string> requirements;
        if (const Check *check = checks.find(finding.check)) {
            for (const PartWeight &part : check->parts) {
                if (part.weight == Weight::Context)
                    continue;
                std::string requirement = part.part.substr(0, part.part.rfind('.'));
                if (std::ranges::find(requirements, requirement) == requirements.end())
                    requirements.push_back(std::move(requirement));
            }
        }
        return requirements;
    }
    case Facet::Namespace:
        if (finding.object && !finding.object->namespaceName.empty())
            return {finding.object->namespaceName};
        return {};
    case Facet::Image:
        return finding.image.empty() ? std::vector<std::string>() : std::vector{finding.image};
    case Facet::Technique:
        if (const Check *check = checks.find(finding.check))
            return check->attack;
        return {};
    case Facet::State:
        if (const FindingException *exception = audit.exceptionOf(finding))
            return audit.isUnconfirmed(*exception) ? std::vector<std::string>{exception->kind, "to-confirm"}
                                                   : std::vector{exception->kind};
        if (audit.exceptionToConfirm(finding))
            return {"open", "to-confirm"};
        if (audit.expiredExceptionOf(finding))
            return {"open", "expired"};
        return {"open"};
    case Facet::Owner:
        return {};
    case Facet::Cluster:
        if (const AuditCluster *cluster = finding.cluster.empty() ? nullptr : audit.cluster(finding.cluster))
            return {cluster->name};
        return {};
    }
    Q_UNREACHABLE();
}

namespace {

constexpr std::array<const char *, facetCount> facetNames
    = {"severity", "requirement", "namespace", "image", "technique", "state", "owner", "cluster"};

} // namespace

std::string toText(const FindingFilter &filter)
{
    QJsonObject json;
    for (std::size_t facet = 0; facet < facetCount; ++facet) {
        QJsonArray values;
        for (const std::string &value : filter.chosen[facet])
            values.append(toQString(value));
        if (!values.isEmpty())
            json[QLatin1String(facetNames[facet])] = values;
    }
    if (!filter.text.isEmpty())
        json[u"text"_qs] = filter.text;
    if (!filter.check.empty())
        json[u"check"_qs] = toQString(filter.check);
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

FindingFilter filterFromText(const std::string &text)
{
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
    FindingFilter filter;
    for (std::size_t facet = 0; facet < facetCount; ++facet) {
        for (const QJsonValue &value : json[QLatin1String(facetNames[facet])].toArray())
            filter.chosen[facet].insert(toUtf8String(value.toString()));
    }
    filter.text = json[u"text"_qs].toString();
    filter.check = toUtf8String(json[u"check"_qs].toString());
    return filter;
}

QString facetText(Facet facet, const std::string &value, const Catalogue &catalogue, const std::string &moduleId)
{
    switch (facet) {
    case Facet::Severity:
        for (const Severity severity :
            {Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
            if (severityName(severity) == value)
                return Words::severity(severity);
        }
        break;
    case Facet::Requirement:
        if (const Requirement *requirement = catalogue.requirement(value)) {
            const bool ours = value.starts_with(moduleId);
            //: number and short title of a requirement
            return Words::tr("%1 %2").arg(ours ? shortId(value) : toQString(value), shortTitle(*requirement));
        }
        break;
    case Facet::Technique:
        if (const std::string_view name = techniqueName(value); !name.empty())
            return toQString(value) % u' ' % toQString(std::string(name));
        break;
    case Facet::State:
        if (value == "open")
            return Words::tr("open");
        if (value == "expired")
            return Words::tr("exception expired");
        if (value == "to-confirm")
            return Words::tr("exception to be confirmed");
        if (value == "accepted")
            return Words::tr("accepted");
        if (value == "false-positive")
            return Words::tr("false positive");
        if (value == "deferred")
            return Words::tr("deferred");
        break;
    case Facet::Namespace:
    case Facet::Image:
    case Facet::Owner:
    case Facet::Cluster:
        break;
    }
    return foreignText(value);
}

namespace {

bool hasWords(const QStringList &words, const Finding &finding, const CheckSet &checks, Language language)
{
    if (words.isEmpty())
        return true;
    const Check *check = checks.find(finding.check);
    QString text = toQString(finding.check) % u' ' % findingPlace(finding) % u' ' % toQString(finding.container) % u' '
        % toQString(finding.field) % u' ' % toQString(finding.file) % u' ' % toQString(finding.image);
    if (check)
        text += u' ' % toQString(check->title.in(language));
    if (finding.object)
        text += u' ' % toQString(finding.object->kind);
    return std::ranges::all_of(
        words, [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

/// Bit per facet that lets the finding through.
unsigned passedFacets(const std::array<std::vector<std::string>, facetCount> &values, const FindingFilter &filter)
{
    unsigned passed = 0;
    for (std::size_t facet = 0; facet < facetCount; ++facet) {
        const auto &chosen = filter.chosen[facet];
        if (chosen.empty()
            || std::ranges::any_of(values[facet], [&chosen](const auto &value) { return chosen.contains(value); }))
            passed |= 1U << facet;
    }
    return passed;
}

int rankOf(Facet facet, const std::string &value)
{
    static constexpr std::array<std::string_view, 11> order = {"critical", "high", "medium", "low", "info", "open",
        "to-confirm", "expired", "accepted", "false-positive", "deferred"};
    if (facet != Facet::Severity && facet != Facet::State)
        return 0;
    return static_cast<int>(std::ranges::find(order, value) - order.begin());
}

} // namespace

FilteredFindings filterFindings(const AuditState &audit, const CheckSet &checks, Language language,
    const FindingFilter &filter, const FindingOwners &owners)
{
    FilteredFindings result;
    if (!audit.assessment)
        return result;
    const QStringList words = filter.text.split(u' ', Qt::SkipEmptyParts);
    std::array<std::map<std::string, int>, facetCount> counts;
    constexpr unsigned all = (1U << facetCount) - 1;
    const auto &findings = audit.assessment->findings;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        std::array<std::vector<std::string>, facetCount> values;
        for (std::size_t facet = 0; facet < facetCount; ++facet)
            values[facet] = facetValues(static_cast<Facet>(facet), findings[i], audit, checks);
        if (const std::string &owner = owners.of(i); !owner.empty())
            values[static_cast<std::size_t>(Facet::Owner)] = {owner};
        const bool fits = (filter.check.empty() || filter.check == findings[i].check)
            && hasWords(words, findings[i], checks, language);
        const unsigned passed = fits ? passedFacets(values, filter) : 0;
        if (passed == all)
            result.findings.push_back(i);
        for (std::size_t facet = 0; facet < facetCount; ++facet) {
            const bool counts1 = fits && (passed | 1U << facet) == all; // the other facets let it through
            for (const std::string &value : values[facet])
                counts[facet][value] += counts1 ? 1 : 0;
        }
    }
    for (std::size_t facet = 0; facet < facetCount; ++facet) {
        auto &out = result.facets[facet];
        for (const auto &[value, count] : counts[facet])
            out.push_back({value, count});
        std::ranges::stable_sort(out, [facet](const FacetValue &a, const FacetValue &b) {
            const auto which = static_cast<Facet>(facet);
            const int left = rankOf(which, a.value);
            const int right = rankOf(which, b.value);
            return left != right ? left < right : left == 0 && which != Facet::Severity && a.count > b.count;
        });
    }
    return result;
}

} // namespace tally::ui
