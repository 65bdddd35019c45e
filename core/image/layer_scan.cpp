// SPDX-License-Identifier: Apache-2.0
#include "core/image/layer_scan.h"

#include "core/base/messages.h"
#include "core/base/text_format.h"
#include "core/image/content_hash.h"
#include "core/image/inventory.h"
#include "core/io/archive.h"
#include "core/io/decompress.h"
#include "core/io/digest.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tally {

namespace {

constexpr std::uint64_t worthAThread = 4U << 20;
constexpr std::size_t maxNameDiagnostics = 20;
constexpr std::uint64_t maxCapturedInLayer = 256U << 20;

/// Digests blocks, on another thread if asked to. Queued blocks keep their memory; at most eight wait.
class DigestWorker
{
public:
    explicit DigestWorker(bool ownThread)
    {
        if (ownThread)
            m_thread = std::jthread([this] { run(); });
    }
    DigestWorker(const DigestWorker &) = delete;
    DigestWorker &operator=(const DigestWorker &) = delete;
    ~DigestWorker() { finish(); }

    void add(Sha256 &digest, const Block &block)
    {
        if (!m_thread.joinable()) {
            digest.update(block.bytes);
            return;
        }
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [this] { return m_queue.size() < 8; });
        m_queue.push_back({&digest, block});
        m_work.notify_one();
    }
    void finish()
    {
        if (!m_thread.joinable())
            return;
        {
            const std::scoped_lock lock(m_mutex);
            m_finished = true;
            m_work.notify_one();
        }
        m_thread.join();
    }

private:
    struct Job
    {
        Sha256 *digest;
        Block block;
    };

    void run()
    {
        for (;;) {
            std::unique_lock lock(m_mutex);
            m_work.wait(lock, [this] { return m_finished || !m_queue.empty(); });
            if (m_queue.empty())
                return;
            const Job job = std::move(m_queue.front());
            m_queue.pop_front();
            m_room.notify_one();
            lock.unlock();
            job.digest->update(job.block.bytes);
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_work;
    std::condition_variable m_room;
    std::deque<Job> m_queue;
    bool m_finished = false;
    std::jthread m_thread;
};

/// Hands blocks on and shows each to somebody. Begins with a block that was read before.
class Tap final : public BlockReader
{
public:
    using Look = std::function<void(const Block &)>;

    Tap(Block first, BlockReaderPtr inner, Look look)
        : m_first(std::move(first))
        , m_inner(std::move(inner))
        , m_look(std::move(look))
    {
    }
    [[nodiscard]] Result<Block> next() override
    {
        if (!m_first.bytes.empty()) {
            Block block = std::move(m_first);
            m_first = {};
            m_look(block);
            return block;
        }
        auto block = m_inner->next();
        if (block && !block->bytes.empty())
            m_look(*block);
        return block;
    }

private:
    Block m_first;
    BlockReaderPtr m_inner;
    Look m_look;
};

EntryType entryType(MemberType type)
{
    switch (type) {
    case MemberType::File:
        return EntryType::File;
    case MemberType::Directory:
        return EntryType::Directory;
    case MemberType::Symlink:
        return EntryType::Symlink;
    case MemberType::Hardlink:
        return EntryType::Hardlink;
    case MemberType::CharDevice:
        return EntryType::CharDevice;
    case MemberType::BlockDevice:
        return EntryType::BlockDevice;
    case MemberType::Fifo:
        return EntryType::Fifo;
    case MemberType::Socket:
        return EntryType::Socket;
    }
    return EntryType::File;
}

/// Turns members into rows.
class LayerReader
{
public:
    LayerReader(LayerScan &scan, const std::string &name, const Limits &limits, const RunContext &run)
        : m_scan(scan)
        , m_name(name)
        , m_limits(limits)
        , m_run(run)
        , m_packages(limits)
    {
    }

    Result<> read(Archive &archive)
    {
        ArchiveMember member;
        for (std::size_t i = 0;; ++i) {
            if (i % 1000 == 0 && m_run.stopRequested())
                return tl::unexpected(cancelled());
            TALLY_ASSIGN(const bool more, archive.next(member));
            if (!more)
                break;
            TALLY_TRY(add(archive, member));
        }
        if (archive.skippedNames() > 0)
            note({messageDef("image.names-too-long"), {m_name}, static_cast<int>(archive.skippedNames())}, m_name);
        markDuplicates();
        return {};
    }

    [[nodiscard]] LayerPackages takePackages() { return m_packages.take(); }

private:
    Result<> add(Archive &archive, const ArchiveMember &member)
    {
        bool escaped = false;
        std::string path = cleanPath(member.name, &escaped);
        if (escaped)
            odd({messageDef("image.path-escapes"), {m_name, visible(toUtf8(member.name))}}, path);
        FileEntry entry;
        entry.type = entryType(member.type);
        entry.size = member.size;
        entry.mtime = member.mtime;
        entry.uid = member.uid;
        entry.gid = member.gid;
        entry.mode = static_cast<std::uint16_t>(member.mode);
        m_scan.bytes += member.size;
        if (!applyWhiteout(entry, path))
            return {};
        entry.path = m_scan.strings.intern(path);
        if (entry.type == EntryType::Hardlink)
            entry.link = m_scan.strings.intern(cleanPath(member.link));
        else if (!member.link.empty())
            entry.link = m_scan.strings.intern(member.link);

        const auto index = static_cast<std::uint32_t>(m_scan.files.size());
        m_scan.files.push_back(entry);
        m_scan.contents.push_back(0);
        remark(member, index);
        if (entry.type == EntryType::File && entry.size > 0)
            return readContent(archive, member, path, index);
        return {};
    }

    /// False for entries that mean nothing: bare ".wh.", and what AUFS keeps for itself.
    bool applyWhiteout(FileEntry &entry, std::string &path)
    {
        if (path.find(".wh.") == std::string::npos)
            return true;
        if (path.starts_with(".wh..wh.") || path.find("/.wh..wh.") != std::string::npos) {
            const std::size_t slash = path.rfind('/');
            const std::size_t start = slash == std::string::npos ? 0 : slash + 1;
            if (path.compare(start, std::string::npos, ".wh..wh..opq") != 0)
                return false;
            path.resize(slash == std::string::npos ? 0 : slash);
            entry.type = EntryType::OpaqueWhiteout;
            return true;
        }
        const std::size_t slash = path.rfind('/');
        const std::size_t start = slash == std::string::npos ? 0 : slash + 1;
        if (path.compare(start, 4, ".wh.") != 0)
            return true;
        const std::string hidden = path.substr(start + 4);
        if (hidden.empty() || hidden == "." || hidden == "..") { // ".." would remove what stands above
            odd({messageDef("image.invalid-whiteout"), {m_name, visible(toUtf8(path))}}, path);
            return false;
        }
        path.replace(start, std::string::npos, hidden);
        entry.type = EntryType::Whiteout;
        return true;
    }

    void remark(const ArchiveMember &member, std::uint32_t index)
    {
        for (const auto &[key, value] : member.xattrs) {
            if (key == "security.capability")
                m_scan.capabilities.push_back({index, capabilityText(value)});
        }
        if (member.type == MemberType::CharDevice || member.type == MemberType::BlockDevice) {
            m_scan.devices.push_back({index,
                (member.type == MemberType::CharDevice ? "char " : "block ") + std::to_string(member.deviceMajor) + ":"
                    + std::to_string(member.deviceMinor)});
        }
    }

    Result<> readContent(Archive &archive, const ArchiveMember &member, const std::string &path, std::uint32_t index)
    {
        const Interest interest = interestIn(path);
        const bool keep = interest != Interest::None && !member.sparse && member.size <= m_limits.maxCaptureBytes
            && m_captured + member.size <= maxCapturedInLayer;
        m_packages.begin(path, index, member.size, member.sparse);
        ContentHash hash;
        std::string content;
        std::uint64_t expected = 0;
        for (;;) {
            TALLY_ASSIGN(const Archive::Piece piece, archive.nextPiece());
            if (piece.bytes.empty())
                break;
            if (piece.offset != expected)
                hash.mix(piece.offset);
            hash.update(piece.bytes);
            m_packages.piece(piece.offset, piece.bytes);
            expected = piece.offset + piece.bytes.size();
            if (keep)
                content.append(piece.bytes);
            if (m_run.stopRequested())
                return tl::unexpected(cancelled());
        }
        m_scan.contents[index] = hash.finish();
        m_packages.end();
        if (!keep)
            return {};
        if (interest == Interest::Secret) {
            if (auto form = secretInFile(path, content))
                m_scan.secrets.push_back({index, *std::move(form)});
        } else {
            m_captured += content.size();
            m_scan.captured.push_back({index, std::move(content)});
        }
        return {};
    }

    /// Of several entries of one path in a layer the last one counts (the image specification forbids them).
    void markDuplicates()
    {
        std::vector<std::int64_t> last(m_scan.strings.size(), -1);
        std::size_t count = 0;
        for (std::size_t i = 0; i < m_scan.files.size(); ++i) {
            const FileEntry &entry = m_scan.files[i];
            if (entry.type == EntryType::Whiteout || entry.type == EntryType::OpaqueWhiteout)
                continue;
            std::int64_t &before = last[entry.path.value];
            if (before >= 0) {
                m_scan.files[static_cast<std::size_t>(before)].shadowed = true;
                ++count;
            }
            before = static_cast<std::int64_t>(i);
        }
        if (count > 0)
            note({messageDef("image.duplicate-entries"), {m_name}, static_cast<int>(count)}, m_name);
    }

    void odd(Message message, const std::string &where)
    {
        if (m_scan.diagnostics.size() < maxNameDiagnostics)
            m_scan.diagnostics.push_back({Diagnostic::Severity::Warning, std::move(message), -1, toUtf8(where)});
    }
    void note(Message message, const std::string &where)
    {
        m_scan.diagnostics.push_back({Diagnostic::Severity::Note, std::move(message), -1, toUtf8(where)});
    }

    LayerScan &m_scan;
    const std::string &m_name;
    const Limits &m_limits;
    const RunContext &m_run;
    PackageScan m_packages;
    std::uint64_t m_captured = 0;
};

} // namespace

std::string cleanPath(std::string_view name, bool *escaped)
{
    std::string path;
    path.reserve(name.size());
    while (!name.empty()) {
        const std::size_t slash = std::min(name.find('/'), name.size());
        const std::string_view part = name.substr(0, slash);
        name.remove_prefix(std::min(slash + 1, name.size()));
        if (part.empty() || part == ".")
            continue;
        if (part == "..") {
            if (path.empty() && escaped)
                *escaped = true;
            const std::size_t last = path.rfind('/');
            path.resize(last == std::string::npos ? 0 : last);
            continue;
        }
        if (!path.empty())
            path += '/';
        path += part;
    }
    return path;
}

LayerScan scanLayer(BlockReaderPtr input, std::uint64_t expectedBytes, const std::string &name, const Limits &limits,
    ScanProgress &progress)
{
    LayerScan scan;
    auto first = input->next();
    if (!first) {
        scan.error = std::move(first).error();
        return scan;
    }
    scan.type = sniff(first->bytes.substr(0, 4096));
    const bool compressed = isCompression(scan.type);
    Sha256 stored;
    Sha256 unpacked;
    DigestWorker worker(expectedBytes >= worthAThread);
    auto raw = std::make_unique<Tap>(*std::move(first), std::move(input), [&](const Block &block) {
        worker.add(stored, block);
        scan.compressedBytes += block.bytes.size();
        progress.add(block.bytes.size());
    });
    Tap *rawTap = raw.get(); // owned by `stream` below, which lives as long as the archive
    BlockReaderPtr stream = std::move(raw);
    if (compressed) {
        stream = std::make_unique<Tap>(Block{}, decompress(std::move(stream), scan.type, limits, name),
            [&](const Block &block) { worker.add(unpacked, block); });
    }

    Tap *outerTap = static_cast<Tap *>(stream.get());
    auto archive = Archive::openTar(std::move(stream), name, limits);
    bool wholeStream = false;
    if (!archive) {
        scan.error = std::move(archive).error();
    } else if (!compressed && scan.type != FileType::Tar && scan.type != FileType::Empty) {
        scan.error = Error{ErrorKind::Malformed,
            {messageDef("image.layer-not-tar"), {name, std::string(fileTypeName(scan.type))}}, {}};
    } else {
        LayerReader reader(scan, name, limits, progress.run);
        if (auto read = reader.read(*archive); !read)
            scan.error = std::move(read).error();
        scan.packages = reader.takePackages();
    }
    const bool stopped = scan.error && scan.error->kind == ErrorKind::Cancelled;
    if (archive && !stopped) {
        for (;;) { // whatever the tar reader left: a diff_id covers the padding
            auto block = outerTap->next();
            wholeStream = block && block->bytes.empty();
            if (!block && !scan.error)
                scan.error = std::move(block).error();
            if (!block || block->bytes.empty() || progress.run.stopRequested())
                break;
        }
        for (;;) {
            auto block = rawTap->next();
            if (!block || block->bytes.empty() || progress.run.stopRequested())
                break;
        }
    }
    worker.finish();
    scan.digest = "sha256:" + stored.hex();
    if (!compressed)
        scan.diffId = scan.digest;
    else if (wholeStream)
        scan.diffId = "sha256:" + unpacked.hex();
    return scan;
}

} // namespace tally
