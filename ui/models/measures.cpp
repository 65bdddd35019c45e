// SPDX-License-Identifier: Apache-2.0
#include "ui/models/measures.h"

#include "core/base/ascii.h"
#include "core/base/text_format.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace tally::ui {

namespace {

constexpr int hoursADay = 8;

QString withoutGroups(QString text)
{
    text.remove(u'€');
    text.remove(QChar::Nbsp);
    text.remove(QChar(0x202F)); // the narrow one
    text.remove(u' ');
    return text;
}

} // namespace

QString MeasureWords::state(Measure::State state)
{
    switch (state) {
    case Measure::State::Planned:
        return tr("planned");
    case Measure::State::InProgress:
        return tr("in progress");
    case Measure::State::Done:
        return tr("done");
    case Measure::State::Verified:
        return tr("verified");
    }
    Q_UNREACHABLE();
}

QString MeasureWords::priority(Measure::Priority priority)
{
    switch (priority) {
    case Measure::Priority::High:
        return tr("high");
    case Measure::Priority::Medium:
        return tr("medium");
    case Measure::Priority::Low:
        return tr("low");
    }
    Q_UNREACHABLE();
}

QString MeasureWords::costs(const Measure &measure)
{
    QStringList costs;
    if (measure.costOnce)
        //: an amount of money
        costs.append(tr("%1 € once").arg(amountText(measure.costOnce)));
    if (measure.costYearly)
        //: an amount of money
        costs.append(tr("%1 € a year").arg(amountText(measure.costYearly)));
    return costs.join(u", "_qs);
}

QString amountText(std::optional<std::int64_t> amount)
{
    return amount ? QLocale().toString(static_cast<qlonglong>(*amount)) : QString();
}

std::optional<std::optional<std::int64_t>> amountFromText(const QString &text)
{
    const QString plain = withoutGroups(text);
    if (plain.isEmpty())
        return std::optional<std::int64_t>();
    bool good = false;
    qlonglong amount = QLocale().toLongLong(plain, &good);
    if (!good)
        amount = plain.toLongLong(&good);
    if (!good || amount < 0)
        return std::nullopt;
    return std::optional<std::int64_t>(amount);
}

QString daysText(std::optional<std::int64_t> hours)
{
    if (!hours)
        return {};
    QLocale locale;
    const double days = static_cast<double>(*hours) / hoursADay;
    return locale.toString(days, 'f', *hours % hoursADay == 0 ? 0 : 1);
}

std::optional<std::optional<std::int64_t>> daysFromText(const QString &text)
{
    const QString plain = withoutGroups(text);
    if (plain.isEmpty())
        return std::optional<std::int64_t>();
    constexpr double most = 1e6; // days
    bool good = false;
    double days = QLocale().toDouble(plain, &good);
    if (!good)
        days = plain.toDouble(&good);
    if (!good || days < 0 || days > most)
        return std::nullopt;
    return std::optional<std::int64_t>(std::llround(days * hoursADay));
}

std::string todayIso()
{
    return rfc3339(outputTime()).substr(0, 10);
}

std::vector<Measure> namedInDecisions(const AuditState &state)
{
    std::vector<Measure> named;
    for (const auto &[id, decision] : state.decisions) {
        if (decision.status == Status::Ja || trimmed(decision.measure).empty())
            continue;
        const bool planned = std::ranges::any_of(state.records.measures, [&id = id](const auto &each) {
            return std::ranges::find(each.second.requirements, id) != each.second.requirements.end();
        });
        if (planned)
            continue;
        Measure measure;
        measure.title = decision.measure;
        measure.requirements = {id};
        measure.owner = decision.responsible;
        measure.due = isDay(decision.until) ? decision.until : std::string();
        named.push_back(std::move(measure));
    }
    return named;
}

Measure measureAgainst(const Check &check, bool german)
{
    Measure measure;
    measure.title = check.title.in(german ? Language::German : Language::English);
    measure.checks = {check.id};
    for (const PartWeight &part : check.parts) {
        if (part.weight != Weight::Context)
            measure.requirements.push_back(part.part);
    }
    measure.priority = check.severity >= Severity::High ? Measure::Priority::High
        : check.severity == Severity::Medium            ? Measure::Priority::Medium
                                                        : Measure::Priority::Low;
    return measure;
}

const Measure *measureAbout(const AuditState &state, const std::string &id)
{
    const auto found = std::ranges::find_if(state.records.measures, [&id](const auto &each) {
        const Measure &measure = each.second;
        return std::ranges::find(measure.checks, id) != measure.checks.end()
            || std::ranges::find(measure.requirements, id) != measure.requirements.end();
    });
    return found == state.records.measures.end() ? nullptr : &found->second;
}

} // namespace tally::ui
