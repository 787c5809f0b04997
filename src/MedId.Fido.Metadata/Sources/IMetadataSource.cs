namespace MedId.Fido.Metadata;

/// <summary>Knows models of authenticators. Pure and quick: what has to be fetched was fetched before.</summary>
public interface IMetadataSource
{
    /// <summary>Finds a FIDO2 model.</summary>
    /// <param name="aaguid">The AAGUID; the zero one names no model.</param>
    /// <returns>The entry, or null when the model is not known.</returns>
    MetadataEntry? FindByAaguid(Guid aaguid);

    /// <summary>Finds a UAF model.</summary>
    /// <param name="aaid">The AAID; hexadecimal digits in either case.</param>
    /// <returns>The entry, or null when the model is not known.</returns>
    MetadataEntry? FindByAaid(string aaid);

    /// <summary>Finds a U2F model by the key of its attestation certificate.</summary>
    /// <param name="keyIdentifier">SHA-1 of the key, lower hex: <see cref="AttestationKeyIdentifier.Of"/>.</param>
    /// <returns>The entry, or null when the model is not known.</returns>
    MetadataEntry? FindByKeyIdentifier(string keyIdentifier);
}
