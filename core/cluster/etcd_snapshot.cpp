// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/etcd_snapshot.h"

#include "core/base/messages_base.h"
#include "core/base/messages_cluster.h"
#include "core/base/text_format.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <optional>
#include <unordered_map>

namespace tally {

namespace {

// bbolt: page.go and db.go. Numbers lie as the machine has them that wrote the file: little endian on all that run
// etcd.
constexpr std::size_t pageHeader = 16; // id u64, flags u16, count u16, overflow u32
constexpr std::size_t element = 16;
constexpr std::uint32_t magic = 0xED0CDAED;
constexpr std::uint32_t version = 2;
constexpr std::uint16_t branchPage = 1;
constexpr std::uint16_t leafPage = 2;
constexpr std::uint16_t metaPage = 4;
constexpr std::uint32_t bucketFlag = 1;
constexpr std::size_t metaSize = pageHeader + 64;
constexpr std::uint64_t largestPage = 256U << 20; // a page with its overflow: one value of 1.5 MB by default
constexpr std::size_t mostKeys = 5'000'000;
constexpr std::size_t mostExamples = 20;
constexpr int deepest = 40;

template<typename Number>
Number numberAt(std::string_view bytes, std::size_t at)
{
    Number value = 0;
    if (at + sizeof value <= bytes.size())
        std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

/// FNV-1a, 64 bit, as db.go sums the meta page.
std::uint64_t checksum(std::string_view bytes)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : bytes) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
    }
    return hash;
}

struct Meta
{
    std::uint32_t pageSize = 0;
    std::uint64_t root = 0;
    std::uint64_t transaction = 0;
};

std::optional<Meta> metaOf(std::string_view page)
{
    constexpr std::size_t body = pageHeader;
    if (page.size() < metaSize || (numberAt<std::uint16_t>(page, 8) & metaPage) == 0
        || numberAt<std::uint32_t>(page, body) != magic || numberAt<std::uint32_t>(page, body + 4) != version)
        return std::nullopt;
    const Meta meta{numberAt<std::uint32_t>(page, body + 8), numberAt<std::uint64_t>(page, body + 16),
        numberAt<std::uint64_t>(page, body + 48)};
    const bool sound = meta.pageSize >= 512 && meta.pageSize <= 1U << 20 && (meta.pageSize & (meta.pageSize - 1)) == 0;
    if (!sound || numberAt<std::uint64_t>(page, body + 56) != checksum(page.substr(body, 56)))
        return std::nullopt;
    return meta;
}

/// Base-128 number of a protobuf; nothing where it breaks off.
std::optional<std::uint64_t> varint(std::string_view &bytes)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if ((byte & 0x80U) == 0)
            return value;
    }
    return std::nullopt;
}

/// mvccpb.KeyValue: 1 key, 5 value; the others are numbers.
struct KeyValue
{
    std::string_view key, value;
};

std::optional<KeyValue> parseKeyValue(std::string_view bytes)
{
    KeyValue result;
    while (!bytes.empty()) {
        const auto tag = varint(bytes);
        const auto number = tag ? varint(bytes) : std::nullopt;
        if (!number)
            return std::nullopt;
        if ((*tag & 7U) == 0)
            continue;
        if ((*tag & 7U) != 2 || *number > bytes.size())
            return std::nullopt;
        const std::string_view field = bytes.substr(0, *number);
        bytes.remove_prefix(*number);
        if (*tag >> 3U == 1)
            result.key = field;
        else if (*tag >> 3U == 5)
            result.value = field;
    }
    return result;
}

/// "/registry/secrets/shop/db" and, in OpenShift, "/kubernetes.io/secrets/shop/db".
struct StoredName
{
    std::string resource; ///< with the group before it where the key has one
    std::string object;   ///< "shop/db"
};

StoredName storedName(std::string_view key)
{
    if (key.starts_with('/'))
        key.remove_prefix(1);
    const std::size_t prefix = key.find('/');
    if (prefix == std::string_view::npos)
        return {};
    key.remove_prefix(prefix + 1);
    std::size_t end = key.find('/');
    if (end != std::string_view::npos && key.substr(0, end).find('.') != std::string_view::npos)
        end = key.find('/', end + 1);
    if (end == std::string_view::npos)
        return {};
    return {toUtf8(key.substr(0, end)), toUtf8(key.substr(end + 1))};
}

/// The provider, "" for one in clear; nothing where the value says neither.
std::optional<std::string> providerOf(std::string_view value)
{
    constexpr std::string_view encrypted = "k8s:enc:";
    constexpr std::size_t longest = 40;
    if (value.starts_with(encrypted)) {
        value.remove_prefix(encrypted.size());
        return visible(toUtf8(value.substr(0, std::min(value.find(':'), longest))));
    }
    if (value.starts_with(std::string_view("k8s\0", 4)) || value.starts_with('{'))
        return std::string();
    return std::nullopt;
}

class Walker
{
public:
    Walker(const ByteSource &source, std::string name, const RunContext &run)
        : m_source(source)
        , m_name(std::move(name))
        , m_run(run)
    {
    }

    Result<EtcdFacts> read()
    {
        TALLY_TRY(readMeta());
        m_pagesLeft = m_source.size() / m_pageSize + 1;
        TALLY_TRY(walk(m_root, true));
        if (m_keyBucket)
            TALLY_TRY(walk(*m_keyBucket, false));
        else if (!m_inlineSeen)
            return malformed();
        return finish();
    }

private:
    struct State
    {
        std::uint32_t provider = 0; ///< 0: unknown, 1: in clear, else index into m_providers
        bool deleted = false;
    };

    [[nodiscard]] tl::unexpected<Error> malformed() const
    {
        return fail(ErrorKind::Malformed, {clusterDef("cluster.etcd-damaged"), {m_name}});
    }

    Result<std::string> bytesAt(std::uint64_t offset, std::uint64_t count)
    {
        if (offset > m_source.size() || count > m_source.size() - offset || count > largestPage)
            return malformed();
        std::string bytes(count, '\0');
        std::size_t done = 0;
        while (done < bytes.size()) {
            TALLY_ASSIGN(
                const std::size_t got, m_source.readAt(offset + done, bytes.data() + done, bytes.size() - done));
            if (got == 0)
                return malformed();
            done += got;
        }
        return bytes;
    }

    /// Of the two meta pages the sound one with the later transaction counts.
    Result<> readMeta()
    {
        std::optional<Meta> best;
        std::vector<std::uint64_t> places = {0};
        for (std::size_t i = 0; i < places.size() && i < 20; ++i) {
            Result<std::string> page = bytesAt(places[i], metaSize);
            const std::optional<Meta> meta = page ? metaOf(*page) : std::nullopt;
            if (meta && (!best || meta->transaction > best->transaction))
                best = meta;
            if (i == 0 && meta) {
                places.push_back(meta->pageSize);
            } else if (i == 0) {
                for (std::uint64_t size = 512; size <= 1U << 20; size *= 2)
                    places.push_back(size);
            }
        }
        if (!best)
            return malformed();
        m_pageSize = best->pageSize;
        m_root = best->root;
        return {};
    }

    Result<std::string> page(std::uint64_t id)
    {
        if (m_pagesLeft == 0 || id > m_source.size() / m_pageSize) // a ring, or a page twice
            return malformed();
        --m_pagesLeft;
        TALLY_ASSIGN(std::string bytes, bytesAt(id * m_pageSize, m_pageSize));
        const auto overflow = numberAt<std::uint32_t>(bytes, 12);
        if (overflow == 0)
            return bytes;
        m_pagesLeft -= std::min<std::uint64_t>(m_pagesLeft, overflow);
        return bytesAt(id * m_pageSize, (std::uint64_t{overflow} + 1) * m_pageSize);
    }

    /// In the order of the keys, which are revisions: what comes later counts.
    Result<> walk(std::uint64_t root, bool names)
    {
        std::vector<std::pair<std::uint64_t, int>> stack = {{root, 0}};
        while (!stack.empty()) {
            const auto [id, depth] = stack.back();
            stack.pop_back();
            if (m_run.stopRequested())
                return tl::unexpected<Error>(cancelled());
            TALLY_ASSIGN(const std::string bytes, page(id));
            const auto flags = numberAt<std::uint16_t>(bytes, 8);
            if ((flags & branchPage) != 0 && depth < deepest)
                TALLY_TRY(branch(bytes, depth, stack));
            else if ((flags & leafPage) != 0)
                TALLY_TRY(leaf(bytes, names));
            else
                return malformed();
        }
        return {};
    }

    Result<> branch(const std::string &bytes, int depth, std::vector<std::pair<std::uint64_t, int>> &stack)
    {
        const auto count = numberAt<std::uint16_t>(bytes, 10);
        if (pageHeader + std::size_t{count} * element > bytes.size())
            return malformed();
        for (std::size_t i = count; i > 0; --i)
            stack.emplace_back(numberAt<std::uint64_t>(bytes, pageHeader + (i - 1) * element + 8), depth + 1);
        return {};
    }

    Result<> leaf(const std::string &bytes, bool names)
    {
        const std::string_view all = bytes;
        const auto count = numberAt<std::uint16_t>(bytes, 10);
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t at = pageHeader + i * element;
            if (at + element > all.size())
                return malformed();
            const std::uint64_t key = at + numberAt<std::uint32_t>(all, at + 4);
            const std::uint64_t keySize = numberAt<std::uint32_t>(all, at + 8);
            const std::uint64_t valueSize = numberAt<std::uint32_t>(all, at + 12);
            if (key + keySize + valueSize > all.size())
                return malformed();
            const std::string_view keyBytes = all.substr(key, keySize);
            const std::string_view value = all.substr(key + keySize, valueSize);
            const bool bucket = (numberAt<std::uint32_t>(all, at) & bucketFlag) != 0;
            if (names) {
                if (bucket && keyBytes == "key")
                    TALLY_TRY(openBucket(value));
            } else if (!bucket) {
                TALLY_TRY(revision(keyBytes, value));
            }
        }
        return {};
    }

    /// A bucket's value is its root page, or, where it is small, the only page itself.
    Result<> openBucket(std::string_view value)
    {
        constexpr std::size_t header = 16;
        if (value.size() < header)
            return malformed();
        if (const auto root = numberAt<std::uint64_t>(value, 0); root != 0) {
            m_keyBucket = root;
            return {};
        }
        m_inlineSeen = true;
        return leaf(std::string(value.substr(header)), false);
    }

    /// Key: 8 bytes of the revision, "_", 8 bytes, and a "t" where the object was deleted.
    Result<> revision(std::string_view key, std::string_view value)
    {
        constexpr std::size_t plainKey = 17;
        if (key.size() < plainKey)
            return {};
        std::uint64_t number = 0;
        for (const char c : key.substr(0, 8))
            number = number << 8U | static_cast<unsigned char>(c);
        m_facts.revision = std::max(m_facts.revision, static_cast<std::int64_t>(number & ~(1ULL << 63U)));
        const std::optional<KeyValue> entry = parseKeyValue(value);
        if (!entry || entry->key.empty())
            return {};
        if (m_states.size() >= mostKeys)
            return fail(
                ErrorKind::LimitExceeded, {clusterDef("cluster.etcd-too-many"), {m_name, std::to_string(mostKeys)}});
        State &state = m_states[std::string(entry->key)];
        state.deleted = key.size() > plainKey && key.back() == 't';
        const std::optional<std::string> provider = providerOf(entry->value);
        state.provider = !provider ? 0 : provider->empty() ? 1 : numberOf(*provider);
        return {};
    }

    std::uint32_t numberOf(const std::string &provider)
    {
        constexpr std::size_t mostProviders = 100;
        const auto found = std::ranges::find(m_providers, provider);
        if (found != m_providers.end())
            return static_cast<std::uint32_t>(found - m_providers.begin());
        if (m_providers.size() >= mostProviders)
            return 0;
        m_providers.push_back(provider);
        return static_cast<std::uint32_t>(m_providers.size() - 1);
    }

    EtcdFacts finish()
    {
        constexpr std::size_t mostResources = 5'000;
        for (const auto &[key, state] : m_states) {
            if (state.deleted)
                continue;
            ++m_facts.keys;
            const StoredName stored = storedName(key);
            if (stored.resource.empty() || state.provider == 0)
                continue;
            if (m_facts.resources.size() >= mostResources && !m_facts.resources.contains(stored.resource))
                continue;
            StoredResource &resource = m_facts.resources[stored.resource];
            ++resource.objects;
            if (state.provider == 1)
                ++resource.plain;
            else
                ++resource.encrypted[m_providers[state.provider]];
            if (state.provider == 1 && stored.resource == "secrets")
                m_facts.plainSecrets.push_back(stored.object);
        }
        std::ranges::sort(m_facts.plainSecrets);
        m_facts.plainSecrets.resize(std::min(m_facts.plainSecrets.size(), mostExamples));
        return std::move(m_facts);
    }

    const ByteSource &m_source;
    std::string m_name;
    const RunContext &m_run;
    std::uint64_t m_pageSize = 4096;
    std::uint64_t m_root = 0;
    std::uint64_t m_pagesLeft = 0;
    std::optional<std::uint64_t> m_keyBucket;
    bool m_inlineSeen = false;
    std::unordered_map<std::string, State> m_states;
    std::vector<std::string> m_providers = {"", ""}; ///< the first two: unknown, in clear
    EtcdFacts m_facts;
};

} // namespace

bool looksLikeEtcd(std::string_view head)
{
    return head.size() >= metaSize && numberAt<std::uint32_t>(head, pageHeader) == magic
        && (numberAt<std::uint16_t>(head, 8) & metaPage) != 0;
}

Result<EtcdFacts> readEtcdSnapshot(
    const ByteSource &source, const std::string &name, const Limits &limits, const RunContext &run)
{
    if (source.size() > limits.maxInputBytes)
        return fail(ErrorKind::LimitExceeded,
            {baseDef("file.too-large"), {name, formatBytes(limits.maxInputBytes, Language::English)}});
    return Walker(source, name, run).read();
}

std::string etcdJson(const EtcdFacts &facts, std::string_view name)
{
    using Json = nlohmann::ordered_json;
    Json json
        = {{"apiVersion", "etcd.io/v3"}, {"kind", "EtcdSnapshot"}, {"metadata", {{"name", visible(toUtf8(name))}}},
            {"revision", facts.revision}, {"keys", facts.keys}, {"stored", Json::array()}};
    for (const auto &[resource, stored] : facts.resources) {
        Json encrypted = Json::object();
        for (const auto &[provider, count] : stored.encrypted)
            encrypted[provider] = count;
        json["stored"].push_back({{"name", resource}, {"objects", stored.objects}, {"plain", stored.plain},
            {"encrypted", std::move(encrypted)}});
    }
    json["plainExamples"] = facts.plainSecrets;
    return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

} // namespace tally
