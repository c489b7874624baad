"""Aid by month, donor, type and stage, in its own currency and in dollars and euros."""

from __future__ import annotations

# An older rate says nothing of today's money: a currency may have stopped being quoted.
RATE_DAYS = 366
NOT_DENIED = "len([said FOR said IN json_extract_string(claims, '$[*].modality') IF said <> 'denied']) > 0"

# One row a fact. A package of several donors is the joint list's, once, not each donor's in full.
AID_AMOUNTS = f"""WITH told AS (
    SELECT
        fact_id,
        coalesce(when_end, CAST(first_reported AS DATE)) AS day,
        array_to_string(list_sort(donors), '+') AS donor,
        array_to_string(list_sort(recipients), '+') AS recipient,
        aid_type,
        stage,
        scope,
        package_number,
        amount_currency AS currency,
        value AS amount,
        low AS amount_low,
        high AS amount_high,
        status
    FROM aid_announcement_facts
    WHERE {NOT_DENIED}
), rated AS (
    SELECT
        told.*,
        CASE WHEN told.currency <> 'EUR' AND told.day - own.day <= {RATE_DAYS} THEN own.day END AS rate_day,
        CASE WHEN told.currency = 'EUR' THEN 1.0 WHEN rate_day IS NOT NULL THEN own.per_eur END AS per_eur,
        CASE WHEN told.day - dollar.day <= {RATE_DAYS} THEN dollar.per_eur END AS dollars_per_eur
    FROM told
    ASOF LEFT JOIN rate AS own ON told.currency = own.currency AND told.day >= own.day
    ASOF LEFT JOIN (FROM rate WHERE currency = 'USD') AS dollar ON told.day >= dollar.day
)
SELECT
    * EXCLUDE (per_eur, dollars_per_eur),
    round(CASE currency WHEN 'USD' THEN amount ELSE amount / per_eur * dollars_per_eur END, 2) AS usd,
    round(amount / per_eur, 2) AS eur
FROM rated
ORDER BY day, fact_id"""


def aid_series_select(amounts: str) -> str:
    """Packages by month and all that tells them apart, over a relation like the view `aid_amounts`."""
    return f"""SELECT
    CAST(date_trunc('month', day) AS DATE) AS month,
    donor,
    recipient,
    aid_type,
    stage,
    currency,
    sum(amount) AS amount,
    round(sum(usd), 2) AS usd,
    round(sum(eur), 2) AS eur,
    count(*) AS packages,
    count(*) FILTER (WHERE amount IS NULL) AS without_amount,
    count(*) FILTER (WHERE status = 'contested') AS contested
FROM {amounts}
WHERE scope = 'package'
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY ALL"""


# Totals so far and programmes contain packages: they are quoted, never summed.
AID_TOTALS = "SELECT * FROM aid_amounts WHERE scope <> 'package' ORDER BY scope, day, fact_id"

AID_VIEWS = {
    "aid_amounts": AID_AMOUNTS,
    "aid_series": aid_series_select("aid_amounts"),
    "aid_totals": AID_TOTALS,
}
