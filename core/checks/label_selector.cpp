// SPDX-License-Identifier: Apache-2.0
#include "core/checks/label_selector.h"

#include <algorithm>

namespace tally {

namespace {

bool holdsAll(Node wanted, Node labels)
{
    return std::all_of(wanted.begin(), wanted.end(), [&](const Node &label) {
        const Node own = labels[label.key()];
        return own && own.text() == label.text();
    });
}

bool isMet(Node expression, Node labels)
{
    const Node own = labels[expression["key"].text()];
    const std::string_view name = expression["operator"].text();
    const Node values = expression["values"];
    const bool listed = own
        && std::any_of(values.begin(), values.end(), [&](const Node &value) { return value.text() == own.text(); });
    if (name == "In")
        return listed;
    if (name == "NotIn")
        return !listed;
    if (name == "Exists")
        return own.exists();
    if (name == "DoesNotExist")
        return !own.exists();
    return true;
}

} // namespace

bool selectsByMap(Node selector, Node labels)
{
    return selector.size() > 0 && holdsAll(selector, labels);
}

bool selectsByLabelSelector(Node selector, Node labels)
{
    if (!selector)
        return false;
    const Node expressions = selector["matchExpressions"];
    return holdsAll(selector["matchLabels"], labels)
        && std::all_of(
            expressions.begin(), expressions.end(), [&](const Node &expression) { return isMet(expression, labels); });
}

} // namespace tally
