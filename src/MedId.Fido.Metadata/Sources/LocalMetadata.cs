using MedId.Core;

namespace MedId.Fido.Metadata;

/// <summary>Statements that the operator brings, from files or from code: few UAF models are in the metadata service, and vendors hand theirs over.</summary>
/// <remarks>The operator trusts them by bringing them; nobody signed them.</remarks>
public sealed class LocalMetadata : IMetadataSource
{
    private const int MaxFiles = 10_000;

    private readonly MetadataIndex _index;

    /// <summary>Holds entries.</summary>
    /// <param name="entries">The entries; of two for one model the reports of both count.</param>
    public LocalMetadata(IEnumerable<MetadataEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Entries = [.. entries];
        _index = new(Entries);
    }

    /// <summary>Holds statements, with nothing reported of them.</summary>
    /// <param name="statements">The statements.</param>
    public LocalMetadata(IEnumerable<MetadataStatement> statements)
        : this((statements ?? throw new ArgumentNullException(nameof(statements))).Select(statement => MetadataEntry.ForStatement(statement)))
    {
    }

    /// <summary>The entries.</summary>
    public IReadOnlyList<MetadataEntry> Entries { get; }

    /// <summary>Reads one statement from a file, or every <c>*.json</c> of a folder; folders inside are not read.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The source, and for each file that holds no statement its name and why.</returns>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    public static async Task<(LocalMetadata Source, IReadOnlyDictionary<string, MedIdError> Unread)> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        IEnumerable<FileInfo> files = Directory.Exists(path)
            ? new DirectoryInfo(path).EnumerateFiles("*.json").OrderBy(file => file.Name, StringComparer.Ordinal).Take(MaxFiles)
            : [new FileInfo(path)];
        var statements = new List<MetadataStatement>();
        var unread = new Dictionary<string, MedIdError>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var read = file.Length > MetadataLimits.StatementBytes
                ? MetadataLimits.StatementTooLarge()
                : MetadataStatement.Parse(await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false));
            if (read.Succeeded)
            {
                statements.Add(read.Value);
            }
            else
            {
                unread.Add(file.Name, read.Error);
            }
        }

        return (new LocalMetadata(statements), unread);
    }

    /// <inheritdoc/>
    public MetadataEntry? FindByAaguid(Guid aaguid) => _index.Find(aaguid);

    /// <inheritdoc/>
    public MetadataEntry? FindByAaid(string aaid)
    {
        ArgumentNullException.ThrowIfNull(aaid);
        return _index.FindAaid(aaid);
    }

    /// <inheritdoc/>
    public MetadataEntry? FindByKeyIdentifier(string keyIdentifier)
    {
        ArgumentNullException.ThrowIfNull(keyIdentifier);
        return _index.FindKey(keyIdentifier);
    }
}
