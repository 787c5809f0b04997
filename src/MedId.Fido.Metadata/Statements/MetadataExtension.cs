namespace MedId.Fido.Metadata;

/// <summary>An extension that a model supports: one item of <c>supportedExtensions</c>. FIDO metadata statement §3.9.</summary>
/// <param name="Id"><c>id</c>.</param>
/// <param name="Tag"><c>tag</c>: the TLV tag; null when absent.</param>
/// <param name="Data"><c>data</c>; null when absent.</param>
/// <param name="FailIfUnknown"><c>fail_if_unknown</c>.</param>
public sealed record MetadataExtension(string Id, ushort? Tag, string? Data, bool FailIfUnknown);
