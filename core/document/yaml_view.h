// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/document.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tally {

/// A node written as block YAML for people: what kubectl would print. Works from the masked tree, whatever the source's
/// format was.
struct YamlView
{
    std::vector<std::string> lines;
    std::vector<std::uint32_t> nodes; ///< for each line: index of the node that begins there (for a map member: of the
                                      ///< member), or that goes on there; ascending
    Node root;                        ///< what was rendered

    /// 0-based line at which the node, or the nearest ancestor that was written, begins; -1 if it is not below the
    /// root.
    [[nodiscard]] int lineOf(Node node) const;
};

/// Without metadata.managedFields and the last-applied annotation, which nobody reads. maxLines 0: all.
[[nodiscard]] YamlView renderYaml(Node root, std::size_t maxLines = 0);

/// At most `count` lines around the node, for a finding's excerpt.
struct YamlExcerpt
{
    std::vector<std::string> lines;
    std::vector<std::uint32_t> numbers; ///< of each line in the source, 1-based; 0: it continues the one before;
                                        ///< empty where the view does not follow the source (JSON on one line)
    int hit = -1;                       ///< 0-based index of the node's line in the result
};
[[nodiscard]] YamlExcerpt excerptAround(Node root, Node node, std::size_t count = 7);

/// The same for those who need many: of one object after the other, each rendered once, or only as far as one excerpt
/// needs. Uses the memory of its lines again.
class YamlExcerpts
{
public:
    YamlExcerpts() = default;
    explicit YamlExcerpts(Node root) { show(root); }

    /// Renders an object, for around().
    void show(Node root);
    /// Of excerptAround() the hit, the numbers, and the lines as one text, each with its end.
    int around(Node node, std::size_t count, std::string &text, std::vector<std::uint32_t> &numbers);
    /// The same of any object: renders what is needed for it alone. Whoever calls it calls show() before around().
    int aroundAlone(Node root, Node node, std::size_t count, std::string &text, std::vector<std::uint32_t> &numbers);

private:
    int write(std::size_t line, std::size_t count, std::string &text, std::vector<std::uint32_t> &numbers);
    [[nodiscard]] std::uint32_t numberOf(std::size_t line);

    YamlView m_view;
    std::vector<std::uint32_t> m_numbers; ///< of each line; unknown: not asked for yet
    std::vector<std::string> m_spare;     ///< lines of what was shown before
};

/// The node below root at a field path such as "spec.template.spec.containers[0].image"; absent if there is none.
/// A key may hold dots ("metadata.annotations.example.org/a", also written annotations["example.org/a"]): the shortest
/// one that exists is taken.
[[nodiscard]] Node nodeAt(Node root, std::string_view fieldPath);

} // namespace tally
