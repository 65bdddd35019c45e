// SPDX-License-Identifier: Apache-2.0
#include "core/workbench/json_writer.h"

#include "core/base/text_format.h"
#include "core/workbench/json_parts.h"

#include <algorithm>

namespace tally {

namespace {

bool standsAsItIs(char c)
{
    return c >= ' ' && c < '\x7F' && c != '"' && c != '\\'; // char is signed here: bytes beyond ASCII are below zero
}

} // namespace

void JsonWriter::key(std::string_view name)
{
    beginValue();
    m_text += '"';
    m_text += name;
    m_text += "\": ";
    m_isMember = true;
}

void JsonWriter::string(std::string_view bytes)
{
    beginValue();
    if (!std::ranges::all_of(bytes, standsAsItIs)) {
        m_text += Json(toUtf8(bytes)).dump();
        return;
    }
    m_text += '"';
    m_text += bytes;
    m_text += '"';
}

void JsonWriter::number(std::size_t number)
{
    beginValue();
    m_text += std::to_string(number);
}

void JsonWriter::null()
{
    beginValue();
    m_text += "null";
}

void JsonWriter::begin(char bracket)
{
    beginValue();
    m_text += bracket;
    ++m_depth;
    m_isFirst = true;
    m_isOpen = true;
}

void JsonWriter::end(char bracket)
{
    --m_depth;
    if (!m_isFirst)
        newLine();
    m_text += bracket;
    m_isFirst = false;
}

void JsonWriter::beginValue()
{
    if (m_isOpen && !m_isMember) {
        if (!m_isFirst)
            m_text += ',';
        newLine();
    }
    m_isFirst = false;
    m_isMember = false;
}

void JsonWriter::newLine()
{
    constexpr std::size_t indent = 2;
    m_text += '\n';
    m_text.append(indent * m_depth, ' ');
}

} // namespace tally
