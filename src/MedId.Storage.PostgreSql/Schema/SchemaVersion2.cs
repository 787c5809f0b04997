namespace MedId.Storage.PostgreSql;

/// <summary>
/// The nodes that work on the database, so that an operator sees which versions run and a later step that takes something away knows that nobody needs it any more.
/// Only adds: nodes of version 1 work on, without knowing of it.
/// </summary>
internal static class SchemaVersion2
{
    public const string Sql = """
        CREATE TABLE nodes(
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            knows BIGINT NOT NULL,
            started_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
            seen_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp());
        """;
}
