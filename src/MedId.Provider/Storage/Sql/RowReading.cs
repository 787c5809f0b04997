using System.Data.Common;

namespace MedId.Provider;

/// <summary>The stored forms of values, read.</summary>
internal static class RowReading
{
    public static DateTimeOffset Time(this DbDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[] Blob(this DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static byte[]? BlobOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Blob(column);

    public static bool Flag(this DbDataReader row, int column) => row.GetInt64(column) != 0;
}
