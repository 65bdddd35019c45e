// SPDX-License-Identifier: Apache-2.0
#include "ui/models/target_words.h"

#include "core/catalogue/protection.h"
#include "ui/models/words.h"

#include <algorithm>

namespace tally::ui {

namespace {

constexpr qsizetype mostNamed = 4; ///< in a sentence; the rest is counted

using Need = TargetObject::Need;

} // namespace

QString TargetWords::kind(TargetObject::Kind kind)
{
    switch (kind) {
    case TargetObject::Kind::Cluster:
        return tr("Cluster");
    case TargetObject::Kind::Host:
        return tr("Host");
    case TargetObject::Kind::Image:
        return tr("Image");
    case TargetObject::Kind::Application:
        return tr("Application");
    case TargetObject::Kind::Namespace:
        return tr("Namespace");
    }
    Q_UNREACHABLE();
}

QString TargetWords::need(Need need)
{
    switch (need) {
    case Need::NotStated:
        return tr("not stated");
    case Need::Normal:
        //: a protection need
        return tr("normal");
    case Need::High:
        //: a protection need
        return tr("high");
    case Need::VeryHigh:
        //: a protection need
        return tr("very high");
    }
    Q_UNREACHABLE();
}

QString TargetWords::named(const TargetObject &target)
{
    //: %1 kind of a target object, %2 its name, %3 its protection need: "Namespace payments (high)"
    return tr("%1 %2 (%3)").arg(kind(target.kind), foreignText(target.name), need(highestNeed(target)));
}

QString TargetWords::appliesNowhere()
{
    //: of a requirement for elevated protection needs, where nothing has such needs; short
    return tr("inapplicable");
}

QString TargetWords::where(const ProtectionScope &scope, const Requirement &requirement)
{
    switch (protectionOf(requirement)) {
    case Protection::None:
        return {};
    case Protection::Compared:
        return QString(compared(scope) % u' ' % neighbours(scope, Need::High)).trimmed();
    case Protection::Elevated:
        return elevated(scope, requirement);
    case Protection::VeryHigh:
        return QString(elevated(scope, requirement) % u' ' % neighbours(scope, Need::VeryHigh)).trimmed();
    }
    Q_UNREACHABLE();
}

namespace {

/// The first few, and how many more there are.
template<typename More>
QString listed(QStringList names, const More &more)
{
    const qsizetype all = names.size();
    if (all <= mostNamed)
        return names.join(u", ");
    names.resize(mostNamed);
    return QString(names.join(u", ") % u' ' % more(static_cast<int>(all - mostNamed)));
}

} // namespace

QString TargetWords::elevated(const ProtectionScope &scope, const Requirement &requirement)
{
    const bool veryHigh = protectionOf(requirement) == Protection::VeryHigh;
    const auto more = [](int count) { return tr("and %n more", nullptr, count); };
    switch (scope.answer(requirement)) {
    case ProtectionScope::Answer::Always:
        return {};
    case ProtectionScope::Answer::Somewhere: {
        QStringList names;
        for (const TargetObject *target : scope.where(requirement))
            names.append(named(*target));
        //: %1 target objects with their protection needs
        return tr("Applies to: %1.").arg(listed(names, more));
    }
    case ProtectionScope::Answer::Unknown: {
        const QString rule = veryHigh ? tr("Applies only where protection needs are very high.")
                                      : tr("Applies only where protection needs are high or very high.");
        if (!scope.anyStated())
            return QString(rule % u' ' % tr("They are not recorded yet, so it counts as open."));
        QStringList names;
        for (const std::string &name : scope.openPlaces())
            names.append(foreignText(name));
        return QString(rule % u' '
            % tr("Nothing has them so far, but they are not stated for %1. So it counts as open.")
                  .arg(listed(names, more)));
    }
    case ProtectionScope::Answer::Nowhere:
        return veryHigh ? tr("Applies nowhere: nothing has very high protection needs. It does not count as open.")
                        : tr("Applies nowhere: nothing has high or very high protection needs. It does not count as "
                             "open.");
    }
    Q_UNREACHABLE();
}

QString TargetWords::compared(const ProtectionScope &scope)
{
    if (!scope.anyStated())
        return tr("Measured by the protection needs, which are not recorded yet.");
    QStringList names;
    for (const TargetObject *target : scope.elevated())
        names.append(named(*target));
    if (names.isEmpty())
        return tr("Measured by the protection needs: nothing has high or very high ones so far.");
    //: %1 target objects with their protection needs
    return tr("Measured by the protection needs: %1.").arg(listed(names, [](int count) {
        return tr("and %n more", nullptr, count);
    }));
}

QString TargetWords::neighbours(const ProtectionScope &scope, Need least)
{
    const std::vector<ProtectionScope::Neighbours> all = scope.neighbours();
    QStringList pairs;
    for (const ProtectionScope::Neighbours &each : all) {
        if (each.higherNeed >= least)
            //: two namespaces and their protection needs, %5 nodes
            pairs.append(tr("%1 (%2) beside %3 (%4) on %5")
                             .arg(foreignText(each.higher), need(each.higherNeed), foreignText(each.lower),
                                 need(each.lowerNeed), tr("%n node(s)", nullptr, static_cast<int>(each.nodes.size()))));
    }
    if (pairs.isEmpty())
        return {};
    //: %1 pairs of namespaces
    return tr("Pods of unequal needs share nodes: %1.").arg(listed(pairs, [](int count) {
        return tr("and %n more", nullptr, count);
    }));
}

} // namespace tally::ui
