// SPDX-License-Identifier: Apache-2.0
#include "core/checks/check_context.h"

#include "core/checks/fingerprint.h"

#include <algorithm>
#include <charconv>

namespace tally {

Draft CheckContext::onContainer(
    const CheckedWorkload &workload, const Container &container, std::string_view field) const
{
    Draft draft = draftOn(workload.view.object, {});
    draft.container = container.name;
    draft.image = container.image;
    draft.with(draft.container);
    draft.field.reserve(container.field.size() + 1 + field.size());
    draft.field = container.field;
    if (!field.empty())
        draft.field.append(".").append(field);
    draft.node = nearestAt(container.node, field);
    return draft;
}

Draft CheckContext::onPod(const CheckedWorkload &workload, std::string_view field) const
{
    constexpr std::string_view last = "spec";
    const bool metadata = field.starts_with("metadata.");
    std::string path = workload.view.specField;
    if (metadata)
        path.resize(path.size() - last.size());
    else
        path += '.';
    Draft draft = draftOn(workload.view.object, path.append(field));
    draft.node = metadata ? nearestAt(workload.view.podMetadata, field.substr(field.find('.') + 1))
                          : nearestAt(workload.view.podSpec, field);
    if (!draft.node)
        draft.node = object(workload.view.object).root;
    return draft;
}

Draft CheckContext::onObject(std::size_t index, std::string_view field) const
{
    Draft draft = draftOn(index, field);
    draft.node = nearestAt(object(index).root, field);
    return draft;
}

Draft CheckContext::draftOn(std::size_t index, std::string_view field) const
{
    Draft draft;
    draft.object = static_cast<int>(index);
    draft.workload = m_prepared.workloadOfObject(index);
    draft.args.reserve(3); // what most messages have
    draft.args.push_back(objectLabel(object(index)));
    draft.field = field;
    return draft;
}

Draft CheckContext::onImage(std::size_t index) const
{
    Draft draft;
    draft.imageIndex = static_cast<int>(index);
    draft.image = images()[index]->displayName();
    draft.args = {draft.image};
    return draft;
}

Node nearestAt(Node root, std::string_view fieldPath)
{
    Node at = root;
    while (!fieldPath.empty()) {
        Node next;
        if (fieldPath.front() == '[') {
            std::size_t index = 0;
            std::from_chars(fieldPath.data() + 1, fieldPath.data() + fieldPath.size(), index);
            next = at.item(index);
            fieldPath.remove_prefix(std::min(fieldPath.find(']'), fieldPath.size() - 1) + 1);
        } else {
            if (fieldPath.front() == '.')
                fieldPath.remove_prefix(1);
            std::string_view key = firstStep(fieldPath);
            next = at[key];
            if (!next && key.size() < fieldPath.size()) {
                next = at[fieldPath];
                key = next ? fieldPath : key; // an annotation: its key holds dots
            }
            fieldPath.remove_prefix(std::max<std::size_t>(key.size(), fieldPath.empty() ? 0 : 1));
        }
        if (!next)
            return at;
        at = next;
    }
    return at;
}

std::string joined(const std::vector<std::string> &values)
{
    std::string text;
    for (const std::string &value : values)
        text.append(text.empty() ? "" : ", ").append(value);
    return text;
}

std::string joinedSome(const std::vector<std::string> &values)
{
    constexpr std::size_t most = 10;
    if (values.size() <= most)
        return joined(values);
    const std::vector<std::string> first(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(most));
    return joined(first) + ", … (+" + std::to_string(values.size() - most) + ')';
}

std::string indexed(std::string_view list, std::size_t index)
{
    return std::string(list) + '[' + std::to_string(index) + ']';
}

bool contains(const std::vector<std::string> &values, std::string_view value)
{
    return std::ranges::find(values, value) != values.end();
}

} // namespace tally
