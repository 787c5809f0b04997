namespace MedId.Provider;

/// <summary>A bounded batch of what has outlived its retention, table by table.</summary>
internal static class SweepSql
{
    public const string Requests =
        "DELETE FROM requests WHERE (tenant, id) IN (SELECT tenant, id FROM requests WHERE expires_at <= $at LIMIT $batch /*for update skip locked*/)";

    public const string Tickets =
        "DELETE FROM tickets WHERE (tenant, digest) IN (SELECT tenant, digest FROM tickets WHERE expires_at <= $at LIMIT $batch /*for update skip locked*/)";

    public const string Ceremonies =
        "DELETE FROM ceremonies WHERE (tenant, id) IN (SELECT tenant, id FROM ceremonies WHERE expires_at <= $at LIMIT $batch /*for update skip locked*/)";

    public const string DeviceTokens =
        "DELETE FROM device_tokens WHERE (tenant, digest) IN (SELECT tenant, digest FROM device_tokens WHERE expires_at <= $at LIMIT $batch /*for update skip locked*/)";

    public const string RefreshTokens =
        "DELETE FROM refresh_tokens WHERE (tenant, digest) IN (SELECT tenant, digest FROM refresh_tokens WHERE expires_at <= $at LIMIT $batch /*for update skip locked*/)";

    public const string RevokedTokens =
        "DELETE FROM revoked_tokens WHERE (tenant, token_id) IN (SELECT tenant, token_id FROM revoked_tokens WHERE expires_at <= $at LIMIT $batch /*for update skip locked*/)";

    public const string Replay =
        "DELETE FROM replay WHERE (tenant, digest) IN (SELECT tenant, digest FROM replay WHERE expires_at <= $at LIMIT $batch /*for update skip locked*/)";

    public const string Outbox =
        "DELETE FROM outbox WHERE (tenant, id) IN (SELECT tenant, id FROM outbox WHERE expires_at <= $at LIMIT $batch /*for update skip locked*/)";

    public const string Uses =
        "DELETE FROM throttle_uses WHERE rowid IN (SELECT rowid FROM throttle_uses WHERE expires_at <= $at LIMIT $batch /*for update skip locked*/)";

    public const string Codes =
        "UPDATE standing_consents SET code_digest=NULL WHERE (tenant, id) IN (SELECT tenant, id FROM standing_consents WHERE code_digest IS NOT NULL AND valid_until <= $at LIMIT $batch /*for update skip locked*/)";
}
