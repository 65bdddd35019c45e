// SPDX-License-Identifier: Apache-2.0
#include "core/image/layer_stream.h"

#include "core/io/decompress.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace tally {

namespace {

constexpr std::uint64_t worthAThread = 4U << 20;
constexpr std::size_t maxWaiting = 8;

/// Blocks from one thread to another.
template<typename Item>
class BoundedQueue
{
public:
    /// False if nobody will take it.
    bool push(Item item)
    {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [this] { return m_items.size() < maxWaiting || m_closed; });
        if (m_closed)
            return false;
        m_items.push_back(std::move(item));
        m_work.notify_one();
        return true;
    }
    /// Nothing once it is closed and empty.
    std::optional<Item> pop()
    {
        std::unique_lock lock(m_mutex);
        m_work.wait(lock, [this] { return !m_items.empty() || m_closed; });
        if (m_items.empty())
            return std::nullopt;
        std::optional<Item> item(std::move(m_items.front()));
        m_items.pop_front();
        m_room.notify_one();
        return item;
    }
    void close()
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
        m_work.notify_all();
        m_room.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_work;
    std::condition_variable m_room;
    std::deque<Item> m_items;
    bool m_closed = false;
};

/// Digests of one stream of bytes.
class StreamDigest
{
public:
    explicit StreamDigest(bool sha512)
    {
        if (sha512)
            m_sha512.emplace();
    }
    void update(std::string_view bytes)
    {
        m_sha256.update(bytes);
        if (m_sha512)
            m_sha512->update(bytes);
    }
    std::string hex() { return "sha256:" + m_sha256.hex(); }
    std::string hex512() { return m_sha512 ? "sha512:" + m_sha512->hex() : std::string(); }

private:
    Sha256 m_sha256;
    std::optional<Sha512> m_sha512;
};

/// Digests blocks, on another thread if asked to. Queued blocks keep their memory.
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

    void add(StreamDigest &digest, const Block &block)
    {
        if (m_thread.joinable())
            m_queue.push({&digest, block});
        else
            digest.update(block.bytes);
    }
    /// What was added before is digested.
    void finish()
    {
        if (!m_thread.joinable())
            return;
        m_queue.close();
        m_thread.join();
    }

private:
    struct Job
    {
        StreamDigest *digest;
        Block block;
    };

    void run()
    {
        while (const auto job = m_queue.pop())
            job->digest->update(job->block.bytes);
    }

    BoundedQueue<Job> m_queue;
    std::jthread m_thread;
};

/// Hands blocks on and shows each to somebody. Begins with a block that was read before.
class Tap final : public BlockReader
{
public:
    using Look = std::function<Result<>(const Block &)>;

    Tap(Block first, BlockReaderPtr inner, Look look)
        : m_first(std::move(first))
        , m_inner(std::move(inner))
        , m_look(std::move(look))
    {
    }
    [[nodiscard]] Result<Block> next() override
    {
        Block block = std::exchange(m_first, {});
        if (block.bytes.empty()) {
            TALLY_ASSIGN(block, m_inner->next());
        }
        if (!block.bytes.empty())
            TALLY_TRY(m_look(block));
        return block;
    }

private:
    Block m_first;
    BlockReaderPtr m_inner;
    Look m_look;
};

} // namespace

struct LayerStream::State
{
    explicit State(LayerStreamOptions given)
        : options(std::move(given))
        , threads(options.expectedBytes >= worthAThread)
        , stored(options.sha512)
        , unpacked(options.sha512)
        , worker(threads)
    {
    }

    Result<> lookAtStored(const Block &block)
    {
        if (options.stop && options.stop())
            return tl::unexpected(cancelled());
        worker.add(stored, block);
        storedBytes += block.bytes.size();
        if (options.passed)
            options.passed(block.bytes.size());
        return {};
    }

    /// The next uncompressed block. After the end and after damage the rest of the blob is digested.
    Result<Block> produce()
    {
        auto block = outer->next();
        if (block && !block->bytes.empty())
            return block;
        whole = block.has_value();
        while (raw) {
            const auto rest = raw->next();
            if (!rest || rest->bytes.empty())
                break;
        }
        return block;
    }

    void pump()
    {
        for (;;) {
            auto block = produce();
            const bool last = !block || block->bytes.empty();
            if (!queue.push(std::move(block)) || last)
                return;
        }
    }

    LayerStreamOptions options;
    bool threads;
    StreamDigest stored;
    StreamDigest unpacked;
    std::uint64_t storedBytes = 0;
    FileType type = FileType::Empty;
    std::optional<Error> error;
    bool compressed = false;
    bool whole = false;   ///< the uncompressed stream came to its end
    Tap *raw = nullptr;   ///< owned by `outer`
    BlockReaderPtr outer; ///< of the thread that pumps, where there is one
    DigestWorker worker;  ///< ends before what it digests
    BoundedQueue<Result<Block>> queue;
    std::jthread pumping;
    std::optional<Result<Block>> ended; ///< the last block, empty, or the error
};

LayerStream::LayerStream(BlockReaderPtr blob, LayerStreamOptions options)
    : m_state(std::make_unique<State>(std::move(options)))
{
    State &state = *m_state;
    auto first = blob->next();
    if (!first) {
        state.ended = std::move(first);
        return;
    }
    state.type = sniff(first->bytes.substr(0, 4096));
    state.compressed = isCompression(state.type);
    auto raw = std::make_unique<Tap>(
        *std::move(first), std::move(blob), [&state](const Block &block) { return state.lookAtStored(block); });
    state.raw = raw.get();
    state.outer = std::move(raw);
    if (!state.compressed)
        return;
    state.outer = std::make_unique<Tap>(Block{},
        decompress(std::move(state.outer), state.type, state.options.limits, state.options.name),
        [&state](const Block &block) -> Result<> {
            state.worker.add(state.unpacked, block);
            return {};
        });
    if (state.threads)
        state.pumping = std::jthread([&state] { state.pump(); });
}

LayerStream::~LayerStream()
{
    (void)finish();
}

FileType LayerStream::type() const
{
    return m_state->type;
}

Result<Block> LayerStream::next()
{
    State &state = *m_state;
    if (state.ended)
        return *state.ended;
    Result<Block> block = Block{};
    if (state.pumping.joinable()) {
        if (auto item = state.queue.pop())
            block = *std::move(item);
    } else {
        block = state.produce();
    }
    if (!block || block->bytes.empty())
        state.ended = block;
    return block;
}

StreamDigests LayerStream::finish()
{
    State &state = *m_state;
    if (!state.ended)
        state.ended = Result<Block>(Block{});
    state.queue.close();
    if (state.pumping.joinable())
        state.pumping.join();
    state.worker.finish();
    StreamDigests digests;
    digests.storedBytes = state.storedBytes;
    if (!state.raw)
        return digests;
    state.raw = nullptr;
    state.outer.reset();
    digests.stored = state.stored.hex();
    digests.stored512 = state.stored.hex512();
    if (!state.compressed) {
        digests.unpacked = state.whole ? digests.stored : std::string();
        digests.unpacked512 = state.whole ? digests.stored512 : std::string();
    } else if (state.whole) {
        digests.unpacked = state.unpacked.hex();
        digests.unpacked512 = state.unpacked.hex512();
    }
    return digests;
}

} // namespace tally
