"""Facts as rows of the feed: the record that is served, and beside it what readers filter by."""

from __future__ import annotations

from warehouse.publish.event_rows import MEMBERS, SPANS

CLAIM_FIELDS = (
    "claimant",
    "side",
    "modality",
    "first_said",
    "last_said",
    "articles",
    "event_id",
    "article_id",
)
# What `shapes_select` is asked of.
PAYLOADS = "SELECT fact_id AS id, kind, payload FROM facts"
# Taken away from a claim (RFC 7396: what is null goes), these leave the slots in which versions may differ.
_WITHOUT = "{" + ", ".join(f'"{name}": null' for name in CLAIM_FIELDS) + "}"
CLAIM = f"""{{
    'claimant': claim->>'claimant',
    'side': claim->>'side',
    'modality': claim->>'modality',
    'first_said': replace(claim->>'first_said', '+00:00', 'Z'),
    'last_said': replace(claim->>'last_said', '+00:00', 'Z'),
    'articles': (claim->>'articles')::INTEGER,
    'event_id': claim->>'event_id',
    'article_id': claim->>'article_id',
    'slots': json_merge_patch(claim, '{_WITHOUT}')
}}"""

FACTS = f"""
WITH told AS (
    SELECT
        fact_id,
        list_sort(list(DISTINCT article.source)) AS sources,
        list(DISTINCT article.title) || list(DISTINCT evidence."text") AS told
    FROM ({MEMBERS}) AS member
    JOIN event ON event.id = member.event_id AND event.version = member.event_version
    JOIN article ON article.id = event.article_id AND article.version = event.article_version
    JOIN evidence ON evidence.event_id = event.id AND evidence.event_version = event.version AND evidence.ordinal = 1
    GROUP BY fact_id
), best AS (
    SELECT fact_id, event_id, max(event_version) AS event_version FROM ({MEMBERS}) GROUP BY ALL
), claimed AS (
    SELECT fact_id, claims::JSON[] AS claims FROM facts
)
SELECT
    facts.fact_id, facts.kind, facts.status, first_reported, last_reported, facts.value, facts.low, facts.high, facts.unit,
    facts.articles, facts.origins,
    together([claim->>'claimant' FOR claim IN claimed.claims IF claim->>'claimant' <> '']) AS claimants,
    together(coalesce(told.sources, [])) AS sources,
    facts.best_event, facts.when_start, facts.when_end, facts.when_precision,
    together(shape.sides) AS sides, together(shape.places) AS places,
    proof.spans[1]."text" AS evidence, article.title, web(article.url) AS url,
    spot.locations[1].latitude AS latitude, spot.locations[1].longitude AS longitude,
    entries('side', shape.sides) || entries('source', coalesce(told.sources, [])) || entries('slot', shape.tags) AS index,
    searchable(
        coalesce(told.told, []) || shape.places || [claim->>'claimant' FOR claim IN claimed.claims] || shape.sides || shape.words
    ) AS search,
    to_json({{
        'fact_id': facts.fact_id,
        'kind': facts.kind,
        'status': facts.status,
        'when': period(facts.when_start, facts.when_end, facts.when_precision),
        'value': facts.value,
        'low': facts.low,
        'high': facts.high,
        'unit': facts.unit,
        'slots': facts.payload,
        'sides': shape.sides,
        'places': shape.places,
        'locations': coalesce(spot.locations, []),
        'claims': [{CLAIM} FOR claim IN claimed.claims],
        'articles': facts.articles,
        'origins': facts.origins,
        'first_reported': instant(facts.first_reported),
        'last_reported': instant(facts.last_reported),
        'sources': coalesce(told.sources, []),
        'best': {{
            'event_id': facts.best_event,
            'claimed_by': event.claimed_by,
            'confidence': event.confidence,
            'article': reference(article.id, article.source, article.title, article.url, article.published),
            'evidence': coalesce(proof.spans, [])
        }}
    }})::VARCHAR AS record
FROM facts
JOIN claimed USING (fact_id)
JOIN shaped_fact AS shape ON shape.id = facts.fact_id
LEFT JOIN told USING (fact_id)
LEFT JOIN best ON best.fact_id = facts.fact_id AND best.event_id = facts.best_event
LEFT JOIN event ON event.id = best.event_id AND event.version = best.event_version
LEFT JOIN article ON article.id = event.article_id AND article.version = event.article_version
LEFT JOIN ({SPANS}) AS proof ON proof.event_id = event.id AND proof.event_version = event.version
LEFT JOIN spotted AS spot ON spot.places = shape.places AND spot.countries = shape.countries
ORDER BY first_reported DESC, facts.fact_id DESC
"""
