// SPDX-License-Identifier: Apache-2.0
#include "core/image/content_search.h"

#include "core/base/ascii.h"
#include "core/base/messages_image.h"
#include "core/base/parallel.h"
#include "core/base/text_format.h"
#include "core/document/secret_rules.h"
#include "core/image/image_index.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <memory>
#include <mutex>
#include <numeric>
#include <set>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tally {

namespace {

constexpr std::size_t maxNeedle = 4096;
constexpr std::size_t contextBytes = 4096;    ///< around a match, for masking and excerpts
constexpr std::size_t chunkBytes = 4U << 20;  ///< of a long file at once
constexpr std::uint64_t taskBytes = 8U << 20; ///< of an uncompressed layer for a worker at once
constexpr std::size_t keyBytes = 16U << 10;   ///< a key in PEM is not longer
constexpr std::size_t bufferBytes = taskBytes + keyBytes + maxNeedle + contextBytes;

bool isLetter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// How often a byte stands in files, roughly: the rarest two of the needle are compared first.
int frequency(char c)
{
    if (c == '\0')
        return 9;
    if (c == ' ' || c == 'e' || c == 't' || c == 'a')
        return 8;
    if (isLetter(c))
        return std::strchr("onisr", c) ? 7 : c >= 'a' ? 5 : 3;
    if (c == '\n' || static_cast<unsigned char>(c) == 0xFF)
        return 6;
    return c >= '0' && c <= '9' ? 4 : 2;
}

/// What all workers of a search share.
class Search
{
public:
    Search(const ImageFiles &files, const ContentQuery &query, const RunContext &run, const ContentHitSink &sink)
        : m_files(files)
        , m_image(files.image())
        , m_query(query)
        , m_run(run)
        , m_sink(sink)
        , m_finder(query.bytes, query.caseSensitive)
        , m_index(ImageIndex::of(m_image))
    {
        for (const Risk &risk : m_image.risks) {
            if (risk.kind == "secret")
                m_secrets.emplace(risk.layer, risk.path);
        }
    }

    Result<ContentSearch> search();

    [[nodiscard]] bool wants(std::size_t layer, std::uint32_t entry) const
    {
        return !full() && (!m_query.onlyHidden || !m_index->isVisible(layer, entry));
    }
    [[nodiscard]] bool full() const { return m_count.load(std::memory_order_relaxed) >= m_query.maxHits; }
    [[nodiscard]] const ContentQuery &query() const { return m_query; }
    [[nodiscard]] const ByteFinder &finder() const { return m_finder; }
    [[nodiscard]] bool isText(std::string_view head) const
    {
        return !m_query.onlyText || head.substr(0, 4096).find('\0') == std::string_view::npos;
    }

    [[nodiscard]] ContentHit hitAt(FilePlace place, std::string_view window, std::size_t at) const;
    void take(std::vector<ContentHit> hits);
    void took(std::uint64_t files, std::uint64_t bytes)
    {
        m_lookedInto += files;
        m_bytes += bytes;
    }
    void limited() { m_limited = true; }

private:
    struct Task
    {
        std::size_t layer = 0;
        std::size_t first = 0; ///< of the extents
        std::size_t end = 0;
        std::uint64_t begin = 0; ///< of the only file of a task, where it is a part of one
        std::uint64_t bytes = 0;
    };

    /// A worker's buffer for one task: filling new memory would cost more than searching it.
    class BufferLease
    {
    public:
        explicit BufferLease(Search &search)
            : m_search(search)
        {
            const std::scoped_lock lock(search.m_mutex);
            if (!search.m_buffers.empty()) {
                m_bytes = std::move(search.m_buffers.back());
                search.m_buffers.pop_back();
            } else {
                m_bytes = std::make_unique<std::string>(bufferBytes, '\0');
            }
        }
        BufferLease(const BufferLease &) = delete;
        BufferLease &operator=(const BufferLease &) = delete;
        ~BufferLease()
        {
            const std::scoped_lock lock(m_search.m_mutex);
            m_search.m_buffers.push_back(std::move(m_bytes));
        }
        [[nodiscard]] std::string &bytes() const { return *m_bytes; }

    private:
        Search &m_search;
        std::unique_ptr<std::string> m_bytes;
    };

    void failed(std::size_t layer, const Error &error);
    void searchPlain(const std::vector<std::pair<std::size_t, ImageFiles::Extents>> &layers);
    void runTask(const Task &task, const ImageFiles::Extents &extents);
    void countLinesOf(std::vector<ContentHit> &hits, const ImageFiles::Extents &extents) const;
    [[nodiscard]] std::string pathOf(FilePlace place) const
    {
        return "/" + std::string(m_image.strings.view(m_image.layers[place.layer].files[place.entry].path));
    }

    const ImageFiles &m_files;
    const Image &m_image;
    const ContentQuery &m_query;
    const RunContext &m_run;
    const ContentHitSink &m_sink;
    ByteFinder m_finder;
    ImageIndexPtr m_index;
    std::set<std::pair<std::uint32_t, std::string>> m_secrets; ///< files that hold a credential
    std::atomic<std::size_t> m_count{0};
    std::atomic<std::uint64_t> m_lookedInto{0};
    std::atomic<std::uint64_t> m_bytes{0};
    std::atomic<std::uint64_t> m_done{0}; ///< of the uncompressed layers
    std::atomic<bool> m_limited{false};
    std::mutex m_mutex; // guards the rest
    ContentSearch m_found;
    std::vector<std::unique_ptr<std::string>> m_buffers;
};

/// Does the text before the match open a private key that it does not close?
bool insideKey(std::string_view before)
{
    before = before.substr(before.size() - std::min(before.size(), keyBytes));
    const std::size_t begin = before.rfind("-----BEGIN ");
    if (begin == std::string_view::npos || before.find("-----END ", begin) != std::string_view::npos)
        return false;
    const std::string_view label = before.substr(begin, 80);
    return label.find("PRIVATE KEY") != std::string_view::npos;
}

/// The part of a text that is at most `most` bytes and holds [begin, end), cut between characters.
struct Cut
{
    std::size_t begin = 0;
    std::size_t end = 0;
};
Cut cutAround(std::string_view text, std::size_t begin, std::size_t end, std::size_t most)
{
    const std::size_t room = most > end - begin ? most - (end - begin) : 0;
    Cut cut{begin - std::min(begin, room / 3), std::min(text.size(), end + room - std::min(begin, room / 3))};
    const auto inside = [&](std::size_t i) {
        return i > 0 && i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
    };
    while (cut.begin < begin && inside(cut.begin))
        ++cut.begin;
    while (cut.end > end && inside(cut.end))
        --cut.end;
    return cut;
}

ContentHit Search::hitAt(FilePlace place, std::string_view window, std::size_t at) const
{
    ContentHit hit;
    hit.place = place;
    hit.visible = m_index->isVisible(place.layer, place.entry);
    const std::size_t end = at + m_finder.length();
    std::size_t lineBegin = window.substr(0, at).rfind('\n');
    lineBegin = lineBegin == std::string_view::npos ? 0 : lineBegin + 1;
    lineBegin = std::max(lineBegin, at - std::min(at, contextBytes));
    const std::size_t lineEnd = std::min(
        {window.find('\n', end > at && window[end - 1] == '\n' ? end - 1 : end), window.size(), end + contextBytes});
    const std::string_view line = window.substr(lineBegin, std::max(lineEnd, end) - lineBegin);
    if (m_secrets.contains({place.layer, pathOf(place)}) || insideKey(window.substr(0, at))) {
        hit.excerpt = maskedText(line.size());
        return hit;
    }
    // Before it is made visible, so that the rules see what stands there. What they leave of the match tells where it
    // is.
    const std::string before = toUtf8(line.substr(0, at - lineBegin));
    const std::string match = toUtf8(line.substr(at - lineBegin, m_finder.length()));
    const std::string whole = before + match + toUtf8(line.substr(end - lineBegin));
    const std::string masked = maskSecretsInText(whole);
    if (masked == whole) {
        const Cut cut = cutAround(whole, before.size(), before.size() + match.size(), m_query.maxExcerptBytes);
        const std::string head = visible(std::string_view(whole).substr(cut.begin, before.size() - cut.begin));
        const std::string middle = visible(match);
        hit.matchBegin = static_cast<std::uint32_t>(head.size());
        hit.matchEnd = static_cast<std::uint32_t>(head.size() + middle.size());
        hit.excerpt = head + middle
            + visible(
                std::string_view(whole).substr(before.size() + match.size(), cut.end - before.size() - match.size()));
        return hit;
    }
    const std::size_t same = static_cast<std::size_t>(
        std::mismatch(masked.begin(), masked.end(), whole.begin(), whole.end()).first - masked.begin());
    const std::size_t found = masked.compare(std::min(before.size(), masked.size()), match.size(), match) == 0
        ? before.size()
        : masked.find(match);
    const std::size_t middle = found == std::string::npos ? same : found;
    const std::size_t length = found == std::string::npos ? 0 : match.size();
    const Cut cut = cutAround(masked, middle, middle + length, m_query.maxExcerptBytes);
    const std::string head = visible(std::string_view(masked).substr(cut.begin, middle - cut.begin));
    hit.matchBegin = static_cast<std::uint32_t>(head.size());
    hit.excerpt = head + visible(std::string_view(masked).substr(middle, length));
    hit.matchEnd = static_cast<std::uint32_t>(hit.excerpt.size());
    hit.excerpt += visible(std::string_view(masked).substr(middle + length, cut.end - middle - length));
    return hit;
}

void Search::take(std::vector<ContentHit> hits)
{
    if (hits.empty())
        return;
    const std::scoped_lock lock(m_mutex);
    const std::size_t room = m_query.maxHits - std::min(m_query.maxHits, m_found.hits.size());
    if (hits.size() > room) {
        hits.resize(room);
        m_limited = true;
    }
    m_count += hits.size();
    if (m_sink && !hits.empty())
        m_sink(hits);
    m_found.hits.insert(m_found.hits.end(), hits.begin(), hits.end());
}

void Search::failed(std::size_t layer, const Error &error)
{
    const std::scoped_lock lock(m_mutex);
    m_found.diagnostics.push_back(
        {Diagnostic::Severity::Error, error.message, m_image.source, visible(toUtf8(m_image.layers[layer].digest))});
}

/// The files of one compressed layer as they stream by.
class StreamSearch final : public FileVisitor
{
public:
    StreamSearch(Search &search, std::size_t layer)
        : m_search(search)
        , m_layer(static_cast<std::uint32_t>(layer))
    {
    }
    void setRows(const std::vector<FileEntry> &rows) { m_rows = &rows; }

    [[nodiscard]] bool wants(std::uint32_t entry) override
    {
        const FileEntry &row = (*m_rows)[entry];
        if (row.size < m_search.finder().length() || !m_search.wants(m_layer, entry))
            return false;
        m_buffer.clear();
        m_bufferAt = m_expected = m_lines = 0;
        m_searched = 0;
        m_hits.clear();
        m_first = true;
        return true;
    }
    [[nodiscard]] Result<bool> piece(std::uint32_t entry, std::uint64_t offset, std::string_view bytes) override
    {
        if (m_first && !m_search.isText(bytes))
            return false;
        m_bytes += bytes.size();
        if (m_first && offset == 0 && bytes.size() == (*m_rows)[entry].size) { // most files: no copy
            process(entry, bytes, true);
            return !m_search.full();
        }
        m_first = false;
        if (offset != m_expected) { // a hole: nothing matches across it that is not zeros
            process(entry, m_buffer, true);
            m_lines += countLines(m_buffer);
            m_buffer.clear();
            m_bufferAt = offset;
            m_searched = 0;
        }
        m_expected = offset + bytes.size();
        m_buffer.append(bytes);
        if (m_buffer.size() < chunkBytes)
            return true;
        process(entry, m_buffer, false);
        const std::size_t drop = m_searched - std::min(m_searched, keyBytes);
        m_lines += countLines(std::string_view(m_buffer).substr(0, drop));
        m_buffer.erase(0, drop);
        m_bufferAt += drop;
        m_searched -= drop;
        return !m_search.full() && m_hits.size() < m_search.query().maxHitsPerFile;
    }
    [[nodiscard]] Result<bool> end(std::uint32_t entry) override
    {
        if (!m_buffer.empty())
            process(entry, m_buffer, true);
        m_search.take(std::move(m_hits));
        m_search.took(1, m_bytes);
        m_hits.clear();
        m_bytes = 0;
        return !m_search.full();
    }

private:
    void process(std::uint32_t entry, std::string_view text, bool last)
    {
        // A match whose surroundings are not there yet waits for the next piece.
        const std::size_t limit = last ? text.size() : text.size() - std::min(text.size(), contextBytes + maxNeedle);
        std::size_t from = m_searched;
        std::uint64_t line = 0;
        std::size_t counted = 0;
        while (m_hits.size() < m_search.query().maxHitsPerFile) {
            const std::size_t at = m_search.finder().find(text, from);
            if (at == std::string_view::npos || at >= limit)
                break;
            line += countLines(text.substr(counted, at - counted));
            counted = at;
            ContentHit hit = m_search.hitAt({m_layer, entry}, text, at);
            hit.offset = m_bufferAt + at;
            hit.line = m_lines + line + 1;
            m_hits.push_back(std::move(hit));
            from = at + m_search.finder().length();
        }
        if (m_hits.size() >= m_search.query().maxHitsPerFile
            && m_search.finder().find(text, from) != std::string_view::npos)
            m_search.limited();
        m_searched = std::max(limit, from);
    }

    Search &m_search;
    std::uint32_t m_layer;
    const std::vector<FileEntry> *m_rows = nullptr;
    std::string m_buffer;         ///< of a file that comes in several pieces
    std::uint64_t m_bufferAt = 0; ///< its place in the file
    std::uint64_t m_expected = 0;
    std::uint64_t m_lines = 0;  ///< before the buffer
    std::size_t m_searched = 0; ///< of the buffer
    std::uint64_t m_bytes = 0;
    bool m_first = true;
    std::vector<ContentHit> m_hits;
};

void Search::runTask(const Task &task, const ImageFiles::Extents &extents)
{
    const std::size_t length = m_finder.length();
    const ImageFiles::Extent &first = extents.files[task.first];
    const ImageFiles::Extent &last = extents.files[task.end - 1];
    const bool part = task.bytes != 0; // of one long file
    const std::uint64_t lead = part ? std::min<std::uint64_t>(task.begin, keyBytes) : 0;
    const std::uint64_t from = first.offset + (part ? task.begin - lead : 0);
    const std::uint64_t to = part
        ? std::min(first.offset + first.size, first.offset + task.begin + task.bytes + length - 1 + contextBytes)
        : last.offset + last.size;
    const BufferLease lease(*this);
    const auto got = extents.source->readAt(from, lease.bytes().data(), static_cast<std::size_t>(to - from));
    if (!got) {
        failed(task.layer, got.error());
        return;
    }
    const std::string_view all(lease.bytes().data(), *got);
    std::vector<ContentHit> hits;
    std::uint64_t bytes = 0;
    std::uint64_t looked = 0;
    for (std::size_t i = task.first; i < task.end && !full(); ++i) {
        const ImageFiles::Extent &file = extents.files[i];
        if (file.size < length || !wants(task.layer, file.entry))
            continue;
        const std::string_view text = part
            ? all
            : all.substr(std::min(all.size(), static_cast<std::size_t>(file.offset - from)),
                static_cast<std::size_t>(file.size));
        if ((!part || task.begin == 0) && !isText(text))
            continue;
        looked += !part || task.begin == 0 ? 1 : 0;
        bytes += part ? task.bytes : file.size;
        std::size_t count = 0;
        for (std::size_t at = m_finder.find(text, static_cast<std::size_t>(lead)); at != std::string_view::npos;
             at = m_finder.find(text, at + length)) {
            if (part && at >= lead + task.bytes)
                break;
            if (count++ == m_query.maxHitsPerFile) {
                m_limited = true;
                break;
            }
            hits.push_back(hitAt({static_cast<std::uint32_t>(task.layer), file.entry}, text, at));
            hits.back().offset = (part ? task.begin - lead : 0) + at;
        }
    }
    countLinesOf(hits, extents);
    took(looked, bytes);
    take(std::move(hits));
}

/// Lines are counted only in files that have a hit: from their beginning, again.
void Search::countLinesOf(std::vector<ContentHit> &hits, const ImageFiles::Extents &extents) const
{
    std::string buffer;
    std::uint32_t entry = ~0U;
    std::uint64_t counted = 0;
    std::uint64_t lines = 0;
    const ImageFiles::Extent *file = nullptr;
    for (ContentHit &hit : hits) {
        if (!file || hit.place.entry != entry) {
            const auto found = std::ranges::lower_bound(extents.files, hit.place.entry, {}, &ImageFiles::Extent::entry);
            file = &*found;
            entry = hit.place.entry;
            counted = lines = 0;
        }
        while (counted < hit.offset) {
            buffer.resize(static_cast<std::size_t>(std::min<std::uint64_t>(hit.offset - counted, chunkBytes)));
            const auto got = extents.source->readAt(file->offset + counted, buffer.data(), buffer.size());
            if (!got || *got == 0)
                break;
            lines += countLines(std::string_view(buffer).substr(0, *got));
            counted += *got;
        }
        hit.line = lines + 1;
    }
}

void Search::searchPlain(const std::vector<std::pair<std::size_t, ImageFiles::Extents>> &layers)
{
    struct Job
    {
        Task task;
        const ImageFiles::Extents *extents;
    };
    std::vector<Job> jobs;
    std::uint64_t total = 0;
    for (const auto &[layer, extents] : layers) {
        const auto &files = extents.files;
        for (std::size_t i = 0; i < files.size();) {
            if (files[i].size > taskBytes) {
                for (std::uint64_t begin = 0; begin < files[i].size; begin += taskBytes)
                    jobs.push_back({{layer, i, i + 1, begin, std::min(taskBytes, files[i].size - begin)}, &extents});
                total += files[i++].size;
                continue;
            }
            const std::size_t first = i;
            while (i < files.size() && files[i].size <= taskBytes
                && (i == first || files[i].offset + files[i].size - files[first].offset <= taskBytes))
                total += files[i++].size;
            jobs.push_back({{layer, first, i, 0, 0}, &extents});
        }
    }
    parallelFor(jobs.size(), [&](std::size_t i) {
        if (m_run.stopRequested() || full())
            return;
        const Task &task = jobs[i].task;
        runTask(task, *jobs[i].extents);
        std::uint64_t bytes = task.bytes;
        for (std::size_t k = task.first; task.bytes == 0 && k < task.end; ++k)
            bytes += jobs[i].extents->files[k].size;
        m_run.report({{imageDef("image.searching"), {}}, std::min(m_done += bytes, total), total});
    });
}

Result<ContentSearch> Search::search()
{
    std::vector<std::size_t> wanted = m_query.layers;
    if (wanted.empty()) {
        wanted.resize(m_image.layers.size());
        std::iota(wanted.begin(), wanted.end(), std::size_t{0});
    }
    std::erase_if(wanted, [&](std::size_t layer) { return layer >= m_image.layers.size(); });
    std::set<std::string_view> blobs; // one blob may be several layers: its contents are the same
    std::vector<std::pair<std::size_t, ImageFiles::Extents>> plain;
    std::vector<std::size_t> streamed;
    for (const std::size_t layer : wanted) {
        if (!m_image.layers[layer].blob.empty() && !blobs.insert(m_image.layers[layer].blob).second)
            continue;
        auto extents = m_files.extents(layer, m_run);
        if (!extents && extents.error().kind == ErrorKind::Cancelled)
            return tl::unexpected(extents.error());
        if (extents && *extents)
            plain.emplace_back(layer, **std::move(extents));
        else
            streamed.push_back(layer);
    }
    searchPlain(plain);
    std::deque<StreamSearch> visitors;
    std::vector<StreamSearch *> visitorOf(m_image.layers.size(), nullptr);
    for (const std::size_t layer : streamed) {
        visitorOf[layer] = &visitors.emplace_back(*this, layer);
        visitorOf[layer]->setRows(m_image.layers[layer].files);
    }
    TALLY_TRY(m_files.walkAll(
        streamed, [&](std::size_t layer) { return visitorOf[layer]; },
        [this](std::size_t layer, const Error &error) { failed(layer, error); }, {imageDef("image.searching"), {}},
        m_run));
    if (m_run.stopRequested())
        return tl::unexpected(cancelled());
    m_found.files = m_lookedInto;
    m_found.bytes = m_bytes;
    m_found.limited = m_limited || full();
    std::ranges::sort(m_found.hits, [](const ContentHit &a, const ContentHit &b) {
        return a.place != b.place ? a.place < b.place : a.offset < b.offset;
    });
    return std::move(m_found);
}

} // namespace

ByteFinder::ByteFinder(std::string needle, bool caseSensitive)
    : m_needle(std::move(needle))
    , m_caseSensitive(caseSensitive)
{
    if (!m_caseSensitive)
        std::ranges::transform(m_needle, m_needle.begin(), lower);
    for (std::size_t i = 0; i < m_needle.size(); ++i) {
        if (frequency(m_needle[i]) < frequency(m_needle[m_first]))
            m_first = i;
    }
    m_second = m_first == 0 && m_needle.size() > 1 ? 1 : 0;
    for (std::size_t i = 0; i < m_needle.size(); ++i) {
        if (i != m_first && frequency(m_needle[i]) < frequency(m_needle[m_second]))
            m_second = i;
    }
}

bool ByteFinder::matches(const char *at) const
{
    if (m_caseSensitive)
        return std::memcmp(at, m_needle.data(), m_needle.size()) == 0;
    for (std::size_t i = 0; i < m_needle.size(); ++i) {
        if (lower(at[i]) != m_needle[i])
            return false;
    }
    return true;
}

std::size_t ByteFinder::findSlowly(std::string_view text, std::size_t from) const
{
    for (; from + m_needle.size() <= text.size(); ++from) {
        if (matches(text.data() + from))
            return from;
    }
    return std::string_view::npos;
}

#if defined(__SSE2__)

std::size_t ByteFinder::find(std::string_view text, std::size_t from) const
{
    if (m_needle.empty() || text.size() < m_needle.size())
        return std::string_view::npos;
    const auto load = [](const char *at) {
        __m128i block;
        std::memcpy(&block, at, sizeof(block));
        return block;
    };
    // In letters bit 5 is the case: set it on both sides. No other byte becomes a letter by that.
    const auto caseBit
        = [this](char c) { return !m_caseSensitive && isLetter(c) ? _mm_set1_epi8(0x20) : _mm_setzero_si128(); };
    const __m128i first = _mm_set1_epi8(m_needle[m_first]);
    const __m128i second = _mm_set1_epi8(m_needle[m_second]);
    const __m128i firstCase = caseBit(m_needle[m_first]);
    const __m128i secondCase = caseBit(m_needle[m_second]);
    const std::size_t reach = std::max(m_first, m_second) + 16;
    const std::size_t last = text.size() - m_needle.size(); // where a match may begin
    std::size_t at = from;
    for (; at <= last && at + reach <= text.size(); at += 16) {
        const __m128i a = _mm_cmpeq_epi8(first, _mm_or_si128(load(text.data() + at + m_first), firstCase));
        const __m128i b = _mm_cmpeq_epi8(second, _mm_or_si128(load(text.data() + at + m_second), secondCase));
        auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(a, b)));
        while (mask != 0) {
            const std::size_t place = at + static_cast<std::size_t>(__builtin_ctz(mask));
            if (place <= last && matches(text.data() + place))
                return place;
            mask &= mask - 1;
        }
    }
    return findSlowly(text, at);
}

std::uint64_t countLines(std::string_view text)
{
    std::uint64_t lines = 0;
    const __m128i feed = _mm_set1_epi8('\n');
    std::size_t at = 0;
    while (at + 16 <= text.size()) {
        __m128i sums = _mm_setzero_si128(); // a byte each: at most 255 additions
        for (int i = 0; i < 255 && at + 16 <= text.size(); ++i, at += 16) {
            __m128i block;
            std::memcpy(&block, text.data() + at, sizeof(block));
            sums = _mm_sub_epi8(sums, _mm_cmpeq_epi8(block, feed));
        }
        const __m128i halves = _mm_sad_epu8(sums, _mm_setzero_si128());
        lines += static_cast<std::uint64_t>(_mm_cvtsi128_si64(halves))
            + static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_srli_si128(halves, 8)));
    }
    return lines + static_cast<std::uint64_t>(std::ranges::count(text.substr(at), '\n'));
}

#else

std::size_t ByteFinder::find(std::string_view text, std::size_t from) const
{
    if (m_needle.empty() || text.size() < m_needle.size())
        return std::string_view::npos;
    return m_caseSensitive ? text.find(m_needle, from) : findSlowly(text, from);
}

std::uint64_t countLines(std::string_view text)
{
    return static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
}

#endif

Result<ContentSearch> searchContents(
    const ImageFiles &files, const ContentQuery &query, const RunContext &run, const ContentHitSink &sink)
{
    if (query.bytes.empty() || query.bytes.size() > maxNeedle)
        return fail(ErrorKind::Malformed, {imageDef("image.search-length"), {std::to_string(maxNeedle)}});
    return Search(files, query, run, sink).search();
}

} // namespace tally
