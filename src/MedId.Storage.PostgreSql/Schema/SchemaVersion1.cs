namespace MedId.Storage.PostgreSql;

/// <summary>
/// The first schema. Every key begins with the tenant. Clear columns hold our own opaque ids, digests, states, times (UTC ticks) and client ids; everything else
/// of a record is in <c>body</c>, encrypted. A body is never changed: what changes has its column. Texts are compared byte by byte, whatever the database's language.
/// </summary>
internal static class SchemaVersion1
{
    public const string Sql = """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'what is in % is kept as it is', TG_TABLE_NAME; END $$;

        CREATE TABLE tenants(
            tenant TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            key_proof BYTEA NOT NULL);

        CREATE TABLE accounts(
            tenant TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            status BIGINT NOT NULL,
            user_code_digest TEXT COLLATE "C",
            wrong_codes BIGINT NOT NULL DEFAULT 0,
            last_wrong_at BIGINT NOT NULL DEFAULT 0,
            body BYTEA NOT NULL,
            PRIMARY KEY(tenant, id));

        CREATE TABLE account_hints(
            tenant TEXT COLLATE "C" NOT NULL,
            digest TEXT COLLATE "C" NOT NULL,
            account_id TEXT COLLATE "C" NOT NULL,
            PRIMARY KEY(tenant, digest, account_id),
            FOREIGN KEY(tenant, account_id) REFERENCES accounts(tenant, id));
        CREATE INDEX account_hints_by_account ON account_hints(tenant, account_id);

        CREATE TABLE tickets(
            tenant TEXT COLLATE "C" NOT NULL,
            digest TEXT COLLATE "C" NOT NULL,
            account_id TEXT COLLATE "C" NOT NULL,
            expires_at BIGINT NOT NULL,
            used BIGINT NOT NULL DEFAULT 0,
            body BYTEA,
            PRIMARY KEY(tenant, digest));
        CREATE INDEX tickets_by_end ON tickets(expires_at);

        CREATE TABLE devices(
            tenant TEXT COLLATE "C" NOT NULL,
            key_digest TEXT COLLATE "C" NOT NULL,
            account_id TEXT COLLATE "C" NOT NULL,
            handle_digest TEXT COLLATE "C" NOT NULL,
            counter BIGINT NOT NULL,
            enrolled_at BIGINT NOT NULL,
            body BYTEA NOT NULL,
            state BIGINT NOT NULL DEFAULT 0,
            expires_at BIGINT,
            backed_up BIGINT,
            name BYTEA,
            rowid BIGINT GENERATED ALWAYS AS IDENTITY,
            PRIMARY KEY(tenant, key_digest),
            UNIQUE(tenant, handle_digest),
            FOREIGN KEY(tenant, account_id) REFERENCES accounts(tenant, id));
        CREATE INDEX devices_by_account ON devices(tenant, account_id, enrolled_at);
        CREATE INDEX devices_by_end ON devices(expires_at) WHERE expires_at IS NOT NULL;

        CREATE TABLE ceremonies(
            tenant TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            expires_at BIGINT NOT NULL,
            body BYTEA NOT NULL,
            PRIMARY KEY(tenant, id));
        CREATE INDEX ceremonies_by_end ON ceremonies(expires_at);

        CREATE TABLE device_tokens(
            tenant TEXT COLLATE "C" NOT NULL,
            digest TEXT COLLATE "C" NOT NULL,
            account_id TEXT COLLATE "C" NOT NULL,
            request_id TEXT COLLATE "C",
            expires_at BIGINT NOT NULL,
            device_id TEXT COLLATE "C",
            PRIMARY KEY(tenant, digest));
        CREATE INDEX device_tokens_by_end ON device_tokens(expires_at);

        CREATE TABLE requests(
            tenant TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            auth_req_id_digest TEXT COLLATE "C" NOT NULL,
            subject TEXT COLLATE "C" NOT NULL,
            status BIGINT NOT NULL,
            interval BIGINT NOT NULL,
            next_poll_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            consent_id TEXT COLLATE "C",
            body BYTEA NOT NULL,
            grant_body BYTEA,
            PRIMARY KEY(tenant, id),
            UNIQUE(tenant, auth_req_id_digest))
            -- Room on each page for what polls change, so that they touch no index.
            WITH (fillfactor=80);
        CREATE INDEX requests_by_subject ON requests(tenant, subject, status);
        CREATE INDEX requests_by_consent ON requests(tenant, consent_id) WHERE consent_id IS NOT NULL;
        CREATE INDEX requests_by_end ON requests(expires_at);

        CREATE TABLE consents(
            tenant TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            subject TEXT COLLATE "C" NOT NULL,
            status BIGINT NOT NULL,
            given_at BIGINT NOT NULL,
            access_until BIGINT NOT NULL,
            withdrawn_at BIGINT,
            body BYTEA NOT NULL,
            device_id TEXT COLLATE "C",
            standing_id TEXT COLLATE "C",
            relation_id TEXT COLLATE "C",
            reuse BIGINT NOT NULL DEFAULT 0,
            recipient_version BIGINT,
            rowid BIGINT GENERATED ALWAYS AS IDENTITY,
            PRIMARY KEY(tenant, id),
            FOREIGN KEY(tenant, subject) REFERENCES accounts(tenant, id));
        CREATE INDEX consents_by_subject ON consents(tenant, subject, given_at);
        CREATE INDEX consents_without_device ON consents(tenant, subject) WHERE device_id IS NULL;
        CREATE INDEX consents_by_standing ON consents(tenant, standing_id) WHERE standing_id IS NOT NULL;
        CREATE INDEX consents_by_relation ON consents(tenant, relation_id) WHERE relation_id IS NOT NULL;
        CREATE INDEX consents_by_device ON consents(tenant, device_id) WHERE relation_id IS NOT NULL;

        CREATE TABLE consent_events(
            seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            tenant TEXT COLLATE "C" NOT NULL,
            consent_id TEXT COLLATE "C" NOT NULL,
            at BIGINT NOT NULL,
            kind TEXT COLLATE "C" NOT NULL,
            by_client TEXT COLLATE "C",
            entry BIGINT,
            FOREIGN KEY(tenant, consent_id) REFERENCES consents(tenant, id));
        CREATE INDEX consent_events_by_consent ON consent_events(tenant, consent_id, seq);

        CREATE TABLE refresh_tokens(
            tenant TEXT COLLATE "C" NOT NULL,
            digest TEXT COLLATE "C" NOT NULL,
            family TEXT COLLATE "C" NOT NULL,
            consent_id TEXT COLLATE "C",
            rotated BIGINT NOT NULL DEFAULT 0,
            expires_at BIGINT NOT NULL,
            body BYTEA NOT NULL,
            PRIMARY KEY(tenant, digest));
        CREATE INDEX refresh_tokens_by_family ON refresh_tokens(tenant, family);
        CREATE INDEX refresh_tokens_by_consent ON refresh_tokens(tenant, consent_id) WHERE consent_id IS NOT NULL;
        CREATE INDEX refresh_tokens_by_end ON refresh_tokens(expires_at);

        CREATE TABLE revoked_tokens(
            tenant TEXT COLLATE "C" NOT NULL,
            token_id TEXT COLLATE "C" NOT NULL,
            expires_at BIGINT NOT NULL,
            PRIMARY KEY(tenant, token_id));
        CREATE INDEX revoked_tokens_by_end ON revoked_tokens(expires_at);

        CREATE TABLE replay(
            tenant TEXT COLLATE "C" NOT NULL,
            digest TEXT COLLATE "C" NOT NULL,
            expires_at BIGINT NOT NULL,
            PRIMARY KEY(tenant, digest));
        CREATE INDEX replay_by_end ON replay(expires_at);

        CREATE TABLE life_cycle(
            seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            tenant TEXT COLLATE "C" NOT NULL,
            account_id TEXT COLLATE "C" NOT NULL,
            at BIGINT NOT NULL,
            body BYTEA NOT NULL,
            FOREIGN KEY(tenant, account_id) REFERENCES accounts(tenant, id));
        CREATE INDEX life_cycle_by_account ON life_cycle(tenant, account_id, seq);

        CREATE TABLE standing_consents(
            tenant TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            subject TEXT COLLATE "C" NOT NULL,
            kind BIGINT NOT NULL,
            status BIGINT NOT NULL,
            given_at BIGINT NOT NULL,
            valid_until BIGINT NOT NULL,
            uses BIGINT NOT NULL DEFAULT 0,
            max_uses BIGINT,
            code_digest TEXT COLLATE "C",
            device_id TEXT COLLATE "C",
            withdrawn_at BIGINT,
            body BYTEA NOT NULL,
            rowid BIGINT GENERATED ALWAYS AS IDENTITY,
            PRIMARY KEY(tenant, id),
            FOREIGN KEY(tenant, subject) REFERENCES accounts(tenant, id));
        CREATE INDEX standing_consents_by_subject ON standing_consents(tenant, subject, given_at);
        CREATE UNIQUE INDEX standing_consents_by_code ON standing_consents(tenant, code_digest) WHERE code_digest IS NOT NULL;
        CREATE INDEX standing_consents_by_end_of_code ON standing_consents(valid_until) WHERE code_digest IS NOT NULL;

        CREATE TABLE code_attempts(
            tenant TEXT COLLATE "C" NOT NULL,
            client_id TEXT COLLATE "C" NOT NULL,
            window_start BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            PRIMARY KEY(tenant, client_id));

        CREATE TABLE proxy_relations(
            tenant TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            patient TEXT COLLATE "C" NOT NULL,
            proxy TEXT COLLATE "C" NOT NULL,
            state BIGINT NOT NULL,
            registered_at BIGINT NOT NULL,
            valid_from BIGINT NOT NULL,
            ends_at BIGINT NOT NULL,
            body BYTEA NOT NULL,
            appointment BYTEA,
            rowid BIGINT GENERATED ALWAYS AS IDENTITY,
            PRIMARY KEY(tenant, id),
            FOREIGN KEY(tenant, patient) REFERENCES accounts(tenant, id),
            FOREIGN KEY(tenant, proxy) REFERENCES accounts(tenant, id));
        CREATE INDEX proxy_relations_by_patient ON proxy_relations(tenant, patient, registered_at);
        CREATE INDEX proxy_relations_by_proxy ON proxy_relations(tenant, proxy, registered_at);
        CREATE INDEX proxy_relations_by_end ON proxy_relations(ends_at) WHERE state <> 3;

        CREATE TABLE audit(
            tenant TEXT COLLATE "C" NOT NULL,
            sequence BIGINT NOT NULL,
            at BIGINT NOT NULL,
            digest TEXT COLLATE "C" NOT NULL,
            body BYTEA NOT NULL,
            PRIMARY KEY(tenant, sequence));

        CREATE TABLE history(
            tenant TEXT COLLATE "C" NOT NULL,
            subject TEXT COLLATE "C" NOT NULL,
            sequence BIGINT NOT NULL,
            entry BYTEA NOT NULL,
            PRIMARY KEY(tenant, subject, sequence));

        CREATE TABLE history_states(
            tenant TEXT COLLATE "C" NOT NULL,
            consent_id TEXT COLLATE "C" NOT NULL,
            subject TEXT COLLATE "C" NOT NULL,
            state BIGINT NOT NULL,
            ends_at BIGINT,
            PRIMARY KEY(tenant, consent_id));
        CREATE INDEX history_states_by_end ON history_states(ends_at) WHERE ends_at IS NOT NULL;

        CREATE TABLE history_receipts(
            tenant TEXT COLLATE "C" NOT NULL,
            subject TEXT COLLATE "C" NOT NULL,
            due BIGINT,
            length BIGINT NOT NULL DEFAULT 0,
            receipt BYTEA,
            PRIMARY KEY(tenant, subject));
        CREATE INDEX history_receipts_due ON history_receipts(tenant, subject) WHERE due IS NOT NULL;

        CREATE TABLE outbox(
            tenant TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            kind TEXT COLLATE "C" NOT NULL,
            subject TEXT COLLATE "C" NOT NULL,
            due_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            attempts BIGINT NOT NULL DEFAULT 0,
            lease TEXT COLLATE "C",
            body BYTEA,
            PRIMARY KEY(tenant, id));
        CREATE INDEX outbox_by_due ON outbox(tenant, kind, due_at);
        CREATE INDEX outbox_by_end ON outbox(expires_at);

        CREATE TABLE throttle_uses(
            tenant TEXT COLLATE "C" NOT NULL,
            bucket TEXT COLLATE "C" NOT NULL,
            at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            rowid BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
        CREATE INDEX throttle_uses_by_bucket ON throttle_uses(tenant, bucket, at);
        CREATE INDEX throttle_uses_by_end ON throttle_uses(expires_at);

        CREATE TABLE settings(
            tenant TEXT COLLATE "C" NOT NULL,
            kind TEXT COLLATE "C" NOT NULL,
            id TEXT COLLATE "C" NOT NULL,
            version BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            removed BIGINT NOT NULL,
            body BYTEA NOT NULL,
            PRIMARY KEY(tenant, kind, id));

        CREATE TRIGGER life_cycle_is_kept BEFORE UPDATE OR DELETE ON life_cycle FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER life_cycle_is_not_emptied BEFORE TRUNCATE ON life_cycle FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER history_is_kept BEFORE UPDATE OR DELETE ON history FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER history_is_not_emptied BEFORE TRUNCATE ON history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """;
}
