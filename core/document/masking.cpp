// SPDX-License-Identifier: Apache-2.0
#include "core/document/masking.h"

#include "core/document/json_tree.h"
#include "core/document/secret_arguments.h"
#include "core/document/secret_facts.h"
#include "core/document/secret_forms.h"
#include "core/document/secret_rules.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace tally {

namespace {

/// Each may unpack to 16 MiB; those beyond are masked like all other values.
constexpr std::uint32_t mostReleases = 1000;

std::size_t charactersIn(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

TreeMasker::TreeMasker(SourceText &source, std::uint32_t end, KeyFacts &keys, TreePart &part, int nesting)
    : m_source(source)
    , m_end(end)
    , m_keys(keys)
    , m_part(part)
    , m_nesting(nesting)
{
    m_keys.update();
}

std::string_view TreeMasker::textOf(const TreeNode &node) const
{
    if (node.isCollection())
        return {};
    const bool aside = (node.keyAndFlags & TreeNode::sideFlag) != 0;
    return {(aside ? m_part.side.data() : m_source.data()) + node.offset, node.length};
}

std::uint32_t TreeMasker::memberOf(std::uint32_t map, std::uint32_t key) const
{
    std::uint32_t found = 0;
    std::uint32_t child = map + 1;
    if (key == KeyFacts::noKey)
        return 0;
    for (std::uint32_t i = 0; i < m_part.nodes[map].offset; ++i) {
        const TreeNode &node = m_part.nodes[child];
        if (node.key() == key)
            found = child;
        child += node.span();
    }
    return found;
}

std::string_view TreeMasker::memberText(std::uint32_t map, std::uint32_t key) const
{
    const std::uint32_t member = memberOf(map, key);
    return member == 0 ? std::string_view() : textOf(m_part.nodes[member]);
}

void TreeMasker::mask(std::uint32_t index, std::string_view listKind)
{
    look(index, Rule::Form, Place::Item, listKind); // which is the same for all items of a List
}

/// Whether a subtree is masked depends on its keys and texts, on the rule, and on being in a definition. What an object
/// does to its own members (commands, named values) it does by itself, so a subtree of which something was masked from
/// outside counts as not looked at.
void TreeMasker::look(std::uint32_t index, Rule rule, Place place, std::string_view listKind)
{
    const std::vector<TreeRepeat> &repeats = m_part.repeats;
    const auto clean = static_cast<std::uint8_t>((static_cast<unsigned>(rule) + 1) * 2 + (m_inDefinition ? 1 : 0));
    if (!repeats.empty()) {
        if (m_clean.empty())
            m_clean.resize(m_part.nodes.size());
        while (m_nextRepeat < repeats.size() && repeats[m_nextRepeat].node < index)
            ++m_nextRepeat;
        const bool isRepeat = m_nextRepeat < repeats.size() && repeats[m_nextRepeat].node == index;
        if (isRepeat && m_clean[repeats[m_nextRepeat].before] == clean && !node(index).isMasked()) {
            std::copy_n(m_clean.begin() + repeats[m_nextRepeat].before, node(index).span(), m_clean.begin() + index);
            return;
        }
    }
    const auto found = std::tuple(m_masked, m_passed, m_dropped.size());
    if (place == Place::Member && !node(index).isCollection())
        member(index, rule);
    else
        walk(index, rule, listKind);
    if (!repeats.empty() && found == std::tuple(m_masked, m_passed, m_dropped.size()))
        m_clean[index] = clean;
}

void TreeMasker::finish(std::uint32_t first)
{
    if (m_part.hasAliases && !m_maskedTexts.empty())
        maskShared();
    if (!m_dropped.empty())
        eraseDropped(first);
    m_hasDropped = m_hasDropped || !m_part.dropped.empty();
    m_erasures.insert(m_erasures.end(), m_part.dropped.begin(), m_part.dropped.end());
}

void TreeMasker::maskShared()
{
    std::ranges::sort(m_maskedTexts);
    for (std::uint32_t i = 0; i < m_part.nodes.size(); ++i) {
        const TreeNode &shared = node(i);
        if (!shared.isCollection() && !shared.isMasked() && shared.length != 0
            && std::ranges::binary_search(m_maskedTexts, shared.offset))
            replaceWholly(i);
    }
}

// Recursion ends: the readers limit the depth of every tree.
void TreeMasker::walk(std::uint32_t index, Rule rule, std::string_view listKind)
{
    switch (node(index).kind()) {
    case NodeKind::Map:
        walkMap(index, rule, listKind);
        break;
    case NodeKind::Sequence:
        walkSequence(index, rule, listKind);
        break;
    case NodeKind::Plain:
    case NodeKind::Quoted:
        scalar(index, rule);
        break;
    }
}

TreeMasker::Members TreeMasker::membersOf(std::uint32_t map) const
{
    Members members;
    std::uint32_t child = map + 1;
    for (std::uint32_t i = 0; i < m_part.nodes[map].offset; ++i) {
        const TreeNode &node = m_part.nodes[child];
        const std::uint8_t roles = m_keys.rolesOf(node.key());
        if ((roles & static_cast<std::uint8_t>(Role::Kind)) != 0)
            members.kind = child;
        else if ((roles & static_cast<std::uint8_t>(Role::Type)) != 0)
            members.type = child;
        else if ((roles & static_cast<std::uint8_t>(Role::Value)) != 0)
            members.value = child;
        else if ((roles & static_cast<std::uint8_t>(Role::Args)) != 0)
            members.args = child;
        child += node.span();
    }
    return members;
}

std::string_view TreeMasker::objectKind(std::uint32_t map, const Members &members, std::string_view listKind) const
{
    const std::string_view kind = members.kind == 0 ? std::string_view() : textOf(m_part.nodes[members.kind]);
    if (!kind.empty())
        return kind;
    if (listKind == "SecretList")
        return "Secret";
    if (listKind == "ConfigMapList")
        return "ConfigMap";
    // A Secret that lost its kind on the way still has its type (core/v1 SecretType).
    const std::string_view type = members.type == 0 ? std::string_view() : textOf(m_part.nodes[members.type]);
    const bool isSecretType = type == "Opaque" || type.starts_with("kubernetes.io/") || type.starts_with("helm.sh/")
        || type.starts_with("bootstrap.kubernetes.io/");
    return isSecretType && memberOf(map, m_keys.data) != 0 ? "Secret" : "";
}

TreeMasker::Rule TreeMasker::ruleFor(std::uint32_t member, Rule inherited, std::string_view objectKind) const
{
    const TreeNode &node = m_part.nodes[member];
    const std::uint32_t key = node.key();
    if (objectKind == "Secret" && (key == m_keys.data || key == m_keys.stringData))
        return Rule::All;
    if (objectKind == "ConfigMap" && key == m_keys.data)
        return Rule::Config;
    if (objectKind == "ConfigMap" && key == m_keys.binaryData)
        return Rule::Binary;
    if (inherited == Rule::Form && m_keys.has(key, Role::Text))
        return Rule::Text;
    return inherited;
}

void TreeMasker::walkMap(std::uint32_t index, Rule rule, std::string_view listKind)
{
    const Members special = membersOf(index);
    const std::string_view kind(objectKind(index, special, listKind));
    const std::string kindOfItems(kind.ends_with("List") ? kind : std::string_view());
    const std::string ownKind(kind == "Secret" || kind == "ConfigMap" ? kind : std::string_view());
    if (rule != Rule::All && special.args != 0)
        containerCommand(index, special.args);
    const bool wasInDefinition = m_inDefinition;
    m_inDefinition = wasInDefinition || kind == "CustomResourceDefinition"
        || (kind.empty() && listKind == "CustomResourceDefinitionList");
    const bool isMetadata = node(index).key() == m_keys.metadata && m_keys.metadata != KeyFacts::noKey;
    const std::uint32_t members = node(index).offset;
    std::uint32_t child = index + 1;
    for (std::uint32_t i = 0; i < members; ++i) {
        const std::uint32_t span = node(child).span();
        const std::uint32_t key = node(child).key();
        if (isMetadata && key == m_keys.managedFields)
            managedFields(child);
        const bool isSchema = key == m_keys.schema && m_inDefinition;
        const bool isDropped = key == m_keys.fieldsV1 && std::ranges::binary_search(m_dropped, child);
        if (rule == Rule::All || !(isSchema || isDropped)) {
            const Rule own = rule == Rule::All ? rule : ruleFor(child, rule, ownKind);
            if (key == m_keys.items && !kindOfItems.empty() && node(child).isCollection())
                walk(child, own, kindOfItems);
            else
                look(child, own, Place::Member);
        }
        child += span;
    }
    m_inDefinition = wasInDefinition;
    if (special.value != 0 && rule != Rule::All)
        namedValue(index, special.value);
}

/// Notes the fieldsV1 of each item.
void TreeMasker::managedFields(std::uint32_t index)
{
    // In an annotation's text nothing can be dropped: there it is masked like everything else.
    if (m_nesting != 0 || m_keys.fieldsV1 == KeyFacts::noKey || node(index).kind() != NodeKind::Sequence)
        return;
    std::uint32_t item = index + 1;
    for (std::uint32_t i = 0; i < node(index).offset; ++i) {
        std::uint32_t child = item + 1;
        for (std::uint32_t k = 0; node(item).kind() == NodeKind::Map && k < node(item).offset; ++k) {
            if (node(child).key() == m_keys.fieldsV1)
                m_dropped.push_back(child);
            child += node(child).span();
        }
        item += node(item).span();
    }
}

/// Takes the subtrees in m_dropped out of the tree, and their bytes out of the source.
void TreeMasker::eraseDropped(std::uint32_t first)
{
    TreeNodes &nodes = m_part.nodes;
    std::vector<std::uint32_t> open; // collections around the node at hand
    std::size_t next = 0;
    std::uint32_t to = first;
    std::vector<std::uint32_t> ends; // of the collections in open, as they were
    for (std::uint32_t from = first; from < nodes.size();) {
        while (!ends.empty() && ends.back() <= from) {
            nodes[open.back()].length = to - 1 - open.back();
            open.pop_back();
            ends.pop_back();
        }
        const std::uint32_t span = nodes[from].span();
        if (next < m_dropped.size() && m_dropped[next] == from) {
            const std::uint32_t end = from + span < nodes.size() ? nodes[from + span].place : m_end;
            if (end > nodes[from].place && !m_part.hasAliases)
                m_erasures.push_back({nodes[from].place, end});
            for (std::uint32_t i = from; i < from + span && !m_part.hasAliases; ++i) {
                if (!nodes[i].isCollection() && (nodes[i].keyAndFlags & TreeNode::sideFlag) != 0)
                    std::fill_n(m_part.side.begin() + nodes[i].offset, nodes[i].length, '*');
            }
            --nodes[open.back()].offset;
            from += span;
            ++next;
            continue;
        }
        nodes[to] = nodes[from];
        if (nodes[to].isCollection()) {
            open.push_back(to);
            ends.push_back(from + span);
        }
        ++to;
        ++from;
    }
    for (; !open.empty(); open.pop_back())
        nodes[open.back()].length = to - 1 - open.back();
    nodes.resize(to);
    m_dropped.clear();
    m_hasDropped = true;
}

/// command and args of a container are one command; without a command the image's name is the best guess at what it is.
void TreeMasker::containerCommand(std::uint32_t map, std::uint32_t args)
{
    if (node(args).kind() != NodeKind::Sequence)
        return;
    const std::uint32_t command = memberOf(map, m_keys.command);
    if (command != 0 && node(command).kind() == NodeKind::Sequence) {
        arguments({}, {command, args});
        return;
    }
    std::string_view image = memberText(map, m_keys.image);
    image = image.substr(image.rfind('/') + 1); // npos + 1 is 0
    const std::string program(image.substr(0, image.find_first_of(":@")));
    if (!program.empty())
        arguments(program, {args});
}

void TreeMasker::walkSequence(std::uint32_t index, Rule rule, std::string_view listKind)
{
    if (rule != Rule::All)
        arguments({}, {index});
    listItems(index);
    const std::uint32_t items = node(index).offset;
    std::uint32_t child = index + 1;
    for (std::uint32_t i = 0; i < items; ++i) {
        const std::uint32_t span = node(child).span();
        if (node(child).isMasked())
            ++m_passed;
        else if (listKind.empty())
            look(child, rule, Place::Item);
        else
            walk(child, rule, listKind);
        child += span;
    }
}

/// "adminTokens: [x, y]"
void TreeMasker::listItems(std::uint32_t index)
{
    const std::uint32_t key = node(index).key();
    const NameWeight weight = m_keys.listWeightOf(key);
    if (weight == NameWeight::None)
        return;
    std::uint32_t child = index + 1;
    for (std::uint32_t i = 0; i < node(index).offset; ++i) {
        if (!node(child).isCollection() && !node(child).isMasked()
            && isSecretItem(m_keys.keys().view(key), weight, textOf(node(child))))
            replaceWholly(child);
        child += node(child).span();
    }
}

void TreeMasker::arguments(std::string_view program, std::initializer_list<std::uint32_t> sequences)
{
    if (program.empty() && sequences.size() == 1 && node(*sequences.begin()).offset < 2)
        return; // one word is no command
    std::vector<std::uint32_t> nodes;
    std::vector<std::string_view> words;
    if (!program.empty()) {
        nodes.push_back(0);
        words.push_back(program);
    }
    for (const std::uint32_t sequence : sequences) {
        std::uint32_t child = sequence + 1;
        for (std::uint32_t i = 0; i < node(sequence).offset; ++i) {
            if (!node(child).isCollection()) {
                nodes.push_back(child);
                words.push_back(textOf(node(child)));
            }
            child += node(child).span();
        }
    }
    if (!mayHoldArgumentSecrets(words))
        return;
    std::vector<WordSpan> found = findArgumentSecrets(words, true);
    std::ranges::stable_sort(found, {}, &WordSpan::word);
    std::vector<std::pair<std::uint32_t, std::string>> masked; // replace() moves the texts that the words point to
    for (std::size_t i = 0; i < found.size();) {
        const std::size_t word = found[i].word;
        std::vector<SecretSpan> spans = findSecrets(words[word]);
        for (; i < found.size() && found[i].word == word; ++i)
            spans.push_back({found[i].begin, found[i].end, {}});
        if (nodes[word] != 0 && !node(nodes[word]).isMasked())
            masked.emplace_back(nodes[word], maskSpans(words[word], std::move(spans)));
    }
    for (const auto &[index, text] : masked)
        replace(index, text);
}

/// A scalar that is a map's member: its key may announce a secret.
void TreeMasker::member(std::uint32_t index, Rule rule)
{
    const TreeNode &own = node(index);
    const KeyFacts::Name name = m_keys.nameOf(own.key());
    if ((rule == Rule::Form || rule == Rule::Text) && name.tellsNothing() && own.key() != m_keys.lastApplied) {
        scalar(index, rule); // nearly all
        return;
    }
    const std::string_view key = m_keys.keys().view(own.key());
    const std::string_view text = textOf(own);
    if (own.key() == m_keys.lastApplied) {
        lastApplied(index);
        return;
    }
    if (rule == Rule::Binary) {
        binary(index);
        return;
    }
    if (rule == Rule::All && m_nesting == 0 && !own.isMasked()) {
        replaceWholly(index, noteOn(key, text));
        return;
    }
    const bool isFile
        = rule == Rule::Config && text.find('\n') != std::string_view::npos && text.find('\n') + 1 < text.size();
    const bool isRelease = rule == Rule::Config && key == "release"
        && text.starts_with("H4sI"); // Helm 2, and 3 with --storage configmap
    if (isRelease && m_nesting == 0)
        replaceWholly(index, noteOn(key, text));
    else if (isRelease || isDockerLogin(key, text) || isCredentialHeader(key, text)
        || (!isFile && isSecretValue(key, name.weight, text)))
        replaceWholly(index);
    else
        scalar(index, rule);
}

std::string TreeMasker::noteOn(std::string_view key, std::string_view text)
{
    m_releases += key == "release" ? 1 : 0;
    if (m_releases > mostReleases)
        return {};
    HelmReleaseText release;
    std::string note = noteOnSecret(key, text, &release);
    if (!release.manifest.empty() && m_source.takeInner(release.manifest.size()))
        m_unpacked.push_back(std::move(release));
    return note;
}

/// {name: DB_PASSWORD, value: x}, as in env, Helm parameters, query parameters.
void TreeMasker::namedValue(std::uint32_t map, std::uint32_t value)
{
    std::string_view name = memberText(map, m_keys.name);
    if (name.empty())
        name = memberText(map, m_keys.keyMember);
    if (name.empty() || node(value).isCollection() || node(value).isMasked())
        return;
    const std::string_view text = textOf(node(value));
    if (isSecretValue(name, weighName(name), text) || isCredentialHeader(name, text))
        replaceWholly(value);
    else
        scalar(value, Rule::Text);
}

/// A file in base64: masked wholly where it is a key store, or a text with a secret in it.
void TreeMasker::binary(std::uint32_t index)
{
    const TreeNode &own = node(index);
    m_passed += own.isMasked() ? 1 : 0;
    if (own.isMasked() || own.length == 0)
        return;
    const std::string_view key = m_keys.keys().view(own.key());
    const bool isKeyStore = std::ranges::any_of(
        std::initializer_list<std::string_view>{".jks", ".p12", ".pfx", ".keystore", ".key", ".kdbx"},
        [&](std::string_view suffix) { return key.ends_with(suffix); });
    std::string file = decodedBase64(textOf(own), own.length);
    bool isSecret = isKeyStore || nameAnnouncesSecret(key);
    if (!isSecret && file.find('\0') == std::string::npos)
        isSecret = !findSecrets(file).empty();
    if (isSecret)
        replaceWholly(index);
}

void TreeMasker::scalar(std::uint32_t index, Rule rule)
{
    constexpr std::size_t shortest = 7; // of what has a form
    const TreeNode &own = node(index);
    m_passed += own.isMasked() ? 1 : 0;
    if (own.isMasked() || own.length == 0)
        return;
    if (rule == Rule::All) {
        replaceWholly(index);
        return;
    }
    if (own.length < shortest)
        return;
    const std::string_view text = textOf(own);
    if (own.key() == m_keys.image) {
        if (const SecretSpan login = imageLogin(text); login.end > login.begin)
            return replace(index, maskSpans(text, {login}));
    }
    const bool isProse = own.key() == m_keys.description && rule == Rule::Form;
    const TextShape shape = shapeOf(text);
    const bool byName = rule != Rule::Form || (!isProse && shape.hasPairSign);
    if (byName ? shape.hasNoSecret : shape.hasNoForm || findSecretForms(text).empty())
        return;
    const std::string masked = maskSecretsInText(text);
    if (masked != text)
        replace(index, masked);
}

void TreeMasker::lastApplied(std::uint32_t index)
{
    constexpr int deepest = 2; // of such annotations inside one another
    std::string text(textOf(node(index)));
    if (text.empty())
        return;
    bool isHarmless = false;
    if (m_nesting < deepest) {
        JsonText json(std::move(text));
        if (json.read()) {
            KeyFacts facts(json.keys);
            TreeMasker inner(json.source, json.source.size(), facts, json.part, m_nesting + 1);
            inner.mask(0);
            isHarmless = inner.maskedCount() == 0;
        }
    }
    if (!isHarmless)
        replaceWholly(index);
}

void TreeMasker::replaceWholly(std::uint32_t index, std::string_view note)
{
    if (!node(index).isCollection() && node(index).length != 0)
        replace(index, maskedText(charactersIn(textOf(node(index))), note));
}

void TreeMasker::replace(std::uint32_t index, std::string_view masked)
{
    TreeNode &own = node(index);
    if ((own.keyAndFlags & TreeNode::sideFlag) != 0) {
        std::fill_n(m_part.side.begin() + own.offset, own.length, '*');
        if (m_part.hasAliases)
            m_maskedTexts.push_back(own.offset);
    } else {
        m_erasures.push_back({own.offset, own.offset + own.length});
    }
    // From here to the next node there is nothing but this member's key, which KeyTable owns, its value, and comments.
    const std::uint32_t next = index + 1 < m_part.nodes.size() ? node(index + 1).place : m_end;
    if (next > own.place && !m_part.hasAliases)
        m_erasures.push_back({own.place, next});

    if (m_part.side.size() + masked.size() > ~0U)
        masked = {}; // offsets reach no further; masked all the same
    own.keyAndFlags |= TreeNode::sideFlag | TreeNode::maskedFlag;
    own.offset = static_cast<std::uint32_t>(m_part.side.size());
    own.length = static_cast<std::uint32_t>(masked.size());
    m_part.side.append(masked);
    ++m_masked;
}

} // namespace tally
