namespace MedId.Fido2;

/// <summary>What both U2F operations are held against.</summary>
public abstract record U2fExpectations
{
    private protected U2fExpectations()
    {
    }

    /// <summary>The AppID that the request named, exactly.</summary>
    public required string AppId { get; init; }

    /// <summary>The facets of the AppID, compared exactly: <c>https://login.example.org</c>, <c>android:apk-key-hash:…</c>.</summary>
    public required IReadOnlyCollection<string> Facets { get; init; }

    /// <summary>The challenge that was issued: at least 8 random bytes. Its single use is the caller's duty.</summary>
    public required ReadOnlyMemory<byte> Challenge { get; init; }
}
