namespace MedId.Testing;

/// <summary>One request that a <see cref="TestAuthorityServer"/> got.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Kind">The first segment of its path: crl, aia, ocsp, tsa, or that of a file.</param>
/// <param name="Path">Its path, without what an OCSP request by GET adds.</param>
public sealed record TestServerRequest(string Method, string Kind, string Path);
