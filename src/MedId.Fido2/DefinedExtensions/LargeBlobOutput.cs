namespace MedId.Fido2;

/// <summary>The output of <c>largeBlob</c> (WebAuthn L3 §10.1.5).</summary>
/// <param name="Supported">Whether the credential can store one; at registration only.</param>
/// <param name="Blob">What was read; null without.</param>
/// <param name="Written">Whether it was written; null where nothing was to be.</param>
public sealed record LargeBlobOutput(bool? Supported, ReadOnlyMemory<byte>? Blob, bool? Written)
{
    /// <summary>Nothing of the blob.</summary>
    public override string ToString() => nameof(LargeBlobOutput);
}
