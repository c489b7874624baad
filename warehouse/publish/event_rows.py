"""Events, articles and findings as rows of the feed: the record that is served, and beside it what readers filter by."""

from __future__ import annotations

# The spans of each version of an event; the first (ordinal 1) states the fact.
SPANS = """SELECT event_id, event_version,
    list({'part': part, 'start': "start", 'end': "end", 'text': "text"} ORDER BY ordinal) AS spans
FROM evidence GROUP BY ALL"""
# Members of the facts of now. An event that is current is in one fact at most.
MEMBERS = "SELECT * FROM fact_member WHERE said_until IS NULL"
# What `shapes_select` is asked of.
PAYLOADS = "SELECT id, kind, payload FROM event WHERE believed_until IS NULL"

EVENTS = f"""
SELECT
    event.id AS event_id, event.kind, member.fact_id, event.article_id, article.source, article.published,
    event.claimed_by, event.modality, event.confidence, event.when_start, event.when_end, event.when_precision,
    together(shape.sides) AS sides, together(shape.places) AS places,
    array_to_string([span."text" FOR span IN coalesce(proof.spans, [])], ' … ') AS evidence,
    article.title, web(article.url) AS url,
    spot.locations[1].latitude AS latitude, spot.locations[1].longitude AS longitude,
    entries('side', shape.sides) || entries('slot', shape.tags) AS index,
    searchable(
        [article.title, event.claimed_by] || [span."text" FOR span IN coalesce(proof.spans, [])] || shape.places || shape.words
    ) AS search,
    to_json({{
        'event_id': event.id,
        'kind': event.kind,
        'fact_id': member.fact_id,
        'article': reference(article.id, article.source, article.title, article.url, article.published),
        'claimed_by': event.claimed_by,
        'claimant_side': event.claimant_side,
        'modality': event.modality,
        'when': period(event.when_start, event.when_end, event.when_precision),
        'slots': event.payload,
        'sides': shape.sides,
        'places': shape.places,
        'locations': coalesce(spot.locations, []),
        'evidence': coalesce(proof.spans, []),
        'found_by': event.found_by,
        'confidence': event.confidence,
        'extractor_version': reading.extractor_version
    }})::VARCHAR AS record
FROM event
JOIN shaped_event AS shape ON shape.id = event.id
JOIN article ON article.id = event.article_id AND article.version = event.article_version
JOIN reading ON reading.article_id = event.article_id AND reading.believed_until IS NULL
LEFT JOIN ({MEMBERS}) AS member ON member.event_id = event.id AND member.event_version = event.version
LEFT JOIN ({SPANS}) AS proof ON proof.event_id = event.id AND proof.event_version = event.version
LEFT JOIN spotted AS spot ON spot.places = shape.places AND spot.countries = shape.countries
WHERE event.believed_until IS NULL
ORDER BY article.published DESC, event.id DESC
"""

ARTICLES = """
SELECT
    article.id AS article_id, article.source, article.published, article.title, web(article.url) AS url,
    coalesce(origin.is_reprint, false) AS is_reprint, coalesce(found.events, 0) AS events,
    searchable([article.title, article."text"]) AS search,
    to_json({
        'article_id': article.id,
        'source': article.source,
        'title': article.title,
        'url': web(article.url),
        'published': instant(article.published),
        'language': article.language,
        'script': article.script,
        'characters': length(article."text"),
        'origin_id': origin.origin_id,
        'is_reprint': coalesce(origin.is_reprint, false),
        'events': coalesce(found.events, 0),
        'version': article.version,
        'correction': told.correction
    })::VARCHAR AS record
FROM article
LEFT JOIN article_origins AS origin ON origin.article_id = article.id
LEFT JOIN (
    SELECT article_id, arg_max({'reason': reason}, article_version).reason AS correction FROM article_said GROUP BY article_id
) AS told ON told.article_id = article.id
LEFT JOIN (
    SELECT article_id, count(*) AS events FROM event WHERE believed_until IS NULL GROUP BY article_id
) AS found ON found.article_id = article.id
WHERE article.believed_until IS NULL
ORDER BY article.published DESC, article.id DESC
"""

SUBJECT = """{
    'event_id': subject.event_id, 'fact_id': subject.fact_id, 'article_id': subject.article_id,
    'claimed_by': subject.claimed_by, 'said_from': instant(subject.said_from), 'evidence': subject.evidence
}"""
FINDINGS = f"""
SELECT
    finding_id, check_name, severity, kind, message, when_start, when_end, first_said,
    list_position(['error', 'warning', 'notice'], severity)::INTEGER AS gravity, evidence, other_evidence,
    entries('fact', list_sort(list_distinct(
        [subject.fact_id FOR subject IN (one_side || other_side) IF subject.fact_id IS NOT NULL]
    ))) AS index,
    searchable([message] || [subject.evidence FOR subject IN (one_side || other_side)]) AS search,
    to_json({{
        'finding_id': finding_id,
        'check': check_name,
        'severity': severity,
        'kind': kind,
        'message': message,
        'parts': parts,
        'when': CASE WHEN when_start IS NOT NULL THEN {{'start': when_start::VARCHAR, 'end': when_end::VARCHAR}} END,
        'first_said': instant(first_said),
        'one_side': [{SUBJECT} FOR subject IN one_side],
        'other_side': [{SUBJECT} FOR subject IN other_side]
    }})::VARCHAR AS record
FROM findings ORDER BY gravity, first_said DESC, finding_id DESC
"""
