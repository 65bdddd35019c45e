// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"
#include "core/base/message.h"
#include "core/base/result.h"
#include "core/document/document.h"
#include "core/document/readers.h"
#include "core/io/resources.h"

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Reads one of our own YAML files (catalogue, checks, guidance, policy). Keeps the first thing that is wrong, with
/// file and line, so that whoever reads a file asks once at its end. Not for inputs.
class ResourceReader
{
public:
    /// Errors: those of the resources, Malformed.
    [[nodiscard]] static Result<ResourceReader> read(const Resources &resources, const std::string &name);
    [[nodiscard]] static Result<ResourceReader> parse(std::string yaml, const std::string &fileName);

    [[nodiscard]] Node root() const { return m_root; }
    [[nodiscard]] const std::string &fileName() const { return m_fileName; }

    /// A scalar's text; wrong if it is absent or empty.
    std::string text(Node map, std::string_view key);
    std::string optionalText(Node map, std::string_view key);
    /// {de, en}; both or neither. Wrong if absent and required.
    Text bilingual(Node map, std::string_view key, bool required = true);
    /// A list of scalars; a single scalar is a list of one; absent is empty.
    std::vector<std::string> list(Node map, std::string_view key);
    /// The items of a list; wrong if it is absent, empty or no list.
    std::vector<Node> items(Node map, std::string_view key);
    Node map(Node parent, std::string_view key);
    void onlyKeys(Node map, std::initializer_list<std::string_view> known);
    void expect(Node map, std::string_view key, std::string_view value);

    /// args come after file and line.
    void wrong(Node where, const MessageDef *message, std::vector<std::string> args);
    /// The first thing that was wrong.
    [[nodiscard]] Result<> status() const;

private:
    DocumentPtr m_document;
    Node m_root;
    std::string m_fileName;
    std::optional<Error> m_error;
};

} // namespace tally
