// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/checks/component_setting.h"
#include "core/checks/functions/functions.h"
#include "core/cluster/control_plane.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <optional>
#include <tuple>

namespace tally::checks {

namespace {

struct Found
{
    bool set = false;
    std::string value; ///< the one that counts; lists joined by commas
    std::string all;   ///< of a flag that stands several times: all values, joined by commas
    Node node;
    std::string field;
};

/// The settings of one run of a component, whatever its form is.
class Settings
{
public:
    virtual ~Settings() = default;
    [[nodiscard]] virtual Found find(const std::string &name) const = 0;
    /// How people write the setting.
    [[nodiscard]] virtual std::string shown(const std::string &name) const = 0;
    /// Does an absent setting mean that its default holds?
    [[nodiscard]] virtual bool isWhole(const Check &check) const = 0;

    std::size_t object = 0;
    std::string_view container;
    std::string_view nodeName;
    Node node; ///< where to point for what is absent
    std::string field;
};

class FlagSettings final : public Settings
{
public:
    /// asInFile: settings are named as the configuration file names them, "metricsBindAddress".
    FlagSettings(ProgramRun run, bool asInFile)
        : m_run(std::move(run))
        , m_asInFile(asInFile)
    {
        object = m_run.object;
        container = m_run.container;
        nodeName = m_run.nodeName;
        node = m_run.node;
        field = m_run.field;
    }
    [[nodiscard]] Found find(const std::string &name) const override
    {
        const ProgramFlag *flag = m_run.find(flagName(name));
        return flag ? Found{true, flag->value, m_run.list(flag->name), flag->node, flag->field} : Found{};
    }
    [[nodiscard]] std::string shown(const std::string &name) const override { return "--" + flagName(name); }
    [[nodiscard]] bool isWhole(const Check &check) const override
    {
        return !m_run.partly && std::ranges::none_of(check.parameterList("elsewhere"), [&](const std::string &name) {
            return m_run.find(name) != nullptr;
        });
    }

private:
    /// "metrics-bind-address"
    [[nodiscard]] std::string flagName(const std::string &name) const
    {
        if (!m_asInFile)
            return name;
        std::string flag;
        for (const char c : name) {
            if (c >= 'A' && c <= 'Z')
                flag += '-';
            flag += lower(c);
        }
        return flag;
    }

    ProgramRun m_run;
    bool m_asInFile;
};

class FileSettings final : public Settings
{
public:
    explicit FileSettings(ComponentFile settings)
        : m_settings(std::move(settings))
        , m_nested(m_settings.document != nullptr)
    {
        object = m_settings.object;
        field = m_settings.field;
        node = m_nested ? m_settings.text : m_settings.root;
    }
    [[nodiscard]] Found find(const std::string &name) const override
    {
        Node at = m_settings.root;
        std::string_view path = name;
        while (!path.empty() && at) {
            const std::string_view key = path.substr(0, path.find('.'));
            at = at[key];
            path.remove_prefix(std::min(key.size() + 1, path.size()));
        }
        if (at.isNull())
            return {};
        std::string value(at.text());
        for (const Node item : at)
            value.append(value.empty() ? "" : ",").append(item.text());
        return {true, value, value, m_nested ? node : at, m_nested ? field : name};
    }
    [[nodiscard]] std::string shown(const std::string &name) const override { return name; }
    [[nodiscard]] bool isWhole(const Check & /*check*/) const override { return true; }

private:
    ComponentFile m_settings;
    bool m_nested;
};

std::vector<std::unique_ptr<Settings>> settingsOf(const CheckContext &context, std::string_view component)
{
    std::vector<std::unique_ptr<Settings>> all;
    const bool proxy = component == "kube-proxy";
    if (component == "kubelet" || proxy) {
        for (ComponentFile &file : proxy ? kubeProxySettings(*context.cluster()) : kubeletSettings(*context.cluster()))
            all.push_back(std::make_unique<FileSettings>(std::move(file)));
        if (!proxy)
            return all;
    }
    for (ProgramRun &run : programRuns(*context.cluster(), component)) {
        if (!readsFileOnly(run, component))
            all.push_back(std::make_unique<FlagSettings>(std::move(run), proxy));
    }
    return all;
}

/// What Go's flag parser takes for true and false is one word here; all else stays as it is.
std::string normalised(std::string_view value)
{
    for (const std::string_view word : {"true", "TRUE", "True", "t", "T"}) {
        if (value == word)
            return "true";
    }
    for (const std::string_view word : {"false", "FALSE", "False", "f", "F"}) {
        if (value == word)
            return "false";
    }
    return std::string(value);
}

std::vector<std::string> itemsOf(std::string_view list)
{
    std::vector<std::string> items;
    while (!list.empty()) {
        const std::string_view item = list.substr(0, list.find(','));
        list.remove_prefix(std::min(item.size() + 1, list.size()));
        const std::size_t begin = item.find_first_not_of(' ');
        if (begin != std::string_view::npos)
            items.emplace_back(item.substr(begin, item.find_last_not_of(' ') - begin + 1));
    }
    return items;
}

/// A number, or a duration of Go ("1h30m", "500ms") in seconds.
std::optional<double> amountOf(std::string_view text)
{
    double sum = 0;
    bool any = false;
    while (!text.empty()) {
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc())
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        const std::size_t unitLength = std::min(text.find_first_of("0123456789."), text.size());
        const std::string_view unit = text.substr(0, unitLength);
        text.remove_prefix(unitLength);
        const double factor = unit == "h"  ? 3600
            : unit == "m"                  ? 60
            : unit == "s" || unit.empty()  ? 1
            : unit == "ms"                 ? 0.001
            : unit == "us" || unit == "ns" ? 0.000001
                                           : -1;
        if (factor < 0)
            return std::nullopt;
        sum += number * factor;
        any = true;
    }
    return any ? std::optional(sum) : std::nullopt;
}

/// "127.0.0.1:10249", "[::1]:10249", "localhost:10249".
bool isLoopback(std::string_view address)
{
    return address.starts_with("127.") || address.starts_with("localhost") || address.starts_with("[::1]")
        || address == "::1";
}

/// Does the value meet the rule? Nothing: it cannot be told.
std::optional<bool> meets(std::string_view rule, const std::string &value, const std::vector<std::string> &wanted)
{
    const std::string text = normalised(value);
    if (rule == "present")
        return !text.empty();
    if (rule == "absent")
        return text.empty();
    if (rule == "loopback" && text.find('$') == std::string::npos) // the default is an address of that kind
        return text.empty() || isLoopback(text);
    if (text.find('$') != std::string::npos || wanted.empty())
        return std::nullopt; // a variable of a start script
    if (rule == "equals" || rule == "not-equals")
        return contains(wanted, text) == (rule == "equals");
    const std::vector<std::string> items = itemsOf(value);
    if (rule == "contains")
        return std::ranges::all_of(wanted, [&](const std::string &item) { return contains(items, item); });
    if (rule == "not-contains")
        return std::ranges::none_of(wanted, [&](const std::string &item) { return contains(items, item); });
    if (rule == "subset")
        return std::ranges::all_of(items, [&](const std::string &item) { return contains(wanted, item); });
    const std::optional<double> amount = amountOf(text);
    const std::optional<double> limit = amountOf(wanted.front());
    if (!amount || !limit)
        return std::nullopt;
    return rule == "at-least" ? *amount >= *limit : *amount <= *limit;
}

/// What one run says against the rule.
struct Verdict
{
    std::string variant;
    std::string names;
    std::string value;
    Node node;
    std::string field;
};

/// An entry "name=value" of satisfied_by, only_if, bad_if, combined; without "=": the setting is there.
bool holds(const Settings &settings, const std::string &entry)
{
    const std::size_t equals = entry.find('=');
    const Found found = settings.find(entry.substr(0, equals));
    if (equals == std::string::npos)
        return found.set && !found.value.empty();
    return found.set && normalised(found.value) == entry.substr(equals + 1);
}

bool anyHolds(const Settings &settings, const std::vector<std::string> &entries)
{
    return std::ranges::any_of(entries, [&](const std::string &entry) { return holds(settings, entry); });
}

class Rule
{
public:
    Rule(const Check &check, int minor)
        : m_check(check)
        , m_rule(check.parameter("rule"))
    {
        m_default = check.parameter("default");
        // "default_before: [20, 8080]": what holds in versions before 1.20
        const std::vector<std::string> &before = check.parameterList("default_before");
        int since = 0;
        if (before.size() == 2)
            std::from_chars(before[0].data(), before[0].data() + before[0].size(), since);
        if (minor >= 0 && minor < since)
            m_default = before[1];
    }

    [[nodiscard]] std::optional<Verdict> judge(const Settings &settings) const
    {
        const std::vector<std::string> &onlyIf = m_check.parameterList("only_if");
        if (!onlyIf.empty() && !anyHolds(settings, onlyIf))
            return std::nullopt;
        for (const std::string &entry : m_check.parameterList("bad_if")) {
            if (holds(settings, entry)) {
                const std::string name = entry.substr(0, entry.find('='));
                const Found found = settings.find(name);
                return Verdict{"default", settings.shown(name), found.value, found.node, found.field};
            }
        }
        if (anyHolds(settings, m_check.parameterList("satisfied_by")))
            return std::nullopt;
        std::optional<Verdict> verdict = m_rule == "present-any" ? judgeAny(settings) : judgeEach(settings);
        if (verdict && anyHolds(settings, m_check.parameterList("combined")))
            verdict->variant = "combined";
        return verdict;
    }

private:
    [[nodiscard]] Verdict absent(const Settings &settings, std::string names) const
    {
        const bool plain = m_rule == "present" || m_rule == "present-any";
        return {plain ? "default" : "unset", std::move(names), m_default, settings.node, settings.field};
    }

    [[nodiscard]] std::optional<Verdict> judgeAny(const Settings &settings) const
    {
        std::vector<std::string> names;
        for (const std::string &name : m_check.parameterList("setting")) {
            if (!settings.find(name).value.empty())
                return std::nullopt;
            names.push_back(settings.shown(name));
        }
        return settings.isWhole(m_check) ? std::optional(absent(settings, joined(names))) : std::nullopt;
    }

    /// Of several settings each has to meet the rule; the ones that are absent are named together.
    [[nodiscard]] std::optional<Verdict> judgeEach(const Settings &settings) const
    {
        std::vector<std::string> missing;
        for (const std::string &name : m_check.parameterList("setting")) {
            Found found = settings.find(name);
            if (found.set && contains(m_check.parameterList("exempt"), found.value))
                continue;
            if (!found.set && !settings.isWhole(m_check))
                continue;
            const bool list = m_rule == "contains" || m_rule == "not-contains" || m_rule == "subset";
            if (list)
                found.value = found.all;
            const std::string &value = found.set ? found.value : m_default;
            if (meets(m_rule, value, m_check.parameterList("value")).value_or(true))
                continue;
            if (found.set && m_rule != "present")
                return Verdict{"default", settings.shown(name), found.value, found.node, std::move(found.field)};
            missing.push_back(settings.shown(name));
        }
        return missing.empty() ? std::nullopt : std::optional(absent(settings, joined(missing)));
    }

    const Check &m_check;
    std::string_view m_rule;
    std::string m_default;
};

Draft draftOf(const CheckContext &context, const Settings &settings, const Verdict &verdict)
{
    Draft draft = context.onObject(settings.object, verdict.field);
    draft.container = settings.container;
    if (const Object &object = context.object(settings.object); object.name.empty()) // a file of a node
        draft.args = {std::string(object.kind) + " (" + std::string(object.file) + ')'};
    draft.node = verdict.node ? verdict.node : context.object(settings.object).root;
    return draft.with(verdict.names).with(verdict.value).as(verdict.variant);
}

int numberOf(std::string_view text)
{
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

/// Several nodes that say the same are one finding.
void componentSetting(CheckContext &context)
{
    const Check &check = context.check();
    const int minor = context.prepared().kubernetesMinor();
    if (const std::string_view removed = check.parameter("removed_in"); !removed.empty() && minor >= numberOf(removed))
        return;
    const Rule rule(check, minor);
    std::map<std::tuple<std::string, std::string, std::string>, Draft> causes;
    for (const auto &settings : settingsOf(context, check.parameter("component"))) {
        const std::optional<Verdict> verdict = rule.judge(*settings);
        if (!verdict)
            continue;
        const auto [it, isNew] = causes.try_emplace(
            {verdict->variant, verdict->names, verdict->value}, draftOf(context, *settings, *verdict));
        if (!isNew)
            it->second.also.push_back(settings->object);
    }
    for (auto &[cause, draft] : causes)
        context.add(std::move(draft));
}

/// Both name the same file: whoever gets a certificate from the CA of the one may talk to the other.
void sharedEtcdCa(CheckContext &context)
{
    const std::vector<ProgramRun> servers = programRuns(*context.cluster(), "kube-apiserver");
    for (const ProgramRun &etcd : programRuns(*context.cluster(), "etcd")) {
        const ProgramFlag *own = etcd.find("trusted-ca-file");
        if (own == nullptr || own->value.empty() || etcd.find("config-file") != nullptr)
            continue;
        const bool shared = std::ranges::any_of(servers, [&](const ProgramRun &server) {
            const ProgramFlag *other = server.find("client-ca-file");
            return server.nodeName == etcd.nodeName && other != nullptr && other->value == own->value;
        });
        if (!shared)
            continue;
        Draft draft = context.onObject(etcd.object, own->field);
        draft.container = etcd.container;
        draft.node = own->node;
        context.add(std::move(draft.with("--trusted-ca-file").with(own->value)));
    }
}

} // namespace tally::checks
