/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/budget.h"

#include <errno.h>

int budget_charge_file(struct budget *budget, uint64_t size) {
        struct budget_use *service = &budget->service;

        if (service->files >= BUDGET_FILES || size > BUDGET_BYTES - service->bytes)
                return -EDQUOT;
        service->files++;
        service->bytes += size;
        budget->total.bytes += size;
        return 0;
}

int budget_charge_name(struct budget *budget) {
        if (budget->service.names >= BUDGET_NAMES)
                return -EDQUOT;
        budget->service.names++;
        budget->total.names++;
        return 0;
}

int budget_charge_lookup(struct budget *budget) {
        if (budget->service.lookups >= BUDGET_LOOKUPS)
                return -EDQUOT;
        budget->service.lookups++;
        budget->total.lookups++;
        return 0;
}

void budget_reset_service(struct budget *budget) {
        budget->service = (struct budget_use){ 0 };
}

void budget_reset_total(struct budget *budget) {
        *budget = (struct budget){ 0 };
}

bool budget_total_is_exhausted(const struct budget *budget) {
        const uint64_t times = BUDGET_SERVICES_PER_TEMPLATE;

        return budget->total.bytes >= times * BUDGET_BYTES ||
               budget->total.names >= times * BUDGET_NAMES ||
               budget->total.lookups >= times * BUDGET_LOOKUPS;
}
