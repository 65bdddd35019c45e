// SPDX-License-Identifier: Apache-2.0
#include "core/image/risk_scan.h"

#include "core/image/hidden_text.h"
#include "core/image/key_store.h"

namespace tally {

std::vector<RiskRemark> risksInFile(std::string_view path, std::string_view content, std::uint32_t entry)
{
    std::vector<RiskRemark> remarks;
    if (auto form = secretInFile(path, content))
        remarks.push_back({entry, "secret", *std::move(form)});
    if (looksBinary(content))
        return remarks;
    for (std::string &program : supervisedPrograms(path, content))
        remarks.push_back({entry, "supervised-program", std::move(program)});
    for (std::string &target : logTargets(path, content))
        remarks.push_back({entry, "log-target", std::move(target)});
    return remarks;
}

void RiskScan::begin(std::string_view path, std::uint32_t entry, std::uint64_t size, bool sparse)
{
    m_text.clear();
    m_active = size > 0 && size <= m_mostBytes && !sparse;
    if (!m_active)
        return;
    m_path = path;
    m_entry = entry;
    m_size = size;
    m_hides = isCredentialStore(path) || mayHideSecret(path);
}

void RiskScan::piece(std::uint64_t offset, std::string_view bytes)
{
    if (!m_active)
        return;
    if (offset == 0 && !m_hides && !beginsLikeKeyStore(bytes) && looksBinary(bytes)) {
        m_active = false; // a program or data
    } else if (offset == 0 && bytes.size() == m_size) {
        use(bytes); // whole: no copy
        m_active = false;
    } else {
        m_text.append(bytes);
    }
}

void RiskScan::end()
{
    if (m_active)
        use(m_text);
    m_active = false;
}

std::vector<RiskRemark> RiskScan::take()
{
    return std::move(m_remarks);
}

void RiskScan::use(std::string_view content)
{
    constexpr std::size_t mostRemarks = 100'000; // of a layer
    for (RiskRemark &remark : risksInFile(m_path, content, m_entry)) {
        if (m_remarks.size() < mostRemarks)
            m_remarks.push_back(std::move(remark));
    }
}

} // namespace tally
