// SPDX-License-Identifier: Apache-2.0
#include "core/base/text_format.h"
#include "core/checks/functions/entrances.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/label_index.h"
#include "core/checks/functions/policy_view.h"
#include "core/checks/image_reference.h"

#include <algorithm>
#include <map>
#include <set>

namespace tally::checks {

namespace {

/// Does the repository end with these whole components: "grafana" fits "docker.io/grafana/grafana", not
/// "docker.io/grafana/loki".
bool endsWithPath(std::string_view repository, std::string_view path)
{
    return repository.ends_with(path)
        && (repository.size() == path.size() || repository[repository.size() - path.size() - 1] == '/');
}

/// The first argument of a container that begins with one of the words.
std::string argumentOf(const Container &container, const std::vector<std::string> &words)
{
    for (const std::string_view list : {"command", "args"}) {
        for (const Node argument : container.node[list]) {
            const bool is = std::ranges::any_of(
                words, [&](const std::string &word) { return argument.text().starts_with(word); });
            if (is && !argument.text().ends_with("=false"))
                return std::string(argument.text());
        }
    }
    return {};
}

/// The words of the input, what they stand for and since when it has no maintenance.
class KnownProduct
{
public:
    explicit KnownProduct(CheckContext &context)
        : m_context(context)
        , m_images(context.check().parameterList("images"))
        , m_arguments(context.check().parameterList("arguments"))
    {
        const std::string_view ended = context.check().parameter("ended");
        m_announced = !ended.empty() && rfc3339(context.prepared().now()).substr(0, ended.size()) < ended;
    }

    bool lookAtWorkloads()
    {
        if (std::ranges::none_of(
                runningRepositories(m_context), [&](const std::string &repository) { return isOne(repository); }))
            return false; // without a look at every container
        bool found = false;
        for (const CheckedWorkload &workload : m_context.workloads()) {
            for (const Container &container : workload.view.containers) {
                if (!isOne(parseImageReference(container.image).repository))
                    continue;
                found = true;
                const std::string argument = m_arguments.empty() ? "" : argumentOf(container, m_arguments);
                Draft draft = m_context.onContainer(workload, container, argument.empty() ? "image" : "args");
                draft.with(std::string(container.image)).with(argument);
                if (!argument.empty())
                    draft.as("argument");
                else if (m_announced)
                    draft.as("announced");
                m_context.add(std::move(draft));
            }
        }
        return found;
    }

    void lookAtClasses()
    {
        const std::string_view controller = m_context.check().parameter("ingress_class");
        if (controller.empty())
            return;
        for (const std::size_t index : m_context.prepared().ofKind("IngressClass")) {
            if (m_context.object(index).root.at({"spec", "controller"}).text() == controller)
                m_context.add(m_context.onObject(index, "spec.controller")
                                  .with("")
                                  .with(std::string(controller))
                                  .as(m_announced ? "announced-class" : "class"));
        }
    }

    void lookAtServices()
    {
        const std::string_view port = m_context.check().parameter("service_port");
        if (port.empty())
            return;
        for (const std::size_t index : m_context.prepared().ofKind("Service")) {
            std::size_t position = 0;
            for (const Node entry : m_context.object(index).root.at({"spec", "ports"})) {
                const std::string field = "spec.ports[" + std::to_string(position++) + ']';
                if (entry["port"].text() == port || entry["targetPort"].text() == port)
                    m_context.add(m_context.onObject(index, field).with("").with(std::string(port)).as("service"));
            }
        }
    }

private:
    [[nodiscard]] bool isOne(std::string_view repository) const
    {
        return std::ranges::any_of(m_images, [&](const std::string &path) { return endsWithPath(repository, path); });
    }

    CheckContext &m_context;
    const std::vector<std::string> &m_images;
    const std::vector<std::string> &m_arguments;
    bool m_announced = false;
};

} // namespace

void knownProduct(CheckContext &context)
{
    KnownProduct product(context);
    if (product.lookAtWorkloads())
        return; // the class and the Service belong to it
    product.lookAtClasses();
    product.lookAtServices();
}

namespace {

/// An entry "path/of/image=Name of the product", or "service-name=Name of the product".
struct Named
{
    std::string_view key;
    std::string_view name;
};

std::vector<Named> namedList(const CheckContext &context, std::string_view parameter)
{
    std::vector<Named> list;
    for (const std::string &entry : context.check().parameterList(parameter)) {
        const std::string_view text = entry;
        const std::size_t equals = std::min(text.find('='), text.size());
        list.push_back({text.substr(0, equals), text.substr(std::min(equals + 1, text.size()))});
    }
    return list;
}

/// Workloads that run the interface of something with which others are managed, by index.
std::map<std::size_t, std::string_view> interfacesIn(const CheckContext &context)
{
    const std::vector<Named> products = namedList(context, "images");
    std::map<std::size_t, std::string_view> found;
    std::map<std::string_view, std::string_view> known; // images repeat: each is looked up once
    for (const CheckedWorkload &workload : context.workloads()) {
        for (const Container &container : workload.view.containers) {
            const auto [at, isNew] = known.try_emplace(container.image);
            if (isNew) {
                const std::string repository = parseImageReference(container.image).repository;
                for (const Named &product : products) {
                    if (endsWithPath(repository, product.key))
                        at->second = product.name;
                }
            }
            if (!at->second.empty())
                found.try_emplace(workload.index, at->second);
        }
    }
    return found;
}

} // namespace

void exposedInterface(CheckContext &context)
{
    const std::map<std::size_t, std::string_view> interfaces = interfacesIn(context);
    const LabelIndex index(
        context.prepared(), [&](const CheckedWorkload &workload) { return interfaces.contains(workload.index); });
    const std::vector<Named> names = namedList(context, "services");
    for (const auto &[service, ways] : exposedServices(context)) {
        const int object = context.cluster()->find("Service", service.first, service.second);
        const Node selector
            = object < 0 ? Node() : context.object(static_cast<std::size_t>(object)).root.at({"spec", "selector"});
        const std::vector<std::size_t> selected = index.selectedByMap(service.first, selector);
        std::string_view product = selected.empty() ? std::string_view() : interfaces.at(selected.front());
        const auto byName = std::ranges::find(names, service.second, &Named::key);
        const bool named = product.empty() && byName != names.end();
        if (named)
            product = byName->name;
        if (product.empty())
            continue;
        std::vector<std::string> texts;
        for (const Way &way : ways)
            texts.push_back(way.text);
        const std::size_t at = object < 0 ? ways.front().object : static_cast<std::size_t>(object);
        Draft draft = context.onObject(at, object < 0 ? "spec" : "spec.type");
        draft.with(std::string(product)).with(joined(texts));
        for (const Way &way : ways)
            draft.also.push_back(way.object);
        if (named)
            draft.as("name");
        context.add(std::move(draft));
    }
}

} // namespace tally::checks
