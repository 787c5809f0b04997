using System.Text.Json;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>
/// Keeps requests in a folder of the local disk, a file each, for one process at a time: the folder is locked while it is open. A file is written beside its place, flushed to the disk and moved there;
/// one that is removed is emptied and flushed first, so that tokens which were handed out do not come back when the power fails.
/// </summary>
/// <remarks>Because the lock shows that no other process lives, leases of processes that ended are dropped when the folder is opened. Not for network shares, whose locks nobody can rely on.</remarks>
public sealed class FileCibaPendingStore : ICibaPendingStore, IDisposable
{
    private const string Extension = ".ciba";
    private const int MaxFileBytes = 512 * 1024;
    private const int IdLength = 32;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, StoredCibaRequest> _kept = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly FileStream _lock;

    private FileCibaPendingStore(string folder)
    {
        _folder = folder;
        _lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Names of files that were found and could not be read: cut short by a broken disk, or of something else. They are left where they are.</summary>
    public IReadOnlyList<string> Unreadable { get; private set; } = [];

    /// <summary>Opens a folder, which is made where it is missing, readable by its owner only.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">Another process has it open, or the disk refuses.</exception>
    public static FileCibaPendingStore Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var store = new FileCibaPendingStore(folder);
        store.Load();
        return store;
    }

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(StoredCibaRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            if (_kept.ContainsKey(request.Id))
            {
                return ValueTask.FromResult(false);
            }

            Write(request);
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredCibaRequest>> ListAsync(string? after, int limit, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<StoredCibaRequest>>(
                [.. _kept.Values.Where(one => after is null || string.CompareOrdinal(one.Id, after) > 0).Take(limit)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryReplaceAsync(StoredCibaRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            if (!_kept.TryGetValue(request.Id, out var stored) || stored.Version != request.Version - 1)
            {
                return ValueTask.FromResult(false);
            }

            Write(request);
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryRemoveAsync(string id, long version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_gate)
        {
            if (!_kept.TryGetValue(id, out var stored) || stored.Version != version)
            {
                return ValueTask.FromResult(false);
            }

            Remove(PathOf(id));
            _kept.Remove(id);
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose() => _lock.Dispose();

    private static bool IsId(string id) => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower);

    private string PathOf(string id) => IsId(id) ? Path.Combine(_folder, id + Extension) : throw new ArgumentException("An id has 32 characters of 0-9a-f.", nameof(id));

    private static void Remove(string path)
    {
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None))
        {
            file.SetLength(0);
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }

    private void Write(StoredCibaRequest request)
    {
        var path = PathOf(request.Id);
        var beside = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(beside, options))
        {
            using (var writer = new Utf8JsonWriter(file))
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, request.Id);
                writer.WriteNumber("version"u8, request.Version);
                writer.WriteNumber("keep_until"u8, request.KeepUntil.ToUnixTimeMilliseconds());
                writer.WriteString("body"u8, StrictBase64Url.Encode(request.Body.Span));
                writer.WriteEndObject();
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        _kept[request.Id] = request;
    }

    private void Load()
    {
        var unreadable = new List<string>();
        foreach (var path in Directory.EnumerateFiles(_folder, "*.new"))
        {
            File.Delete(path);
        }

        foreach (var path in Directory.EnumerateFiles(_folder, "*" + Extension))
        {
            var file = new FileInfo(path);
            if (file.Length == 0)
            {
                file.Delete();
            }
            else if (file.Length <= MaxFileBytes && Read(File.ReadAllBytes(path)) is { } request && string.Equals(file.Name, request.Id + Extension, StringComparison.Ordinal))
            {
                _kept[request.Id] = request;
            }
            else
            {
                unreadable.Add(file.Name);
            }
        }

        Unreadable = unreadable;
    }

    private static StoredCibaRequest? Read(byte[] bytes)
    {
        var json = StrictJson.ParseObject(bytes, maxBytes: MaxFileBytes);
        if (!json.Succeeded)
        {
            return null;
        }

        var members = new JsonMembers(json.Value);
        var id = members.NeededString("id");
        var version = members.Integer("version", 1, long.MaxValue);
        var keepUntil = members.Integer("keep_until", 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        var body = StrictBase64Url.Decode(members.NeededString("body", MaxFileBytes), MaxFileBytes);
        return members.Wrong is null && IsId(id) && body.Succeeded && version is { } v && keepUntil is { } until
            ? new StoredCibaRequest { Id = id, Version = v, KeepUntil = DateTimeOffset.FromUnixTimeMilliseconds(until), Body = body.Value }
            : null;
    }
}
