// SPDX-License-Identifier: Apache-2.0
#include "core/image/extract_tree.h"

#include "core/base/messages_base.h"
#include "core/base/messages_image.h"
#include "core/base/text_format.h"
#include "core/io/tree_writer.h"

#include <algorithm>
#include <map>
#include <utility>

namespace tally {

namespace {

/// Where the content of one row goes: to its own path, and to those of hard links to it.
struct Wanted
{
    std::vector<std::string> paths;
    bool executable = false;
};

using WantedOfLayer = std::map<std::uint32_t, Wanted>; // by entry

/// Writes the wanted files of a layer as they come by.
class Extractor final : public FileVisitor
{
public:
    Extractor(TreeWriter &writer, const std::vector<FileEntry> &rows, const WantedOfLayer &wanted)
        : m_writer(writer)
        , m_rows(rows)
        , m_wanted(wanted)
    {
    }
    [[nodiscard]] bool wants(std::uint32_t entry) override
    {
        const auto found = m_wanted.find(entry);
        m_current = found == m_wanted.end() ? nullptr : &found->second;
        m_begun = false;
        return m_current != nullptr;
    }
    [[nodiscard]] Result<bool> piece(std::uint32_t /*entry*/, std::uint64_t offset, std::string_view bytes) override
    {
        TALLY_TRY(begin());
        TALLY_TRY(m_writer.write(offset, bytes));
        return true;
    }
    [[nodiscard]] Result<bool> end(std::uint32_t entry) override
    {
        TALLY_TRY(begin()); // an empty one has no piece
        TALLY_TRY(m_writer.endFile(m_rows[entry].size));
        for (std::size_t i = 1; i < m_current->paths.size(); ++i) {
            TALLY_TRY(m_writer.copyLast(m_current->paths[i], m_current->executable));
        }
        writtenFiles += m_current->paths.size();
        writtenBytes += m_current->paths.size() * m_rows[entry].size;
        return ++m_done < m_wanted.size();
    }

    std::uint64_t writtenFiles = 0;
    std::uint64_t writtenBytes = 0;

private:
    Result<> begin()
    {
        if (m_begun)
            return {};
        m_begun = true;
        return m_writer.beginFile(m_current->paths.front(), m_current->executable);
    }

    TreeWriter &m_writer;
    const std::vector<FileEntry> &m_rows;
    const WantedOfLayer &m_wanted;
    const Wanted *m_current = nullptr;
    bool m_begun = false;
    std::size_t m_done = 0;
};

class TreeExtraction
{
public:
    TreeExtraction(
        const ImageFiles &files, const ImageIndex &index, const ExtractRequest &request, const RunContext &run)
        : m_files(files)
        , m_index(index)
        , m_image(index.image())
        , m_request(request)
        , m_run(run)
    {
    }

    Result<ExtractOutcome> extract(const std::filesystem::path &into)
    {
        if (m_request.node >= m_index.size() || m_request.layer >= m_image.layers.size())
            return fail(ErrorKind::NotFound, {imageDef("image.no-such-file"), {std::to_string(m_request.node)}});
        TALLY_TRY(collect());
        const std::string name
            = m_request.node == 0 ? std::string("rootfs") : safeFileName(m_index.name(m_request.node));
        m_out.path = into / name;
        std::error_code error;
        if (!std::filesystem::is_directory(into, error))
            return fail(ErrorKind::NotFound, {baseDef("file.not-found"), {into.string()}});
        if (std::filesystem::exists(std::filesystem::symlink_status(m_out.path, error)))
            return fail(ErrorKind::Io, {imageDef("image.extract-exists"), {m_out.path.string()}});
        // A single file is put into a folder of its own first: files are never made beside others of the user.
        const bool single = m_rootIsFile;
        const std::filesystem::path root = single ? into / (name + ".extracting") : m_out.path;
        TALLY_ASSIGN(TreeWriter writer, TreeWriter::create(root));
        const Result<> written = write(writer);
        m_out.renamed += writer.renamed();
        if (single) {
            if (written && m_out.files == 1)
                std::filesystem::rename(root / writer.lastName(), m_out.path, error);
            std::error_code ignored;
            std::filesystem::remove_all(root, ignored);
            if (error)
                return fail(ErrorKind::Io, {baseDef("file.unwritable"), {m_out.path.string(), error.message()}});
        }
        if (!written)
            return tl::unexpected(written.error());
        if (single && m_out.files == 0 && !m_out.diagnostics.empty())
            return tl::unexpected(Error{ErrorKind::Malformed, m_out.diagnostics.front().message, {}});
        return std::move(m_out);
    }

private:
    /// What stands at a node in the view that was asked for.
    [[nodiscard]] const NodeEvent *shownAt(std::uint32_t node) const
    {
        const NodeEvent *event = m_index.eventUpTo(node, m_request.layer);
        if (!event || !ImageIndex::isThere(*event)
            || (!m_request.merged && event->layer != static_cast<std::int32_t>(m_request.layer)))
            return nullptr;
        return event;
    }

    Result<> collect()
    {
        const std::uint32_t root = m_request.node;
        const NodeEvent *top = shownAt(root);
        const FileEntry *topEntry = top ? m_index.entry(*top) : nullptr;
        const bool leaf = root != 0 && m_index.end(root) == root + 1 && topEntry;
        m_rootIsFile = leaf && (topEntry->type == EntryType::File || topEntry->type == EntryType::Hardlink);
        if (leaf && !m_rootIsFile && topEntry->type != EntryType::Directory)
            return fail(
                ErrorKind::Unsupported, {imageDef("image.no-regular-file"), {visible(toUtf8(m_index.path(root)))}});
        struct Level
        {
            std::uint32_t end;
            std::size_t length;
        };
        std::vector<Level> levels;
        std::string path;
        bool anything = false;
        for (std::uint32_t node = root; node < m_index.end(root); ++node) {
            while (!levels.empty() && node >= levels.back().end)
                levels.pop_back();
            path.resize(levels.empty() ? 0 : levels.back().length);
            if (node != root || m_rootIsFile)
                path.append(path.empty() ? "" : "/").append(m_index.name(node));
            levels.push_back({m_index.end(node), path.size()});
            const NodeEvent *event = shownAt(node);
            if (!event)
                continue;
            anything = true;
            TALLY_TRY(take(*event, path));
        }
        if (!anything)
            return fail(ErrorKind::NotFound, {imageDef("image.no-such-file"), {visible(toUtf8(m_index.path(root)))}});
        return {};
    }

    Result<> take(const NodeEvent &event, const std::string &path)
    {
        const FileEntry *entry = m_index.entry(event);
        if (!entry || entry->type == EntryType::Directory || path.empty()) { // a file called "/" is none
            m_folders.push_back(path);
            return {};
        }
        if (entry->type == EntryType::Symlink) {
            ++m_out.links;
            return {};
        }
        FilePlace place{static_cast<std::uint32_t>(event.layer), static_cast<std::uint32_t>(event.entry)};
        if (entry->type == EntryType::Hardlink) {
            const auto target = findFile(m_image, event.layer, m_image.strings.view(entry->path));
            if (!target) {
                m_out.diagnostics.push_back(
                    {Diagnostic::Severity::Warning, target.error().message, m_image.source, visible(toUtf8(path))});
                return {};
            }
            place = *target;
        } else if (entry->type != EntryType::File) {
            ++m_out.specials;
            return {};
        }
        const FileEntry &row = m_image.layers[place.layer].files[place.entry];
        m_total += row.size;
        if (m_total > m_request.maxBytes)
            return fail(ErrorKind::LimitExceeded,
                {imageDef("image.extract-limit"),
                    {visible(toUtf8(path)), formatBytes(m_request.maxBytes, Language::English)}});
        const auto attributes = attributesOf(m_image.layers[place.layer], place.entry);
        const bool capable = std::ranges::any_of(
            attributes, [&](const EntryAttribute &a) { return m_image.strings.view(a.name) == "security.capability"; });
        m_out.stripped += (row.mode & 07000U) != 0 || capable ? 1 : 0;
        Wanted &wanted = m_wanted[place.layer][place.entry];
        wanted.paths.push_back(path);
        wanted.executable = (row.mode & 0100U) != 0;
        return {};
    }

    Result<> write(TreeWriter &writer)
    {
        for (const std::string &folder : m_folders) {
            if (m_run.stopRequested())
                return tl::unexpected(cancelled());
            TALLY_TRY(writer.folder(folder));
        }
        m_out.folders = m_folders.size();
        std::uint64_t done = 0;
        for (const auto &[layer, wanted] : m_wanted) {
            Extractor extractor(writer, m_image.layers[layer].files, wanted);
            Result<> walked = m_files.walk(layer, extractor, m_run);
            m_out.files += extractor.writtenFiles;
            m_out.bytes += extractor.writtenBytes;
            if (!walked && (walked.error().kind == ErrorKind::Cancelled || walked.error().kind == ErrorKind::Io))
                return walked;
            if (!walked)
                m_out.diagnostics.push_back({Diagnostic::Severity::Error, walked.error().message, m_image.source,
                    visible(toUtf8(m_image.layers[layer].digest))});
            m_run.report({{imageDef("image.extracting"), {}}, ++done, m_wanted.size()});
        }
        return {};
    }

    const ImageFiles &m_files;
    const ImageIndex &m_index;
    const Image &m_image;
    const ExtractRequest &m_request;
    const RunContext &m_run;
    ExtractOutcome m_out;
    bool m_rootIsFile = false;
    std::uint64_t m_total = 0;
    std::vector<std::string> m_folders;
    std::map<std::size_t, WantedOfLayer> m_wanted;
};

} // namespace

std::vector<Message> remarksOn(const ExtractOutcome &outcome)
{
    std::vector<Message> remarks;
    for (const auto &[count, def] : {std::pair(outcome.links, imageDef("image.extract-links")),
             std::pair(outcome.specials, imageDef("image.extract-specials")),
             std::pair(outcome.renamed, imageDef("image.extract-renamed")),
             std::pair(outcome.stripped, imageDef("image.extract-stripped"))}) {
        if (count > 0)
            remarks.push_back({def, {}, static_cast<int>(count)});
    }
    return remarks;
}

Result<ExtractOutcome> extractTree(const ImageFiles &files, const ImageIndex &index, const ExtractRequest &request,
    const std::filesystem::path &into, const RunContext &run)
{
    return TreeExtraction(files, index, request, run).extract(into);
}

} // namespace tally
