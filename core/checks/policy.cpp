// SPDX-License-Identifier: Apache-2.0
#include "core/checks/engine.h"

#include "core/base/messages.h"
#include "core/catalogue/resource_reader.h"
#include "core/io/digest.h"

namespace tally {

Result<Policy> readPolicy(std::string_view yaml, const std::string &fileName)
{
    TALLY_ASSIGN(ResourceReader file, ResourceReader::parse(std::string(yaml), fileName));
    file.onlyKeys(file.root(), {"allowedRegistries", "approvedBaseImages", "minimumReplicas"});
    Policy policy;
    policy.allowedRegistries = file.list(file.root(), "allowedRegistries");
    policy.approvedBaseImages = file.list(file.root(), "approvedBaseImages");
    if (const Node minimum = file.root()["minimumReplicas"]) {
        constexpr std::int64_t most = 1000;
        const std::optional<std::int64_t> value = minimum.asInt();
        if (!value || *value < 1 || *value > most)
            file.wrong(minimum, messageDef("resource.bad-value"), {"minimumReplicas", std::string(minimum.text())});
        else
            policy.minimumReplicas = static_cast<int>(*value);
    }
    TALLY_TRY(file.status());
    policy.digest = "sha256:" + sha256Hex(yaml);
    return policy;
}

} // namespace tally
