// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/key_facts.h"
#include "core/document/secret_facts.h"
#include "core/document/source_text.h"
#include "core/document/tree_part.h"

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {

/// Masks what the secret rules cover in a tree that nobody has seen yet: the nodes' texts, and the bytes of the values
/// in the source and in the side buffer. One per part; parts of one source may be masked at once. The source itself is
/// not touched before its bytes in erasures() are: until then a tree that does not fit can be thrown away and the text
/// be read in another way.
///
/// Wholly masked: data and stringData of Secrets, Helm releases, docker logins, key stores and files with a secret in a
/// ConfigMap's binaryData, and whatever has a name that announces a secret. In sequences: what is a credential by the
/// words before it ("mysql", "-pX"); command and args of a container are one command. Inside a text: what looks like a
/// secret by its form; in ConfigMaps, annotations, arguments, variables and all texts of several lines also
/// "name=value". In place of certificates and Helm releases in Secrets stands what secret_facts.h tells about them.
/// The last-applied annotation is masked wholly where the object in it would be masked anywhere.
/// metadata.managedFields[].fieldsV1 is dropped: the names of all fields once more, which nobody reads.
class TreeMasker
{
public:
    /// end: end of the part's text in the source. keys: of the table that the part's keys are in.
    TreeMasker(SourceText &source, std::uint32_t end, KeyFacts &keys, TreePart &part, int nesting = 0);

    /// The subtree at a node. listKind: the kind of the List whose item it is ("SecretList"), where that is known.
    void mask(std::uint32_t index, std::string_view listKind = {});
    /// Call after the last mask(): where aliases share a text, all of them are masked; what is dropped goes.
    /// first: of the nodes in whose trees was masked; what stands before is left alone.
    void finish(std::uint32_t first = 0);

    [[nodiscard]] std::uint32_t maskedCount() const { return m_masked; }
    [[nodiscard]] bool hasDropped() const { return m_hasDropped; }
    /// After finish(): what is to be erased in the source.
    [[nodiscard]] std::vector<TextRange> takeErasures() { return std::move(m_erasures); }
    /// The Helm releases that stood in what was masked, in clear.
    [[nodiscard]] std::vector<HelmReleaseText> takeReleases() { return std::move(m_unpacked); }

private:
    enum class Rule : std::uint8_t {
        Form,   ///< what looks like a secret
        Text,   ///< also name=value
        Config, ///< a ConfigMap's data
        Binary, ///< a ConfigMap's binaryData: base64
        All,
    };

    using Role = KeyFacts::Role;

    /// Members of a map that decide about others; 0: none; of duplicates the last.
    struct Members
    {
        std::uint32_t kind = 0;
        std::uint32_t type = 0;
        std::uint32_t value = 0;
        std::uint32_t args = 0;
    };

    [[nodiscard]] TreeNode &node(std::uint32_t index) { return m_part.nodes[index]; }
    [[nodiscard]] std::string_view textOf(const TreeNode &node) const;
    [[nodiscard]] std::uint32_t memberOf(std::uint32_t map, std::uint32_t key) const; ///< 0: none
    [[nodiscard]] std::string_view memberText(std::uint32_t map, std::uint32_t key) const;

    enum class Place : std::uint8_t { Item, Member };

    /// walk() or member(), unless the subtree repeats one before it in which the same rule masked nothing.
    void look(std::uint32_t index, Rule rule, Place place, std::string_view listKind = {});
    void walk(std::uint32_t index, Rule rule, std::string_view listKind);
    void walkMap(std::uint32_t index, Rule rule, std::string_view listKind);
    void walkSequence(std::uint32_t index, Rule rule, std::string_view listKind);
    void member(std::uint32_t index, Rule rule);
    void listItems(std::uint32_t index);
    void managedFields(std::uint32_t index);
    void maskShared();
    void eraseDropped(std::uint32_t first);
    void namedValue(std::uint32_t map, std::uint32_t value);
    /// The words of sequences of scalars as one command; program: a word before them, "" if none.
    void arguments(std::string_view program, std::initializer_list<std::uint32_t> sequences);
    void containerCommand(std::uint32_t map, std::uint32_t args);
    void binary(std::uint32_t index);
    void scalar(std::uint32_t index, Rule rule);
    void lastApplied(std::uint32_t index);
    [[nodiscard]] Rule ruleFor(std::uint32_t member, Rule inherited, std::string_view objectKind) const;
    [[nodiscard]] Members membersOf(std::uint32_t map) const;
    [[nodiscard]] std::string_view objectKind(
        std::uint32_t map, const Members &members, std::string_view listKind) const;

    /// What may be told about a value, in place of which it is to stand.
    [[nodiscard]] std::string noteOn(std::string_view key, std::string_view text);
    void replaceWholly(std::uint32_t index, std::string_view note = {});
    void replace(std::uint32_t index, std::string_view masked);

    SourceText &m_source;
    std::uint32_t m_end;
    KeyFacts &m_keys;
    TreePart &m_part;
    int m_nesting;
    std::vector<TextRange> m_erasures;
    std::vector<std::uint32_t> m_maskedTexts; ///< offsets in side; only where aliases may share them
    std::vector<std::uint32_t> m_dropped;     ///< nodes, ascending
    bool m_hasDropped = false;
    bool m_inDefinition = false; ///< in a CustomResourceDefinition, whose schemas hold no values
    std::uint32_t m_masked = 0;
    std::uint32_t m_passed = 0;        ///< nodes that were not looked at: they were masked already
    std::vector<std::uint8_t> m_clean; ///< by node: by which rule nothing was masked in its subtree, else 0
    std::size_t m_nextRepeat = 0;
    std::uint32_t m_releases = 0; ///< Helm releases that were unpacked
    std::vector<HelmReleaseText> m_unpacked;
};

} // namespace tally
