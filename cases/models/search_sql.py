"""SQL of the search: what a case's text is, how it is cut into tokens, and the triggers that keep it true.

The database itself keeps `cases_casetext`, so it holds by construction whoever writes: actions, the sweep,
imports, the admin site. Tokens are words of Latin letters and digits, and pairs of neighbouring Chinese
characters. Source: stack.md 3.3.
"""

CJK = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # written as escapes: psql loses the last planes

FUNCTIONS = rf"""
CREATE FUNCTION cjk_fold(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT lower(normalize(given, NFKC) COLLATE "C") $$;

CREATE FUNCTION cjk_tokens(given text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS
$$
    SELECT coalesce(array_agg(DISTINCT token), ARRAY[]::text[]) FROM (
        SELECT found[1] AS token FROM regexp_matches(given, '[a-z0-9]+', 'g') AS found
        UNION ALL
        SELECT pair FROM (
            SELECT one || lead(one) OVER (ORDER BY position) AS pair
            FROM unnest(string_to_array(given, NULL)) WITH ORDINALITY AS cut(one, position)
        ) AS pairs WHERE pair ~ '^[{CJK}]{{2}}$'
    ) AS tokens
$$;

CREATE FUNCTION case_search_text(wanted bigint) RETURNS text LANGUAGE sql STABLE AS
$$
    SELECT cjk_fold(concat_ws(E'\n', c.number, c.external_ref, c.description, c.address,
        community.name_zh, community.name_en, place.name_zh, place.name_en, category.name_zh, category.name_en,
        (SELECT string_agg(event.note, E'\n' ORDER BY event.seq)
         FROM cases_caseevent event WHERE event.case_id = c.id AND event.note <> '')))
    FROM cases_case c
    LEFT JOIN communities_community community ON community.id = c.community_id
    LEFT JOIN communities_keyplace place ON place.id = c.key_place_id
    LEFT JOIN cases_category category ON category.id = c.category_id
    WHERE c.id = wanted
$$;

CREATE FUNCTION case_text_refresh(ids bigint[]) RETURNS void LANGUAGE sql VOLATILE AS
$$
    INSERT INTO cases_casetext (case_id, text)
    SELECT one, case_search_text(one) FROM unnest(ids) AS one ORDER BY one
    ON CONFLICT (case_id) DO UPDATE SET text = excluded.text
    WHERE cases_casetext.text IS DISTINCT FROM excluded.text
$$;

CREATE FUNCTION case_text_found(tokens text[], patterns text[], most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS  -- a scan would cut each text anew; the index has the tokens
$$ BEGIN
    RETURN QUERY SELECT case_id FROM cases_casetext
    WHERE cjk_tokens(text) @> tokens AND text LIKE ALL (patterns) LIMIT most;
END $$;

CREATE FUNCTION case_text_of_new_cases() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF coalesce(current_setting('citymgmt.copies', true), '') <> 'on' THEN
        PERFORM case_text_refresh(ARRAY(SELECT id FROM added));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION case_text_of_changed_case() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    PERFORM case_text_refresh(ARRAY[NEW.id]);
    RETURN NULL;
END $$;

CREATE FUNCTION case_text_of_events() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF coalesce(current_setting('citymgmt.copies', true), '') <> 'on' THEN
        PERFORM case_text_refresh(ARRAY(SELECT DISTINCT case_id FROM added WHERE note <> ''));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION case_text_of_renamed() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE touched bigint[];
BEGIN
    -- the cases' locks first: the refresh then sees every note that was being written meanwhile
    EXECUTE format('SELECT array_agg(id) FROM (SELECT id FROM cases_case WHERE %I = $1 ORDER BY id'
                   ' FOR NO KEY UPDATE) AS held', TG_ARGV[0]) INTO touched USING NEW.id;
    PERFORM case_text_refresh(coalesce(touched, ARRAY[]::bigint[]));
    RETURN NULL;
END $$;
"""

_RENAMED = """
CREATE TRIGGER case_text_renamed AFTER UPDATE OF name_zh, name_en ON {table} FOR EACH ROW
    WHEN ((OLD.name_zh, OLD.name_en) IS DISTINCT FROM (NEW.name_zh, NEW.name_en))
    EXECUTE FUNCTION case_text_of_renamed('{column}');
"""
NAMED = {
    "communities_community": "community_id",
    "communities_keyplace": "key_place_id",
    "cases_category": "category_id",
}

TRIGGERS = """
CREATE TRIGGER case_text_new AFTER INSERT ON cases_case REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION case_text_of_new_cases();
CREATE TRIGGER case_text_changed AFTER UPDATE OF
    number, external_ref, description, address, community_id, key_place_id, category_id ON cases_case FOR EACH ROW
    WHEN ((OLD.number, OLD.external_ref, OLD.description, OLD.address, OLD.community_id, OLD.key_place_id,
           OLD.category_id) IS DISTINCT FROM
          (NEW.number, NEW.external_ref, NEW.description, NEW.address, NEW.community_id, NEW.key_place_id,
           NEW.category_id))
    EXECUTE FUNCTION case_text_of_changed_case();
CREATE TRIGGER case_text_events AFTER INSERT ON cases_caseevent REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION case_text_of_events();
""" + "".join(_RENAMED.format(table=table, column=column) for table, column in NAMED.items())

FILL = """
INSERT INTO cases_casetext (case_id, text) SELECT id, case_search_text(id) FROM cases_case ORDER BY id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

DROP = """
DROP TRIGGER IF EXISTS case_text_new ON cases_case;
DROP TRIGGER IF EXISTS case_text_changed ON cases_case;
DROP TRIGGER IF EXISTS case_text_events ON cases_caseevent;
DROP TRIGGER IF EXISTS case_text_renamed ON communities_community;
DROP TRIGGER IF EXISTS case_text_renamed ON communities_keyplace;
DROP TRIGGER IF EXISTS case_text_renamed ON cases_category;
DROP FUNCTION case_text_of_renamed, case_text_of_events, case_text_of_changed_case, case_text_of_new_cases,
    case_text_found(text[], text[], integer), case_text_refresh(bigint[]), case_search_text(bigint),
    cjk_tokens(text), cjk_fold(text);
"""
