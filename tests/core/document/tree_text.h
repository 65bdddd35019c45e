// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/readers.h"

#include "core/document/source_text.h"

#include <QByteArray>

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
    if (places && !(node.isNull() && node.key().empty())) // yaml-cpp knows no place of a lone null
        text += '@' + std::to_string(node.line()) + ':' + std::to_string(node.column());
    return text;
}

/// The tree as JSON, all scalars as strings.
[[nodiscard]] inline std::string jsonText(Node node)
{
    const auto quoted = [](std::string_view text) {
        std::string json = "\"";
        for (const char c : text) {
            if (c == '\n')
                json += "\\n";
            else if (c == '"' || c == '\\')
                json += {'\\', c};
            else
                json += c;
        }
        return json + '"';
    };
    if (!node.isMap() && !node.isSequence())
        return quoted(node.text());
    std::string json(1, node.isMap() ? '{' : '[');
    for (const Node child : node) {
        if (json.size() > 1)
            json += ',';
        if (node.isMap())
            json += quoted(child.key()) + ':';
        json += jsonText(child);
    }
    return json + (node.isMap() ? '}' : ']');
}

/// What a document keeps in memory beside its nodes and keys: the source and the texts aside.
[[nodiscard]] inline QByteArray keptBytes(const Document &document)
{
    return QByteArray::fromStdString(std::string(document.source()->view()) + std::string(document.sideText()));
}

} // namespace tally::test
