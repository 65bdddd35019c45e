// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace tally {

/// For vectors of many megabytes that are filled once: asks for large pages (a page fault for 2 MiB instead of 4 KiB,
/// which is a sixth of the time that reading an export takes), and leaves what resize() adds unset.
template<typename T>
class LargeAllocator
{
public:
    static_assert(std::is_trivially_copyable_v<T>);
    using value_type = T;

    LargeAllocator() = default;
    template<typename U>
    LargeAllocator(const LargeAllocator<U> & /*other*/) // NOLINT(google-explicit-constructor): as allocators are
    {
    }

    [[nodiscard]] T *allocate(std::size_t count)
    {
        const std::size_t bytes = count * sizeof(T);
        if (bytes < fromHere)
            return std::allocator<T>().allocate(count);
        void *memory = std::aligned_alloc(page, (bytes + page - 1) / page * page);
        if (memory == nullptr)
            throw std::bad_alloc();
        (void)::madvise(memory, bytes, MADV_HUGEPAGE); // without large pages it is as slow as any memory
        return static_cast<T *>(memory);
    }
    void deallocate(T *memory, std::size_t count)
    {
        if (count * sizeof(T) < fromHere)
            std::allocator<T>().deallocate(memory, count);
        else
            std::free(memory); // NOLINT(cppcoreguidelines-no-malloc): from aligned_alloc()
    }

    template<typename U, typename... Arguments>
    void construct(U *at, Arguments &&...arguments)
    {
        if constexpr (sizeof...(Arguments) == 0)
            ::new (static_cast<void *>(at)) U; // unset
        else
            ::new (static_cast<void *>(at)) U(std::forward<Arguments>(arguments)...);
    }

    friend bool operator==(const LargeAllocator & /*a*/, const LargeAllocator & /*b*/) { return true; }

private:
    static constexpr std::size_t page = std::size_t{2} << 20;
    static constexpr std::size_t fromHere = 2 * page;
};

template<typename T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

} // namespace tally
