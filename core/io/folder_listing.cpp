// SPDX-License-Identifier: Apache-2.0
#include "core/io/folder_listing.h"

#include "core/base/messages_base.h"
#include "core/base/messages_io.h"

#include <algorithm>

namespace tally {

namespace {

namespace fs = std::filesystem;

Error cannotList(const fs::path &folder, const std::error_code &error)
{
    if (error == std::errc::no_such_file_or_directory)
        return {ErrorKind::NotFound, {baseDef("file.not-found"), {folder.string()}}, {}};
    return {ErrorKind::Io, {baseDef("file.unreadable"), {folder.string(), error.message()}}, {}};
}

/// Walks with a list of its own, not by recursion: how deep the folders nest is up to whoever made them.
class Lister
{
public:
    Lister(const fs::path &folder, std::size_t mostFiles, const RunContext &run)
        : m_folder(folder)
        , m_mostFiles(mostFiles)
        , m_run(run)
    {
    }

    Result<FolderListing> list()
    {
        m_pending.push_back(m_folder);
        while (!m_pending.empty()) {
            const fs::path next = std::move(m_pending.back());
            m_pending.pop_back();
            const std::error_code error = listOne(next);
            if (m_run.stopRequested())
                return tl::unexpected(cancelled());
            if (m_entries > m_mostFiles)
                return fail(ErrorKind::LimitExceeded,
                    {ioDef("folder.too-many-files"), {m_folder.string(), std::to_string(m_mostFiles)}});
            if (error && next == m_folder)
                return tl::unexpected(cannotList(next, error));
            if (error)
                m_listing.unreadable.push_back({relative(next), cannotList(next, error)});
        }
        std::ranges::sort(m_listing.files);
        std::ranges::sort(m_listing.special);
        std::ranges::sort(m_listing.unreadable, {}, &FolderListing::Unreadable::path);
        return std::move(m_listing);
    }

private:
    [[nodiscard]] std::string relative(const fs::path &path) const
    {
        return path.lexically_relative(m_folder).generic_string();
    }

    std::error_code listOne(const fs::path &folder)
    {
        std::error_code error;
        fs::directory_iterator it(folder, error);
        for (const fs::directory_iterator end; !error && it != end; it.increment(error)) {
            if (++m_entries > m_mostFiles || m_run.stopRequested())
                break;
            std::error_code unknown;
            const fs::file_type type = it->symlink_status(unknown).type();
            if (unknown)
                m_listing.unreadable.push_back({relative(it->path()), cannotList(it->path(), unknown)});
            else if (type == fs::file_type::directory)
                m_pending.push_back(it->path());
            else
                (type == fs::file_type::regular ? m_listing.files : m_listing.special).push_back(relative(it->path()));
        }
        return error;
    }

    const fs::path &m_folder;
    std::size_t m_mostFiles;
    const RunContext &m_run;
    std::vector<fs::path> m_pending;
    std::size_t m_entries = 0;
    FolderListing m_listing;
};

} // namespace

Result<FolderListing> listFolder(const fs::path &folder, std::size_t mostFiles, const RunContext &run)
{
    return Lister(folder, mostFiles, run).list();
}

} // namespace tally
