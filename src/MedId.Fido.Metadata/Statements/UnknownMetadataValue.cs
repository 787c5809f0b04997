namespace MedId.Fido.Metadata;

/// <summary>A name that stands in a list of the registry and that this release does not know. It counts for nothing and is kept to be seen.</summary>
/// <param name="Member">The member, e.g. <c>keyProtection</c>.</param>
/// <param name="Name">The name as written.</param>
public sealed record UnknownMetadataValue(string Member, string Name);
