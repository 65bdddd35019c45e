// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/document_split.h"
#include "core/document/source_text.h"
#include "core/document/tree_part.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// The fast lane for machine-written block YAML: a recursive descent over lines straight into the tree, about 0.6 GB/s
/// a core. It takes what kubectl and the common emitters write and refuses everything that it does not positively
/// recognise: anchors, aliases, tags, directives, flow collections that are not empty, complex and merge keys, odd
/// indentation, comments inside scalars, bytes on which YAML's versions differ. Whatever it takes, yaml-cpp reads
/// alike; a fuzzer compares them. What it refuses is yaml-cpp's, which also finds the words for what is wrong.
class YamlLane
{
public:
    YamlLane(const SourceText &source, ReadBudget &budget, KeyTable &keys, TreePart &part, ManagedFields managed);
    /// Gives back what it took from the budget ahead: else a file of many small documents would seem full of nodes.
    ~YamlLane();
    YamlLane(const YamlLane &) = delete;
    YamlLane &operator=(const YamlLane &) = delete;

    /// One document (see splitYamlDocuments()) into an empty part. False: refused; the part is to be thrown away.
    [[nodiscard]] bool readDocument(TextRange range);

    /// The items of a block sequence at a column, from one item's line to another's: they are appended to the part side
    /// by side. In all that the lane takes, each line of an item stands deeper than its dash, so a line that begins
    /// with a dash in the column of the items is an item: slicing there is sound. False: refused.
    [[nodiscard]] bool readItems(TextRange range, int column, std::uint32_t &count);

private:
    struct Key
    {
        const char *begin = nullptr;
        const char *end = nullptr;
        const char *place = nullptr;
        std::uint32_t sideBegin = 0;
        bool isAside = false;
    };
    struct QuotedText
    {
        const char *begin = nullptr;
        const char *end = nullptr;
        std::uint32_t sideBegin = 0;
        bool isAside = false;
        bool hasBreak = false;
    };
    enum class KeyFound : std::uint8_t { Yes, No, Refused };
    enum class Child : std::uint8_t { Member, Item };
    /// Where a member or an item ends, and what decides how the text behind its place is read.
    struct Extent
    {
        std::uint32_t end = 0; ///< offset of the line behind it; not behind its place: not known
        /// Collection: its column. Item: column of its value. Scalar member: bytes from its key to its value on the
        /// same line, else -1.
        std::int32_t column = -1;
    };
    static constexpr std::uint32_t noNode = UINT32_MAX;
    /// The children of a collection that stood in the same place of the object before, and are not passed yet.
    struct Model
    {
        std::uint32_t of = noNode;
        std::uint32_t next = noNode;
        std::uint32_t left = 0;
    };
    /// The text of fieldsV1 that was passed in a map, from the end of its key's line.
    struct PassedFields
    {
        std::uint32_t map = 0;
        std::uint32_t begin = 0;
        std::uint32_t end = 0; ///< offset of the line behind it
        bool arePlain = false;
    };

    // Lines. m_at is at the first character that is no space of a line, or at a line's end, or behind the text.
    [[nodiscard]] bool begin(TextRange range);
    void skipToText();
    void nextLine();
    [[nodiscard]] bool expectLineEnd();
    [[nodiscard]] bool atDash() const { return *m_at == '-' && (m_at[1] == ' ' || m_at[1] == '\n'); }
    [[nodiscard]] static bool isMarker(const char *at);
    [[nodiscard]] const char *lineEnd(const char *at) const;
    [[nodiscard]] std::uint32_t lineBegin() const; ///< offset of the line that m_at is the first text of

    // Structure (yaml_lane.cpp). All return false when they refuse.
    // model: the node that stood in the same place of the object before, or noNode.
    [[nodiscard]] bool value(std::uint32_t index, int parent, std::uint32_t model);
    [[nodiscard]] bool map(std::uint32_t index, int column, Key key, Model model);
    [[nodiscard]] bool member(const Key &key, int column, bool isMetadata, Model &model);
    [[nodiscard]] bool memberValue(std::uint32_t member, int column, std::uint32_t model);
    [[nodiscard]] bool sequence(std::uint32_t index, int column, std::uint32_t model);
    [[nodiscard]] bool item(int column, Model &model);
    [[nodiscard]] KeyFound findKey(Key &key, int column);
    [[nodiscard]] bool dropFields(const Key &key, int column, std::uint32_t map, std::uint32_t model);
    [[nodiscard]] bool passFields(int column);
    [[nodiscard]] static bool isPlainField(std::string_view key);
    [[nodiscard]] KeyFound findPlainKey(Key &key);
    [[nodiscard]] std::uint32_t internKey(const Key &key);
    [[nodiscard]] bool addNode(std::uint32_t key, const char *place, std::uint32_t &index);
    [[nodiscard]] bool grant();

    // What repeats the object before (yaml_lane_repeats.cpp). Objects of one kind, made by one controller, share most
    // of their lines: comparing is cheaper than reading.
    [[nodiscard]] Model modelOf(std::uint32_t node, NodeKind kind, int column) const;
    [[nodiscard]] std::uint32_t takeModel(Model &model) const;
    [[nodiscard]] std::uint32_t takeModel(Model &model, std::uint32_t key) const;
    [[nodiscard]] bool repeatsUntil(std::uint32_t begin, std::uint32_t end);
    enum class Repeat : std::uint8_t { Done, No, Refused };
    [[nodiscard]] Repeat repeat(std::uint32_t node, int column, Child child);
    [[nodiscard]] Repeat repeatMember(std::uint32_t node, int column);
    [[nodiscard]] bool repeatMembers(Model &model, int column, std::uint32_t &count);
    [[nodiscard]] bool repeatFields(std::uint32_t model, int column);
    [[nodiscard]] bool endsAt(const char *line, int column, Child child) const;
    [[nodiscard]] bool copyNodes(std::uint32_t from, std::uint32_t shift);
    void copyDropped(TextRange range, std::uint32_t shift);
    /// A member or an item ends where the next line with text begins.
    void endAt(std::uint32_t index) { m_extents[index - m_firstNode].end = lineBegin(); }

    // Scalars (yaml_lane_scalars.cpp).
    [[nodiscard]] bool scalar(std::uint32_t index, int parent);
    [[nodiscard]] bool emptyCollection(std::uint32_t index, int parent, NodeKind kind, char close);
    [[nodiscard]] bool plain(std::uint32_t index, int parent);
    [[nodiscard]] bool plainLine(const char *&begin, const char *&end, bool &comment);
    [[nodiscard]] bool quotedValue(std::uint32_t index, int parent);
    [[nodiscard]] bool quoted(QuotedText &text, int parent);
    [[nodiscard]] bool escape(int parent, QuotedText &text);
    [[nodiscard]] bool foldInQuotes(int parent, bool escaped, std::uint32_t sideBegin);
    [[nodiscard]] bool block(std::uint32_t index, int parent);
    [[nodiscard]] bool blockHeader(bool &folded, int &chomp, int &indent);
    [[nodiscard]] bool blockIndent(int parent, int &indent) const;
    [[nodiscard]] bool blockText(bool folded, int chomp, int indent);
    [[nodiscard]] bool isWithoutTabs(const char *begin, const char *end) const;

    [[nodiscard]] std::uint32_t offsetOf(const char *at) const { return static_cast<std::uint32_t>(at - m_base); }
    [[nodiscard]] TreeNode &node(std::uint32_t index) { return m_part.nodes[index]; }
    void setSource(std::uint32_t index, NodeKind kind, const char *begin, const char *end);
    void setAside(std::uint32_t index, NodeKind kind, std::uint32_t sideBegin);
    void close(std::uint32_t index, NodeKind kind, std::uint32_t children)
    {
        closeCollection(m_part, index, kind, children);
    }

    const char *m_base;
    ReadBudget &m_budget;
    KeyTable &m_keys;
    TreePart &m_part;
    const char *m_at = nullptr;
    const char *m_end = nullptr;
    int m_indent = -1;              ///< column of m_at after skipToText(); -1 behind the last line and at a marker
    std::uint32_t m_blankLines = 0; ///< that skipToText() passed
    bool m_passedComment = false;
    bool m_atMarker = false;
    bool m_hasTab = false;
    std::uint32_t m_depth = 0;
    std::uint32_t m_lastKey = 0;
    bool m_areFieldsPlain = false; ///< that were passed last
    bool m_drops;                  ///< metadata.managedFields[].fieldsV1
    std::uint32_t m_metadataKey = 0;
    std::uint32_t m_managedKey = 0;
    std::uint32_t m_managedNode = 0;  ///< a list of managed fields, where it is one
    std::uint32_t m_managedDepth = 0; ///< of its items, while they are read; else 0
    std::uint32_t m_granted = 0;
    std::vector<PassedFields> m_fields; ///< by map
    std::vector<Extent> m_extents;      ///< of the nodes from m_firstNode on
    std::uint32_t m_firstNode = 0;      ///< that this lane made
    std::uint32_t m_repeatShift = 0;    ///< from the text before to the one that is compared
    const char *m_repeatEnd = nullptr;  ///< how far they are known to be the same
    bool m_differsThere = false;
};

} // namespace tally
