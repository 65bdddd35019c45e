// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/readers.h"

#include <string>

namespace tally::test {

/// Options of tests that are not about masking.
[[nodiscard]] inline ReadOptions plainOptions()
{
    ReadOptions options;
    options.fileName = "test.yaml";
    options.maskSecrets = false;
    return options;
}

/// A tree on one line: {a:1,b:"quoted",c:[x]}; with places: each node followed by @line:column.
[[nodiscard]] inline std::string treeText(Node node, bool places = false)
{
    std::string text;
    if (node.isScalar()) {
        text = node.text();
        if (node.kind() == NodeKind::Quoted)
            text = '"' + text + '"';
    } else if (node.exists()) {
        text = node.isMap() ? "{" : "[";
        bool first = true;
        for (const Node child : node) {
            if (!first)
                text += ',';
            first = false;
            if (node.isMap())
                text.append(child.key()) += ':';
            text += treeText(child, places);
        }
        text += node.isMap() ? '}' : ']';
    }
    if (places)
        text += '@' + std::to_string(node.line()) + ':' + std::to_string(node.column());
    return text;
}

} // namespace tally::test
