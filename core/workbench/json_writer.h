// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tally {

/// Writes JSON straight into a text, laid out as jsonText() lays it out: for rows by the ten thousands, where a tree
/// for each would take most of the time. Calls must make a value: beginObject(), then key() and a value in turn,
/// endObject(). Not for concurrent use.
class JsonWriter
{
public:
    /// Appends to `text`, which must outlive this. depth: of the value in its document; its first line is not indented.
    JsonWriter(std::string &text, std::size_t depth)
        : m_text(text)
        , m_depth(depth)
    {
    }

    void beginObject() { begin('{'); }
    void endObject() { end('}'); }
    void beginArray() { begin('['); }
    void endArray() { end(']'); }
    /// name: ASCII without anything to escape.
    void key(std::string_view name);
    void string(std::string_view bytes); ///< what is not UTF-8 is replaced by U+FFFD
    void number(std::size_t number);
    void null();
    void member(std::string_view name, std::string_view bytes) ///< key() and string()
    {
        key(name);
        string(bytes);
    }

private:
    void begin(char bracket);
    void end(char bracket);
    void beginValue();
    void newLine();

    std::string &m_text;
    std::size_t m_depth;
    bool m_isFirst = true;   ///< of the collection that is open
    bool m_isMember = false; ///< behind its key
    bool m_isOpen = false;   ///< in a collection
};

} // namespace tally
